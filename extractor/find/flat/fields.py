"""Fields, words and totals of a flattened form: what stands behind labels, and what stands under none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from extractor.find.flat.marks import Label
from extractor.find.flat.stream import ENDS, WALLS, Part, Stream
from extractor.find.tables import words as table_words
from extractor.find.tables.facts import FormBuilder
from extractor.text import Text

_GLUED = regex.compile(r"(?P<most>1[0-2]0|90|80)(?P<score>[1-9]\d{0,2}(?:\.\d{1,2})?)(?![\d.])")
_NUMBER = regex.compile(r"\d{1,3}(?:\.\d{1,3})?")
#: A value ends before a box to tick.
_BOXES = regex.compile(r"[□☑√■]")
_YEAR_OF = regex.compile(r"(?P<year>20\d{2})年度")
_LONGEST_VALUE = 120


class FieldReader:
    """Reads the labels between two positions into the form."""

    def __init__(self, form: FormBuilder, stream: Stream) -> None:
        self.form = form
        self.stream = stream

    def read(self, labels: Sequence[Label], start: int, end: int) -> None:
        """Fields behind their labels; all other words are kept as passages."""
        position = start
        for number, label in enumerate(labels):
            self._words(position, label.start)
            following = labels[number + 1].start if number + 1 < len(labels) else end
            position = self._value(label, following) if label.kind == "field" else label.end
        self._words(position, end)

    def _value(self, label: Label, following: int) -> int:
        """Take the value behind a label; where it ends."""
        stream = self.stream
        self.form.place(stream.cell(label.start, label.end))
        if label.end >= following or stream.empties.get(label.end):
            return label.end
        end = min(following, self._stop(label.end), label.end + _LONGEST_VALUE)
        box = _BOXES.search(stream.bare, label.end, end)
        value = stream.cell(label.end, box.start() if box else end)
        if label.name == "total_score":
            match = _NUMBER.match(value.string)
            if match is None:
                return label.end
            value = value.slice(0, match.end())
        if "单位" in stream.bare[label.start : label.end]:
            self.form.funds.set_unit(stream.bare[label.start : label.end] + value.string)
        if value.string:
            self.form.set_field(label.name, value)
        return end

    def _stop(self, start: int) -> int:
        """The end of the line or of the barred cell that begins at `start`."""
        end = start + 1
        stream = self.stream
        while end < len(stream) and stream.before[end] not in ENDS and stream.before[end] not in WALLS:
            end += 1
        return end

    def _words(self, start: int, end: int) -> None:
        """The words between two positions, line by line."""
        position = start
        while position < end:
            stop = min(self._stop(position), end)
            words = self.stream.cell(position, stop)
            if len(words) > 1 and not _NUMBER.fullmatch(words.string):
                self.form.add_words(words)
            position = stop


def title_and_year(stream: Stream, start: int, end: int) -> tuple[Text | None, int | None]:
    """The title in the lines before the first label, and the year that they give: 2023年度 before any other."""
    title: Text | None = None
    title_year: int | None = None
    other: int | None = None
    position = start
    while position < end:
        stop = min(stream.line_end(position), end)
        words = stream.bare[position:stop]
        if table_words.is_title(words):
            title = stream.cell(position, stop) if stop - position < 80 else title
            title_year = table_words.year(words) or title_year
        elif len(words) <= 12:
            other = table_words.year(words) or other
        position = stop
    printed = _YEAR_OF.findall(stream.bare, start, end)
    if printed:
        return title, int(printed[-1])
    return title, other if other is not None else title_year


def money_unit(stream: Stream, start: int, heads: int, body: int, end: int) -> str | None:
    """The unit of money over the fund block: the last before the rows, else the first behind them."""
    pieces = [(position, stream.piece_end(position)) for position in stream.pieces if start <= position < end]
    before = [p for p in pieces if p[0] < body]
    near = [p for p in before if p[1] >= heads - 40]
    for group in (near[::-1], before, [p for p in pieces if p[0] >= body]):
        for begin, stop in group:
            unit = table_words.money_unit(stream.bare[begin : min(stop, begin + 400)])
            if unit is not None:
                return unit
    return None


def _glued_total(stream: Stream, start: int, end: int) -> list[tuple[int, int]]:
    """Weights and score that are glued together, 10094.25: the weights of a form add up to a round number."""
    match = _GLUED.match(stream.bare, start, end)
    if match is None or stream.begins(match.end("most")):
        return []
    if match["score"] is None or Decimal(match["score"]) > Decimal(match["most"]):
        return []
    return [match.span("most"), match.span("score")]


def read_total(stream: Stream, label_end: int, end: int) -> tuple[list[tuple[int, int] | None], int | None, int]:
    """What stands behind the label of the total: its figures (None for an empty cell), a grade's place, the end."""
    figures: list[tuple[int, int] | None] = []
    grade: int | None = None
    position = label_end
    glued = _glued_total(stream, position, end)
    if glued:
        figures.extend(glued)
        position = glued[-1][1]
    while position < end and len(figures) < 6:
        figures.extend([None] * stream.empties.get(position, 0))
        stop = min(stream.piece_end(position), end)
        words = stream.bare[position:stop].rstrip("分")
        if _NUMBER.fullmatch(words):
            figures.append((position, position + len(words)))
        elif table_words.is_empty(words):
            figures.append(None)
        elif table_words.grade(words) is not None and grade is None:
            grade = position
        else:
            break
        if stream.before[position] in (Part.LINE, Part.ROW) and position > label_end and len(figures) > 4:
            break
        position = stop
    return figures, grade, position
