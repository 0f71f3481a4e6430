"""Numbered items with a gap or a repeated number.

Compares: the numbers of 一是 二是 三是 …, of 第一，第二， … and (1);(2); … within a paragraph, and
    of the indicators under one heading (指标 1, 指标 2 …).
Formula: each number is the one before it plus one.
Tolerance: none.
False alarms: numbering that starts again under a new parent, lists within lists; numbers set by a word processor that
    the text does not hold. Headings belong to heading-sequence.
Example: 1, 2, 3, 4, 4, 5.
Source: seen in published reports: one number twice, one left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractor import lexicon
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.wording import Passages, running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Passage, Report, Verdict

ZH = """序号不连续。

核对内容：一是、二是、三是……，同一段内的第一、第二……和（1）（2）……，同一标题下的指标序号（指标1、指标2……）。
公式：后一序号 = 前一序号 + 1。
容差：无。
易误报：在新的上级标题下重新编号、列表中的列表；自动编号未随文字提取。标题序号由 heading-sequence 核对。
例：1、2、3、4、4、5。
依据：公开报告中常见序号重复或遗漏。
"""

_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九", 1)}


@dataclass(slots=True)
class _Run:
    """One list: its numbers so far and where they stand."""

    evaluation: int | None
    numbers: list[int] = field(default_factory=list)
    cited: list[Evidence] = field(default_factory=list)


def number_of(ordinal: str | None) -> int | None:
    """The value of a printed ordinal (`3`, `（三）`, `十二`, `指标3`); None where it holds none."""
    digits = re.search(r"\d+", ordinal or "")
    if digits:
        return int(digits[0])
    chinese = re.search("[一二三四五六七八九十]+", ordinal or "")
    if chinese is None:
        return None
    tens, ten, units = chinese[0].partition("十")
    value = (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(units if ten else tens, 0)
    return value or None


#: A list whose first number stands at the paragraph's beginning goes on with this one.
_SECOND = 2


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = list(running(report))
    yield from _run_in_lists(passages)
    for passage in passages:
        for kind in ("counted", "bracketed"):
            yield from _within(passage, kind)
    yield from _indicators(_numbered_themselves(report))


def _run_in_lists(passages: Sequence[Passage]) -> Iterator[Verdict]:
    """一是 二是 …: lists may hold lists; a number closes all lists within the one that it continues."""
    pattern = lexicon.pattern("check.ordinal.run_in").regex
    lists: list[_Run] = []
    for passage in passages:
        if passage.level is not None and "是" not in passage.text.string[:4]:
            yield from _holding(lists)
            lists.clear()
        for match in pattern.finditer(passage.text.string) if "是" in passage.text.string else ():
            number = number_of(match["ordinal"])
            if number is None:
                continue
            cited = quoted(passage, match.start(), match.end(), around=6)
            at = next((i for i in reversed(range(len(lists))) if lists[i].numbers[-1] + 1 == number), None)
            if number == 1:
                lists.append(_Run(passage.evaluation, [1], [cited]))
            elif at is not None:
                yield from _holding(lists[at + 1 :])
                del lists[at + 1 :]
                lists[at].numbers.append(number)
                lists[at].cited.append(cited)
            else:
                before = lists.pop() if lists else None
                yield _broken(passage.evaluation, before, number, cited)
                lists.append(_Run(passage.evaluation, [number], [cited]))
    yield from _holding(lists)


def _within(passage: Passage, kind: str) -> Iterator[Verdict]:
    """第一，第二，… and (1);(2);… of one paragraph; a list begins with its first number, or behind a heading's (1)."""
    run: _Run | None = None
    for match in lexicon.pattern(f"check.ordinal.{kind}").regex.finditer(passage.text.string):
        number = number_of(match["ordinal"])
        cited = quoted(passage, match.start(), match.end(), around=6)
        if number is None:
            continue
        begun = passage.level is not None and number_of(passage.ordinal) == 1
        if number == 1 or (run is None and number > 1 and begun):
            yield from _holding([run] if run is not None else [])
            run = _Run(passage.evaluation, [1] if number == 1 else [1, number], [cited])
            if number > _SECOND:
                yield _broken(passage.evaluation, _Run(passage.evaluation, [1], [cited]), number, cited)
                run = None
        elif run is not None and run.numbers[-1] + 1 == number:
            run.numbers.append(number)
            run.cited.append(cited)
        elif run is not None:
            yield _broken(passage.evaluation, run, number, cited)
            run = None
    yield from _holding([run] if run is not None else [])


def _holding(lists: Iterable[_Run]) -> Iterator[Verdict]:
    """Finished lists of two or more items."""
    for found in lists:
        numbers = found.numbers
        if len(numbers) > 1:
            message = Message.of("The numbers {first} to {last} follow one another", first=numbers[0], last=numbers[-1])
            yield CHECK.consistent(found.evaluation, message, evidence=tuple(found.cited))


def _broken(evaluation: int | None, before: _Run | None, number: int, cited: Evidence) -> Verdict:
    if before is None:
        message = Message.of("The list begins with number {number}", number=number)
        return CHECK.inconsistent(evaluation, message, expected="1", actual=str(number), evidence=(cited,))
    last = before.numbers[-1]
    if number in before.numbers:
        message = Message.of("Number {number} stands twice", number=number)
    else:
        message = Message.of("Number {number} follows number {last}", number=number, last=last)
    return CHECK.inconsistent(
        evaluation,
        message,
        formula=f"{last}, {number}",
        expected=str(last + 1),
        actual=str(number),
        evidence=(before.cited[-1], cited),
    )


def _numbered_themselves(report: Report) -> list[Indicator]:
    """The indicators without those of a numbered paragraph that holds several: the number is the paragraph's."""
    passages = Passages.of(report)
    held: dict[int, list[Indicator]] = {}
    for indicator in report.indicators:
        passage = passages.at(indicator.place)
        if passage is not None and passage.level is not None and passage.ordinal == indicator.ordinal:
            held.setdefault(passage.seq, []).append(indicator)
    told = {id(indicator) for several in held.values() if len(several) > 1 for indicator in several}
    return [indicator for indicator in report.indicators if id(indicator) not in told]


def _indicators(indicators: Iterable[Indicator]) -> Iterator[Verdict]:
    groups: dict[tuple[object, ...], list[Indicator]] = {}
    for indicator in indicators:
        key = (indicator.evaluation, indicator.place.source, indicator.level1, indicator.level2)
        groups.setdefault(key, []).append(indicator)
    for group in groups.values():
        numbers = [number_of(indicator.ordinal) for indicator in group]
        if not any(numbers) or len(group) < 2:
            continue
        if not all(numbers):
            message = Message.of("Not every indicator under “{heading}” has its number", heading=group[0].level2 or "")
            cited = tuple(evidence(indicator) for indicator in group)
            yield CHECK.uncheckable(group[0].evaluation, message, evidence=cited)
            continue
        yield from _sequence(group[0].evaluation, [(n or 0, evidence(i)) for n, i in zip(numbers, group, strict=True)])


def _sequence(evaluation: int | None, items: Sequence[tuple[int, Evidence]]) -> Iterator[Verdict]:
    """One list that may start again at 1."""
    found: _Run | None = None
    for number, cited in items:
        if found is not None and number == found.numbers[-1] + 1:
            found.numbers.append(number)
            found.cited.append(cited)
            continue
        if number != 1:
            yield _broken(evaluation, found, number, cited)
        elif found is not None:
            yield from _holding([found])
        found = _Run(evaluation, [number], [cited])
    yield from _holding([found] if found is not None else [])


CHECK = Check(id="ordinal-sequence", severity="note", run=run)
