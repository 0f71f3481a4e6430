"""Money in the goal text of a table, its parts, and the fund rows of the table.

Compares: sums of money in the words of table cells (年度总体目标, 完成情况): a total with the parts behind it (其中), a
    total with the table's own total row, and parts without a total with that row.
Formula: total = sum of its parts; total = total row (budgets with the budget columns, spending with the column 执行数).
Tolerance: none where all figures are printed to the same place; else half a unit of the last printed place of each.
    What rounding each figure could explain is a note, or nothing where the report declares its rounding.
False alarms: approximate words, money that the project earned or attracted (not compared), parts of the money only:
    parts without a total are compared where their sum is within a hundredth of the total row.
Example: 30 + 30 + 29.99 = 89.99 万元 in the goal, 89.97 万元 as its total.
Source: the self-evaluation form of 财预〔2020〕10号: the goal is set for the money of the fund block above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import regex

from extractor import lexicon, quantity
from extractor.checks import hints, rounding
from extractor.checks.arithmetic import Number, compare_equal, compare_sum, lowered
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.wording import Skeleton, skeleton
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Fund, Passage, Quantity, Report, Verdict

ZH = """表中目标文字里的金额与资金栏。

核对内容：表格单元格文字（年度总体目标、完成情况）中的金额：总额与其后的分项（其中），总额与本表资金总额行，
    没有总额的各分项与资金总额行。
公式：总额 = 各分项之和；总额 = 资金总额行（预算与预算列、支出与执行数列比较）。
容差：各数印到同一位的，不留容差；否则取各数末位的半个单位。四舍五入可以解释的差额只作提示，报告自己声明的予以认可。
易误报：约数；项目创收、带动的金额（不比较）；只写了部分资金的：没有总额的分项，其和与总额行相差百分之一以内才比较。
例：目标中 30 + 30 + 29.99 = 89.99 万元，而总额写作 89.97 万元。
依据：财预〔2020〕10号自评表：目标对应上方资金栏的资金。
"""

_COLUMNS = {"budget": ("budget", "initial_budget", "received"), "spent": ("spent",)}
#: Parts without a total add up to the total row if they are so near it; a total is of the same money if it is so near.
_NEAR, _SAME = Fraction(1, 100), Fraction(1, 5)
_SENTENCE = regex.compile("[^。;；]+")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    rows = [fund for fund in report.funds if fund.column is not None and fund.yuan is not None]
    for passage in report.passages:
        if passage.source != "table" or not _has_money(passage):
            continue
        mine = [fund for fund in rows if fund.evaluation == passage.evaluation]
        bones = skeleton(passage.text.string)
        for sentence in _SENTENCE.finditer(bones.string):
            inside = [at for at in sorted(bones.figures) if sentence.start() <= at < sentence.end()]
            yield from _sentence(passage, bones, _money(bones, inside), mine, report)


def _has_money(passage: Passage) -> bool:
    return "元" in passage.text.string or "万" in passage.text.string


def _money(bones: Skeleton, places: Sequence[int]) -> list[tuple[int, Quantity]]:
    return [(at, bones.figures[at]) for at in places if quantity.dimension(bones.figures[at].unit) == "money"]


def _sentence(
    passage: Passage, bones: Skeleton, money: Sequence[tuple[int, Quantity]], rows: Sequence[Fund], report: Report
) -> Iterator[Verdict]:
    """The totals of a sentence, each with the parts behind its 其中; without a total all of its sums together."""
    totals = [i for i, (at, _) in enumerate(money) if _role(bones, at)]
    if not totals:
        other = lexicon.matcher("check.goal.other_money")
        if len(money) > 1 and not any(other.search(bones.beside(at)[0]) for at, _ in money):
            yield from _without_total(passage, [figure for _, figure in money], rows, report)
        return
    for i, following in zip(totals, [*totals[1:], len(money)], strict=True):
        at, figure = money[i]
        marker = lexicon.pattern("check.goal.parts").regex.match(bones.string, at + 1)
        parts = _listed(bones, marker, money[i + 1 : following]) if marker is not None else []
        if marker is not None and len(parts) > 1:
            partial = "主要" in marker[0] or bones.string.startswith("等", parts[-1][0] + 1)
            yield _parts(passage, figure, [part for _, part in parts], partial, report)
        yield from _against_rows(passage, figure, _role(bones, at), rows)


def _listed(
    bones: Skeleton, marker: regex.Match[str], money: Sequence[tuple[int, Quantity]]
) -> list[tuple[int, Quantity]]:
    """The parts up to the end of the bracket that the list stands in, or to another list."""
    end = bones.string.find(")", marker.end()) if "(" in marker[0] else -1
    again = bones.string.find("其中", marker.end())
    ends = [stop for stop in (end, again) if stop >= 0]
    return [(at, figure) for at, figure in money if at < min(ends, default=len(bones.string))]


def _role(bones: Skeleton, at: int) -> str:
    """'budget' or 'spent' where the words before say that the sum is all of it; else empty."""
    before = bones.beside(at)[0]
    if lexicon.matcher("check.goal.other_money").search(before):
        return ""
    for role in ("budget", "spent"):
        if lexicon.pattern(f"check.goal.{role}").regex.search(before):
            return role
    return ""


def _cited(passage: Passage, figures: Sequence[Quantity]) -> tuple[Evidence, ...]:
    return tuple(quoted(passage, figure.start, figure.end, around=0) for figure in figures)


def _parts(passage: Passage, total: Quantity, parts: Sequence[Quantity], partial: bool, report: Report) -> Verdict:
    cited = _cited(passage, [total, *parts])
    numbers = [number for figure in (total, *parts) if (number := Number.of_quantity(figure)) is not None]
    names = {"total": total.raw}
    if len(numbers) < len(cited):
        message = Message.of("“{total}” and its parts are not all exact figures", **names)
        return CHECK.uncheckable(passage.evaluation, message, evidence=cited)
    result = compare_sum(numbers[0], numbers[1:], bound=partial)
    told = rounding.Told(
        Message.of("The parts of “{label}” add up to it", label=total.raw),
        Message.of("The parts of “{label}” add up to it but for the declared rounding", label=total.raw),
        Message.of("The parts of “{label}” miss it by a difference of rounding", label=total.raw),
        Message.of("The parts of “{label}” do not add up to it", label=total.raw),
    )
    hint = hints.for_sum(numbers[0], numbers[1:])
    found = rounding.Sum(passage.evaluation, result, numbers, cited, hint=hint)
    return rounding.judge(CHECK, found, told, report)


def _against_rows(passage: Passage, total: Quantity, role: str, rows: Sequence[Fund]) -> Iterator[Verdict]:
    """A total of the text against the total rows of its columns, where the table has any."""
    every = [row for row in rows if row.column in _COLUMNS[role]]
    columns = [row for row in every if row.parent_seq is None]
    printed = Number.of_quantity(total)
    if not columns or printed is None:
        return
    # The text may speak of one source only (财政拨款), or the total row was left empty.
    results = [(row, compare_equal(printed, Number.of(row))) for row in (*columns, *every)]
    row, result = next((one for one in results if one[1].grade == "agrees"), results[0])
    cited = (*_cited(passage, [total]), evidence(row))
    names = {"total": total.raw, "label": row.label}
    if result.grade == "agrees":
        message = Message.of("“{total}” is the sum in the row “{label}”", **names)
        yield CHECK.consistent(passage.evaluation, message, evidence=cited, **result.figures)
        return
    if any(fund.value == 0 for fund in columns):
        message = Message.of("The row “{label}” was left at zero", label=row.label)
        yield CHECK.uncheckable(passage.evaluation, message, evidence=cited, formula=result.formula)
        return
    if not any(_apart(printed, Number.of(fund)) <= _SAME for fund in columns):
        message = Message.of("“{total}” may be of other money than the row “{label}”", **names)
        yield CHECK.uncheckable(passage.evaluation, message, evidence=cited, formula=result.formula)
        return
    message = Message.of("“{total}” is not the sum in the row “{label}”", **names)
    severity = "note" if result.grade == "last place" else lowered(CHECK.severity, printed)
    yield CHECK.inconsistent(passage.evaluation, message, severity, evidence=cited, **result.figures)


def _apart(one: Number, other: Number) -> Fraction:
    return abs(one.base - other.base) / max(abs(one.base), abs(other.base), Fraction(1))


def _without_total(
    passage: Passage, figures: Sequence[Quantity], rows: Sequence[Fund], report: Report
) -> Iterator[Verdict]:
    """Parts without their total against the total row that they nearly add up to."""
    numbers = [number for figure in figures if (number := Number.of_quantity(figure)) is not None]
    if len(numbers) < len(figures):
        return
    whole = sum((number.base for number in numbers), Fraction(0))
    near = [row for row in rows if row.parent_seq is None and abs(whole - Number.of(row).base) <= _NEAR * abs(whole)]
    results = [(row, compare_sum(Number.of(row), numbers)) for row in near]
    if not results:
        return
    row, result = next((one for one in results if one[1].grade == "agrees"), results[0])
    cited = (evidence(row), *_cited(passage, figures))
    told = rounding.Told(
        Message.of("The sums in the text add up to the row “{label}”", label=row.label),
        Message.of("The sums in the text add up to the row “{label}” but for rounding", label=row.label),
        Message.of("The sums in the text add up to the row “{label}” but for rounding", label=row.label),
        Message.of("The sums in the text nearly add up to the row “{label}”", label=row.label),
    )
    found = rounding.Sum(passage.evaluation, result, [Number.of(row), *numbers], cited, "warning")
    yield rounding.judge(CHECK, found, told, report)


CHECK = Check(id="components-vs-table", severity="error", run=run)
