"""The year in the report's own number, and its date.

Compares: the year of the report's own document number with the year of the date under it (成文日期).
Formula: year = year of the date; a date in January may follow a number of the year before.
Tolerance: none but that of January.
False alarms: a number that was reserved in December for a report signed in January.
Example: 〔2025〕49号 and 25 March 2024.
Source: GB/T 9704-2012, 7.2.5 and 7.3.5.4: number and date are those of one issue.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.base import Check, evidence, head_evidence
from extractor.checks.documents.timing import issued
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import DocNumber, Evidence, Report, Verdict

ZH = """本文字号年份与成文日期。

核对内容：报告自身发文字号中的年份与成文日期的年份。
公式：字号年份 = 成文年份；成文在一月的，字号可为上一年。
容差：除一月外无。
易误报：十二月预留字号、次年一月签发。
例：〔2025〕49号，成文日期2024年3月25日。
依据：GB/T 9704-2012 第7.2.5条、第7.3.5.4条：字号与成文日期同属一次发文。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    own = next((number for number in report.doc_numbers if number.role == "own"), None)
    if own is not None:
        yield _judge(report, own)


def _judge(report: Report, own: DocNumber) -> Verdict:
    head, number = report.head, own.normalized
    cited = (*_number_evidence(report, own), *issued(head))
    if own.year is None:
        message = Message.of("The year of {number} could not be read", number=own.raw)
        return CHECK.uncheckable(own.evaluation, message, evidence=cited)
    if head.issued_on is None:
        if head.issued_raw:
            message = Message.of("The report's date “{date}” is no full date", date=head.issued_raw)
        else:
            message = Message.of("The report prints no date beside its number {number}", number=number)
        return CHECK.uncheckable(own.evaluation, message, evidence=cited)
    date = head.issued_on
    names = {"number": number, "date": head.issued_raw or date.isoformat()}
    if own.year == date.year:
        message = Message.of("{number} is of the year of the report's date", **names)
        return CHECK.consistent(own.evaluation, message, formula=f"{own.year} = {date.year}", evidence=cited)
    if own.year == date.year - 1 and date.month == 1:
        message = Message.of("{number} is of the year before, and the report is dated in January", **names)
        return CHECK.consistent(own.evaluation, message, formula=f"{own.year} + 1 = {date.year}", evidence=cited)
    message = Message.of("{number} is of another year than the report's date {date}", **names)
    shown = {"formula": f"{own.year} ≠ {date.year}", "expected": str(date.year), "actual": str(own.year)}
    return CHECK.inconsistent(own.evaluation, message, None, evidence=cited, **shown)


def _number_evidence(report: Report, own: DocNumber) -> tuple[Evidence, ...]:
    """The number where it was found; the head's place of it where that is another one."""
    return (evidence(own),) if own.raw else head_evidence(report.head, "doc_number", own.normalized)


CHECK = Check(id="docno-own-year", severity="warning", run=run)
