"""An indicator that repeats a figure of the money, and that figure.

Compares: indicators that are of the evaluated money itself (预算执行率, 资金到位率, 项目总成本) with the rate or the
    sum that the fund block or the text prints for it.
Formula: actual rate = printed rate, or spent ÷ budget; actual cost = money spent.
Tolerance: half a unit of the last place of each figure; equality is taken for a confirmation, of small numbers too.
False alarms: equal figures of other things confirm nothing and are not looked at; rates of one level's or source's
    money (县级配套到位率) and costs of a part are left out; several bases of a rate are tried. Differences are notes:
    the indicator may be of a part that its name does not tell.
Example: 预算执行率 95 % among the indicators, 87.98 % in the fund block.
Source: 财预〔2020〕10号: one execution rate goes into one self-evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon, quantity
from extractor.checks.arithmetic import Comparison, Number, compare_equal, compare_rate
from extractor.checks.base import Check, evidence
from extractor.checks.indicators.sides import figure_evidence, number
from extractor.checks.naming import groups, once
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Fund, Indicator, Rate, Report, Verdict

ZH = """指标与所重复的资金数。

核对内容：以所评资金本身为内容的指标（预算执行率、资金到位率、项目总成本），与资金表或正文所印的比率、金额。
公式：指标实际值 = 所印比率，或执行数 ÷ 预算数；总成本实际值 = 支出数。
容差：各数末位的半个单位；相等视为互相印证。
易误报：其他事物的数字相等不能印证，不核对；某一级、某一来源资金的比率（县级配套到位率）和部分成本不核对；
    比率的几种分母都试。不等只作提示：指标可能只指其中一部分。
例：指标中预算执行率95%，资金表为87.98%。
依据：财预〔2020〕10号：同一自评只有一个预算执行率。
"""

_Found = tuple[Comparison, tuple[Evidence, ...]]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        funds = [fund for fund in report.funds if fund.evaluation == evaluation and fund.yuan is not None]
        rates = [rate for rate in report.rates if rate.evaluation == evaluation]
        for one in once(indicators):
            what = _what(one)
            if what is not None:
                yield _judge(one, what, rates, funds)


def _what(indicator: Indicator) -> str | None:
    """'execution', 'arrival' or 'cost' where the indicator is of the money as a whole, else None."""
    name = indicator.name
    if indicator.actual_value is None or lexicon.matcher("check.level").search(name):
        return None
    measure = quantity.dimension(indicator.actual_unit or indicator.target_unit or "")
    for what, wanted in (("execution", "ratio"), ("arrival", "ratio"), ("cost", "money")):
        if measure == wanted and lexicon.pattern(f"check.money.{what}").regex.search(name):
            return what
    return None


def _judge(indicator: Indicator, what: str, rates: Sequence[Rate], funds: Sequence[Fund]) -> Verdict:
    unit = indicator.actual_unit or indicator.target_unit
    own = number(indicator.actual_value, unit, indicator.actual_raw)
    found = list(_compared(indicator, own, what, rates, funds)) if own is not None else []
    names = {"name": indicator.name}
    if not found:
        message = Message.of("Nothing is printed that “{name}” could be compared with", **names)
        return CHECK.uncheckable(indicator.evaluation, message, evidence=figure_evidence(indicator))
    best = min(found, key=lambda one: ("agrees", "last place", "loose", "apart").index(one[0].grade))
    shown = {**best[0].figures, "evidence": (evidence(indicator, indicator.actual_raw, "actual"), *best[1])}
    if best[0].grade != "apart":
        message = Message.of("“{name}” is the same among the indicators and in the figures of the money", **names)
        return CHECK.consistent(indicator.evaluation, message, **shown)
    message = Message.of("“{name}” is one figure among the indicators and another in those of the money", **names)
    return CHECK.inconsistent(indicator.evaluation, message, None, **shown)


def _compared(
    indicator: Indicator, own: Number, what: str, rates: Sequence[Rate], funds: Sequence[Fund]
) -> Iterator[_Found]:
    totals = [fund for fund in funds if fund.parent_seq is None and fund.value]
    if what == "cost":
        spent = [fund for fund in funds if fund.role == "spent"]
        # A part that is equal confirms it; only the total can contradict.
        for fund in spent:
            result = compare_equal(Number.of(fund), own)
            if fund in totals or result.grade == "agrees":
                yield result, (evidence(fund),)
        return
    held = indicator.places.get("actual", indicator.place)
    for rate in rates:
        apart = rate.place.start >= held.end or rate.place.end <= held.start
        if apart and _is(rate.name, what) and not lexicon.matcher("check.level").search(rate.name):
            yield compare_equal(Number.of_rate(rate), own), (evidence(rate),)
    above = [fund for fund in totals if fund.role == ("spent" if what == "execution" else "received")]
    below = [fund for fund in totals if fund.role in ("budget", "received") and fund not in above]
    for one in above:
        for base in below:
            yield compare_rate(own, [Number.of(one)], [Number.of(base)]), (evidence(one), evidence(base))


def _is(name: str, what: str) -> bool:
    return lexicon.pattern(f"check.money.{what}").regex.search(name) is not None


CHECK = Check(id="cross-indicator-equal", severity="note", run=run)
