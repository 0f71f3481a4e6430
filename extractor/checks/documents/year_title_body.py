"""The evaluated year in the title, and in the other places that name it.

Compares: the year in the report's title with those in the opening sentence (现将2024年度…报告如下), in the name of the
    notice that calls for the evaluation, in the lines that name the annexed table and in the table's own head.
Formula: the years of both places overlap; a notice may also name the year of the work, one later.
Tolerance: none. A notice, and a table of a file that holds several, give a warning; so does a later year without 年度,
    which may be that of the work.
False alarms: other years in the text (comparisons, carried-over money) are not looked at; a report on several years
    names each of them somewhere.
Example: 2024年度 in the title, 2023年度 in “现将2023年度绩效自评情况报告如下”.
Source: 财预〔2020〕10号: one self-evaluation is of one budget year; seen in published reports: the year before left
    over in a copied text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from extractor import lexicon
from extractor.checks.base import Check, head_evidence, quoted
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Report, Severity, Verdict

ZH = """标题年度与文中年度。

核对内容：标题中的年度，与开头语（现将2024年度……报告如下）、部署自评的通知名称、附件名称、自评表表头中的年度。
公式：两处的年度有相同者；通知名称也可以写工作开展的年份，即次年。
容差：无。通知名称不符的、一份文件含多张表而某张不符的，作警告；晚一年且未写“年度”的可能是工作年份，也作警告。
易误报：文中其他年份（对比、结转）不看；评价多个年度的，各处可只写其中之一。
例：标题为2024年度，开头语写“现将2023年度绩效自评情况报告如下”。
依据：财预〔2020〕10号：一次自评针对一个预算年度；公开报告中见过套用上年文本未改年度的。
"""

Kind = Literal["title", "opening", "notice", "annex", "table"]
#: The opening stands among the first paragraphs.
_OPENING = 12
_BOOK = regex.compile(r"《[^》]*》")
_CLAUSE = regex.compile(r"[，,。;；:：]")
#: A longer span of years is two years that stand side by side.
_LONGEST_SPAN = 20
#: Longer than this a line with 附件 is no list of annexes.
_ANNEX_LINE = 120

_MESSAGES: dict[Kind, Message] = {
    "opening": Message.of("The opening sentence speaks of {year}, the title of {title}"),
    "notice": Message.of("The notice that is named speaks of {year}, the title of {title}"),
    "annex": Message.of("The annexed table is named as that of {year}, the title speaks of {title}"),
    "table": Message.of("The table is of {year}, the title speaks of {title}"),
}


@dataclass(frozen=True, slots=True)
class _Years:
    """The years that a place names, spans filled in. `full`: written 年度, or as a span."""

    years: frozenset[int]
    full: bool

    @classmethod
    def named_in(cls, string: str) -> _Years | None:
        """The years of a title or a name; None where it has none."""
        years: set[int] = set()
        full = False
        for match in lexicon.pattern("check.headline.title").regex.finditer(string):
            first, last = int(match["year"]), int(match["to"] or match["year"])
            years.update(range(first, last + 1) if first <= last <= first + _LONGEST_SPAN else (first, last))
            full = full or match[0].endswith("度") or match["to"] is not None
        return cls(frozenset(years), full) if years else None

    def __str__(self) -> str:
        return "、".join(str(year) for year in sorted(self.years))


@dataclass(frozen=True, slots=True)
class _Named:
    """A place that names the evaluated year."""

    kind: Kind
    years: _Years
    evaluation: int | None
    cited: tuple[Evidence, ...]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    others = [*_openings(report.passages[:_OPENING]), *_annexes(report.passages), *_tables(report)]
    # Without a year in the title the opening speaks for it; a table's head alone is compared with nothing.
    title = _title(report) or next((named for named in others if named.kind == "opening"), None)
    if title is None:
        return
    others = [named for named in others if named is not title]
    for named in others:
        yield _judge(title, named, alone=len(report.evaluations) <= 1)
    if not others:
        message = Message.of("Only one place names the evaluated year: {year}", year=title.years)
        yield CHECK.uncheckable(title.evaluation, message, evidence=title.cited)


def _title(report: Report) -> _Named | None:
    title = report.head.title or ""
    years = _Years.named_in("".join(title.split()))
    return _Named("title", years, None, head_evidence(report.head, "title", title)) if years else None


def _openings(passages: Sequence[Passage]) -> Iterator[_Named]:
    """The first paragraph that says what it reports on: the years of the notice, and those of the report."""
    words = lexicon.matcher("check.headline.report")
    opening = next((passage for passage in passages if words.search(passage.text.string)), None)
    if opening is None:
        return
    string = opening.text.string
    notice = lexicon.matcher("check.headline.notice")
    for book in _BOOK.finditer(string):
        if notice.search(book[0]):
            yield from _named("notice", opening, book.start(), book.end())
    plain = _BOOK.sub(lambda book: "◇" * len(book[0]), string)
    for match in lexicon.pattern("check.headline.opening").regex.finditer(plain):
        rest = _CLAUSE.split(plain[match.end() :], maxsplit=1)[0]
        kind: Kind = "notice" if notice.search(match[0] + rest) else "opening"
        yield from _named(kind, opening, match.start(), match.end())


def _named(kind: Kind, passage: Passage, start: int, end: int) -> Iterator[_Named]:
    """The words of a passage from `start` to `end`, if they name a year."""
    years = _Years.named_in(passage.text.string[start:end])
    if years is not None:
        yield _Named(kind, years, passage.evaluation, (quoted(passage, start, end, around=0),))


def _annexes(passages: Sequence[Passage]) -> Iterator[_Named]:
    """Lines that name the annexed report or table (附件：2024年度…自评表)."""
    for passage in passages:
        string = passage.text.string
        listed = len(string) <= _ANNEX_LINE and lexicon.matcher("check.headline.annex").match(string)
        if listed and lexicon.matcher("check.headline.form").search(string):
            yield from _named("annex", passage, 0, len(string))


def _tables(report: Report) -> Iterator[_Named]:
    """The years that tables print in their heads."""
    for evaluation in report.evaluations:
        place, year = evaluation.places.get("fiscal_year"), evaluation.fiscal_year
        if place is not None and place.source == "table" and year is not None:
            cited = Evidence("evaluations", evaluation.seq, place, str(year))
            yield _Named("table", _Years(frozenset({year}), full=True), evaluation.seq, (cited,))


def _judge(title: _Named, named: _Named, alone: bool) -> Verdict:
    cited = (*title.cited, *named.cited)
    names = {"year": str(named.years), "title": str(title.years)}
    if title.years.years & named.years.years:
        message = Message.of("Both places name the evaluated year {year}", year=named.years)
        formula = f"{title.years} = {named.years}"
        return CHECK.consistent(named.evaluation, message, formula=formula, evidence=cited)
    if named.kind == "notice" and _follows(named.years, title.years):
        message = Message.of("The notice is named by the year of the work, {year}, which follows {title}", **names)
        formula = f"{title.years} + 1 = {named.years}"
        return CHECK.consistent(named.evaluation, message, formula=formula, evidence=cited)
    shown = {"formula": f"{title.years} ≠ {named.years}", "expected": names["title"], "actual": names["year"]}
    message = Message.of(_MESSAGES[named.kind].key, **names)
    severity = _severity(title, named, alone)
    return CHECK.inconsistent(named.evaluation, message, severity, evidence=cited, **shown)


def _follows(later: _Years, earlier: _Years) -> bool:
    return min(later.years) == max(earlier.years) + 1


def _severity(title: _Named, named: _Named, alone: bool) -> Severity:
    """An error only where both places can mean nothing but the evaluated year."""
    if named.kind == "notice" or (named.kind == "table" and not alone):
        return "warning"
    first, last = sorted((title.years, named.years), key=lambda years: min(years.years))
    return "warning" if not last.full and _follows(last, first) else "error"


CHECK = Check(id="year-title-body", severity="error", run=run)
