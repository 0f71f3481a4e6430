"""Indicators with a target and no actual value.

Compares: the indicators of an evaluation that print a target in figures or as a date, with the actual values beside
    them.
Formula: every target has an actual value, where at least as many indicators of the evaluation have one as lack it. All
    rows without one are one finding.
Tolerance: none.
False alarms: goals that are only set (none of them has a result yet) are no indicators that lack one; a figure of the
    row that could not be assigned, and parts of the file that could not be read, leave it open; full marks without an
    actual value belong to score-indicator, targets in words to qualitative-grade-word.
Example: 计划任务按期完成率≥90%, among seven indicators that print what was reached.
Source: 财预〔2020〕10号: target and actual value of each indicator are to be given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.checks.base import Check, evidence
from extractor.checks.indicators.deadlines import read
from extractor.checks.naming import groups, plain, repeated
from extractor.checks.scores.points import lossy, points
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Verdict

ZH = """指标只有目标值而无实际值。

核对内容：同一评价中目标值为数值或日期的指标，与其实际值。
公式：有实际值的指标不少于没有的，每项目标都应有实际值；没有的各行合为一条。
容差：无。
易误报：只提目标、尚无一项结果的，不算缺少；该行有未能归属的数字、文件有读不出之处的，无法断定；
    没有实际值而得满分的归 score-indicator，文字目标归 qualitative-grade-word。
例：“计划任务按期完成率≥90%”，其余七项都印有完成值。
依据：财预〔2020〕10号：各项指标应填列目标值和实际完成值。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation, indicators in groups(report):
        pairs = {id(pair.prose): pair.row for pair in repeated(indicators)}
        told = {id(row) for row in pairs.values()}
        own = [one for one in indicators if id(one) not in told]
        rows = [one for one in own if _has_target(one)]
        bare = [one for one in rows if not one.actual_raw and not _told(one, pairs.get(id(one)))]
        lacking = {one.seq for one in bare}
        given = sum(one.seq not in lacking and (one.actual_raw is not None or _has_target(one)) for one in own)
        if rows and given >= len(bare):
            yield _judge(report, evaluation, rows, bare)


def _has_target(indicator: Indicator) -> bool:
    dated = indicator.target_value is None and read(indicator.target_raw or "") is not None
    return indicator.target_value is not None or dated


def _told(indicator: Indicator, row: Indicator | None) -> bool:
    """Whether the annexed row gives the value, its claim does, or another check reports that it lacks."""
    own = points(indicator)
    return (
        (row is not None and row.actual_raw is not None)
        or indicator.status is not None
        or (own is not None and own.full)
    )


def _judge(report: Report, evaluation: int | None, rows: Sequence[Indicator], bare: Sequence[Indicator]) -> Verdict:
    if not bare:
        message = Message.of("All {count} targets have an actual value", count=len(rows))
        return CHECK.consistent(evaluation, message, evidence=_cited(rows))
    sure = [one for one in bare if not _unassigned(report, one)]
    if not sure or lossy(report):
        message = Message.of(
            "No actual value of “{name}” was read, and not every figure could be assigned", name=bare[0].name
        )
        return CHECK.uncheckable(evaluation, message, evidence=_cited(bare))
    message = Message.of(
        "{count} of {all} targets have no actual value: “{name}” …", count=len(sure), all=len(rows), name=sure[0].name
    )
    formula = "; ".join(f"{one.name} {one.target_raw or ''}" for one in sure)
    return CHECK.inconsistent(evaluation, message, None, formula=formula, evidence=_cited(sure))


def _unassigned(report: Report, indicator: Indicator) -> bool:
    """Whether a figure beside the name was read and is in none of the facts."""
    end = plain(indicator.name)[-4:]
    return any(gap.kind == "unassigned_number" and end in plain(gap.quote) for gap in report.gaps)


def _cited(rows: Sequence[Indicator]) -> tuple[Evidence, ...]:
    return tuple(evidence(one, one.target_raw or one.name, "target") for one in rows)


CHECK = Check(id="actual-missing", severity="warning", run=run)
