"""The same indicator twice in one list.

Compares: the names of all indicators of one evaluation, those of the running text and those of the table each among
    themselves.
Formula: names are equal when marks, brackets and 数量 at the end are left out; or more than 95 % alike with equal
    target and actual value. All rows of one name are one finding.
Tolerance: none.
False alarms: the annexed table repeats the text and is no duplicate; names that differ in a digit (第1季度, 第2季度); a
    count and an amount of the same thing; masked names (**) cannot be told apart.
Example: 培训人次 under 数量指标 and again under 社会效益指标.
Source: 财预〔2021〕101号: indicators are to be distinct, each under the type that it measures.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from extractor import lexicon, quantity
from extractor.checks.base import Check, evidence
from extractor.checks.naming import core, groups, likeness
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Indicator, Report, Verdict

ZH = """同一指标重复列出。

核对内容：同一评价内全部指标的名称，正文和附表各自核对。
公式：去掉标点、括号和末尾“数量”后名称相同；或相似度超过95%且目标值、实际值都相同。同名各行合为一条。
容差：无。
易误报：附表重复正文不算重复；名称只差一个数字的（第1季度、第2季度）；同一事物的个数与金额；打码（**）的名称无法区分。
例：“培训人次”列在数量指标，又列在社会效益指标。
依据：财预〔2021〕101号：指标应当互不重复，各归其类。
"""

#: From this likeness on, equal values make two names one.
_SAME = 0.95
#: Names that alike have at least so many characters, and their first or last so many are the same.
_LONG, _END = 10, 5


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        for source in ("prose", "table"):
            yield from _in_list(evaluation, [one for one in indicators if one.place.source == source])


def _in_list(evaluation: int | None, indicators: Sequence[Indicator]) -> Iterator[Verdict]:
    if len(indicators) < 2:
        return
    masked: list[Indicator] = []
    clear: list[Indicator] = []
    for one in indicators:
        (masked if lexicon.matcher("check.masked").search(one.name) else clear).append(one)
    found = [group for group in _repeats(clear) if len(group) > 1]
    for group in found:
        yield _finding(group)
    if len(masked) > 1 and len({core(one.name) for one in masked}) < len(masked):
        message = Message.of("Masked names cannot be told apart: {name}", name=masked[0].name)
        yield CHECK.uncheckable(evaluation, message, evidence=tuple(evidence(one) for one in masked))
    elif not found:
        message = Message.of("All {count} indicators have names of their own", count=len(indicators))
        yield CHECK.consistent(evaluation, message, evidence=tuple(evidence(one) for one in indicators))


def _repeats(indicators: Sequence[Indicator]) -> list[list[Indicator]]:
    """The indicators by what they name, each list in reading order. One pass: a file may hold thousands of rows."""
    by_name: dict[str, list[Indicator]] = {}
    for one in indicators:
        by_name.setdefault(core(one.name), []).append(one)
    named = [group for rows in by_name.values() for group in _by_kind(rows)]
    held: dict[Hashable, list[Indicator]] = {}
    made: list[list[Indicator]] = []
    for group in named:
        keys = list(_keys(group[0]))
        first = next((held[key] for key in keys if key in held and _alike(held[key][0], group[0])), None)
        if first is not None:
            first.extend(group)
            continue
        made.append(group)
        for key in keys:
            held.setdefault(key, group)
    return made


def _by_kind(rows: Sequence[Indicator]) -> Iterable[list[Indicator]]:
    """Rows of one name, a count and an amount apart; those without a unit stand with the first ones."""
    kinds: dict[str, list[Indicator]] = {}
    first = next((kind for one in rows if (kind := _kind(one))), "")
    for one in rows:
        kinds.setdefault(_kind(one) or first, []).append(one)
    return kinds.values()


def _keys(one: Indicator) -> Iterator[Hashable]:
    """What a name that is nearly the same shares with it: the values, and one of its ends."""
    if one.actual_raw and len(one.name) >= _LONG:
        values = (one.target_raw, one.actual_raw, _kind(one))
        yield ("first", one.name[:_END], values)
        yield ("last", one.name[-_END:], values)


def _alike(one: Indicator, other: Indicator) -> bool:
    return likeness(one.name, other.name) > _SAME


def _kind(indicator: Indicator) -> str:
    """The dimension of its figures, all counts together; '' where no unit is printed."""
    kind = quantity.dimension(indicator.target_unit or indicator.actual_unit or "") or ""
    return "count" if kind.startswith("count.") else kind


def _finding(group: Sequence[Indicator]) -> Verdict:
    one, other = group[:2]
    levels = list(dict.fromkeys(level for row in group if (level := row.level2 or row.level1)))
    names = {"name": one.name, "count": len(group)}
    if len(levels) > 1:
        message = Message.of(
            "“{name}” stands under {one} and again under {other}", name=one.name, one=levels[0], other=levels[1]
        )
    elif len(group) > 2:
        message = Message.of("“{name}” stands {count} times among the indicators", **names)
    else:
        message = Message.of("“{name}” stands twice among the indicators", name=one.name)
    values = [f"{i.target_raw or '—'} → {i.actual_raw or '—'}" for i in (one, other)]
    cited = tuple(evidence(row) for row in group)
    shown = {"formula": f"{one.name} = {other.name}", "expected": values[0], "actual": values[1], "evidence": cited}
    return CHECK.inconsistent(one.evaluation, message, None, **shown)


CHECK = Check(id="duplicate-indicator", severity="warning", run=run)
