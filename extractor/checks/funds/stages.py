"""Money of one stage beside the money of an earlier stage that it came out of. No check of its own.

Shared by `arrival-over-budget` and `exec-over-arrival`: budget → received → spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from extractor import lexicon
from extractor.checks.arithmetic import Comparison, Number, compare_sum
from extractor.checks.naming import likeness
from extractor.checks.wording import Passages
from extractor.model import Fund, Report

#: From this likeness on, two labels without their verbs name the same money.
_ALIKE = 0.7
_SHORTEST = 4
_VERBS = re.compile(
    r"实际|已|累计|共计?|全年|当年|本年度?|20\d\d年度?|到位|收到|到账|支出|支付|使用|发放|拨付|下达|安排|预算|批复|执行"
)
_YEAR_END = re.compile(r"截[至止](?:20\d\d年)?(?:12月(?:31日|底|末)?|年?[底末])|20\d\d年[底末]|年末|年底|全年|当年")
_YEARS = re.compile(r"近[一二两三四五几]?年|历年|累计")
_FORMER = ("上年", "年初", "以前年度", "往年", "上一年", "20")


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of a later stage, what it came out of, what former years left for it, and other money of that stage.

    `sure`: both stand in one row, sentence or paragraph or bear one name; else they are the report's only two sums.
    """

    later: Fund
    earlier: tuple[Fund, ...]
    carried: tuple[Fund, ...] = ()
    others: tuple[Fund, ...] = ()
    sure: bool = True

    @property
    def largest(self) -> Fund:
        """The largest sum of the earlier stage."""
        return max(self.earlier, key=lambda fund: Number.of(fund).base)

    def compare(self) -> Comparison:
        """The later money against the largest sum of the earlier stage, which it may not be more than."""
        return compare_sum(Number.of(self.largest), [Number.of(self.later)], bound=True)

    def covered(self, more: Sequence[Fund]) -> tuple[Fund, ...]:
        """The largest sum and further ones, where together they are enough; a sum that is repeated counts once."""
        funds = tuple({fund.yuan: fund for fund in (self.largest, *more)}.values())
        enough = sum((Number.of(fund).base for fund in funds), Fraction(0)) >= Number.of(self.later).base
        return funds if more and enough else ()


def flows(report: Report, later: str, earlier: str) -> Iterator[Flow]:
    """All money of the role or column `later` for which money of `earlier` is printed, in tables and in prose."""
    yield from _rows(report, later, earlier)
    yield from _prose(report, later, earlier)


def _rows(report: Report, later: str, earlier: str) -> Iterator[Flow]:
    """The rows of fund tables; a sibling row of carried-over money is carried over to all of them."""
    table = [fund for fund in report.funds if fund.column is not None and fund.yuan is not None]
    by_seq = {fund.seq: fund for fund in table}

    def row(fund: Fund) -> tuple[int | None, str | None, str]:
        parent = by_seq.get(fund.parent_seq) if fund.parent_seq is not None else None
        return fund.evaluation, parent.label if parent else None, fund.label

    for fund in table:
        if fund.column != later:
            continue
        key = row(fund)
        same = tuple(f for f in table if f.column == earlier and row(f) == key)
        beside = (f for f in table if f.column == earlier and row(f)[:2] == key[:2] and f.label != fund.label)
        if same:
            yield Flow(fund, same, tuple(f for f in beside if "结转" in f.label and key[1] is not None))


def _prose(report: Report, later: str, earlier: str) -> Iterator[Flow]:
    """Totals in running text, each with the money that stands in its sentence or bears its name."""
    passages = Passages.of(report)
    totals = [f for f in report.funds if f.column is None and f.parent_seq is None and f.yuan is not None]
    carried = [
        f for f in report.funds if f.role == "carryover" and f.yuan is not None and _of_former_years(f, passages)
    ]
    for fund in totals:
        if fund.role != later:
            continue
        of_years = _adds_up_years(fund, passages)
        if of_years is None:
            continue
        ahead = [f for f in totals if f.role == earlier and f.evaluation == fund.evaluation]
        near = [f for f in ahead if _belong(f, fund, passages)] or _alone_beside(ahead, fund, passages)
        if near:
            others = tuple(f for f in ahead if f not in near)
            yield Flow(fund, tuple(near), tuple(carried), others, sure=not of_years)
            continue
        same = [f for f in totals if f.role == later and f.evaluation == fund.evaluation]
        only = len({f.yuan for f in ahead}) == 1 == len({f.yuan for f in same}) and levels(ahead[0]) == levels(fund)
        if only and not _of_other_money(ahead[0], totals, passages):
            yield Flow(fund, (ahead[0],), tuple(carried), sure=False)


def _of_other_money(one: Fund, totals: Sequence[Fund], passages: Passages) -> bool:
    """Whether its sentence gives it a budget that is not the evaluated one, or a longer time than the year."""
    if _YEARS.search(passages.before(one.place, stops="。;，,")):
        return True
    budgets = [f for f in totals if f.role == "budget" and f.evaluation == one.evaluation]
    own = [Number.of(f).base for f in budgets if _in_one_sentence(f, one, passages)]
    others = [Number.of(f).base for f in budgets if not _in_one_sentence(f, one, passages)]
    return bool(own) and bool(others) and not any(abs(a - b) <= max(a, b) / 10 for a in own for b in others)


def _alone_beside(ahead: Sequence[Fund], fund: Fund, passages: Passages) -> list[Fund]:
    """The only sum of the earlier stage in the paragraph, where both are of one level."""
    passage = passages.at(fund.place)
    beside = [f for f in ahead if passage is not None and passages.at(f.place) is passage]
    return beside if len({f.yuan for f in beside}) == 1 and levels(beside[0]) == levels(fund) else []


def levels(fund: Fund) -> set[str]:
    """The levels and sources that the label names (中央, 县级, 配套)."""
    return {match[0] for match in lexicon.matcher("check.level").finditer(fund.label)}


def _adds_up_years(fund: Fund, passages: Passages) -> bool | None:
    """Whether the sum may be of several years (截至年底累计支出); None where it is of another moment (一季度, 年初)."""
    clause = passages.before(fund.place, stops="。;，,")
    moments = {match[0] for match in lexicon.matcher("check.moment").finditer(_YEAR_END.sub("", clause))}
    if not moments:
        return False
    whole_year = _YEAR_END.search(passages.before(fund.place)) is not None
    return True if whole_year and moments == {"累计"} else None


def _of_former_years(fund: Fund, passages: Passages) -> bool:
    words = fund.label + passages.before(fund.place, stops="。;，,")
    # 上年结余 is what the former year left, 结余 alone what this one leaves.
    ends = ("年末", "年底") if any(word + "结余" in words for word in _FORMER) else ("年末", "年底", "结余")
    return any(word in words for word in _FORMER) and not any(word in words for word in ends)


def same_money(one: Fund, other: Fund) -> bool:
    """Whether the labels, without their verbs, name the same money."""
    names = [_VERBS.sub("", fund.label) for fund in (one, other)]
    return min(map(len, names)) >= _SHORTEST and likeness(*names) >= _ALIKE


def _belong(one: Fund, other: Fund, passages: Passages) -> bool:
    """Whether two sums bear one name, or stand in one sentence and are not of different levels (区级配套)."""
    if same_money(one, other):
        return True
    return _in_one_sentence(one, other, passages) and levels(one) == levels(other)


def _in_one_sentence(one: Fund, other: Fund, passages: Passages) -> bool:
    passage = passages.at(one.place)
    if passage is None or passages.at(other.place) is not passage:
        return False
    start, end = sorted(passages.position(passage, fund.place) for fund in (one, other))
    return not any(stop in passage.text.string[start:end] for stop in "。;")
