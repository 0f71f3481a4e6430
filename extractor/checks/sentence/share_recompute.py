"""A share and the part and whole beside it.

Compares: in one sentence, a part, its share (占 … R) and the whole, which stands between them (P占T的R) or earlier in
    the sentence in the same kind of unit.
Formula: share = part ÷ whole.
Tolerance: half a unit of the share's last printed place, and the rounding of amounts with decimals; counts are exact.
    Truncation and a difference of one last place are notes.
False alarms: 占比提升 (a change of a share), wholes that the sentence does not print (占全省的), several wholes in one
    sentence: if any gives the share, it holds.
Example: 培训 50 人，其中女性 40 人，占 82%: 40 ÷ 50 = 80.00% ≠ 82%.
Source: share = part ÷ whole × 100 %, as statistics define it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from extractor import lexicon, quantity
from extractor.checks import hints
from extractor.checks.arithmetic import Number, compare_rate, lowered, step_down
from extractor.checks.base import Check, quoted
from extractor.checks.wording import Match, quantities, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Quantity, Report, Verdict

ZH = """占比与部分、总体。

核对内容：同一句中的部分、占比（占……R）和总体；总体写在两者之间（P占T的R），或在该句前文以同类单位出现。
公式：占比 = 部分 ÷ 总体。
容差：占比末位的半个单位，另计带小数金额的舍入；计数视为准确数。截尾和末位差一仅作提示。
易误报：占比提升（是占比的变化）、句中未印出的总体（占全省的）、一句中有多个总体（任一吻合即为相符）。
例：培训 50 人，其中女性 40 人，占 82%：40 ÷ 50 = 80.00% ≠ 82%。
依据：统计口径：占比 = 部分 ÷ 总体 × 100%。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for passage in running(report):
        string = passage.text.string
        if "占" not in string or "%" not in string:
            continue
        bones = skeleton(string)
        taken: set[int] = set()
        for pattern in lexicon.family("check.skeleton.share"):
            for match in bones.search(pattern.regex):
                rate = match.figures["rate"]
                if rate.unit == "%" and rate.start not in taken and not _is_change(match):
                    taken.add(rate.start)
                    yield _verdict(passage, match)


def _is_change(match: Match) -> bool:
    """占比提升5% is a change; 占地 is no share."""
    return lexicon.matcher("check.share.change").search("占" + match.match["words"]) is not None


def _wholes(string: str, match: Match) -> list[Quantity]:
    """What the part may be a share of: the figure between, else larger ones of its unit earlier in the sentence."""
    part = match.figures["part"]
    if "whole" in match.figures:
        return [match.figures["whole"]]
    start = string.rfind("。", 0, part.start) + 1
    earlier = [figure for figure in quantities(string) if start <= figure.start < part.start]
    least = _size(part)
    return [figure for figure in earlier if _same_kind(figure, part) and _size(figure) >= least]


def _size(figure: Quantity) -> Fraction:
    return quantity.base(figure.value or Decimal(0), figure.unit)


def _same_kind(one: Quantity, other: Quantity) -> bool:
    if quantity.same_unit(one.unit, other.unit):
        return True
    dimension = quantity.dimension(one.unit)
    return dimension is not None and dimension == quantity.dimension(other.unit)


def _verdict(passage: Passage, match: Match) -> Verdict:
    part, rate = match.figures["part"], match.figures["rate"]
    wholes = _wholes(passage.text.string, match)
    cited = tuple(quoted(passage, f.start, f.end, around=0) for f in (*wholes, part, rate))
    share, number = Number.of_quantity(rate), Number.of_quantity(part)
    numbers = [n for n in map(Number.of_quantity, wholes) if n is not None and n.base > 0]
    if share is None or number is None or not numbers or not all(_same_kind(f, part) for f in wholes):
        message = Message.of("The share of “{part}” is printed without an exact whole in the same unit", part=part.raw)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    return _compared(passage, (share, number, *numbers), part.raw, cited)


def _compared(passage: Passage, numbers: Sequence[Number], part: str, cited: tuple[Evidence, ...]) -> Verdict:
    share, number, *wholes = numbers
    results = [compare_rate(share, [number], [whole]) for whole in wholes]
    grades = ("agrees", "last place", "loose", "apart")
    result = min(results, key=lambda one: grades.index(one.grade))
    shown = {**result.figures, "evidence": cited}
    if result.grade == "agrees":
        message = Message.of("The share of “{part}” follows from its whole", part=part)
        return CHECK.consistent(passage.evaluation, message, **shown)
    if result.grade == "last place":
        message = Message.of("The share of “{part}” differs in its last place only", part=part)
        return CHECK.inconsistent(passage.evaluation, message, "note", **shown)
    sure = result.grade == "apart" and len(wholes) == 1
    severity = lowered(CHECK.severity if sure else step_down(CHECK.severity), share, number, *wholes)
    shown["formula"] = "; ".join(dict.fromkeys(one.formula for one in results[:4]))
    hint = hints.for_numbers([share, number, wholes[0]], _agree) if len(wholes) == 1 else None
    message = Message.of("The share of “{part}” does not follow from its whole", part=part)
    return CHECK.inconsistent(passage.evaluation, message, severity, hint=hint, **shown)


def _agree(numbers: Sequence[Number]) -> bool:
    share, part, whole = numbers
    return whole.base > 0 and compare_rate(share, [part], [whole]).grade == "agrees"


CHECK = Check(id="share-recompute", severity="error", run=run)
