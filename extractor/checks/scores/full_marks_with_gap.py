"""A total of 100 although a target was missed or money was left.

Compares: a printed total of 100 with the indicators' targets and actual values and with the share of the money spent.
Formula: total 100 implies that every target is met and that all of the money was spent.
Tolerance: targets that are missed by rounding only, and rates from 99.5 % on, count as reached.
False alarms: the full score (总分100分) is no result; problems that the text describes may have nothing to do with the
    targets and are not looked at. Where rows print scores that are too high, this follows from score-indicator or
    score-execution and is listed under their finding.
Example: execution rate 86 %, total 100.
Source: 财预〔2020〕10号: points are given for what was reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from extractor.checks.base import Check
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.naming import once
from extractor.checks.scores.finals import final
from extractor.checks.scores.points import Sheet, sheets, weight_evidence
from extractor.checks.scores.spending import Spending, spending
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Verdict, Weight

ZH = """总分100分而有指标未完成或资金未支出。

核对内容：所印的100分总分，与各指标的目标值、实际值和资金支出比例。
公式：总分100分，应每项指标都完成、资金全部支出。
容差：只差舍入的指标、99.5%及以上的支出比例视为完成。
易误报：满分（总分100分）不是得分；文中所述问题未必与指标有关，不核对。各行得分偏高的，属 score-indicator、
    score-execution 的后果，列在其下。
例：预算执行率86%，总分100分。
依据：财预〔2020〕10号：按完成情况计分。
"""

_FULL = Decimal(100)
#: From here on a rate is printed as 100 % where only whole percents are.
_ALL = Fraction(995, 1000)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for sheet in sheets(report):
        total = final(report, sheet)
        if total is not None and total.score == _FULL:
            yield _judge(report, sheet, total)


def _judge(report: Report, sheet: Sheet, total: Weight) -> Verdict:
    rows = once(list(report.of(_evaluation(report, sheet))))
    sides = [found for one in rows if isinstance(found := compared(one), Sides)]
    missed = [one for one in sides if one.result() == "missed"]
    spent = spending(report, _evaluation(report, sheet))
    if missed or (spent is not None and spent.rate < _ALL):
        return _finding(sheet, total, missed, spent)
    settled = [one for one in sides if one.result() == "met"]
    cited = (weight_evidence(total), *(item for one in settled for item in one.evidence), *_of(spent))
    if not settled and spent is None:
        message = Message.of("Beside the total of 100 no figures are printed that it could rest on")
        return CHECK.uncheckable(sheet.evaluation, message, evidence=cited)
    message = Message.of("The total is 100, and nothing that is printed falls short")
    return CHECK.consistent(sheet.evaluation, message, evidence=cited)


def _evaluation(report: Report, sheet: Sheet) -> int | None:
    """What the text says of no evaluation in particular is of the only one."""
    if sheet.evaluation is None and len(report.evaluations) == 1:
        return report.evaluations[0].seq
    return sheet.evaluation


def _of(spent: Spending | None) -> tuple[Evidence, ...]:
    return spent.evidence if spent is not None else ()


def _finding(sheet: Sheet, total: Weight, missed: Sequence[Sides], spent: Spending | None) -> Verdict:
    left = spent is not None and spent.rate < _ALL
    parts = [f"{one.indicator.name} {one.formula}" for one in missed]
    if spent is not None and left:
        parts.append(f"{spent.written} = {spent.percent}" if "÷" in spent.written else spent.percent)
    cited = [weight_evidence(total), *(item for one in missed for item in one.evidence)]
    if spent is not None and left:
        cited += spent.evidence
    if missed:
        message = Message.of(
            "The total is 100, and {count} targets are missed: “{name}” …",
            count=len(missed),
            name=missed[0].indicator.name,
        )
    else:
        rate = spent.percent if spent is not None else ""
        message = Message.of("The total is 100, and only {rate} of the money was spent", rate=rate)
    return CHECK.inconsistent(sheet.evaluation, message, None, formula="; ".join(parts), evidence=tuple(cited))


CHECK = Check(id="full-marks-with-gap", severity="warning", run=run)
