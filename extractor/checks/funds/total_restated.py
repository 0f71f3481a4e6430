"""The same total, given twice with two amounts.

Compares: totals of running text that stand in different sentences under the same name, in the same role (budget,
    received, spent), stage (下达, 安排, 预算) and year, with one another; a total named like the evaluated fund also
    with the total row of the evaluation's table; and what one release order (指标文) is said to release in two
    paragraphs, where no names tell two parts of it apart (a warning).
Formula: first amount = later amount.
Tolerance: half a unit of the last printed place of each; the same place and unit: none.
False alarms: other moments (年初, 调整后, 累计, 第一批), other years, several release orders under one name, names that
    name nothing in particular (专项资金, 合计), amounts told apart by 分别. An error only where the name is that of the
    evaluated fund.
Example: 安排高标准农田建设资金 1,302.76 万元 in part one, 1,320.76 万元 in part two.
Source: a report gives one figure for one total; seen in published reports: 1302.76 in one part, 1471.75 in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor import lexicon
from extractor.checks import hints
from extractor.checks.arithmetic import Number, compare_equal, lowered, step_down
from extractor.checks.base import Check, evidence
from extractor.checks.funds import release_orders
from extractor.checks.wording import Passages, quantities
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Fund, Passage, Report, Verdict

ZH = """同一总额前后不一。

核对内容：正文中不同句子里名称、性质（预算、到位、支出）、环节（下达、安排、预算）和年度都相同的总额相互比较；
    名称为被评价资金的总额，还与自评表的总额行比较；同一指标文在两段中下达的金额，名称不能区分为不同部分的，
    也相互比较（作警告）。
公式：前一处金额 = 后一处金额。
容差：各数末位的半个单位；印到同一位、同一单位的，不留容差。
易误报：时点不同（年初、调整后、累计、第一批）、年度不同、同一名称下分次下达、泛称（专项资金、合计）、以“分别”列举的金额。
    名称与被评价资金一致的才作错误。
例：第一部分安排高标准农田建设资金 1,302.76 万元，第二部分写作 1,320.76 万元。
依据：同一总额只有一个数；公开报告中见过前写 1302.76、后写 1471.75 的。
"""

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
#: What was done with the money, between the name and 资金: 改造项目共安排资金.
_RELEASED = re.compile(r"(?<=.{4})(?:共计?|合计)?(?:安排|下达|投入|拨付)资金$")
_LEADING = re.compile(r"^(?:\d{4}年度?|[省市县区州旗]|[\u4e00-\u9fff]{2,3}[省市县区]|该|本|上述|此项|全年)+")
#: A shorter core than this names no money in particular.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Total:
    """A total with what tells it apart from others of its name."""

    fund: Fund
    core: str
    passage: Passage
    sentence: int
    stage: str
    year: str
    moments: frozenset[str]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = Passages.of(report)
    groups: dict[tuple[object, ...], list[_Total]] = {}
    for total in _totals(report, passages):
        groups.setdefault((total.fund.evaluation, total.fund.role, total.core), []).append(total)
    subjects = {evaluation.seq: core_of(evaluation.subject or "") for evaluation in report.evaluations}
    for (evaluation, _, core), totals in groups.items():
        subject = subjects.get(evaluation, "") if isinstance(evaluation, int) else ""
        named = bool(subject) and (subject.endswith(str(core)) or str(core).endswith(subject))
        yield from _group(totals, named)
        if named:
            yield from _against_table(report, totals[0])
    yield from _by_order(report, passages)


def core_of(label: str) -> str:
    """A name without year, region and quotation marks: what two mentions of one fund share."""
    bare = _LEADING.sub("", re.sub(r"[“”\"'《》()*×\s]", "", label))
    return _RELEASED.sub("资金", bare)


def _totals(report: Report, passages: Passages) -> Iterator[_Total]:
    years = {evaluation.seq: str(evaluation.fiscal_year or "") for evaluation in report.evaluations}
    generic = set(lexicon.words("check.generic_label"))
    for fund in report.funds:
        if fund.column is not None or fund.parent_seq is not None or fund.yuan is None or fund.role == "other":
            continue
        core, passage = core_of(fund.label), passages.at(fund.place)
        if passage is None or len(core) < _SHORTEST or core in generic or fund.label in generic:
            continue
        before = passages.before(fund.place)
        near = _since_last_figure(before)
        year = _YEAR.findall(before)
        yield _Total(
            fund=fund,
            core=core,
            passage=passage,
            sentence=passages.position(passage, fund.place) - len(before),
            stage=next((w for w in lexicon.words("check.budget_verb") if w in near), ""),
            year=year[-1] if year else years.get(fund.evaluation or 0, ""),
            moments=frozenset(match[0] for match in lexicon.matcher("check.moment").finditer(near)),
        )


def _since_last_figure(words: str) -> str:
    figures = quantities(words)
    return words[figures[-1].end :] if figures else words


def _group(totals: Sequence[_Total], named: bool) -> Iterator[Verdict]:
    first = totals[0]
    if len({total.fund.yuan for total in totals}) > 2:
        return
    for other in totals[1:]:
        if other.year != first.year or _of_other_orders(first.fund, other.fund):
            continue
        if other.passage is first.passage and other.sentence == first.sentence:
            continue
        if other.moments != first.moments or "分别" in other.moments:
            if other.fund.yuan != first.fund.yuan:
                yield _other_moment(first, other)
            continue
        ordered = bool(first.fund.doc_numbers) == bool(other.fund.doc_numbers)
        yield _pair(first.fund, other.fund, sure=named and ordered and other.stage == first.stage)


def _of_other_orders(one: Fund, other: Fund) -> bool:
    """Money of two release orders is not the same money; without an order named it may be."""
    return bool(one.doc_numbers and other.doc_numbers) and one.doc_numbers != other.doc_numbers


def _other_moment(first: _Total, other: _Total) -> Verdict:
    words = "、".join(sorted(first.moments ^ other.moments))
    message = Message.of(
        "“{label}” is given with two amounts, told apart by “{words}”", label=first.fund.label, words=words
    )
    cited = (evidence(first.fund), evidence(other.fund))
    return CHECK.uncheckable(first.fund.evaluation, message, evidence=cited)


def _pair(one: Fund, other: Fund, sure: bool) -> Verdict:
    numbers = [Number.of(one), Number.of(other)]
    result = compare_equal(*numbers)
    figures = {**result.figures, "evidence": (evidence(one), evidence(other))}
    if result.grade == "agrees":
        message = Message.of("“{label}” is given twice with the same amount", label=one.label)
        return CHECK.consistent(one.evaluation, message, **figures)
    message = Message.of("“{label}” is given with two amounts", label=one.label)
    severity = lowered(CHECK.severity if sure else step_down(CHECK.severity), *numbers)
    if result.grade == "last place":
        severity = "note"
    hint = hints.for_numbers(numbers, lambda n: n[0].base == n[1].base) if sure else None
    return CHECK.inconsistent(one.evaluation, message, severity, hint=hint, **figures)


def _by_order(report: Report, passages: Passages) -> Iterator[Verdict]:
    """Budgets under one release order in different paragraphs, where a name does not tell them apart."""
    budgets = [f for f in report.funds if f.column is None and f.parent_seq is None and f.role == "budget"]
    released = release_orders.alone(passages, [(f, core_of(f.label)) for f in budgets if f.yuan is not None])
    for first, other in release_orders.pairs(released):
        yield _pair(first.fund, other.fund, sure=False)


_COLUMNS = {"budget": ("budget", "initial_budget"), "received": ("received",), "spent": ("spent",)}


def _against_table(report: Report, total: _Total) -> Iterator[Verdict]:
    """The total of the evaluated fund against the total row of its table, where there is one of a fitting column."""
    if total.moments:
        return
    columns = _COLUMNS.get(total.fund.role, ())
    rows = [f for f in report.funds if f.column in columns and f.parent_seq is None and f.yuan is not None]
    rows = [row for row in rows if row.evaluation == total.fund.evaluation]
    if not rows or len({row.label for row in rows}) > 1:
        return
    verdicts = [_pair(total.fund, row, sure=False) for row in rows]
    yield next((verdict for verdict in verdicts if verdict.outcome == "consistent"), verdicts[0])


CHECK = Check(id="total-restated", severity="error", run=run)
