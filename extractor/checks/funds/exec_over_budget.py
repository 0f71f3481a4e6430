"""More money spent than there was.

Compares: the money spent with the budget: in a table within each row, in prose within a sentence or under the same
    name, else the total with the largest budget of the evaluation.
Formula: spent ≤ budget (+ money carried over that the budget does not hold).
Tolerance: half a unit of the last printed place of each figure; amounts printed to the same place are exact.
False alarms: a budget that leaves out money carried over, the budget of the start of the year instead of the adjusted
    one (a warning at most), spending accumulated over several years.
Example: budget 800, spent 820 and nothing carried over: 820 > 800 万元.
Source: 财预〔2020〕10号, self-evaluation form: 全年执行数 (B) is spent out of 全年预算数 (A), which includes
    adjustments and carried-over money.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor import lexicon
from extractor.checks.arithmetic import Number, compare_sum, lowered, step_down
from extractor.checks.base import Check, evidence
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Fund, Report, Verdict

ZH = """执行数超过预算数。

核对内容：执行数与预算数；表格中逐行比较，正文中在同一句内或同一名称下比较，否则以总额与该评价中最大的预算数比较。
公式：执行数 ≤ 预算数（＋预算数未包含的结转资金）。
容差：各数末位的半个单位；印到同一位的金额视为准确数。
易误报：预算数不含上年结转；以年初预算代替调整后预算（最多作警告）；多年累计支出。
例：预算 800、执行 820 且无结转：820 > 800 万元。
依据：财预〔2020〕10号自评表：全年执行数（B）出自全年预算数（A），后者含调整和结转。
"""


@dataclass(frozen=True, slots=True)
class _Case:
    """Spent money, the budgets that it may have come out of, and how surely they belong together.

    `added`: the budget is that of the start of the year, and the text itself says that it was not all.
    """

    spent: Fund
    budgets: tuple[Fund, ...]
    carried: tuple[Fund, ...]
    sure: bool
    added: bool = False


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    mentioned = _carryover_mentioned(report)
    for case in (*_rows(report), *_prose(report)):
        yield _verdict(case, mentioned)


def _rows(report: Report) -> Iterator[_Case]:
    """The rows of fund tables that print money spent."""
    table = [fund for fund in report.funds if fund.column is not None and fund.yuan is not None]
    by_seq = {fund.seq: fund for fund in table}

    def row(fund: Fund) -> tuple[int | None, str, str | None]:
        parent = by_seq.get(fund.parent_seq) if fund.parent_seq is not None else None
        return fund.evaluation, fund.label, parent.label if parent else None

    rows: dict[tuple[int | None, str, str | None], list[Fund]] = {}
    for fund in table:
        rows.setdefault(row(fund), []).append(fund)
    for key, funds in rows.items():
        budgets = [f for f in funds if f.column == "budget"] or [f for f in funds if f.column == "initial_budget"]
        siblings = () if key[2] is None else tuple(f for f in table if row(f)[::2] == key[::2] and f.column == "budget")
        carried = tuple(f for f in siblings if "结转" in f.label and f.label != key[1])
        for spent in funds:
            if spent.column == "spent":
                yield _Case(spent, tuple(budgets), carried, sure=all(f.column == "budget" for f in budgets))


def _prose(report: Report) -> Iterator[_Case]:
    """Totals of spent money in prose, each with the budgets of its sentence or name, else with all budgets."""
    passages = Passages.of(report)
    totals = [f for f in report.funds if f.column is None and f.parent_seq is None and f.yuan is not None]
    carried = tuple(fund for fund in totals if fund.role == "carryover")
    for spent in totals:
        if spent.role != "spent" or "累计" in passages.before(spent.place):
            continue
        budgets = [f for f in totals if f.role in ("budget", "received") and f.evaluation == spent.evaluation]
        own = [f for f in budgets if f.label == spent.label or _same_sentence(passages, f, spent)]
        chosen = tuple(own or budgets)
        start = bool(chosen) and all("年初" in passages.before(f.place, stops="。;，,") for f in chosen)
        yield _Case(spent, chosen, carried, sure=bool(own) and not start, added=start and _added(passages, spent))


def _added(passages: Passages, spent: Fund) -> bool:
    """Whether the paragraph says that the budget of the start of the year grew, or that more than it was spent."""
    passage = passages.at(spent.place)
    return passage is not None and lexicon.matcher("check.more_than_start").search(passage.text.string) is not None


def _same_sentence(passages: Passages, one: Fund, other: Fund) -> bool:
    passage = passages.at(one.place)
    if passage is None or passages.at(other.place) is not passage:
        return False
    start, end = sorted(passages.position(passage, fund.place) for fund in (one, other))
    return not any(stop in passage.text.string[start:end] for stop in "。;")


def _verdict(case: _Case, carryover_mentioned: bool) -> Verdict:
    spent, number = case.spent, Number.of(case.spent)
    if not case.budgets:
        message = Message.of("No budget is printed that “{label}” could be compared with", label=spent.label)
        return CHECK.uncheckable(spent.evaluation, message, evidence=(evidence(spent),))
    largest = max(case.budgets, key=lambda fund: Number.of(fund).base)
    result = compare_sum(Number.of(largest), [number], bound=True)
    figures = {**result.figures, "evidence": (evidence(largest), evidence(spent))}
    if result.grade == "agrees":
        message = Message.of("“{label}” stays within the budget", label=spent.label)
        return CHECK.consistent(spent.evaluation, message, **figures)
    if result.grade == "last place":
        message = Message.of("“{label}” is above the budget by a difference of rounding", label=spent.label)
        return CHECK.inconsistent(spent.evaluation, message, "note", **figures)
    if case.carried and _within([largest, *case.carried], number):
        cited = tuple(evidence(fund) for fund in (largest, *case.carried, spent))
        formula = f"{number} ≤ {' + '.join(str(Number.of(f)) for f in (largest, *case.carried))} {spent.unit}"
        message = Message.of("“{label}” stays within the budget and the money carried over", label=spent.label)
        return CHECK.consistent(spent.evaluation, message, **{**figures, "evidence": cited, "formula": formula})
    sources = _of_levels(case.budgets)
    if sources and _within(sources, number):
        cited = tuple(evidence(fund) for fund in (*sources, spent))
        formula = f"{number} ≤ {' + '.join(str(Number.of(fund)) for fund in sources)} {spent.unit}"
        message = Message.of("“{label}” stays within the budgets of several sources", label=spent.label)
        return CHECK.consistent(spent.evaluation, message, **{**figures, "evidence": cited, "formula": formula})
    severity = CHECK.severity if case.sure and not carryover_mentioned else step_down(CHECK.severity)
    if case.added:
        message = Message.of(
            "“{label}” is more than the budget of the start of the year, and says so", label=spent.label
        )
        return CHECK.uncheckable(spent.evaluation, message, evidence=figures["evidence"], formula=result.formula)
    message = Message.of("“{label}” is more than the budget", label=spent.label)
    return CHECK.inconsistent(spent.evaluation, message, lowered(severity, number, Number.of(largest)), **figures)


def _of_levels(budgets: Sequence[Fund]) -> tuple[Fund, ...]:
    """The budgets, where they are of several sources (上级补助, 县级配套): the money is spent out of all of them."""
    distinct = tuple({fund.yuan: fund for fund in budgets if fund.column is None}.values())
    levels = [lexicon.matcher("check.level").search(fund.label) for fund in distinct]
    return distinct if len(distinct) > 1 and any(levels) else ()


def _within(available: Sequence[Fund], spent: Number) -> bool:
    return sum(Number.of(fund).base for fund in available) >= spent.base


def _carryover_mentioned(report: Report) -> bool:
    """Whether the text speaks of money carried over, with or without an amount."""
    words = lexicon.matcher("check.carryover")
    return any(words.search(passage.text.string) for passage in report.passages)


CHECK = Check(id="exec-over-budget", severity="error", run=run)
