"""The claim that all indicators are met, and the rows.

Compares: sentences that say of all indicators or of the year's targets that they are met (均已完成, 全部完成,
    达到预期目标) with the target, the actual value and the status of each indicator of the evaluation.
Formula: every numeric row meets its target, and no row is called unmet. A claim about one level (数量指标均已完成) is
    compared with the rows of that level.
Tolerance: none for counts; rows that miss their target only by rounding or rest on a supposition make it a warning, and
    so does a claim that speaks of the whole (达到预期目标) and not of each indicator.
False alarms: claims restricted to 主要指标 or 大部分 and negated ones, what the text asks for or plans, rows in words.
Example: “各项绩效指标均已完成”, and 27 < 30 个.
Source: 财预〔2020〕10号: the conclusion of a self-evaluation rests on the indicators' values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor import lexicon
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.naming import once
from extractor.checks.narrative.claimed import clause, evaluation_of, in_row, levels, of_levels, only_asked
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Passage, Report, Severity, Verdict

ZH = """“全部完成”的说法与各项指标。

核对内容：称各项指标或年度目标均已完成的句子（均已完成、全部完成、达到预期目标等），与该评价每项指标的目标值、实际值和完成情况。
公式：每个数值指标都达到目标，且没有一项自称未完成。只说某一类的（数量指标均已完成），只与该类各行比较。
容差：计数不留容差；只差舍入或靠推断比较的，作警告；只就总体而言（达到预期目标）、未说每项都完成的，也作警告。
易误报：“主要指标”“大部分”等有限定的说法、否定句、要求和计划、文字表述的指标。
例：“各项绩效指标均已完成”，而 27 < 30 个。
依据：财预〔2020〕10号：自评结论以各项指标完成值为依据。
"""

#: Words that say of each indicator what the sentence says of all.
_ALL = regex.compile("[均皆都]|全[部面数]")


@dataclass(frozen=True, slots=True)
class _Claim:
    passage: Passage
    start: int
    end: int
    of_all: bool
    levels: tuple[str, ...]

    @property
    def words(self) -> str:
        return self.passage.text.string[self.start : self.end]

    @property
    def evidence(self) -> Evidence:
        return quoted(self.passage, self.start, self.end)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    seen: set[tuple[int | None, tuple[str, ...]]] = set()
    for claim in sorted(_claims(report), key=lambda claim: not claim.of_all):
        evaluation = evaluation_of(report, claim.passage)
        # One wrong row is one finding, however often the text repeats the claim.
        if (evaluation, claim.levels) not in seen:
            seen.add((evaluation, claim.levels))
            yield _judge(report, evaluation, claim)


def _claims(report: Report) -> Iterator[_Claim]:
    spans = [(one.place.start, one.place.end) for one in report.indicators]
    patterns = lexicon.family("check.claim")
    for passage in report.passages:
        string = passage.text.string
        if "目标" not in string and "指标" not in string and "任务" not in string:
            continue
        for pattern in patterns:
            for match in pattern.regex.finditer(string):
                if _meant(string, match) and not in_row(passage, match.start(), match.end(), spans):
                    of_all = pattern.id != "check.claim.expected" or _ALL.search(match[0]) is not None
                    start = clause(string, match.start())
                    yield _Claim(passage, start, match.end(), of_all, levels(match[0]))


def _meant(string: str, match: regex.Match[str]) -> bool:
    """Whether the clause claims it without restriction, and does not only ask for it."""
    start = clause(string, match.start())
    if lexicon.matcher("check.claim.restricted").search(string[start : match.end()]):
        return False
    return not only_asked(string, start, match.start("claim"))


def _judge(report: Report, evaluation: int | None, claim: _Claim) -> Verdict:
    rows = of_levels(once(list(report.of(evaluation))), claim.levels)
    sides = [side for one in rows if isinstance(side := compared(one), Sides)]
    missed = [side for side in sides if side.result() in ("missed", "rounding")]
    unmet = [one for one in rows if one.status == "unmet" and all(one is not side.indicator for side in missed)]
    names = {"claim": claim.words, "count": str(len(sides))}
    if missed or unmet:
        return _finding(evaluation, claim, missed, unmet)
    settled = [side for side in sides if side.result() == "met"]
    if not settled:
        message = Message.of("“{claim}” stands beside no indicator with figures", **names)
        return CHECK.uncheckable(evaluation, message, evidence=(claim.evidence,))
    message = Message.of("“{claim}” holds for all {count} indicators with figures", **names)
    cited = (claim.evidence, *(item for side in settled for item in side.evidence))
    return CHECK.consistent(evaluation, message, formula=f"{len(settled)} / {len(sides)}", evidence=cited)


def _finding(evaluation: int | None, claim: _Claim, missed: Sequence[Sides], unmet: Sequence[Indicator]) -> Verdict:
    sure = any(s.result() == "missed" and s.severity("error") == "error" and not _supposed(s) for s in missed)
    sure = sure or any(one.status == "unmet" for one in unmet)
    severity: Severity = "error" if sure and claim.of_all else "warning"
    message = Message.of(
        "“{claim}”, but not every target is met ({count} missed): {name} …",
        claim=claim.words,
        count=len(missed) + len(unmet),
        name=(missed[0].indicator if missed else unmet[0]).name,
    )
    formula = "; ".join(
        [*(f"{s.indicator.name} {s.formula}" for s in missed), *(f"{one.name} {one.status_raw or ''}" for one in unmet)]
    )
    cited = [claim.evidence, *(item for side in missed for item in side.evidence)]
    cited += [evidence(one, one.status_raw or one.name, "status") for one in unmet]
    return CHECK.inconsistent(evaluation, message, severity, formula=formula, evidence=tuple(cited))


def _supposed(sides: Sides) -> bool:
    """The sign was only supposed from the name."""
    return sides.inferred and sides.inverse


CHECK = Check(id="all-met-claim", severity="error", run=run)
