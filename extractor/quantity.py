"""Numbers as reports write them → Quantity, its interval, and comparing two of them. All arithmetic is exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from extractor.model import Operator, Quantity


@dataclass(frozen=True, slots=True)
class Interval:
    """All true values that a printed figure can stand for: closed, in base units of its dimension."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def overlaps(self, other: Interval) -> bool:
        """Whether one true value can stand behind both."""
        return self.low <= other.high and other.low <= self.high


def scan(string: str) -> list[Quantity]:
    """All quantities in tight, folded running text, from left to right, without overlaps.

    Knows comma groups (`187, 248.74`), Chinese numerals and capitals, composites (`3亿5000万元`), operators and their
    words, approximations, ranges, percentages and permille. Leaves out what is no quantity: years, dates, document
    numbers, list marks, numerals inside names, road and model numbers.
    """
    raise NotImplementedError


def read(string: str) -> Quantity | None:
    """The one quantity that a whole cell holds (`≥70个`, `98%以上`, `100`), None where it is words or a date."""
    raise NotImplementedError


def money(quantity: Quantity) -> Decimal | None:
    """The exact value in yuan; None where the unit is no money, is foreign, or the value could not be read."""
    raise NotImplementedError


def dimension(unit: str) -> str | None:
    """The dimension of a unit word (`money`, `count.generic`, `ratio` …), None where it is unknown."""
    raise NotImplementedError


def same_unit(one: str, other: str) -> bool:
    """Whether two unit words mean the same (家 and 户, % and 百分比)."""
    raise NotImplementedError


def interval(value: Decimal, decimals: int, unit: str = "") -> Interval:
    """The true values behind a printed number: half its last printed place to either side, times the factor."""
    raise NotImplementedError


def base(value: Decimal, unit: str = "") -> Fraction:
    """The printed number in base units of its dimension (万元 → 元, 亩 → 平方米); unknown units have factor one."""
    raise NotImplementedError


def holds(actual: Decimal, operator: Operator | None, target: Decimal) -> bool:
    """Whether `actual` meets `target`; no operator is read as ≥."""
    raise NotImplementedError
