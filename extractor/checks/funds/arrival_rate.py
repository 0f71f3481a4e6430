"""The rate at which money arrived, and the amounts that it was made of.

Compares: each 资金到位率 with the money received and the money planned: in a table those of its row, in prose those of
    its sentence, else of its paragraph, else the totals of the evaluation.
Formula: rate = received ÷ planned × 100 %. The planned money is tried as budget, as budget of the start of the year and
    with money carried over; the one that fits is named.
Tolerance: half a unit of the rate's last printed place, and the rounding of amounts with decimals. Truncation and a
    difference of one last place are notes.
False alarms: several levels of money (a rate of 中央资金 is compared with that money only), money carried over,
    approximate words; rates of time (及时到位率) and of other people's investment (投资到位率) are left out.
Example: 480 ÷ 600 = 80.00% ≠ 90%.
Source: the indicator frame of 财预〔2013〕53号: 资金到位率 = 实际到位资金 ÷ 计划投入资金 × 100%.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.base import Check
from extractor.checks.funds.money_rates import Figures, Roles, judge, rates
from extractor.lexicon import Profile
from extractor.model import Report, Verdict

ZH = """资金到位率与到位数、预算数。

核对内容：每一处资金到位率与到位资金、计划（预算）资金；表格中取同一行，正文中先取同一句，再取同一段，最后取评价的总额。
公式：到位率 = 到位资金 ÷ 计划资金 × 100%。计划资金依次试全年预算数、年初预算数、含结转资金，并注明吻合的口径。
容差：到位率末位的半个单位，另计带小数金额的舍入；截尾和末位差一仅作提示。
易误报：多级资金（“中央资金到位率”只与中央资金比较）、上年结转、“约”数；及时到位率、投资到位率不在核对之列。
例：480 ÷ 600 = 80.00% ≠ 90%。
依据：财预〔2013〕53号指标框架：资金到位率 = 实际到位资金 ÷ 计划投入资金 × 100%。
"""

_ROLES = Roles(above=("received",), below=("budget", "initial_budget", "carryover"))


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    figures = Figures(report)
    for rate in rates(report, "check.rate.arrival", "check.rate.not_arrival"):
        yield judge(CHECK, rate, figures, _ROLES)


CHECK = Check(id="arrival-rate", severity="error", run=run)
