"""A form before it is drawn: rows of boxes on shares of the form's width, and what the form promises to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from facts import Promise

Levels = Literal["merged", "repeated", "blank"]
Split = Literal["", "both", "sign", "unit"]


@dataclass(frozen=True, slots=True)
class Look:
    """What varies in a form's own shape, whoever prints it."""

    #: Merged level cells, levels said in every row, or said once above blank cells.
    levels: Levels = "merged"
    #: The first level is set upright, one character below the other.
    upright: bool = False
    #: The indicator heads have two lines, heads over heads.
    two_lines: bool = False
    #: Sign, unit or both stand in columns of their own where the layout has them whole.
    split: Split = ""
    #: The points stand before the value where the layout has them behind.
    points_first: bool = False
    #: So many indicators beyond the layout's own ones.
    more: int = 0
    #: Two neighbouring columns of the indicator block have no rule between them.
    open_columns: bool = False
    #: The edges of the fund block's columns are those of the indicator block where they lie near.
    aligned: bool = True
    #: The words beside the whole indicator block stand in a cell of their own, left of it.
    left_label: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: from `left` to `right` (shares of the width), over `rows` rows."""

    left: float
    right: float
    text: str = ""
    rows: int = 1
    kind: Literal["label", "head", "level", "name", "value", "words"] = "value"
    #: No rule parts it from the cell on its right.
    open_right: bool = False


Band = Sequence[Box]


@dataclass(slots=True)
class Sheet:
    """A form: the lines over it, its rows of boxes, the rows of its indicator heads, what it says."""

    layout: str
    lines: list[str] = field(default_factory=list)
    bands: list[list[Box]] = field(default_factory=list)
    #: First row of the indicator heads and the first row below them; a producer may print them again overleaf.
    heads: tuple[int, int] = (0, 0)
    promise: Promise = field(default_factory=Promise)
    landscape: bool = False

    def add(self, *boxes: Box) -> None:
        """One more row."""
        self.bands.append(list(boxes))

    def beside(self, label: str, start: int, right: float, kind: Literal["label", "head"] = "label") -> None:
        """A cell left of all rows from `start` on."""
        box = Box(0.0, right, label, len(self.bands) - start, kind)
        self.bands[start].insert(0, box)


def edges(widths: Sequence[float], left: float = 0.0, right: float = 1.0) -> list[float]:
    """The edges of columns whose widths have these proportions."""
    whole = sum(widths)
    found = [left]
    for width in widths:
        found.append(found[-1] + (right - left) * width / whole)
    found[-1] = right
    return found


def near_edges(wanted: Sequence[float], given: Sequence[float]) -> list[float]:
    """The edges moved to those given where one lies near, no two to the same; the outer ones stay."""
    taken: list[float] = [wanted[0]]
    for edge in wanted[1:-1]:
        near = [other for other in given if abs(other - edge) < 0.06 and other > taken[-1] + 0.03]
        moved = min(near, key=lambda other: abs(other - edge)) if near else max(edge, taken[-1] + 0.03)
        taken.append(moved)
    return [*taken, wanted[-1]]


def jittered(rng: Random, widths: Sequence[float]) -> list[float]:
    """Widths as another hand would have drawn them."""
    return [width * rng.uniform(0.9, 1.15) for width in widths]
