"""A budget, and the release orders that made it up.

Compares: a sum that is said to be all of the money (共下达, 合计, 全年预算) with the sums that single release orders
    (指标文) are said to release elsewhere in the text.
Formula: budget = sum of what the orders release, each order once.
Tolerance: none where all figures are printed to the same place; else half a unit of the last printed place of each.
    What rounding each figure could explain is a note, or nothing where the report declares its rounding.
False alarms: one order that releases several sums or several orders that release one (not compared), orders for money
    of another level or name (left open). Orders that are listed as parts of their total belong to sum-parts, two sums
    of one order to total-restated.
Example: 共下达 350 万元; one order releases 200, the other 140 万元: 200 + 140 = 340 ≠ 350.
Source: money reaches its users by release orders only; 财预〔2020〕10号 counts them in 全年预算数.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon
from extractor.checks import hints, rounding
from extractor.checks.arithmetic import Number, compare_sum
from extractor.checks.base import Check, evidence
from extractor.checks.funds.stages import levels, same_money
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Fund, Report, Verdict

ZH = """预算数与各指标文下达数。

核对内容：称为全部资金的数（共下达、合计、全年预算），与文中他处各指标文分别下达的金额。
公式：预算数 = 各指标文下达数之和，每个文号计一次。
容差：各数印到同一位的，不留容差；否则取各数末位的半个单位。四舍五入可以解释的差额只作提示，报告自己声明的予以认可。
易误报：一文下达多笔或多文合写一数的（不比较），级次、名称不同的资金（不作判断）。作为分项列举的归 sum-parts，
    同一文号前后两数归 total-restated。
例：共下达 350 万元，两个指标文分别下达 200、140 万元：200 + 140 = 340 ≠ 350。
依据：资金经指标文下达；财预〔2020〕10号全年预算数含之。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    totals = [f for f in report.funds if f.column is None and f.parent_seq is None and f.yuan is not None]
    budgets = [fund for fund in totals if fund.role == "budget"]
    parents = {fund.parent_seq for fund in report.funds}
    for evaluation in dict.fromkeys(fund.evaluation for fund in budgets):
        mine = [fund for fund in budgets if fund.evaluation == evaluation]
        released = _released(mine)
        stated = [f for f in mine if not f.doc_numbers and f.seq not in parents and _is_all(f, passages)]
        if len(released) > 1 and stated:
            yield _verdict(stated, released, report)


def _is_all(fund: Fund, passages: Passages) -> bool:
    """Whether the sum is said to be all of the money."""
    words = passages.before(fund.place, stops="。;，,") + fund.label
    return lexicon.matcher("check.all_released").search(words) is not None


def _released(budgets: Sequence[Fund]) -> list[Fund]:
    """What single orders release, each order once; nothing where an order is given with two sums."""
    orders: dict[str, Fund] = {}
    for fund in budgets:
        if len(fund.doc_numbers) == 1:
            known = orders.setdefault(fund.doc_numbers[0], fund)
            if known.yuan != fund.yuan:
                return []
    return list(orders.values())


def _verdict(stated: Sequence[Fund], released: Sequence[Fund], report: Report) -> Verdict:
    orders = [Number.of(fund) for fund in released]
    results = [(fund, compare_sum(Number.of(fund), orders)) for fund in stated]
    total, result = next((one for one in results if one[1].grade == "agrees"), results[0])
    cited = tuple(evidence(fund) for fund in (total, *released))
    names = {"label": total.label, "count": str(len(released))}
    alike = all(same_money(total, fund) and levels(fund) == levels(total) for fund in released)
    if result.grade == "apart" and not (alike and len({fund.yuan for fund in stated}) == 1):
        message = Message.of("The {count} release orders may not be all of “{label}”", **names)
        return CHECK.uncheckable(total.evaluation, message, evidence=cited, formula=result.formula)
    told = rounding.Told(
        Message.of("“{label}” is what {count} orders release", **names),
        Message.of("“{label}” is what {count} orders release but for the declared rounding", **names),
        Message.of("“{label}” misses what {count} orders release by a difference of rounding", **names),
        Message.of("“{label}” is not what {count} orders release", **names),
    )
    numbers = [Number.of(total), *orders]
    found = rounding.Sum(total.evaluation, result, numbers, cited, hint=hints.for_sum(numbers[0], orders))
    return rounding.judge(CHECK, found, told, report)


CHECK = Check(id="budget-vs-released", severity="error", run=run)
