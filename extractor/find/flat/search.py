"""The cheapest way to read a stretch of a form as rows of cells: a search over a lattice (Viterbi, with a beam).

What may part cells is known (`Nodes`), and so is the order of the columns; each way to lay cells into columns costs
what speaks against it. The cheapest way is taken, and what an almost equally cheap way reads differently is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, Protocol

#: So many beginnings of rows are kept at each place, and none that costs so much more than the cheapest.
_BEAM = 32
_WIDTH = 6.0
#: So many different ways that lead to one place are kept.
_WAYS = 6


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes on from row to row: what is left of the points of the open levels, and the sum of all weights."""

    level1: Decimal | None = None
    level2: Decimal | None = None
    total: Decimal = Decimal(0)


class Filled(NamedTuple):
    """A cell: the number of its column, and the nodes where it begins and ends."""

    column: int
    start: int
    end: int


Cells = tuple[Filled, ...]
#: The cost of an empty cell in no column.
_EMPTY = 0.7
#: A whole row costs less than its cells by so much at most.
_CHEAPER = 5.0


class Model(Protocol):
    """What a block is made of. Costs are small numbers, 0 for what is as expected."""

    @property
    def columns(self) -> Sequence[str]:
        """The concepts of the columns in order."""

    @property
    def name(self) -> int:
        """The column without which there is no row."""

    def size(self) -> int:
        """The number of the last node."""

    def fits(self, column: int, start: int) -> Sequence[tuple[int, float]]:
        """The cells of a column that can begin at a node: their ends and costs."""

    def skip(self, column: int) -> float:
        """The cost of a column that a row leaves out."""

    def opens(self, node: int) -> float:
        """The cost of a row that begins at a node."""

    def goes_on(self, node: int) -> float:
        """The cost of a further cell of a row that begins at a node."""

    def is_empty(self, node: int) -> bool:
        """Whether an empty cell stands behind a node."""

    def drop(self, node: int) -> float:
        """The cost of leaving out what stands behind a node, between two rows."""

    def adds(self, cells: Cells) -> float:
        """What the last of the cells costs beside those before it."""

    def row(self, cells: Cells) -> float:
        """What the cells of a whole row cost together, beyond what was added cell by cell."""

    def after(self, key: Carried, cells: Cells) -> tuple[Carried, float]:
        """What is carried on behind a row, and what it costs with what was carried on before it."""

    def at_end(self, key: Carried) -> float:
        """What is carried on at the end costs so much."""


@dataclass(eq=False, slots=True)
class _Way:
    """A place between two rows, with what is carried on; `best` leads to it."""

    node: int
    key: Carried
    cost: float
    best: Step | None = None
    out: list[Step] = field(default_factory=list)
    rest: float = float("inf")


@dataclass(eq=False, slots=True)
class Step:
    """One row, or one thing left out (`cells` are empty), between two places."""

    before: _Way
    behind: _Way
    cost: float
    cells: Cells

    @property
    def start(self) -> int:
        """The node where it begins."""
        return self.before.node

    @property
    def end(self) -> int:
        """The node where it ends."""
        return self.behind.node


@dataclass(frozen=True, slots=True)
class Reading:
    """The cheapest way; `rivals` are rows of other ways that cost hardly more than it."""

    steps: tuple[Step, ...]
    cost: float
    rivals: tuple[Step, ...]


class _Begun(NamedTuple):
    """A row that is not at its end: the place where it began, its last column and its cells."""

    origin: _Way
    column: int
    cells: Cells
    cost: float


def _cost(row: _Begun) -> float:
    return row.cost


def search(model: Model, key: Carried, margin: float) -> Reading:
    """The cheapest reading from the first node to the last, with its rivals within `margin`."""
    lattice = _Lattice(model, key)
    lattice.run()
    return lattice.reading(margin)


class _Lattice:
    def __init__(self, model: Model, key: Carried) -> None:
        self.model = model
        self.size = model.size()
        self.ways: list[dict[Carried, _Way]] = [{} for _ in range(self.size + 1)]
        self.begun: list[list[_Begun]] = [[] for _ in range(self.size + 1)]
        self.first = _Way(0, key, 0.0)
        self.ways[0][key] = self.first
        self._skips = self._skip_sums()

    def _skip_sums(self) -> list[float]:
        """Running sums of the costs of columns left out, so that a stretch of them costs one subtraction."""
        sums = [0.0]
        for column in range(len(self.model.columns)):
            sums.append(sums[-1] + (self.model.skip(column) if column > self.model.name else 0.0))
        return sums

    def run(self) -> None:
        for node in range(self.size + 1):
            kept = self._kept(node)
            for row in kept:
                if row.column >= self.model.name:
                    self._close(row, node)
            if node == self.size:
                break
            for way in self._kept_ways(node):
                self._leave_out(way, node)
                self._extend(_Begun(way, -1, (), way.cost), node, self.model.opens(node))
            for row in kept:
                if self.model.is_empty(node):
                    self.begun[node + 1].append(row._replace(cost=row.cost + _EMPTY))
                self._extend(row, node, self.model.goes_on(node))
            self.begun[node] = []

    def _kept(self, node: int) -> list[_Begun]:
        rows = sorted(self.begun[node], key=_cost)
        if not rows:
            return []
        limit = rows[0].cost + _WIDTH
        return [row for row in rows[:_BEAM] if row.cost <= limit]

    def _kept_ways(self, node: int) -> list[_Way]:
        ways = sorted(self.ways[node].values(), key=lambda way: way.cost)
        return [way for way in ways[:_WAYS] if way.cost <= ways[0].cost + _WIDTH]

    def _extend(self, row: _Begun, node: int, opening: float) -> None:
        columns = len(self.model.columns)
        last = self.model.name + 1 if row.column < self.model.name else columns
        for column in range(row.column + 1, last):
            so_far = row.cost + opening + self._skips[column] - self._skips[row.column + 1]
            for end, cost in self.model.fits(column, node):
                cells = (*row.cells, Filled(column, node, end))
                total = so_far + cost + self.model.adds(cells)
                self.begun[end].append(_Begun(row.origin, column, cells, total))

    def _close(self, row: _Begun, node: int) -> None:
        least = min((way.cost for way in self.ways[node].values()), default=float("inf"))
        if row.cost + self._skips[-1] - self._skips[row.column + 1] > least + _WIDTH + _CHEAPER:
            return
        key, carried = self.model.after(row.origin.key, row.cells)
        rest = self._skips[-1] - self._skips[row.column + 1]
        cost = row.cost - row.origin.cost + rest + self.model.row(row.cells) + carried
        self._step(row.origin, node, key, cost, row.cells)

    def _leave_out(self, way: _Way, node: int) -> None:
        self._step(way, node + 1, way.key, self.model.drop(node), ())

    def _step(self, before: _Way, node: int, key: Carried, cost: float, cells: Cells) -> None:
        way = self.ways[node].get(key)
        if way is None:
            way = self.ways[node][key] = _Way(node, key, float("inf"))
        step = Step(before, way, cost, cells)
        before.out.append(step)
        if before.cost + cost < way.cost:
            way.cost, way.best = before.cost + cost, step

    # --- result ---

    def reading(self, margin: float) -> Reading:
        ends = [(way.cost + self.model.at_end(way.key), i, way) for i, way in enumerate(self.ways[-1].values())]
        if not ends:
            return Reading((), float("inf"), ())
        best, _, way = min(ends)
        for cost, _, end in ends:
            end.rest = cost - end.cost
        steps: list[Step] = []
        while way.best is not None:
            steps.append(way.best)
            way = way.best.before
        chosen = set(map(id, steps))
        rivals = [step for step in self._steps() if id(step) not in chosen and self._through(step) <= best + margin]
        return Reading(tuple(reversed(steps)), best, tuple(rivals))

    def _steps(self) -> Iterator[Step]:
        """All steps, the last first; the cost of the rest is known for what stands behind each."""
        for node in range(self.size, -1, -1):
            for way in self.ways[node].values():
                for step in way.out:
                    way.rest = min(way.rest, step.cost + step.behind.rest)
                yield from way.out

    @staticmethod
    def _through(step: Step) -> float:
        return step.before.cost + step.cost + step.behind.rest
