"""Actual values far above their targets without a reason.

Compares: each indicator above the profile's limit (see overachieve, which lists the rows) with the reasons that the
    report gives: in the row, in the indicator's sentence, in a sentence that gives a cause and names the indicator.
Formula: completion > overachieve.completion implies a reason. All rows without one are one finding.
Tolerance: exact; a completion of just the limit needs no reason.
False alarms: rates that cannot exceed 100 %, targets of 0, 1 or 2; where the text gives a cause for deviations at large
    and names no indicator, the finding is a note; where part of the file could not be read, the reason may stand there.
Example: 950,000 ÷ 170,000 = 558.8 %, and the cell for the reason is blank.
Source: 财预〔2020〕10号: an actual value far above its target is to be analysed. The limit stands in the profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extractor.checks.base import Check
from extractor.checks.indicators.completion import Row, rows
from extractor.checks.indicators.reasons import Reason, Reasons
from extractor.checks.naming import groups, once
from extractor.checks.scores.points import lossy
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Verdict

ZH = """实际值远超目标值而未说明原因。

核对内容：超过方案阈值的指标（由 overachieve 列出），与报告给出的原因：本行、本句，或文中点名该指标并说明缘由的句子。
公式：完成率 > overachieve.completion 的，应有原因。没有原因的各行合为一条。
容差：准确比较，恰为阈值的不必说明。
易误报：不可能超过100%的比率，目标为0、1、2的；文中只笼统说明偏离原因、未点名指标的，作提示；文件有读不出之处的，无法断定。
例：950,000 ÷ 170,000 = 558.8%，原因一栏空白。
依据：财预〔2020〕10号：偏离较多的应分析说明原因。阈值在方案中设定。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    reasons = Reasons(report)
    limit = Fraction(profile["overachieve.completion"])
    for evaluation, indicators in groups(report):
        above = [row for row in rows(once(indicators))[0] if row.completion > limit and not row.small]
        if above:
            yield _judge(report, reasons, evaluation, above, f"{limit * 100 // 1}%")


def _judge(report: Report, reasons: Reasons, evaluation: int | None, above: Sequence[Row], limit: str) -> Verdict:
    given = [(row, reasons.of(row.sides.indicator)) for row in above]
    bare = [(row, reason) for row, reason in given if reason is None or reason.kind == "general"]
    names = {"count": len(bare), "all": len(above), "limit": limit}
    if not bare:
        message = Message.of("All {all} indicators above {limit} of their target give a reason", **names)
        cited = [item for row in above for item in row.sides.evidence]
        cited += dict.fromkeys(reason.evidence for _, reason in given if reason is not None and reason.evidence)
        return CHECK.consistent(evaluation, message, evidence=tuple(cited), tolerance=limit)
    general = next((reason for _, reason in bare if reason is not None), None)
    return _finding(
        report, evaluation, sorted((row for row, _ in bare), key=lambda row: -row.completion), general, names
    )


def _finding(
    report: Report, evaluation: int | None, bare: Sequence[Row], general: Reason | None, names: dict[str, object]
) -> Verdict:
    listed = "; ".join(f"{row.sides.indicator.name} {row.formula}" for row in bare)
    cited = tuple(item for row in bare for item in row.sides.evidence)
    shown = {"formula": listed, "tolerance": names["limit"]}
    if general is not None:
        message = Message.of(
            "{count} of {all} indicators above {limit} of their target have only a reason that names none of them",
            **names,
        )
        more = (general.evidence,) if general.evidence is not None else ()
        return CHECK.inconsistent(evaluation, message, "note", evidence=(*cited, *more), **shown)
    if lossy(report):
        message = Message.of(
            "{count} of {all} indicators above {limit} of their target have no reason in what could be read", **names
        )
        return CHECK.uncheckable(evaluation, message, evidence=cited, **shown)
    message = Message.of("{count} of {all} indicators above {limit} of their target have no reason", **names)
    return CHECK.inconsistent(evaluation, message, None, evidence=cited, **shown)


CHECK = Check(id="overachieve-unexplained", severity="warning", run=run)
