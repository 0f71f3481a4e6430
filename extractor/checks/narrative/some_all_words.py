"""部分, 个别, 大部分 or 全部 of the indicators, and how many of them it really is.

Compares: sentences such as 部分绩效指标超出目标值 or 个别指标未完成 with the share of the indicators of which it is
    true.
Formula: 个别 and 少数 at most the profile's share.few (10 %) or two of them; 部分 at most share.some (60 %); 大部分 at
    least half; 全部 all; none of these words stands for none.
Tolerance: rows that are put in words, or whose figures leave it open, count for the claim.
False alarms: vague wording on purpose, which is why this is a note; sentences that ask for something; that all targets
    are met is all-met-claim's business.
Example: 部分绩效指标超出年初设定目标值, and 29 of 34 (85 %) do.
Source: 现代汉语词典: 部分 is a part of a whole; reviewers read it as less than most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import regex

from extractor import lexicon
from extractor.checks.arithmetic import grouped
from extractor.checks.base import Check, quoted
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.naming import once
from extractor.checks.narrative.claimed import STOPS, clause, evaluation_of, in_row, levels, of_levels, only_asked
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Passage, Report, Verdict

ZH = """“部分”“个别”“大部分”“全部”与实际项数。

核对内容：“部分绩效指标超出目标值”“个别指标未完成”一类的句子，与确属如此的指标所占比例。
公式：“个别”“少数”不超过方案阈值 share.few（10%）或两项；“部分”不超过 share.some（60%）；“大部分”不少于一半；
    “全部”即每一项；一项都没有的，以上说法均不成立。
容差：文字表述的、数字不足以判断的指标，按对该说法有利计算。
易误报：有意从宽的表述，故只作提示；要求、计划性的句子不看；“全部完成”由 all-met-claim 核对。
例：“部分绩效指标超出年初设定目标值”，而34项中有29项（85%）超出。
依据：《现代汉语词典》：“部分”指整体中的局部；复核时按不足多数理解。
"""

Kind = Literal["over", "missed"]
_HALF = Fraction(1, 2)
#: So few of many are 个别 whatever their share.
_COUPLE = 2


@dataclass(frozen=True, slots=True)
class _Claim:
    passage: Passage
    start: int
    end: int
    #: Which share the word stands for: 'few', 'some', 'most', 'all'.
    word: str
    kind: Kind
    levels: tuple[str, ...]

    @property
    def words(self) -> str:
        return self.passage.text.string[self.start : self.end]

    @property
    def evidence(self) -> Evidence:
        return quoted(self.passage, self.start, self.end, around=0)


@dataclass(frozen=True, slots=True)
class _Count:
    """How many rows the claim is true of, and how many may be so besides; the rows with figures for evidence."""

    true: int
    open: int
    total: int
    rows: tuple[Sides, ...]

    @property
    def low(self) -> Fraction:
        return Fraction(self.true, self.total)

    @property
    def high(self) -> Fraction:
        return Fraction(self.true + self.open, self.total)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    seen: set[tuple[object, ...]] = set()
    for claim in _claims(report):
        evaluation = evaluation_of(report, claim.passage)
        key = (evaluation, claim.word, claim.kind, claim.levels)
        if key not in seen:
            seen.add(key)
            yield _judge(report, profile, evaluation, claim)


def _claims(report: Report) -> Iterator[_Claim]:
    spans = [(one.place.start, one.place.end) for one in report.indicators if one.place.source == "prose"]
    pattern = lexicon.pattern("check.share_word").regex
    for passage in report.passages:
        string = passage.text.string
        for match in pattern.finditer(string) if "指标" in string else ():
            asked = only_asked(string, clause(string, match.start()), match.start())
            if not asked and not in_row(passage, match.start(), match.end(), spans):
                yield _claim(passage, match)


def _claim(passage: Passage, match: regex.Match[str]) -> _Claim:
    groups = ("few", "some", "most", "all")
    word = next(name for name in groups if match[name])
    kind: Kind = "over" if match["over"] else "missed"
    string = passage.text.string
    ends = [at for stop in STOPS + ",，" if (at := string.find(stop, match.end())) >= 0]
    return _Claim(passage, match.start(), min(ends, default=len(string)), word, kind, levels(match[0]))


def _judge(report: Report, profile: Profile, evaluation: int | None, claim: _Claim) -> Verdict:
    count = _count(of_levels(once(list(report.of(evaluation))), claim.levels), claim.kind)
    if count is None:
        message = Message.of("“{claim}” stands beside no indicator with figures", claim=claim.words)
        return CHECK.uncheckable(evaluation, message, evidence=(claim.evidence,))
    names = {"claim": claim.words, "true": str(count.true), "count": str(count.total)}
    percent = f"{grouped(count.low * 100, 0)}%"
    formula = f"{count.true} ÷ {count.total} = {percent}"
    cited = (claim.evidence, *(item for side in count.rows for item in side.evidence))
    if not _fits(claim.word, count, profile):
        message = Message.of("“{claim}”: that is true of {true} of {count} indicators", **names)
        return CHECK.inconsistent(evaluation, message, formula=formula, actual=percent, evidence=cited)
    if count.open and not _fits(claim.word, _Count(count.true, 0, count.total, ()), profile):
        message = Message.of("“{claim}”: the figures leave open of how many that is true", **names)
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    message = Message.of("“{claim}” fits {true} of {count} indicators", **names)
    return CHECK.consistent(evaluation, message, formula=formula, evidence=cited)


def _count(indicators: Sequence[Indicator], kind: Kind) -> _Count | None:
    true, open_, rows = 0, 0, []
    for indicator in indicators:
        sides = compared(indicator)
        told = _is(sides, kind) if isinstance(sides, Sides) else None
        if told is None and kind == "missed":
            told = {"unmet": True, "met": False}.get(indicator.status or "")
        true += told is True
        open_ += told is None
        if isinstance(sides, Sides):
            rows.append(sides)
    return _Count(true, open_, len(indicators), tuple(rows)) if rows else None


def _is(sides: Sides, kind: Kind) -> bool | None:
    """Whether a row is above its target, or misses it; None where its figures leave that open."""
    if kind == "missed":
        return {"missed": True, "met": False}.get(sides.result())
    if sides.inverse or sides.bound is not None or sides.actual.approx or sides.target.approx:
        return None
    return sides.actual.base > sides.target.base


def _fits(word: str, count: _Count, profile: Profile) -> bool:
    """Whether some number of rows between the sure and the possible ones is what the word stands for."""
    if count.high == 0:
        return False
    if word == "few":
        return count.low <= Fraction(profile["share.few"]) or count.true <= _COUPLE
    if word == "some":
        return count.low <= Fraction(profile["share.some"])
    return count.high >= (_HALF if word == "most" else 1)


CHECK = Check(id="some-all-words", severity="note", run=run)
