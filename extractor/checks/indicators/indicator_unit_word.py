"""Words for counts that differ between target and actual.

Compares: the printed units of each indicator's target and actual value, where both belong to one family.
Formula: the words are equal, or interchangeable: 个 and 项, 家 and 户, 台 and 套, 人 and 名, 款 and 型号, % and 百分比,
    个百分点 and 百分点, also with a scale before them (万户).
Tolerance: none.
False alarms: interchangeable words are consistent, 个 too beside 家 and 户 where the name speaks of enterprises, and
    beside 款 for products; a unit that is printed on one side only cannot be compared.
Example: target ≥5户, actual 24个.
Source: GB/T 15835-2011 for the writing of figures; 财预〔2020〕10号: both values of an indicator are of one measure.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import lexicon, quantity
from extractor.checks.base import Check
from extractor.checks.indicators.sides import APART, figure_evidence
from extractor.checks.naming import with_same_units
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Verdict

ZH = """目标值与实际值的计数用词不同。

核对内容：每项指标目标值和实际完成值所印的单位（同属一族的）。
公式：用词相同，或可以互换：个与项，家与户，台与套，人与名，款与型号，%与百分比，个百分点与百分点；带万、亿的同样处理。
容差：无。
易误报：可互换的视为一致；名称说的是企业时，“个”与家、户一致，说的是产品时与款一致；单位只印在一侧的无法核对。
例：目标≥5户，实际24个。
依据：GB/T 15835-2011 数字用法；财预〔2020〕10号：指标两值须用同一计量口径。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for indicator, row in with_same_units(report):
        if indicator.target_value is None or indicator.actual_value is None:
            continue
        cited = figure_evidence(indicator) + (figure_evidence(row) if row is not None else ())
        target, actual = indicator.target_unit or "", indicator.actual_unit or ""
        if target and actual and (target == actual or _family(target, actual)):
            yield _judge(indicator, target, actual, cited)
        elif bool(target) != bool(actual):
            message = Message.of("“{name}” prints a unit on one side only", name=indicator.name)
            yield CHECK.uncheckable(indicator.evaluation, message, evidence=cited)


def _family(one: str, other: str) -> bool:
    """Whether the units can differ in wording only; different measures belong to indicator-unit-same-dim."""
    kinds = quantity.dimension(one), quantity.dimension(other)
    if None in kinds:
        return False
    counts = all(kind is not None and kind.startswith("count.") and kind not in APART for kind in kinds)
    return counts or kinds[0] == kinds[1]


def _judge(indicator: Indicator, target: str, actual: str, cited: tuple[Evidence, ...]) -> Verdict:
    units = {"name": indicator.name, "target": target, "actual": actual}
    shown = {"expected": target, "actual": actual, "evidence": cited}
    if target == actual:
        message = Message.of("“{name}” uses one unit: {target}", name=indicator.name, target=target)
        return CHECK.consistent(indicator.evaluation, message, formula=f"{target} = {actual}", **shown)
    if quantity.same_unit(target, actual) or _interchangeable(indicator, target, actual):
        message = Message.of("“{name}”: {target} and {actual} differ in wording only", **units)
        return CHECK.consistent(indicator.evaluation, message, formula=f"{target} ≈ {actual}", **shown)
    message = Message.of("“{name}” counts its target in {target} and its actual value in {actual}", **units)
    return CHECK.inconsistent(indicator.evaluation, message, None, formula=f"{target} ≠ {actual}", **shown)


def _interchangeable(indicator: Indicator, target: str, actual: str) -> bool:
    """Whether 个 stands for another word because of what the name counts."""
    kinds = {quantity.dimension(unit) for unit in (target, actual)}
    for entry in lexicon.lexicon().terms.values():
        if entry.id.startswith("check.noun.") and kinds == set(entry.data["dimensions"]):
            return any(word in indicator.name for word in entry.words)
    return False


CHECK = Check(id="indicator-unit-word", severity="warning", run=run)
