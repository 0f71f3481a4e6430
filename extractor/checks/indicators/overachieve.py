"""Actual values far above their targets, all rows of an evaluation in one finding.

Compares: target and actual value of each indicator; a row of the annexed table that repeats a sentence counts once.
Formula: actual ÷ target > the profile's overachieve.completion (1.3). For limits target ÷ actual, where a cost or a
    duration was set far too high. The finding lists the rows and counts those above 200 % and 300 %.
Tolerance: exact; a completion of just the limit is not above it.
False alarms: rates that cannot exceed 100 % (满意度), targets of zero, units of different things, and limits with a
    target of zero are left out; targets of 1 or 2 are listed, but where only such rows are above the limit, the finding
    is a note.
Example: 14,860 ÷ 1,000 = 1,486.0 %.
Source: 财预〔2020〕10号: an actual value far above its target is to be explained, and costs points where the target was
    plainly too low. The rule names no number: the limit stands in the profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extractor.checks.base import Check
from extractor.checks.indicators.completion import Row, rows
from extractor.checks.naming import groups, once
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Severity, Verdict

ZH = """实际值远超目标值（每个评价汇总为一条）。

核对内容：每项指标的目标值和实际完成值；附表与正文重复的指标只计一次。
公式：实际值 ÷ 目标值 > 方案阈值 overachieve.completion（1.3）；上限类指标取目标值 ÷ 实际值，只看金额和时长。
    结果列出各行，并计超过200%、300%的行数。
容差：准确比较，恰为阈值的不算。
易误报：不可能超过100%的比率（满意度等）、目标为零、单位所指不同的不列入；目标为1或2的列入，
    但若超阈值的全是这类，只作提示。
例：14,860 ÷ 1,000 = 1,486.0%。
依据：财预〔2020〕10号：偏离较多的应分析原因，目标值明显偏低造成的应扣分。办法未定数值，阈值在方案中设定。
"""

#: Completions that the finding counts apart.
_FAR, _UNREAL = Fraction(2), Fraction(3)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    limit = Fraction(profile["overachieve.completion"])
    for evaluation, indicators in groups(report):
        found, reasons = rows(once(indicators))
        if found:
            yield _judge(evaluation, found, limit)
        elif reasons:
            yield CHECK.uncheckable(evaluation, reasons[0])


def _judge(evaluation: int | None, every: Sequence[Row], limit: Fraction) -> Verdict:
    above = [row for row in every if row.completion > limit]
    percent = f"{limit * 100 // 1}%"
    if not above:
        message = Message.of(
            "None of {count} indicators is above {limit} of its target", count=len(every), limit=percent
        )
        return CHECK.consistent(evaluation, message, evidence=_cited(every), tolerance=percent)
    message = Message.of(
        "{above} of {count} indicators are above {limit} of their target: {far} above 200%, {unreal} above 300%",
        above=len(above),
        count=len(every),
        limit=percent,
        far=sum(row.completion > _FAR for row in above),
        unreal=sum(row.completion > _UNREAL for row in above),
    )
    severity: Severity = "note" if all(row.small for row in above) else "warning"
    ranked = sorted(above, key=lambda row: -row.completion)
    listed = "; ".join(f"{row.sides.indicator.name} {row.formula}" for row in ranked)
    return CHECK.inconsistent(evaluation, message, severity, formula=listed, tolerance=percent, evidence=_cited(ranked))


def _cited(listed: Sequence[Row]) -> tuple[Evidence, ...]:
    return tuple(item for row in listed for item in row.sides.evidence)


CHECK = Check(id="overachieve", severity="warning", run=run)
