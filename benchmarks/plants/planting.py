"""The register of plants, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from plants.reports import Made

#: Adds what is consistent to the report that it is given, and returns that report with the error.
Plant = Callable[[Random, Made], Made]


@dataclass(frozen=True)
class Way:
    """One plant of a check, and the kinds of reports that it fits."""

    check: str
    kinds: tuple[str, ...]
    plant: Plant


WAYS: list[Way] = []
TEXT = ("prose", "both")
FORMS = ("form", "both")
ALL = ("prose", "form", "both")


def plants(check: str, kinds: tuple[str, ...] = TEXT) -> Callable[[Plant], Plant]:
    """Register a plant of this check."""

    def register(plant: Plant) -> Plant:
        WAYS.append(Way(check, kinds, plant))
        return plant

    return register


def said(report: Made, section: str, good: str, bad: str, at: int | None = None) -> Made:
    """The report says the good words, the copy that is returned the bad ones."""
    other = report.copy()
    for one, words in ((report, good), (other, bad)):
        if words:
            lines = one.text[section]
            lines.insert(len(lines) if at is None else at, words)
    return other


def replaced(report: Made, section: str, old: str, new: str) -> Made:
    """A copy in which the words of a section are exchanged."""
    other = report.copy()
    assert any(old in line for line in other.text[section]), (section, old)
    other.text[section] = [line.replace(old, new, 1) for line in other.text[section]]
    return other


def number(rng: Random, low: int, high: int, places: int) -> Decimal:
    """A number with so many printed places, the last of them not zero."""
    step = Decimal(1).scaleb(-places)
    return Decimal(rng.randint(low, high)) + (step * rng.randint(1, 9) if places else 0)


def odd(rng: Random, value: Decimal) -> Decimal:
    """Another number with as many places, some percent away."""
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    away = max(step * 3, (abs(value) * Decimal(rng.randint(3, 9)) / 100).quantize(step))
    return value + (away if rng.random() < 0.5 or value <= 2 * away else -away)
