"""A total and the parts that split it: what prose (其中) and the rows of a fund table share.

Shared by `sum-parts` and `fund-source-sum`; no check of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from extractor.checks import hints
from extractor.checks.arithmetic import Comparison, Number, compare_sum, lowered
from extractor.checks.base import Check, evidence
from extractor.checks.rounding import declared
from extractor.messages import Message
from extractor.model import Fund, Report, Severity, Verdict

#: Roles that are stages of the money: an amount of one stage is no part of an amount of another.
_STAGES = ("budget", "received", "spent")


@dataclass(frozen=True, slots=True)
class Split:
    """A total and the parts of one of its splits; `whole` says that the list claims to be complete."""

    total: Fund
    parts: tuple[Fund, ...]
    whole: bool


def splits(report: Report, column: bool) -> Iterator[Split]:
    """The splits of the report's totals in reading order; of a table's columns with `column`, else of prose."""
    children: dict[int, list[Fund]] = {}
    for fund in report.funds:
        if fund.parent_seq is not None:
            children.setdefault(fund.parent_seq, []).append(fund)
    for total in report.funds:
        if (total.column is not None) != column:
            continue
        groups: dict[int, list[Fund]] = {}
        for part in children.get(total.seq, ()):
            if part.column == total.column:
                groups.setdefault(part.split, []).append(part)
        for parts in groups.values():
            whole = len(parts) > 1 and not any(part.partial for part in parts)
            yield Split(total, tuple(parts), whole)


def judge(check: Check, split: Split, report: Report, single: Severity) -> Verdict:
    """The verdict on one split. `single`: how grave it is where one lone part is more than its total."""
    total, parts = split.total, split.parts
    cited = tuple(evidence(fund) for fund in (total, *parts))
    if any(fund.yuan is None for fund in (total, *parts)):
        message = Message.of("“{label}” is split into parts of which one is no sum in yuan", label=total.label)
        return check.uncheckable(total.evaluation, message, evidence=cited)
    whole = Number.of(total)
    chosen, result = _best_reading(whole, parts, split.whole)
    figures = {**result.figures, "evidence": cited}
    if result.grade == "agrees":
        message = Message.of("The parts of “{label}” stay within it", label=total.label)
        if split.whole:
            message = Message.of("The parts of “{label}” add up to it", label=total.label)
        return check.consistent(total.evaluation, message, **figures)
    if result.grade == "last place":
        if declared(report):
            message = Message.of("The parts of “{label}” add up to it but for the declared rounding", label=total.label)
            return check.consistent(total.evaluation, message, **figures)
        message = Message.of("The parts of “{label}” miss it by a difference of rounding", label=total.label)
        return check.inconsistent(total.evaluation, message, "note", **figures)
    numbers = [Number.of(part) for part in chosen]
    severity = lowered(check.severity if len(parts) > 1 else single, whole, *numbers)
    if not split.whole:
        message = Message.of("The parts named of “{label}” are more than it", label=total.label)
        return check.inconsistent(total.evaluation, message, severity, **figures)
    message = Message.of("The parts of “{label}” do not add up to it", label=total.label)
    hint = hints.for_sum(whole, numbers, _others(report, {total.seq, *(part.seq for part in parts)}))
    return check.inconsistent(total.evaluation, message, severity, hint=hint, **figures)


def _best_reading(total: Number, parts: Sequence[Fund], whole: bool) -> tuple[Sequence[Fund], Comparison]:
    """The parts as listed, or the first other reading of the list under which they agree with the total."""
    results = [
        (reading, compare_sum(total, [Number.of(part) for part in reading], bound=not whole))
        for reading in _readings(parts)
    ]
    return next((result for result in results if result[1].grade == "agrees"), results[0])


def _readings(parts: Sequence[Fund]) -> Iterator[Sequence[Fund]]:
    """The list itself; without amounts of another stage; without rows that split the row before them."""
    yield parts
    for stage in _STAGES:
        same = [part for part in parts if part.role == stage or part.role not in _STAGES]
        if 1 < len(same) < len(parts):
            yield same
    upper = _without_sub_rows(parts)
    if 0 < len(upper) < len(parts):
        yield upper


def _without_sub_rows(parts: Sequence[Fund]) -> list[Fund]:
    """Leave out each run of parts whose sum is the part before the run: 财政拨款 90, 中央 60, 省级 30."""
    kept: list[Fund] = []
    i = 0
    while i < len(parts):
        kept.append(parts[i])
        at, running, upper = i + 1, Fraction(0), Number.of(parts[i]).base
        i += 1
        while at < len(parts) and running < upper:
            running += Number.of(parts[at]).base
            at += 1
            if running == upper:
                i = at
    return kept


def _others(report: Report, used: set[int]) -> list[Number]:
    return [Number.of(fund) for fund in report.funds if fund.seq not in used and fund.yuan is not None]
