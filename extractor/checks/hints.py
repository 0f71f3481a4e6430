"""The smallest single change that would make contradicting figures agree, where exactly one exists. Never applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from extractor.checks.arithmetic import Number, grouped, joined
from extractor.messages import Message
from extractor.quantity import base

#: Factors of slipped decimal points and units (元 for 万元, 万元 for 亿元).
_FACTORS = (1, 4, 2, 3)


def swapped(value: Decimal) -> Iterator[Decimal]:
    """The figure with two neighbouring digits exchanged."""
    sign, digits, exponent = value.as_tuple()
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1] and not (i == 0 and digits[1] == 0):
            yield Decimal((sign, (*digits[:i], digits[i + 1], digits[i], *digits[i + 2 :]), exponent))  # type: ignore[arg-type]


def one_digit(value: Decimal) -> Iterator[Decimal]:
    """The figure with one digit replaced by another."""
    sign, digits, exponent = value.as_tuple()
    for i, digit in enumerate(digits):
        for other in range(10):
            if other != digit and not (i == 0 and other == 0 and len(digits) > 1):
                yield Decimal((sign, (*digits[:i], other, *digits[i + 1 :]), exponent))  # type: ignore[arg-type]


def shifted(value: Decimal) -> Iterator[Decimal]:
    """The figure with its decimal point one to four places off."""
    for power in _FACTORS:
        yield value.scaleb(power)
        yield value.scaleb(-power)


#: Whether hints are looked for: see `without`.
_WANTED: ContextVar[bool] = ContextVar("_WANTED", default=True)


@contextmanager
def without() -> Iterator[None]:
    """No hints in here: whoever only asks whether figures still contradict each other need not wait for them."""
    before = _WANTED.set(False)
    try:
        yield
    finally:
        _WANTED.reset(before)


def single_change(
    figures: Sequence[Decimal], agrees: Callable[[Sequence[Decimal]], bool]
) -> tuple[int, Decimal] | None:
    """(position, new value) of the one changed figure that makes `agrees` true; None where none or several do."""
    if not _WANTED.get():
        return None
    found: set[tuple[int, Decimal]] = set()
    for i, figure in enumerate(figures):
        for change in (swapped, one_digit, shifted):
            for value in change(figure):
                if agrees([*figures[:i], value, *figures[i + 1 :]]):
                    found.add((i, value))
        if len(found) > 1:
            return None
    return found.pop() if found else None


def for_numbers(numbers: Sequence[Number], agrees: Callable[[Sequence[Number]], bool]) -> Message | None:
    """The hint for figures that ought to satisfy `agrees`."""

    def holds(values: Sequence[Decimal]) -> bool:
        return agrees([_changed(number, value) for number, value in zip(numbers, values, strict=True)])

    return _told(numbers, single_change([number.value for number in numbers], holds))


def _for_wanted(numbers: Sequence[Number], wanted: Sequence[Fraction]) -> Message | None:
    """The hint for figures each of which would have to be the one wanted for it, in base units, were it alone wrong."""
    found: set[tuple[int, Decimal]] = set()
    for i, (number, meant) in enumerate(zip(numbers, wanted, strict=True)):
        exact = meant / base(Decimal(1), number.unit)
        changes = (value for change in (swapped, one_digit, shifted) for value in change(number.value))
        found.update((i, value) for value in changes if Fraction(value) == exact)
        if len(found) > 1:
            return None
    return _told(numbers, found.pop() if found else None)


def _told(numbers: Sequence[Number], change: tuple[int, Decimal] | None) -> Message | None:
    if change is None:
        return None
    number, value = numbers[change[0]], change[1]
    factor = value / number.value if number.value else Decimal(0)
    new = _in_other_unit(number, factor) or _changed(number, value)
    if _is_power_of_ten(factor):
        return Message.of(
            "They would agree if {figure} were {value}: a slip of the decimal point or of the unit",
            figure=number.with_unit,
            value=new.with_unit,
        )
    return Message.of("They would agree if {figure} were {value}", figure=number.with_unit, value=new.with_unit)


def _changed(number: Number, value: Decimal) -> Number:
    if value == number.value:
        return number
    exponent = value.as_tuple().exponent
    return Number(value, max(0, -int(exponent)), number.unit, number.approx)


#: A unit of money and a slip of so many places → the unit that was meant.
_MEANT = {("元", 4): "万元", ("万元", -4): "元", ("万元", 4): "亿元", ("亿元", -4): "万元"}


def _in_other_unit(number: Number, factor: Decimal) -> Number | None:
    """The same digits in the unit that was meant (81 元 → 81 万元), where the slip is one of units."""
    unit = _MEANT.get((number.unit, factor.adjusted())) if _is_power_of_ten(factor) else None
    return replace(number, unit=unit) if unit else None


def _is_power_of_ten(factor: Decimal) -> bool:
    return factor > 0 and factor != 1 and factor.normalize().as_tuple().digits == (1,)


def for_sum(total: Number, parts: Sequence[Number], others: Iterable[Number] = ()) -> Message | None:
    """The one change that makes the parts add up to their total.

    That is a changed figure or, from `others` (the report's other amounts), one left out.
    """
    if not _WANTED.get() or any(number.approx for number in (total, *parts)):
        return None
    missing = total.base - sum(part.base for part in parts)
    left_out = {number.base: number for number in others if number.base == missing}
    wanted = [total.base - missing, *(part.base + missing for part in parts)]
    changed = _for_wanted([total, *parts], wanted)
    if left_out and changed is None:
        number = next(iter(left_out.values()))
        return Message.of(
            "The difference is {figure}, an amount that stands elsewhere in the report: a part may be missing",
            figure=joined(grouped(number.value, number.decimals), number.unit),
        )
    if missing < 0 and changed is None:
        twice = [part for part in parts if part.base == -missing]
        if len(twice) == 1:
            return Message.of(
                "The difference is the part of {figure} itself: it may be counted twice", figure=twice[0].with_unit
            )
    return changed if not left_out else None
