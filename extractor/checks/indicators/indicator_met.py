"""What is claimed of an indicator, and its target and actual value.

Compares: the claim (完成, 基本完成, 未完成) of each indicator with its printed target and actual value.
Formula: actual ≥ target; ≤ for limits (≤, or cost, deadline, complaints where no sign is printed). With = more than the
    target counts as met, save for amounts of a fixed height (发放标准) and for a target of zero. Both in base units.
Tolerance: none for counts. A target that is missed by no more than half a unit of the last place of the coarser figure
    is a warning; so is what rests on an approximate word or on a unit that is not printed.
False alarms: limits read as lower bounds, dates and deadlines in words, ranges, targets that were changed in mid-year;
    without a printed sign only counts and rates that ought to be high give an error.
Example: 93% < 95%, claimed as met.
Source: 财预〔2020〕10号: the self-evaluation compares each indicator's actual value with the target that was approved.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import lexicon
from extractor.checks.arithmetic import step_down
from extractor.checks.base import Check, evidence
from extractor.checks.indicators.sides import Result, Sides, compared, figure_evidence, is_inverse
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Severity, Verdict

ZH = """指标完成情况的说法与目标值、实际值。

核对内容：每项指标“完成”“基本完成”“未完成”的说法，与文中的目标值和实际完成值。
公式：实际值 ≥ 目标值；上限类指标（≤，或未印符号的成本、时限、投诉等）反之。符号为“=”的，超过目标视为完成，
    固定标准（发放标准、编制）和目标为零的除外。换算为同一单位后比较。
容差：计数不留容差。差额不超过较粗一数末位半个单位的只作警告；有“约”字或单位未印出的，降一级。
易误报：反向指标按正向理解、文字表述的日期和时限、区间目标、年中调整过的目标；未印符号的，只有计数和应高的比率才报错误。
例：93% < 95%，却称完成。
依据：财预〔2020〕10号：单位自评将各项指标的实际完成值与批复的目标值对比。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for indicator in report.indicators:
        if indicator.status is None:
            continue
        sides = compared(indicator)
        if isinstance(sides, Message):
            yield CHECK.uncheckable(indicator.evaluation, sides, evidence=_cited(indicator))
        else:
            yield _judge(sides, sides.result())


def _cited(indicator: Indicator) -> tuple[Evidence, ...]:
    status = (evidence(indicator, indicator.status_raw, "status"),) if indicator.status_raw else ()
    return (*figure_evidence(indicator), *status)


def _judge(sides: Sides, result: Result) -> Verdict:
    indicator = sides.indicator
    names = {"name": indicator.name, "claim": indicator.status_raw or indicator.status or ""}
    if result == "open" or (result == "missed" and _direction_unknown(sides)):
        message = Message.of(
            "The figures of “{name}” do not settle whether its target is met: {formula}",
            name=indicator.name,
            formula=sides.formula,
        )
        return CHECK.uncheckable(indicator.evaluation, message, evidence=_cited(indicator), formula=sides.formula)
    if indicator.status == "met":
        return _claimed_met(sides, result, names)
    if result == "met" and not _fixed_and_different(sides):
        severity: Severity = "warning" if indicator.status == "partly" else sides.severity("error")
        message = Message.of("“{name}” is called “{claim}” although its target is met", **names)
        return _finding(sides, message, severity)
    message = Message.of("“{name}” misses its target, and it is said so", name=indicator.name)
    return CHECK.consistent(indicator.evaluation, message, evidence=_cited(indicator), **sides.figures)


def _claimed_met(sides: Sides, result: Result, names: dict[str, str]) -> Verdict:
    if result == "missed":
        message = Message.of("“{name}” is called “{claim}” although it misses its target", **names)
        severity = sides.severity("error")
        # A sign that was only supposed from the name gives no error: read the other way round the target is met.
        return _finding(sides, message, step_down("error") if sides.inferred and sides.inverse else severity)
    if result == "rounding":
        message = Message.of("“{name}” meets its target only if the figures are rounded", name=names["name"])
        return _finding(sides, message, "warning")
    if _fixed_and_different(sides):
        message = Message.of("“{name}” has a fixed height, and the actual value is another one", name=names["name"])
        return _finding(sides, message, "warning")
    message = Message.of("“{name}” meets its target, as claimed", name=names["name"])
    return CHECK.consistent(sides.indicator.evaluation, message, evidence=_cited(sides.indicator), **sides.figures)


def _finding(sides: Sides, message: Message, severity: Severity) -> Verdict:
    hint = None
    if sides.operator in ("≥", "≤") and not sides.inferred and is_inverse(sides.indicator) != sides.inverse:
        hint = Message.of("It would hold if the sign of the target were the other one")
    cited = _cited(sides.indicator)
    return CHECK.inconsistent(sides.indicator.evaluation, message, severity, evidence=cited, hint=hint, **sides.figures)


def _direction_unknown(sides: Sides) -> bool:
    """No sign is printed, and only the unit (a duration) suggests that less is better."""
    words = lexicon.matcher("check.inverse").search(sides.indicator.name)
    return sides.inferred and sides.inverse and words is None


def _fixed_and_different(sides: Sides) -> bool:
    fixed = lexicon.matcher("check.fixed").search(sides.indicator.name)
    unequal = sides.actual.base != sides.target.base
    return fixed is not None and sides.operator == "=" and unequal and sides.actual.unit == sides.target.unit


CHECK = Check(id="indicator-met", severity="error", run=run)
