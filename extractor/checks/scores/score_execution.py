"""The score of the budget's execution rate.

Compares: the score of the execution row with its weight and with the money spent and budgeted in that row, or with the
    printed rate; where the rate is a row among the indicators and has no target, those of that row.
Formula: score = weight × min(1, spent ÷ budget). Bases are tried as the field uses them (full-year budget, budget of
    the start of the year, received); the rate may have been rounded first.
Tolerance: half a unit of the score's last printed place, at least 0.05. Where the whole form scores in whole numbers, a
    difference below one point is a note.
False alarms: local ladders (full marks from 90 % on) and points taken off for spending above the budget are warnings.
Example: 10 × 310.2 ÷ 620.4 = 5.00 ≠ 8.
Source: 财预〔2020〕10号: the execution rate is scored in proportion, with its weight as the most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from extractor.checks.base import Check, evidence
from extractor.checks.scores.points import (
    Points,
    Sheet,
    execution_row,
    fund_evidence,
    points,
    row_evidence,
    sheets,
)
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Fund, Indicator, Rate, Report, Severity, Verdict

ZH = """预算执行率得分。

核对内容：预算执行行的得分，与其分值、该行的执行数和预算数，或所印执行率；执行率列在指标中且无目标值的，取该行。
公式：得分 = 分值 × min(1, 执行数 ÷ 预算数)。分母依次试全年预算数、年初预算数、到位数；执行率可以先修约再计分。
容差：得分末位的半个单位，至少0.05。整张表都按整数计分的，相差不足1分只作提示。
易误报：地方的分档计分（90%以上得满分）和超预算支出扣分，作警告。
例：10 × 310.2 ÷ 620.4 = 5.00 ≠ 8。
依据：财预〔2020〕10号：预算执行率按比例计分，得分不超过分值。
"""

#: Rates from which on local ladders give full marks.
_LADDER = Fraction(9, 10)
_LEAST = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A rate that the score may rest on, and how it is written."""

    rate: Fraction
    written: str
    cited: tuple[Evidence, ...]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for sheet in sheets(report):
        own = sheet.execution
        row = execution_row(sheet.rows)
        cited: tuple[Evidence, ...]
        if own is not None:
            printed, cited = points(own), (fund_evidence(own),)
            readings = list(_readings(report, own))
        elif row is not None and row.target_raw is None and row.actual_unit == "%":
            printed, cited = points(row), row_evidence(row, "score", "max_score")
            readings = list(_of_indicator(report, row))
        else:
            continue
        if printed is not None:
            yield _judge(sheet, cited, printed, readings)


def _of_indicator(report: Report, row: Indicator) -> Iterator[_Reading]:
    """The rate that stands in an indicator row, and the amounts of the fund block's total row."""
    if row.actual_value is not None:
        yield _Reading(Fraction(row.actual_value) / 100, f"{row.actual_value:f}%", row_evidence(row, "actual"))
    totals = (fund for fund in report.funds if fund.column == "spent" and fund.parent_seq is None)
    total = next((fund for fund in totals if fund.evaluation == row.evaluation), None)
    if total is not None:
        yield from _readings(report, total)


def _readings(report: Report, own: Fund) -> Iterator[_Reading]:
    row = [f for f in report.funds if (f.evaluation, f.label, f.parent_seq is None) == _key(own) and f.yuan is not None]
    by_column = {fund.column or fund.role: fund for fund in reversed(row)}
    spent = by_column.get("spent")
    for column in ("budget", "initial_budget", "received"):
        base = by_column.get(column)
        if spent is not None and base is not None and spent.yuan is not None and base.yuan:
            rate = Fraction(spent.yuan) / Fraction(base.yuan)
            figures = (spent, base) if spent.unit == base.unit else None
            text = f"{figures[0].value:,f} ÷ {figures[1].value:,f}" if figures else f"{spent.raw} ÷ {base.raw}"
            yield _Reading(rate, text, (evidence(spent), evidence(base)))
    seqs = {fund.seq for fund in row}
    for printed in report.rates:
        if printed.fund_seq in seqs and "到位" not in printed.name:
            yield _of_rate(printed)


def _key(fund: Fund) -> tuple[int | None, str, bool]:
    return fund.evaluation, fund.label, fund.parent_seq is None


def _of_rate(rate: Rate) -> _Reading:
    return _Reading(Fraction(rate.value) / 100, f"{rate.value:f}%", (evidence(rate),))


def _judge(sheet: Sheet, own: tuple[Evidence, ...], points: Points, readings: list[_Reading]) -> Verdict:
    if not readings:
        message = Message.of("The execution row prints neither two amounts nor a rate that its score could rest on")
        return CHECK.uncheckable(sheet.evaluation, message, evidence=own)
    fitting = next((reading for reading in readings if _gap(points, reading) <= points.band(_LEAST)), None)
    reading = fitting or readings[0]
    written = f"min(1, {reading.written})" if reading.rate > 1 else reading.written
    figures = points.against(min(Fraction(1), reading.rate), written, _LEAST)
    cited = (*own, *reading.cited)
    if fitting is not None:
        message = Message.of(
            "The execution rate scores {score} of {weight}, as it follows from the rate", **points.names
        )
        return CHECK.consistent(sheet.evaluation, message, evidence=cited, **figures)
    severity, message = _grade(sheet, points, reading)
    return CHECK.inconsistent(sheet.evaluation, message, severity, evidence=cited, **figures)


def _gap(points: Points, reading: _Reading) -> Fraction:
    return abs(Fraction(points.weight) * min(Fraction(1), reading.rate) - Fraction(points.score))


def _grade(sheet: Sheet, points: Points, reading: _Reading) -> tuple[Severity, Message]:
    names = points.names
    if sheet.whole and _gap(points, reading) < 1:
        message = Message.of("The execution score of {score} is rounded to a whole number, as all scores are", **names)
        return "note", message
    if reading.rate > 1:
        message = Message.of("More was spent than budgeted, and the execution rate scores {score} of {weight}", **names)
        return "warning", message
    if points.full and reading.rate >= _LADDER:
        message = Message.of("The execution rate scores its full {weight} although it is below 100%", **names)
        return "warning", message
    return "error", Message.of("The execution score of {score} does not follow from the rate", **names)


CHECK = Check(id="score-execution", severity="error", run=run)
