"""A difference of two percentages that is told in percent, or in other percentage points than they differ by.

Compares: in one sentence, an earlier and a later percentage and the change between them (由45%提高到50%，提高5%).
Formula: in 个百分点 change = later - earlier; in % change = (later - earlier) ÷ earlier.
Tolerance: half a unit of the last printed place of each figure.
False alarms: a change in percent without its former level (达到95.6%，较上年上升2%) may be meant either way.
Example: 由 45% 提高到 50%，提高 5%: 5 percentage points, or 11.11%.
Source: statistics tell the change of a share in 百分点; 百分之 is of the former level. growth-recompute has the changes
    of amounts and counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Number, compare_rate, compare_sum, lowered
from extractor.checks.base import Check, quoted
from extractor.checks.wording import Match, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Report, Verdict

ZH = """百分比与百分点。

核对内容：同一句中前后两个百分比与其变化（由45%提高到50%，提高5%）。
公式：以百分点计：变化 = 后值 - 前值；以百分数计：变化 =（后值 - 前值）÷ 前值。
容差：各数末位的半个单位。
易误报：只有变化而没有前值的（达到95.6%，较上年上升2%），两种理解都有可能，不作判断。
例：由 45% 提高到 50%，提高 5%：应为 5 个百分点，或 11.11%。
依据：统计用语：比率的变化用百分点，百分之几是相对前值而言；金额和数量的增长归 growth-recompute。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    alone = lexicon.pattern("check.skeleton.points.alone").regex
    for passage in running(report):
        string = passage.text.string
        if "%" not in string:
            continue
        bones = skeleton(string)
        taken: set[int] = set()
        for pattern in (*lexicon.family("check.skeleton.growth"), *lexicon.family("check.skeleton.points.levels")):
            for match in bones.search(pattern.regex):
                figures = match.figures
                if "before" in figures and figures["rate"].start not in taken and _are_shares(match):
                    taken.add(figures["rate"].start)
                    yield _verdict(passage, match)
        for match in bones.search(alone):
            level, change = match.figures["after"], match.figures["rate"]
            if change.start not in taken and level.unit == change.unit == "%":
                message = Message.of("“{change}” of a share may be percent or percentage points", change=change.raw)
                cited = tuple(quoted(passage, figure.start, figure.end, around=0) for figure in (level, change))
                yield CHECK.uncheckable(passage.evaluation, message, evidence=cited)


def _are_shares(match: Match) -> bool:
    """Whether both levels are percentages, and the change is in percent or in points."""
    levels = {match.figures[name].unit for name in ("before", "after")}
    return levels <= {"%", "百分比"} and quantity.dimension(match.figures["rate"].unit) in ("ratio", "pct_point")


def _verdict(passage: Passage, match: Match) -> Verdict:
    figures = sorted(match.figures.values(), key=lambda figure: figure.start)
    cited = tuple(quoted(passage, figure.start, figure.end, around=0) for figure in figures)
    before, after, change = (Number.of_quantity(match.figures[name]) for name in ("before", "after", "rate"))
    names = {"change": match.figures["rate"].raw}
    if before is None or after is None or change is None or before.base <= 0:
        message = Message.of("“{change}” and its two shares are not all exact figures", **names)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    if lexicon.matcher("check.growth.fall").search(match.match["verb"]):
        change = replace(change, value=-change.value)
    points = compare_sum(replace(change, unit=after.unit), [after], less=[before])
    severity = lowered(CHECK.severity, before, after, change)
    if quantity.dimension(change.unit) == "pct_point":
        shown = {**points.figures, "evidence": cited}
        if points.grade != "apart":
            message = Message.of("“{change}” is the difference of the two shares", **names)
            return CHECK.consistent(passage.evaluation, message, **shown)
        message = Message.of("“{change}” is not the difference of the two shares", **names)
        return CHECK.inconsistent(passage.evaluation, message, severity, **shown)
    percent = compare_rate(change, [after], [before], growth=True)
    shown = {**percent.figures, "evidence": cited}
    # A truncated rate (6% for 6.67%) only where the points do not say so to the digit.
    if percent.grade == "agrees" or (percent.grade == "last place" and points.grade == "apart"):
        message = Message.of("“{change}” is the growth of the share", **names)
        return CHECK.consistent(passage.evaluation, message, **shown)
    message = Message.of("“{change}” is neither the growth nor the difference of the two shares", **names)
    if points.grade != "apart":
        message = Message.of("“{change}” is the difference of two shares: percentage points and no percent", **names)
    shown["formula"] = f"{points.formula}; {percent.formula}"
    return CHECK.inconsistent(passage.evaluation, message, severity, **shown)


CHECK = Check(id="pct-vs-point", severity="warning", run=run)
