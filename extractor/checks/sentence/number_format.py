"""Numbers that are not written as numbers are.

Compares: the figures of running text and of table cells with the usual form.
Formula: thousands grouped by three with a comma and no blank (187,248.74); a zero before the point of a decimal below
    one (0.46); one decimal point.
Tolerance: none.
False alarms: lists (第1,2项; 3, 450 items), heading numbers before a figure; a Chinese comma between digits may
    separate thousands or two numbers, and which of them cannot be told.
Example: 187, 248.74万元; 1,23.5万元; 增长.46%.
Source: GB/T 15835-2011 on grouping digits and on the zero of a pure decimal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import regex

from extractor import lexicon
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.wording import running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Report, Verdict

ZH = """数字书写不规范。

核对内容：正文和表格中的数字书写形式。
公式：千分位每三位用逗号分隔，不留空格（187,248.74）；纯小数带零（0.46）；只有一个小数点。
容差：无。
易误报：并列（第1,2项）、数字前的标题序号；数字之间的中文逗号可能是千分撇，也可能是顿开的两个数，无法判定。
例：187, 248.74万元；1,23.5万元；增长.46%。
依据：GB/T 15835-2011 关于分节和纯小数补零的规定。
"""

#: Pattern below `check.number` → what is wrong.
_SLIPS = {
    "blank": Message.of("“{quote}” has a blank inside the number"),
    "grouping": Message.of("“{quote}” has a group of digits that is not of three"),
    "zero": Message.of("“{quote}” lacks the zero before the point"),
    "zero_behind_word": Message.of("“{quote}” lacks the zero before the point"),
    "points": Message.of("“{quote}” has more than one decimal point or exchanged separators"),
}


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    slips: dict[str, tuple[Message, int | None, list[Evidence]]] = {}
    unclear: dict[str, tuple[int | None, Evidence]] = {}
    for evaluation, string, cite in _strings(report):
        if not any(sign in string for sign in ",.，"):
            continue
        for name, slip in _SLIPS.items():
            for match in lexicon.pattern(f"check.number.{name}").regex.finditer(string):
                slips.setdefault(match[0], (slip, evaluation, []))[2].append(cite(match))
        for match in lexicon.pattern("check.number.wide_comma").regex.finditer(string):
            unclear.setdefault(match[0], (evaluation, cite(match)))
    for quote, (slip, evaluation, cited) in slips.items():
        message = Message.of(slip.key, quote=quote)
        yield CHECK.inconsistent(evaluation, message, formula=quote, evidence=tuple(cited))
    for quote, (evaluation, place) in unclear.items():
        message = Message.of("“{quote}” may be one number or two", quote=quote)
        yield CHECK.uncheckable(evaluation, message, evidence=(place,))
    if not slips and (report.passages or report.funds or report.indicators):
        yield CHECK.consistent(None, Message.of("All numbers are written in the usual form"))


_Cite = Callable[[regex.Match[str]], Evidence]


def _strings(report: Report) -> Iterator[tuple[int | None, str, _Cite]]:
    """Each text that may hold a figure, with what makes evidence of a match in it."""
    for passage in running(report):
        yield passage.evaluation, passage.text.string, partial(_in_passage, passage)
    for fund in report.funds:
        if fund.column is not None:
            yield fund.evaluation, fund.raw, partial(_in_cell, evidence(fund))
    for indicator in report.indicators:
        if indicator.place.source == "table":
            for part, raw in (("target", indicator.target_raw), ("actual", indicator.actual_raw)):
                yield indicator.evaluation, raw or "", partial(_in_cell, evidence(indicator, raw, part))


def _in_passage(passage: Passage, match: regex.Match[str]) -> Evidence:
    return quoted(passage, match.start(), match.end())


def _in_cell(cited: Evidence, match: regex.Match[str]) -> Evidence:
    return cited


CHECK = Check(id="number-format", severity="note", run=run)
