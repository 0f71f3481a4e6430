"""The fund block of a form: rows of sums under their heads → funds with their totals, rates and execution points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor import lexicon
from extractor.find.script import simplified
from extractor.find.tables import words as table_words
from extractor.find.tables.values import Money, read_money, read_points, read_rate
from extractor.messages import Message
from extractor.model import Document, Fund, Gap, Place, Rate, Role
from extractor.text import Text

ROLES: Mapping[str, Role] = {
    "initial_budget": "budget",
    "budget": "budget",
    "received": "received",
    "spent": "spent",
    "carryover": "carryover",
}
#: The columns whose fund carries the row's points and rate, best first.
_BEARERS = ("spent", "received", "budget", "initial_budget", "carryover")


@dataclass(frozen=True, slots=True)
class FundFacts:
    """The fund block as read; `seq`s count within it."""

    funds: tuple[Fund, ...]
    rates: tuple[Rate, ...]
    gaps: tuple[Gap, ...]
    unit: str | None
    max_score: Decimal | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class _Row:
    """An open row of the tree of totals and parts."""

    label: str
    seqs: Mapping[str, int]
    local: bool


class FundRows:
    """Collects the rows of one fund block. `unit` is the unit of money printed over it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.unit: str | None = None
        self.funds: list[Fund] = []
        self.rates: list[Rate] = []
        self.gaps: list[Gap] = []
        self.points: tuple[Decimal | None, Decimal | None] = (None, None)
        self._total: _Row | None = None
        self._open: _Row | None = None
        self._last: _Row | None = None
        self._unit_missed = False

    def set_unit(self, words: str) -> None:
        """Take the unit that a title, a head or the block's label gives; the first one counts."""
        unit = table_words.money_unit(simplified(words))
        if unit is not None and self.unit is None:
            self.unit = unit

    def place(self, text: Text) -> Place:
        """The place of a cell's text."""
        span = text.span()
        return self.document.place(span.start, span.end, "table")

    def add_row(self, label: Text, cells: Mapping[str, Text], heads: Mapping[str, str] | None = None) -> bool:
        """Read one row; whether it held anything. `heads` are the printed heads, for the names of rates."""
        name = label.string.rstrip(":")
        parent = self._parent(name)
        seqs: dict[str, int] = {}
        for column in ROLES:
            cell = cells.get(column)
            if cell is None or table_words.is_empty(cell.string):
                continue
            money = read_money(cell.string, self.unit)
            if money is None:
                message = Message.of("The sum in this cell of the fund block could not be read.")
                self._gap("unread_number", message, cell)
                continue
            seqs[column] = len(self.funds)
            above = parent.seqs.get(column) if parent else None
            self.funds.append(self._fund(name, column, money, cell, above))
        bearer = next((seqs[column] for column in _BEARERS if column in seqs), None)
        if bearer is not None:
            self._add_points(bearer, cells)
        self._add_rates(bearer, cells, heads or {})
        if seqs:
            self._close(_Row(name, seqs, self._is_local(name)), parent)
        return bool(seqs)

    def _fund(self, name: str, column: str, money: Money, cell: Text, parent: int | None) -> Fund:
        if money.yuan is None and not self._unit_missed:
            self._unit_missed = True
            self._gap("unread_number", Message.of("The fund block gives no unit of money for its sums."), cell)
        return Fund(
            len(self.funds),
            None,
            parent,
            name,
            money.raw,
            money.value,
            money.yuan,
            money.unit,
            money.decimals,
            ROLES[column],
            self.place(cell),
            qualifier=money.qualifier,
            column=column,
        )

    def _add_points(self, bearer: int, cells: Mapping[str, Text]) -> None:
        most, reached = (read_points(cells[key].string) if key in cells else None for key in ("max_score", "score"))
        if most is None and reached is None:
            return
        self.funds[bearer] = replace(self.funds[bearer], max_score=most, score=reached)
        if self.points == (None, None):
            self.points = (most, reached)

    def _add_rates(self, bearer: int | None, cells: Mapping[str, Text], heads: Mapping[str, str]) -> None:
        for key in ("rate", "arrival_rate"):
            cell = cells.get(key)
            if cell is None or table_words.is_empty(cell.string):
                continue
            read = read_rate(cell.string)
            if read is None:
                message = Message.of("The rate in this cell could not be read as a number.")
                self._gap("unread_number", message, cell)
                continue
            name = lexicon.pattern("tables.head_note").regex.sub("", heads.get(key, "")) or _RATE_NAMES[key]
            value, decimals = read
            self.rates.append(
                Rate(len(self.rates), None, name, cell.string, value, decimals, self.place(cell), fund_seq=bearer)
            )

    # --- totals and parts ---

    def _parent(self, name: str) -> _Row | None:
        """The row whose part this one is: the total, or a part that is split again (a second 其中, 地方 by level)."""
        if table_words.is_fund_total(name) or self._total is None:
            return None
        opens = table_words.opens_parts(name)
        if opens and self._last is not None and self._last is not self._total:
            self._open = self._last
            return self._open
        if opens:
            self._open = None
        if self._open is not None and self._is_level(name) and not self._is_top(name):
            return self._open
        if self._last is not None and self._last.local and self._is_level(name) and not self._is_top(name):
            self._open = self._last
            return self._open
        self._open = None
        return self._total

    def _close(self, row: _Row, parent: _Row | None) -> None:
        if parent is None and (self._total is None or table_words.is_fund_total(row.label)):
            self._total = row if table_words.is_fund_total(row.label) or not self._has_rows() else self._total
        self._last = row

    def _has_rows(self) -> bool:
        return self._last is not None

    @staticmethod
    def _is_level(name: str) -> bool:
        return bool(lexicon.matcher("tables.fund_row.level").search(simplified(name)))

    @staticmethod
    def _is_top(name: str) -> bool:
        return bool(lexicon.matcher("tables.fund_row.top").search(simplified(name)))

    @staticmethod
    def _is_local(name: str) -> bool:
        return "地方" in simplified(name)

    # --- result ---

    def _gap(self, kind: str, message: Message, quote: Text) -> None:
        self.gaps.append(Gap(kind, message, self.place(quote).page, quote.string[:200]))

    def build(self) -> FundFacts:
        """The block, frozen."""
        return FundFacts(
            tuple(self.funds), tuple(self.rates), tuple(self.gaps), self.unit, self.points[0], self.points[1]
        )


_RATE_NAMES = {"rate": "执行率", "arrival_rate": "到位率"}
