"""What the number columns can hold. A figure beyond it is a gap, never rounded; `exact` keeps its digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal

from extractor.messages import Message
from extractor.model import Amount, Evaluation, Fund, Gap, Indicator, Rate, Report, Weight

#: (digits, places) of DECIMAL(digits, places): yuan in fen, every other number.
_YUAN = (18, 2)
_NUMBER = (38, 10)

_Numbered = Evaluation | Amount | Rate | Fund | Indicator | Weight
#: Where the printed text of a number stands, if not in `raw`.
_RAW = {"target_value": "target_raw", "actual_value": "actual_raw"}


def fitting(value: Decimal, column: str) -> Decimal | None:
    """`value` where the column holds it exactly, else None."""
    digits, places = _YUAN if column == "yuan" else _NUMBER
    _, figures, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return None  # no finite number
    if not any(figures):
        return Decimal(0)
    kept = len(figures)
    while figures[kept - 1] == 0:
        kept -= 1
    lowest = exponent + len(figures) - kept
    return value if -lowest <= places and len(figures) + exponent <= digits - places else None


def unfitting(report: Report) -> Iterator[Gap]:
    """A gap for each number that its column does not hold, in the order of the tables."""
    facts: tuple[_Numbered, ...] = (
        *report.evaluations,
        *report.amounts,
        *report.rates,
        *report.funds,
        *report.indicators,
        *report.weights,
    )
    for fact in facts:
        for field in fields(fact):
            value = getattr(fact, field.name)
            if isinstance(value, Decimal) and fitting(value, field.name) is None:
                yield _gap(fact, field.name, value)


def _gap(fact: _Numbered, field: str, value: Decimal) -> Gap:
    raw = getattr(fact, _RAW.get(field, "raw"), None)
    message = Message.of("The database cannot hold {value} exactly: its column stays empty.", value=value)
    return Gap("unread_number", message, fact.place.page if fact.place else None, raw or str(value))
