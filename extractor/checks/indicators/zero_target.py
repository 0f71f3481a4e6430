"""A target that is zero or blank, so that no ratio says anything.

Compares: the targets of an evaluation's indicators that are zero, and rows of the table that print an actual value and
    no target.
Formula: 0 起 and ≤0 are met by 0; ≥0 is met by anything; a blank target by nothing that is printed.
Tolerance: none.
False alarms: zero is the usual target for accidents, complaints and the like; a name that holds its target (完成率100%)
    needs no other; bare figures of the running text are no indicators with a blank target.
Example: target ≥0 个, actual 5 个.
Source: 财预〔2020〕10号: targets are to be set so that completion can be measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.checks.base import Check, evidence
from extractor.checks.indicators.sides import compared, figure_evidence, is_inverse
from extractor.checks.naming import groups, once
from extractor.checks.scores.points import execution_row, lossy
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Indicator, Report, Verdict

ZH = """目标值为零或空白，比率没有意义。

核对内容：目标值为零的指标，以及表中印有实际值而目标值空白的行。
公式：0起、≤0以0为完成；≥0任何值都算完成；目标空白则无从比较。
容差：无。
易误报：事故、投诉等以零为目标是常例；名称中已写明目标的（完成率100%）不必另填；正文中单独出现的数字不算目标空白的指标。
例：目标≥0个，实际5个。
依据：财预〔2020〕10号：绩效目标应当可以衡量。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        every = once(indicators)
        for one in every:
            if one.target_value == 0:
                yield _zero(one)
        blank = _blank(every)
        if blank:
            yield _without(evaluation, blank, unsure=lossy(report))


def _zero(indicator: Indicator) -> Verdict:
    names = {"name": indicator.name, "actual": indicator.actual_raw or ""}
    cited = figure_evidence(indicator)
    if indicator.operator in ("≥", ">"):
        message = Message.of("“{name}” asks for at least zero, which any value meets", **names)
        return CHECK.inconsistent(indicator.evaluation, message, actual=indicator.target_raw, evidence=cited)
    sides = compared(indicator)
    if isinstance(sides, Message):
        return CHECK.uncheckable(indicator.evaluation, sides, evidence=cited)
    if sides.actual.base == 0 or is_inverse(indicator) or indicator.operator is not None:
        message = Message.of("“{name}” has zero as its target, and is compared without a ratio", **names)
        return CHECK.consistent(indicator.evaluation, message, formula=sides.formula, evidence=cited)
    message = Message.of("“{name}” has zero as its target, and {actual} as its actual value", **names)
    return CHECK.inconsistent(indicator.evaluation, message, formula=sides.formula, evidence=cited)


def _blank(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Rows of a table that print a figure and no target, where most of its rows have one."""
    rows = [one for one in indicators if one.place.source == "table"]
    own = execution_row(rows)
    blank = [
        row
        for row in rows
        if row.target_raw is None
        and row.actual_value is not None
        and row is not own
        and not any(character.isdigit() for character in row.name)
    ]
    targets = sum(row.target_raw is not None for row in rows)
    return blank if 2 * targets > len(rows) else []


def _without(evaluation: int | None, blank: Sequence[Indicator], unsure: bool) -> Verdict:
    cited = tuple(evidence(one, one.actual_raw or one.name, "actual") for one in blank)
    names = {"count": len(blank), "name": blank[0].name}
    if unsure:
        message = Message.of("No target of “{name}” was read, and part of the file could not be read", **names)
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    message = Message.of("{count} rows print an actual value and no target: “{name}” …", **names)
    return CHECK.inconsistent(evaluation, message, evidence=cited)


CHECK = Check(id="zero-target", severity="note", run=run)
