"""The weight that a heading prints for its rows, and the rows.

Compares: weights of the first and second level (产出指标(50分), 数量指标 20) with the weights of the rows under them.
Formula: weight of the heading = sum of its rows.
Tolerance: half a unit of the last place for each weight with decimals (33.33 × 3).
False alarms: a row whose parts follow it is not counted with them; a row without a weight, a heading without rows and
    unreadable places of the file leave the sum open. Where all weights together are off by the same amount, weight-sum
    reports it and names the heading.
Example: 产出指标(50分), and its rows 4 × 10 + 5 = 45.
Source: 财预〔2020〕10号: the weights of a level are shared out among its indicators.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.base import Check
from extractor.checks.scores.points import (
    Group,
    Sheet,
    added,
    counted,
    row_evidence,
    row_groups,
    sheets,
    shown,
    weight_evidence,
)
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Verdict

ZH = """类别所印分值与其各行分值。

核对内容：一级、二级指标所印的分值（产出指标（50分）、数量指标20分），与其下各行的分值之和。
公式：类别分值 = 各行分值之和。
容差：带小数的分值每个计末位半个单位（33.33 × 3）。
易误报：其下列有分项的行不与分项重复计；有的行未印分值、类别下没有行、文件有读不出之处的无法断定；
    全部分值合计也差同一数额的，由 weight-sum 报出并指明类别。
例：产出指标（50分），其下各行 4 × 10 + 5 = 45。
依据：财预〔2020〕10号：各级指标的分值分配到其下的指标。
"""

_FULL = Decimal(100)


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for sheet in sheets(report):
        if sheet.weighted:
            gap = _whole_gap(sheet)
            for group in row_groups(sheet):
                # One wrong weight is one finding: that of the whole form.
                if not group.whole or group.gap == 0 or group.gap != gap:
                    yield _judge(sheet, group)


def _whole_gap(sheet: Sheet) -> Decimal:
    """How far all weights are from 100, with those of the execution rate; 0 where a row prints none."""
    own = sheet.execution.max_score if sheet.execution is not None else None
    weights = [row.max_score for row in counted(sheet)]
    known = [weight for weight in weights if weight is not None]
    if own is None or len(known) < len(weights):
        return Decimal(0)
    return sum(known, own) - _FULL


def _judge(sheet: Sheet, group: Group) -> Verdict:
    names = {"label": group.label, "printed": shown(group.printed), "sum": shown(sum(group.values, Decimal(0)))}
    cited = _cited(group)
    if not group.whole or (sheet.lossy and group.gap < 0):
        message = Message.of("Not all rows under “{label}” print a weight that could be read", **names)
        return CHECK.uncheckable(sheet.evaluation, message, evidence=cited)
    formula = added(group.values)
    if group.gap == 0:
        message = Message.of("The rows under “{label}” add up to its {printed}", **names)
        return CHECK.consistent(sheet.evaluation, message, formula=formula, evidence=cited)
    message = Message.of("The rows under “{label}” add up to {sum} and not to {printed}", **names)
    figures = {
        "formula": f"{formula} ≠ {names['printed']}",
        "expected": names["sum"],
        "actual": names["printed"],
        "difference": shown(abs(group.gap)),
        "tolerance": "0",
    }
    return CHECK.inconsistent(sheet.evaluation, message, "warning" if sheet.lossy else None, evidence=cited, **figures)


def _cited(group: Group) -> tuple[Evidence, ...]:
    headings = tuple(weight_evidence(weight) for weight in group.weights)
    return (*headings, *(item for row in group.rows for item in row_evidence(row, "max_score")))


CHECK = Check(id="weight-group-sum", severity="error", run=run)
