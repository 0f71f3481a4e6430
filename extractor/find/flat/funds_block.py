"""The fund block of a flattened form → its rows in the form: rows under heads, sums behind their own heads, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.find.flat.columns import fund_columns
from extractor.find.flat.funds import FundModel, FundRow, fund_rows
from extractor.find.flat.glued_funds import glued_rows
from extractor.find.flat.marks import Cluster, Mark, glued, head_at
from extractor.find.flat.nodes import Body, Effort, Nodes, nodes
from extractor.find.flat.stream import Stream
from extractor.find.tables import words as table_words
from extractor.find.tables.facts import FormBuilder
from extractor.find.tables.values import read_money, read_rate
from extractor.find.tables.words import FUND_CONCEPTS
from extractor.messages import Message
from extractor.text import Text

#: Sums behind their own heads stand within so many characters of each other.
_NEAR = 40
_LONGEST_LABEL = 24


class FundReader:
    """Reads one fund block."""

    def __init__(self, form: FormBuilder, stream: Stream, effort: Effort) -> None:
        self.form = form
        self.stream = stream
        self.effort = effort

    def read(self, cluster: Cluster, earliest: int, end: int) -> tuple[int, int]:
        """Read the rows between the heads and `end`; where the block begins and ends."""
        if self._is_paired(cluster):
            spans = self.read_pairs(cluster.heads[-1].start, end, cluster)
            if spans:
                return cluster.start, spans[-1][1]
        sources = _sources_before(self.stream, cluster.start)
        if len(sources) >= 2:
            return sources[0].start, self._by_source(sources, cluster, end)
        columns, heads = fund_columns(self.stream, cluster)
        if cluster.glued or glued(self.stream, cluster.end):
            glued_end = self._glued(cluster.end, end, columns, heads)
            if glued_end > cluster.end:
                return cluster.start, glued_end
        unlabelled = self.stream.bare[cluster.end : cluster.end + 1].isdigit()
        body = nodes(self.stream, Body(cluster.end, end, cluster.glued, unlabelled), self.effort)
        if not len(body) or not self.effort.spend_nodes(len(body)):
            return cluster.start, cluster.end
        model = FundModel(body, columns, unlabelled)
        rows = self._kept(body, fund_rows(model), columns)
        label, begin = self._label_before(earliest, cluster.start) if unlabelled else (None, cluster.start)
        self._add(body, rows, label, heads)
        return begin, body.at[rows[-1].end] if rows else cluster.end

    # --- glued rows ---

    def _glued(self, start: int, end: int, columns: Sequence[str], heads: dict[str, str]) -> int:
        """Read rows whose label and figures are all glued together; where they end."""
        rows = glued_rows(self.stream.bare, start, end, [c for c in columns if c not in ("reason", "other")])
        rows.sort(key=lambda row: not table_words.is_fund_total(self.stream.bare[slice(*row.label)].rstrip(":")))
        for row in rows:
            if row.way:
                cells = {concept: self.stream.cell(*span) for concept, span in row.way.items()}
                self.form.funds.add_row(self.stream.cell(*row.label), cells, heads)
            elif row.run[0] < row.run[1]:
                message = Message.of("It cannot be told to which columns the sums of this row belong.")
                self.form.gap("unread_number", message, self.stream.cell(row.label[0], row.run[1]))
        return max((row.run[1] for row in rows), default=start)

    # --- rows under heads ---

    def _kept(self, body: Nodes, rows: Sequence[FundRow], columns: Sequence[str]) -> list[FundRow]:
        """The rows up to the last that is one by its label, or by a sum in each column."""
        last = -1
        sums = [c for c in columns if c in FUND_CONCEPTS]
        for number, row in enumerate(rows):
            words = self._words(body, row).rstrip(":")
            unlabelled = row.label is None and bool(row.cells)
            known = unlabelled or table_words.is_fund_total(words) or table_words.is_fund_part(words)
            whole = all(c in row.cells for c in sums) and not row.unsure and number == last + 1
            if known or whole:
                last = number
        return list(rows[: last + 1])

    def _words(self, body: Nodes, row: FundRow) -> str:
        return body.words(row.label.start, row.label.end) if row.label is not None else ""

    def _label_before(self, start: int, end: int) -> tuple[Text | None, int]:
        """The total's label that is printed before the heads."""
        best: tuple[int, int] | None = None
        for position in range(start, end):
            match = table_words.fund_total_at(self.stream.bare, position, end)
            stands = match and (self.stream.begins(position) or match == end)
            if stands and (best is None or position >= best[1]):
                best = (position, match)
        if best is None:
            return None, end
        return self.stream.cell(*best), best[0] if best[1] == end else end

    def _add(self, body: Nodes, rows: Sequence[FundRow], before: Text | None, heads: dict[str, str]) -> None:
        """Hand the rows to the form, the total first; a total's label without sums names the sums without label."""
        open_total = next((r for r in rows if not _sums(r) and table_words.is_fund_total(self._words(body, r))), None)
        ready: list[tuple[bool, Text, FundRow]] = []
        for row in rows:
            if not row.cells and not row.unsure:
                continue
            if row.label is not None:
                label: Text | None = self.stream.cell(body.at[row.label.start], body.at[row.label.end])
            elif open_total is not None and open_total.label is not None:
                label = self.stream.cell(body.at[open_total.label.start], body.at[open_total.label.end])
            else:
                label = before
            quote = self.stream.cell(body.at[row.start], body.at[row.end])
            if (row.unsure or label is None) and not any(c.isdigit() for c in quote.string):
                continue
            if row.unsure or label is None:
                message = Message.of("It cannot be told to which columns the sums of this row belong.")
                self.form.gap("unread_number", message, quote)
                continue
            ready.append((not table_words.is_fund_total(label.string), label, row))
        for _, label, row in sorted(ready, key=lambda item: item[0]):
            cells = {c: self.stream.cell(body.at[f.start], body.at[f.end]) for c, f in row.cells.items()}
            self.form.funds.add_row(label, {c: text for c, text in cells.items() if text.string}, heads)

    # --- sums behind their own heads ---

    def _is_paired(self, cluster: Cluster) -> bool:
        """Whether the last head has its sum behind it and is a head of its own: 预算数 9.25 到位数 9.25."""
        last = cluster.heads[-1]
        if last.concept not in FUND_CONCEPTS or not self._value(last.end):
            return False
        following = head_at(self.stream, self._value(last.end))
        return following is not None and following.concept in FUND_CONCEPTS

    def _value(self, position: int) -> int:
        """Where the sum or rate that begins at `position` ends; 0 where there is none."""
        if position >= len(self.stream):
            return 0
        end = self.stream.piece_end(position)
        words = self.stream.bare[position:end]
        if read_money(words, None) is not None or (words.endswith("%") and read_rate(words) is not None):
            return end
        return 0

    def read_pairs(self, start: int, end: int, cluster: Cluster | None = None) -> list[tuple[int, int]]:
        """Read heads that have their sum right behind them, and the parts below them; the stretches that they take."""
        matrix = self._matrix(start, end) if cluster is None else []
        if matrix:
            return matrix
        pairs = list(self._pairs(start, end))
        if not any(pair.concept in FUND_CONCEPTS for pair in pairs):
            return []
        heads = [pair for pair in pairs if pair.concept]
        columns = [pair.concept for pair in heads if pair.concept in FUND_CONCEPTS]
        if len(columns) != len(set(columns)):
            return []
        self._add_heads(heads, [pair for pair in pairs if not pair.concept and not pair.label], cluster)
        self._add_parts([pair for pair in pairs if pair.label and not pair.concept], columns)
        return [(pairs[0].start, pairs[-1].end)]

    def _pairs(self, start: int, end: int) -> Iterator[_Pair]:
        """Labels with what stands behind them, from the first head with a sum on."""
        position, last = start, -1
        pieces = [p for p in self.stream.pieces if start <= p < end]
        for piece in pieces:
            if piece < position:
                continue
            if last >= 0 and piece - last > _NEAR:
                return
            pair = self._pair(piece, end, last >= 0)
            if pair is not None:
                position = last = pair.end
                yield pair

    def _pair(self, start: int, end: int, begun: bool) -> _Pair | None:
        mark = head_at(self.stream, start)
        if mark is not None and mark.concept in (*FUND_CONCEPTS, "rate", "arrival_rate"):
            begin = mark.end + (self.stream.bare[mark.end : mark.end + 1] == ":")
            stop = self._value(begin)
            if 0 < stop <= end:
                return _Pair(start, begin, stop, mark.concept, self.stream.cell(start, mark.end))
            return None
        if not begun:
            return None
        if 0 < (stop := self._value(start)) <= end:
            return _Pair(start, start, stop, "", None)
        return self._part(start, end)

    def _part(self, start: int, end: int) -> _Pair | None:
        stop = start
        for _ in range(3):
            stop = self.stream.piece_end(stop)
            words = self.stream.bare[start:stop]
            if stop > end or len(words) > _LONGEST_LABEL:
                return None
            if table_words.is_fund_part(words.rstrip(":")):
                value = self._value(stop) if stop < end else 0
                return _Pair(start, stop, max(stop, value), "", self.stream.cell(start, stop))
            if stop >= end:
                return None
        return None

    def _add_heads(self, heads: Sequence[_Pair], extra: Sequence[_Pair], cluster: Cluster | None) -> None:
        cells = {pair.concept: self.stream.cell(pair.value, pair.end) for pair in heads}
        names = {pair.concept: pair.label.string for pair in heads if pair.label is not None}
        if cluster is not None and extra:
            open_heads = [mark for mark in cluster.heads if mark.concept not in cells]
            if len(open_heads) == len(extra):
                for mark, pair in zip(open_heads, extra, strict=True):
                    cells[mark.concept] = self.stream.cell(pair.value, pair.end)
                    names[mark.concept] = self.stream.cell(mark.start, mark.end).string
        first = next(pair.label for pair in heads if pair.concept in FUND_CONCEPTS)
        if first is not None:
            self.form.funds.add_row(first, cells, names)

    def _add_parts(self, parts: Sequence[_Pair], columns: Sequence[str]) -> None:
        """Parts are printed once a column, side by side: 其中:财政资金 9.25 其中:财政资金 9.25."""
        at = 0
        while at < len(parts):
            group = [parts[at]]
            while at + len(group) < len(parts) and _same(parts[at + len(group)], parts[at]):
                group.append(parts[at + len(group)])
            at += len(group)
            filled = [pair for pair in group if pair.end > pair.value]
            label = group[0].label
            if not filled or label is None:
                continue
            if len(group) != len(columns):
                message = Message.of("It cannot be told to which columns the sums of this row belong.")
                self.form.gap("unread_number", message, self.stream.cell(group[0].start, group[-1].end))
                continue
            pairs = zip(columns, group, strict=True)
            cells = {c: self.stream.cell(p.value, p.end) for c, p in pairs if p.end > p.value}
            self.form.funds.add_row(label, cells)

    # --- columns that are sources of money ---

    def _matrix(self, start: int, end: int) -> list[tuple[int, int]]:
        """Rows of sums under sources of money: 计划 480 200 150, 到位 480 200 150."""
        head = next((p for p in self.stream.pieces if start <= p < end and self._is_kind(p)), None)
        if head is None:
            return []
        sources, position = _sources_at(self.stream, self._kind_end(head), end)
        rows: list[tuple[str, list[tuple[int, int]], str]] = []
        while len(sources) >= 2 and position < end:
            mark = head_at(self.stream, position)
            if mark is None or mark.concept not in FUND_CONCEPTS:
                break
            cells, stop = self._figures(mark.end, end)
            if len(cells) != len(sources):
                break
            rows.append((mark.concept, cells, self.stream.cell(mark.start, mark.end).string))
            position = stop
        for number in sorted(range(len(sources)), key=lambda n: sources[n].concept != "total"):
            source = sources[number]
            columns = {concept: self.stream.cell(*cells[number]) for concept, cells, _ in rows}
            if columns:
                self.form.funds.add_row(self.stream.cell(source.start, source.end), columns)
        return [(head, position)] if rows else []

    def _is_kind(self, position: int) -> bool:
        mark = head_at(self.stream, position)
        return mark is not None and mark.concept == "kind"

    def _kind_end(self, position: int) -> int:
        mark = head_at(self.stream, position)
        return mark.end if mark is not None else position

    def _figures(self, start: int, end: int) -> tuple[list[tuple[int, int]], int]:
        """The figures and signs for nothing that stand side by side from `start` on, and where they end."""
        cells: list[tuple[int, int]] = []
        position = start
        while position < end:
            stop = self.stream.piece_end(position)
            if not (self._value(position) or table_words.is_empty(self.stream.bare[position:stop])):
                break
            cells.append((position, stop))
            position = stop
        return cells, position

    def _by_source(self, sources: Sequence[Mark], cluster: Cluster, end: int) -> int:
        """One row of sums: first the sources' (of the budget), then those of the heads behind them."""
        begin = cluster.end
        label = self._part(begin, end) or self._total(begin, end)
        if label is not None:
            begin = label.value
        spans, position = self._figures(begin, end)
        heads = [mark for mark in cluster.heads if mark.concept != "reason"]
        if len(spans) != len(sources) + len(heads):
            message = Message.of("It cannot be told to which columns the sums of this row belong.")
            self.form.gap("unread_number", message, self.stream.cell(cluster.start, max(position, cluster.end)))
            return max(position, cluster.end)
        rest = {m.concept: self.stream.cell(*span) for m, span in zip(heads, spans[len(sources) :], strict=True)}
        names = {m.concept: self.stream.cell(m.start, m.end).string for m in heads}
        order = sorted(range(len(sources)), key=lambda n: sources[n].concept != "total")
        for number in order:
            source = self.stream.cell(sources[number].start, sources[number].end)
            whole = number == order[0]
            if whole and label is not None and label.label is not None:
                source = label.label
            cells = {"budget": self.stream.cell(*spans[number])}
            self.form.funds.add_row(source, {**cells, **(rest if whole else {})}, names)
        return position

    def _total(self, start: int, end: int) -> _Pair | None:
        """The total's label at a position."""
        stop = table_words.fund_total_at(self.stream.bare, start, end)
        stop += self.stream.bare[stop : stop + 1] == ":" if stop else 0
        return _Pair(start, stop, stop, "", self.stream.cell(start, stop)) if stop else None


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and the sum behind it (from `value` to `end`); without a concept it is a part, without label a number."""

    start: int
    value: int
    end: int
    concept: str
    label: Text | None


def _same(one: _Pair, other: _Pair) -> bool:
    return one.label is not None and other.label is not None and one.label.string == other.label.string


def _sums(row: FundRow) -> bool:
    return bool(FUND_CONCEPTS & row.cells.keys())


def _source(words: str) -> str | None:
    """`total` or `part`, where the words name a source of money or the sum of all."""
    if table_words.is_fund_total(words):
        return "total"
    return "part" if table_words.is_fund_part(words) or table_words.is_source(words) else None


def _sources_at(stream: Stream, start: int, end: int) -> tuple[list[Mark], int]:
    """Sources of money that stand side by side from `start` on, and where they end."""
    found: list[Mark] = []
    while start < end:
        stop = stream.piece_end(start)
        kind = _source(stream.bare[start:stop])
        if kind is None:
            break
        found.append(Mark(start, stop, kind))
        start = stop
    return found, start


def _sources_before(stream: Stream, end: int) -> list[Mark]:
    """Sources of money that stand side by side right before the heads: 中央 省级 其他 合计."""
    found: list[Mark] = []
    starts = [p for p in stream.pieces if end - 60 <= p < end]
    for start in reversed(starts):
        kind = _source(stream.bare[start:end])
        if kind is None:
            break
        found.append(Mark(start, end, kind))
        end = start
    return found[::-1]
