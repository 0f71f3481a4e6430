"""A report as it would be if one printed figure were another: to ask which findings would go with it.

Only `causes` asks. No report is ever changed: what comes out is another one, and is thrown away.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from extractor import lexicon, quantity
from extractor.model import Amount, Evaluation, Fund, Indicator, Passage, Place, Rate, Report, Weight
from extractor.text import Text

_T = TypeVar("_T")
#: A number with its grouping commas, as folded text prints it (a full-width comma is not folded).
_NUMBER = re.compile(r"\d+(?:[,，] ?\d{3})*(?:\.\d+)?")
#: A figure of a verdict: `≥ 95%`, `4,785.00 万元`.
_WRITTEN = re.compile(r"(?P<bound>[≥≤<>]?) ?(?P<number>-?\d[\d,]*(?:\.\d+)?) ?(?P<unit>[^\d\s]*)")
#: Of a value that takes more places than these it is not worth asking what would follow.
_PLACES = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, empty where none is printed. `bound`: it is the end of what is allowed (`≥ 95%`)."""

    value: Decimal
    unit: str = ""
    bound: bool = False

    def equals(self, other: Figure) -> bool:
        """Whether the two say the same; a bare number (of a table) says it in the other's unit."""
        if self.unit == other.unit or not self.unit or not other.unit:
            return self.value == other.value
        alike = quantity.dimension(self.unit) == quantity.dimension(other.unit) is not None
        return alike and quantity.base(self.value, self.unit) == quantity.base(other.value, other.unit)

    def in_unit(self, unit: str) -> Decimal | None:
        """The number that it is in another unit of its dimension, None where there is no such number."""
        if self.unit == unit or not self.unit or not unit:
            return self.value
        if quantity.dimension(self.unit) is None or quantity.dimension(self.unit) != quantity.dimension(unit):
            return None
        return _decimal(quantity.base(self.value, self.unit) / quantity.base(Decimal(1), unit))


def _decimal(value: Fraction) -> Decimal | None:
    steps = value * 10**_PLACES
    return Decimal(steps.numerator).scaleb(-_PLACES).normalize() if steps.denominator == 1 else None


def written(words: str | None) -> Figure | None:
    """The figure that a field of a verdict holds, None where it is no single one."""
    match = _WRITTEN.fullmatch(words or "")
    if match is None:
        return None
    return Figure(Decimal(match["number"].replace(",", "")), match["unit"], bool(match["bound"]))


class Source:
    """The printed text of a report, for the figures that stand at places."""

    def __init__(self, report: Report) -> None:
        self._text = "\f".join(text for _, text in report.pages)

    def words(self, start: int, end: int) -> str:
        """The words at a place, folded and without layout white space."""
        return Text.of(self._text[start:end]).fold(lexicon.folding()).tight().string

    def figure(self, start: int, end: int) -> Figure | None:
        """The one figure at a place, None where there is none or several."""
        words = self.words(start, end)
        numbers = list(_NUMBER.finditer(words))
        if len(numbers) != 1:
            return None
        return Figure(_number(numbers[0][0]), _unit_behind(words[numbers[0].end() :]))


def _number(printed: str) -> Decimal:
    return Decimal(re.sub("[,， ]", "", printed))


def _unit_behind(words: str) -> str:
    """The unit at the beginning of what stands behind a number: the longest that is known."""
    return next((words[:end] for end in range(len(words), 0, -1) if quantity.dimension(words[:end])), "")


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Correction:
    """Another figure at one place, or at all places that print it: `value` in the unit that is printed there."""

    spans: tuple[Span, ...]
    value: Decimal

    @property
    def decimals(self) -> int:
        """The places that the value is written with."""
        return max(0, -int(self.value.as_tuple().exponent))

    def at(self, place: Place | None) -> bool:
        """Whether it is the figure at this place."""
        return place is not None and (place.start, place.end) in self.spans


def corrected(report: Report, change: Correction) -> Report:
    """The report with the other figure in every fact and passage that holds the place."""
    return replace(
        report,
        evaluations=_mapped(report.evaluations, change, _evaluation),
        amounts=_mapped(report.amounts, change, _amount),
        rates=_mapped(report.rates, change, _rate),
        funds=_mapped(report.funds, change, _fund),
        indicators=_mapped(report.indicators, change, _indicator),
        weights=_mapped(report.weights, change, _weight),
        passages=_mapped(report.passages, change, _passage),
    )


def _mapped(facts: tuple[_T, ...], change: Correction, one: Callable[[_T, Correction], _T]) -> tuple[_T, ...]:
    return tuple(one(fact, change) for fact in facts)


def _reprinted(words: str, change: Correction) -> str:
    """Printed words with the other number in the place of theirs."""
    return _NUMBER.sub(f"{change.value:f}", words, count=1)


def _yuan(change: Correction, unit: str, before: Decimal | None) -> Decimal | None:
    return None if before is None else _decimal(quantity.base(change.value, unit))


def _amount(fact: Amount, change: Correction) -> Amount:
    if not change.at(fact.place):
        return fact
    return replace(
        fact,
        value=change.value,
        decimals=change.decimals,
        raw=_reprinted(fact.raw, change),
        yuan=_yuan(change, fact.unit, fact.yuan),
    )


def _fund(fact: Fund, change: Correction) -> Fund:
    if not change.at(fact.place):
        return fact
    return replace(
        fact,
        value=change.value,
        decimals=change.decimals,
        raw=_reprinted(fact.raw, change),
        yuan=_yuan(change, fact.unit, fact.yuan),
    )


def _rate(fact: Rate, change: Correction) -> Rate:
    if not change.at(fact.place):
        return fact
    return replace(fact, value=change.value, decimals=change.decimals, raw=_reprinted(fact.raw, change))


def _weight(fact: Weight, change: Correction) -> Weight:
    """A row that prints one figure alone; which of two it is could only be guessed."""
    if not change.at(fact.place) or (fact.max_score is None) == (fact.score is None):
        return fact
    return replace(fact, max_score=change.value) if fact.score is None else replace(fact, score=change.value)


def _evaluation(fact: Evaluation, change: Correction) -> Evaluation:
    if fact.total_score is None or not change.at(fact.places.get("total_score")):
        return fact
    return replace(fact, total_score=change.value)


#: Field of an indicator's places → the fields that hold its figure and its printed words.
_FIELDS = {
    "target": ("target_value", "target_raw"),
    "actual": ("actual_value", "actual_raw"),
    "max_score": ("max_score", None),
    "score": ("score", None),
}


def _indicator(fact: Indicator, change: Correction) -> Indicator:
    return replace(fact, **dict(_changes(fact, change))) if any(map(change.at, fact.places.values())) else fact


def _changes(fact: Indicator, change: Correction) -> Iterator[tuple[str, Any]]:
    for name, (value, raw) in _FIELDS.items():
        if change.at(fact.places.get(name)) and getattr(fact, value) is not None:
            yield value, change.value
            if raw is not None and getattr(fact, raw) is not None:
                yield raw, _reprinted(getattr(fact, raw), change)


def _passage(fact: Passage, change: Correction) -> Passage:
    text = fact.text
    # From behind, so that the places before a change stay where they are.
    for start, end in sorted(change.spans, reverse=True):
        origin = text.origin
        if origin and origin[0] <= start < end <= origin[-1] + 1:
            match = _NUMBER.search(text.string, bisect_left(origin, start), bisect_left(origin, end))
            if match is not None:
                text = _exchanged(text, match.start(), match.end(), f"{change.value:f}")
    return fact if text is fact.text else replace(fact, text=text)


def _exchanged(text: Text, start: int, end: int, words: str) -> Text:
    """Other words in the place of some; they stand where those stood, so that what holds them keeps its place."""
    last = end - start - 1
    places = [text.origin[start + min(i, last)] for i in range(len(words))]
    places[-1] = text.origin[end - 1]
    string = f"{text.string[:start]}{words}{text.string[end:]}"
    return Text(string, [*text.origin[:start], *places, *text.origin[end:]])
