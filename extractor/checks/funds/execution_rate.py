"""The rate at which money was spent, and the amounts that it was made of.

Compares: each 执行率 (支出率, 使用率, 支付进度, 拨付率 …) with the money spent and the base that it was reckoned on: in
    a table those of its row, in prose those of its sentence, else of its paragraph, else the totals of the evaluation.
Formula: rate = spent ÷ base × 100 %. The base is tried as adjusted budget, as money received, as budget of the start of
    the year and with money carried over; the one that fits is named, and where none fits each is shown with its value.
Tolerance: half a unit of the rate's last printed place, and the rounding of amounts with decimals. Truncation and a
    difference of one last place are notes.
False alarms: another base than the usual one, rates of one level's money, rates in whole percent, approximate words.
Example: 37.24 ÷ 43.2 = 86.20% ≠ 96%.
Source: the self-evaluation form of 财预〔2020〕10号 (执行率 = B/A); reports also use the money received or the budget
    of the start of the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.checks.base import Check
from extractor.checks.funds.money_rates import Figures, Roles, judge, rates
from extractor.lexicon import Profile
from extractor.model import Report, Verdict

ZH = """预算执行率与执行数、预算数。

核对内容：每一处执行率（支出率、使用率、支付进度、拨付率等）与执行数及其计算口径；表格中取同一行，正文中先取同一句，
    再取同一段，最后取评价的总额。
公式：执行率 = 执行数 ÷ 基数 × 100%。基数依次试全年（调整后）预算数、到位数、年初预算数、含结转资金，注明吻合的口径；
    都不吻合的，逐一列出计算结果。
容差：执行率末位的半个单位，另计带小数金额的舍入；截尾和末位差一仅作提示。
易误报：采用了不常用的口径、只反映某一级资金、按整数百分比填写、“约”数。
例：37.24 ÷ 43.2 = 86.20% ≠ 96%。
依据：财预〔2020〕10号自评表（执行率 = B/A）；实务中也有以到位数或年初预算数为基数的。
"""

#: Money paid out to users is called received as often as spent.
_PAID_OUT = re.compile("拨付|发放|兑付")
_BASES = ("budget", "received", "initial_budget", "carryover")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    figures = Figures(report)
    for rate in rates(report, "check.rate.execution", "check.rate.arrival"):
        paid_out = _PAID_OUT.search(rate.name) is not None
        above = ("spent", "received") if paid_out else ("spent",)
        yield judge(CHECK, rate, figures, Roles(above, _BASES, own=not paid_out))


CHECK = Check(id="execution-rate", severity="error", run=run)
