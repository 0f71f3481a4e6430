"""Sums and ratios of printed figures compared within their rounding, and figures written as reports write them.

All arithmetic is exact (`Fraction`, in base units of the figures' dimension); nothing is rounded but for the screen.
Rules: `interval` of `quantity` (half a unit of the last printed place to either side), counts exact, whole amounts
exact where their list prints decimals too, and approximate words as the sets of values that they are understood as.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol

from extractor import lexicon, quantity
from extractor.model import Quantity, Rate, Severity
from extractor.quantity import Interval

#: 'agrees'; 'last place' (a slip of rounding: truncated, rounded twice, or the parts' rounding added up); 'loose' (only
#: if whole amounts are rounded ones); 'apart' (no reading of the printed places makes them agree).
Grade = Literal["agrees", "last place", "loose", "apart"]

_LOWER: dict[Severity, Severity] = {"error": "warning", "warning": "note", "note": "note"}
#: Whole amounts in 亿元 are rounded ones; in 万元 and 元 they are usually exact.
_COARSE = Fraction(100_000_000)


class _Printed(Protocol):
    """What funds and amounts share."""

    @property
    def value(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def qualifier(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Number:
    """A printed figure in a comparison. `approx` is the kind of its approximate word ('around', 'below', 'above')."""

    value: Decimal
    decimals: int = 0
    unit: str = ""
    approx: str | None = None

    @classmethod
    def of(cls, figure: _Printed) -> Number:
        """A fund or an amount."""
        return cls(figure.value, figure.decimals, figure.unit, approximation(figure.qualifier))

    @classmethod
    def of_rate(cls, rate: Rate) -> Number:
        """A rate, in percent."""
        return cls(rate.value, rate.decimals, "%", approximation(rate.qualifier))

    @classmethod
    def of_quantity(cls, read: Quantity) -> Number | None:
        """A quantity of the running text; None where it was not read, is a range or only a bound (不低于)."""
        approx = approximation(read.qualifier)
        if read.value is None or read.high is not None or (read.operator not in (None, "=") and approx is None):
            return None
        return cls(read.value, read.decimals, read.unit, approx)

    @property
    def base(self) -> Fraction:
        """In base units of its dimension."""
        return quantity.base(self.value, self.unit)

    @property
    def step(self) -> Fraction:
        """One unit of the last printed place, in base units."""
        return abs(quantity.base(Decimal(1).scaleb(-self.decimals), self.unit))

    def __str__(self) -> str:
        return grouped(self.value, self.decimals)

    @property
    def with_unit(self) -> str:
        """`34,189.52 万元`, `79.6%`."""
        return joined(str(self), self.unit)

    def true_values(self, *, exact: bool = False) -> Interval:
        """What can stand behind the figure: its rounding, or what its approximate word says; one value if `exact`."""
        base = self.base
        if self.approx is not None:
            low, high = _IMPLIED[self.approx]
            return Interval(base * low, base * high)
        if exact:
            return Interval(base, base)
        return quantity.interval(self.value, self.decimals, self.unit)

    @property
    def is_counted(self) -> bool:
        """Whether it counts something."""
        return (quantity.dimension(self.unit) or "").startswith("count")

    @property
    def is_count(self) -> bool:
        """A count that is printed in full, and so exact; 1.2万户 is rounded."""
        return self.is_counted and not self.decimals and self.unit[:1] not in ("万", "亿")

    @property
    def is_whole(self) -> bool:
        """A whole amount that is not coarse: exact on the usual reading."""
        if self.is_counted:
            return self.is_count
        return self.decimals == 0 and quantity.base(Decimal(1), self.unit) < _COARSE


#: Approximate words as shares of the printed figure: about, nearly, and more than.
_IMPLIED = {
    "around": (Fraction(9, 10), Fraction(11, 10)),
    "below": (Fraction(9, 10), Fraction(1)),
    "above": (Fraction(1), Fraction(12, 10)),
}


def approximation(qualifier: str | None) -> str | None:
    """'around', 'below' or 'above' for a printed approximate word; None for an exact figure."""
    # 不超过 is a bound, although 超过 alone makes a figure approximate.
    if not qualifier or lexicon.matcher("check.approx.bound").search(qualifier):
        return None
    for kind in _IMPLIED:
        if lexicon.matcher(f"check.approx.{kind}").search(qualifier):
            return kind
    return None


def lowered(severity: Severity, *numbers: Number) -> Severity:
    """One step less where one of the figures is approximate."""
    return _LOWER[severity] if any(number.approx for number in numbers) else severity


def step_down(severity: Severity) -> Severity:
    """One step less."""
    return _LOWER[severity]


# --- written out ------------------------------------------------------------------------------------------------------


@lexicon.kept
def grouped(value: Decimal | Fraction, decimals: int) -> str:
    """`34,189.52`: thousands separators and the printed places; halves are rounded up, as people do."""
    if isinstance(value, Decimal) and value and -decimals <= int(value.as_tuple().exponent) <= 0:
        return f"{value:,.{decimals}f}"  # without rounding
    exact = Fraction(value)
    # In whole numbers, which know no limit of digits.
    steps = (2 * abs(exact.numerator) * 10**decimals + exact.denominator) // (2 * exact.denominator)
    whole, rest = divmod(steps, 10**decimals)
    sign = "-" if exact < 0 and steps else ""
    return f"{sign}{whole:,}" + (f".{rest:0{decimals}d}" if decimals else "")


def joined(figure: str, unit: str) -> str:
    """A figure and its unit."""
    return f"{figure}{unit}" if unit in ("%", "‰") else f"{figure} {unit}".rstrip()


def written(value: Fraction, unit: str, places: int) -> str:
    """A value in base units written in `unit`, exactly where that takes at most six more places, else rounded."""
    scaled = value / quantity.base(Decimal(1), unit)
    most = places + 6
    numerator = scaled.numerator * 10**most
    if numerator % scaled.denominator == 0:
        steps, needed = numerator // scaled.denominator, most
        while needed > places and steps % 10 == 0:
            steps, needed = steps // 10, needed - 1
        return grouped(Fraction(steps, 10**needed), needed)
    return _rounded(value, unit, places)


# --- comparisons ------------------------------------------------------------------------------------------------------


#: The texts of a comparison: its formula with the figures, what was expected, what is printed, the difference, and what
#: rounding allows.
Texts = tuple[str, str, str, str, str]


class Comparison:
    """A finished comparison: its grade, and the texts of a verdict's fields, which are written when they are asked for.

    Most comparisons only try whether another figure would agree, and are never read.
    """

    __slots__ = ("_texts", "_write", "grade")

    def __init__(self, grade: Grade, write: Callable[[], Texts]) -> None:
        self.grade: Grade = grade
        self._write = write
        self._texts: Texts | None = None

    @property
    def texts(self) -> Texts:
        """Formula, expected, actual, difference, tolerance."""
        if self._texts is None:
            self._texts = self._write()
        return self._texts

    @property
    def formula(self) -> str:
        """The comparison written out with its figures."""
        return self.texts[0]

    @property
    def expected(self) -> str:
        """What the other figures come to."""
        return self.texts[1]

    @property
    def actual(self) -> str:
        """The figure that is printed for it."""
        return self.texts[2]

    @property
    def difference(self) -> str:
        """How far the two are apart."""
        return self.texts[3]

    @property
    def tolerance(self) -> str:
        """What rounding allows."""
        return self.texts[4]

    def graded(self, grade: Grade) -> Comparison:
        """The same figures with another grade."""
        return Comparison(grade, lambda: self.texts)

    @property
    def figures(self) -> dict[str, str]:
        """The fields of a verdict."""
        return dict(zip(("formula", "expected", "actual", "difference", "tolerance"), self.texts, strict=True))


def _sum(intervals: Sequence[Interval]) -> Interval:
    return Interval(sum((i.low for i in intervals), Fraction(0)), sum((i.high for i in intervals), Fraction(0)))


def _exact_in(number: Number, others: Sequence[Number]) -> bool:
    """A whole amount beside decimals of its unit, or a count, or a list printed to one common place, is exact."""
    beside = [other for other in others if other.unit == number.unit]
    return (
        number.is_count
        or (number.decimals == 0 and any(other.decimals for other in beside))
        or (len(beside) == len(others) and all(other.decimals == number.decimals for other in beside))
    )


def compare_sum(
    total: Number, parts: Sequence[Number], *, less: Sequence[Number] = (), bound: bool = False
) -> Comparison:
    """The parts' sum, `less` taken off, against their total; with `bound` (a partial list) it only may not be more."""
    everything = [total, *parts, *less]
    strict = [number.true_values(exact=_exact_in(number, everything)) for number in everything]
    wide = [number.true_values(exact=number.is_count) for number in everything]
    grade: Grade = "apart"
    after = 1 + len(parts)
    if _fits(strict[0], _net(strict[1:after], strict[after:]), bound):
        grade = "agrees"
    elif _fits(wide[0], _net(wide[1:after], wide[after:]), bound):
        grade = "last place"

    def write() -> Texts:
        slack = (max(s.high - n.base, n.base - s.low) for n, s in zip(everything, strict, strict=True))
        return _sum_texts(grade, total, (parts, less), sum(slack, Fraction(0)), bound)

    return Comparison(grade, write)


def _sum_texts(
    grade: Grade, total: Number, sides: tuple[Sequence[Number], Sequence[Number]], slack: Fraction, bound: bool
) -> Texts:
    parts, less = sides
    whole = sum((part.base for part in parts), Fraction(0)) - sum((part.base for part in less), Fraction(0))
    unit = total.unit
    places = max(number.decimals for number in (total, *parts, *less) if number.unit == unit)
    result = written(whole, unit, places)
    same = all(part.unit == unit for part in (*parts, *less))
    terms = " + ".join(str(part) if same else part.with_unit for part in parts)
    terms += "".join(f" - {part if same else part.with_unit}" for part in less)
    if bound:
        sign = "≤" if whole <= total.base else ">"
    else:
        sign = "=" if whole == total.base else "≈" if grade == "agrees" else "≠"
    middle = f" = {result}" if len(parts) + len(less) > 1 or not same else ""
    tail = f" {sign} {total}" if sign != "=" or not middle else ""
    return (
        joined(f"{terms}{middle}{tail}", unit),
        joined(result, unit),
        total.with_unit,
        joined(written(abs(total.base - whole), unit, places), unit),
        joined(written(slack, unit, places), unit),
    )


def _net(plus: Sequence[Interval], minus: Sequence[Interval]) -> Interval:
    return _sum(plus) - _sum(minus)


def _fits(total: Interval, parts: Interval, bound: bool) -> bool:
    return parts.low <= total.high if bound else total.overlaps(parts)


def compare_product(total: Number, count: Number, price: Number, times: Sequence[Number] = ()) -> Comparison:
    """A total against a count × the price of one (元/户) × `times` (months): counts and whole prices are exact."""
    upper, _, lower = price.unit.partition("/")
    factors = [count, replace(price, unit=upper), *times]
    result = 1 / quantity.base(Decimal(1), lower)
    values = Interval.exactly(result)
    for factor in factors:
        values *= factor.true_values(exact=factor.is_whole)
        result *= factor.base
    grade: Grade = "apart"
    if values.overlaps(total.true_values(exact=total.is_count)):
        grade = "agrees"
    elif abs(result - total.base) <= total.step and total.decimals:
        grade = "last place"

    def write() -> Texts:
        sign = "=" if result == total.base else "≈" if grade == "agrees" else "≠"
        value = joined(written(result, total.unit, total.decimals), total.unit)
        tail = "" if value == total.with_unit else f" {sign} {total.with_unit}"
        return (
            f"{' × '.join(factor.with_unit for factor in (count, price, *times))} = {value}{tail}",
            value,
            total.with_unit,
            joined(written(abs(result - total.base), total.unit, total.decimals), total.unit),
            joined(written(total.step / 2, total.unit, total.decimals), total.unit),
        )

    return Comparison(grade, write)


def compare_equal(one: Number, other: Number) -> Comparison:
    """Two figures for the same thing."""
    same_place = one.unit == other.unit and one.decimals == other.decimals
    exact = [number.is_count or same_place for number in (one, other)]
    strict = [number.true_values(exact=e) for number, e in zip((one, other), exact, strict=True)]
    gap = abs(one.base - other.base)
    grade: Grade = "apart"
    if strict[0].overlaps(strict[1]):
        grade = "agrees"
    elif not one.is_count and gap <= max(one.step, other.step) and max(one.decimals, other.decimals):
        grade = "last place"

    def write() -> Texts:
        sign = "=" if gap == 0 else "≈" if grade == "agrees" else "≠"
        places = max((n.decimals for n in (one, other) if n.unit == one.unit), default=0)
        left, right = (str(one), other.with_unit) if one.unit == other.unit else (one.with_unit, other.with_unit)
        slack = sum((s.high - n.base for n, s in zip((one, other), strict, strict=True)), Fraction(0))
        return (
            f"{left} {sign} {right}",
            one.with_unit,
            other.with_unit,
            joined(written(gap, one.unit, places), one.unit),
            joined(written(slack, one.unit, places), one.unit),
        )

    return Comparison(grade, write)


def compare_rate(
    rate: Number, numerator: Sequence[Number], denominator: Sequence[Number], *, growth: bool = False
) -> Comparison:
    """A printed rate against the quotient of printed figures (less one with `growth`), each side the sum of its own.

    Raises ZeroDivisionError where the denominator is zero.
    """
    above, below = (sum((number.base for number in side), Fraction(0)) for side in (numerator, denominator))
    value = above / below - int(growth)
    printed = rate.true_values()
    grade: Grade = "apart"
    if _quotient(numerator, denominator, growth, whole=True).overlaps(printed):
        grade = "agrees"
    elif abs(value - rate.base) <= rate.step:
        grade = "last place"
    elif _quotient(numerator, denominator, growth, whole=False).overlaps(printed):
        grade = "loose"

    def write() -> Texts:
        places = max(rate.decimals, 2)
        result = joined(_rounded(value, rate.unit, places), rate.unit)
        sign = "=" if value == rate.base else "≈" if grade == "agrees" else "≠"
        tail = f" {sign} {rate.with_unit}" if result != rate.with_unit else ""
        return (
            f"{_division(numerator, denominator, growth)} = {result}{tail}",
            result,
            rate.with_unit,
            joined(_rounded(abs(value - rate.base), rate.unit, places), rate.unit),
            joined(written(rate.step / 2, rate.unit, rate.decimals), rate.unit),
        )

    return Comparison(grade, write)


def _division(numerator: Sequence[Number], denominator: Sequence[Number], growth: bool) -> str:
    """The quotient written out; units stand where they differ."""
    same = len({number.unit for number in (*numerator, *denominator)}) == 1

    def side(numbers: Sequence[Number], bracketed: bool) -> str:
        terms = " + ".join(str(n) if same else n.with_unit for n in numbers)
        return f"({terms})" if bracketed and len(numbers) > 1 else terms

    below = side(denominator, bracketed=True)
    above = f"({side(numerator, bracketed=False)} - {below})" if growth else side(numerator, bracketed=True)
    return f"{above} ÷ {below}"


def _rounded(value: Fraction, unit: str, places: int) -> str:
    scaled = value / quantity.base(Decimal(1), unit)
    return grouped(scaled, places)


def _quotient(above: Sequence[Number], below: Sequence[Number], growth: bool, *, whole: bool) -> Interval:
    """All true quotients of the two sums; `whole` takes whole amounts as exact."""
    sides = [_sum([n.true_values(exact=n.is_count or (whole and n.is_whole)) for n in side]) for side in (above, below)]
    if sides[1].low <= 0:
        base = sum((number.base for number in below), Fraction(0))
        sides[1] = Interval(base, base)
    ends = [a / b for a in (sides[0].low, sides[0].high) for b in (sides[1].low, sides[1].high)]
    return Interval(min(ends) - int(growth), max(ends) - int(growth))
