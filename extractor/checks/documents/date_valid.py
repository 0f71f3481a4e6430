"""A date that is no day of the calendar, or that was left to be filled in.

Compares: every printed date of the running text and of table cells (2025年3月25日, 2025.3.25, 二〇二五年三月二十五日,
    3月25日, 2025年3月) with the calendar; the report's own date also with its three parts.
Formula: month 1 to 12; day 1 to the last of its month, 29 February in leap years only.
Tolerance: none.
False alarms: 2月底 and 年底 are no days; three numbers with points may be a code, and 31号 the number of a house:
    those are warnings, as are dates left to be filled in (2025年 月 日) and a report's date without its day.
Example: 2025年2月30日.
Source: the Gregorian calendar; GB/T 9704-2012, 7.3.5.4: the date gives year, month and day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

import regex

from extractor import lexicon, numeral
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.documents.timing import issued
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Report, Severity, Verdict

ZH = """日期不存在或未填写。

核对内容：正文和表格中的每个日期（2025年3月25日、2025.3.25、二〇二五年三月二十五日、3月25日、2025年3月）与日历；
    成文日期另核对年、月、日是否齐全。
公式：月份为1至12；日不超过当月天数，2月29日只在闰年。
容差：无。
易误报：“2月底”“年底”不是某一日；以点分隔的三个数可能是编号，“31号”可能是门牌号，作警告；
    未填写的日期（2025年 月 日）和缺日的成文日期也作警告。
例：2025年2月30日。
依据：公历；GB/T 9704-2012 第7.3.5.4条：成文日期年、月、日齐全。
"""

Kind = Literal["valid", "impossible", "leap year open"]
#: February has this day in some years only.
_LEAP_DAY = (2, 29)
_LEAP_YEAR = 2024
_ZEROS = str.maketrans("○◯oOＯ0零", "〇〇〇〇〇〇〇")


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as printed. `sure`: it can be nothing but a date."""

    words: str
    kind: Kind
    sure: bool
    evaluation: int | None
    evidence: Evidence


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    found = list(_dates(report))
    yield from _impossible([date for date in found if date.kind == "impossible"])
    for date in found:
        if date.kind == "leap year open":
            message = Message.of("29 February is printed without its year: {date}", date=date.words)
            yield CHECK.uncheckable(date.evaluation, message, evidence=(date.evidence,))
    valid = [date for date in found if date.kind == "valid"]
    if valid:
        message = Message.of("{count} dates are days or months of the calendar", count=len(valid))
        yield CHECK.consistent(None, message, evidence=tuple(date.evidence for date in valid))
    yield from _placeholders(report)
    yield from _incomplete(report, found)


def _impossible(dates: list[_Date]) -> Iterator[Verdict]:
    """Each impossible date once, with all its places."""
    groups: dict[str, list[_Date]] = {}
    for date in dates:
        groups.setdefault(date.words, []).append(date)
    for words, places in groups.items():
        message = Message.of("“{date}” is no day of the calendar", date=words)
        severity: Severity = "error" if any(date.sure for date in places) else "warning"
        cited = tuple(date.evidence for date in places)
        yield CHECK.inconsistent(places[0].evaluation, message, severity, formula=words, evidence=cited)


def _placeholders(report: Report) -> Iterator[Verdict]:
    pattern = lexicon.pattern("check.date.placeholder").regex
    hits = [(e, match[0], cite(match)) for e, string, cite in _strings(report) for match in pattern.finditer(string)]
    if hits:
        words = "、".join(dict.fromkeys(words for _, words, _ in hits))
        message = Message.of("A date was left to be filled in: {date}", date=words)
        yield CHECK.inconsistent(hits[0][0], message, "warning", evidence=tuple(cited for _, _, cited in hits))


def _incomplete(report: Report, found: list[_Date]) -> Iterator[Verdict]:
    """The report's own date, where it lacks a part and is none of the dates that were judged as such."""
    head, cited = report.head, issued(report.head)
    if not head.issued_raw or head.issued_on is not None or not cited:
        return
    judged = any(_within(date.evidence, cited[0]) for date in found if date.kind != "valid")
    if not judged and not lexicon.pattern("check.date.placeholder").regex.search("".join(head.issued_raw.split())):
        message = Message.of("The report's date “{date}” lacks its year, month or day", date=head.issued_raw)
        yield CHECK.inconsistent(None, message, "warning", formula=head.issued_raw, evidence=cited)


def _within(inner: Evidence, outer: Evidence) -> bool:
    return inner.place.start < outer.place.end and outer.place.start < inner.place.end


_Cite = Callable[[regex.Match[str]], Evidence]


def _strings(report: Report) -> Iterator[tuple[int | None, str, _Cite]]:
    """Each text that may hold a date, with what makes evidence of a match in it."""
    for passage in report.passages:
        yield passage.evaluation, passage.text.string, partial(_in_passage, passage)
    for indicator in report.indicators:
        if indicator.place.source == "table":
            for part, raw in (("target", indicator.target_raw), ("actual", indicator.actual_raw)):
                if raw:
                    string = "".join(raw.split())
                    yield indicator.evaluation, string, partial(_in_cell, evidence(indicator, raw, part))


def _in_passage(passage: Passage, match: regex.Match[str]) -> Evidence:
    return quoted(passage, match.start(), match.end(), around=0)


def _in_cell(cited: Evidence, match: regex.Match[str]) -> Evidence:
    return cited


def _dates(report: Report) -> Iterator[_Date]:
    for evaluation, string, cite in _strings(report):
        for name in ("day", "month", "marks", "chinese") if any(sign in string for sign in "月.-/") else ():
            for match in lexicon.pattern(f"check.date.{name}").regex.finditer(string):
                kind = _kind(*_parts(match, chinese=name == "chinese"))
                sure = name != "marks" and not match[0].endswith("号")
                yield _Date(match[0], kind, sure, evaluation, cite(match))


def _parts(match: regex.Match[str], chinese: bool) -> tuple[int | None, int | None, int | None]:
    """Year, month and day; None where one is not printed."""
    groups = match.groupdict()
    if not chinese:
        year, month, day = (int(groups[name]) if groups.get(name) else None for name in ("year", "month", "day"))
        return year, month, day
    digits = numeral.digits(groups["year"].translate(_ZEROS))
    return int(digits) if digits else None, numeral.whole(groups["month"]), numeral.whole(groups["day"])


def _kind(year: int | None, month: int | None, day: int | None) -> Kind:
    if month is None or not 1 <= month <= 12:
        return "impossible"
    if day is None:
        return "valid"
    if year is None and (month, day) == _LEAP_DAY:
        return "leap year open"
    last = monthrange(year or _LEAP_YEAR, month)[1]
    return "valid" if 1 <= day <= last else "impossible"


CHECK = Check(id="date-valid", severity="error", run=run)
