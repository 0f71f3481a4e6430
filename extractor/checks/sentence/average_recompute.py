"""An average, and the total and the count that it was made of.

Compares: in one sentence, 人均, 户均, 亩均, 平均每村 … with the total and the count before it.
Formula: average = total ÷ count.
Tolerance: half a unit of the average's last printed place, and the rounding of the total; counts printed in full are
    exact. Truncation and a difference of one last place are notes.
False alarms: averages of something else than the total (人均增收 beside a sum that was spent: the words have to agree),
    averages by month or year, several totals or counts in one sentence: if any pair gives the average, it holds.
Example: 向 387 人发放 2,057.64 万元，人均 6.32 万元: 2,057.64 ÷ 387 = 5.32 ≠ 6.32.
Source: average = total ÷ number, as statistics define it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Comparison, Number, compare_rate, lowered
from extractor.checks.base import Check, quoted
from extractor.checks.naming import pairs, plain
from extractor.checks.sentence.pieces import unit_of_one
from extractor.checks.wording import Match, Skeleton, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Quantity, Report, Verdict

ZH = """平均数与总额、数量。

核对内容：同一句中的人均、户均、亩均、平均每村等，与其前的总额和数量。
公式：平均数 = 总额 ÷ 数量。
容差：平均数末位的半个单位，另计总额的舍入；写全的计数视为准确数。截尾和末位差一仅作提示。
易误报：平均数与总额所指不同（支出总额旁的“人均增收”，用词须一致）；按月、按年平均；一句中有多个总额或数量的，任一组合吻合即为相符。
例：向 387 人发放 2,057.64 万元，人均 6.32 万元：2,057.64 ÷ 387 = 5.32 ≠ 6.32。
依据：统计口径：平均数 = 总额 ÷ 数量。
"""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A total and a count, with the average that they give."""

    total: Quantity
    count: Quantity
    result: Comparison


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    pattern = lexicon.pattern("check.skeleton.average").regex
    for passage in running(report):
        string = passage.text.string
        if "均" not in string:
            continue
        bones = skeleton(string)
        for match in bones.search(pattern):
            verdict = _judge(passage, bones, match)
            if verdict is not None:
                yield verdict


def _judge(passage: Passage, bones: Skeleton, match: Match) -> Verdict | None:
    """None where nothing in the sentence is of the average's kind."""
    average = match.figures["average"]
    earlier = _earlier(bones, match.match.start())
    upper = quantity.dimension(average.unit.partition("/")[0])
    totals = [at for at in earlier if upper is not None and quantity.dimension(bones.figures[at].unit) == upper]
    totals = [at for at in totals if _same_thing(bones, at, match.match["what"])]
    each = match.match["one"] or match.match["each"]
    counts = [(at, unit) for at in earlier if (unit := _counted(bones, at, each)) is not None]
    if not totals or not counts:
        return None
    printed = Number.of_quantity(average)
    cited = tuple(quoted(passage, f.start, f.end, around=0) for f in _figures(bones, totals, counts, average))
    by_time = lexicon.matcher("check.average.by_time").search(match.words)
    if printed is None or by_time is not None:
        message = Message.of("“{average}” is a bound, a range or an average by time", average=average.raw)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    found = list(_compared(bones, printed, totals, counts))
    if not found:
        message = Message.of("The total and the count of “{average}” are no exact figures", average=average.raw)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    return _verdict(passage, average, printed, found)


def _earlier(bones: Skeleton, before: int) -> list[int]:
    """Places of the figures before the average in its sentence, the nearest first."""
    start = max(bones.string.rfind(stop, 0, before) for stop in "。;；") + 1
    return sorted((at for at in bones.figures if start <= at < before), reverse=True)


def _same_thing(bones: Skeleton, at: int, what: str) -> bool:
    """Whether the words of the average (人均补贴) are those of the total; without words of its own it is of any."""
    words = plain(what)
    if len(words) < 2:
        return True
    return bool(pairs(words) & pairs(plain("|".join(bones.beside(at)))))


def _counted(bones: Skeleton, at: int, each: str) -> str | None:
    unit = bones.figures[at].unit
    noun = bones.beside(at)[1] or bones.beside(at)[0][-4:]
    return unit_of_one(each, unit, noun) if unit and "/" not in unit else None


def _figures(
    bones: Skeleton, totals: Sequence[int], counts: Sequence[tuple[int, str]], average: Quantity
) -> list[Quantity]:
    return [*(bones.figures[at] for at in sorted({*totals, *(at for at, _ in counts)})), average]


def _compared(
    bones: Skeleton, average: Number, totals: Sequence[int], counts: Sequence[tuple[int, str]]
) -> Iterator[_Pair]:
    rate = replace(average, unit=average.unit.partition("/")[0])
    for total_at, (count_at, unit) in product(totals, counts):
        total, count = Number.of_quantity(bones.figures[total_at]), Number.of_quantity(bones.figures[count_at])
        if total is None or count is None or total_at == count_at or count.value <= 0:
            continue
        # An average by 亩 is of so many 亩, whatever the base unit of areas is.
        per_piece = quantity.base(Decimal(1), unit)
        if per_piece != 1 and count.unit != unit:
            continue
        counted = count if per_piece == 1 else replace(count, unit="")
        yield _Pair(bones.figures[total_at], bones.figures[count_at], compare_rate(rate, [total], [counted]))


def _verdict(passage: Passage, average: Quantity, printed: Number, found: Sequence[_Pair]) -> Verdict:
    grades = ("agrees", "last place", "loose", "apart")
    best = min(found, key=lambda pair: grades.index(pair.result.grade))
    figures = sorted((best.total, best.count, average), key=lambda figure: figure.start)
    cited = tuple(quoted(passage, f.start, f.end, around=0) for f in figures)
    shown = {**best.result.figures, "evidence": cited}
    names = {"average": average.raw}
    if best.result.grade == "agrees":
        message = Message.of("“{average}” follows from its total and its count", **names)
        return CHECK.consistent(passage.evaluation, message, **shown)
    if best.result.grade in ("last place", "loose"):
        message = Message.of("“{average}” differs from its total and its count by rounding only", **names)
        return CHECK.inconsistent(passage.evaluation, message, "note", **shown)
    if len(found) > 1:
        message = Message.of("“{average}” may be of several totals and counts, and none of them gives it", **names)
        return CHECK.uncheckable(passage.evaluation, message, formula=best.result.formula, evidence=cited)
    message = Message.of("“{average}” does not follow from its total and its count", **names)
    numbers = [n for n in (printed, *map(Number.of_quantity, (best.total, best.count))) if n is not None]
    return CHECK.inconsistent(passage.evaluation, message, lowered(CHECK.severity, *numbers), **shown)


CHECK = Check(id="average-recompute", severity="warning", run=run)
