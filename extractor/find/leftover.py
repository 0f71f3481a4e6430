"""Figures that stand beside facts and are in none of them: each becomes a gap, so that no number is lost in silence.

A sentence or a table row that gave a fact is about money, rates or indicators; what else is printed in it as a figure
may belong to it. Years, dates, document numbers and list marks are read as such and are no figures.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import regex

from extractor import quantity
from extractor.find.script import simplified
from extractor.find.tables import words as table_words
from extractor.find.tables.values import read_points
from extractor.lexicon import pattern
from extractor.messages import Message
from extractor.model import Cell, Document, Gap, Passage, Place, Report, Table

_SENTENCE = regex.compile(r"[^。；;!！?？]+")
_DIGIT = regex.compile(r"\d")
#: So many characters around a figure tell what it is about.
_AROUND = 16
#: The label of a sum in a form stands within so many characters before it.
_LABEL = 12


def left_over(document: Document, report: Report) -> Iterator[Gap]:
    """The figures in fact-bearing sentences and table rows that no fact holds."""
    held = _Spans(report.places())
    facts = _Spans(
        fact.place for found in (report.funds, report.amounts, report.rates, report.indicators) for fact in found
    )
    for passage in report.passages:
        if passage.source == "prose":
            yield from _in_sentences(passage, facts, held)
        elif passage.source == "table":
            yield from _in_form(passage, held, [gap.quote or "" for gap in report.gaps])
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _in_rows(block, facts, held, report)


class _Spans:
    """Ranges of the source, for asking whether one of them touches another range."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted((place.start, place.end) for place in places):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether some range has a character in common with this one."""
        return bisect_right(self.ends, start) < bisect_left(self.starts, end)


def _in_sentences(passage: Passage, facts: _Spans, held: _Spans) -> Iterator[Gap]:
    string = simplified(passage.text.string)
    for sentence in _SENTENCE.finditer(string):
        span = passage.text.span(*sentence.span())
        if not facts.touch(span.start, span.end):
            continue
        for figure in quantity.scan(sentence[0]):
            start, end = sentence.start() + figure.start, sentence.start() + figure.end
            place = passage.place(start, end)
            if not held.touch(place.start, place.end):
                words = passage.text.string[max(sentence.start(), start - _AROUND) : end + _AROUND // 2]
                yield Gap("unassigned_number", _message(), place.page, words)


def _in_form(passage: Passage, held: _Spans, quoted: Sequence[str]) -> Iterator[Gap]:
    """Figures of a flattened form behind a word of money that neither a fact holds nor another gap quotes."""
    string = simplified(passage.text.string)
    for figure in quantity.scan(string):
        place = passage.place(figure.start, figure.end)
        before = string[max(0, figure.start - _LABEL) : figure.start]
        if held.touch(place.start, place.end) or not pattern("funds.form_label").regex.search(before):
            continue
        if not any(figure.raw in quote for quote in quoted):
            words = passage.text.string[max(0, figure.start - _AROUND) : figure.end + _AROUND // 2]
            yield Gap("unassigned_number", _message(), place.page, words)


def _in_rows(table: Table, facts: _Spans, held: _Spans, report: Report) -> Iterator[Gap]:
    """Cells with digits in the rows that gave facts; the rows' running numbers are left out."""
    points = [(fund.place, {fund.max_score, fund.score} - {None}) for fund in report.funds if fund.column is not None]
    numbered = _number_columns(table)
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.string.strip():
            rows.setdefault(cell.row, []).append(cell)
    for cells in rows.values():
        if not any(_touches(facts, cell) for cell in cells):
            continue
        own = set().union(*(scores for place, scores in points if any(_holds(cell, place) for cell in cells)))
        for cell in cells:
            if read_points(cell.text.tight().string) in own:
                continue  # the points of the execution rate stand on the row's fund
            if cell.column not in numbered and _DIGIT.search(cell.text.string) and not _touches(held, cell):
                yield Gap("unassigned_number", _message(), cell.page, cell.text.tight().string[:200])


def _holds(cell: Cell, place: Place) -> bool:
    span = cell.text.span()
    return span.start <= place.start < span.end


def _touches(spans: _Spans, cell: Cell) -> bool:
    span = cell.text.span()
    return spans.touch(span.start, span.end)


def _number_columns(table: Table) -> set[int]:
    """The columns headed 序号."""
    return {
        cell.column
        for cell in table.cells
        if (head := table_words.head_of(cell.text.tight().string, "column")) is not None and head.concept == "sequence"
    }


def _message() -> Message:
    return Message.of("This figure stands beside figures that were read, and is in none of the facts.")
