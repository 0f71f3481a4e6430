"""The printed words around the figures of a verdict: a line for each passage or row of a table.

In running text it is the clause around the figures, with long rests left out; of a row it is the cells, behind the name
of the row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.checks.wording import Passages
from extractor.model import Evidence, Passage, Place, Report

#: How far a line goes back to the beginning of a clause, and on to its end; beyond that it is cut.
_BACK = 24
_ON = 10
#: Words between two figures that are longer than this are cut to their ends.
_BETWEEN = 30
_ENDS = 8
_CLAUSE = "，。；：、！？,;:!?"
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Printed words in quotations of pieces: the text, and whether it is a figure that was compared.

    `place` is that of the first figure; `row` names the row of a table that they stand in.
    """

    quotations: tuple[tuple[tuple[str, bool], ...], ...]
    place: Place
    row: str = ""


def row_names(report: Report) -> dict[tuple[str, int], str]:
    """What the rows of tables are called that evidence may stand in, by table and seq."""
    return {
        **{("funds", fund.seq): fund.label for fund in report.funds},
        **{("rates", rate.seq): rate.name for rate in report.rates},
        **{("indicators", one.seq): one.name for one in report.indicators},
        **{("weights", weight.seq): weight.label for weight in report.weights},
    }


class Excerpts:
    """The excerpts of one report."""

    def __init__(self, report: Report) -> None:
        self._source = "\f".join(text for _, text in report.pages)
        self._passages = Passages(report)
        self._rows = row_names(report)

    def of(self, evidence: Iterable[Evidence]) -> list[Excerpt]:
        """One excerpt for each passage, and outside of passages one for each row, that the evidence stands in."""
        groups: dict[tuple[str, int], list[Evidence]] = {}
        passages: dict[tuple[str, int], Passage] = {}
        for item in evidence:
            passage = self._passages.at(item.place)
            key = (item.table, item.seq) if passage is None else ("passages", passage.seq)
            if passage is not None:
                passages[key] = passage
            groups.setdefault(key, []).append(item)
        return [self._excerpt(items, passages.get(key)) for key, items in groups.items()]

    def _excerpt(self, items: Sequence[Evidence], passage: Passage | None) -> Excerpt:
        if passage is None:
            row = self._rows.get((items[0].table, items[0].seq), "")
            cells = tuple(((item.quote, True),) for item in items if item.quote != row or len(items) == 1)
            return Excerpt(cells, items[0].place, row if cells[0][0][0] != row else "")
        words = self._printed(passage)
        pieces = tuple(_pieces(words, _merged(_span(passage, item.place) for item in items)))
        return Excerpt((pieces,), items[0].place)

    def _printed(self, passage: Passage) -> str:
        """The passage as printed, without the white space of its layout: each character has its place in the source."""
        origin = passage.text.origin
        if origin and max(origin) < len(self._source):
            return "".join(self._source[offset] for offset in origin)
        return passage.text.string


def _span(passage: Passage, place: Place) -> tuple[int, int]:
    origin = passage.text.origin
    start = bisect_left(origin, place.start)
    return start, max(start + 1, bisect_left(origin, place.end))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pieces(words: str, figures: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    yield _before(words, figures[0][0]), False
    for i, (start, end) in enumerate(figures):
        yield words[start:end], True
        if i + 1 < len(figures):
            yield _shortened(words[end : figures[i + 1][0]]), False
    yield _behind(words, figures[-1][1]), False


def _before(words: str, end: int) -> str:
    """From the beginning of the clause."""
    start = max(0, end - _BACK)
    clause = max((words.rfind(mark, start, end) for mark in _CLAUSE), default=-1)
    if clause >= 0:
        return words[clause + 1 : end]
    return words[:end] if start == 0 else _CUT + words[start:end]


def _behind(words: str, start: int) -> str:
    """To the end of the clause."""
    ends = [at for at in (words.find(mark, start, start + _ON) for mark in _CLAUSE) if at >= 0]
    if ends:
        return words[start : min(ends)]
    return words[start:] if len(words) - start <= _ON else words[start : start + _ON] + _CUT


def _shortened(words: str) -> str:
    return words if len(words) <= _BETWEEN else f"{words[:_ENDS]}{_CUT}{words[-_ENDS:]}"
