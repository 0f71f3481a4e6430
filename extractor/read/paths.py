"""Drawn paths → rules: straight strokes along an axis, borders of rectangles, thin filled boxes."""

from __future__ import annotations

from itertools import pairwise

from extractor.read.glyphs import THICKEST_RULE, Area, RawPage

#: A matrix of PDF: a, b, c, d, e, f of x' = ax + cy + e, y' = bx + dy + f.
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: A stroke that leaves its axis by more than this (points) is slanted and no rule.
SLANT = 1.0


def add_strokes(page: RawPage, points: list[tuple[float, float]], filled: bool, stroked: bool, white: bool) -> None:
    """Add the rules that one part of a path draws, given its corners in order."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    area = (min(xs), min(ys), max(xs), max(ys))
    closed = points[0] == points[-1] or not stroked
    if 4 <= len(points) <= 5 and closed and is_box(points, area):
        page.add_box(area, filled, stroked, white)
    elif stroked:
        for (xa, ya), (xb, yb) in pairwise(points):
            if abs(ya - yb) <= SLANT < abs(xa - xb):
                page.add_horizontal((ya + yb) / 2, xa, xb, white)
            elif abs(xa - xb) <= SLANT < abs(ya - yb):
                page.add_vertical((xa + xb) / 2, ya, yb, white)
    elif area[2] - area[0] <= THICKEST_RULE or area[3] - area[1] <= THICKEST_RULE:
        page.add_box(area, filled, False, white)


def is_box(points: list[tuple[float, float]], area: Area) -> bool:
    """Whether every point is a corner of the area around them all, and each side goes along an axis."""
    return all(
        min(x - area[0], area[2] - x) <= SLANT and min(y - area[1], area[3] - y) <= SLANT for x, y in points
    ) and all(abs(xa - xb) <= SLANT or abs(ya - yb) <= SLANT for (xa, ya), (xb, yb) in pairwise(points))


def times(m: Matrix, n: Matrix) -> Matrix:
    """First m, then n."""
    if n is IDENTITY:
        return m
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """The point where the matrix puts x and y."""
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
