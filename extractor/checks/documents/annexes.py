"""The list of annexes at the end of a report: shared by `annex-listed` and `heading-sequence`. No check of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor import lexicon
from extractor.checks.base import quoted
from extractor.model import Evidence, Passage, Report

#: Longer than this a line with 附件 is no list of annexes.
_LONGEST = 120
#: The level of the items 2. 3. on the lines behind 附件：1.
_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex of the list; `number` is the printed one, None where the list prints none."""

    number: int | None
    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Listed:
    """The list: its annexes, the passages that hold it, and the offset at which it ends."""

    annexes: tuple[Annex, ...]
    seqs: frozenset[int]
    end: int


def listed(report: Report) -> Listed | None:
    """The list of annexes, where the report has one: 附件：… behind the text, with the lines that go on with it."""
    at = next((i for i, passage in enumerate(report.passages) if i and _opens(report.passages[:i], passage)), None)
    if at is None:
        return None
    held = [report.passages[at]]
    annexes = list(_annexes(held[0]))
    for passage in report.passages[at + 1 :]:
        more = list(_annexes(passage))
        goes_on = passage.level == _ITEMS and len(passage.text) <= _LONGEST and annexes[-1].number is not None
        if not more and goes_on:
            more = list(_items(passage, 0))
        if not more or (annexes[-1].number or 0) >= (more[0].number or 0):
            break
        held.append(passage)
        annexes += more
    return Listed(tuple(annexes), frozenset(p.seq for p in held), held[-1].text.span().end)


def _opens(before: Sequence[Passage], passage: Passage) -> bool:
    """Whether the list begins here: a text stands before it, and it names something."""
    body = any("。" in earlier.text.string or earlier.level is not None for earlier in before)
    return body and next(_annexes(passage), None) is not None


def _annexes(passage: Passage) -> Iterator[Annex]:
    """The annexes that a line beginning with 附件 names."""
    string = passage.text.string
    match = lexicon.pattern("check.annex.line").regex.match(string) if len(string) <= _LONGEST else None
    if match is None:
        return
    if match["number"]:
        start, end = match.span("name")
        yield Annex(int(match["number"]), match["name"].strip(), quoted(passage, start, end, around=0))
    else:
        yield from _items(passage, match.start("name"))


def _items(passage: Passage, start: int) -> Iterator[Annex]:
    """The names from `start` on, each behind its number, or the one name without a number."""
    string = passage.text.string
    marks = list(lexicon.pattern("check.annex.item").regex.finditer(string, start))
    if not marks or marks[0].start() != start:
        yield Annex(None, string[start:].strip(), quoted(passage, start, len(string), around=0))
        return
    ends = [mark.start() for mark in marks[1:]] + [len(string)]
    for mark, end in zip(marks, ends, strict=True):
        name = string[mark.end() : end].strip()
        yield Annex(int(mark["number"]), name, quoted(passage, mark.start(), end, around=0))
