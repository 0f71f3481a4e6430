"""The day that figures are given for, and the evaluated year.

Compares: each 截至2024年12月31日 and 2024年12月底实际支出 of running text with the evaluated year and with the report's
    date; so too the period of the evaluation (1月1日至12月31日).
Formula: the day lies within the evaluated year; figures brought up to a later day are of no later day than the report.
Tolerance: none; 末 and 底 are the last day of the year or month; of an evaluation of several years each counts.
False alarms: a level of the time before the work (截至2022年底，全县有…), comparisons with former years and money
    carried over are not judged; nor is 截至目前, which prints no day.
Example: “截至2023年末，收到资金233835.5万元” in a report on 2024.
Source: 财预〔2020〕10号: a self-evaluation is of one budget year; a figure of another year is that of a copied text.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import regex

from extractor import lexicon
from extractor.checks.base import Check, quoted
from extractor.checks.documents.timing import evaluated, issued, year_evidence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evaluation, Evidence, Passage, Report, Verdict

ZH = """数据截止日与评价年度。

核对内容：正文中每处“截至2024年12月31日”“2024年12月底实际支出”与评价年度、成文日期；评价期间（1月1日至12月31日）亦同。
公式：截止日在评价年度之内；数据更新到年度之后的，不晚于成文日期。
容差：无；“末”“底”按当年、当月最后一天计；评价多个年度的，各年均可。
易误报：项目实施前的情况（截至2022年底，全县有……）、与以前年度对比、结转资金不作判断；“截至目前”未写日期，无法核对。
例：2024年度报告写“截至2023年末，收到资金233835.5万元”。
依据：财预〔2020〕10号：自评针对一个预算年度；出现其他年度的截止日多为套用旧文。
"""

_STOPS = "。;；!！\n"
_DECEMBER = 12
#: Before the evaluated year these tell a second time in the sentence.
_TO = ("截至", "截止", "到", "至")


@dataclass(frozen=True, slots=True)
class _AsOf:
    """A day that figures are given for: the last one that the printed words can mean."""

    words: str
    sentence: str
    day: date
    evidence: Evidence


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation in report.evaluations:
        years = evaluated(report, evaluation)
        if years is not None:
            yield from _judge_all(report, evaluation, years)


def _judge_all(report: Report, evaluation: Evaluation, years: tuple[int, int]) -> Iterator[Verdict]:
    found: dict[tuple[date, str], list[tuple[_AsOf, Message]]] = {}
    for passage in report.passages:
        if passage.evaluation == evaluation.seq or (passage.evaluation is None and len(report.evaluations) == 1):
            yield from _without_day(passage, evaluation)
            for one in _as_of(passage):
                outcome, message = _outcome(report, years, one)
                found.setdefault((one.day, outcome), []).append((one, message))
    for (day, outcome), several in found.items():
        message = several[0][1]
        cited = (*(one.evidence for one, _ in several), *year_evidence(evaluation), *issued(report.head))
        if outcome == "consistent":
            yield CHECK.consistent(evaluation.seq, message, evidence=cited)
        elif outcome == "uncheckable":
            yield CHECK.uncheckable(evaluation.seq, message, evidence=cited)
        else:
            shown = {"formula": f"{day.isoformat()} ∉ {_span(years)}", "expected": _span(years)}
            yield CHECK.inconsistent(evaluation.seq, message, None, evidence=cited, actual=several[0][0].words, **shown)


def _span(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}—{years[1]}"


def _as_of(passage: Passage) -> Iterator[_AsOf]:
    string = passage.text.string
    for pattern in lexicon.family("check.as_of"):
        for match in pattern.regex.finditer(string) if "20" in string or "19" in string else ():
            day = _last_day(match)
            if day is not None:
                start = max(string.rfind(stop, 0, match.start()) for stop in _STOPS) + 1
                ends = [at for stop in _STOPS if (at := string.find(stop, match.end())) >= 0]
                sentence = string[start : min(ends, default=len(string))]
                yield _AsOf(match["day"], sentence, day, quoted(passage, match.start("day"), match.end("day")))


def _last_day(match: regex.Match[str]) -> date | None:
    """The last day of what is printed; None where it is no day of the calendar, which another check tells."""
    groups = match.groupdict()
    year, month = int(groups["year"]), int(groups.get("month") or _DECEMBER)
    if not 1 <= month <= _DECEMBER:
        return None
    last = monthrange(year, month)[1]
    day = int(groups.get("date") or last)
    return date(year, month, day) if 1 <= day <= last else None


def _outcome(report: Report, years: tuple[int, int], one: _AsOf) -> tuple[str, Message]:
    first, last = years
    written = report.head.issued_on
    names = {"date": one.words, "year": _span(years)}
    if first <= one.day.year <= last:
        return "consistent", Message.of("{date} lies within {year}", **names)
    if one.day.year > last:
        if written is not None and one.day > written:
            return "inconsistent", Message.of("{date} is later than the report itself", **names)
        if written is None and one.day.year > last + 1:
            return "inconsistent", Message.of("{date} lies more than a year behind {year}", **names)
        return "uncheckable", Message.of("The figures are brought up to {date}, after the end of {year}", **names)
    if not _of_the_year(one.sentence, first):
        return "uncheckable", Message.of("{date} may be of the time before {year}", **names)
    return "inconsistent", Message.of("The figures are those of {date}, and the report is on {year}", **names)


def _of_the_year(sentence: str, first: int) -> bool:
    """Whether the sentence tells the evaluated year's money or results, and compares it with no other time."""
    other_time = any(f"{word}{first}" in sentence for word in _TO)
    if other_time or lexicon.matcher("check.as_of.before").search(sentence):
        return False
    return lexicon.matcher("check.as_of.result").search(sentence) is not None


def _without_day(passage: Passage, evaluation: Evaluation) -> Iterator[Verdict]:
    match = lexicon.matcher("check.as_of_now").search(passage.text.string)
    if match is not None:
        message = Message.of("“{words}” prints no day", words=match[0])
        cited = (quoted(passage, match.start(), match.end()),)
        yield CHECK.uncheckable(evaluation.seq, message, evidence=cited)


CHECK = Check(id="date-period-cover", severity="warning", run=run)
