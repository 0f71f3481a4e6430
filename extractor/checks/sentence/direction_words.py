"""Words that say which of two printed figures is larger.

Compares: 决算数大于 (小于, 等于) 预算数 with the budget and the final account before it; 比上年的A增加, 由A下降到B and
    与上年的A持平 with the two figures that they stand between.
Formula: the relation that the words claim holds of the figures; 持平 and 等于: the figures are equal, 基本持平: they
    are no more than a twentieth apart.
Tolerance: the rounding of each figure: printed to different places they may be equal.
False alarms: another budget than the one printed (年初 beside 调整后), ranks (第8位上升到第5位); a growth rate behind
    the words has its own checks (growth-recompute, pct-vs-point), unless it says the opposite of them.
Example: 年初预算 120 万元，支出决算 110 万元，决算数大于预算数: 110 < 120.
Source: the explanations of final accounts ask for 决算数大于(小于)预算数 with reasons; copied from year to year, the
    word is left over from another item.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Comparison, Number, compare_equal, lowered
from extractor.checks.base import Check, quoted
from extractor.checks.wording import Match, Skeleton, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Report, Severity, Verdict

ZH = """表示大小、增减的词语与两个数。

核对内容：“决算数大于（小于、等于）预算数”与其前的预算数、决算数；“比上年的A增加”“由A下降到B”“与上年的A持平”与其间的两个数。
公式：词语所称的大小关系成立；“持平”“等于”：两数相等；“基本持平”：相差不超过二十分之一。
容差：各数的舍入；印到不同位数的两数可以视为相等。
易误报：所称预算与所印预算不同（年初与调整后）；名次（由第8位上升到第5位）；其后的增长率另有核对
    （growth-recompute、pct-vs-point），但与词语方向相反的仍在此报。
例：年初预算 120 万元，支出决算 110 万元，决算数大于预算数：110 < 120。
依据：决算公开要求说明决算数大于（小于）预算数的原因；逐年套用时常留下上一项的词语。
"""

#: Figures that are called 基本持平 may be so far apart, by the larger one.
_NEARLY = Fraction(1, 20)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for passage in running(report):
        bones = skeleton(passage.text.string)
        if len(bones.figures) < 2:
            continue
        taken: set[tuple[int, int]] = set()
        for pattern in lexicon.family("check.skeleton.direction"):
            severity: Severity = "error" if ".final" in pattern.id else "warning"
            for match in bones.search(pattern.regex):
                pair = (match.figures["left"].start, match.figures["right"].start)
                if pair not in taken and _comparable(match) and not _told_by_rate(bones, match):
                    taken.add(pair)
                    yield _verdict(passage, match, severity)


def _comparable(match: Match) -> bool:
    left, right = match.figures["left"], match.figures["right"]
    kind = quantity.dimension(left.unit)
    if kind is None or kind == "rank" or not quantity.same_unit(left.unit, right.unit):
        return False
    rate = match.figures.get("rate")
    return lexicon.matcher("check.direction.rank").search(match.words) is None and (rate is None or rate.unit == "%")


def _told_by_rate(bones: Skeleton, match: Match) -> bool:
    """Whether a rate behind the words goes the same way: then the check of the rate compares the figures."""
    if "order" in match.match.re.groupindex:
        return False
    behind = lexicon.pattern("check.direction.rate_behind").regex.match(bones.string, match.match.end())
    if behind is None:
        return False
    figure = bones.figures.get(behind.start("rate"))
    if figure is None or quantity.dimension(figure.unit) not in ("ratio", "pct_point"):
        return False
    said = _sign(match.match["verb"])
    return (_sign(behind[0]) or said) == said


def _sign(verb: str) -> str:
    """`>`, `<`, `=` or `≈`: what the word says of the left figure."""
    for sign, term in (("≈", "nearly"), ("=", "equal"), ("<", "less"), (">", "more")):
        if lexicon.matcher(f"check.direction.{term}").search(verb):
            return sign
    return ""


def _verdict(passage: Passage, match: Match, severity: Severity) -> Verdict:
    words = match.words[match.match.start("claim") - match.match.start() :] if _claims(match) else match.match["verb"]
    figures = sorted((match.figures["left"], match.figures["right"]), key=lambda figure: figure.start)
    cited = tuple(quoted(passage, figure.start, figure.end, around=0) for figure in figures)
    left, right = Number.of_quantity(match.figures["left"]), Number.of_quantity(match.figures["right"])
    names = {"words": words.replace("◇", "…")}
    if left is None or right is None:
        message = Message.of("“{words}” stands beside a figure that is a bound or a range", **names)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    kinds = {kind for name in ("of", "said") if (kind := match.match.groupdict().get(name))}
    if len(kinds) > 1:
        message = Message.of("“{words}” is of another budget than the one printed", **names)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    sign, result = _sign(match.match["verb"]), compare_equal(left, right)
    if match.match.groupdict().get("order") == "预算":
        sign = {">": "<", "<": ">"}.get(sign, sign)
    true = "=" if left.base == right.base else ">" if left.base > right.base else "<"
    shown = {"formula": f"{left.with_unit} {true} {right.with_unit}", "expected": sign, "actual": true}
    shown |= {"difference": result.difference, "tolerance": result.tolerance}
    if _holds(sign, true, left, right, result):
        message = Message.of("“{words}” holds of the figures", **names)
        return CHECK.consistent(passage.evaluation, message, evidence=cited, **shown)
    if true == "=" or (sign in "=≈" and result.grade == "last place"):
        severity = "note"
    message = Message.of("“{words}”, and the figures say otherwise", **names)
    return CHECK.inconsistent(passage.evaluation, message, lowered(severity, left, right), evidence=cited, **shown)


def _claims(match: Match) -> bool:
    return match.match.groupdict().get("claim") is not None


def _holds(sign: str, true: str, left: Number, right: Number, result: Comparison) -> bool:
    """Whether the figures allow what the words claim."""
    if sign == "≈":
        return abs(left.base - right.base) <= _NEARLY * max(abs(left.base), abs(right.base))
    if sign == "=":
        return result.grade == "agrees"
    return true == sign or (result.grade == "agrees" and left.base != right.base)


CHECK = Check(id="direction-words", severity="error", run=run)
