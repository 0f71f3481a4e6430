"""Pages set in two columns: each column is read to its end before the next one begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.read.glyphs import BLANK
from extractor.read.lines import PrintedLine, Run, lines_of

#: Order key of a line, None where its own place decides; its column; the line itself.
Placed = tuple[int, tuple[float, float] | None, PrintedLine]
#: So many lines in a row must keep the gutter free, with so large a share of each column's lines reaching up to it.
_FEWEST_ROWS = 6
_FULL_SHARE = 0.5
#: The narrowest column of running text, in heights of a character; names and values are shorter.
_NARROWEST = 12


def in_columns(runs: Sequence[Run]) -> Iterator[list[Placed]]:
    """The lines of a page with their column; only text that fills both sides of a gutter is read column by column."""
    lines = lines_of(runs)
    zone = _zone(lines)
    if zone is None:
        yield [(0, None, line) for line in lines]
        return
    first, last, gutter = zone
    yield [(0, None, line) for line in lines[:first] + lines[last:]]
    top = lines[first].top
    between = [run for run in runs if top - 0.1 <= run.top <= lines[last - 1].bottom]
    for column in (0, 1):
        side = [run for run in between if ((run.x0 + run.x1) / 2 > gutter) == bool(column)]
        yield [(column, (top, column + n * 1e-6), line) for n, line in enumerate(lines_of(side))]


def _zone(lines: Sequence[PrintedLine]) -> tuple[int, int, float] | None:
    """First line, behind the last line and the gutter's x of the part that is set in two columns."""
    if len(lines) < _FEWEST_ROWS:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    middle = (left + right) / 2
    start: int | None = None
    best: tuple[int, int, float] | None = None
    for index in range(len(lines) + 1):
        gap = _gap(lines[index], middle, right - left) if index < len(lines) else None
        parted = gap is not None
        if start is None:
            # A heading above the columns stands on one side only; columns begin with a line on both.
            start = index if gap is not None and _on_both_sides(lines[index], gap) else None
        elif not parted and start is not None:
            end = index
            while end > start and _one_sided_stranger(lines[end - 1], lines[start], middle):
                end -= 1
            if end - start >= _FEWEST_ROWS and (best is None or end - start > best[1] - best[0]):
                gutter = _gutter(lines[start:end], middle, right - left)
                if gutter is not None:
                    best = (start, end, gutter)
            start = None
    return best


def _one_sided_stranger(line: PrintedLine, first: PrintedLine, middle: float) -> bool:
    """A line below the columns that begins where neither of them does."""
    return line.x1 < middle and line.x0 > first.x0 + 3 * line.size


def _on_both_sides(line: PrintedLine, gap: tuple[float, float]) -> bool:
    return line.x0 < gap[0] < gap[1] <= line.x1 and gap[0] != line.x1 and gap[1] != line.x0


def _gap(line: PrintedLine, middle: float, width: float) -> tuple[float, float] | None:
    """The white gap of a line around the page's middle; a line on one side only has it from the middle on."""
    ends = middle - 0.1 * width, middle + 0.1 * width
    if line.x1 < ends[1] or line.x0 > ends[0]:
        return (line.x1, ends[1]) if line.x1 < ends[1] else (ends[0], line.x0)
    if BLANK not in line.glyphs:
        return None
    before = None
    for glyph in line.glyphs:
        if glyph[3] == 0.0:
            continue
        if before is not None and glyph[1] - before > 1.2 * line.size and before < ends[1] and glyph[1] > ends[0]:
            return before, glyph[1]
        before = glyph[3]
    return None


def _gutter(lines: Sequence[PrintedLine], middle: float, width: float) -> float | None:
    """The x in the gap that all lines share, where both sides are filled up to it: running text, no list of pairs."""
    gaps = [gap for line in lines if (gap := _gap(line, middle, width)) is not None]
    low, high = max(gap[0] for gap in gaps), min(gap[1] for gap in gaps)
    if high - low < 4:
        return None
    gutter, size = (low + high) / 2, lines[0].size
    edge = max(line.x1 for line in lines)
    start = min(line.x0 for line in lines)
    left = [gap[0] - line.x0 for line, gap in zip(lines, gaps, strict=True) if line.x0 < gutter]
    right = [line.x1 - gap[1] for line, gap in zip(lines, gaps, strict=True) if line.x1 > gutter]
    for widths, column in ((left, low - start), (right, edge - high)):
        full = sum(1 for width in widths if width > column - 1.5 * size)
        if column < _NARROWEST * size or full < _FULL_SHARE * len(lines):
            return None
    return gutter
