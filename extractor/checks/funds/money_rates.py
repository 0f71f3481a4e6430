"""A rate of money, and the figures that it may have been made of: shared by `arrival-rate` and `execution-rate`.

No check of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from extractor import lexicon
from extractor.checks import hints
from extractor.checks.arithmetic import Comparison, Number, compare_rate, lowered, step_down
from extractor.checks.base import Check, evidence
from extractor.checks.naming import pairs, plain
from extractor.checks.wording import Passages
from extractor.messages import Message
from extractor.model import Fund, Rate, Report, Verdict

#: With so many pairs of amounts that a rate may be of, and none of them near it, it is clear that something is wrong.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which the rate may have been made: the sum of `above` divided by the sum of `below`."""

    above: tuple[Fund, ...]
    below: tuple[Fund, ...]
    #: Whether all of its figures stand in the rate's own row or sentence.
    near: bool

    def compare(self, rate: Number) -> Comparison:
        """The rate against this reading."""
        return compare_rate(rate, [Number.of(f) for f in self.above], [Number.of(f) for f in self.below])

    @property
    def is_likely(self) -> bool:
        """Whether the quotient is of a size that a rate of money has: at most three times its base."""
        above, below = (sum(Number.of(fund).base for fund in side) for side in (self.above, self.below))
        return above <= 3 * below

    def rank(self, rate: Number) -> tuple[bool, int, Fraction]:
        """Where it is shown: figures beside the rate as they stand, others by their number and nearness to the rate."""
        if self.near:
            return False, 0, Fraction(0)
        above, below = (sum(Number.of(fund).base for fund in side) for side in (self.above, self.below))
        return True, len(self.above) + len(self.below), abs(Fraction(above) / below - rate.base)


def role(fund: Fund) -> str:
    """The fund's column in a table, or its role in prose."""
    return fund.column or fund.role


class Figures:
    """The report's funds, by where they stand relative to a rate."""

    def __init__(self, report: Report) -> None:
        self._all = {fund.seq: fund for fund in report.funds}
        self._funds = [fund for fund in report.funds if fund.yuan is not None]
        self._rates = report.rates
        self._passages = Passages.of(report)

    def readings(self, rate: Rate, above: Sequence[str], below: Sequence[str]) -> list[Reading]:
        """The readings of a rate with one of the roles `above` over one of the roles `below`, likeliest first."""
        row = self._all.get(rate.fund_seq) if rate.fund_seq is not None else None
        if row is not None and row.column is not None:
            same = [fund for fund in self._funds if fund.column and self._row(fund) == self._row(row)]
            return list(_pairs(_of(same, above), _of(same, below), near=True))
        return self._in_prose(rate, above, below)

    def _row(self, fund: Fund) -> tuple[int | None, str, str | None]:
        parent = self._all.get(fund.parent_seq) if fund.parent_seq is not None else None
        return fund.evaluation, fund.label, parent.label if parent else None

    def _in_prose(self, rate: Rate, above: Sequence[str], below: Sequence[str]) -> list[Reading]:
        funds = [fund for fund in self._funds if self._comparable(fund, rate)]
        sentence = [fund for fund in funds if self._beside(fund, rate, "。;")]
        passage = [fund for fund in funds if self._beside(fund, rate, "\0")]
        # Of totals that stand elsewhere the largest is the likeliest.
        totals = sorted((f for f in funds if f.parent_seq is None), key=lambda fund: -(fund.yuan or 0))
        numerators = _of(sentence, above)
        numerators.sort(key=lambda fund: abs(fund.place.start - rate.place.start))
        for scope in (passage, totals):
            numerators = numerators or [f for f in _of(scope, above) if not self._claimed(f, rate)]
        namesakes = [fund for fund in funds if fund.parent_seq is not None and _shares_name(fund, numerators)]
        made: list[Reading] = []
        for scope in (sentence, passage, totals, namesakes):
            near = scope is sentence and bool(_of(sentence, above))
            made += _pairs(numerators, _of(scope, below), near)
        return _distinct(made)

    def _claimed(self, fund: Fund, rate: Rate) -> bool:
        """Whether the fund stands in the sentence of another rate of its evaluation, and not in this one's."""
        others = (other for other in self._rates if other is not rate and other.evaluation == rate.evaluation)
        return any(self._beside(fund, other, "。;") for other in others)

    def _comparable(self, fund: Fund, rate: Rate) -> bool:
        """Money of the same evaluation and, where the rate names a level or a source, of that one."""
        if fund.evaluation != rate.evaluation:
            return False
        level = lexicon.matcher("check.level").search(rate.name)
        return level is None or level[0].removesuffix("级") in fund.label

    def _beside(self, fund: Fund, rate: Rate, stops: str) -> bool:
        """Whether the two stand in one passage with none of `stops` between them."""
        passage = self._passages.at(rate.place)
        if passage is None or self._passages.at(fund.place) is not passage:
            return False
        ends = sorted(self._passages.position(passage, place) for place in (fund.place, rate.place))
        return not any(stop in passage.text.string[ends[0] : ends[1]] for stop in stops)


def _of(funds: Iterable[Fund], roles: Sequence[str]) -> list[Fund]:
    """The funds of these roles, in the order of the roles."""
    funds = list(funds)
    return [fund for name in roles for fund in funds if role(fund) == name]


def _pairs(above: Sequence[Fund], below: Sequence[Fund], near: bool) -> Iterator[Reading]:
    """Each numerator over each base, then the bases with carried-over money, then the sums of several figures."""
    bases = [fund for fund in below if role(fund) != "carryover"]
    carried = tuple(fund for fund in below if role(fund) == "carryover")
    paired = [(one, base) for one, base in product(above, bases) if role(one) != role(base)]
    for one, base in paired:
        yield Reading((one,), (base,), near)
    if carried:
        for one, base in paired:
            yield Reading((one,), (base, *carried), near)
    yield from (reading for reading in _sums(above, bases, near) if len(reading.above) + len(reading.below) > 2)


def _sums(above: Sequence[Fund], bases: Sequence[Fund], near: bool) -> Iterator[Reading]:
    """All totals of one role together, above, below or on both sides."""
    tops, bottoms = _totals_by_role(above), _totals_by_role(bases)
    over: list[tuple[Fund, ...]] = [*tops, *((fund,) for fund in above)]
    under: list[tuple[Fund, ...]] = [*bottoms, *((fund,) for fund in bases)]
    for numerator, denominator in product(over, under):
        if role(numerator[0]) != role(denominator[0]):
            yield Reading(numerator, denominator, near)


def _totals_by_role(funds: Iterable[Fund]) -> list[tuple[Fund, ...]]:
    """The totals of each role; a total that is repeated, by the text or by a table, is not added to itself."""
    found: dict[tuple[str, bool], dict[tuple[str, Decimal | None], Fund]] = {}
    for fund in funds:
        if fund.parent_seq is None:
            found.setdefault((role(fund), fund.column is None), {})[fund.label, fund.yuan] = fund
    return [tuple(totals.values()) for totals in found.values()]


def _shares_name(part: Fund, funds: Iterable[Fund]) -> bool:
    """Whether the part and one of the funds have most of the shorter name in common."""
    own = pairs(plain(part.label))
    others = [pairs(plain(fund.label)) for fund in funds]
    return any(2 * (own & other).total() >= min(own.total(), other.total()) for other in others)


def _distinct(readings: Iterable[Reading]) -> list[Reading]:
    """Without readings of equal figures."""
    seen: dict[tuple[object, ...], Reading] = {}
    for reading in readings:
        key = (tuple(f.yuan for f in reading.above), tuple(f.yuan for f in reading.below))
        seen.setdefault(key, reading)
    return list(seen.values())


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of a rate's numerator and base, likeliest first. `own`: it is of all the money, wherever that stands.

    A 兑付率 without amounts beside it may be of what was approved, and not of the budget.
    """

    above: tuple[str, ...]
    below: tuple[str, ...]
    own: bool = True


def judge(check: Check, rate: Rate, figures: Figures, roles: Roles) -> Verdict:
    """The verdict on one rate: it holds if any reading gives it; else each reading is shown with its value."""
    found = figures.readings(rate, roles.above, roles.below)
    usable = [reading for reading in found if sum(Number.of(f).base for f in reading.below) > 0]
    cited = (evidence(rate),)
    if not usable:
        message = Message.of("The base of “{name}” is zero", name=rate.name)
        if not found:
            message = Message.of(
                "The amounts that “{name}” was made of are not both printed where it could be compared", name=rate.name
            )
        return check.uncheckable(rate.evaluation, message, evidence=cited)
    printed = Number.of_rate(rate)
    if lexicon.matcher("check.approx.bound").search(rate.qualifier or ""):
        message = Message.of("“{name}” is printed as a bound, not as a figure", name=rate.name)
        return check.uncheckable(rate.evaluation, message, evidence=cited)
    results = [(reading, reading.compare(printed)) for reading in usable]
    for grade in ("agrees", "last place", "loose"):
        for reading, result in results:
            if result.grade == grade:
                return _found(check, rate, reading, result)
    return _apart(check, rate, results, roles.own)


def _found(check: Check, rate: Rate, reading: Reading, result: Comparison) -> Verdict:
    cited = (evidence(rate), *(evidence(fund) for fund in (*reading.above, *reading.below)))
    names = {"name": rate.name, "base": " + ".join(dict.fromkeys(fund.label for fund in reading.below))}
    if result.grade == "agrees":
        message = Message.of("“{name}” follows from the amounts, with “{base}” as its base", **names)
        return check.consistent(rate.evaluation, message, evidence=cited, **result.figures)
    if result.grade == "last place":
        message = Message.of("“{name}” differs from the amounts in its last place only", **names)
        return check.inconsistent(rate.evaluation, message, "note", evidence=cited, **result.figures)
    message = Message.of("“{name}” follows from the amounts only if they are rounded to whole numbers", **names)
    return check.inconsistent(rate.evaluation, message, step_down(check.severity), evidence=cited, **result.figures)


def _apart(check: Check, rate: Rate, results: Sequence[tuple[Reading, Comparison]], own: bool) -> Verdict:
    """No reading gives the rate. It is clear which figures are meant where they are few or stand beside the rate."""
    printed = Number.of_rate(rate)
    results = sorted(results, key=lambda one: one[0].rank(printed))
    reading, result = results[0]
    used = [reading, *(one for one, _ in results[1:6] if one.is_likely)]
    funds = dict.fromkeys(fund for one in used for fund in (*one.above, *one.below))
    numbers = [Number.of(fund) for fund in (*reading.above, *reading.below)]
    single = [one for one, _ in results if one.is_likely and len(one.above) == len(one.below) == 1]
    clear = reading.near or (own and 0 < len(single) <= _FEW)
    severity = lowered(check.severity if clear else step_down(check.severity), printed, *numbers)
    # The first stands for what was meant; of the others only those that could have been.
    formulas = [result.formula, *(one.formula for reading, one in results[1:4] if reading.is_likely)]
    shown = {**result.figures, "formula": "; ".join(dict.fromkeys(formulas))}
    hint = None
    if len(results) == 1 and len(numbers) == 2:
        hint = hints.for_numbers(
            [printed, *numbers], lambda n: n[2].base > 0 and compare_rate(n[0], [n[1]], [n[2]]).grade == "agrees"
        )
    message = Message.of("“{name}” does not follow from the amounts", name=rate.name)
    cited = (evidence(rate), *(evidence(fund) for fund in funds))
    return check.inconsistent(rate.evaluation, message, severity, evidence=cited, hint=hint, **shown)


def rates(report: Report, term: str, but_not: str | None = None) -> Iterator[Rate]:
    """The report's rates whose name holds a word of `term` and none of `but_not`."""
    for rate in report.rates:
        if lexicon.matcher(term).search(rate.name):
            if but_not and lexicon.matcher(but_not).search(rate.name):
                continue
            yield rate
