"""Rows of a flattened indicator block → indicators: levels carried on, columns whose cells come late, rows in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractor.find.flat import fits
from extractor.find.flat.columns import headed_levels, indicator_columns
from extractor.find.flat.indicators import IndicatorModel, Row, rows
from extractor.find.flat.marks import Cluster, Mark
from extractor.find.flat.nodes import Body, Effort, Nodes, nodes
from extractor.find.flat.search import Reading
from extractor.find.flat.stream import Stream
from extractor.find.script import simplified
from extractor.find.tables import words as table_words
from extractor.find.tables.facts import FormBuilder
from extractor.messages import Message
from extractor.text import Text

_FIGURES = ("target", "actual", "max_score", "score")
#: A reading that costs more a row has columns whose heads were not printed, or could not be read.
_POOR = 1.2
#: Further columns are believed if they make the reading so much cheaper.
_WORTH = 2.0
_WORTH_LOST = 0.5
#: In blocks with more nodes no further columns are tried.
_LONG = 1500
#: A row that costs more is none.
_WORST = 6.0


@dataclass(slots=True)
class _Pending:
    """A row that waits for cells of late columns."""

    level1: str | None
    level2: str | None
    cells: dict[str, Text]
    quote: Text
    doubtful: bool = False
    problem: Message | None = None


class IndicatorReader:
    """Reads the indicator blocks of one form."""

    def __init__(self, form: FormBuilder, stream: Stream, effort: Effort) -> None:
        self.form = form
        self.stream = stream
        self.effort = effort
        self.levels: dict[str, str | None] = {"level1": None, "level2": None}
        self.pending: list[_Pending] = []
        self.body = Nodes(stream)

    def read(self, cluster: Cluster, end: int, expected: frozenset[Decimal], cut: bool) -> None:
        """Read the rows between the heads and `end`; `cut` tells that the text ends there."""
        for mark in cluster.levels:
            if mark.end <= cluster.end:
                self._take_level(mark.concept, mark.start, mark.end)
        body = self.body = nodes(self.stream, Body(cluster.end, end, cluster.glued), self.effort)
        if not len(body):
            return
        if not self.effort.spend_nodes(len(body)):
            message = Message.of("The tables of this file are longer than what is read of one file.")
            self.form.gap("unread_table", message, self.stream.cell(cluster.end, min(end, cluster.end + 200)))
            return
        model, reading = self._best(cluster, body, expected)
        found = rows(model, reading)
        self._dropped(body, reading)
        for number, row in enumerate(found):
            self._row(body, row, model.columns, cut and number == len(found) - 1)

    def _best(self, cluster: Cluster, body: Nodes, expected: frozenset[Decimal]) -> tuple[IndicatorModel, Reading]:
        """The columns as the heads give them, or with one more whose head is lost, whichever reads better."""
        headed = headed_levels(cluster)
        columns = indicator_columns(cluster)
        model = IndicatorModel(body, columns, headed, expected)
        reading = model.read()
        best = (model, reading)
        count = sum(1 for step in reading.steps if step.cells)
        if len(body) > _LONG or (reading.cost <= _POOR * max(1, count) and not cluster.lost):
            return best
        for more in _more_columns(cluster, columns):
            other = IndicatorModel(body, more, headed, expected)
            tried = other.read()
            # A place where a head could not be read speaks for the column itself.
            worth = _WORTH_LOST if "explanation" in columns or "explanation" not in more else max(_WORTH, 0.5 * count)
            if tried.cost + worth < best[1].cost:
                best = (other, tried)
        return best

    # --- rows ---

    def _row(self, body: Nodes, row: Row, columns: Sequence[str], last: bool) -> None:
        cells = {
            concept: self.stream.cell(body.at[cell.start], body.at[cell.end]) for concept, cell in row.cells.items()
        }
        for kind in ("level1", "level2"):
            cell = row.cells.get(kind)
            if cell is not None and body.at[cell.start] < body.at[cell.end]:
                self._take_level(kind, body.at[cell.start], body.at[cell.end])
        cells = {c: text for c, text in cells.items() if c not in ("level1", "level2") and text.string}
        name = cells.get("name")
        if name is None or fits.is_placeholder(_plain(name)):
            return
        self._split_points(cells, columns)
        quote = self.stream.cell(body.at[row.start], body.at[row.end])
        pending = _Pending(self.levels["level1"], self.levels["level2"], cells, quote)
        pending.problem = self._problem(row, cells, columns, last)
        self.pending.append(pending)

    def _problem(self, row: Row, cells: dict[str, Text], columns: Sequence[str], last: bool) -> Message | None:
        """Why the row cannot be taken as it was read; figures in doubt are left out of it."""
        if row.cost > _WORST:
            return Message.of("These words of a flattened table could not be read as one of its rows.")
        filled = [c for c in _FIGURES if c in cells and not table_words.is_empty(cells[c].string)]
        scored = "score" in columns or "max_score" in columns
        pointed = "score" in filled or "max_score" in filled
        if scored and not pointed and last and filled and all(_has_points(other) for other in self.pending):
            return Message.of("The last row of the table is cut off.")
        if self._end_unknown(row, cells["name"], columns):
            return Message.of("Where the name of this indicator ends cannot be told.")
        if self._begin_unknown(row, cells["name"]):
            return Message.of("Where the name of this indicator begins cannot be told.")
        worded = not any(any(x.isdigit() for x in cells[c].string) for c in filled)
        name = simplified(cells["name"].string)
        told = "reason" in columns and fits.reads_like_reason(name) and not fits.ends_like_name(name)
        if filled and worded and ((scored and not pointed) or told):
            return Message.of("These words of a flattened table could not be read as one of its rows.")
        if row.doubtful:
            for concept in row.doubtful:
                if concept != "name":
                    cells.pop(concept, None)
            return Message.of("It cannot be told to which columns the figures of this row belong.")
        return None

    def _end_unknown(self, row: Row, name: Text, columns: Sequence[str]) -> bool:
        """Whether nothing parts a name from the words behind it: a usual value, or its explanation."""
        if self.stream.begins(self.body.at[row.cells["name"].end]):
            return False
        words = simplified(name.string)
        if "explanation" in columns and "explanation" not in row.cells:
            return True
        if fits.ends_worded(words) or fits.repeats(words):
            return True
        return not self._value_ends_name(row, words)

    def _value_ends_name(self, row: Row, name: str) -> bool:
        """Whether what is glued behind a name is known not to be a part of it: a figure, or a usual value."""
        bare = self.stream.bare
        end = self.body.at[row.cells["name"].end]
        if bare[end : end + 1] in "≥≤><=-—/一" or bare[end : end + 1].isdigit():
            return True
        target, actual = (self._words(row, concept) for concept in ("target", "actual"))
        if target and target == actual:
            return True
        return (fits.is_worded(target) or fits.is_date(target)) and fits.ends_like_name(name)

    def _words(self, row: Row, concept: str) -> str:
        cell = row.cells.get(concept)
        return self.body.words(cell.start, cell.end) if cell is not None else ""

    def _begin_unknown(self, row: Row, name: Text) -> bool:
        """Whether the reason of the row before may be glued to a name: points were lost there, or it reads like one."""
        begin = row.cells["name"].start
        if self.stream.begins(self.body.at[begin]) or "level2" in row.cells or "level1" in row.cells:
            return False
        before = self.pending[-1].cells if self.pending else {}
        lost = "score" in before and "max_score" in before and before["score"].string != before["max_score"].string
        return (lost and "reason" not in before) or fits.reads_like_reason(simplified(name.string))

    def _split_points(self, cells: dict[str, Text], columns: Sequence[str]) -> None:
        """The points behind a name, in forms without a column for them: 相关性(5分)."""
        name = cells["name"]
        mark = table_words.weight_mark(name.string)
        if mark is None or "max_score" in columns or "score" not in columns:
            return
        group = "weight" if mark["weight"] else "bare"
        cells["max_score"] = name.slice(mark.start(group), mark.end(group))
        cells["name"] = name.slice(0, mark.start())

    def _take_level(self, kind: str, start: int, end: int) -> None:
        text = self.stream.cell(start, end)
        level: Literal["level1", "level2"] = "level1" if kind == "level1" else "level2"
        name = self.form.level(level, text, key=text.span().start)
        if level == "level1":
            self.levels = {"level1": name, "level2": None}
        else:
            self.levels["level2"] = name

    def _dropped(self, body: Nodes, reading: Reading) -> None:
        """What the reading left out is told, as far as it has figures or the words of a name."""
        begin: int | None = None
        for step in (*reading.steps, None):
            if step is not None and not step.cells:
                begin = step.start if begin is None else begin
                continue
            if begin is not None:
                end = step.start if step is not None else len(body)
                text = self.stream.cell(body.at[begin], body.at[end])
                if len(text) > 3 and any(character.isalnum() for character in text.string):
                    message = Message.of("These words of a flattened table could not be read as one of its rows.")
                    self.form.gap("unread_indicator", message, text)
            begin = None

    # --- late columns ---

    def late_column(self, mark: Mark, end: int) -> int:
        """Cells that come in a block behind their head, one for each row; where they end."""
        if not self.pending or mark.concept not in ("target", "actual"):
            return mark.start
        values: list[tuple[int, int]] = []
        position = mark.end
        while position < end and len(values) <= len(self.pending):
            stop = min(self.stream.piece_end(position), end)
            values.append((position, stop))
            position = stop
        if len(values) != len(self.pending) or any(mark.concept in row.cells for row in self.pending):
            text = self.stream.cell(mark.start, position)
            message = Message.of("The cells of this column could not be given to its rows one by one.")
            self.form.gap("unread_indicator", message, text)
            return position
        for row, span in zip(self.pending, values, strict=True):
            row.cells[mark.concept] = self.stream.cell(*span)
            row.problem = None
        return position

    def finish(self) -> None:
        """Hand the rows over to the form."""
        for row in self.pending:
            if row.problem is not None:
                self.form.gap("unread_indicator", row.problem, row.quote)
                if not any(concept in row.cells for concept in _FIGURES) or "columns" not in row.problem.key:
                    continue
            self.form.add_indicator(row.level1, row.level2, row.cells)
        self.pending = []


def _more_columns(cluster: Cluster, columns: Sequence[str]) -> Iterator[list[str]]:
    """The columns with one whose head is lost: points where a head could not be read, or an explanation."""
    order = list(columns)
    if "max_score" not in order and "score" in order:
        for number in cluster.lost:
            behind = cluster.heads[number].concept if number < len(cluster.heads) else None
            at = order.index(behind) if behind in order else len(order)
            if at > order.index("name"):
                yield [*order[:at], "max_score", *order[at:]]
    if "explanation" not in order:
        at = order.index("name") + 1
        yield [*order[:at], "explanation", *order[at:]]


def _has_points(row: _Pending) -> bool:
    return "score" in row.cells or "max_score" in row.cells


def _plain(text: Text) -> str:
    return text.string
