"""The claim that all of the money was paid, and the amounts.

Compares: sentences that say 全部支出, 全部拨付, 支付完毕, 全部到位 or 无结余 with the sums of the same verb, the budget
    and what is printed as left over; for spending also with the execution rate.
Formula: what was paid = all of the money (the sum in the claim, else the largest budget or sum received); nothing left.
Tolerance: half a unit of the last printed place of each figure.
False alarms: money granted to others and not yet spent by them (拨付 is not compared with 支出), 足额发放 (said of each
    entitlement), sums of other levels or of an earlier moment (上半年), negated claims (未全部支出).
Example: 资金 2,386 万元已全部拨付, and 累计拨付 2,318.75 万元.
Source: seen in published reports: 全部拨付 although 2113.63 of 2179 万元 were paid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor import lexicon
from extractor.checks.arithmetic import Comparison, Number, compare_equal, lowered, step_down
from extractor.checks.base import Check, evidence
from extractor.checks.funds.payment_claims import FAMILIES, Claim, claims
from extractor.checks.funds.stages import levels, same_money
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Fund, Rate, Report, Severity, Verdict

ZH = """“全部支出”“全部拨付”的说法与金额。

核对内容：称资金全部支出、全部拨付、支付完毕、全部到位、无结余的句子，与同一动词的金额、预算数和所列结余；
    关于支出的还与执行率比较。
公式：已付金额 = 全部资金（句中的金额，否则为最大的预算数或到位数）；结余为零。
容差：各数末位的半个单位。
易误报：已拨付而对方尚未支出的（拨付不与支出比较）、“足额发放”（就每个对象而言）、级次不同的资金、
    较早时点的金额（上半年）、否定句（未全部支出）。
例：资金 2,386 万元已全部拨付，而累计拨付 2,318.75 万元。
依据：公开报告中见过称全部拨付而 2179 万元中只付 2113.63 万元的。
"""

_EARLIER = regex.compile(r"上半年|季度|(?<!\d)(?:[1-9]|1[01])月底|(?<!\d)[1-9]月末")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    told: set[tuple[int | None, str]] = set()
    for claim in claims(report):
        verdict = _judge(claim, report, passages)
        # One claim that is wrong is one finding, however often the text repeats it.
        key = claim.passage.evaluation, claim.family
        if verdict.outcome != "inconsistent" or key not in told:
            yield verdict
        if verdict.outcome == "inconsistent":
            told.add(key)


def _judge(claim: Claim, report: Report, passages: Passages) -> Verdict:
    evaluation, names = claim.passage.evaluation, {"words": claim.words}
    if claim.family == "left":
        left = next((f for f in report.funds if f.evaluation == evaluation and _is_left(f, passages)), None)
        if left is not None:
            message = Message.of("“{words}”, but {sum} is left", sum=left.raw, **names)
            return CHECK.inconsistent(evaluation, message, evidence=(claim.cited, evidence(left)))
    whole, paid = _sides(claim, report, passages)
    if whole is None or not paid or not claim.is_of(whole):
        return _by_rate(claim, report)
    results = [(fund, compare_equal(Number.of(whole), Number.of(fund))) for fund in paid]
    fund, result = next((one for one in results if _is_all(one[1], Number.of(whole), one[0])), results[0])
    cited = (claim.cited, evidence(whole), evidence(fund))
    shown = {**result.figures, "evidence": cited}
    if _is_all(result, Number.of(whole), fund):
        message = Message.of("“{words}” holds of the amounts", **names)
        return CHECK.consistent(evaluation, message, **shown)
    if result.grade == "last place":
        message = Message.of("“{words}” holds of the amounts but for rounding", **names)
        return CHECK.inconsistent(evaluation, message, "note", **shown)
    sure = claim.fund is not None or passages.at(fund.place) is claim.passage
    severity: Severity = CHECK.severity if sure else step_down(CHECK.severity)
    message = Message.of("“{words}”, but {paid} of {whole} were paid", paid=fund.raw, whole=whole.raw, **names)
    return CHECK.inconsistent(evaluation, message, lowered(severity, Number.of(whole), Number.of(fund)), **shown)


def _sides(claim: Claim, report: Report, passages: Passages) -> tuple[Fund | None, list[Fund]]:
    """All of the money, and the sums that were paid of it; what arrived is in the claim, and its budget elsewhere."""
    whole = _whole(claim, report)
    if claim.family == "arrived" and claim.fund is not None:
        return whole, [claim.fund] if _comparable(claim.fund, whole) else []
    whole = claim.fund or whole
    return whole, [fund for fund in _paid(claim, report, passages) if fund is not whole and _comparable(fund, whole)]


def _is_all(result: Comparison, whole: Number, fund: Fund) -> bool:
    return result.grade == "agrees" or Number.of(fund).base >= whole.base


def _whole(claim: Claim, report: Report) -> Fund | None:
    """All of the money: the largest budget or sum received of the claim's evaluation, in the text or its table."""
    roles = ("budget",) if claim.family == "arrived" else ("budget", "received")
    funds = [f for f in report.funds if f.role in roles and f.parent_seq is None and f.yuan is not None]
    funds = [f for f in funds if f.evaluation == claim.passage.evaluation and f.column in (None, "budget", "received")]
    return max(funds, key=lambda fund: Number.of(fund).base, default=None)


def _paid(claim: Claim, report: Report, passages: Passages) -> list[Fund]:
    """Sums that the verb of the claim is said of, the largest first."""
    words = FAMILIES.get(claim.family, FAMILIES["paid"])
    found = []
    for fund in report.funds:
        if fund.parent_seq is not None or fund.yuan is None or fund.evaluation != claim.passage.evaluation:
            continue
        if fund.column is not None:
            fits = fund.column == {"arrived": "received"}.get(claim.family, "spent") and claim.family != "granted"
        else:
            clause = passages.before(fund.place, stops="。;，,") + fund.label
            fits = fund.role in ("spent", "received") and bool(words.search(clause)) and not _EARLIER.search(clause)
        if fits:
            found.append(fund)
    return sorted(found, key=lambda fund: -Number.of(fund).base)


def _comparable(fund: Fund, whole: Fund | None) -> bool:
    """Whether the sum is of the same level as all of the money."""
    return whole is not None and (same_money(fund, whole) or levels(fund) == levels(whole) or fund.column is not None)


def _is_left(fund: Fund, passages: Passages) -> bool:
    if fund.role != "carryover":
        return False
    words = passages.before(fund.place, stops="。;，,") + fund.label
    this_year = regex.search("结余|结转", words) is not None and regex.search("上年|年初|以前年度|往年", words) is None
    return this_year and fund.yuan is not None and fund.value > 0


def _by_rate(claim: Claim, report: Report) -> Verdict:
    """Spending against the execution rate, where no amounts can be compared."""
    rates: Sequence[Rate] = [
        rate
        for rate in report.rates
        if rate.evaluation == claim.passage.evaluation and lexicon.matcher("check.rate.execution").search(rate.name)
    ]
    low = [rate for rate in rates if rate.value < 100]
    whole = _whole(claim, report)
    own = whole is None or claim.is_of(whole)
    if claim.family in ("paid", "left") and own and low and len(low) == len(rates):
        message = Message.of("“{words}”, but “{name}” is {rate}", words=claim.words, name=low[0].name, rate=low[0].raw)
        cited = (claim.cited, evidence(low[0]))
        return CHECK.inconsistent(
            claim.passage.evaluation, message, "warning", formula=f"{low[0].raw} < 100%", evidence=cited
        )
    message = Message.of("No amounts are printed that “{words}” could be compared with", words=claim.words)
    return CHECK.uncheckable(claim.passage.evaluation, message, evidence=(claim.cited,))


CHECK = Check(id="all-paid-claim", severity="error", run=run)
