"""Values as forms print them, drawn by lot for the kinds that `contents` names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from contents import REASONS
from facts import NOTHING, Value

#: Kind of a value → signs it is printed with, and the operator that they mean.
SIGNS = {
    ">": (("≥",), "≥"),
    ">=": ((">=",), "≥"),
    "≧": (("≧",), "≥"),
    "<": (("≤",), "≤"),
    "<=": (("<=", "≤"), "≤"),
    "‹=": (("‹=",), "≤"),
    "=": (("=", "＝", "═"), "="),
}
#: Units whose numbers are printed with decimals now and then.
_MEASURED = ("万元", "公里", "万亩", "亿元", "吨", "亩")


@dataclass(frozen=True, slots=True)
class Figure:
    """A target in both of its prints: whole, and parted into sign, number and unit."""

    value: Value
    sign: str = ""
    number: str = ""
    unit: str = ""


def target_and_actual(rng: Random, spec: str, *, bare_actual: bool) -> tuple[Figure, Value]:
    """A target of the kind and a result beside it; `bare_actual`: forms with a column of units leave them out there."""
    kind, _, rest = spec.partition(" ")
    if kind == "none":
        return Figure(NOTHING), NOTHING
    if kind in ("words", "quality"):
        aim, _, result = rest.partition(" / ")
        sign, unit = ("定性", "") if kind == "quality" else ("", "")
        return Figure(Value(aim), sign, aim, unit), Value(result or aim)
    if kind == "date":
        aim, result = _dates(rng)
        return Figure(Value(aim), "", aim, ""), Value(result)
    unit, low, high = _range(kind, rest)
    aimed = _number(rng, unit, low, high)
    reached = _reached(rng, aimed, unit, low)
    figure = _figure(rng, kind, aimed, unit)
    return figure, _actual(rng, reached, unit, bare=bare_actual or kind == "bare")


def _range(kind: str, rest: str) -> tuple[str, int, int]:
    *unit, low, high = rest.split(" ")
    return (unit[0] if unit else "" if kind == "bare" else "%"), int(low), int(high)


def _number(rng: Random, unit: str, low: int, high: int) -> Decimal:
    whole = Decimal(rng.randint(low, high))
    if low == high or not (unit in _MEASURED or unit == "%") or rng.random() < 0.6:
        return whole
    return min(whole, Decimal(high - 1)) + Decimal(rng.randint(1, 99)).scaleb(-rng.choice((1, 2))) % 1


def _reached(rng: Random, aimed: Decimal, unit: str, low: int) -> Decimal:
    if aimed == 0 or low == 100 or rng.random() < 0.4:
        return aimed
    share = Decimal(rng.randint(80, 118)) / 100
    places = Decimal("0.01") if unit == "%" or unit in _MEASURED else Decimal(1)
    reached = max((aimed * share).quantize(places), places)
    return min(reached, Decimal(100)) if unit == "%" else reached


def printed(number: Decimal) -> str:
    """The number in ordinary digits."""
    return format(number, "f")


def _figure(rng: Random, kind: str, aimed: Decimal, unit: str) -> Figure:
    number = printed(aimed)
    if kind in SIGNS or kind in ("%", "equal%"):
        signs, operator = SIGNS[{"%": ">", "equal%": "="}.get(kind, kind)]
        sign = rng.choice(signs)
        gap = " " if sign in ("≧", "═") and rng.random() < 0.5 else ""
        return Figure(Value(f"{sign}{number}{gap}{unit}", operator, aimed, unit), sign, number, unit)
    if kind == "percent_words":
        return Figure(Value(f"≥{number}百分比", "≥", aimed, "百分比"), "≥", number, "百分比")
    if kind in ("above", "included"):
        tail = "以上" if kind == "above" else "（含）以上"
        return Figure(Value(f"{number}%{tail}", "≥", aimed, "%"), "≥", number, "%")
    if kind == "range":
        upper = printed(aimed + 5)
        words = f"{number}%-{upper}%"
        return Figure(Value(words), "", words, "")
    return Figure(Value(f"{number}{unit}", None, aimed, unit or None), "=", number, unit or "%")


def _actual(rng: Random, reached: Decimal, unit: str, *, bare: bool) -> Value:
    number = printed(reached)
    if bare:
        return Value(number, None, reached, None)
    if rng.random() < 0.06:
        return Value(f"≥{number}{unit}", "≥", reached, unit)
    return Value(f"{number}{unit}", None, reached, unit)


def _dates(rng: Random) -> tuple[str, str]:
    year, month, day = rng.choice((2021, 2022, 2023)), rng.randint(3, 12), rng.randint(1, 28)
    aim = rng.choice(
        (f"{year}年12月底前", f"{year}年底", f"{month}月底之前完成", f"{year}年{month}月", f"{year}年12月31日前")
    )
    result = rng.choice((f"{year}年{month}月{day}日", f"{year}年{month}月完成", f"{month}月前", "按期完成", aim))
    return aim, result


def weight(rng: Random) -> Decimal:
    """Points that a row can earn."""
    return Decimal(rng.choice((2, 3, 4, 5, 6, 8, 10, 15, 20)))


def score(rng: Random, most: Decimal) -> tuple[Decimal, bool]:
    """Points that a row earned, and whether they are all."""
    if rng.random() < 0.7:
        return most, True
    return (most * rng.randint(50, 99) / 100).quantize(Decimal("0.01")).normalize(), False


def points(rng: Random, number: Decimal, *, decimals: bool) -> str:
    """Points as printed: `10`, `9.5`, in some forms `10.00`."""
    return printed(number.quantize(Decimal("0.01"))) if decimals else printed(number)


def reason(rng: Random, *, needed: bool) -> str:
    """Why a row missed its points; now and then 无 or nothing."""
    if needed or rng.random() < 0.06:
        return rng.choice(REASONS)
    return "无" if rng.random() < 0.15 else ""
