"""Indicators that stand under a type which they do not suit.

Compares: the name and the unit of each indicator with the type that it stands under.
Formula: no sums of money and no plain counts under 质量 or 时效; no counts under 成本; no 满意度 or 合格率 under 数量,
    and no 满意度 or date of completion under the benefits; nothing but opinions under 满意度. All such rows are one
    finding.
Tolerance: none.
False alarms: local practice is wide, so that it is a note, and only what is clear is told: counts of what was judged
    (事故, 获奖, 验收通过) are quality; rates under 数量 are usual for public services; headings of the running text may
    have been left out, so that 满意度 there is not held to its place.
Example: 拉动投资规模 950,000 万元 under 质量指标.
Source: 财预〔2021〕101号: what each type of indicators measures.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import lexicon, quantity
from extractor.checks.base import Check, evidence
from extractor.checks.indicators.types import BENEFITS, TYPES, kind
from extractor.checks.naming import groups, once
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Indicator, Report, Verdict

ZH = """指标与所在类别不相称。

核对内容：每项指标的名称、单位与其所在类别。
公式：质量、时效类不放金额和一般计数，成本类不放计数，数量类不放满意度、合格率，效益类不放满意度、完成时间，
    满意度类只放评价性指标。不相称的各行合为一条。
容差：无。
易误报：各地做法不一，故只作提示，且只报明显的：事故、获奖、验收通过等评判结果的计数属质量；
    公共服务类以比率作数量指标属常见；正文类别标题可能缺失，满意度在正文中不核对位置。
例：质量指标下列“拉动投资规模950,000万元”。
依据：财预〔2021〕101号：各类绩效指标的内容。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        rows = [(one, name) for one in once(indicators) if (name := kind(one)) is not None]
        unfit = [(one, name) for one, name in rows if _misfits(one, name)]
        if unfit:
            message = Message.of(
                "{count} indicators do not suit their type: “{name}” under {type} …",
                count=len(unfit),
                name=unfit[0][0].name,
                type=TYPES[unfit[0][1]],
            )
            listed = "; ".join(f"{TYPES[name]}: {one.name}" for one, name in unfit)
            cited = tuple(evidence(one) for one, _ in unfit)
            yield CHECK.inconsistent(evaluation, message, formula=listed, evidence=cited)
        elif rows:
            message = Message.of("{count} indicators suit the type that they stand under", count=len(rows))
            yield CHECK.consistent(evaluation, message, evidence=tuple(evidence(one) for one, _ in rows))
        elif indicators:
            message = Message.of("The indicators stand under no type")
            yield CHECK.uncheckable(evaluation, message)


def _misfits(indicator: Indicator, name: str) -> bool:
    measure = quantity.dimension(indicator.target_unit or indicator.actual_unit or "") or ""
    money, count = measure.startswith("money"), measure.startswith("count.")
    if name in ("quantity", "quality", "time", "cost") and lexicon.matcher("check.type.opinion").search(indicator.name):
        return True
    if name in ("quality", "time"):
        return (money or count) and not _says(indicator, name)
    if name == "cost":
        return count and not _says(indicator, name)
    if name == "quantity":
        return _says(indicator, "not_quantity")
    if name == "satisfaction":
        return not _says(indicator, name)
    in_form = indicator.place.source == "table"
    return name in BENEFITS and in_form and _says(indicator, "not_benefit")


def _says(indicator: Indicator, what: str) -> bool:
    """Whether the name holds words by which a type is known (`check.fit.…`)."""
    return lexicon.matcher(f"check.fit.{what}").search(indicator.name) is not None


CHECK = Check(id="indicator-type-fit", severity="note", run=run)
