"""Rows of heads in a ruled table → what each column holds. Columns are known by words, never by their position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.find.tables import words as table_words
from extractor.find.tables.values import read_money
from extractor.find.tables.words import Head
from extractor.model import Cell
from extractor.text import Text

Grid = Sequence[Sequence[Cell | None]]

#: A head band has at most this many rows (heads over heads over signs).
_DEEPEST = 3
_VALUES = frozenset({"target", "actual", "max_score", "score"})
_ROWS = frozenset({"name", "level1", "level2"})


@dataclass(slots=True)
class Columns:
    """The columns of one block: concept → column numbers; `heads` the printed words; `end` the first row of data.

    `parts` are, in a fund block, columns that stand for a source of money (中央, 省级 …) under a head of sums.
    """

    start: int
    end: int
    at: dict[str, list[int]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    parts: dict[int, tuple[str, Text]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The leftmost column of the block."""
        return min(column for columns in self.at.values() for column in columns)


def tight(cell: Cell | None) -> str:
    """The words of a cell without layout white space; '' where there is no cell."""
    return cell.text.tight().string if cell is not None else ""


def indicator_columns(grid: Grid, row: int) -> list[Columns]:
    """The columns of the indicator blocks whose heads begin in this row: one, or several side by side."""
    found = _heads(grid, row, "column")
    if not found:
        return []
    band = _band(grid, row, "column")
    if not _is_complete(found) and not _is_upper_line(grid, row):
        return []
    heads = _deepest(grid, row, band, "column")
    if not _is_complete(heads):
        return []
    return [columns for group in _side_by_side(heads) if (columns := _indicator_group(group, row, band)) is not None]


def _is_complete(heads: dict[int, tuple[Head, Cell]]) -> bool:
    """Whether heads name both what the rows are and a value of theirs."""
    concepts = {head.concept for head, _ in heads.values()}
    return bool(concepts & _ROWS and concepts & _VALUES)


def _is_upper_line(grid: Grid, row: int) -> bool:
    """Whether a row can be the upper line of a band that only its lower line completes: it holds heads alone, some of
    them over others (绩效指标, 预期指标值). A tall cell left of the block is no head.
    """
    own = [cell for cell in grid[row] if cell is not None and cell.row == row and tight(cell)]
    return all(
        cell.row_span > _DEEPEST
        or table_words.head_of(tight(cell), "column") is not None
        or table_words.block_of(tight(cell)) == "indicators"
        or _goes_on(grid, cell)
        for cell in own
    )


def _indicator_group(heads: dict[int, tuple[Head, Cell]], row: int, end: int) -> Columns | None:
    columns = Columns(row, end)
    first_cell: dict[str, tuple[Head, Cell]] = {}
    previous = concept = ""
    last: Cell | None = None
    for number, (head, cell) in sorted(heads.items()):
        if cell is not last:
            beside_level = head.concept == "max_score" and previous in ("level1", "level2")
            concept = f"{previous}_max" if beside_level else head.concept
            last = cell
        known = first_cell.get(concept)
        if known is not None and known[1] is not cell:
            if not _replaces(head, known[0]):
                previous = head.concept
                continue
            columns.at[concept] = []
        if known is None or known[1] is not cell:
            first_cell[concept] = (head, cell)
            columns.heads[concept] = tight(cell)
        columns.at.setdefault(concept, []).append(number)
        previous = head.concept
    return _completed(columns)


def _replaces(new: Head, old: Head) -> bool:
    """Whether a second head of the concept takes the place of the first: a deeper level, a better score."""
    return (new.deepest and not old.deepest) or (old.later and not new.later) or (old.alone and not new.alone)


def _completed(columns: Columns) -> Columns | None:
    """Forms without a column for the value: 完成情况 is the actual value. Without a name the deepest level is it."""
    at = columns.at
    if "actual" not in at and "status" in at:
        at["actual"] = at.pop("status")
    if "name" not in at:
        deepest = next((level for level in ("level2", "level1") if level in at), None)
        if deepest is None:
            return None
        at["name"] = at.pop(deepest)
    return columns if _VALUES & at.keys() else None


def fund_columns(grid: Grid, row: int) -> Columns | None:
    """The columns of the fund block whose heads begin in this row, None where it is no such row."""
    found = _heads(grid, row, "fund")
    concepts = {head.concept for head, _ in found.values()}
    money = concepts & table_words.FUND_CONCEPTS
    if not money or concepts & {"name", "level2", "target"} or _has_sums(grid, row):
        return None
    if len(concepts) < 2 and len({id(cell) for _, cell in found.values()}) < 2:
        return None
    band = _band(grid, row, "fund")
    columns = Columns(row, band)
    first_cell: dict[str, Cell] = {}
    for number, (head, cell) in sorted(_deepest(grid, row, band, "fund").items()):
        if _over_labels(grid, band, number):
            continue
        if first_cell.setdefault(head.concept, cell) is not cell:
            continue
        columns.heads[head.concept] = tight(cell)
        columns.at.setdefault(head.concept, []).append(number)
    _add_parts(grid, columns)
    return columns


def _has_sums(grid: Grid, row: int) -> bool:
    """Whether the row says sums beside its words: then these are labels and no heads."""
    own = [tight(cell) for cell in grid[row] if cell is not None and cell.row == row]
    return any(words[:1].isdigit() and read_money(words, None) is not None for words in own)


def _over_labels(grid: Grid, row: int, column: int) -> bool:
    """Whether the cells from this row on are labels of fund rows: the head over them names the whole block."""
    words = [tight(grid[at][column]) for at in range(row, min(row + 2, len(grid)))]
    # Heads that cover label and sum are parted by the row (`FundBlock`), they have a sum beside the label.
    return all(words) and all(table_words.is_fund_part(w) or table_words.is_fund_total(w) for w in words)


def _add_parts(grid: Grid, columns: Columns) -> None:
    """Columns whose lowest head is a source of money belong to the sum over them, or to the budget."""
    last = columns.end - 1
    above = {number: concept for concept, numbers in columns.at.items() for number in numbers}
    for number, cell in enumerate(grid[last]):
        words = tight(cell)
        if cell is None or not _is_part_head(words):
            continue
        if number and grid[last][number - 1] is cell:
            continue
        concept = above.get(number, "budget" if columns.end - columns.start == 1 else "")
        if concept in table_words.FUND_CONCEPTS:
            columns.parts[number] = (concept, cell.text.tight())


def _is_part_head(words: str) -> bool:
    return table_words.is_fund_part(words) or table_words.is_fund_total(words) or table_words.is_source(words)


# --- bands of heads ---------------------------------------------------------------------------------------------------


def _heads(grid: Grid, row: int, block: str) -> dict[int, tuple[Head, Cell]]:
    """Column → head and its cell, for the cells that begin in this row."""
    heads: dict[int, tuple[Head, Cell]] = {}
    for number, cell in enumerate(grid[row]):
        # What stands beside a whole block is taller than any band.
        if cell is not None and cell.row == row and cell.row_span <= _DEEPEST:
            head = table_words.head_of(tight(cell), block)
            if head is not None:
                heads[number] = (head, cell)
    return heads


def _band(grid: Grid, row: int, block: str) -> int:
    """The first row behind the heads that begin in `row`."""
    spans = [cell.row_span for _, cell in _heads(grid, row, block).values()]
    end = row + min(max(spans, default=1), _DEEPEST)
    while end < len(grid) and end - row < _DEEPEST and _is_second_line(grid, end, block):
        end += 1
    return min(end, len(grid))


def _is_second_line(grid: Grid, row: int, block: str) -> bool:
    """Whether a row holds nothing but heads (and blanks): the second line of a band whose cells are not merged."""
    own = [cell for cell in grid[row] if cell is not None and cell.row == row and tight(cell)]
    own = [cell for cell in own if not _is_rest(grid, cell, block)]
    if not own:
        return False
    heads = [table_words.head_of(tight(cell), block) for cell in own]
    sources = sum(_is_part_head(tight(cell)) for cell in own) if block == "fund" else 0
    known = sum(head is not None for head in heads)
    return known + sources == len(own) and (known >= 2 or sources >= 2)


def _is_rest(grid: Grid, cell: Cell, block: str) -> bool:
    """Whether a cell holds the rest of a head that a page break cut."""
    return table_words.head_of(tight(cell), block) is None and _cut_head(grid, cell, block) is not None


def _goes_on(grid: Grid, cell: Cell) -> bool:
    """Whether a page break cut the head that begins in this cell."""
    row = cell.row + cell.row_span
    below = grid[row][cell.column] if row < len(grid) else None
    return below is not None and bool(tight(below)) and _cut_head(grid, below, "column") is not None


def _cut_head(grid: Grid, cell: Cell, block: str) -> Head | None:
    """The head that a cell's words make with those of the cell above it on the page before."""
    above = grid[cell.row - 1][cell.column] if cell.row else None
    if above is None or above.page == cell.page or above.column_span != cell.column_span:
        return None
    return table_words.head_of(tight(above) + tight(cell), block)


def _deepest(grid: Grid, row: int, end: int, block: str) -> dict[int, tuple[Head, Cell]]:
    """Column → its lowest head in the band."""
    heads: dict[int, tuple[Head, Cell]] = {}
    for number in range(len(grid[row])):
        for at in range(end - 1, row - 1, -1):
            cell = grid[at][number]
            if cell is None:
                continue
            head = table_words.head_of(tight(cell), block) or _cut_head(grid, cell, block)
            if head is not None:
                heads[number] = (head, cell)
                break
    return heads


def _side_by_side(heads: dict[int, tuple[Head, Cell]]) -> list[dict[int, tuple[Head, Cell]]]:
    """Parts the columns where the first head of the block comes a second time with the same words."""
    groups: list[dict[int, tuple[Head, Cell]]] = []
    opener: tuple[str, str] | None = None
    last: Cell | None = None
    for number, (head, cell) in sorted(heads.items()):
        key = (head.concept, tight(cell))
        if opener is None or (key == opener and cell is not last):
            opener = opener or key
            groups.append({})
        groups[-1][number] = (head, cell)
        last = cell
    return groups
