"""What stands in the cells of a row: value with operator and unit, points, sums of money, rates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import regex

from extractor import lexicon, quantity
from extractor.find.tables import words as table_words
from extractor.model import Operator, Quantity
from extractor.text import Text

_PLAIN = regex.compile(r"-?\d{1,3}(?:,\s?\d{3})++(?:\.\d++)?|-?\d++(?:\.\d++)?")
_POINTS = regex.compile(r"(?P<number>-?\d{1,4}(?:\.\d{1,6})?)(?:分|%)?")
_UNIT_TAIL = regex.compile(r"[/*·.、每][^\d,，。;]{1,8}")
_UNIT_NOTE = regex.compile(r"\([^()]{0,12}\)$")


@dataclass(frozen=True, slots=True)
class Value:
    """A target or actual value: `raw` as printed without layout white space; the rest None where it is words."""

    raw: str
    operator: Operator | None = None
    value: Decimal | None = None
    unit: str | None = None


@lexicon.remembered
def _operators() -> dict[str, Operator]:
    """Printed sign or word → operator."""
    signs: dict[str, Operator] = {}
    for sign in ("≥", "≤", "=", ">", "<"):
        for word in lexicon.words(f"tables.operator.{sign}"):
            signs[word] = sign
    return signs


def operator_of(cell: str) -> Operator | None:
    """The operator that the whole cell is (`≥`, `>=`, `不低于`), None for 定性 and anything else."""
    return _operators().get(cell.replace(" ", ""))


def is_qualitative(cell: str) -> bool:
    """Whether the cell says that the indicator has no number (定性)."""
    return cell.replace(" ", "") in lexicon.words("tables.qualitative")


def read_value(cell: str) -> Value | None:
    """The value in a cell of its own; None where the cell is empty. Ranges and words keep only their `raw`."""
    if table_words.is_empty(cell):
        return None
    read = quantity.read(cell) or _compound(cell)
    if read is None:
        return _counted(cell)
    if read.value is None or read.high is not None:
        return Value(cell)
    return Value(cell, read.operator, read.value, read.unit or None)


def _counted(cell: str) -> Value:
    """A number with a measure word that is no known unit (≥35座次); other words as they are."""
    match = lexicon.pattern("tables.counted").regex.match(cell)
    if match is None:
        return Value(cell)
    operator = operator_of(match["operator"]) if match["operator"] else None
    return Value(cell, operator, read_number(match["number"]), match["unit"])


def _compound(cell: str) -> Quantity | None:
    """A quantity whose unit goes on in a way that running text does not know: 530元/人*月."""
    found = quantity.scan(cell)
    if len(found) != 1 or found[0].start != 0 or not found[0].unit:
        return None
    rest = cell[found[0].end :]
    if not _UNIT_TAIL.fullmatch(rest):
        return None
    return replace(found[0], unit=found[0].unit + rest)


def join_value(operator: Text | None, value: Text | None, unit: Text | None) -> Value | None:
    """The value of three cells: sign, number and unit. The unit's explanation in brackets is no part of it."""
    sign, number, word = (part.string if part is not None else "" for part in (operator, value, unit))
    if table_words.is_empty(number):
        return None
    own = read_value(number)
    if own is None or own.value is None:
        return own
    signed = "" if table_words.is_empty(sign) or is_qualitative(sign) else sign
    counted = "" if table_words.is_empty(word) or is_qualitative(word) else word
    name = counted if lexicon.unit(counted) else _UNIT_NOTE.sub("", counted) or counted
    return Value(
        f"{signed}{number}{counted}", operator_of(signed) or own.operator, own.value, own.unit or name.strip() or None
    )


def read_points(cell: str) -> Decimal | None:
    """Weight or score in a cell: `10`, `9.5分`, `25.00`; None where there is no such number."""
    match = _POINTS.fullmatch(cell)
    return Decimal(match["number"]) if match else None


def read_number(cell: str) -> Decimal | None:
    """A bare number as tables print it, with or without comma groups."""
    match = _PLAIN.fullmatch(cell)
    if match is None:
        return None
    try:
        return Decimal(match[0].replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in a cell of the fund block; `unit` is the one in force (printed in the cell or over it)."""

    raw: str
    value: Decimal
    unit: str
    decimals: int
    yuan: Decimal | None
    qualifier: str | None = None


def read_money(cell: str, unit: str | None) -> Money | None:
    """The sum in a cell, `unit` being the one printed over the block; None where the cell holds no number."""
    number = read_number(cell)
    if number is not None:
        decimals = max(0, -_exponent(number))
        return Money(cell, number, unit or "", decimals, _yuan(number, unit))
    read = quantity.read(cell)
    if read is None or read.value is None or read.high is not None:
        return None
    named = _full(read.unit) or unit or ""
    yuan = quantity.money(read)
    if yuan is None:
        yuan = _yuan(read.value, named)
    return Money(cell, read.value, named, read.decimals, yuan, read.qualifier)


def _full(unit: str) -> str:
    """万 and 亿 without 元 are sums of money in a fund block."""
    return f"{unit}元" if unit in ("万", "亿", "千", "萬", "億") else unit


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _yuan(value: Decimal, unit: str | None) -> Decimal | None:
    if not unit or quantity.dimension(unit) != "money":
        return None
    exact = quantity.base(value, unit)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def read_rate(cell: str) -> tuple[Decimal, int] | None:
    """A rate in percent and its printed decimal places: `95.5%`, or a bare number under a head that says %."""
    bare = cell.removesuffix("%").strip()
    number = read_number(bare)
    if number is None:
        return None
    return number, max(0, -_exponent(number))
