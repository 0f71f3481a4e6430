"""What a report says itself of its rounding, and the verdict on a sum. No check of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor import lexicon
from extractor.checks.arithmetic import Comparison, Number, lowered
from extractor.checks.base import Check
from extractor.messages import Message
from extractor.model import Evidence, Report, Severity, Verdict


def declared(report: Report) -> bool:
    """Whether the report itself says that its sums may differ by rounding (系四舍五入所致)."""
    words = lexicon.matcher("check.rounding_declared")
    return any(words.search(passage.text.string) for passage in report.passages)


@dataclass(frozen=True, slots=True)
class Sum:
    """A compared sum and its figures; `severity` is that of figures that are apart, the check's own by default."""

    evaluation: int | None
    result: Comparison
    numbers: Sequence[Number]
    evidence: tuple[Evidence, ...]
    severity: Severity | None = None
    hint: Message | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a check says of a sum: it holds; it holds but for the declared rounding; it is off by rounding; it fails."""

    holds: Message
    declared: Message
    rounding: Message
    apart: Message


def judge(check: Check, found: Sum, told: Told, report: Report) -> Verdict:
    """The verdict on a sum: a difference that rounding explains is a note, or none where the report declares it."""
    result, evaluation = found.result, found.evaluation
    figures = {**result.figures, "evidence": found.evidence}
    if result.grade == "agrees":
        return check.consistent(evaluation, told.holds, **figures)
    if result.grade == "last place":
        if declared(report):
            return check.consistent(evaluation, told.declared, **figures)
        return check.inconsistent(evaluation, told.rounding, "note", **figures)
    severity = lowered(found.severity or check.severity, *found.numbers)
    return check.inconsistent(evaluation, told.apart, severity, hint=found.hint, **figures)
