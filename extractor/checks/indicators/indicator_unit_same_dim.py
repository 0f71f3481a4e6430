"""Units of target and actual that measure different things.

Compares: the printed units of each indicator's target and actual value.
Formula: dimension(target unit) = dimension(actual unit). Words for counts are one family, but 人次, 人天, 人月,
    课时 and 辆次 are each of their own kind.
Tolerance: none. Two measures of one kind (天 and 工作日, 吨 and 吨标准煤), percentages beside percentage points, and a
    satisfaction given once in points and once in percent are warnings; 元/人 beside 元 is a note.
False alarms: words that are no known unit are said to be unknown, not different; interchangeable words for counts
    belong to indicator-unit-word.
Example: target ≥500万元, actual 16户.
Source: 财预〔2020〕10号: target and actual of an indicator are compared as values of one measure.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import quantity
from extractor.checks.base import Check
from extractor.checks.indicators.sides import APART, figure_evidence
from extractor.checks.naming import with_same_units
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Severity, Verdict

ZH = """目标值与实际值的单位所指不同。

核对内容：每项指标目标值和实际完成值所印的单位。
公式：目标单位的量纲 = 实际单位的量纲。计数用词同属一族，但人次、人天、人月、课时、辆次各自成类。
容差：无。同类不同种的计量（天与工作日、吨与吨标准煤）、百分数与百分点、满意度一处用分一处用百分数的作警告；
    “元/人”写成“元”的作提示。
易误报：不认识的单位只说不认识，不作不同论；可以互换的计数用词由 indicator-unit-word 核对。
例：目标≥500万元，实际16户。
依据：财预〔2020〕10号：指标的目标值与实际值须按同一计量口径对比。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for indicator, row in with_same_units(report):
        values = indicator.target_value is not None and indicator.actual_value is not None
        if values and indicator.target_unit and indicator.actual_unit:
            cited = figure_evidence(indicator) + (figure_evidence(row) if row is not None else ())
            yield _judge(indicator, indicator.target_unit, indicator.actual_unit, cited)


def _judge(indicator: Indicator, target: str, actual: str, cited: tuple[Evidence, ...]) -> Verdict:
    units = {"name": indicator.name, "target": target, "actual": actual}
    one, other = quantity.dimension(target), quantity.dimension(actual)
    shown = {"expected": target, "actual": actual, "evidence": cited}
    if target != actual and (one is None or other is None):
        message = Message.of(
            "“{name}”: {unit} is no known unit", name=indicator.name, unit=target if one is None else actual
        )
        return CHECK.uncheckable(indicator.evaluation, message, **shown)
    if target == actual or one == other or _counts(one, other):
        message = Message.of("“{name}”: {target} and {actual} measure the same thing", **units)
        return CHECK.consistent(indicator.evaluation, message, formula=f"{target} ~ {actual}", **shown)
    severity = _severity(indicator, target, actual)
    message = Message.of("“{name}” has its target in {target} and its actual value in {actual}", **units)
    return CHECK.inconsistent(indicator.evaluation, message, severity, formula=f"{target} ≠ {actual}", **shown)


def _counts(one: str | None, other: str | None) -> bool:
    return all(kind is not None and kind.startswith("count.") and kind not in APART for kind in (one, other))


def _severity(indicator: Indicator, target: str, actual: str) -> Severity:
    one, other = (quantity.dimension(unit) or "" for unit in (target, actual))
    uppers = {quantity.dimension(unit.partition("/")[0]) for unit in (target, actual)}
    if "/" in target + actual and len(uppers) == 1 and None not in uppers:
        return "note"
    heads = {one.partition(".")[0], other.partition(".")[0]}
    of_one_kind = len(heads) == 1 and heads != {"count"}
    points = heads == {"ratio", "pct_point"} or (heads == {"ratio", "score"} and "满意" in indicator.name)
    return "warning" if of_one_kind or points else "error"


CHECK = Check(id="indicator-unit-same-dim", severity="error", run=run)
