"""The score of an indicator, and how far its target was met.

Compares: score, weight, target and actual value of each row.
Formula: met → weight; missed → weight × actual ÷ target (target ÷ actual for limits). A missed target with full marks
    is an error, a higher score than the proportional one a warning; so are full marks for a row of which a part misses
    its target.
    Where a row is graded in words, its share of the points lies in the profile's band for that grade
    (qualitative.met, qualitative.partly). A profile that takes points off for over-achievement (overachieve.points)
    has them missing there.
Tolerance: half a unit of the score's last place, at least 0.1. Where the whole form scores in whole numbers, a
    difference below one point is a note; so is a target that is met but for rounding.
False alarms: points taken off a met target are no finding where a reason stands beside them or where it was exceeded
    beyond the profile's limit; words that are no known grade are not compared; a missed target may score less than in
    proportion;
    a kept limit that scores as if more were better belongs to inverse-direction.
Example: target ≥100, actual 98, weight 10, score 10.
Source: 财预〔2020〕10号: full marks for a target that is met, else in proportion to its completion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from typing import cast

from extractor import lexicon
from extractor.checks.arithmetic import grouped
from extractor.checks.base import Check
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.scores.points import (
    Points,
    Sheet,
    points,
    row_evidence,
    same_figures,
    scored_upwards,
    sheets,
    shown,
)
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Severity, Status, Verdict

ZH = """指标得分与完成情况。

核对内容：每行的得分、分值、目标值、实际完成值。
公式：完成的得满分；未完成的得 分值 × 实际值 ÷ 目标值（上限类为目标值 ÷ 实际值）。未完成却得满分为错误，
    高于按比例计算的为警告；分项未完成而总项得满分的亦然。定性指标按所评等级，得分占分值的比例应在方案规定的区间内
    （qualitative.met、qualitative.partly）；方案规定超额扣分的（overachieve.points），应已扣除。
容差：得分末位的半个单位，至少0.1。整张表按整数计分的，相差不足1分只作提示；只差舍入的亦然。
易误报：完成指标却扣分的，有原因说明，或超出目标达到方案阈值的，不算问题；不是规定等级的定性表述不比较；未完成的得分可以低于比例；
    上限类指标完成却按“实际 ÷ 目标”计分的归 inverse-direction。
例：目标≥100，实际98，分值10，得分10。
依据：财预〔2020〕10号：完成指标值的记该指标所赋全部分值，未完成的按完成值与指标值的比例记分。
"""

_BAND = Fraction(1, 10)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for sheet in sheets(report):
        some_actuals = any(row.actual_raw for row in sheet.rows)
        for at, row in enumerate(sheet.rows):
            printed = points(row)
            if printed is None:
                continue
            sides = compared(row)
            parts = _parts(sheet.rows[at:])
            if isinstance(sides, Sides) and scored_upwards(printed, sides):
                continue
            if not isinstance(sides, Message):
                yield _judge(sheet, printed, sides, profile)
            elif parts:
                yield _whole(row, printed, parts)
            elif some_actuals and printed.full and _proves_nothing(row):
                yield _unproven(row, printed)
            elif same_figures(row):
                yield _met(row, printed, f"{row.actual_raw} = {row.target_raw}", None)
            elif (grade := _grade(row)) is not None:
                yield _graded(row, printed, grade, profile)
            else:
                yield CHECK.uncheckable(row.evaluation, sides, evidence=_cited(row))


def _parts(rows: Sequence[Indicator]) -> list[Indicator]:
    """The rows right below the first one that print values and no points, where it prints points and no values."""
    if rows[0].target_raw is not None or rows[0].actual_raw is not None:
        return []
    return list(takewhile(lambda row: row.max_score is None and row.actual_raw is not None, rows[1:]))


def _whole(row: Indicator, points: Points, parts: Sequence[Indicator]) -> Verdict:
    """A row whose parts carry the values: full marks stand for parts that are all met."""
    sides = [one for part in parts if isinstance(one := compared(part), Sides)]
    missed = [one for one in sides if one.result() == "missed"]
    cited = (*_cited(row), *(item for one in missed or sides for item in one.evidence))
    formula = "; ".join(f"{one.indicator.name} {one.formula}" for one in missed or sides)
    names = {"name": row.name, **points.names}
    if missed and points.full:
        message = Message.of("“{name}” scores its full {weight} although a part of it misses its target", **names)
        return CHECK.inconsistent(row.evaluation, message, "warning", formula=formula, evidence=cited)
    if len(sides) < len(parts) or missed or not points.full:
        message = Message.of("How the parts of “{name}” make its score of {score} is not printed", **names)
        return CHECK.uncheckable(row.evaluation, message, formula=formula, evidence=cited)
    message = Message.of("All parts of “{name}” meet their targets, and it scores its full {weight}", **names)
    return CHECK.consistent(row.evaluation, message, formula=formula, evidence=cited)


def _proves_nothing(row: Indicator) -> bool:
    """No actual value beside a target in figures, or neither of the two; a figure may stand in the name itself."""
    named = any(character.isdigit() for character in row.name)
    return row.actual_raw is None and (row.target_value is not None or (row.target_raw is None and not named))


def _cited(row: Indicator) -> tuple[Evidence, ...]:
    return row_evidence(row, "score", "max_score", "target", "actual")


def _unproven(row: Indicator, points: Points) -> Verdict:
    message = Message.of("“{name}” scores its full {weight} without an actual value", name=row.name, **points.names)
    return CHECK.inconsistent(row.evaluation, message, "warning", evidence=_cited(row))


def _grade(row: Indicator) -> Status | None:
    """The grade that the actual value of a row in words, or its claim, states."""
    words = (row.actual_raw or "").strip("，,。;； ")
    told = (p for p in lexicon.family("indicators.status") if p.regex.fullmatch(words))
    return row.status or next((cast(Status, pattern.data["status"]) for pattern in told), None)


def _graded(row: Indicator, points: Points, grade: Status, profile: Profile) -> Verdict:
    """The share of the points against the band of the grade, its lower end included."""
    met, partly = Fraction(profile["qualitative.met"]), Fraction(profile["qualitative.partly"])
    low, high = {"met": (met, Fraction(1)), "partly": (partly, met), "unmet": (Fraction(0), partly)}[grade]
    share = Fraction(points.score) / Fraction(points.weight) if points.weight else high
    names = {"name": row.name, "grade": row.status_raw or row.actual_raw or "", **points.names}
    formula = f"{points.score} ÷ {points.weight} = {_percent(share)}, {_percent(low)} – {_percent(high)}"
    if low <= share <= high:
        message = Message.of("“{name}” is graded “{grade}” and scores {score} of {weight}", **names)
        return CHECK.consistent(row.evaluation, message, formula=formula, evidence=_cited(row))
    message = Message.of("“{name}” is graded “{grade}”, which does not go with {score} of {weight}", **names)
    return CHECK.inconsistent(row.evaluation, message, "warning", formula=formula, evidence=_cited(row))


def _percent(share: Fraction) -> str:
    return f"{grouped(share * 100, 0 if (share * 100).denominator == 1 else 2)}%"


def _judge(sheet: Sheet, points: Points, sides: Sides, profile: Profile) -> Verdict:
    row, result = sides.indicator, sides.result()
    limit = Fraction(profile["overachieve.completion"])
    if result == "open":
        message = Message.of(
            "The figures of “{name}” do not settle whether its target is met: {formula}",
            name=row.name,
            formula=sides.formula,
        )
        return CHECK.uncheckable(row.evaluation, message, evidence=_cited(row), formula=sides.formula)
    if result == "rounding" and points.full:
        message = Message.of(
            "“{name}” scores its full {weight} with a target that is met by rounding only",
            name=row.name,
            **points.names,
        )
        return CHECK.inconsistent(row.evaluation, message, "note", formula=sides.formula, evidence=_cited(row))
    if result == "met":
        far = sides.completion if sides.completion is not None and sides.completion > limit else None
        off = profile.get("overachieve.points")
        if far is not None and off and points.full:
            return _not_taken_off(row, points, sides.formula, off)
        return _met(row, points, sides.formula, far)
    return _missed(sheet, points, sides)


def _met(row: Indicator, points: Points, formula: str, completion: Fraction | None) -> Verdict:
    """A met target; `completion` is given where it is above the profile's limit."""
    names = {"name": row.name, **points.names}
    reason = (row.reason or "").strip(" 。")
    if points.full:
        message = Message.of("“{name}” meets its target and scores its full {weight}", **names)
    elif reason and reason not in lexicon.words("check.empty_reason"):
        message = Message.of("“{name}” meets its target and scores {score} of {weight}, with a reason", **names)
    elif completion is not None:
        message = Message.of("“{name}” is far above its target and scores {score} of {weight}", **names)
    else:
        return _taken_off(row, points, formula)
    return CHECK.consistent(row.evaluation, message, formula=f"{formula} → {names['weight']}", evidence=_cited(row))


def _not_taken_off(row: Indicator, points: Points, formula: str, off: Decimal) -> Verdict:
    """Full marks far above the target, where the profile takes points off for it."""
    names = {"name": row.name, "off": shown(off), **points.names}
    message = Message.of(
        "“{name}” is far above its target, which costs {off} points, and scores its full {weight}", **names
    )
    figures = {"expected": shown(points.weight - off), "actual": names["score"], "difference": shown(off)}
    return CHECK.inconsistent(row.evaluation, message, "warning", formula=formula, evidence=_cited(row), **figures)


def _taken_off(row: Indicator, points: Points, formula: str) -> Verdict:
    names = {"name": row.name, **points.names}
    message = Message.of("“{name}” meets its target and scores only {score} of {weight}, without a reason", **names)
    figures = {
        "formula": f"{formula} → {names['weight']} ≠ {names['score']}",
        "expected": names["weight"],
        "actual": names["score"],
        "difference": shown(points.weight - points.score),
        "tolerance": "0",
    }
    return CHECK.inconsistent(row.evaluation, message, "warning", evidence=_cited(row), **figures)


def _missed(sheet: Sheet, points: Points, sides: Sides) -> Verdict:
    row = sides.indicator
    names = {"name": row.name, **points.names}
    share = min(max(sides.completion or Fraction(0), Fraction(0)), Fraction(1)) if sides.target.value else Fraction(0)
    above, below = (sides.target, sides.actual) if sides.inverse else (sides.actual, sides.target)
    same = above.unit == below.unit
    ratio = f"{above if same else above.with_unit} ÷ {below if same else below.with_unit}"
    figures = points.against(share, ratio if sides.target.value else "0", _BAND)
    more = Fraction(points.score) - Fraction(points.weight) * share
    cited = _cited(row)
    if points.full:
        message = Message.of("“{name}” misses its target and scores its full {weight}", **names)
        return CHECK.inconsistent(row.evaluation, message, _full(sides), evidence=cited, **figures)
    if abs(more) <= points.band(_BAND):
        message = Message.of("“{name}” misses its target and scores in proportion", name=row.name)
        return CHECK.consistent(row.evaluation, message, evidence=cited, **figures)
    if more < 0:
        message = Message.of("“{name}” misses its target and scores less than in proportion: {score}", **names)
        return CHECK.consistent(row.evaluation, message, evidence=cited, **figures)
    message = Message.of("“{name}” misses its target and scores more than in proportion: {score}", **names)
    severity: Severity = "note" if sheet.whole and more < 1 else "warning"
    return CHECK.inconsistent(row.evaluation, message, severity, evidence=cited, **figures)


def _full(sides: Sides) -> Severity:
    """Full marks for a missed target; no error where a sign was only supposed from the name."""
    return "warning" if sides.inferred and sides.inverse else sides.severity("error")


CHECK = Check(id="score-indicator", severity="error", run=run)
