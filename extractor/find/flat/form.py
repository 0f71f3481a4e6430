"""One flattened form: which of its parts is which, each read by its own reader into one `FormBuilder`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor import lexicon
from extractor.find.flat.columns import indicator_columns
from extractor.find.flat.fields import FieldReader, money_unit, read_total, title_and_year
from extractor.find.flat.funds_block import FundReader
from extractor.find.flat.indicator_block import IndicatorReader
from extractor.find.flat.marks import Cluster, Label, Mark, glued, head_at, labels
from extractor.find.flat.nodes import Effort
from extractor.find.flat.stream import ENDS, Part, Stream
from extractor.find.tables import words as table_words
from extractor.find.tables.facts import FormBuilder, TableFacts
from extractor.model import Document
from extractor.text import Text

#: Labels that end a block of rows.
_ENDING = frozenset({"remarks", "management", "goals"})
_TOTAL = regex.compile(r"(?:自评|绩效|评价|绩效自评)?(?:总分|总得分|总计|合计)(?:得分|分数|分值)?(?:\([^()]{0,8}\))?:?")
#: Columns that the row of the total sums.
_POINTS = ("level1_max", "level2_max", "max_score", "score", "other")
_TAIL = regex.compile(r"\d{1,3}(?:\.\d{1,2})?")
_SCATTERED = 60
#: A sentence that states the total stands within so many characters before the title.
_STATED_WITHIN = 120
_HEADING = regex.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,2}\)")


@dataclass(frozen=True, slots=True)
class FormSpan:
    """The stretch of a stream that holds one form, and the clusters of heads in it."""

    start: int
    end: int
    clusters: tuple[Cluster, ...]


class FormReader:
    """Reads the stretch of a stream that holds one form."""

    def __init__(self, document: Document, stream: Stream, span: FormSpan, effort: Effort) -> None:
        self.stream = stream
        self.start = span.start
        self.end = span.end
        self.clusters = span.clusters
        self.effort = effort
        self.form = FormBuilder(document)
        self.fields = FieldReader(self.form, stream)
        self.labels = labels(stream, span.start, span.end)
        self.indicators = IndicatorReader(self.form, stream, effort)
        self.last = span.start

    def read(self) -> tuple[TableFacts, int, int]:
        """The facts, and the stretch that the form takes."""
        self._head()
        position = self.start
        for number, cluster in enumerate(self.clusters):
            following = self.clusters[number + 1].start if number + 1 < len(self.clusters) else self.end
            if cluster.kind == "fund":
                position = self._funds(cluster, position, following)
            else:
                position = self._indicators(cluster, position, following)
            self.last = position
        self._tail(position)
        self._stated_total()
        return self.form.build(), self.start, max(self.last, self.clusters[-1].end)

    def _between(self, start: int, end: int) -> list[Label]:
        return [label for label in self.labels if start <= label.start and label.end <= end]

    def _head(self) -> None:
        first = min([self.clusters[0].start, *(label.start for label in self.labels if label.kind == "field")])
        title, year = title_and_year(self.stream, self.start, first)
        if title is not None:
            self.form.title = title.string
            self.form.place(title)
        self.form.year = year

    # --- funds ---

    def _funds(self, cluster: Cluster, position: int, following: int) -> int:
        """Read a fund block with the fields before it; where it ends."""
        reader = FundReader(self.form, self.stream, self.effort)
        end = self._block_end(cluster.end, following, _ENDING | {"indicators", "fields"})
        unit = money_unit(self.stream, self.start, cluster.start, cluster.end, following)
        if unit is not None:
            self.form.funds.set_unit(f"({unit})")
        begin, end = reader.read(cluster, max(position, cluster.start - 80), end)
        self.fields.read(self._between(position, begin), position, begin)
        return end

    def _block_end(self, start: int, end: int, kinds: frozenset[str]) -> int:
        """Where the first label or heading stands that ends a block of rows."""
        end = self._heading(start, end)
        for label in self.labels:
            if not start <= label.start < end or not self.stream.begins(label.start):
                continue
            ends = label.name in kinds if label.kind == "block" else "fields" in kinds and label.name != "other"
            if ends:
                return label.start
        return end

    def _heading(self, start: int, end: int) -> int:
        """Where the first heading of running text stands (二、存在的问题), `end` where none does."""
        stream = self.stream
        for match in _HEADING.finditer(stream.bare, start, end):
            at = match.start()
            lined = stream.before[at] in (*ENDS, Part.WRAP) and at > start
            if lined and table_words.level_at(stream.bare, match.end()) is None:
                return at
        return end

    # --- indicators ---

    def _indicators(self, cluster: Cluster, position: int, following: int) -> int:
        """Read an indicator block with the fields before it and the total behind it; where it ends."""
        pairs = None if self.form.funds.funds else FundReader(self.form, self.stream, self.effort)
        if pairs is not None:
            unit = money_unit(self.stream, self.start, cluster.start, cluster.start, cluster.start)
            if unit is not None:
                self.form.funds.set_unit(f"({unit})")
            spans = pairs.read_pairs(position, cluster.start)
        else:
            spans = []
        self._fields_outside(position, cluster.start, spans)
        end = self._block_end(cluster.end, following, frozenset({"remarks", "management"}))
        total = self._total_label(cluster, end) or self._total_label(cluster, min(following, end + _SCATTERED))
        late = self._late_heads(cluster, min(end, total.start if total else end))
        body = min([end, *(mark.start for mark in late), *([total.start] if total else [])])
        expected: frozenset[Decimal] = frozenset()
        stop = body
        figures: list[tuple[int, int] | None] = []
        if total is not None:
            figures, grade, stop = read_total(self.stream, total.end, following)
            expected = self._expected(cluster, figures)
            if grade is not None:
                self.form.set_grade(self.stream.cell(grade, self.stream.piece_end(grade)))
        self.indicators.read(cluster, body, expected, cut=body >= len(self.stream))
        for number, mark in enumerate(late):
            until = late[number + 1].start if number + 1 < len(late) else min(end, total.start if total else end)
            stop = max(stop, self.indicators.late_column(mark, until))
        self.indicators.finish()
        if total is not None:
            if total.start > end:
                self.fields.read(self._between(end, total.start), end, total.start)
            stop = max(stop, self._add_total(cluster, total, figures, max(end, total.end)))
        return max(stop, body)

    def _fields_outside(self, start: int, end: int, spans: Sequence[tuple[int, int]]) -> None:
        position = start
        for begin, stop in [*spans, (end, end)]:
            self.fields.read(self._between(position, begin), position, begin)
            position = max(position, stop)

    def _expected(self, cluster: Cluster, figures: Sequence[tuple[int, int] | None]) -> frozenset[Decimal]:
        known = [span for span in figures if span is not None]
        if "max_score" not in cluster.concepts or not known:
            return frozenset()
        most = Decimal(self.stream.bare[known[0][0] : known[0][1]])
        return frozenset({most, most - 10, most - 20})

    def _total_label(self, cluster: Cluster, end: int) -> Mark | None:
        """The label of the total behind the rows."""
        stream = self.stream
        for match in _TOTAL.finditer(stream.bare, cluster.end, end):
            start, stop = match.span()
            if not (stream.begins(start) or glued(stream, start)):
                continue
            if stream.begins(stop) or stream.bare[stop].isdigit():
                return Mark(start, stop, "total")
        return None

    def _late_heads(self, cluster: Cluster, end: int) -> list[Mark]:
        """Heads that stand alone behind the first rows: the column's cells follow them, or its levels are torn off."""
        found = []
        for position in self.stream.pieces:
            if not cluster.end <= position < end:
                continue
            mark = head_at(self.stream, position)
            if mark is None or mark.end > end or mark.head is None or mark.head.alone or mark.end - mark.start < 3:
                continue
            if self.stream.begins(mark.end) and mark.concept in ("level1", "level2", "name", "target", "actual"):
                found.append(mark)
        return found

    def _add_total(self, cluster: Cluster, total: Mark, figures: Sequence[tuple[int, int] | None], end: int) -> int:
        """The row of the total; where its figures are scattered, the last of the scores is it. Where it ends."""
        label = self.stream.cell(total.start, total.end)
        known = [self.stream.cell(*span) for span in figures if span is not None]
        if not known:
            return self._scattered_total(cluster, label, total.end, end)
        most, score = self._of_total(cluster, figures, known)
        self.form.add_total(label, most, score)
        return total.end

    def _of_total(
        self, cluster: Cluster, figures: Sequence[tuple[int, int] | None], known: Sequence[Text]
    ) -> tuple[Text | None, Text | None]:
        columns = [c for c in indicator_columns(cluster) if c in _POINTS]
        if "max_score" not in columns and len(known) == len(columns) + 1:
            # The sum of the points is printed although no column gives them (合计 100 96.4 94).
            columns.insert(0, "max_score")
        if len(known) == len(columns) > 1:
            by_column = dict(zip(columns, known, strict=True))
            return by_column.get("max_score"), by_column.get("score")
        if len(known) >= 2:
            if "max_score" in cluster.concepts:
                return known[-2], known[-1]
            return None, known[-1]
        one = known[0]
        if "score" not in cluster.concepts:
            return one, None
        if "max_score" not in cluster.concepts:
            return None, one
        scored = any(indicator.score is not None for indicator in self.form.indicators)
        behind = figures[figures.index(next(f for f in figures if f is not None)) + 1 :]
        return (None, one) if scored and not behind else (one, None)

    def _scattered_total(self, cluster: Cluster, label: Text, start: int, end: int) -> int:
        """The last figure behind the label, where only scores stand there and it is not less than those read."""
        if "max_score" in cluster.concepts:
            return start
        run: list[tuple[int, int]] = []
        position = start
        limit = min(end, start + _SCATTERED)
        while position < limit:
            stop = self.stream.piece_end(position)
            if _TAIL.fullmatch(self.stream.bare, position, stop):
                run.append((position, stop))
            elif run:
                break
            position = stop
        read = sum((i.score for i in self.form.indicators if i.score is not None), Decimal(0))
        if run and read <= Decimal(self.stream.bare[slice(*run[-1])]) <= 100:
            self.form.add_total(label, None, self.stream.cell(*run[-1]))
            return run[-1][1]
        return start

    # --- the rest ---

    def _stated_total(self) -> None:
        """The score that the sentence before the title states, where the form has no row of the total."""
        if self.form.total is not None or self.form.head_total is not None:
            return
        expression = lexicon.pattern("tables.flat.stated_total").regex
        begin = max(0, self.start - _STATED_WITHIN)
        found = list(expression.finditer(self.stream.bare, begin, self.start))
        if found:
            self.form.set_field("total_score", self.stream.cell(*found[-1].span("score")))

    def _tail(self, start: int) -> None:
        """Labels behind the rows, with their words: conclusions, problems, remarks."""
        stream = self.stream
        position = start
        while position < self.end:
            label = next((label for label in self.labels if label.start >= position), None)
            if label is None or label.start > stream.line_end(position) or not stream.begins(label.start):
                break
            stop = min(self.end, stream.line_end(label.end)) if label.end < self.end else label.end
            self.fields.read(self._between(position, stop), position, stop)
            position = max(stop, label.end)
        self.last = max(self.last, position)
