"""A total above what the execution rate allows.

Compares: the total score with the most that the profile allows at the share of the money that was spent.
Formula: total ≤ the profile's score.cap at the execution rate (in the manual that has such steps: 89 below 80 %, 79
    below 70 %, 69 below 60 %, 59 below 50 %).
Tolerance: exact.
False alarms: the national rules set no such cap, so that without a local profile nothing is checked; a total that
    cannot be told from the scores of groups, and money that is not printed, leave it open.
Example: 65 % of the money spent, and a total of 92 where 79 is the most.
Source: a local manual of self-evaluation, in its profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from extractor.checks.base import Check
from extractor.checks.scores.finals import final
from extractor.checks.scores.points import Sheet, sheets, shown, weight_evidence
from extractor.checks.scores.spending import Spending, spending
from extractor.lexicon import Ladder, Profile
from extractor.messages import Message
from extractor.model import Report, Verdict, Weight

ZH = """总分超过执行率所限。

核对内容：总分与方案按资金支出比例限定的上限。
公式：总分 ≤ 方案 score.cap 在该执行率下的上限（有此规定的手册：低于80%的89分，低于70%的79分，低于60%的69分，
    低于50%的59分）。
容差：准确比较。
易误报：全国办法没有此限，未用地方方案的不核对；分不清总分与分组得分的、未印资金数的无法断定。
例：支出65%，总分92分，而上限为79分。
依据：某地自评操作手册，见其方案。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    ladder = profile.ladder("score.cap")
    for sheet in sheets(report) if ladder.steps else ():
        total = final(report, sheet)
        if total is not None and total.score is not None:
            yield _judge(report, sheet, total, total.score, ladder)
        elif sheet.scored:
            message = Message.of("No total is printed that could be held to the execution rate")
            yield CHECK.uncheckable(sheet.evaluation, message)


def _judge(report: Report, sheet: Sheet, total: Weight, score: Decimal, ladder: Ladder) -> Verdict:
    spent = spending(report, sheet.evaluation)
    if spent is None:
        message = Message.of("How much of the money was spent is not printed, or is printed in two ways")
        return CHECK.uncheckable(sheet.evaluation, message, evidence=(weight_evidence(total),))
    most = ladder.at(spent.rate)
    cited = (weight_evidence(total), *spent.evidence)
    names = {"total": shown(score), "rate": spent.percent}
    if not isinstance(most, Decimal) or score <= most:
        message = Message.of("A total of {total} is allowed with {rate} of the money spent", **names)
        return CHECK.consistent(sheet.evaluation, message, evidence=cited, formula=_formula(spent, most))
    message = Message.of(
        "A total of {total} is more than the {most} allowed with {rate} of the money spent", most=most, **names
    )
    figures = {
        "formula": f"{_formula(spent, most)} < {shown(score)}",
        "expected": f"≤ {most}",
        "actual": shown(score),
        "difference": shown(score - most),
        "tolerance": "0",
    }
    return CHECK.inconsistent(sheet.evaluation, message, None, evidence=cited, **figures)


def _formula(spent: Spending, most: Decimal | str | Fraction | None) -> str:
    return f"{spent.written} = {spent.percent}" + (f" → ≤ {most}" if most is not None else "")


CHECK = Check(id="execution-score-cap", severity="warning", run=run)
