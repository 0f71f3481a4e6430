"""Tables that go on over pages → one table: by the edges of their columns and the room left on the page, not by words.

A row cut by the page break becomes one row, a level cell that goes on covers the rows of both pages, and a header that
is printed again is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from extractor.model import Cell, Table
from extractor.read.cells import CellText
from extractor.read.pages import PlacedCell, PlacedTable
from extractor.text import Text

#: Column edges nearer to each other than this (points) are the same.
_SAME_EDGE = 4.0
#: An edge of the last row before the page break is taken for the next row's edge even from so far.
_LIKELY_EDGE = 6.0
#: So many cells at least has a row of heads that is known again further down in a table.
_HEADS = 4
#: From so many characters a line on a cell is wide.
_WIDE = 8
#: A band of heads has at most this many rows.
_DEEPEST = 3


@dataclass(slots=True)
class Stitched:
    """A table that may still grow: its cells on the grid of all of its parts."""

    cells: list[_Part]
    xs: tuple[float, ...]
    rows: int
    last: PlacedTable
    first_page: int
    #: Its first page's cells as they were there: rows at its head may be printed again.
    head: list[_Part]


@dataclass(slots=True)
class _Part:
    row: int
    column: int
    row_span: int
    column_span: int
    text: Text
    page: int
    box: tuple[float, float, float, float]
    printed: CellText

    @property
    def key(self) -> str:
        """What it says, for comparison."""
        return self.text.tight().string


def begun(table: PlacedTable) -> Stitched:
    """A table with its first page's rows."""
    cells = [_part(cell, table.page) for cell in table.cells]
    head = [_part(cell, table.page) for cell in table.cells]
    return Stitched(cells, table.xs, len(table.ys) - 1, table, table.page, head)


def finished(table: Stitched) -> Table:
    """The table as the rest of the program knows it."""
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    return Table(
        tuple(Cell(c.row, c.column, c.row_span, c.column_span, c.text, c.page, c.box) for c in cells),
        table.rows,
        len(table.xs) - 1,
        table.first_page,
        table.last.page,
    )


def stitch(table: Stitched, following: PlacedTable, room_below: float) -> bool:
    """Take the rows of `following` into `table` where it goes on there. `room_below`: free height under the table."""
    xs = _common_edges(table.xs, following.xs) or _edges_of_both(table, following)
    if xs is None:
        return False
    parts = [_part(cell, following.page) for cell in following.cells]
    height = len(following.ys) - 1
    start, repeated = _repeated_rows(table, parts, height)
    if _begins_anew(table.cells if start else table.head, start + repeated, parts, repeated):
        return False
    if repeated < height and not _had_to_turn(following, repeated, room_below):
        return False
    _widen(table.cells, table.xs, xs, ())
    last = {xs[c] for cell in table.cells if cell.row + cell.row_span == table.rows for c in _ends(cell)}
    _widen(parts, [x + table.xs[0] - following.xs[0] for x in following.xs], xs, last)
    table.xs = xs
    parts = [part for part in parts if part.row + part.row_span > repeated]
    for part in parts:
        # A cell beside the heads and the rows below them is not printed again: it goes on.
        part.row_span -= max(0, repeated - part.row)
        part.row = max(0, part.row - repeated)
    _append(table, parts, height - repeated, room_below)
    table.last = following
    return True


def _part(cell: PlacedCell, page: int) -> _Part:
    return _Part(
        cell.row, cell.column, cell.row_span, cell.column_span, cell.text, page, cell.printed.cell.area, cell.printed
    )


def _common_edges(above: Sequence[float], below: Sequence[float]) -> tuple[float, ...] | None:
    """The column edges of both parts, None where they are not parts of one table.

    Odd and even pages may have different margins, so edges are compared from the left border on. One of the two must
    have all the edges of the other: a page may hold only rows whose cells span several columns.
    """
    shift = above[0] - below[0]
    moved = [x + shift for x in below]
    if abs(shift) > 60 or abs(above[-1] - moved[-1]) > _SAME_EDGE:
        return None
    more, fewer = (above, moved) if len(above) >= len(moved) else (moved, above)
    missing = [x for x in fewer if not any(abs(x - y) <= _SAME_EDGE for y in more)]
    if not missing:
        return tuple(more)
    if len(missing) * 4 > len(fewer) or len(fewer) < 5:
        return None
    return tuple(sorted([*more, *missing]))


def _edges_of_both(table: Stitched, following: PlacedTable) -> tuple[float, ...] | None:
    """The edges of both parts where the last row here and the first row there are parted alike, or one of them finer: a
    form whose next block has columns of its own, or a band of heads that the page break cut.
    """
    shift = table.xs[0] - following.xs[0]
    last = {table.xs[c] for cell in table.cells if cell.row + cell.row_span == table.rows for c in _ends(cell)}
    first = {following.xs[c] + shift for cell in following.cells if cell.row == 0 for c in _ends(cell)}
    fewer, finer = sorted((last, first), key=len)
    if abs(shift) > 60 or len(fewer) < _HEADS + 1:
        return None
    if any(all(abs(x - y) > _SAME_EDGE for y in finer) for x in fewer):
        return None
    more = (x + shift for x in following.xs)
    return tuple(sorted([*table.xs, *(x for x in more if all(abs(x - y) > _SAME_EDGE for y in table.xs))]))


def _ends(cell: _Part | PlacedCell) -> tuple[int, int]:
    return cell.column, cell.column + cell.column_span


def _widen(cells: Sequence[_Part], before: Sequence[float], after: Sequence[float], last: Collection[float]) -> None:
    """Count the cells' columns on the finer grid. `last` are the edges of the row before, which are the next one's."""
    if len(before) == len(after):
        return
    nearest = [min(range(len(after)), key=lambda i, x=x: abs(after[i] - x)) for x in before]  # type: ignore[misc]
    likely = [
        min((i for i, edge in enumerate(after) if edge in last), key=lambda i, x=x: abs(after[i] - x), default=near)  # type: ignore[misc]
        for x, near in zip(before, nearest, strict=True)
    ]
    place = [
        other if abs(after[other] - x) <= _LIKELY_EDGE else near
        for x, other, near in zip(before, likely, nearest, strict=True)
    ]
    if any(b <= a for a, b in pairwise(place)):
        place = nearest
    for cell in cells:
        left, right = place[cell.column], place[cell.column + cell.column_span]
        cell.column, cell.column_span = left, right - left


# --- does it go on? ---------------------------------------------------------------------------------------------------


def _repeated_rows(table: Stitched, parts: Sequence[_Part], height: int) -> tuple[int, int]:
    """How many rows at the head of the page are printed again, and which row of the table they begin with."""
    head, again = _rows(table.head), _rows(parts)
    count = 0
    while count < height and count in head and _said(head[count]) == _said(again.get(count, ())):
        count += 1
    # A header of two levels is repeated as a whole: no cell of it reaches beyond its last row.
    while count and any(p.row < count < p.row + p.row_span for p in parts):
        count -= 1
    said = sum(1 for part in parts if part.row < count and part.key)
    if said > 1 or (said and count < height):
        return 0, count
    return _repeated_inside(table, again, height)


def _repeated_inside(table: Stitched, again: Mapping[int, Sequence[_Part]], height: int) -> tuple[int, int]:
    """Like `_repeated_rows` for heads that stand further down in the table: a form's lower part has its own.

    Where the rows behind those heads name what rows before them named, another form has begun, whose heads these are.
    """
    rows = _rows(table.cells)
    for count in range(1, min(height, _DEEPEST + 1)):
        words = _band_words(again, 0, count)
        if len(words) < _HEADS or not all(key for _, key in words):
            continue
        start = next((row for row in sorted(rows, reverse=True) if _band_words(rows, row, count) == words), 0)
        before = {part.key for part in table.cells if part.column == 0 and part.row < start and part.key}
        anew = any(part.column == 0 and part.row >= start + count and part.key in before for part in table.cells)
        if start:
            return (0, 0) if anew else (start, count)
    return 0, 0


def _band_words(rows: Mapping[int, Sequence[_Part]], start: int, count: int) -> list[tuple[int, str]]:
    """What so many rows say, with the row of each word; nothing where a cell reaches beyond them. The cell left of a
    whole block may: it is no head.
    """
    parts = [part for row in range(start, start + count) for part in rows.get(row, ())]
    beside = [part for part in parts if part.row_span > count and part.row == start][:1]
    parts = [part for part in parts if part not in beside]
    if any(part.row + part.row_span > start + count for part in parts):
        return []
    return [(part.row - start, part.key) for part in parts]


def _rows(parts: Sequence[_Part]) -> dict[int, list[_Part]]:
    rows: dict[int, list[_Part]] = {}
    for part in parts:
        rows.setdefault(part.row, []).append(part)
    return rows


def _said(row: Sequence[_Part]) -> list[tuple[int, str]]:
    return [(part.column, part.key) for part in row]


def _begins_anew(above: Sequence[_Part], start: int, parts: Sequence[_Part], repeated: int) -> bool:
    """Whether this is another table of the same form: its first column has the same heads in the same order."""
    first = _row_heads(above, start)
    other = _row_heads(parts, repeated)
    # A level said in every row opens no table.
    return len(first) > 1 and first == other and first[0] != first[1]


def _row_heads(parts: Sequence[_Part], start: int) -> list[str]:
    heads = (part.key for part in parts if part.column == 0 and part.row >= start)
    return list(islice(filter(None, heads), 2))


def _had_to_turn(following: PlacedTable, repeated: int, room_below: float) -> bool:
    """Whether the first row overleaf would not have fitted under the table: else the page was turned on purpose."""
    row = min(repeated, len(following.ys) - 2)
    return room_below < following.ys[row + 1] - following.ys[row] + 20


# --- the seam ---------------------------------------------------------------------------------------------------------


def _append(table: Stitched, parts: list[_Part], height: int, room_below: float) -> None:
    last = table.rows - 1
    above = {c: cell for cell in table.cells if cell.row + cell.row_span > last for c in _columns(cell)}
    below = {c: cell for cell in parts if cell.row == 0 for c in _columns(cell)}
    levels = _levels(table, parts, above, below)
    cut = bool(parts) and not _one_more_line(above, room_below) and _is_cut(table, above, below, levels)
    shift = last if cut else table.rows
    for part in parts:
        part.row += shift
    table.rows = shift + height
    taken: set[int] = set()
    for column, part in sorted(below.items()):
        upper = above.get(column)
        if upper is None or id(part) in taken or (part.column, part.column_span) != (upper.column, upper.column_span):
            continue
        same_level = column in levels and (
            not part.key or part.key == upper.key or (not upper.key and _is_part_of_level(table, upper, part))
        )
        if cut or same_level:
            taken.add(id(part))
            if part.key and part.key != upper.key:
                _continue_text(upper, part)
            upper.row_span = part.row + part.row_span - upper.row
    table.cells += [part for part in parts if id(part) not in taken]
    if cut:
        _mend(table, taken, below)


def _is_part_of_level(table: Stitched, upper: _Part, part: _Part) -> bool:
    """Whether a blank cell and the word below it overleaf are one level whose middle came to stand there.

    Not where the column has blank cells of one row that go on with the level above them, nor where no level stands
    above: there it is the corner of a band of heads.
    """
    others = [
        cell
        for cell in table.cells
        if cell is not upper and (cell.column, cell.column_span) == (upper.column, upper.column_span)
    ]
    if any(not cell.key and cell.row_span == 1 for cell in others):
        return False
    return upper.row_span > 1 or part.row_span > 1 or any(cell.row + cell.row_span == upper.row for cell in others)


def _mend(table: Stitched, taken: set[int], below: Mapping[int, _Part]) -> None:
    """A part of a cut row whose cell is parted otherwise above stays a cell; it may not lie on another one."""
    for part in {id(p): p for p in below.values()}.values():
        if id(part) in taken:
            continue
        others = [
            cell
            for cell in table.cells
            if cell is not part
            and set(_columns(cell)) & set(_columns(part))
            and cell.row <= part.row < cell.row + cell.row_span
        ]
        for other in others:
            if part.key:
                _continue_text(other, part)
            other.row_span = max(other.row_span, part.row + part.row_span - other.row)
            part.text = Text("", [])
        if others:
            table.cells.remove(part)


def _continue_text(upper: _Part, part: _Part) -> None:
    if not part.text.string:
        return
    separator = "" if upper.printed.goes_on(part.printed) or not upper.text.string else "\n"
    text = upper.text
    if separator:
        text = Text(text.string + "\n", [*text.origin, text.origin[-1] + 1])
    upper.text = Text.join([text, part.text])
    upper.printed = replace(part.printed, room=upper.printed.room)


def _columns(cell: _Part) -> range:
    return range(cell.column, cell.column + cell.column_span)


def _levels(
    table: Stitched, parts: Sequence[_Part], above: Mapping[int, _Part], below: Mapping[int, _Part]
) -> set[int]:
    """The columns from the left on (running numbers aside) whose cells cover several rows: blanks overleaf go on."""
    tall = {c for cell in (*table.cells, *parts) if cell.row_span > 1 for c in _columns(cell)}
    levels: set[int] = set()
    for column in range(len(table.xs) - 1):
        if column not in tall or column not in above or column not in below:
            # Running numbers may stand left of the levels.
            if levels or column:
                break
            continue
        levels.add(column)
    return levels


def _one_more_line(above: Mapping[int, _Part], room_below: float) -> bool:
    """Whether another line would have stood on the page below the table: then no row was cut for want of room."""
    sizes = [line.size for cell in above.values() for line in cell.printed.lines if not line.turned]
    return bool(sizes) and room_below > 3 * max(sizes)


def _is_cut(table: Stitched, above: Mapping[int, _Part], below: Mapping[int, _Part], levels: set[int]) -> bool:
    """Whether the first row overleaf is the rest of the last row: it is blank where every row says something."""
    # A cell counts once, however many columns it covers.
    columns = [c for c in range(len(table.xs) - 1) if c not in levels and c in above and c in below]
    columns = [c for c in columns if c - 1 not in columns or below[c] is not below[c - 1]]
    if not columns:
        return False
    said_below = [c for c in columns if below[c].key]
    if not said_below and not any(below[c].key for c in levels if c in below):
        return True
    named = [c for c in levels if below[c].key and above[c].key and below[c].key != above[c].key]
    if not all(above[c].printed.goes_on(below[c].printed) for c in named):
        return False
    fresh = [c for c in said_below if above[c].key and not above[c].printed.goes_on(below[c].printed)]
    always = _always_filled(table, columns)
    missing = [c for c in always if not below[c].key]
    # Where each row has what the other one lacks, or a cell lies below several, they are two.
    if any(above[c].key for c in missing) and any(not above[c].key for c in said_below):
        return False
    if any(_covers_several(below[c], above) for c in said_below):
        return False
    if not fresh:
        lines = {c: len(above[c].printed.lines) for c in columns if above[c].row_span == 1 and above[c].key}
        most = max(lines.values(), default=1)
        # What goes on overleaf filled all lines that the page had room for.
        if any(lines[c] < most for c in said_below if c in lines):
            return False
        # In narrow columns every word fills its line: that says little where no cell above has a second line.
        if most == 1 and not any(_is_wide(above[c].printed) for c in said_below if above[c].key):
            if not missing:
                return any(not above[c].key for c in said_below if c in always)
            return len(missing) >= len(said_below) and all(above[c].key for c in said_below)
        return bool(missing) or len(said_below) == len(columns) or not any(above[c].key for c in columns)
    return len(missing) > 1 and len(missing) * 2 > len(always) and len(fresh) == 1


def _covers_several(part: _Part, above: Mapping[int, _Part]) -> bool:
    """Whether a cell overleaf lies below several cells that say something."""
    return len({id(above[c]) for c in _columns(part) if c in above and above[c].key}) > 1


def _is_wide(text: CellText) -> bool:
    """Whether so many characters fit a line of the cell that few texts fill it by chance."""
    return text.room > _WIDE * text.lines[-1].size


def _always_filled(table: Stitched, columns: Sequence[int]) -> list[int]:
    """Those of the columns that nearly every row of the table fills."""
    filled = dict.fromkeys(columns, 0)
    counted = dict.fromkeys(columns, 0)
    for cell in table.cells:
        for column in _columns(cell):
            if column in filled:
                counted[column] += 1
                filled[column] += bool(cell.text.string.strip())
    return [c for c in columns if counted[c] and filled[c] * 10 >= counted[c] * 7]
