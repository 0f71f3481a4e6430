"""Rates of money: 资金到位率, 预算执行率, 资金使用率, 发放率 … with their percentages.

A value belongs to the names right before it: to one, or to several that share it (…率、…率均为100%), in turn where
there are as many values. Targets (≥95%) are no rates; the result behind a target is.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from extractor import quantity
from extractor.find.script import simplified
from extractor.lexicon import pattern
from extractor.model import Document, Passage, Quantity, Rate

#: Characters before a value in which its names stand.
_REACH = 100
_BREAKS = regex.compile(r"[。;；!?！？]")
_JOINTS = regex.compile(r"[、和及与,，]|以及")
_SIGNS = ("率", "进度", "预算", "资金", "计划")


#: Where a name stands in the passage's string.
_Name = tuple[int, int]


def find_rates(document: Document, passages: Sequence[Passage]) -> list[Rate]:
    """The rates of money in running text, `seq` from 0 in reading order."""
    found: list[Rate] = []
    for passage in passages:
        string = simplified(passage.text.string)
        if passage.source == "prose" and ("%" in string or "百分之" in string) and any(s in string for s in _SIGNS):
            for name, value in _pairs(string):
                found.append(_rate(document, passage, len(found), name, value))
    return found


def _rate(document: Document, passage: Passage, seq: int, name: _Name, value: Quantity) -> Rate:
    percent = value.value or Decimal(0)
    span = passage.text.span(value.start, value.end)
    where = document.place(span.start, span.end)
    words = passage.text.string[slice(*name)]
    return Rate(seq, passage.evaluation, words, value.raw, percent, value.decimals, where, qualifier=value.qualifier)


def _pairs(string: str) -> list[tuple[_Name, Quantity]]:
    """Names and values in reading order."""
    pairs: list[tuple[_Name, Quantity]] = []
    names: list[_Name] = []
    taken = 0
    in_turn = False
    floor = 0
    for value in quantity.scan(string):
        if quantity.dimension(value.unit) != "ratio" or value.value is None or value.high is not None:
            continue
        between = string[max(floor, value.start - _REACH) : value.start]
        if taken and (taken < len(names) or in_turn) and _next_in_turn(between):
            # 甲、乙、丙的执行率分别为: what is named once has a value for each that it is said of.
            pairs.append((names[min(taken, len(names) - 1)], value))
            taken += 1
        elif taken and pattern("rates.beside").regex.search(between):
            pairs.append((names[-1], value))
        elif names and taken == 0 and pattern("rates.actual").regex.search(between):
            pairs.append((names[-1], value))
            taken = len(names)
        else:
            aim = pattern("rates.target").regex.search(between)
            names = _names(string, max(floor, value.start - _REACH), value.start - (len(aim[0]) if aim else 0))
            taken = 0
            if aim or _bounds(value):
                floor = value.end
                continue
            in_turn = bool(names) and "分别" in between
            pairs.extend((name, value) for name in (names[:1] if in_turn else names))
            taken = 1 if in_turn else len(names)
        floor = value.end
    return pairs


def _bounds(value: Quantity) -> bool:
    """Whether a sign of comparison makes the value one to be reached; 超过95% and 95%以上 are said of results too."""
    vague = value.operator == ">" or (value.qualifier or "") == "以上"
    return value.operator is not None and not vague


def _next_in_turn(between: str) -> bool:
    """Whether only a list mark stands between two values (分别为100%、98%)."""
    return bool(_JOINTS.fullmatch(between))


def _names(string: str, start: int, end: int) -> list[_Name]:
    """The names of rates of money that the value at `end` belongs to, in order; empty where there is none."""
    for match in _BREAKS.finditer(string, start, end):
        start = match.end()
    progress = pattern("rates.progress").regex.search(string, start, end)
    if progress is not None:
        return [progress.span("name")]
    share = pattern("rates.of_budget").regex.search(string, start, end)
    if share is not None:
        return [share.span("name")] if _spent(string[start : share.start()]) else []
    found = list(pattern("rates.name").regex.finditer(string, start, end))
    if not found or not pattern("rates.link").regex.search(string[found[-1].end() : end]):
        return []
    names = [_named(match) for match in _sharing(string, found)]
    return [name for name in names if name is not None]


def _sharing(string: str, found: list[regex.Match[str]]) -> list[regex.Match[str]]:
    """The last name and those before it that only a joint parts from it (到位率、执行率均为)."""
    shared = [found[-1]]
    for match in reversed(found[:-1]):
        between = string[match.end() : shared[0].start()]
        if between and not _JOINTS.fullmatch(between):
            break
        shared.insert(0, match)
    return shared


def _named(match: regex.Match[str]) -> _Name | None:
    """The name, if it is that of a rate of money."""
    start, end = match.span("name")
    lead = pattern("rates.lead").regex.match(match["name"])
    start += lead.end() if lead else 0
    name = match.string[start:end]
    if pattern("rates.not_money").regex.search(name):
        return None
    if pattern("rates.money").regex.search(name) or pattern("rates.alone").regex.search(name):
        return start, end
    return None


def _spent(words: str) -> bool:
    """Whether money was spent in the words before (支出80万元,占预算的…)."""
    return bool(pattern("funds.role.spent").regex.search(words)) or not words.strip(",，")
