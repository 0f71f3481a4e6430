"""The fund block of a flattened form: labels with sums behind them → rows under the block's heads.

Figures that are glued together (21517280%) are parted where the arithmetic of the row shows how: the rate is the money
spent by the budget, the score the rate times its points. What more than one way of parting fits stays unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.find.flat import fits
from extractor.find.flat.nodes import Nodes
from extractor.find.flat.search import Carried, Cells, Filled, Step, search
from extractor.find.flat.stream import ENDS
from extractor.find.tables import words as table_words
from extractor.find.tables.values import read_money, read_number, read_rate
from extractor.find.tables.words import FUND_CONCEPTS

LABEL = "name"
_SKIP = {"initial_budget": 1.6, "rate": 0.8, "arrival_rate": 0.8, "max_score": 0.7, "score": 0.7, "reason": 0.0}
_SKIP_SUM = 2.0
_DOUBT = 0.45
_FIGURES = FUND_CONCEPTS | {"rate", "arrival_rate", "max_score", "score"}
_ODD_ZERO = regex.compile(r"0\d")
_SUM = regex.compile(r"-?\d[\d,]*(?:\.\d+)?(?:万|亿|千)?元?")
_WIDEST = 26
_HOPELESS = fits.HOPELESS


class FundModel:
    """The rows of a fund block; `unlabelled` tells that the first row has no label of its own."""

    def __init__(self, nodes: Nodes, columns: Sequence[str], unlabelled: bool) -> None:
        self.nodes = nodes
        self.columns = [LABEL, *columns]
        self.name = 0
        self.unlabelled = unlabelled
        self._fits: dict[tuple[int, int], list[tuple[int, float]]] = {}

    def size(self) -> int:
        """The number of the last node."""
        return len(self.nodes)

    def fits(self, column: int, start: int) -> list[tuple[int, float]]:
        """The cells of a column that can begin at a node."""
        key = (column, start)
        if key not in self._fits:
            self._fits[key] = list(self._fitting(self.columns[column], start))
        return self._fits[key]

    def _fitting(self, concept: str, start: int) -> Iterator[tuple[int, float]]:
        if self.nodes.is_empty(start):
            if concept != LABEL or (self.unlabelled and start == 0):
                yield start + 1, 0.0
            return
        for end, joined in self.nodes.ends(start):
            if concept != LABEL and self.nodes.at[end] - self.nodes.at[start] > _WIDEST:
                return
            words = self.nodes.words(start, end)
            cost = _label(words) if concept == LABEL else _cell(concept, words)
            if cost + joined < _HOPELESS:
                yield end, cost + joined

    def skip(self, column: int) -> float:
        """The cost of a column that a row leaves out."""
        return _SKIP.get(self.columns[column], _SKIP_SUM)

    def opens(self, node: int) -> float:
        """The cost of a row that begins at a node."""
        odd = 1.0 if self.nodes.rows and self.nodes.part[node] not in ENDS and node else 0.0
        return self.nodes.cut[node] + odd

    def goes_on(self, node: int) -> float:
        """The cost of a further cell that begins at a node."""
        return self.nodes.cut[node] + (0.6 if self.nodes.rows and self.nodes.part[node] in ENDS else 0.0)

    def is_empty(self, node: int) -> bool:
        """Whether an empty cell stands behind a node."""
        return self.nodes.is_empty(node)

    def drop(self, node: int) -> float:
        """The cost of leaving out what stands behind a node."""
        if self.nodes.is_empty(node):
            return 0.1
        words = self.nodes.words(node, node + 1)
        return 2.5 + 0.05 * len(words) + (4.0 if any(c.isdigit() for c in words) else 0.0)

    def words(self, cells: Cells) -> dict[str, str]:
        """The words of a row by concept."""
        return {self.columns[cell.column]: self.nodes.words(cell.start, cell.end) for cell in cells}

    def adds(self, cells: Cells) -> float:  # noqa: ARG002  # the sums of a row are compared when all are there
        """Nothing."""
        return 0.0

    def row(self, cells: Cells) -> float:
        """What the figures of a row cost together."""
        words = {concept: cell for concept, cell in self.words(cells).items() if cell}
        figures = {c: cell for c, cell in words.items() if c in _FIGURES and not table_words.is_empty(cell)}
        if not figures:
            return 0.2 - sum(self.skip(n) for n, c in enumerate(self.columns) if n and c not in words)
        return _sums_cost(figures) + _points_cost(figures)

    def after(self, key: Carried, cells: Cells) -> tuple[Carried, float]:  # noqa: ARG002  # sums are compared row by row
        """Nothing is carried on from row to row."""
        return key, 0.0

    def at_end(self, key: Carried) -> float:  # noqa: ARG002
        """Nothing is carried on."""
        return 0.0


def _label(words: str) -> float:
    name = words.rstrip(":")
    if not name or any(c.isdigit() for c in name) or not "一" <= name[0] <= "鿿":
        return _HOPELESS
    if table_words.is_fund_total(name) or table_words.is_fund_part(name):
        return -0.4
    return 1.2 if len(name) <= 24 else _HOPELESS


def _cell(concept: str, words: str) -> float:
    if table_words.is_empty(words):
        return 0.3
    if concept == "reason":
        return _HOPELESS if not any("一" <= c <= "鿿" for c in words) or _label(words) < 0 else 1.2
    if concept in ("max_score", "score"):
        return _points_cell(concept, words)
    if concept in ("rate", "arrival_rate", "ratio", "other"):
        if words.endswith("%"):
            return 0.0 if read_rate(words) is not None and not _ODD_ZERO.match(words) else _HOPELESS
        return 0.5 if read_number(words) is not None and not _ODD_ZERO.match(words) else _HOPELESS
    if not _SUM.fullmatch(words) or _ODD_ZERO.match(words) or read_money(words, None) is None:
        return _HOPELESS
    places = len(words.partition(".")[2].rstrip("万亿元千"))
    return 0.0 if places <= 2 else 0.2 * (places - 2)


def _points_cell(concept: str, words: str) -> float:
    number = fits.points(words)
    if number is None or number > 100:
        return _HOPELESS
    if concept == "max_score":
        return 0.0 if number in (5, 8, 10, 15, 20) else 0.7
    return 0.0 if number <= 20 else 0.8


def _number(figures: dict[str, str], concept: str) -> Decimal | None:
    cell = figures.get(concept)
    if cell is None:
        return None
    money = read_money(cell.rstrip("%分"), None)
    return money.value if money is not None else None


def _sums_cost(figures: dict[str, str]) -> float:
    budget, spent, received = (_number(figures, c) for c in ("budget", "spent", "received"))
    initial = _number(figures, "initial_budget")
    cost = 0.0
    base = budget if budget is not None else received if received is not None else initial
    rate = _number(figures, "rate")
    if rate is not None and base and spent is not None:
        cost += _rate_cost(rate, spent / base * 100)
    arrived = _number(figures, "arrival_rate")
    if arrived is not None and budget and received is not None:
        cost += _rate_cost(arrived, received / budget * 100)
    if spent is not None and base is not None and spent > base * Decimal("1.5"):
        cost += 0.8
    if initial and budget and not Decimal("0.2") <= budget / initial <= 5:
        cost += 0.5
    places = {len(figures[c].partition(".")[2]) for c in FUND_CONCEPTS & figures.keys() if "." in figures[c]}
    return cost + 0.2 * max(0, len(places) - 1)


def _rate_cost(printed: Decimal, computed: Decimal) -> float:
    off = abs(printed - computed)
    if off <= Decimal("0.06") or abs(printed - round(computed)) == 0:
        return -0.8
    return 0.0 if off <= Decimal("0.6") else 0.5 if off <= 8 else 1.3


def _points_cost(figures: dict[str, str]) -> float:
    most, score, rate = (_number(figures, c) for c in ("max_score", "score", "rate"))
    if most is None or score is None:
        return 0.0
    if score > most:
        return 1.5
    if rate is not None and abs(score - min(most, most * rate / 100)) <= Decimal("0.1"):
        return -0.5
    return 0.0


@dataclass(frozen=True, slots=True)
class FundRow:
    """One row as read: concept → cell, the label apart. `unsure` tells that its figures could stand elsewhere.

    A row without label and cells is a figure that no row takes.
    """

    label: Filled | None
    cells: dict[str, Filled]
    start: int
    end: int
    unsure: bool = False


def fund_rows(model: FundModel) -> list[FundRow]:
    """The rows of the block; those that another reading parts otherwise are unsure."""
    reading = search(model, Carried(), _DOUBT)
    rows = []
    for step in reading.steps:
        if not step.cells:
            if any(character.isdigit() for character in model.nodes.words(step.start, step.end)):
                rows.append(FundRow(None, {}, step.start, step.end, unsure=True))
            continue
        cells = {model.columns[cell.column]: cell for cell in step.cells}
        label = cells.pop(LABEL, None)
        if label is not None and not model.nodes.words(label.start, label.end):
            label = None
        unsure = any(_differ(model, step, rival) for rival in reading.rivals)
        rows.append(FundRow(label, cells, step.start, step.end, unsure))
    return rows


def _differ(model: FundModel, step: Step, rival: Step) -> bool:
    """Whether a rival gives figures of the row to other columns."""
    if not rival.cells or rival.start >= step.end or step.start >= rival.end:
        return False
    shared = range(max(step.start, rival.start), min(step.end, rival.end))
    return _figures(model, step, shared) != _figures(model, rival, shared)


def _figures(model: FundModel, step: Step, shared: range) -> set[tuple[str, int, int]]:
    return {
        (model.columns[cell.column], cell.start, cell.end)
        for cell in step.cells
        if model.columns[cell.column] in _FIGURES
        and cell.start < shared.stop
        and shared.start < cell.end
        and not table_words.is_empty(model.nodes.words(cell.start, cell.end) or "-")
    }
