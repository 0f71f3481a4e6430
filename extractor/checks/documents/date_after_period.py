"""A report that is dated before the end of the year that it is about.

Compares: the report's date (成文日期) with the last day of each evaluated year.
Formula: date > 31 December of the evaluated year.
Tolerance: none.
False alarms: mid-term reports and reports on monitoring are written within their year; a report on several years is
    held against the first one that it names.
Example: 2024年度绩效自评报告, dated 20 November 2024.
Source: 财预〔2020〕10号: the self-evaluation is made after the budget year has ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractor import lexicon
from extractor.checks.base import Check
from extractor.checks.documents.timing import fiscal_years, issued, year_evidence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evaluation, Report, Verdict

ZH = """成文日期早于评价年度结束。

核对内容：报告成文日期与每个评价年度的最后一天。
公式：成文日期 > 评价年度12月31日。
容差：无。
易误报：中期评价、绩效监控报告在年度内成文；评价多个年度的，以所写的第一个年度为准。
例：2024年度绩效自评报告，成文日期2024年11月20日。
依据：财预〔2020〕10号：单位自评在预算年度终了后进行。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for year, evaluation in fiscal_years(report):
        yield _judge(report, year, evaluation)


def _judge(report: Report, year: int, evaluation: Evaluation) -> Verdict:
    head = report.head
    cited = (*issued(head), *year_evidence(evaluation))
    if head.issued_on is None:
        if head.issued_raw:
            message = Message.of("The report's date “{date}” is no full date", date=head.issued_raw)
        else:
            message = Message.of("The report on {year} prints no date", year=year)
        return CHECK.uncheckable(evaluation.seq, message, evidence=cited)
    last = date(year, 12, 31)
    names = {"date": head.issued_raw or head.issued_on.isoformat(), "year": str(year)}
    sign = ">" if head.issued_on > last else "≤"
    formula = f"{head.issued_on.isoformat()} {sign} {last.isoformat()}"
    if head.issued_on > last:
        message = Message.of("The report is dated {date}, after the end of {year}", **names)
        return CHECK.consistent(evaluation.seq, message, formula=formula, evidence=cited)
    if _midterm(report, evaluation):
        message = Message.of("The report on {year} is one written within the year", **names)
        return CHECK.uncheckable(evaluation.seq, message, formula=formula, evidence=cited)
    message = Message.of("The report is dated {date}, before the end of {year}, which it is about", **names)
    shown = {"formula": formula, "expected": f"> {last.isoformat()}", "actual": head.issued_on.isoformat()}
    return CHECK.inconsistent(evaluation.seq, message, None, evidence=cited, **shown)


def _midterm(report: Report, evaluation: Evaluation) -> bool:
    words = lexicon.matcher("check.midterm")
    return any(words.search(name) for name in (report.head.title or "", evaluation.subject or ""))


CHECK = Check(id="date-after-period", severity="warning", run=run)
