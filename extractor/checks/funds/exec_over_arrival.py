"""More money spent than was received.

Compares: the money spent with the money received: in a table within each row, in prose within a sentence or paragraph
    or under one name, else the evaluation's only two sums.
Formula: spent ≤ received (+ money carried over from former years).
Tolerance: half a unit of the last printed place of each figure; amounts printed to the same place are exact.
False alarms: money that the user advanced (垫付) or that was carried over without an amount (a warning), several sums
    received. Spending that is above the whole budget as well belongs to exec-over-budget.
Example: received 150, nothing carried over, spent 170: 170 > 150 万元.
Source: the indicator frame of 财预〔2013〕53号: spending is measured by the money received (预算执行率 = 实际支出资金 ÷
    实际到位资金).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extractor import lexicon
from extractor.checks import hints
from extractor.checks.arithmetic import Number, lowered, step_down
from extractor.checks.base import Check, evidence
from extractor.checks.funds.stages import Flow, flows
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Fund, Report, Verdict

ZH = """支出超过到位资金。

核对内容：支出数与到位资金；表格中逐行比较，正文中在同一句、同一段内或同一名称下比较，否则以该评价仅有的两个数比较。
公式：支出 ≤ 到位资金（＋上年结转资金）。
容差：各数末位的半个单位；印到同一位的金额视为准确数。
易误报：单位垫付、未写金额的结转资金（作警告）、分次到位；支出同时超过全部预算的归 exec-over-budget。
例：到位 150、无结转、支出 170：170 > 150 万元。
依据：财预〔2013〕53号指标框架：预算执行率 = 实际支出资金 ÷ 实际到位资金 × 100%。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    excused = _excused(report)
    for flow in flows(report, "spent", "received"):
        if not _above_budget(flow, report):
            yield _verdict(flow, excused)


def _excused(report: Report) -> bool:
    """Whether the text speaks of money that was advanced or carried over."""
    terms = [lexicon.matcher(term) for term in ("check.advanced", "check.carryover")]
    return any(term.search(passage.text.string) for term in terms for passage in report.passages)


def _above_budget(flow: Flow, report: Report) -> bool:
    """Whether the spending is above each budget that it is compared with there."""
    spent = flow.later
    column = spent.column is not None
    budgets = [
        f for f in report.funds if f.role == "budget" and f.yuan is not None and f.evaluation == spent.evaluation
    ]
    if column:
        same = [f for f in budgets if f.column == "budget" and f.label == spent.label]
    else:
        same = [f for f in budgets if f.column is None and f.parent_seq is None]
    most = max((Number.of(fund).base for fund in same), default=Fraction(0))
    return bool(same) and Number.of(spent).base > most


def _verdict(flow: Flow, excused: bool) -> Verdict:
    spent, received = flow.later, flow.largest
    result = flow.compare()
    shown = {**result.figures, "evidence": (evidence(received), evidence(spent))}
    names = {"label": spent.label}
    if result.grade == "agrees":
        message = Message.of("“{label}” stays within the money received", **names)
        return CHECK.consistent(spent.evaluation, message, **shown)
    if result.grade == "last place":
        message = Message.of("“{label}” is above the money received by a difference of rounding", **names)
        return CHECK.inconsistent(spent.evaluation, message, "note", **shown)
    carried = flow.covered(flow.carried)
    if carried:
        shown |= {"formula": _formula(spent, carried), "evidence": tuple(map(evidence, (*carried, spent)))}
        message = Message.of("“{label}” stays within the money received and carried over", **names)
        return CHECK.consistent(spent.evaluation, message, **shown)
    if flow.covered((*flow.carried, *flow.others)):
        cited = tuple(map(evidence, (received, *flow.carried, *flow.others, spent)))
        message = Message.of("“{label}” may have come out of several sums received", **names)
        return CHECK.uncheckable(spent.evaluation, message, evidence=cited, formula=result.formula)
    numbers = [Number.of(received), Number.of(spent)]
    severity = lowered(step_down(CHECK.severity) if excused or not flow.sure else CHECK.severity, *numbers)
    hint = hints.for_numbers(numbers, lambda n: n[0].base == n[1].base) if flow.sure else None
    message = Message.of("“{label}” is more than the money received", **names)
    return CHECK.inconsistent(spent.evaluation, message, severity, hint=hint, **shown)


def _formula(spent: Fund, funds: tuple[Fund, ...]) -> str:
    return f"{Number.of(spent).with_unit} ≤ {' + '.join(Number.of(fund).with_unit for fund in funds)}"


CHECK = Check(id="exec-over-arrival", severity="error", run=run)
