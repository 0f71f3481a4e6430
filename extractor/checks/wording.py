"""Running text for the checks: its quantities, the words between them, and the passage that a fact stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor import lexicon, quantity
from extractor.checks.base import once_a_report
from extractor.model import Passage, Place, Quantity, Report

#: Stands for a quantity in a skeleton (a bullet of this shape in the text itself becomes the other one).
FIGURE = "◇"
_OTHER = "◆"
#: What bounds the words of one figure.
_CLAUSE = FIGURE + "，,。；;、：:()"


@lru_cache(maxsize=4096)
def quantities(string: str) -> tuple[Quantity, ...]:
    """The quantities of a passage's text; several checks ask for the same passage."""
    return tuple(quantity.scan(string))


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text whose quantities are each one `◇`, so that a pattern sees only the words between them."""

    string: str
    figures: dict[int, Quantity]

    def search(self, pattern: regex.Pattern[str]) -> Iterator[Match]:
        """All matches that do not overlap, with the quantities of their named groups."""
        for match in pattern.finditer(self.string):
            groups = {name: self.figures[at] for name, at in _starts(match) if at in self.figures}
            yield Match(match, groups)

    def beside(self, at: int) -> tuple[str, str]:
        """The words of the clause of the figure at `at`, before and behind it, up to other figures and brackets."""
        start = max(self.string.rfind(mark, 0, at) for mark in _CLAUSE) + 1
        ends = [end for mark in _CLAUSE if (end := self.string.find(mark, at + 1)) >= 0]
        return self.string[start:at], self.string[at + 1 : min(ends, default=len(self.string))]


@dataclass(frozen=True, slots=True)
class Match:
    """A match in a skeleton; `figures` are the quantities that its named groups stand for."""

    match: regex.Match[str]
    figures: dict[str, Quantity]

    @property
    def words(self) -> str:
        """The matched words."""
        return self.match[0]


def _starts(match: regex.Match[str]) -> Iterator[tuple[str, int]]:
    for name in match.re.groupindex:
        if match.start(name) >= 0:
            yield name, match.start(name)


@lru_cache(maxsize=4096)
def skeleton(string: str) -> Skeleton:
    """The skeleton of a passage's text."""
    parts: list[str] = []
    figures: dict[int, Quantity] = {}
    length = at = 0
    for figure in quantities(string):
        between = string[at : figure.start].replace(FIGURE, _OTHER)
        parts += (between, FIGURE)
        figures[length + len(between)] = figure
        length += len(between) + 1
        at = figure.end
    parts.append(string[at:].replace(FIGURE, _OTHER))
    return Skeleton("".join(parts), figures)


_STOPS = "，。；,;、！？"
#: So many headings of a form make a paragraph one; with sentences in it, so many.
_FORM, _FORM_WITH_SENTENCES = 3, 6


@once_a_report
def running(report: Report) -> tuple[Passage, ...]:
    """The passages of running text: without lines of a form, whether they were read as a table or ran together.

    The lines behind a form's headings belong to it, up to the next sentence or main heading.
    """
    return tuple(_running(report))


def _running(report: Report) -> Iterator[Passage]:
    held = _holding_rows(report)
    form = False
    for passage in report.passages:
        string = passage.text.string
        if passage.source == "table":
            # Words of a cell; labels that ran together have no stop.
            if any(stop in string for stop in _STOPS):
                yield passage
            continue
        sentences = "。" in string
        words = {match[0] for match in lexicon.matcher("check.form").finditer(string)}
        if len(words) >= (_FORM_WITH_SENTENCES if sentences else _FORM):
            form = True
            continue
        form = form and not sentences and passage.level not in (0, 1, 2)
        if not form and passage.seq not in held:
            yield passage


def _holding_rows(report: Report) -> set[int]:
    """seqs of the passages in which a figure stands that was read as a cell of a form."""
    passages = Passages.of(report)
    places = [fund.place for fund in report.funds]
    places += [row.place for row in report.indicators]
    places += [weight.place for weight in report.weights]
    found = (passages.at(place) for place in places if place.source == "table")
    return {passage.seq for passage in found if passage is not None and passage.source == "prose"}


class Passages:
    """The report's passages by place: which one holds a fact, and the words before it."""

    @staticmethod
    def of(report: Report) -> Passages:
        """Those of a report."""
        return _passages(report)

    def __init__(self, report: Report) -> None:
        spans = [(p.text.span(), p) for p in report.passages if p.text]
        self._held = sorted(((span.start, span.end, p) for span, p in spans), key=lambda held: held[:2])
        self._starts: Sequence[int] = [held[0] for held in self._held]

    def at(self, place: Place) -> Passage | None:
        """The passage that holds the place."""
        i = bisect_right(self._starts, place.start) - 1
        if i >= 0 and place.start < self._held[i][1]:
            return self._held[i][2]
        return None

    @staticmethod
    def position(passage: Passage, place: Place) -> int:
        """Where the place begins in the passage's own text."""
        return bisect_left(passage.text.origin, place.start)

    def before(self, place: Place, stops: str = "。;") -> str:
        """The words of the same sentence before the place, back to one of `stops`; empty outside of passages."""
        passage = self.at(place)
        if passage is None:
            return ""
        string = passage.text.string[: self.position(passage, place)]
        start = max(string.rfind(stop) for stop in stops) + 1
        return string[start:]

    def after(self, place: Place, stops: str = "。;") -> str:
        """The words of the same sentence behind the place, up to one of `stops`."""
        passage = self.at(place)
        if passage is None:
            return ""
        string = passage.text.string[bisect_left(passage.text.origin, place.end) :]
        ends = [at for at in map(string.find, stops) if at >= 0]
        return string[: min(ends)] if ends else string


@once_a_report
def _passages(report: Report) -> Passages:
    return Passages(report)
