"""A document number of an impossible year.

Compares: the year of each document number with the founding of the state (1949) and with the year in which the report
    was written.
Formula: 1949 ≤ year ≤ year of the report's date; without a date the year of the report's own number, without both the
    evaluated year and the one after it.
Tolerance: none.
False alarms: a report without date and own number may have been written later: then a late year is a note. The own
    number beside a date belongs to docno-own-year.
Example: 〔2026〕12号 in a report of 25 March 2025.
Source: a report cites what was issued before it; GB/T 9704-2012, 7.2.5: the year in the number is that of issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.checks.base import Check, evidence
from extractor.checks.documents.timing import fiscal_years, issued, year_evidence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import DocNumber, Evidence, Report, Verdict

ZH = """发文字号的年份不可能。

核对内容：每个发文字号的年份，与建国年份（1949）和报告成文年份。
公式：1949 ≤ 年份 ≤ 成文年份；未印成文日期的取报告自身字号的年份，两者都没有的取评价年度的次年。
容差：无。
易误报：既无日期又无自身字号的报告可能成文更晚，年份偏晚只作提示。印有日期时，自身字号由 docno-own-year 核对。
例：2025年3月25日的报告引用〔2026〕12号。
依据：报告只能引用已经印发的文件；GB/T 9704-2012 第7.2.5条：字号中的年份为发文年份。
"""

_FIRST = 1949


@dataclass(frozen=True, slots=True)
class _Latest:
    """The last year that a cited document can be of; `sure` where the report says when it was written."""

    year: int
    sure: bool
    cited: tuple[Evidence, ...]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    latest = _latest(report)
    for number in report.doc_numbers:
        if number.role == "cited":
            yield _judge(number, latest)


def _latest(report: Report) -> _Latest | None:
    if report.head.issued_on is not None:
        return _Latest(report.head.issued_on.year, True, issued(report.head))
    own = next((number for number in report.doc_numbers if number.role == "own" and number.year), None)
    if own is not None and own.year is not None:
        return _Latest(own.year, True, (evidence(own),))
    years = sorted(fiscal_years(report), key=lambda pair: -pair[0])
    return _Latest(years[0][0] + 1, False, year_evidence(years[0][1])) if years else None


def _judge(number: DocNumber, latest: _Latest | None) -> Verdict:
    own = evidence(number)
    if number.year is None:
        message = Message.of("The year of {number} could not be read", number=number.raw)
        return CHECK.uncheckable(number.evaluation, message, evidence=(own,))
    if number.year < _FIRST:
        message = Message.of("{number} is of a year before {year}", number=number.raw, year=_FIRST)
        shown = {"formula": f"{number.year} < {_FIRST}", "expected": f"≥ {_FIRST}", "actual": str(number.year)}
        return CHECK.inconsistent(number.evaluation, message, None, evidence=(own,), **shown)
    if latest is None:
        message = Message.of("Nothing says when the report that cites {number} was written", number=number.raw)
        return CHECK.uncheckable(number.evaluation, message, evidence=(own,))
    cited = (own, *latest.cited)
    if number.year <= latest.year:
        message = Message.of("{number} is not later than the report", number=number.raw)
        formula = f"{_FIRST} ≤ {number.year} ≤ {latest.year}"
        return CHECK.consistent(number.evaluation, message, formula=formula, evidence=cited)
    message = Message.of("{number} is of a later year than the report ({year})", number=number.raw, year=latest.year)
    shown = {
        "formula": f"{number.year} > {latest.year}",
        "expected": f"≤ {latest.year}",
        "actual": str(number.year),
    }
    return CHECK.inconsistent(number.evaluation, message, None if latest.sure else "note", evidence=cited, **shown)


CHECK = Check(id="docno-year-range", severity="warning", run=run)
