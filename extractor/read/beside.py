"""Tables that stand side by side: the lines over the right one are its own and are read behind the left table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.read.glyphs import Area
from extractor.read.lines import PrintedLine, Run, lines_of

#: Order key on the page: height, place from the left.
Order = tuple[float, float]
#: Lines farther apart than so many heights of a character belong to something else.
_FARTHEST = 3.0


def order_of(area: Area) -> Order:
    """The place of a table in the reading order: those side by side begin at nearly the same height."""
    return round(area[1] / 6) * 6, area[0]


def lines_over_right_tables(
    runs: Sequence[Run], areas: Sequence[Area]
) -> tuple[list[tuple[Order, PrintedLine]], list[Run]]:
    """The lines over each table that has another one on its left, with their order; and the runs that are left."""
    rest = list(runs)
    found: list[tuple[Order, PrintedLine]] = []
    for left, right in pairwise(sorted(areas, key=order_of)):
        if order_of(left)[0] != order_of(right)[0] or right[0] <= left[2]:
            continue
        own = _over(rest, left, right)
        lines = lines_of(own)
        height, x = order_of(right)
        found += [((height, x - 1 + 0.01 * number), line) for number, line in enumerate(lines)]
        rest = [run for run in rest if not any(run is other for other in own)]
    return found, rest


def _over(runs: Sequence[Run], left: Area, right: Area) -> list[Run]:
    """The runs over the right table, from it upwards, as long as no line reaches over the white between both."""
    low, gutter = right[1], (left[2] + right[0]) / 2
    above = sorted((run for run in runs if run.bottom <= low + 1 and run.x1 > left[0]), key=lambda run: -run.bottom)
    own: list[Run] = []
    for run in above:
        size = run.bottom - run.top
        if low - run.bottom > _FARTHEST * size or run.x0 < gutter < run.x1:
            break
        low = min(low, run.top)
        if run.x0 >= right[0] - size and run.x1 <= right[2] + size:
            own.append(run)
    return own
