"""A date of completion, and its deadline.

Compares: target and actual value of an indicator that gives dates for both (2024年12月底前, 2025年1月), with what is
    claimed of it and how it scores.
Formula: date ≤ deadline. Late with full marks or a claim of 完成 contradicts itself; late without a word is a warning.
Tolerance: a date is every day that it can mean: 12月底前 is 31 December, 2024年9月 any day of it. Where the two
    readings differ (9月前, 9月15日) nothing is said.
False alarms: a year that is left out is the evaluated one; where it is that of completion, the finding is a warning.
    What is late and said to be, or cost points, is consistent; durations in days are figures for indicator-met.
Example: due 12月底前, completed 2025年1月 in an evaluation of 2024, 完成.
Source: 财预〔2020〕10号: timeliness is an output that is compared with its target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.checks.arithmetic import step_down
from extractor.checks.base import Check
from extractor.checks.indicators.deadlines import When, lateness, read
from extractor.checks.indicators.reasons import given
from extractor.checks.indicators.sides import figure_evidence
from extractor.checks.naming import groups, repeated
from extractor.checks.scores.points import points, row_evidence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Verdict

ZH = """完成时间与期限。

核对内容：目标值和实际值都是日期的指标（2024年12月底前、2025年1月），以及对它的完成说法和得分。
公式：完成日期 ≤ 期限。逾期却得满分或称完成的自相矛盾；逾期而只字未提的作警告。
容差：日期按其可能所指的各日理解：12月底前即12月31日前，2024年9月为该月任何一天；
    两种读法结论不同的（9月前、9月15日）不作判断。
易误报：省略的年份按评价年度理解，省略的是完成年份时降为警告；逾期且已如实说明或已扣分的视为一致；
    以天数计的时长是数值，归 indicator-met。
例：2024年度评价，期限12月底前，2025年1月完成，却称完成。
依据：财预〔2020〕10号：时效是产出指标，须与目标值对比。
"""


@dataclass(frozen=True, slots=True)
class _Dated:
    """An indicator with its dates; `row` repeats it in the annexed table. `sure`: the year of completion is printed."""

    indicator: Indicator
    row: Indicator | None
    due: When
    done: When
    sure: bool

    @property
    def claims(self) -> set[str]:
        """What is said of it: 'met' (also by full marks), 'missed' (also by points that were taken off)."""
        found = set()
        for one in (self.indicator, self.row):
            if one is None:
                continue
            own = points(one)
            found |= {"met"} if one.status == "met" or (own is not None and own.full) else set()
            found |= {"missed"} if one.status in ("unmet", "partly") or (own is not None and not own.full) else set()
            found |= {"reason"} if given(one.reason) else set()
            found |= {"score"} if one.score is not None and own is None else set()
        return found

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*figure_evidence(self.indicator), *row_evidence(self.row or self.indicator, "score", "max_score"))


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    years = {evaluation.seq: evaluation.fiscal_year for evaluation in report.evaluations}
    for evaluation, indicators in groups(report):
        rows = {id(pair.prose): pair.row for pair in repeated(indicators)}
        told = {id(row) for row in rows.values()}
        for one in indicators:
            if id(one) not in told:
                yield from _one(one, rows.get(id(one)), years.get(evaluation or 0))


def _one(indicator: Indicator, row: Indicator | None, year: int | None) -> Iterator[Verdict]:
    due = read(indicator.target_raw or "") if indicator.target_value is None else None
    if due is None or not indicator.actual_raw:
        return
    names = {"name": indicator.name, "due": indicator.target_raw or "", "done": indicator.actual_raw}
    done = read(indicator.actual_raw)
    dated = _dated(indicator, row, due, done, year) if done is not None else None
    if dated is None:
        message = Message.of("“{name}” is due {due}; when it was done ({done}) cannot be compared with that", **names)
        yield CHECK.uncheckable(indicator.evaluation, message, evidence=figure_evidence(indicator))
    else:
        yield _judge(dated, names)


def _dated(indicator: Indicator, row: Indicator | None, due: When, done: When, year: int | None) -> _Dated | None:
    """The dates in comparable years; None where one is of each month, or its year unknown."""
    if due.monthly != done.monthly:
        return None
    if (due.year is None) == (done.year is None):
        return _Dated(indicator, row, due, done, sure=True)
    if due.year is None and year is None:
        return None
    supposed = due.year or year or 0
    return _Dated(indicator, row, due.in_year(supposed), done.in_year(supposed), sure=done.year is not None)


def _judge(dated: _Dated, names: dict[str, str]) -> Verdict:
    late, claims = lateness(dated.due, dated.done), dated.claims
    shown: dict[str, object] = {"expected": names["due"], "actual": names["done"], "evidence": dated.evidence}
    evaluation = dated.indicator.evaluation
    if late is None:
        message = Message.of("“{name}” is due {due}, and “{done}” may be in time or not", **names)
        return CHECK.uncheckable(evaluation, message, **shown)
    if not late:
        message = Message.of("“{name}” was done in time: {done}, due {due}", **names)
        if claims & {"missed"} and "met" not in claims and dated.indicator.status is not None:
            message = Message.of("“{name}” is called late although it was done in time: {done}, due {due}", **names)
            return CHECK.inconsistent(evaluation, message, "warning", **shown)
        return CHECK.consistent(evaluation, message, **shown)
    return _late(dated, names, shown)


def _late(dated: _Dated, names: dict[str, str], shown: dict[str, object]) -> Verdict:
    claims, evaluation = dated.claims, dated.indicator.evaluation
    if "met" in claims:
        message = Message.of("“{name}” counts as met although it was done late: {done}, due {due}", **names)
        severity = CHECK.severity if dated.sure else step_down(CHECK.severity)
        return CHECK.inconsistent(evaluation, message, severity, **shown)
    if claims & {"missed", "reason"}:
        message = Message.of("“{name}” was done late, and it is said so: {done}, due {due}", **names)
        return CHECK.consistent(evaluation, message, **shown)
    if "score" in claims:
        message = Message.of("“{name}” was done late; whether its score tells so is not printed", **names)
        return CHECK.uncheckable(evaluation, message, **shown)
    message = Message.of("“{name}” was done late, and nothing is said of it: {done}, due {due}", **names)
    return CHECK.inconsistent(evaluation, message, "warning", **shown)


CHECK = Check(id="time-target-met", severity="error", run=run)
