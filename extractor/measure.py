"""Units of measure and the intervals of printed figures: what a number with its unit stands for, exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from extractor import lexicon
from extractor.model import Operator

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "拾": 10, "佰": 100, "仟": 1000}
_SIMPLE = str.maketrans(
    "萬億畝頃噸個戶項條處類種輛臺場輪張頁頭隻塊組對雙", "万亿亩顷吨个户项条处类种辆台场轮张页头只块组对双"
)
#: What hangs on a unit without changing it: 吨/年, 次每年, 个(含)以上.
_TAIL = re.compile(r"(?:\(含\))?(?:及以上|以上|以下|以内|左右)$|(?:/|每)年度?$|\((?:\w{1,3})\)$")
_NTH = re.compile(r"/(\d+)")


@dataclass(frozen=True, slots=True)
class Interval:
    """All true values that a printed figure can stand for: closed, in base units of its dimension."""

    low: Fraction
    high: Fraction

    @classmethod
    def exactly(cls, value: Decimal | Fraction | int) -> Interval:
        """The interval of a figure that is known without rounding."""
        return cls(Fraction(value), Fraction(value))

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(products), max(products))

    def __truediv__(self, other: Interval) -> Interval | None:
        """None where the divisor can be zero: then the quotient can be anything."""
        if other.low <= 0 <= other.high:
            return None
        return self * Interval(1 / other.high, 1 / other.low)

    def scaled(self, factor: Decimal | Fraction | int) -> Interval:
        """Every value times `factor`."""
        return self * Interval.exactly(factor)

    def widened(self, by: Fraction) -> Interval:
        """`by` more to either side."""
        return Interval(self.low - by, self.high + by)

    def overlaps(self, other: Interval) -> bool:
        """Whether one true value can stand behind both."""
        return self.low <= other.high and other.low <= self.high

    def __contains__(self, value: Decimal | Fraction | int) -> bool:
        return self.low <= Fraction(value) <= self.high


@dataclass(frozen=True, slots=True)
class _Measure:
    """A unit word resolved: its dimension (None where unknown), exact factor, and the group of words it belongs to."""

    dimension: str | None
    factor: Fraction
    group: str


@lexicon.kept
def _measure(word: str) -> _Measure:
    known = lexicon.unit(word) or lexicon.unit(word.translate(_SIMPLE))
    if known is not None:
        return _Measure(known.dimension, known.factor, known.group)
    word = word.translate(_SIMPLE)
    if nth := _NTH.fullmatch(word):
        return _Measure("ratio", Fraction(1, int(nth[1])) if int(nth[1]) else Fraction(1), word)
    if word in ("万", "亿"):
        return _Measure(None, Fraction(_SCALES[word]), word)
    if word[:1] in _SCALES and len(word) > 1:
        rest = _measure(word[1:])
        if rest.dimension is not None or word[1:] in _SCALES or word[1] in _SCALES:
            return _Measure(rest.dimension, _SCALES[word[0]] * rest.factor, rest.group)
    shorter = _TAIL.sub("", word)
    if shorter and shorter != word:
        return _measure(shorter)
    upper, slash, lower = word.partition("/")
    return _per(word, upper, lower) if slash and upper and lower else _Measure(None, Fraction(1), word)


def _per(word: str, upper: str, lower: str) -> _Measure:
    """元/生.年, 次/10万公顷: the upper unit by the lower one; an unknown lower unit is kept as a word."""
    above = _measure(upper)
    if above.dimension is None:
        return _Measure(None, Fraction(1), word)
    number = re.match(r"\d+", lower)
    below = _measure(lower[number.end() :] if number else lower)
    times = Fraction(number[0]) if number and int(number[0]) else Fraction(1)
    name = "price" if above.dimension == "money" else above.dimension
    kind = (below.dimension or "").removeprefix("count.")
    # The table's own names for prices are short: price.area, price.person.
    dimension = f"{name}.{kind or lower}" if name == "price" else f"{name}/{below.dimension or lower}"
    return _Measure(dimension, above.factor / (below.factor * times), f"{above.group}/{below.group}")


def dimension(unit: str) -> str | None:
    """The dimension of a unit word (`money`, `count.generic`, `ratio` …), None where it is unknown."""
    return _measure(unit).dimension if unit else None


def same_unit(one: str, other: str) -> bool:
    """Whether figures in two units can be compared without a remark: 家 and 户, % and 百分比, 亩 and 公顷.

    A scale makes no difference (辆, 万辆): `base` takes it into account. Words for counts of different things (户 and
    个) are not the same, nor are two dimensions.
    """
    if one == other:
        return True
    if not one or not other:
        return False
    first, second = _measure(one), _measure(other)
    if first.dimension is None or second.dimension is None:
        return first.group == second.group
    if first.dimension != second.dimension:
        return False
    return first.group == second.group or not first.dimension.startswith(("count.", "money_fx"))


@lexicon.kept
def base(value: Decimal, unit: str = "") -> Fraction:
    """The printed number in base units of its dimension (万元 → 元, 亩 → 平方米); unknown units have factor one."""
    return Fraction(value) * (_measure(unit).factor if unit else 1)


@lexicon.kept
def interval(value: Decimal, decimals: int, unit: str = "") -> Interval:
    """The true values behind a printed number: half its last printed place to either side, times the factor.

    Whole counts without a scale (86个, 872人次) are exact.
    """
    measure = _measure(unit) if unit else _Measure(None, Fraction(1), "")
    middle = Fraction(value) * measure.factor
    if decimals == 0 and measure.factor == 1 and (measure.dimension or "").startswith("count."):
        return Interval(middle, middle)
    half = Fraction(1, 2 * 10**decimals) * measure.factor
    return Interval(middle - half, middle + half)


def holds(actual: Decimal, operator: Operator | None, target: Decimal) -> bool:
    """Whether `actual` meets `target`; no operator is read as ≥."""
    match operator:
        case "≤":
            return actual <= target
        case "<":
            return actual < target
        case ">":
            return actual > target
        case "=":
            return actual == target
        case _:
            return actual >= target


def decimal(value: Fraction) -> Decimal:
    """A fraction whose denominator is a product of twos and fives as a decimal without loss."""
    shift, denominator = 0, value.denominator
    while denominator != 1 and shift < 40:
        value, shift = value * 10, shift + 1
        denominator = value.denominator
    digits = tuple(int(digit) for digit in str(abs(value.numerator)))
    return Decimal((int(value < 0), digits, -shift))
