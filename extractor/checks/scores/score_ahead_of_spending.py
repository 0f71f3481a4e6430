"""Scores of the indicators that run ahead of the spending.

Compares: the share of their points that the indicators of a form score with the share of the money that was spent.
Formula: (score share − execution rate) ÷ score share ≤ the profile's score.ahead (0.2 nationally; 0.05 in the profile
    of the integrated budget systems). Score share = scores ÷ weights, or scores ÷ (100 − execution.weight) where no
    weights are printed.
Tolerance: exact; just the limit is not ahead.
False alarms: rows without a score and money that is not printed leave it open; where the outputs score their full
    marks, unspent-full-marks tells it.
Example: indicators 84.2 of 90, and 75 % of the money spent: (93.6 % − 75 %) ÷ 93.6 % = 19.8 %.
Source: the integrated budget systems mark it red above 5 %; the limit stands in the profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from extractor.checks.arithmetic import grouped
from extractor.checks.base import Check
from extractor.checks.scores.points import Sheet, counted, execution_row, row_evidence, sheets
from extractor.checks.scores.spending import Spending, spending
from extractor.checks.scores.unspent_full_marks import full_outputs
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Verdict

ZH = """指标得分超前于资金支出。

核对内容：自评表各指标得分占其分值的比例，与资金支出比例。
公式：（指标得分率 - 预算执行率）÷ 指标得分率 ≤ 方案阈值 score.ahead（全国0.2；预算管理一体化系统方案为0.05）。
    指标得分率 = 得分 ÷ 分值；未印分值的为 得分 ÷（100 - execution.weight）。
容差：准确比较，恰为阈值的不算。
易误报：有的行未印得分、未印资金数的无法断定；产出得满分的由 unspent-full-marks 报出。
例：指标得84.2分（分值90），资金支出75%：（93.6% - 75%）÷ 93.6% = 19.8%。
依据：预算管理一体化系统超过5%的标红；阈值在方案中设定。
"""

_FULL = Decimal(100)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    limit = Fraction(profile["score.ahead"])
    for sheet in sheets(report):
        rows = _rows(sheet)
        if not rows:
            continue
        share = _share(rows, _FULL - profile["execution.weight"])
        spent = spending(report, sheet.evaluation)
        if share is None or spent is None:
            yield _open(sheet, rows, share)
        elif not (full_outputs(sheet) and 1 - spent.rate > Fraction(profile["unspent.share"])):
            yield _judge(sheet, rows, share, spent, limit)


def _rows(sheet: Sheet) -> list[Indicator]:
    """The rows that print points, but for that of the execution rate."""
    own = execution_row(sheet.rows)
    rows = [row for row in counted(sheet) if row is not own and (row.score is not None or row.max_score is not None)]
    return rows if any(row.score is not None for row in rows) else []


def _share(rows: list[Indicator], most: Decimal) -> Fraction | None:
    """Scores by weights; None where a row lacks its score, or they are out of bounds."""
    scores = [row.score for row in rows if row.score is not None]
    weights = [row.max_score for row in rows if row.max_score is not None]
    if len(scores) < len(rows) or (weights and len(weights) < len(rows)):
        return None
    total, whole = sum(scores, Decimal(0)), sum(weights, Decimal(0)) or most
    return Fraction(total) / Fraction(whole) if 0 < total <= whole else None


def _open(sheet: Sheet, rows: list[Indicator], share: Fraction | None) -> Verdict:
    if share is None:
        message = Message.of("Not every row prints the points that a share of them needs")
    else:
        message = Message.of("How much of the money was spent is not printed, or is printed in two ways")
    return CHECK.uncheckable(sheet.evaluation, message, evidence=_cited(rows))


def _judge(sheet: Sheet, rows: list[Indicator], share: Fraction, spent: Spending, limit: Fraction) -> Verdict:
    ahead = (share - min(spent.rate, Fraction(1))) / share
    names = {"share": f"{grouped(share * 100, 2)}%", "rate": spent.percent}
    figures = {
        "formula": f"({names['share']} - {names['rate']}) ÷ {names['share']} = {grouped(ahead * 100, 2)}%",
        "expected": f"≤ {grouped(limit * 100, 0)}%",
        "actual": f"{grouped(ahead * 100, 2)}%",
        "tolerance": "0",
    }
    cited = (*_cited(rows), *spent.evidence)
    if ahead <= limit:
        message = Message.of("The indicators score {share} of their points, and {rate} of the money was spent", **names)
        return CHECK.consistent(sheet.evaluation, message, evidence=cited, **figures)
    message = Message.of("The indicators score {share} of their points, with only {rate} of the money spent", **names)
    return CHECK.inconsistent(sheet.evaluation, message, None, evidence=cited, **figures)


def _cited(rows: list[Indicator]) -> tuple[Evidence, ...]:
    return tuple(item for row in rows for item in row_evidence(row, "score", "max_score"))


CHECK = Check(id="score-ahead-of-spending", severity="warning", run=run)
