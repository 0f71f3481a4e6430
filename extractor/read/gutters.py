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
    groups: dict[tuple[int, int], list[int]] = {}
    for index, cell in enumerate(table.cells):
        groups.setdefault((cell.column, cell.column_span), []).append(index)
    cuts: dict[tuple[int, int], list[float]] = {}
    for key, members in groups.items():
        if sum(1 for index in members if len(inside[index]) > 1) >= (1 if known else _FEWEST_CELLS):
            found = _gaps([inside[index] for index in members], table.xs, known)
            if found:
                cuts[key] = found
    return _parted(table, cuts) if cuts else None


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


def _parted(table: RuledTable, cuts: dict[tuple[int, int], list[float]]) -> RuledTable:
    xs = sorted({*table.xs, *(x for found in cuts.values() for x in found)})
    place = {x: index for index, x in enumerate(xs)}
    cells: list[RuledCell] = []
    for cell in table.cells:
        edges = [
            table.xs[cell.column],
            *cuts.get((cell.column, cell.column_span), ()),
            table.xs[cell.column + cell.column_span],
        ]
        for left, right in pairwise(edges):
            area = (left, cell.area[1], right, cell.area[3])
            cells.append(replace(cell, column=place[left], column_span=place[right] - place[left], area=area))
    return RuledTable(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), tuple(xs), table.ys)
