"""Target and actual of an indicator as figures that can be compared, and how far the one meets the other.

No check of its own. An indicator without a printed sign is read as "at least", one whose name says that less is better
as "at most".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Number, approximation, grouped, joined, step_down, written
from extractor.checks.base import evidence
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Operator, Severity

#: 'rounding': missed as printed, met by a value that the printed places allow. 'open': the figures leave it open.
Result = Literal["met", "rounding", "missed", "open"]

#: Counts that are of their own kind: 人次 is not a number of people.
APART = frozenset(
    f"count.{kind}" for kind in ("person_time", "person_day", "person_month", "class_hour", "vehicle_trip")
)
#: A number beside a unit is read as a share and not as a percentage up to here: 0.98 beside 98%.
_SHARE = Decimal(1)

_OPPOSITE = {"≥": "<", ">": "≤", "≤": ">", "<": "≥"}
_UP, _DOWN = ("≥", ">"), ("≤", "<")


@dataclass(frozen=True, slots=True)
class Sides:
    """Both figures in units that can be compared. `operator` is printed, or what the name suggests if `inferred`.

    `bound` is the sign that the actual figure itself carries (实际≥90%). `loose` says that something was supposed to
    compare them: a unit that is not printed, a word for counts of something else.
    """

    indicator: Indicator
    target: Number
    actual: Number
    operator: Operator
    inferred: bool = False
    bound: Operator | None = None
    loose: bool = False

    @property
    def inverse(self) -> bool:
        """Whether less is better."""
        return self.operator in _DOWN

    @property
    def completion(self) -> Fraction | None:
        """Actual by target, or target by actual where less is better; None where the divisor is zero."""
        above, below = (self.target, self.actual) if self.inverse else (self.actual, self.target)
        return above.base / below.base if below.base else None

    def result(self) -> Result:
        """How far the actual figure meets the target."""
        if self.bound is not None:
            return self._bounded(self.bound)
        if self._holds(self.actual.base, self.target.base):
            return "met"
        if self.actual.approx or self.target.approx:
            ours, theirs = self.actual.true_values(), self.target.true_values()
            possible = any(
                self._holds(one, other) for one in (ours.low, ours.high) for other in (theirs.low, theirs.high)
            )
            return "open" if possible else "missed"
        return "rounding" if self._within_rounding() else "missed"

    def _holds(self, actual: Fraction, target: Fraction) -> bool:
        if self.operator == "=":
            if target == 0:
                return actual == 0
            return actual <= target if is_inverse(self.indicator) else actual >= target
        match self.operator:
            case "≤":
                return actual <= target
            case "<":
                return actual < target
            case ">":
                return actual > target
            case _:
                return actual >= target

    def _within_rounding(self) -> bool:
        """Half a unit of the last place of the figure that is printed more coarsely; counts are exact."""
        if self.actual.is_count and self.target.is_count:
            return False
        gap = abs(self.actual.base - self.target.base)
        return gap <= max(self.actual.step, self.target.step) / 2

    def _bounded(self, bound: Operator) -> Result:
        """An actual that is a bound settles the question on one side only."""
        here, there = self.actual.base, self.target.base
        if bound == "=":
            return replace(self, bound=None).result()
        if (bound in _UP) != (self.operator not in _DOWN):
            beyond = here > there if bound in _UP else here < there
            return "missed" if beyond else "open"
        return "met" if self._holds(here, there) else "open"

    @property
    def formula(self) -> str:
        """`86 ≥ 70 个`, `93% < 95%`: the relation that is true of the figures."""
        actual, target = self.actual.base, self.target.base
        if self.operator == "=":
            sign = "=" if actual == target else ">" if actual > target else "<"
        else:
            sign = self.operator if self._holds(actual, target) else _OPPOSITE[self.operator]
        same = self.actual.unit == self.target.unit and self.target.unit not in ("%", "‰")
        left = str(self.actual) if same else self.actual.with_unit
        return f"{left} {sign} {self.target.with_unit}"

    @property
    def figures(self) -> dict[str, str]:
        """Formula, expected, actual, difference and tolerance for a verdict."""
        unit, places = self.actual.unit, max(self.actual.decimals, self.target.decimals)
        gap = abs(self.actual.base - self.target.base)
        return {
            "formula": self.formula,
            "expected": f"{self.operator} {self.target.with_unit}",
            "actual": self.actual.with_unit,
            "difference": joined(
                written(gap, unit, places if self.target.unit == unit else self.actual.decimals), unit
            ),
            "tolerance": joined(grouped(Decimal(0), 0), unit),
        }

    def severity(self, worst: Severity) -> Severity:
        """One step less where a figure is approximate or something was supposed to compare the two."""
        unsure = self.loose or self.actual.approx or self.target.approx or (self.inferred and not self._surely())
        return step_down(worst) if unsure else worst

    def _surely(self) -> bool:
        """Whether a target without a sign can only be a lower bound: a count, or a rate that ought to be high."""
        bounded = lexicon.matcher("check.bounded").search(self.indicator.name)
        return not self.inverse and self.target.base != 0 and (self.actual.is_counted or bounded is not None)

    @property
    def evidence(self) -> tuple[Evidence, Evidence]:
        """Both figures as printed."""
        return figure_evidence(self.indicator)


def figure_evidence(indicator: Indicator) -> tuple[Evidence, Evidence]:
    """The printed target and actual; the name where one is not printed."""
    return (
        evidence(indicator, indicator.target_raw or indicator.name, "target"),
        evidence(indicator, indicator.actual_raw or indicator.name, "actual"),
    )


def is_inverse(indicator: Indicator) -> bool:
    """Whether the name says that less is better (成本, 时限, 投诉), also in the level where that is 成本."""
    if lexicon.matcher("check.inverse.not").search(indicator.name):
        return False
    if lexicon.matcher("check.inverse").search(indicator.name):
        return True
    unit = indicator.target_unit or indicator.actual_unit or ""
    kind = (quantity.dimension(unit) or "").partition(".")[0]
    return ("成本" in (indicator.level2 or indicator.level1 or "") and kind in ("money", "price")) or kind == "time"


def number(value: Decimal | None, unit: str | None, raw: str | None) -> Number | None:
    """A printed value as a figure; None where there is none, or where it is a range."""
    if value is None:
        return None
    read = quantity.read(raw or "")
    if read is not None and read.high is not None:
        return None
    exponent = value.as_tuple().exponent
    approx = approximation(read.qualifier) if read is not None and read.operator is None else None
    return Number(value, max(0, -exponent) if isinstance(exponent, int) else 0, unit or "", approx)


def compared(indicator: Indicator) -> Sides | Message:
    """Both sides of the indicator, or why they cannot be compared."""
    target = number(indicator.target_value, indicator.target_unit, indicator.target_raw)
    actual = number(indicator.actual_value, indicator.actual_unit, indicator.actual_raw)
    if target is None or actual is None:
        return _why_not(indicator, "target" if target is None else "actual")
    fitted = fit_units(target, actual)
    if fitted is None:
        return Message.of(
            "Target and actual of “{name}” are in units that cannot be compared: {one} and {other}",
            name=indicator.name,
            one=target.unit,
            other=actual.unit,
        )
    target, actual, loose = fitted
    operator = indicator.operator or ("≤" if is_inverse(indicator) else "≥")
    read = quantity.read(indicator.actual_raw or "")
    bound = read.operator if read is not None and read.operator != "=" else None
    return Sides(indicator, target, actual, operator, indicator.operator is None, bound, loose)


def _why_not(indicator: Indicator, part: Literal["target", "actual"]) -> Message:
    raw = indicator.target_raw if part == "target" else indicator.actual_raw
    read = quantity.read(raw) if raw else None
    if not raw:
        if part == "target":
            return Message.of("“{name}” has no printed target", name=indicator.name)
        return Message.of("“{name}” has no printed actual value", name=indicator.name)
    if read is not None and read.high is not None:
        return Message.of("“{name}” gives a range: {raw}", name=indicator.name, raw=raw)
    if any(character.isdigit() for character in raw):
        return Message.of("“{name}” gives a date or a figure in words: {raw}", name=indicator.name, raw=raw)
    return Message.of("“{name}” is put in words and not in figures: {raw}", name=indicator.name, raw=raw)


def fit_units(one: Number, other: Number) -> tuple[Number, Number, bool] | None:
    """Both figures in units that can be compared, and whether that took a supposition; None where it cannot be.

    A missing unit is that of the other figure (0.98 beside 98% stays a share); 元/人 beside 元 lost its 每人.
    """
    if one.unit == other.unit:
        return one, other, False
    if not one.unit or not other.unit:
        bare, full = (one, other) if not one.unit else (other, one)
        share = quantity.dimension(full.unit) == "ratio" and abs(bare.value) <= _SHARE < abs(full.value)
        filled = bare if share else replace(bare, unit=full.unit)
        scaled = full.unit not in ("%", "") and quantity.base(Decimal(1), full.unit) != 1
        loose = share or scaled
        return (filled, full, loose) if bare is one else (full, filled, loose)
    kinds = quantity.dimension(one.unit), quantity.dimension(other.unit)
    if None in kinds:
        return (one, other, True) if quantity.same_unit(one.unit, other.unit) else None
    if kinds[0] == kinds[1]:
        return one, other, not quantity.same_unit(one.unit, other.unit)
    if all(kind is not None and kind.startswith("count.") and kind not in APART for kind in kinds):
        return one, other, True
    uppers = one.unit.partition("/")[0], other.unit.partition("/")[0]
    if uppers != (one.unit, other.unit) and quantity.dimension(uppers[0]) == quantity.dimension(uppers[1]) is not None:
        return replace(one, unit=uppers[0]), replace(other, unit=uppers[1]), True
    return None
