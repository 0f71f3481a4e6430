"""Missed targets without a reason.

Compares: each indicator that misses its target in figures, or is called unmet or partly met, with the reasons that the
    report gives: in the row, in the indicator's sentence, in a sentence that gives a cause and names the indicator.
Formula: target missed implies a reason. All rows without one are one finding.
Tolerance: a target that is missed only by rounding needs no reason.
False alarms: a cause for deviations at large that names no indicator may be this one's; limits that are only supposed
    from the name, and figures that are approximate, make the finding a note; what is called met in spite of its figures
    belongs to indicator-met, full marks to score-indicator, dates to time-target-met.
Example: target ≥100 人, actual 98 人, and the cell for the reason is blank.
Source: 财预〔2020〕10号: where a target is not reached, the reason and the way to better it are to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.checks.base import Check, evidence
from extractor.checks.indicators.reasons import Reason, Reasons
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.naming import groups, once
from extractor.checks.scores.points import lossy, points
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Severity, Verdict

ZH = """未完成的指标没有说明原因。

核对内容：数值上未达目标，或自称未完成、部分完成的指标，与报告给出的原因：本行、本句，或文中点名该指标并说明缘由的句子。
公式：未完成的应有原因。没有原因的各行合为一条。
容差：只差舍入的不必说明。
易误报：文中只笼统说明偏离原因的，可能即指该指标；方向只是由名称推断的、含“约”字的，作提示；
    数值未达而称完成的归 indicator-met，得满分的归 score-indicator，日期归 time-target-met。
例：目标≥100人，实际98人，原因一栏空白。
依据：财预〔2020〕10号：未完成绩效目标的，应说明原因和改进措施。
"""


@dataclass(frozen=True, slots=True)
class _Missed:
    """An indicator that was not reached; `sides` where its figures say so."""

    indicator: Indicator
    sides: Sides | None

    @property
    def sure(self) -> bool:
        sides = self.sides
        return sides is None or (sides.severity("warning") == "warning" and not (sides.inferred and sides.inverse))

    @property
    def words(self) -> str:
        told = self.sides.formula if self.sides is not None else self.indicator.status_raw or ""
        return f"{self.indicator.name} {told}"

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        if self.sides is not None:
            return self.sides.evidence
        return (evidence(self.indicator, self.indicator.status_raw or self.indicator.name, "status"),)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    reasons = Reasons(report)
    for evaluation, indicators in groups(report):
        missed = [one for indicator in once(indicators) if (one := _missed(indicator)) is not None]
        if missed:
            yield _judge(report, reasons, evaluation, missed)


def _missed(indicator: Indicator) -> _Missed | None:
    """The indicator where it was not reached, and nothing next door reports it."""
    own = points(indicator)
    if indicator.status == "met" or (own is not None and own.full):
        return None
    sides = compared(indicator)
    if isinstance(sides, Sides):
        return _Missed(indicator, sides) if sides.result() == "missed" else None
    return _Missed(indicator, None) if indicator.status in ("unmet", "partly") else None


def _judge(report: Report, reasons: Reasons, evaluation: int | None, missed: Sequence[_Missed]) -> Verdict:
    given = [(one, reasons.of(one.indicator)) for one in missed]
    bare = [one for one, reason in given if reason is None]
    vague = [one for one, reason in given if reason is not None and reason.kind == "general"]
    if bare and not lossy(report):
        message = Message.of("{count} of {all} missed targets have no reason", count=len(bare), all=len(missed))
        severity: Severity = "warning" if any(one.sure for one in bare) else "note"
        return CHECK.inconsistent(evaluation, message, severity, **_shown(bare))
    if bare or vague:
        message = Message.of(
            "The report gives no reason that is sure to be that of “{name}”", name=(bare or vague)[0].indicator.name
        )
        return CHECK.uncheckable(evaluation, message, **_shown([*bare, *vague]))
    message = Message.of("All {count} missed targets have a reason", count=len(missed))
    return CHECK.consistent(evaluation, message, **_shown(missed, [reason for _, reason in given]))


def _shown(missed: Sequence[_Missed], reasons: Sequence[Reason | None] = ()) -> dict[str, object]:
    cited = [item for one in missed for item in one.evidence]
    cited += dict.fromkeys(reason.evidence for reason in reasons if reason is not None and reason.evidence is not None)
    return {"formula": "; ".join(one.words for one in missed), "evidence": tuple(cited)}


CHECK = Check(id="under-unexplained", severity="warning", run=run)
