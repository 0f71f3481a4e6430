"""Columns that no rule parts: where all cells of a ruled column leave the same gap white, it is several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.read.lines import Run
from extractor.read.rulings import RuledCell, RuledTable

#: So many cells must have text on both sides of a gap, and so large a share of those with text.
_FEWEST_CELLS = 3
_SHARE = 0.6
#: The narrowest gap, in heights of a character.
_NARROWEST = 0.7


def parted_by_gaps(
    table: RuledTable, inside: Sequence[Sequence[Run]], known: Sequence[float] = ()
) -> RuledTable | None:
    """The table with those columns parted, None where there is nothing to part. `inside`: the runs of each cell.

    `known` are edges of the page before: where one lies in the gap, one cell with text on both sides will do.
    """
    cuts: dict[int, list[float]] = {}
    for members in _columns_of_cells(table):
        if sum(1 for index in members if len(inside[index]) > 1) >= (1 if known else _FEWEST_CELLS):
            heads = _edges_above(table, min(table.cells[index].row for index in members))
            found = _gaps([inside[index] for index in members], heads or table.xs, known)
            if found:
                cuts.update((index, found) for index in members)
    return _parted(table, cuts) if cuts else None


def _columns_of_cells(table: RuledTable) -> list[list[int]]:
    """The cells right below each other that cover the same columns."""
    groups: dict[tuple[int, int], list[list[int]]] = {}
    for index, cell in enumerate(table.cells):
        found = groups.setdefault((cell.column, cell.column_span), [])
        above = table.cells[found[-1][-1]] if found else None
        if above is not None and cell.row == above.row + above.row_span:
            found[-1].append(index)
        else:
            found.append([index])
    return [members for found in groups.values() for members in found]


def _edges_above(table: RuledTable, row: int) -> list[float]:
    """The column edges of the row above."""
    above = (cell for cell in table.cells if cell.row < row <= cell.row + cell.row_span)
    return sorted({table.xs[at] for cell in above for at in (cell.column, cell.column + cell.column_span)})


def _gaps(cells: Sequence[Sequence[Run]], edges: Sequence[float], known: Sequence[float]) -> list[float]:
    """Where the gaps that all of these cells leave white part them: at an edge that the table has there (heads may be
    ruled where the rows below them are not), else in the middle.
    """
    runs = sorted((run.x0, run.x1) for cell in cells for run in cell)
    size = max(run.bottom - run.top for cell in cells for run in cell)
    gaps: list[float] = []
    reached = runs[0][1]
    for x0, x1 in runs:
        if x0 - reached >= _NARROWEST * size:
            before = _nearest(known, reached, x0)
            at = before if before is not None else _nearest(edges, reached, x0)
            at = at if at is not None else (x0 + reached) / 2
            if _parts_columns(cells, at, 1 if before is not None else _FEWEST_CELLS):
                gaps.append(at)
        reached = max(reached, x1)
    return gaps


def _nearest(edges: Sequence[float], left: float, right: float) -> float | None:
    """The edge inside of a gap that lies nearest to its middle."""
    return min((x for x in edges if left < x < right), key=lambda x: abs(2 * x - left - right), default=None)


def _parts_columns(cells: Sequence[Sequence[Run]], x: float, fewest: int) -> bool:
    filled = sum(1 for cell in cells if cell)
    both = sum(
        1
        for cell in cells
        if any(run.x1 < x and _says_something(run) for run in cell)
        and any(run.x0 > x and _says_something(run) for run in cell)
    )
    return both >= fewest and both >= _SHARE * filled


def _says_something(run: Run) -> bool:
    """A single Chinese character does not: labels are spaced out (名　称) to fill their column."""
    return len(run.glyphs) > 1 or run.glyphs[0][0] < "\u2e80"


def _parted(table: RuledTable, cuts: dict[int, list[float]]) -> RuledTable:
    xs = sorted({*table.xs, *(x for found in cuts.values() for x in found)})
    place = {x: index for index, x in enumerate(xs)}
    cells: list[RuledCell] = []
    for index, cell in enumerate(table.cells):
        edges = [
            table.xs[cell.column],
            *cuts.get(index, ()),
            table.xs[cell.column + cell.column_span],
        ]
        for left, right in pairwise(edges):
            area = (left, cell.area[1], right, cell.area[3])
            cells.append(replace(cell, column=place[left], column_span=place[right] - place[left], area=area))
    return RuledTable(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), tuple(xs), table.ys)
