"""A release order of another year than the money that it releases.

Compares: the year of each document number that is printed as the basis of money in running text (下达…万元（…号）) with
    the evaluated year.
Formula: year = evaluated year, or the year before (提前下达: next year's money is released in the autumn).
Tolerance: none; of an evaluation of several years each year counts.
False alarms: money carried over from former years, and projects over several years, rest on older orders: sentences
    that say so are not judged. A number later than the report itself belongs to docno-year-range.
Example: 〔2021〕117号 as the basis of money of 2024.
Source: 预算法, art. 52: the centre tells the provinces of next year's transfers in advance; otherwise a year's money is
    released within it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor import lexicon
from extractor.checks.base import Check, evidence
from extractor.checks.documents.timing import evaluated, year_evidence
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import DocNumber, Evaluation, Evidence, Fund, Report, Verdict

ZH = """资金文号年份与资金年度。

核对内容：正文中作为资金依据的每个发文字号（下达……万元（……号））的年份与评价年度。
公式：字号年份为评价年度，或其上一年（提前下达次年资金）。
容差：无；评价多个年度的，各年均可。
易误报：结转结余资金、跨年度项目可用以前年度的文件，句中已说明的不作判断；晚于报告成文年份的由 docno-year-range 核对。
例：2024年度资金以〔2021〕117号为依据。
依据：《预算法》第五十二条：中央对地方转移支付可提前下达次年预计数；其余资金在当年下达。
"""


@dataclass(frozen=True, slots=True)
class _Order:
    fund: Fund
    number: DocNumber
    year: int


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    for evaluation in report.evaluations:
        years = evaluated(report, evaluation)
        for order in _orders(report, evaluation) if years is not None else ():
            if years is not None and not _too_late(report, order):
                yield _judge(passages, evaluation, years, order)


def _orders(report: Report, evaluation: Evaluation) -> Iterator[_Order]:
    """Each number once, with the first sum that it releases."""
    printed = {number.normalized: number for number in reversed(report.doc_numbers)}
    seen: set[str] = set()
    for fund in report.funds:
        if fund.evaluation != evaluation.seq or fund.place.source != "prose" or fund.role not in ("budget", "received"):
            continue
        for name in fund.doc_numbers:
            number = printed.get(name)
            if number is not None and number.year is not None and name not in seen:
                seen.add(name)
                yield _Order(fund, number, number.year)


def _too_late(report: Report, order: _Order) -> bool:
    """Whether the order is later than the report, which is another check's finding."""
    issued = report.head.issued_on
    return issued is not None and order.year > issued.year


def _judge(passages: Passages, evaluation: Evaluation, years: tuple[int, int], order: _Order) -> Verdict:
    first, last = years
    cited: tuple[Evidence, ...] = (evidence(order.number), evidence(order.fund), *year_evidence(evaluation))
    span = str(first) if first == last else f"{first}—{last}"
    names = {"number": order.number.normalized, "year": span}
    if first <= order.year <= last:
        message = Message.of("{number} is of the evaluated year", **names)
        return CHECK.consistent(evaluation.seq, message, formula=f"{order.year} = {span}", evidence=cited)
    if order.year == first - 1:
        message = Message.of("{number} is of the year before, which may release the money in advance", **names)
        return CHECK.consistent(evaluation.seq, message, formula=f"{order.year} + 1 = {first}", evidence=cited)
    if order.year < first and _of_former_years(passages, order.fund):
        message = Message.of("{number} may release money of former years", **names)
        return CHECK.uncheckable(evaluation.seq, message, evidence=cited)
    message = Message.of("{number} is the basis of money of {year}", **names)
    shown = {"formula": f"{order.year} ≠ {span}", "expected": f"{first - 1}—{last}", "actual": str(order.year)}
    return CHECK.inconsistent(evaluation.seq, message, None, evidence=cited, **shown)


def _of_former_years(passages: Passages, fund: Fund) -> bool:
    sentence = passages.before(fund.place) + fund.label + passages.after(fund.place)
    return lexicon.matcher("check.docno.former_years").search(sentence) is not None


CHECK = Check(id="docno-order-year-fund", severity="note", run=run)
