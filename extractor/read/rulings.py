"""Rules → grid → cells → tables: pure steps on numbers, each of which can be looked at and tested alone.

They give what pdfplumber's steps give (edges snapped and joined, crossings, cells, tables), but by a grid: rules at
nearly one place become one grid line; every face of the grid is joined with its neighbours where no rule parts them;
what is closed on all sides is a cell, and cells that touch are a table. So a cell knows its rows and columns at once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from operator import itemgetter

from extractor.read.glyphs import Area, Rule

#: Rules nearer to each other than this (points) are one: a double rule, or the borders of neighbouring cells.
SNAP = 4.0
#: A row of rules, each near to the next, that is wider than this is parted at its widest gap: the blocks of a form have
#: columns of their own, a few points beside each other.
WIDEST = 6.0
#: Strokes in line with a gap smaller than this (points) are one rule; rules end this near to a crossing.
JOIN = 3.5
#: More faces than this are a drawing (a hatching, graph paper), not a table.
MOST_FACES = 40_000
#: So many rules near to each other are a hatching.
_MOST_NEAR = 2_000


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A closed area with the grid rows and columns that it covers."""

    row: int
    column: int
    row_span: int
    column_span: int
    area: Area


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Cells that touch. `xs` and `ys` are its grid lines: column c lies between xs[c] and xs[c + 1]."""

    cells: tuple[RuledCell, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def area(self) -> Area:
        """The table's outer border."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def ruled_tables(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> list[RuledTable]:
    """The tables that these rules draw, from top to bottom and left to right."""
    rows, columns = snapped(horizontals), snapped(verticals)
    columns = snapped([*_rules(columns), *open_sides(rows, columns)])
    rows = snapped([*_rules(rows), *open_ends(rows, columns)])
    xs, ys = sorted(columns), sorted(rows)
    if min(len(xs), len(ys)) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST_FACES:
        return []
    parted_below = [_covered(rows[y], xs) for y in ys]
    parted_right = [_covered(columns[x], ys) for x in xs]
    faces = joined_faces(parted_below, parted_right)
    tables = [_table(group, xs, ys) for group in touching(closed_cells(faces, len(xs) - 1))]
    return sorted(tables, key=lambda table: (table.area[1], table.area[0]))


def snapped(rules: Sequence[Rule]) -> dict[float, list[tuple[float, float]]]:
    """Grid line → the stretches that are ruled on it; rules nearly at one place are one, strokes in line are joined."""
    lines: dict[float, list[tuple[float, float]]] = {}
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and rule[0] - group[-1][0] > SNAP:
            _add_lines(lines, group)
            group = []
        group.append(rule)
    if group:
        _add_lines(lines, group)
    return lines


def _add_lines(lines: dict[float, list[tuple[float, float]]], group: list[Rule]) -> None:
    waiting = [group]
    while waiting:
        group = waiting.pop()
        if group[-1][0] - group[0][0] <= WIDEST or len(group) > _MOST_NEAR:
            _add_line(lines, group)
            continue
        at = max(range(1, len(group)), key=partial(_gap_before, group))
        waiting += [group[:at], group[at:]]


def _gap_before(group: Sequence[Rule], at: int) -> tuple[float, float]:
    """How far a rule is from the one before; of equal gaps the one in the middle is the widest."""
    return group[at][0] - group[at - 1][0], -abs(at - len(group) / 2)


def _add_line(lines: dict[float, list[tuple[float, float]]], group: list[Rule]) -> None:
    at = (group[0][0] + group[-1][0]) / 2
    stretches: list[tuple[float, float]] = []
    for start, end in sorted((rule[1], rule[2]) for rule in group):
        if stretches and start <= stretches[-1][1] + JOIN:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    # What is shorter than the tolerances reach closes no cell.
    stretches = [stretch for stretch in stretches if stretch[1] - stretch[0] >= SNAP]
    if stretches:
        lines[at] = stretches


def _rules(lines: dict[float, list[tuple[float, float]]]) -> list[Rule]:
    return [(at, start, end) for at, stretches in lines.items() for start, end in stretches]


def open_sides(
    rows: dict[float, list[tuple[float, float]]], columns: dict[float, list[tuple[float, float]]]
) -> list[Rule]:
    """The outer sides of tables that are printed without them: two horizontal rules of one length, one below the other,
    with a vertical rule between them that joins both, are closed at their ends.
    """
    sides: list[Rule] = []
    above: dict[tuple[int, int], tuple[float, float, float]] = {}
    for y in sorted(rows):
        for start, end in rows[y]:
            key = (round(start / SNAP), round(end / SNAP))
            near = next((k for k in _neighbours(key) if k in above), None)
            if near is not None:
                high = above.pop(near)[0]
                if any(
                    start + JOIN < x < end - JOIN and any(a <= high + JOIN and b >= y - JOIN for a, b in stretches)
                    for x, stretches in columns.items()
                ):
                    sides += [(x, high, y) for x in (start, end) if not _passed(x, high, y, rows)]
            above[key] = (y, start, end)
    return sides


def _passed(x: float, top: float, bottom: float, rows: dict[float, list[tuple[float, float]]]) -> bool:
    """Whether a horizontal rule between the two heights goes on beyond `x`: then the table does not end there."""
    return any(
        top + JOIN < y < bottom - JOIN and any(a < x - JOIN and b > x + JOIN for a, b in stretches)
        for y, stretches in rows.items()
    )


def open_ends(
    rows: dict[float, list[tuple[float, float]]], columns: dict[float, list[tuple[float, float]]]
) -> list[Rule]:
    """The upper and lower edges that a page break leaves open: vertical rules that end at one height, each joined with
    the next one by a horizontal rule somewhere between, or an outer side as long as it, are closed there.
    """
    ends: list[_End] = []
    for x, stretches in columns.items():
        for top, bottom in stretches:
            ends += [(top, x, top, bottom), (bottom, x, top, bottom)]
    ends.sort()
    closed: list[Rule] = []
    at = 0
    while at < len(ends):
        behind = at + 1
        while behind < len(ends) and ends[behind][0] - ends[behind - 1][0] <= JOIN:
            behind += 1
        group = sorted(ends[at:behind], key=itemgetter(1))
        for left, right in pairwise(group):
            if right[1] - left[1] <= SNAP or _goes_through(left, right, columns):
                continue
            if _joined(left, right, rows) or _alike(left, right, rows, len(group)):
                closed.append((left[0], left[1], right[1]))
        at = behind
    return closed


#: The height at which a vertical rule ends, its x, its top and its bottom.
_End = tuple[float, float, float, float]


def _goes_through(left: _End, right: _End, columns: dict[float, list[tuple[float, float]]]) -> bool:
    """Whether a vertical rule between both goes on beyond their height: then no page ends there."""
    return any(
        left[1] + JOIN < x < right[1] - JOIN and any(a < left[0] - JOIN and b > left[0] + JOIN for a, b in stretches)
        for x, stretches in columns.items()
    )


def _joined(left: _End, right: _End, rows: dict[float, list[tuple[float, float]]]) -> bool:
    """Whether a horizontal rule reaches from one to the other."""
    top, bottom = max(left[2], right[2]), min(left[3], right[3])
    return bottom - top > SNAP and any(
        top - JOIN <= y <= bottom + JOIN and any(a <= left[1] + JOIN and b >= right[1] - JOIN for a, b in stretches)
        for y, stretches in rows.items()
    )


def _alike(left: _End, right: _End, rows: dict[float, list[tuple[float, float]]], neighbours: int) -> bool:
    """Whether one is the outer side of a level that fills its page: as long as the other, and touched by no rule."""
    if neighbours < 3 or abs(left[2] - right[2]) > JOIN or abs(left[3] - right[3]) > JOIN:
        return False
    return any(
        not any(
            side[2] - JOIN <= y <= side[3] + JOIN and any(a <= side[1] + JOIN and b >= side[1] - JOIN for a, b in found)
            for y, found in rows.items()
        )
        for side in (left, right)
    )


def _neighbours(key: tuple[int, int]) -> list[tuple[int, int]]:
    return [(key[0] + i, key[1] + j) for i in (0, -1, 1) for j in (0, -1, 1)]


def _covered(stretches: Sequence[tuple[float, float]], marks: Sequence[float]) -> bytearray:
    """For each space between two marks whether a stretch covers it."""
    covered = bytearray(len(marks) - 1)
    for start, end in stretches:
        first = bisect_left(marks, start - JOIN)
        last = bisect_right(marks, end + JOIN) - 1
        if last > first:
            covered[first:last] = b"\1" * (last - first)
    return covered


def joined_faces(parted_below: Sequence[bytearray], parted_right: Sequence[bytearray]) -> list[int]:
    """The number of the area that each face belongs to, row by row; -1 where it is open to the outside.

    `parted_below[j][i]`: a rule lies on grid line j above face i; `parted_right[i][j]`: on grid line i left of face j.
    """
    width, height = len(parted_right) - 1, len(parted_below) - 1
    outside = width * height
    parents = list(range(outside + 1))

    def find(face: int) -> int:
        while parents[face] != face:
            parents[face] = parents[parents[face]]
            face = parents[face]
        return face

    for j in range(height):
        above, below = parted_below[j], parted_below[j + 1]
        for i in range(width):
            face = j * width + i
            if not parted_right[i][j]:
                parents[find(face)] = find(face - 1 if i else outside)
            if not above[i]:
                parents[find(face)] = find(face - width if j else outside)
            if j == height - 1 and not below[i]:
                parents[find(face)] = find(outside)
        if not parted_right[width][j]:
            parents[find(j * width + width - 1)] = find(outside)
    open_area = find(outside)
    return [-1 if (area := find(face)) == open_area else area for face in range(outside)]


#: Grid rows and columns that a cell covers: first row, first column, behind the last row, behind the last column.
Block = tuple[int, int, int, int]


def closed_cells(faces: Sequence[int], width: int) -> list[Block]:
    """The closed areas. One that is no rectangle (a rule ends in mid-air) is cut into rectangles along its rows."""
    members: dict[int, list[int]] = {}
    for face, area in enumerate(faces):
        if area >= 0:
            members.setdefault(area, []).append(face)
    cells: list[Block] = []
    for group in members.values():
        rows = [face // width for face in group]
        columns = [face % width for face in group]
        block = (min(rows), min(columns), max(rows) + 1, max(columns) + 1)
        if (block[2] - block[0]) * (block[3] - block[1]) == len(group):
            cells.append(block)
        else:
            cells += _rectangles(set(group), width)
    return sorted(cells)


def _rectangles(faces: set[int], width: int) -> list[Block]:
    cells: list[Block] = []
    while faces:
        first = min(faces)
        row, column = divmod(first, width)
        end = column
        while end < width and row * width + end in faces:
            end += 1
        bottom = row + 1
        while all(bottom * width + i in faces for i in range(column, end)):
            bottom += 1
        faces -= {j * width + i for j in range(row, bottom) for i in range(column, end)}
        cells.append((row, column, bottom, end))
    return cells


def touching(cells: Sequence[Block]) -> list[list[Block]]:
    """The cells in groups that touch at a side or a corner."""
    corners: dict[tuple[int, int], int] = {}
    parents = list(range(len(cells)))

    def find(cell: int) -> int:
        while parents[cell] != cell:
            parents[cell] = parents[parents[cell]]
            cell = parents[cell]
        return cell

    for index, (row, column, bottom, right) in enumerate(cells):
        border = {(j, i) for j in (row, bottom) for i in range(column, right + 1)}
        border |= {(j, i) for j in range(row, bottom + 1) for i in (column, right)}
        for point in border:
            other = corners.setdefault(point, index)
            if other != index:
                parents[find(index)] = find(other)
    groups: dict[int, list[Block]] = {}
    for index, cell in enumerate(cells):
        groups.setdefault(find(index), []).append(cell)
    return list(groups.values())


def _table(cells: Sequence[Block], xs: Sequence[float], ys: Sequence[float]) -> RuledTable:
    """The cells with rows and columns counted within their table: grid lines that bound none of them are left out."""
    rows = sorted({cell[0] for cell in cells} | {cell[2] for cell in cells})
    columns = sorted({cell[1] for cell in cells} | {cell[3] for cell in cells})
    row_of = {grid: index for index, grid in enumerate(rows)}
    column_of = {grid: index for index, grid in enumerate(columns)}
    ruled = tuple(
        RuledCell(
            row_of[row],
            column_of[column],
            row_of[bottom] - row_of[row],
            column_of[right] - column_of[column],
            (xs[column], ys[row], xs[right], ys[bottom]),
        )
        for row, column, bottom, right in cells
    )
    return RuledTable(ruled, tuple(xs[c] for c in columns), tuple(ys[r] for r in rows))
