"""Nearly all actual values exactly on their targets.

Compares: target and actual value of all indicators of an evaluation; a row of the annexed table that repeats a sentence
    counts once.
Formula: share of the rows with actual = target > 90 %, of at least 8 rows in figures; of fewer rows all, at least four
    of them measured to a decimal place (1,315.74 公顷).
Tolerance: none, in base units: 1 公里 and 1,000 米 are equal.
False alarms: obligations (=100 %, =68 所) are to be met exactly and do not count; a few whole numbers may be equal by
    chance.
Example: 9 of 9 rows print their target again as their actual value.
Source: reviewers' practice: actual values that repeat all targets were rarely measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extractor.checks.base import Check
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.naming import groups, once
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Verdict

ZH = """几乎所有实际值都恰等于目标值。

核对内容：同一评价全部指标的目标值和实际完成值；附表与正文重复的指标只计一次。
公式：至少8项数值指标中，实际值 = 目标值的占比超过90%；不足8项的须全部相等，且至少4项印到小数（1,315.74公顷）。
容差：无，换算为同一单位后比较：1公里与1,000米相等。
易误报：必须恰好完成的（=100%、=68所）不计入；少数整数相等可能是巧合。
例：9项指标的实际值全都照抄目标值。
依据：评审实践：实际值与全部目标值一一相同的，往往未经实测。
"""

_ROWS = 8
#: So many measured values do not fall on their targets by chance.
_MEASURED = 4
_SHARE = Fraction(9, 10)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        every = once(indicators)
        rows = [sides for one in every if isinstance(sides := compared(one), Sides) and _counts(sides)]
        measured = sum(1 for sides in rows if sides.actual.decimals)
        copied = measured >= _MEASURED and _share(rows) == 1
        if len(rows) >= _ROWS or copied or (len(every) >= _ROWS and _share(rows) <= _SHARE):
            yield _judge(evaluation, rows)
        elif len(every) >= _ROWS:
            message = Message.of(
                "Only {count} of {all} indicators give figures that could also lie beside their targets",
                count=len(rows),
                all=len(every),
            )
            yield CHECK.uncheckable(evaluation, message)


def _counts(sides: Sides) -> bool:
    """Whether the actual value could be another one than the target."""
    return sides.indicator.operator != "=" and sides.bound is None and sides.target.base != 0


def _equal(rows: Sequence[Sides]) -> list[Sides]:
    return [sides for sides in rows if sides.actual.base == sides.target.base]


def _share(rows: Sequence[Sides]) -> Fraction:
    """The share of rows that are exactly on their targets; 1 where there is none."""
    return Fraction(len(_equal(rows)), len(rows)) if rows else Fraction(1)


def _judge(evaluation: int | None, rows: Sequence[Sides]) -> Verdict:
    equal = _equal(rows)
    names = {"equal": len(equal), "count": len(rows)}
    cited = tuple(item for sides in rows for item in sides.evidence)
    formula = f"{len(equal)} ÷ {len(rows)}"
    if _share(rows) > _SHARE:
        message = Message.of("{equal} of {count} actual values are exactly their targets", **names)
        return CHECK.inconsistent(evaluation, message, formula=formula, tolerance="90%", evidence=cited)
    message = Message.of("{equal} of {count} actual values are exactly their targets, the others are not", **names)
    return CHECK.consistent(evaluation, message, formula=formula, tolerance="90%", evidence=cited)


CHECK = Check(id="target-equals-actual-all", severity="note", run=run)
