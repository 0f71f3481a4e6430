"""A score above its weight, or below zero.

Compares: each printed score with the weight beside it: indicator rows, the execution row, groups, the total (100
    where its weight is not printed).
Formula: 0 ≤ score ≤ weight.
Tolerance: exact.
False alarms: bonus items and deductions of local forms (加分项) are notes; without a weight nothing is compared.
Example: weight 8, score 10.
Source: 财预〔2020〕10号: the weight is the most that an indicator can score.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor import lexicon
from extractor.checks.base import Check
from extractor.checks.scores.points import Sheet, fund_evidence, row_evidence, sheets, shown, weight_evidence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Severity, Verdict

ZH = """得分超过分值，或为负数。

核对内容：指标行、预算执行行、各级分组和总分的得分与其分值（总分未印分值的按100分）。
公式：0 ≤ 得分 ≤ 分值。
容差：准确比较。
易误报：地方表格的加分、扣分项只作提示；未印分值的不比较。
例：分值8，得分10。
依据：财预〔2020〕10号：得分最高不能超过该指标分值上限。
"""

_FULL = Decimal(100)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for sheet in sheets(report):
        alone = 0
        for name, score, weight, cited in _pairs(sheet):
            if weight is not None or score < 0:
                yield _judge(sheet, name, score, weight, cited)
            else:
                alone += 1
        if alone:
            message = Message.of("{count} scores stand without their weights", count=alone)
            yield CHECK.uncheckable(sheet.evaluation, message)


def _pairs(sheet: Sheet) -> Iterator[tuple[str, Decimal, Decimal | None, tuple[Evidence, ...]]]:
    """Name, score, weight and evidence of everything that prints a score."""
    for row in sheet.rows:
        if row.score is not None:
            yield row.name, row.score, row.max_score, row_evidence(row, "score", "max_score")
    fund = sheet.execution
    if fund is not None and fund.score is not None:
        yield fund.label, fund.score, fund.max_score, (fund_evidence(fund),)
    for weight in (*sheet.levels, *sheet.totals):
        if weight.score is not None:
            most = weight.max_score if weight.max_score is not None or weight.kind != "total" else _FULL
            yield weight.label, weight.score, most, (weight_evidence(weight),)


def _judge(sheet: Sheet, name: str, score: Decimal, weight: Decimal | None, cited: tuple[Evidence, ...]) -> Verdict:
    most = weight if weight is not None else _FULL
    names = {"name": name, "score": shown(score), "weight": shown(most)}
    if 0 <= score <= most:
        message = Message.of("“{name}” scores {score} of {weight}", **names)
        return CHECK.consistent(
            sheet.evaluation, message, formula=f"0 ≤ {shown(score)} ≤ {shown(most)}", evidence=cited
        )
    severity: Severity = "note" if lexicon.matcher("check.bonus").search(name) else "error"
    figures = {
        "formula": f"{shown(score)} < 0" if score < 0 else f"{shown(score)} > {shown(most)}",
        "expected": f"≤ {shown(most)}" if score >= 0 else "≥ 0",
        "actual": shown(score),
        "difference": shown(-score if score < 0 else score - most),
        "tolerance": "0",
    }
    if score < 0:
        message = Message.of("“{name}” scores less than nothing: {score}", **names)
    else:
        message = Message.of("“{name}” scores {score}, more than its weight of {weight}", **names)
    return CHECK.inconsistent(sheet.evaluation, message, severity, evidence=cited, **figures)


CHECK = Check(id="score-cap", severity="error", run=run)
