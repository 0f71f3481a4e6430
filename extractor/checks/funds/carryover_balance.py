"""What is left at the end of the year, and the money that it was left of.

Compares: each 结余 or 结转 of the year's end with the budget or the money received, what former years left, and what
    was spent: in a table within each row, in prose the sums of its paragraph, else of the evaluation.
Formula: budget or received (+ carried over from former years) - spent = what is left.
Tolerance: none where all figures are printed to the same place; else half a unit of the last printed place of each.
    What rounding each figure could explain is a note, or nothing where the report declares its rounding.
False alarms: money that was returned or taken back (收回, 上缴) without an amount, several budgets or sums spent: if
    any of them gives what is left, it holds, and where several remain the balance is left open.
Example: budget 1,000, spent 930, 60 left: 1,000 - 930 = 70 ≠ 60 万元.
Source: 部门决算: 年初结转和结余 + 本年收入 - 本年支出 = 年末结转和结余.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from extractor import lexicon
from extractor.checks import hints, rounding
from extractor.checks.arithmetic import Comparison, Number, compare_sum
from extractor.checks.base import Check, evidence
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Fund, Report, Verdict

ZH = """结转结余与预算数、支出数。

核对内容：每一处年末结余、结转数与预算数（或到位数）、上年结转数、支出数；表格中取同一行，正文中先取同一段，
    再取该评价的总额。
公式：预算（到位）数（＋上年结转）- 支出数 = 结转结余数。
容差：各数印到同一位的，不留容差；否则取各数末位的半个单位。四舍五入可以解释的差额只作提示，报告自己声明的予以认可。
易误报：收回、上缴而未写金额的；有多个预算数、支出数的，任一组合吻合即为相符，不止一个而都不吻合的不作判断。
例：预算 1,000、支出 930、结余 60：1,000 - 930 = 70 ≠ 60 万元。
依据：部门决算：年初结转和结余 + 本年收入 - 本年支出 = 年末结转和结余。
"""

_LEFT = re.compile("结余|结转|结存|未支出|未使用|未支付|結餘|結轉")
_FORMER = re.compile("上年|年初|以前年度|往年|上一年")
_YEAR = re.compile(r"(20\d\d)年")
#: So many ways of making what is left are told apart; with more of them nobody knows which was meant.
_FEW = 2

_Way = tuple[tuple[Fund, ...], Fund]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    yield from (_verdict(left, ways, report, passages) for left, ways in (*_rows(report), *_prose(report, passages)))


def _prose(report: Report, passages: Passages) -> Iterator[tuple[Fund, list[_Way]]]:
    """The sums of running text that are left at the end of the year."""
    totals = [f for f in report.funds if f.column is None and f.parent_seq is None and f.yuan is not None]
    years = {evaluation.seq: evaluation.fiscal_year or 0 for evaluation in report.evaluations}
    former = [f for f in report.funds if f.role == "carryover" and f.yuan is not None]
    former = [f for f in former if _is_former(f, passages, years)]
    for left in totals:
        if left.role != "carryover" or _LEFT.search(_words(left, passages)) is None or left in former:
            continue
        same = [f for f in totals if f.evaluation == left.evaluation]
        ways = _ways(left, same, [f for f in former if f.evaluation == left.evaluation], report, passages)
        yield left, ways


def _words(fund: Fund, passages: Passages) -> str:
    return passages.before(fund.place, stops="。;，,") + fund.label


def _is_former(fund: Fund, passages: Passages, years: dict[int, int]) -> bool:
    """Whether the sum is of a former year (上年结转, 2022年结转 in a report on 2023)."""
    words = _words(fund, passages)
    own = years.get(fund.evaluation or 0, 0)
    return _FORMER.search(words) is not None or any(int(year) < own for year in _YEAR.findall(words))


def _rows(report: Report) -> Iterator[tuple[Fund, list[_Way]]]:
    """The rows of tables with a column for what is left."""
    table = [fund for fund in report.funds if fund.column is not None and fund.yuan is not None]
    for left in table:
        if left.column == "carryover":
            row = [f for f in table if (f.evaluation, f.label) == (left.evaluation, left.label)]
            bases = [f for name in ("received", "budget") for f in row if f.column == name]
            ways: list[_Way] = [((base,), spent) for base in bases for spent in row if spent.column == "spent"]
            if ways:
                yield left, ways


def _ways(left: Fund, totals: Sequence[Fund], former: Sequence[Fund], report: Report, passages: Passages) -> list[_Way]:
    """The ways to make what is left: the sums of its paragraph, else those of the evaluation, the other ones behind."""
    passage = passages.at(left.place)
    beside = [f for f in totals if passage is not None and passages.at(f.place) is passage]
    parents = {fund.parent_seq for fund in report.funds}
    # 上年结转、当年下达合计 is money to spend, whatever its parts are.
    bases = [f for f in totals if f.role in ("budget", "received") or (f.seq in parents and f.role == "carryover")]
    spent = _distinct([f for f in beside if f.role == "spent"]) or _distinct([f for f in totals if f.role == "spent"])
    near = _distinct([f for f in bases if f in beside and f is not left])
    far = [f for f in _distinct([f for f in bases if f is not left]) if f.yuan not in {b.yuan for b in near}]
    ways: list[_Way] = [((base,), out) for base, out in product(near or far, spent)]
    if former:
        ways += [((base, *_distinct(former)), out) for base, out in product(near or far, spent)]
    return ways + [((base,), out) for base, out in product(far if near else (), spent)]


def _distinct(funds: Sequence[Fund]) -> list[Fund]:
    """Without sums that are repeated."""
    return list({fund.yuan: fund for fund in reversed(funds)}.values())[::-1]


def _verdict(left: Fund, ways: Sequence[_Way], report: Report, passages: Passages) -> Verdict:
    number, names = Number.of(left), {"label": left.label}
    if not ways:
        message = Message.of("The money that “{label}” was left of is not printed with what was spent of it", **names)
        return CHECK.uncheckable(left.evaluation, message, evidence=(evidence(left),))
    results = [(way, _compared(number, way)) for way in ways]
    fitting = (one for grade in ("agrees", "last place") for one in results if one[1].grade == grade)
    way, result = next(fitting, results[0])
    funds = (*way[0], way[1])
    cited = tuple(evidence(fund) for fund in (*funds, left))
    if result.grade == "apart":
        if _was_returned((left, way[1]), passages):
            message = Message.of("“{label}” may be less money that was returned or taken back", **names)
            return CHECK.uncheckable(left.evaluation, message, evidence=cited, formula=result.formula)
        if len(ways) > _FEW:
            message = Message.of("Of what “{label}” was left is not clear", **names)
            return CHECK.uncheckable(left.evaluation, message, evidence=cited, formula=result.formula)
    told = rounding.Told(
        Message.of("“{label}” is what is left of the money", **names),
        Message.of("“{label}” is what is left of the money but for the declared rounding", **names),
        Message.of("“{label}” misses what is left of the money by a difference of rounding", **names),
        Message.of("“{label}” is not what is left of the money", **names),
    )
    numbers = [number, *map(Number.of, funds)]
    hint = hints.for_numbers(numbers, lambda n: compare_sum(n[0], n[1:-1], less=n[-1:]).grade == "agrees")
    return rounding.judge(CHECK, rounding.Sum(left.evaluation, result, numbers, cited, hint=hint), told, report)


def _was_returned(funds: Sequence[Fund], passages: Passages) -> bool:
    """Whether a paragraph of these sums says that money was returned, taken back or used for something else."""
    words = lexicon.matcher("check.returned")
    held = [passages.at(fund.place) for fund in funds]
    return any(words.search(passage.text.string) for passage in held if passage is not None)


def _compared(left: Number, way: _Way) -> Comparison:
    return compare_sum(left, [Number.of(fund) for fund in way[0]], less=[Number.of(way[1])])


CHECK = Check(id="carryover-balance", severity="warning", run=run)
