"""Rows whose actual value says something beside its target as a share: how far it was reached. No check of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from extractor import lexicon, quantity
from extractor.checks.arithmetic import grouped
from extractor.checks.indicators.sides import Sides, compared, is_inverse
from extractor.messages import Message
from extractor.model import Indicator

#: With a target of 1 or 2 one more is 150 % or 200 %: that alone says nothing of the target.
_SMALL = 2
#: Of a limit only these say by their distance that it was set too high (fewer accidents are no such sign).
_LIMITS = ("money", "price", "time")


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator with its completion: actual by target, for limits target by actual."""

    sides: Sides
    completion: Fraction

    @property
    def small(self) -> bool:
        """A count with a target of 1 or 2."""
        return self.sides.target.is_count and self.sides.target.value <= _SMALL

    @property
    def formula(self) -> str:
        """`24 ÷ 5 = 480.0%`."""
        above, below = self.sides.actual, self.sides.target
        if self.sides.inverse:
            above, below = below, above
        percent = grouped(self.completion * 100, 1)
        same = above.unit == below.unit
        return f"{above if same else above.with_unit} ÷ {below if same else below.with_unit} = {percent}%"


def rows(indicators: Sequence[Indicator]) -> tuple[list[Row], list[Message]]:
    """The rows whose completion says something, and why others have none."""
    found, reasons = [], []
    for indicator in indicators:
        sides = compared(indicator)
        if isinstance(sides, Message):
            reasons.append(sides)
        elif (row := _row(sides)) is not None:
            found.append(row)
    return found, reasons


def _row(sides: Sides) -> Row | None:
    completion = sides.completion
    bounded = lexicon.matcher("check.bounded").search(sides.indicator.name) and sides.target.value <= 100
    if completion is None or sides.target.value <= 0 or sides.actual.value < 0 or bounded:
        return None
    if sides.inverse or is_inverse(sides.indicator):
        kind = (quantity.dimension(sides.target.unit) or "").partition(".")[0]
        if sides.inferred or not sides.inverse or kind not in _LIMITS:
            return None
    return Row(sides, completion)
