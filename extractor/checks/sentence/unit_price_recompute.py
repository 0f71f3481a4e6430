"""A sum, the number of pieces and the price of one.

Compares: in one sentence, a count, what one costs (每村20万元, 按1000元/人的标准) and their sum (共600万元), in any
    order that says so; also written out as a product (30×20=600).
Formula: sum = count × price of one, and × the months or years where the price is for each of them.
Tolerance: the rounding of each figure; counts and whole prices are exact. A difference of one last place is a note.
False alarms: average, graded or highest prices, prices for pieces of another kind than were counted, prices by month
    whose number of months the sentence does not print; by year, for a part of which it may have been paid (a note).
Example: 30 个村，每村 20 万元，共 650 万元: 30 × 20 = 600 ≠ 650.
Source: subsidies at a fixed rate are released as count × rate (补助标准).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor import lexicon, quantity
from extractor.checks import hints
from extractor.checks.arithmetic import Comparison, Number, compare_product, lowered, step_down
from extractor.checks.base import Check, quoted
from extractor.checks.sentence.pieces import unit_of_one
from extractor.checks.wording import Match, Skeleton, running, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Passage, Report, Verdict

ZH = """数量、单价与总额。

核对内容：同一句中的数量、单价（每村20万元、按1000元/人的标准）和总额（共600万元），先后不限；也包括写成算式的（30×20=600）。
公式：总额 = 数量 × 单价；按月、按年计的，再乘以月数、年数。
容差：各数末位的舍入；计数和整数单价视为准确数。末位差一仅作提示。
易误报：平均、分档、最高标准；单价与数量所指不是同一单位；按月计价而句中未写月数；
    按年计价而只付部分月份的（仅作提示）。
例：30 个村，每村 20 万元，共 650 万元：30 × 20 = 600 ≠ 650。
依据：定额补助按数量乘以补助标准下达。
"""

#: Months of a year, and terms of one: what a price may be meant for where the sentence prints no number of them.
_TWELVE, _TWO = Number(Decimal(12), 0, ""), Number(Decimal(2), 0, "")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for passage in running(report):
        string = passage.text.string
        if not any(sign in string for sign in "每按×/*单"):
            continue
        bones = skeleton(string)
        taken: set[int] = set()
        for pattern in lexicon.family("check.skeleton.price"):
            for match in bones.search(pattern.regex):
                if match.figures["total"].start not in taken and _multiplies(match):
                    taken.add(match.figures["total"].start)
                    yield _verdict(passage, match, _other_counts(bones, match))


def _multiplies(match: Match) -> bool:
    """Whether the price and the sum are of one dimension, and the count is of another."""
    total, price, count = (match.figures[name] for name in ("total", "price", "count"))
    kind = quantity.dimension(total.unit)
    upper = quantity.dimension(price.unit.partition("/")[0])
    return kind == upper != "ratio" and quantity.dimension(count.unit) not in (kind, None, "ratio", "pct_point")


def _other_counts(bones: Skeleton, match: Match) -> list[Number]:
    """Further counts of the sentence in the same unit: 20个，其中续建8个、新建12个，每个50万元."""
    at = match.match.start("count")
    start = max(bones.string.rfind(stop, 0, at) for stop in "。;") + 1
    unit = match.figures["count"].unit
    figures = [bones.figures[other] for other in bones.figures if start <= other < at]
    return [n for figure in figures if figure.unit == unit and (n := Number.of_quantity(figure)) is not None]


def _verdict(passage: Passage, match: Match, others: Sequence[Number]) -> Verdict:
    figures = sorted(match.figures.values(), key=lambda figure: figure.start)
    cited = tuple(quoted(passage, figure.start, figure.end, around=0) for figure in figures)
    total, count = (Number.of_quantity(match.figures[name]) for name in ("total", "count"))
    price = _price(match)
    if total is None or count is None or price is None:
        message = Message.of("A sum, its count and its price are not all exact figures of one kind")
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    tiered = lexicon.matcher("check.price.not_one").search(match.words)
    if tiered is not None:
        message = Message.of("The price is not one for all (“{words}”)", words=tiered[0])
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    results = [result for number in (count, *others) for result in _readings(match, total, number, price)]
    result = next((r for grade in ("agrees", "last place") for r in results if r.grade == grade), results[0])
    shown = {**result.figures, "evidence": cited}
    if result.grade == "agrees":
        message = Message.of("“{total}” is the count times the price", total=match.figures["total"].raw)
        return CHECK.consistent(passage.evaluation, message, **shown)
    if result.grade == "last place":
        message = Message.of("“{total}” differs from the count times the price in its last place only", **_named(match))
        return CHECK.inconsistent(passage.evaluation, message, "note", **shown)
    if lexicon.matcher("check.price.by_time").search(match.words):
        message = Message.of("The price is one for a time: the sentence does not say for how many")
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited, formula=result.formula)
    if others:
        message = Message.of("Which of several counts “{total}” was paid for is not clear", **_named(match))
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited, formula=result.formula)
    message = Message.of("“{total}” is not the count times the price", **_named(match))
    hint = hints.for_numbers([total, count, price], lambda n: compare_product(n[0], n[1], n[2]).grade == "agrees")
    # A yearly price may have been paid for a part of the year.
    yearly = lexicon.matcher("check.price.by_year").search(match.words) is not None
    severity = lowered(step_down(CHECK.severity) if yearly else CHECK.severity, total, count, price)
    return CHECK.inconsistent(passage.evaluation, message, severity, hint=hint, **shown)


def _named(match: Match) -> dict[str, str]:
    return {"total": match.figures["total"].raw}


def _price(match: Match) -> Number | None:
    """The price with the unit that it is for; None where that is not what was counted, or the price is no figure."""
    printed = Number.of_quantity(match.figures["price"])
    if printed is None:
        return None
    each = match.match.groupdict().get("each") or ""
    upper, _, lower = printed.unit.partition("/")
    lower = (lower or each).strip("·. 年月")
    if not lower:
        # Written out as a product, with nothing said of what was counted.
        return replace(printed, unit=upper)
    count, noun = match.figures["count"], match.match.groupdict().get("noun") or ""
    unit = unit_of_one(lower, count.unit, noun)
    return replace(printed, unit=f"{upper}/{unit}") if unit else None


def _readings(match: Match, total: Number, count: Number, price: Number) -> Sequence[Comparison]:
    """Count × price, and that times the months, years or days where the price is for one of them."""
    results = [compare_product(total, count, price)]
    if lexicon.matcher("check.price.by_time").search(match.words):
        times = [_TWELVE, _TWO] if "学期" in match.words else [_TWELVE]
        if "time" in match.figures and (printed := Number.of_quantity(match.figures["time"])) is not None:
            times.insert(0, replace(printed, unit=""))
        results += [compare_product(total, count, price, [time]) for time in times]
    return results


CHECK = Check(id="unit-price-recompute", severity="warning", run=run)
