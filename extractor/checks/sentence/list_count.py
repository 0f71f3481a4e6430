"""A printed number of items, and the items that are listed.

Compares: 三个方面 before 一是 … 二是 … (also where each item is a paragraph), a number beside titles in 《》, and a
    number of kinds or places behind their names (甲县、乙县、丙县3个县).
Formula: number = items listed; with 等 behind the list, number ≥ items.
Tolerance: none.
False alarms: names with 和 or 、 inside them (both ways of counting are tried), names in brackets, lists that run over
    a comma or follow other words with 、, lists that the file cuts off; gaps in 一是 三是 belong to ordinal-sequence.
Example: 从三个方面加以改进：一是 … 二是 …: 3 ≠ 2.
Source: seen by reviewers of published reports: items and the number of items drift apart when a text is revised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor import lexicon, numeral
from extractor.checks.base import Check, quoted
from extractor.checks.sentence.items import FIRST, count_items
from extractor.checks.wording import running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Report, Verdict

ZH = """所称数量与列举项数。

核对内容：“三个方面”与其后的一是、二是……（每项另起一段的也算），数量与并列的《》名称，数量与其前列出的类别、地名
    （甲县、乙县、丙县3个县）。
公式：数量 = 列举的项数；列举后有“等”的，数量 ≥ 项数。
容差：无。
易误报：名称中含“和”“、”的（两种数法都试）、括号内的名称、跨逗号的或与其他并列词相连的列举、文件中被截断的列举；
    一是、三是这样的缺号归 ordinal-sequence。
例：从三个方面加以改进：一是……二是……：3 ≠ 2。
依据：复核公开报告所见：修改文字后项数与所称数量不一致。
"""

_BRACKETS = regex.compile(r"\([^()]*\)|“[^“”]*”")
#: Before these no name of a list can begin.
_STOPS = "。;；:：，,!！?？()《》0123456789 "
#: What may join two names; 和 and 及 may be a part of one as well.
_JOINED = regex.compile("、|以及|(?<![涉普推波])及|[和与]")
#: In an item that is not the first, such a word says that the list is of something else or began elsewhere.
_CONTEXT = regex.compile("[的对在将由从为以按向把被让使]")


@dataclass(frozen=True, slots=True)
class _Count:
    """A printed number and how many items may be meant: from `low` to `high`; `open` says that the list is partial."""

    number: int
    low: int
    high: int
    open: bool = False
    unsure: bool = False


#: So many names without the word for their kind, none longer, are believed to be names of places.
_FEW, _SHORT = 3, 3


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = list(running(report))
    for at, passage in enumerate(passages):
        yield from _announced(passages, at)
        yield from _titles(passage)
        yield from _names(passage)


def _value(words: str) -> int | None:
    if words.isdigit():
        return int(words)
    return numeral.whole(words.replace("两", "二"))


# --- 三个方面: 一是 … 二是 … --------------------------------------------------------------------------------


def _announced(passages: Sequence[Passage], at: int) -> Iterator[Verdict]:
    passage = passages[at]
    string = passage.text.string
    following = [other.text.string for other in passages[at + 1 :]]
    for match in lexicon.pattern("check.list.announced").regex.finditer(string):
        number, first = _value(match["number"]), match["first"]
        texts = [string[match.start("first") :], *following] if first else following
        first = first or next((mark for mark in FIRST if texts and texts[0].startswith(mark)), "")
        if number is None or not first:
            continue
        items, complete = count_items(texts, first)
        words = match["number"] + match["what"]
        cited = (quoted(passage, match.start(), match.end("what")),)
        if complete or items == number:
            yield _judge(passage, _Count(number, items, items), words, cited)
        else:
            message = Message.of("The list behind “{words}” is cut off or its numbers have a gap", words=words)
            yield CHECK.uncheckable(passage.evaluation, message, evidence=cited)


# --- titles and names ------------------------------------------------------------------------------------------


def _titles(passage: Passage) -> Iterator[Verdict]:
    for pattern in lexicon.family("check.list.titles"):
        for match in pattern.regex.finditer(passage.text.string):
            number = _value(match["number"])
            if number is not None:
                items = match["titles"].count("《")
                more = bool(match["more"])
                cited = (quoted(passage, match.start(), match.end(), around=0),)
                yield _judge(passage, _Count(number, items, items, more), match["number"] + match["unit"], cited)


def _names(passage: Passage) -> Iterator[Verdict]:
    string = _BRACKETS.sub(lambda match: "＿" * len(match[0]), passage.text.string)
    for match in lexicon.pattern("check.list.names").regex.finditer(string):
        number = _value(match["number"])
        start = max(string.rfind(stop, 0, match.start()) for stop in _STOPS) + 1
        listed = string[start : match.start()]
        items, named = _JOINED.split(listed), listed.split("、")
        if string[start - 1 : start].isdigit() and listed[:1] not in "年月日":
            # 东片10个村、西片10个村: the list is one of figures.
            continue
        if number is None or len(named) < 2 or not _are_of(named, match["unit"]):
            continue
        unsure = any(_CONTEXT.search(item) for item in named[1:]) or string[:start].endswith(("，", ","))
        count = _Count(number, len(named), len(items), bool(match["more"]), unsure)
        cited = (quoted(passage, start, match.end(), around=0),)
        yield _judge(passage, count, match["number"] + match["unit"], cited)


def _are_of(items: Sequence[str], unit: str) -> bool:
    """Whether the names are of what is counted: places carry its word (甲县、乙县2个县), or are short and bare."""
    place = lexicon.pattern("check.list.place").regex.search(unit)
    if place is None:
        return True
    endings = ("乡", "镇") if place[0] == "乡镇" else (place[0],)
    named = [item for item in items[:-1] if item.endswith(endings)]
    bare = len(items) >= _FEW and all(1 < len(item) <= _SHORT for item in items[1:-1])
    return len(named) == len(items) - 1 or (not named and bare)


def _judge(passage: Passage, count: _Count, words: str, cited: tuple[Evidence, ...]) -> Verdict:
    listed = min(max(count.number, count.low), count.high)
    names = {"words": words, "count": str(listed)}
    holds = count.low <= count.number <= count.high or (count.open and count.number >= count.low)
    sign = "≥" if count.open and count.number > count.high else "="
    if holds:
        message = Message.of("“{words}” fits the {count} items listed", **names)
        formula = f"{count.number} {sign} {listed}"
        return CHECK.consistent(passage.evaluation, message, formula=formula, evidence=cited)
    if count.unsure:
        message = Message.of("It is not clear which of the names belong to “{words}”", **names)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    message = Message.of("“{words}” are announced and {count} listed", **names)
    return CHECK.inconsistent(
        passage.evaluation,
        message,
        formula=f"{count.number} {'<' if count.open else '≠'} {listed}",
        expected=str(listed),
        actual=str(count.number),
        difference=str(abs(count.number - listed)),
        evidence=cited,
    )


CHECK = Check(id="list-count", severity="warning", run=run)
