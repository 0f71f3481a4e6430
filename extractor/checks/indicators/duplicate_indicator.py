"""The same indicator twice in one list.

Compares: the names of all indicators of one evaluation, those of the running text and those of the table each among
    themselves.
Formula: names are equal when marks, brackets and 数量 at the end are left out; or more than 95 % alike with equal
    target and actual value.
Tolerance: none.
False alarms: the annexed table repeats the text and is no duplicate; names that differ in a digit (第1季度, 第2季度); a
    count and an amount of the same thing; masked names (**) cannot be told apart.
Example: 培训人次 under 数量指标 and again under 社会效益指标.
Source: 财预〔2021〕101号: indicators are to be distinct, each under the type that it measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from extractor import lexicon, quantity
from extractor.checks.base import Check, evidence
from extractor.checks.naming import core, groups, likeness
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Indicator, Report, Verdict

ZH = """同一指标重复列出。

核对内容：同一评价内全部指标的名称，正文和附表各自核对。
公式：去掉标点、括号和末尾“数量”后名称相同；或相似度超过95%且目标值、实际值都相同。
容差：无。
易误报：附表重复正文不算重复；名称只差一个数字的（第1季度、第2季度）；同一事物的个数与金额；打码（**）的名称无法区分。
例：“培训人次”列在数量指标，又列在社会效益指标。
依据：财预〔2021〕101号：指标应当互不重复，各归其类。
"""

#: From this likeness on, equal values make two names one.
_SAME = 0.95


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        for source in ("prose", "table"):
            yield from _in_list(evaluation, [one for one in indicators if one.place.source == source])


def _in_list(evaluation: int | None, indicators: Sequence[Indicator]) -> Iterator[Verdict]:
    if len(indicators) < 2:
        return
    masked = [one for one in indicators if lexicon.matcher("check.masked").search(one.name)]
    clear = [one for one in indicators if one not in masked]
    found = [(one, other) for one, other in combinations(clear, 2) if _same(one, other)]
    for one, other in found:
        yield _finding(one, other)
    if len(masked) > 1 and len({core(one.name) for one in masked}) < len(masked):
        message = Message.of("Masked names cannot be told apart: {name}", name=masked[0].name)
        yield CHECK.uncheckable(evaluation, message, evidence=tuple(evidence(one) for one in masked))
    elif not found:
        message = Message.of("All {count} indicators have names of their own", count=len(indicators))
        yield CHECK.consistent(evaluation, message, evidence=tuple(evidence(one) for one in indicators))


def _same(one: Indicator, other: Indicator) -> bool:
    if _kind(one) != _kind(other) and _kind(one) and _kind(other):
        return False
    if core(one.name) == core(other.name):
        return True
    values = (one.target_raw, one.actual_raw) == (other.target_raw, other.actual_raw) and one.actual_raw
    # Names of one length can be more than 95 % alike only if they are long: look at the others not at all.
    long = min(len(one.name), len(other.name)) >= 10 and abs(len(one.name) - len(other.name)) <= 3
    return bool(values) and long and likeness(one.name, other.name) > _SAME


def _kind(indicator: Indicator) -> str:
    """The dimension of its figures, all counts together; '' where no unit is printed."""
    kind = quantity.dimension(indicator.target_unit or indicator.actual_unit or "") or ""
    return "count" if kind.startswith("count.") else kind


def _finding(one: Indicator, other: Indicator) -> Verdict:
    names = {"name": one.name, "one": one.level2 or one.level1 or "", "other": other.level2 or other.level1 or ""}
    if names["one"] != names["other"] and names["one"] and names["other"]:
        message = Message.of("“{name}” stands under {one} and again under {other}", **names)
    else:
        message = Message.of("“{name}” stands twice among the indicators", name=one.name)
    values = [f"{i.target_raw or '—'} → {i.actual_raw or '—'}" for i in (one, other)]
    cited = (evidence(one), evidence(other))
    shown = {"formula": f"{one.name} = {other.name}", "expected": values[0], "actual": values[1], "evidence": cited}
    return CHECK.inconsistent(one.evaluation, message, None, **shown)


CHECK = Check(id="duplicate-indicator", severity="warning", run=run)
