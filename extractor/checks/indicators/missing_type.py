"""A type of indicators that an evaluation has none of.

Compares: the headings that the indicators of an evaluation stand under with the types of the tree.
Formula: 数量, 质量, 时效, 成本 and 满意度 each have an indicator, and so has one of the benefits (经济, 社会, 生态效益,
    可持续影响). Where one of them lacks, the benefits without an indicator are named too.
Tolerance: none.
False alarms: not every fund has every type; evaluations of fewer than five indicators, and those whose headings name no
    types, are not held to the tree; a part of the file that could not be read may hold the type.
Example: 34 indicators, and none under 时效 or 成本.
Source: 财预〔2020〕10号 and 财预〔2021〕101号: the tree of the indicators.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from extractor import lexicon
from extractor.checks.base import Check, evidence
from extractor.checks.indicators.types import BENEFITS, TYPES, kind
from extractor.checks.naming import groups, once
from extractor.checks.scores.points import lossy
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Verdict

ZH = """缺少某类指标。

核对内容：同一评价各指标所在的类别，与指标体系的类别。
公式：数量、质量、时效、成本、满意度各有指标，且经济效益、社会效益、生态效益、可持续影响至少有其一；
    有缺的，一并列出没有指标的效益类别。
容差：无。
易误报：并非每项资金都需要各类指标；不足5项指标、类别未印出的不作要求；文件读不出的部分可能有该类指标。
例：34项指标，没有时效指标和成本指标。
依据：财预〔2020〕10号、财预〔2021〕101号：绩效指标体系。
"""

_FEW = 5
_NEEDED = ("quantity", "quality", "time", "cost", "satisfaction")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        rows = once(indicators)
        if len(rows) >= _FEW:
            yield _judge(report, evaluation, rows)


def _judge(report: Report, evaluation: int | None, rows: Sequence[Indicator]) -> Verdict:
    kinds = [kind(row) for row in rows]
    cited = tuple(_first_of_each(rows, kinds))
    found = {name for name in kinds if name is not None}
    if any(lexicon.matcher("check.type.opinion").search(row.name) for row in rows):
        # The heading before it may have been left out or not been read.
        found.add("satisfaction")
    if None in kinds or len(found) < 2:
        message = Message.of("{count} of {all} indicators stand under no type", count=kinds.count(None), all=len(rows))
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    lacking = [name for name in _NEEDED if name not in found]
    if not found & set(BENEFITS):
        lacking.append("benefit")
    if not lacking:
        message = Message.of("The indicators are of all types that are usual: {types}", types=_named(found))
        return CHECK.consistent(evaluation, message, evidence=cited)
    lacking = [name for name in TYPES if name in lacking or (name in BENEFITS and name not in found)]
    if lossy(report):
        message = Message.of(
            "No indicator under {types} was read, and part of the file could not be read", types=_named(lacking)
        )
        return CHECK.uncheckable(evaluation, message, evidence=cited)
    message = Message.of("No indicator stands under {types}", types=_named(lacking))
    return CHECK.inconsistent(evaluation, message, actual=_named(found), evidence=cited)


def _first_of_each(rows: Sequence[Indicator], kinds: Sequence[str | None]) -> Iterator[Evidence]:
    seen: set[str | None] = set()
    for row, name in zip(rows, kinds, strict=True):
        if name not in seen:
            seen.add(name)
            yield evidence(row)


def _named(kinds: Collection[str]) -> str:
    return "、".join(words for name, words in TYPES.items() if name in kinds)


CHECK = Check(id="missing-type", severity="note", run=run)
