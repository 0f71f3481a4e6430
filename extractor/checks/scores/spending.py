"""How much of an evaluation's money was spent: the rate that scores are held to. No check itself.

Spent by budget of the fund block's total row, or the rate that is printed where there are no two amounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from extractor import lexicon
from extractor.checks.arithmetic import grouped
from extractor.checks.base import evidence
from extractor.model import Evidence, Fund, Rate, Report

_BASES = ("budget", "initial_budget", "received")


@dataclass(frozen=True, slots=True)
class Spending:
    """The share of the money that was spent (above 1 where it was more), as written, and the figures that it is of."""

    rate: Fraction
    written: str
    evidence: tuple[Evidence, ...]

    @property
    def percent(self) -> str:
        """`79.58%`."""
        return f"{grouped(self.rate * 100, 2)}%"


def spending(report: Report, evaluation: int | None) -> Spending | None:
    """The spending of one evaluation; None where neither two amounts nor one rate is printed."""
    totals = [
        fund
        for fund in report.funds
        if fund.evaluation == evaluation and fund.parent_seq is None and fund.yuan is not None
    ]
    by_column: dict[str, Fund] = {}
    for fund in totals:
        if fund.column is not None:
            by_column.setdefault(fund.column, fund)
    spent = by_column.get("spent")
    base = next((by_column[name] for name in _BASES if name in by_column and by_column[name].yuan), None)
    if spent is not None and base is None:
        # The total's row was left at zero: what was spent of what is not known.
        return None
    if spent is not None and base is not None and spent.yuan is not None and base.yuan:
        rate = Fraction(spent.yuan) / Fraction(base.yuan)
        return Spending(rate, f"{spent.raw} ÷ {base.raw}", (evidence(spent), evidence(base)))
    return _printed(report, evaluation)


def _printed(report: Report, evaluation: int | None) -> Spending | None:
    """The one rate of spending that is printed for the money as a whole."""
    rates = [rate for rate in report.rates if rate.evaluation == evaluation and _of_all(report, rate)]
    if not rates or len({rate.value for rate in rates}) > 1:
        return None
    return Spending(Fraction(rates[0].value) / 100, rates[0].raw, (evidence(rates[0]),))


def _of_all(report: Report, rate: Rate) -> bool:
    if not lexicon.pattern("check.money.execution").regex.search(rate.name) or rate.qualifier:
        return False
    row = next((fund for fund in report.funds if fund.seq == rate.fund_seq), None)
    return row is None or row.parent_seq is None
