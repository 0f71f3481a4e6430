"""Weights that do not add up to 100.

Compares: the weights of all indicator rows and of the execution row with 100, and with the total that is printed; where
    no row prints a weight, the weights of the first level.
Formula: sum of weights = 100. Without a printed execution row also 100 less the profile's execution.weight (90).
Tolerance: half a unit of the last place for each weight with decimals (33.33 × 3).
False alarms: a row whose parts follow it is not counted with them; the execution rate that stands among the indicators
    too counts once; rows without a weight leave the sum open, and so do unreadable places of the file, if the sum is
    short of 100 (if it is more, they make it a warning).
Example: 5 × 10 + 3 × 10 + 10 + 15 = 105.
Source: 财预〔2020〕10号: weights of all indicators, with 10 for the execution rate, are 100 in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractor.checks.base import Check
from extractor.checks.scores.points import (
    Sheet,
    added,
    counted,
    execution_row,
    fund_evidence,
    parents,
    places,
    row_evidence,
    row_groups,
    sheets,
    shown,
    weight_evidence,
)
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Severity, Verdict

ZH = """分值合计不等于100。

核对内容：各指标行与预算执行行的分值之和，与100分及所印合计比较；各行都未印分值的，取一级指标的分值。
公式：分值之和 = 100。未印预算执行行的，也可以是100减方案中的 execution.weight（即90）。
容差：带小数的分值每个计末位半个单位（33.33 × 3）。
易误报：其下列有分项的行不与分项重复计；预算执行率又列在指标中的只计一次；有的行未印分值则无法断定；
    文件有读不出之处，合计不足100的无法断定，超过的只作警告。
例：5 × 10 + 3 × 10 + 10 + 15 = 105。
依据：财预〔2020〕10号：各项指标分值连同预算执行率10分，总分为100分。
"""

_FULL = Decimal(100)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for sheet in sheets(report):
        if sheet.weighted:
            yield _rows(sheet, profile["execution.weight"])
        elif any(level.kind == "level1" and level.max_score is not None for level in sheet.levels):
            yield _levels(sheet, profile["execution.weight"])
        elif sheet.scored:
            message = Message.of("The scores stand without weights, so that these cannot be added up")
            yield CHECK.uncheckable(sheet.evaluation, message)


def _rows(sheet: Sheet, execution: Decimal) -> Verdict:
    rows = sheet.weighted
    above = parents(rows)
    own = sheet.execution.max_score if sheet.execution is not None else None
    again = execution_row(rows)
    readings = [(rows, own), ([row for row in rows if row.seq not in above], own)]
    if own is not None and again is not None and again.max_score == own:
        readings.append(([row for row in rows if row.seq not in above], None))
    lists = [_given([*(row.max_score for row in chosen), more]) for chosen, more in readings]
    expected = _expected(execution, own is not None)
    # The row of the fund block repeats what stands among the indicators: then they are 100 without it.
    fitting = next((values for values in lists if _fits(sheet, values, expected)), None)
    cited = _cited(sheet)
    usual = _given([*(row.max_score for row in counted(sheet)), own])
    if fitting is None and sheet.lossy and _total(usual) < expected[0]:
        message = Message.of(
            "Part of the file could not be read, and the weights that were add up to {total}",
            total=shown(_total(usual)),
        )
        return CHECK.uncheckable(sheet.evaluation, message, formula=added(usual), evidence=cited)
    blank = len(rows) < len(sheet.rows)
    if fitting is not None:
        message = Message.of("The weights add up to {total}", total=shown(_total(fitting)))
        return CHECK.consistent(sheet.evaluation, message, formula=added(fitting), evidence=cited)
    if blank:
        message = Message.of(
            "{count} of {all} rows print no weight, so that the weights cannot be added up",
            count=len(sheet.rows) - len(rows),
            all=len(sheet.rows),
        )
        return CHECK.uncheckable(sheet.evaluation, message, formula=added(usual), evidence=cited)
    return _finding(sheet, usual, expected[0], cited)


def _given(weights: Iterable[Decimal | None]) -> list[Decimal]:
    return [weight for weight in weights if weight is not None]


def _levels(sheet: Sheet, execution: Decimal) -> Verdict:
    levels = [level for level in sheet.levels if level.kind == "level1"]
    own = sheet.execution.max_score if sheet.execution is not None else None
    values = _given([*(level.max_score for level in levels), own])
    expected = _expected(execution, own is not None)
    cited = tuple(weight_evidence(level) for level in levels)
    if _fits(sheet, values, expected):
        message = Message.of("The weights of the first level add up to {total}", total=shown(_total(values)))
        return CHECK.consistent(sheet.evaluation, message, formula=added(values), evidence=cited)
    return _finding(sheet, values, expected[0], cited)


def _total(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _expected(execution: Decimal, with_execution: bool) -> list[Decimal]:
    """What the sum may be, the usual one first."""
    return [_FULL] if with_execution else [_FULL, _FULL - execution]


def _fits(sheet: Sheet, values: Sequence[Decimal], expected: Sequence[Decimal]) -> bool:
    # Weights like 33.33 are rounded in their last place; 22.5 is exact unless the report declares its rounding.
    least = 0 if sheet.rounded else 1
    slack = sum((Decimal(1).scaleb(-places(v)) / 2 for v in values if places(v) > least), Decimal(0))
    return any(abs(_total(values) - one) <= slack for one in expected)


def _finding(sheet: Sheet, values: Sequence[Decimal], expected: Decimal, cited: tuple[Evidence, ...]) -> Verdict:
    total = _total(values)
    printed = {weight.max_score for weight in sheet.totals if weight.max_score is not None}
    message = Message.of("The weights add up to {total} and not to {expected}", total=shown(total), expected=expected)
    # The form's own total is the same as the sum: a local form with another full score.
    lower = sheet.lossy or (total in printed and total != expected)
    figures = {
        "formula": f"{added(values)} ≠ {shown(expected)}",
        "expected": shown(expected),
        "actual": shown(total),
        "difference": shown(abs(total - expected)),
        "tolerance": "0",
    }
    severity: Severity | None = "warning" if lower else None
    hint = _group_hint(sheet, total - expected)
    return CHECK.inconsistent(sheet.evaluation, message, severity, evidence=cited, hint=hint, **figures)


def _group_hint(sheet: Sheet, gap: Decimal) -> Message | None:
    """The one heading whose rows are off by as much as all weights are."""
    off = [group for group in row_groups(sheet) if group.whole and group.gap == gap]
    if len(off) != 1:
        return None
    return Message.of(
        "The rows under “{label}” add up to {sum} and not to {printed}",
        label=off[0].label,
        sum=shown(_total(off[0].values)),
        printed=shown(off[0].printed),
    )


def _cited(sheet: Sheet) -> tuple[Evidence, ...]:
    rows = tuple(item for row in sheet.weighted for item in row_evidence(row, "max_score"))
    own = (fund_evidence(sheet.execution),) if sheet.execution is not None else ()
    totals = tuple(weight_evidence(weight) for weight in sheet.totals if weight.max_score is not None)
    return (*rows, *own, *totals)


CHECK = Check(id="weight-sum", severity="error", run=run)
