"""A growth rate and the two levels beside it.

Compares: in one sentence, the earlier level, the later level and the rate between them (由A增加到B，增长R; B，比上年的A
    下降R; 2023年A，2024年B，增长R), or the later level, the difference and the rate (B，比上年增加D，增长R).
Formula: rate = later ÷ earlier - 1.
Tolerance: half a unit of the rate's last printed place, and the rounding of levels with decimals. Truncation and a
    difference of one last place are notes.
False alarms: rates on another basis (可比口径, 年均, 扣除价格因素), levels that are themselves rates, 增长N倍.
Example: 由 80 万吨增加到 100 万吨，增长 20%: (100 - 80) ÷ 80 = 25.00% ≠ 20%.
Source: 同比增长 = (本年 - 上年) ÷ 上年 × 100%, as statistics define it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon, quantity
from extractor.checks import hints
from extractor.checks.arithmetic import Number, compare_rate, lowered, step_down
from extractor.checks.base import Check, quoted
from extractor.checks.wording import Match, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Report, Verdict

ZH = """增长率与前后两个数。

核对内容：同一句中的基期数、报告期数和增长率（由A增加到B，增长R；B，比上年的A下降R；2023年A，2024年B，增长R），
    或报告期数、增减额和增长率（B，比上年增加D，增长R）。
公式：增长率 = 报告期数 ÷ 基期数 - 1。
容差：增长率末位的半个单位，另计带小数的两个数的舍入；截尾和末位差一仅作提示。
易误报：口径不同的增长率（可比口径、年均、扣除价格因素）、本身就是比率的数、“增长N倍”。
例：由 80 万吨增加到 100 万吨，增长 20%：(100 - 80) ÷ 80 = 25.00% ≠ 20%。
依据：统计口径：同比增长 =（本年 - 上年）÷ 上年 × 100%。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for passage in running(report):
        string = passage.text.string
        if "%" not in string or not any(sign in string for sign in "增降减升提"):
            continue
        bones = skeleton(string)
        taken: set[int] = set()
        for pattern in lexicon.family("check.skeleton.growth"):
            for match in bones.search(pattern.regex):
                figures = match.figures
                if figures["rate"].unit == "%" and figures["rate"].start not in taken:
                    taken.add(figures["rate"].start)
                    yield _verdict(passage, match)


def _verdict(passage: Passage, match: Match) -> Verdict:
    figures = sorted(match.figures.values(), key=lambda figure: figure.start)
    cited = tuple(quoted(passage, figure.start, figure.end, around=0) for figure in figures)
    reason = _not_comparable(match)
    rate, levels = Number.of_quantity(match.figures["rate"]), _levels(match)
    if reason is not None or rate is None or levels is None:
        lacking = Message.of("A growth rate and its levels are not all exact figures of one dimension")
        return CHECK.uncheckable(passage.evaluation, reason or lacking, evidence=cited)
    before, after = levels
    if _falls(match.match["verb"]) and rate.value > 0:
        rate = Number(-rate.value, rate.decimals, rate.unit, rate.approx)
    result = compare_rate(rate, [after], [before], growth=True)
    shown = {**result.figures, "evidence": cited}
    if result.grade == "agrees":
        message = Message.of("The growth rate follows from its two levels")
        return CHECK.consistent(passage.evaluation, message, **shown)
    if result.grade == "last place":
        message = Message.of("The growth rate differs from its two levels in its last place only")
        return CHECK.inconsistent(passage.evaluation, message, "note", **shown)
    severity = CHECK.severity if result.grade == "apart" else step_down(CHECK.severity)
    message = Message.of("The growth rate does not follow from its two levels")
    hint = hints.for_numbers([rate, before, after], _agree)
    return CHECK.inconsistent(passage.evaluation, message, lowered(severity, rate, before, after), hint=hint, **shown)


def _agree(numbers: Sequence[Number]) -> bool:
    rate, before, after = numbers
    return before.base > 0 and compare_rate(rate, [after], [before], growth=True).grade == "agrees"


def _falls(word: str) -> bool:
    return lexicon.matcher("check.growth.fall").search(word) is not None


def _not_comparable(match: Match) -> Message | None:
    other = lexicon.matcher("check.growth.other_basis").search(match.words)
    if other is not None:
        return Message.of("The growth rate rests on another basis (“{words}”) than its levels", words=other[0])
    years = match.match.groupdict()
    if years.get("y0") and years["y0"] >= years["y1"]:
        return Message.of("The levels are not given from the earlier to the later year")
    return None


def _levels(match: Match) -> tuple[Number, Number] | None:
    """(earlier, later); None where one is missing, they differ in dimension, or they are themselves rates."""
    after = Number.of_quantity(match.figures["after"])
    other = Number.of_quantity(match.figures["before" if "before" in match.figures else "delta"])
    if after is None or other is None:
        return None
    before = other
    if "delta" in match.figures:
        if other.unit != after.unit:
            return None
        sign = 1 if _falls(match.match["direction"]) else -1
        places = max(after.decimals, other.decimals)
        before = Number(after.value + sign * other.value, places, after.unit, after.approx or other.approx)
    kinds = {quantity.dimension(before.unit), quantity.dimension(after.unit)}
    if len(kinds) > 1 or kinds & {"ratio", "pct_point"} or (None in kinds and before.unit != after.unit):
        return None
    return (before, after) if before.base > 0 else None


CHECK = Check(id="growth-recompute", severity="error", run=run)
