"""Headings whose numbers leave one out or stand twice, or that stand at another level than their list.

Compares: the numbers of the headings of each level (一、; （一）; 1.; （1）) in reading order.
Formula: each number is that of the heading before it at its level plus one; a first （一） stands under a 一、 where
    the report has such headings.
Tolerance: none.
False alarms: numbering that starts again under a new parent or counts on under it; notes under a form; numbers set by a
    word processor that the text does not hold; a text that begins in the middle of a report.
Example: 一、 二、 （三） 四、: the third heading stands a level too low.
Source: GB/T 9704-2012, 7.3.3: the levels of headings; seen in published reports: one number twice, one left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor import lexicon
from extractor.checks.base import Check, quoted
from extractor.checks.documents.annexes import listed
from extractor.checks.sentence.ordinal_sequence import number_of
from extractor.checks.wording import running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Report, Verdict

ZH = """标题序号不连续或层级混用。

核对内容：按阅读顺序，各级标题（一、；（一）；1.；（1））的序号。
公式：同级标题的序号为前一序号加一；有“一、”级标题的，第一个“（一）”应在其下。
容差：无。
易误报：在新的上级标题下重新编号或连续编号、表下的注、自动编号未随文字提取、文本从报告中间开始。
例：一、二、（三）四、：第三个标题低了一级。
依据：GB/T 9704-2012 第7.3.3条结构层次序数；公开报告中常见序号重复或遗漏。
"""

_FIRST, _SECOND = 1, 2
#: The level of 1. 2. in notes under a form, of which the first stands behind the word 注.
_NOTES = 3
#: So much of a heading is quoted.
_QUOTED = 20


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    number: int | None
    evaluation: int | None
    cited: Evidence

    @property
    def words(self) -> str:
        return self.cited.quote


@dataclass(slots=True)
class _List:
    """The headings of one level so far, up to the one that starts again."""

    headings: list[_Heading] = field(default_factory=list)

    @property
    def last(self) -> int:
        return self.headings[-1].number or 0

    def verdict(self) -> Iterator[Verdict]:
        """A finished list of two or more headings holds."""
        first = self.headings[0]
        if len(self.headings) > 1:
            message = Message.of(
                "The headings {first} to {last} follow one another", first=first.number, last=self.last
            )
            yield CHECK.consistent(first.evaluation, message, evidence=tuple(one.cited for one in self.headings))


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    headings = list(_headings(report))
    whole = report.head.title is not None
    yield from _without_parent(headings, whole)
    open_: dict[int, _List] = {}
    for at, heading in enumerate(headings):
        yield from _take(open_, headings, at, heading, whole)
    for found in open_.values():
        yield from found.verdict()


def _headings(report: Report) -> Iterator[_Heading]:
    annexes = listed(report)
    for passage in running(report):
        if annexes is not None and passage.seq in annexes.seqs:
            continue
        if passage.level is not None:
            yield _Heading(passage.level, number_of(passage.ordinal), passage.evaluation, _quoted(passage))
        elif lexicon.pattern("check.ordinal.first_note").regex.match(passage.text.string):
            yield _Heading(_NOTES, 1, passage.evaluation, _quoted(passage))


def _quoted(passage: Passage) -> Evidence:
    return quoted(passage, 0, min(len(passage.text), _QUOTED), around=0)


def _without_parent(headings: Sequence[_Heading], whole: bool) -> Iterator[Verdict]:
    """A （一） before the first 一、 of a report that is read from its beginning."""
    first = next((one for one in headings if one.level in (_FIRST, _SECOND)), None)
    parent = next((one for one in headings if one.level == _FIRST), None)
    if not whole or first is None or first.level == _FIRST or parent is None:
        return
    if first.number == 1 and parent.number == 1:
        message = Message.of("“{heading}” stands before the first heading of the level above", heading=first.words)
        yield CHECK.inconsistent(first.evaluation, message, evidence=(first.cited, parent.cited))


def _take(
    open_: dict[int, _List], headings: Sequence[_Heading], at: int, heading: _Heading, whole: bool
) -> Iterator[Verdict]:
    """Put a heading into its list, and say what does not follow."""
    before = open_.get(heading.level)
    if heading.number is None:
        message = Message.of("The number of a heading could not be read")
        yield CHECK.uncheckable(heading.evaluation, message, evidence=(heading.cited,))
        return
    if before is not None and heading.number == before.last + 1:
        before.headings.append(heading)
        return
    host = _host(open_, headings[at + 1 :], heading)
    if host is not None:
        yield _at_other_level(host, heading)
        host.headings.append(heading)
        return
    if heading.number == 1:
        yield from before.verdict() if before is not None else ()
    elif not open_ and not whole:
        message = Message.of("The text begins with heading {number}", number=heading.number)
        yield CHECK.uncheckable(heading.evaluation, message, evidence=(heading.cited,))
    else:
        yield _broken(before, heading)
    open_[heading.level] = _List([heading])


def _host(open_: dict[int, _List], following: Sequence[_Heading], heading: _Heading) -> _List | None:
    """The list of another level that the heading's number continues, and that goes on behind it."""
    if heading.number is None or heading.number == 1:
        return None
    for level, found in open_.items():
        after = next((one.number for one in following if one.level == level), None)
        if level != heading.level and found.last + 1 == heading.number and after == heading.number + 1:
            return found
    return None


def _at_other_level(host: _List, heading: _Heading) -> Verdict:
    message = Message.of(
        "“{heading}” continues the list of “{before}” at another level",
        heading=heading.words,
        before=host.headings[-1].words,
    )
    return CHECK.inconsistent(
        heading.evaluation,
        message,
        formula=f"{host.last}, ({heading.number}), {(heading.number or 0) + 1}",
        evidence=(host.headings[-1].cited, heading.cited),
    )


def _broken(before: _List | None, heading: _Heading) -> Verdict:
    number = heading.number
    if before is None:
        message = Message.of("The headings of a level begin with number {number}", number=number)
        return CHECK.inconsistent(
            heading.evaluation, message, expected="1", actual=str(number), evidence=(heading.cited,)
        )
    if any(one.number == number for one in before.headings):
        message = Message.of("Heading {number} stands twice", number=number)
    else:
        message = Message.of("Heading {number} follows heading {last}", number=number, last=before.last)
    return CHECK.inconsistent(
        heading.evaluation,
        message,
        formula=f"{before.last}, {number}",
        expected=str(before.last + 1),
        actual=str(number),
        evidence=(before.headings[-1].cited, heading.cited),
    )


CHECK = Check(id="heading-sequence", severity="note", run=run)
