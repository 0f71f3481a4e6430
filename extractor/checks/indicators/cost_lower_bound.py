"""A cost that is to be at least something.

Compares: the sign of the target of each indicator in money that stands under 成本 or is a cost by its name.
Formula: the sign is ≤, < or =; ≥ or > sets a lower bound to what ought to be saved.
Tolerance: none.
False alarms: what is saved (成本节约额 ≥) is no cost; standards that are paid out (补助标准, 工资) may have a floor, so
    that the finding is a note; shares (成本控制率) go either way; without a sign nothing is said.
Example: 项目总成本 ≥90 万元.
Source: 财预〔2021〕101号: cost indicators limit what is spent; one of the slips that reviewers find most often.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import lexicon, quantity
from extractor.checks.base import Check, evidence
from extractor.checks.naming import groups, once
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Indicator, Report, Severity, Verdict

ZH = """成本指标写成“≥”。

核对内容：列在成本类或名称即为成本的金额指标，其目标值的符号。
公式：符号应为≤、<或=；写成≥、>等于给应当节约的支出设了下限。
容差：无。
易误报：节约额（成本节约额≥）不是成本；对外发放的标准（补助标准、工资）可以有下限，只作提示；比率（成本控制率）两可；
    未印符号的不作判断。
例：项目总成本≥90万元。
依据：财预〔2021〕101号：成本指标用以约束支出；评审中常见的错误之一。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for _, indicators in groups(report):
        for one in once(indicators):
            if one.operator is not None and _is_cost(one):
                yield _judge(one)


def _is_cost(indicator: Indicator) -> bool:
    if lexicon.matcher("check.cost.not").search(indicator.name):
        return False
    level = f"{indicator.level1 or ''}{indicator.level2 or ''}"
    return "成本" in level or lexicon.pattern("check.cost").regex.search(indicator.name) is not None


def _judge(indicator: Indicator) -> Verdict:
    names = {"name": indicator.name, "target": indicator.target_raw or ""}
    cited = (evidence(indicator, indicator.target_raw or indicator.name, "target"),)
    kind = (quantity.dimension(indicator.target_unit or "") or "").partition(".")[0]
    if kind not in ("money", "price"):
        message = Message.of("“{name}” stands among the costs and is not given in money: {target}", **names)
        return CHECK.uncheckable(indicator.evaluation, message, evidence=cited)
    if indicator.operator not in ("≥", ">"):
        message = Message.of("“{name}” has an upper limit, as a cost ought to: {target}", **names)
        return CHECK.consistent(indicator.evaluation, message, evidence=cited)
    message = Message.of("“{name}” is a cost with a lower limit: {target}", **names)
    severity: Severity = "note" if lexicon.matcher("check.cost.paid").search(indicator.name) else "warning"
    hint = Message.of("It would be a limit if the sign of the target were the other one")
    return CHECK.inconsistent(
        indicator.evaluation, message, severity, actual=indicator.target_raw, evidence=cited, hint=hint
    )


CHECK = Check(id="cost-lower-bound", severity="warning", run=run)
