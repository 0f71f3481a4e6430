"""More money received than was budgeted.

Compares: the money received with the budget: in a table within each row, in prose within a sentence or paragraph or
    under one name, else the evaluation's only two sums.
Formula: received ≤ budget.
Tolerance: half a unit of the last printed place of each figure; amounts printed to the same place are exact.
False alarms: money added or carried over within the year (a note where the report says so), other budgets that the
    money may belong to, money of another level.
Example: budget 200, received 260: 260 > 200 万元.
Source: 财预〔2013〕53号: 资金到位率 is received by planned money and is at most 100 % unless money was added.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import lexicon
from extractor.checks.arithmetic import Number, lowered
from extractor.checks.base import Check, evidence
from extractor.checks.funds.stages import Flow, flows
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Severity, Verdict

ZH = """到位数超过预算数。

核对内容：到位资金与预算数；表格中逐行比较，正文中在同一句、同一段内或同一名称下比较，否则以该评价仅有的两个数比较。
公式：到位数 ≤ 预算数。
容差：各数末位的半个单位；印到同一位的金额视为准确数。
易误报：年中追加或上年结转（报告有说明的仅作提示）、可能属于其他预算的资金、不同级次的资金。
例：预算 200、到位 260：260 > 200 万元。
依据：财预〔2013〕53号：资金到位率为实际到位资金与计划资金之比，无追加时不超过 100%。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    added = any(lexicon.matcher("check.added_money").search(passage.text.string) for passage in report.passages)
    for flow in flows(report, "received", "budget"):
        yield _verdict(flow, added)


def _verdict(flow: Flow, added: bool) -> Verdict:
    received, budget = flow.later, flow.largest
    result = flow.compare()
    shown = {**result.figures, "evidence": (evidence(budget), evidence(received))}
    names = {"label": received.label}
    if result.grade == "agrees":
        message = Message.of("“{label}” received stays within the budget", **names)
        return CHECK.consistent(received.evaluation, message, **shown)
    if result.grade == "last place":
        message = Message.of("“{label}” received is above the budget by a difference of rounding", **names)
        return CHECK.inconsistent(received.evaluation, message, "note", **shown)
    if flow.covered(flow.others):
        message = Message.of("“{label}” received may be of several budgets", **names)
        cited = tuple(evidence(fund) for fund in (budget, *flow.others, received))
        return CHECK.uncheckable(received.evaluation, message, evidence=cited, formula=result.formula)
    severity: Severity = "note" if added or not flow.sure else CHECK.severity
    message = Message.of("“{label}” received is more than the budget", **names)
    severity = lowered(severity, Number.of(received), Number.of(budget))
    return CHECK.inconsistent(received.evaluation, message, severity, **shown)


CHECK = Check(id="arrival-over-budget", severity="warning", run=run)
