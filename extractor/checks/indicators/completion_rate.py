"""A printed rate of completion, and target and actual value.

Compares: the 完成率 that stands behind an indicator's actual value, in its sentence or in a column of the form, with
    the two values.
Formula: rate = actual ÷ target; for limits also target ÷ actual. 100 % is also right for a target that is met.
Tolerance: half a unit of the last printed place of each figure; a slip of just the last place is a note.
False alarms: 完成率 in an indicator's name is its value; rates of other things (资金完成率) are not looked at; targets
    of zero, words and ranges cannot be compared; an approximate figure makes the finding a warning.
Example: 86 ÷ 70 = 122.86 %, printed 128.6 %.
Source: 财预〔2020〕10号: an indicator is scored by how far its target was completed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.checks import hints
from extractor.checks.arithmetic import Comparison, Number, compare_rate, lowered, step_down
from extractor.checks.base import Check
from extractor.checks.indicators.behind import Ratio, ratios
from extractor.checks.indicators.sides import Sides, compared
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Verdict

ZH = """所印完成率与目标值、实际值。

核对内容：指标实际值之后（同句或表中一栏）所印的完成率，与该指标的目标值、实际完成值。
公式：完成率 = 实际值 ÷ 目标值；上限类指标也可为目标值 ÷ 实际值；达到目标的印100%亦可。
容差：各数末位的半个单位；只差末位一个单位的作提示。
易误报：指标名称中的“完成率”是指标值本身；其他事项的完成率（资金完成率）不核对；目标为零、文字、区间的无法核对；
    含“约”字的降为警告。
例：86 ÷ 70 = 122.86%，却印128.6%。
依据：财预〔2020〕10号：指标按完成值与目标值之比评分。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for ratio in ratios(report, "completion"):
        sides = compared(ratio.indicator)
        if isinstance(sides, Message):
            yield CHECK.uncheckable(ratio.indicator.evaluation, sides, evidence=(ratio.evidence,))
        elif sides.target.base <= 0 or sides.actual.base < 0 or (sides.inverse and sides.actual.base == 0):
            message = Message.of("“{name}” has a target of zero: no ratio says anything", name=ratio.indicator.name)
            yield CHECK.uncheckable(ratio.indicator.evaluation, message, evidence=(ratio.evidence,))
        else:
            yield _judge(ratio, sides)


def _judge(ratio: Ratio, sides: Sides) -> Verdict:
    evaluation, names = ratio.indicator.evaluation, {"name": ratio.indicator.name, "rate": ratio.rate.with_unit}
    readings = list(_readings(ratio.rate, sides))
    chosen = min(readings, key=lambda reading: ("agrees", "last place", "loose", "apart").index(reading.grade))
    shown = {**chosen.figures, "evidence": (*sides.evidence, ratio.evidence)}
    if chosen.grade == "agrees":
        message = Message.of("The completion of “{name}” follows from its two values", **names)
        return CHECK.consistent(evaluation, message, **shown)
    if ratio.rate.base == 1 and sides.result() == "met":
        message = Message.of("The completion of “{name}” is put at 100%, as its target is met", **names)
        return CHECK.consistent(evaluation, message, **shown)
    if chosen.grade == "last place":
        message = Message.of("The completion of “{name}” differs in its last place only", **names)
        return CHECK.inconsistent(evaluation, message, "note", **shown)
    severity = step_down(CHECK.severity) if sides.loose or chosen.grade == "loose" else CHECK.severity
    severity = lowered(severity, ratio.rate, sides.target, sides.actual)
    message = Message.of("The completion of “{name}” is not {rate}", **names)
    return CHECK.inconsistent(evaluation, message, severity, hint=_hint(ratio.rate, sides), **shown)


def _readings(rate: Number, sides: Sides) -> Iterator[Comparison]:
    yield compare_rate(rate, [sides.actual], [sides.target])
    if sides.inverse:
        yield compare_rate(rate, [sides.target], [sides.actual])


def _hint(rate: Number, sides: Sides) -> Message | None:
    """What the printed rate is instead, or the one change that makes it right."""
    if compare_rate(rate, [sides.actual], [sides.target], growth=True).grade == "agrees":
        return Message.of("{rate} is the deviation from the target and not the completion", rate=rate.with_unit)
    if sides.actual.base and compare_rate(rate, [sides.target], [sides.actual]).grade == "agrees":
        return Message.of("{rate} is the target by the actual value", rate=rate.with_unit)
    return hints.for_numbers([rate, sides.actual, sides.target], _agree)


def _agree(numbers: Sequence[Number]) -> bool:
    rate, actual, target = numbers
    return target.base > 0 and compare_rate(rate, [actual], [target]).grade == "agrees"


CHECK = Check(id="completion-rate", severity="error", run=run)
