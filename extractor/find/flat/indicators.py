"""The indicator block of a flattened form: its heads and what stands behind them → rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.find.flat import fits
from extractor.find.flat.cells import CellFits
from extractor.find.flat.nodes import Nodes
from extractor.find.flat.search import Carried, Cells, Filled, Reading, Step, search
from extractor.find.flat.stream import ENDS
from extractor.find.tables import words as table_words
from extractor.find.tables.values import Value

#: What it costs that a row has no cell in a column behind its name.
_SKIP = {"target": 1.9, "actual": 2.0, "max_score": 3.0, "score": 3.0, "operator": 0.9, "unit": 0.9, "reason": 0.0}
_SKIP_OTHER = 1.2
#: Three cells that make one value: where they part does not matter.
_ONE_VALUE = frozenset({"operator", "target", "unit"})
_FIGURES = frozenset({"target", "actual", "max_score", "score"})
#: Readings whose costs differ by less than this are told apart by nothing.
_DOUBT = 0.45


class IndicatorModel:
    """The rows of an indicator block. `expected` are sums of weights that the form prints, if it prints any."""

    def __init__(
        self, nodes: Nodes, columns: Sequence[str], headed: frozenset[str], expected: frozenset[Decimal] = frozenset()
    ) -> None:
        self.nodes = nodes
        self.columns = columns
        self.name = list(columns).index("name")
        self.expected = expected
        self.explicit = any(nodes.is_empty(node) for node in range(len(nodes)))
        self._cells = CellFits(nodes, headed)
        self._beside = self._columns_beside()
        self._pairs: dict[tuple[int, ...], float] = {}

    def _columns_beside(self) -> dict[int, tuple[int, bool, Callable[[str, str], float]]]:
        """Column → the column it is looked at together with, whether it is the second of both, and the cost."""
        at = {concept: number for number, concept in reversed(list(enumerate(self.columns)))}
        found: dict[int, tuple[int, bool, Callable[[str, str], float]]] = {}
        for one, other, cost in _TOGETHER:
            # Points may stand behind the name, in forms without a column for them.
            first = at.get(one, self.name if one == "max_score" else None)
            second = at.get(other)
            if first is not None and second is not None:
                found[second] = (first, True, cost)
                if first != self.name:
                    found[first] = (second, False, cost)
        return found

    def size(self) -> int:
        """The number of the last node."""
        return len(self.nodes)

    def fits(self, column: int, start: int) -> list[tuple[int, float]]:
        """The cells of a column that can begin at a node."""
        return self._cells.fits(self.columns[column], start)

    # --- around cells ---

    def skip(self, column: int) -> float:
        """The cost of a column that a row leaves out; more where empty cells are printed."""
        concept = self.columns[column]
        return _SKIP.get(concept, _SKIP_OTHER) + (1.0 if self.explicit and concept in _FIGURES else 0.0)

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
        return 2.5 + 0.05 * len(words) + (1.0 if any(c.isdigit() for c in words) else 0.0)

    # --- whole rows ---

    def words(self, cells: Cells) -> dict[str, str]:
        """The words of a row by concept; of cells aside only the first."""
        found: dict[str, str] = {}
        for cell in cells:
            found.setdefault(self.columns[cell.column], self.nodes.words(cell.start, cell.end))
        return found

    def adds(self, cells: Cells) -> float:
        """What the last cell costs beside those before it: figures that fit each other are cheap."""
        last = cells[-1]
        beside = self._beside.get(last.column)
        if beside is None:
            return 0.0
        other, behind, cost = beside
        for cell in cells:
            if cell.column == other:
                key = (*cell, *last)
                known = self._pairs.get(key)
                if known is None:
                    pair = (cell, last) if behind else (last, cell)
                    known = self._pairs[key] = cost(*(self.nodes.words(c.start, c.end) for c in pair))
                return known
        return 0.0

    def row(self, cells: Cells) -> float:
        """What the cells of a row cost together, beyond what was added cell by cell."""
        words = self.words(cells)
        name = words["name"]
        filled = {c for c in _FIGURES if words.get(c) and not table_words.is_empty(words[c])}
        if fits.is_placeholder(name):
            return -self._skipped(words) + (3.0 if filled else 0.0)
        total = _reason_cost(words, "max_score" in self.columns) + _levels_cost(words)
        total += self._together(words, "max_score", "score", -3.0)
        total += self._together(words, "target", "actual", -1.5)
        if not filled:
            marked = table_words.weight_mark(name) is not None
            total += 1.0 if marked else 2.5
        return total

    def _together(self, words: dict[str, str], one: str, other: str, less: float) -> float:
        """What belongs together lacks together: rows below a row that has the points, rows without values."""
        both = one in self.columns and other in self.columns
        return less if both and one not in words and other not in words else 0.0

    def _skipped(self, words: dict[str, str]) -> float:
        return sum(
            self.skip(column) for column in range(self.name + 1, len(self.columns)) if self.columns[column] not in words
        )

    def after(self, key: Carried, cells: Cells) -> tuple[Carried, float]:
        """Takes the row's points from those of its levels; levels that do not add up cost something."""
        cost = 0.0
        level1, level2 = key.level1, key.level2
        words = self.words(cells)
        for kind in ("level1", "level2"):
            if kind not in words:
                continue
            cost += 0.6 * ((level2 or 0) != 0)
            level2 = None
            printed = _printed_points(words, kind)
            if kind == "level1":
                cost += 1.0 * ((level1 or 0) != 0)
                level1 = printed
            else:
                level2 = printed
        own = row_points(words)
        if own is not None:
            level1 = None if level1 is None else level1 - own
            level2 = None if level2 is None else level2 - own
        total = key.total + (own or 0) if self.expected else Decimal(0)
        return Carried(level1, level2, total), cost

    def at_end(self, key: Carried) -> float:
        """The weights of all rows should add up to what the form prints."""
        off = bool(self.expected) and key.total not in self.expected
        return 0.6 * off

    def read(self) -> Reading:
        """The cheapest reading of the block."""
        return search(self, Carried(), _DOUBT)


def _printed_points(words: dict[str, str], kind: str) -> Decimal | None:
    """The points of a level: behind its name, or in a column of their own."""
    mark = table_words.weight_mark(words[kind]) if words[kind] else None
    if mark:
        return Decimal(mark["weight"] or mark["bare"])
    own = words.get(f"{kind}_max")
    return fits.points(own) if own else None


def row_points(words: dict[str, str]) -> Decimal | None:
    """The points that a row can earn: in their column, or behind the name."""
    return _weight(words["max_score"] if "max_score" in words else words["name"])


def _levels_cost(words: dict[str, str]) -> float:
    """Two words are levels of both kinds: 成本指标 alone is a second level, 满意度指标 alone a first."""
    first, second = (fits.unmarked(words.get(kind, "")) for kind in ("level1", "level2"))
    if first and not second:
        # Levels of the older frame come in both columns; with one word alone it is the lower one.
        older = not first.endswith("指标")
        return 0.8 if older else 0.6 if first.startswith("成本") and table_words.is_level2(first) else 0.0
    return 0.3 if second and not first and table_words.is_level1(second) and not second.startswith("成本") else 0.0


def _values_cost(target: str, actual: str) -> float:
    if not target or not actual or table_words.is_empty(target) or table_words.is_empty(actual):
        return 0.0
    one, other = fits.value(target), fits.value(actual)
    if one is not None and other is not None:
        return _figures_cost(one, other)
    if one is None and other is None:
        dates = fits.is_date(target), fits.is_date(actual)
        if target == actual:
            return -0.8
        return -0.4 if all(dates) or _alike(target, actual) else 0.5 if any(dates) else 0.0
    if one is not None:
        return 0.2 if fits.is_worded(actual) else 0.8
    return 0.2 if other is not None and other.unit else 0.8


def _figures_cost(one: Value, other: Value) -> float:
    cost = -0.4 if one.value == other.value else 0.0
    if one.unit and other.unit:
        cost += -0.4 if one.unit == other.unit else 0.4
    if one.value and other.value and not Decimal("0.2") < abs(other.value / one.value) < 8:
        cost += 0.7
    return cost


def _alike(one: str, other: str) -> bool:
    """Whether two wordings share two characters in a row."""
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    return any(other[i : i + 2] in pairs for i in range(len(other) - 1))


def _points_cost(weighted: str, scored: str) -> float:
    """A score is not above its points (in a cell, or behind the name), and mostly equal to them."""
    most, score = _weight(weighted), fits.points(scored) if scored else None
    if most is None or score is None:
        return 0.0
    return 2.5 if score > most else -0.4 if score == most else 0.0


#: Columns whose cells are looked at together.
_TOGETHER = (("target", "actual", _values_cost), ("max_score", "score", _points_cost))


def _weight(words: str) -> Decimal | None:
    if not words:
        return None
    own = fits.points(words)
    if own is None and (mark := table_words.weight_mark(words)):
        return Decimal(mark["weight"] or mark["bare"])
    return own


def _reason_cost(words: dict[str, str], weighted: bool) -> float:
    """A reason goes with points that were lost."""
    most = row_points(words)
    score = fits.points(words["score"]) if words.get("score") else None
    if most is None or score is None:
        return 0.2 if weighted and (most is None) != (score is None) else 0.0
    given = not table_words.is_empty(words.get("reason", ""))
    if given and score == most:
        return 0.7
    return (-0.3 if given else 0.2) if score < most else 0.0


# --- what was read ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: concept → cell. `doubtful` are concepts that another reading gives otherwise."""

    cells: dict[str, Filled]
    start: int
    end: int
    cost: float = 0.0
    doubtful: frozenset[str] = frozenset()


def rows(model: IndicatorModel, reading: Reading) -> list[Row]:
    """The rows of a reading, with what is in doubt about them."""
    near: dict[int, list[Step]] = {}
    for rival in reading.rivals:
        if rival.cells:
            for node in range(rival.start, rival.end):
                near.setdefault(node, []).append(rival)
    found = []
    for step in reading.steps:
        if step.cells:
            rivals = {id(rival): rival for node in range(step.start, step.end) for rival in near.get(node, ())}
            found.append(_row(model, step, rivals.values()))
    return found


def _row(model: IndicatorModel, step: Step, rivals: Iterable[Step]) -> Row:
    cells: dict[str, Filled] = {}
    for cell in step.cells:
        cells.setdefault(model.columns[cell.column], cell)
    own = _assigned(model, step)
    doubtful: set[str] = set()
    for rival in rivals:
        doubtful |= _differences(own, _assigned(model, rival))
    return Row(cells, step.start, step.end, step.cost, frozenset(doubtful & (_FIGURES | {"name"})))


def _assigned(model: IndicatorModel, step: Step) -> dict[tuple[int, int], str]:
    """Range of nodes → concept, for the cells with figures."""
    found = {}
    for cell in step.cells:
        words = model.nodes.words(cell.start, cell.end)
        if any(character.isdigit() for character in words):
            found[cell.start, cell.end] = model.columns[cell.column]
    return found


def _differences(own: dict[tuple[int, int], str], rival: dict[tuple[int, int], str]) -> set[str]:
    """The concepts of figures that two readings of the same characters do not share."""
    found: set[str] = set()
    for (start, end), concept in own.items():
        for (other_start, other_end), other in rival.items():
            if other_start >= end or start >= other_end:
                continue
            if {concept, other} <= _ONE_VALUE:
                continue
            same = (start, end) == (other_start, other_end)
            if not (same and concept == other) and {concept, other} & _FIGURES:
                found |= {concept, other}
    return found
