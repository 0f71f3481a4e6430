"""The claim that nothing deviates from the targets, and the rows.

Compares: 无偏离, 未偏离绩效目标, 不存在偏差 (also 无 under the heading of the reasons for deviations) with the target,
    the actual value and the status of each indicator of the evaluation.
Formula: no row misses its target or is called unmet; no row is above the profile's overachieve.completion (130 %).
Tolerance: none for counts; half a unit of the last place otherwise. With 较大, 明显 only rows that miss their target by
    as much as the limit allows above it (30 %) count.
False alarms: 偏离 may mean shortfall only, so that rows far above their target give a note; where the text also claims
    that all is met, all-met-claim reports the missed rows; spending that keeps to the budget is no target.
Example: “各项指标无偏离”, and 66.8 % < 70 %.
Source: 财预〔2020〕10号: deviations from the targets, also upward, are to be analysed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import regex

from extractor import lexicon
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.indicators.completion import Row
from extractor.checks.indicators.completion import rows as with_completion
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.naming import once
from extractor.checks.narrative import all_met_claim
from extractor.checks.narrative.claimed import clause, evaluation_of, in_row, levels, of_levels, only_asked
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Passage, Report, Severity, Verdict

ZH = """“无偏离”的说法与各项指标。

核对内容：“无偏离”“未偏离绩效目标”“不存在偏差”（偏离原因标题下只写“无”的亦同），与该评价每项指标的目标值、实际值和完成情况。
公式：没有一项未达目标或自称未完成；没有一项超过方案阈值 overachieve.completion（130%）。
容差：计数不留容差，其余计末位半个单位；写“较大”“明显”的，只看低于目标30%以上的（与阈值对称）。
易误报：“偏离”可仅指未完成，故只有超额的作提示；文中同时称全部完成的，未达目标的各项由 all-met-claim 报告；
    “执行数未偏离预算数”不是就指标而言。
例：“各项指标无偏离”，而 66.8% < 70%。
依据：财预〔2020〕10号：偏离绩效目标的（含超额较多的）应分析原因。
"""


@dataclass(frozen=True, slots=True)
class _Claim:
    passage: Passage
    start: int
    end: int
    #: It speaks of great deviations only.
    great: bool

    @property
    def words(self) -> str:
        return self.passage.text.string[self.start : self.end]

    @property
    def evidence(self) -> Evidence:
        return quoted(self.passage, self.start, self.end)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    seen: set[int | None] = set()
    for claim in _claims(report):
        evaluation = evaluation_of(report, claim.passage)
        if evaluation not in seen:
            seen.add(evaluation)
            yield _judge(report, profile, evaluation, claim)


def _claims(report: Report) -> Iterator[_Claim]:
    spans = [(one.place.start, one.place.end) for one in report.indicators]
    pattern = lexicon.pattern("check.no_deviation.claim").regex
    heading = False
    for passage in report.passages:
        string = passage.text.string
        if heading and lexicon.pattern("check.no_deviation.none").regex.match(string):
            yield _Claim(passage, 0, len(string), great=False)
        for match in pattern.finditer(string) if "偏" in string else ():
            if _meant(string, match, heading) and not in_row(passage, match.start(), match.end(), spans):
                yield _Claim(passage, clause(string, match.start()), match.end(), match["great"] is not None)
        heading = lexicon.pattern("check.no_deviation.heading").regex.match(string) is not None


def _meant(string: str, match: regex.Match[str], heading: bool) -> bool:
    """Whether the words are about the targets, and claimed and not only asked for."""
    start = clause(string, match.start())
    before = string[start : match.start()]
    if only_asked(string, start, match.start()) or lexicon.matcher("check.no_deviation.other").search(before):
        return False
    near = string[max(0, start - 24) : match.end() + 12]
    return heading or "指标" in near or "目标" in near


def _judge(report: Report, profile: Profile, evaluation: int | None, claim: _Claim) -> Verdict:
    limit = Fraction(profile["overachieve.completion"])
    rows = of_levels(once(list(report.of(evaluation))), levels(claim.words))
    sides = [side for one in rows if isinstance(side := compared(one), Sides)]
    missed = [side for side in sides if side.result() == "missed" and not (claim.great and _near(side, limit))]
    unmet = [one for one in rows if one.status == "unmet" and all(one is not side.indicator for side in missed)]
    names = {"claim": claim.words, "count": len(sides)}
    if not sides and not unmet:
        message = Message.of("“{claim}” stands beside no indicator with figures", **names)
        return CHECK.uncheckable(evaluation, message, evidence=(claim.evidence,))
    if missed or unmet:
        return _missed(report, profile, evaluation, claim, missed, unmet)
    above = [row for row in with_completion(rows)[0] if row.completion > limit and not row.small]
    if above:
        return _above(evaluation, claim, above, len(sides), limit)
    message = Message.of("“{claim}” holds for all {count} indicators with figures", **names)
    cited = (claim.evidence, *(item for side in sides for item in side.evidence))
    return CHECK.consistent(evaluation, message, evidence=cited)


def _near(side: Sides, limit: Fraction) -> bool:
    """Whether a missed target was missed by no more than the limit allows above it."""
    return side.completion is not None and side.completion >= 2 - limit


def _missed(  # noqa: PLR0913, PLR0917  # one finding out of two kinds of rows
    report: Report,
    profile: Profile,
    evaluation: int | None,
    claim: _Claim,
    missed: Sequence[Sides],
    unmet: Sequence[Indicator],
) -> Verdict:
    cited = [claim.evidence, *(item for side in missed for item in side.evidence)]
    cited += [evidence(one, one.status_raw or one.name, "status") for one in unmet]
    if any(v.outcome == "inconsistent" and v.evaluation == evaluation for v in all_met_claim.run(report, profile)):
        message = Message.of("“{claim}”: the rows below their targets contradict another claim too", claim=claim.words)
        return CHECK.uncheckable(evaluation, message, evidence=tuple(cited))
    message = Message.of(
        "“{claim}”, but {count} targets are missed: {name} …",
        claim=claim.words,
        count=len(missed) + len(unmet),
        name=(missed[0].indicator if missed else unmet[0]).name,
    )
    formula = "; ".join(
        [*(f"{s.indicator.name} {s.formula}" for s in missed), *(f"{one.name} {one.status_raw or ''}" for one in unmet)]
    )
    sure = any(side.severity("warning") == "warning" for side in missed) or bool(unmet)
    severity: Severity | None = None if sure else "note"
    return CHECK.inconsistent(evaluation, message, severity, formula=formula, evidence=tuple(cited))


def _above(evaluation: int | None, claim: _Claim, above: Sequence[Row], count: int, limit: Fraction) -> Verdict:
    message = Message.of(
        "“{claim}”, but {above} of {count} indicators are above {limit} of their target",
        claim=claim.words,
        above=len(above),
        count=count,
        limit=f"{limit * 100 // 1}%",
    )
    ranked = sorted(above, key=lambda row: -row.completion)
    formula = "; ".join(f"{row.sides.indicator.name} {row.formula}" for row in ranked)
    cited = (claim.evidence, *(item for row in ranked for item in row.sides.evidence))
    return CHECK.inconsistent(evaluation, message, "note", formula=formula, evidence=cited)


CHECK = Check(id="no-deviation-claim", severity="warning", run=run)
