"""A printed deviation from the target, and target and actual value.

Compares: the 偏差率, 偏离度 or 超额…% that stands behind an indicator's actual value, in its sentence or in a column of
    the form, with the two values.
Formula: deviation = (actual − target) ÷ target; for limits also (target − actual) ÷ target. The sign may be left out.
    Between percentages the difference in percentage points is right too.
Tolerance: half a unit of the last printed place of each figure; a slip of just the last place is a note.
False alarms: targets of zero, words and ranges cannot be compared; a rate of completion under the name of a deviation
    is said to be one; an approximate figure makes the finding a warning.
Example: 86 against 70 is +22.86 %, printed 122.86 %.
Source: 财预〔2020〕10号: values that deviate far from their targets are to be analysed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.checks import hints
from extractor.checks.arithmetic import Comparison, Number, compare_rate, grouped, lowered, step_down
from extractor.checks.base import Check
from extractor.checks.indicators.behind import Ratio, ratios
from extractor.checks.indicators.sides import Sides, compared
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Verdict

ZH = """所印偏差率与目标值、实际值。

核对内容：指标实际值之后（同句或表中一栏）所印的偏差率、偏离度或超额百分数，与该指标的目标值、实际完成值。
公式：偏差率 =（实际值 - 目标值）÷ 目标值；上限类指标也可为（目标值 - 实际值）÷ 目标值；正负号可以省略。
    两值都是百分数的，也可以是相差的百分点。
容差：各数末位的半个单位；只差末位一个单位的作提示。
易误报：目标为零、文字、区间的无法核对；把完成率写成偏差率的，提示说明；含“约”字的降为警告。
例：实际86，目标70，偏差率应为+22.86%，却印122.86%。
依据：财预〔2020〕10号：偏离绩效目标较多的应分析原因。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for ratio in ratios(report, "deviation"):
        sides = compared(ratio.indicator)
        if isinstance(sides, Message):
            yield CHECK.uncheckable(ratio.indicator.evaluation, sides, evidence=(ratio.evidence,))
        elif sides.target.base <= 0:
            message = Message.of("“{name}” has a target of zero: no ratio says anything", name=ratio.indicator.name)
            yield CHECK.uncheckable(ratio.indicator.evaluation, message, evidence=(ratio.evidence,))
        else:
            yield _judge(ratio, sides)


def _judge(ratio: Ratio, sides: Sides) -> Verdict:
    evaluation, names = ratio.indicator.evaluation, {"name": ratio.indicator.name, "rate": ratio.rate.with_unit}
    rate = _signed(ratio.rate, sides)
    result = compare_rate(rate, [sides.actual], [sides.target], growth=True)
    shown = {**result.figures, "evidence": (*sides.evidence, ratio.evidence)}
    if _in_points(ratio, sides):
        message = Message.of("“{name}” lies {rate} from its target, in percentage points", **names)
        points = abs(sides.actual.value - sides.target.value)
        formula = f"|{sides.actual.with_unit} - {sides.target.with_unit}| = {grouped(points, sides.actual.decimals)}"
        return CHECK.consistent(evaluation, message, **{**shown, "formula": formula})
    if result.grade == "agrees" and not ratio.points:
        message = Message.of("The deviation of “{name}” follows from its two values", **names)
        return CHECK.consistent(evaluation, message, **shown)
    if result.grade == "last place" and not ratio.points:
        message = Message.of("The deviation of “{name}” differs in its last place only", **names)
        return CHECK.inconsistent(evaluation, message, "note", **shown)
    severity = step_down(CHECK.severity) if sides.loose or ratio.points or result.grade == "loose" else CHECK.severity
    severity = lowered(severity, ratio.rate, sides.target, sides.actual)
    message = Message.of("The deviation of “{name}” is not {rate}", **names)
    return CHECK.inconsistent(evaluation, message, severity, hint=_hint(rate, sides), **shown)


def _signed(rate: Number, sides: Sides) -> Number:
    """The rate with the sign of actual − target: conventions differ, and it is often left out."""
    below = sides.actual.base < sides.target.base
    return replace(rate, value=-abs(rate.value) if below else abs(rate.value))


def _in_points(ratio: Ratio, sides: Sides) -> bool:
    """Whether it is the difference of two percentages."""
    if sides.actual.unit != "%" or sides.target.unit != "%":
        return False
    return abs(ratio.rate.value) == abs(sides.actual.value - sides.target.value)


def _hint(rate: Number, sides: Sides) -> Message | None:
    """What the printed rate is instead, or the one change that makes it right."""
    positive = replace(rate, value=abs(rate.value))
    if compare_rate(positive, [sides.actual], [sides.target]).grade == "agrees":
        return Message.of("{rate} is the completion and not the deviation from the target", rate=positive.with_unit)
    return hints.for_numbers([rate, sides.actual, sides.target], _agree)


def _agree(numbers: Sequence[Number]) -> bool:
    rate, actual, target = numbers
    return target.base > 0 and _compare(rate, actual, target).grade == "agrees"


def _compare(rate: Number, actual: Number, target: Number) -> Comparison:
    return compare_rate(rate, [actual], [target], growth=True)


CHECK = Check(id="deviation-rate", severity="error", run=run)
