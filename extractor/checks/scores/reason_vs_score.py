"""Points that were taken off without a reason, and reasons beside full points.

Compares: the score of each row that is put in words or gives a date with the reasons that the report gives for it: in
    the row, in its sentence, in a sentence that gives a cause and names it.
Formula: score < weight implies a reason (rows without one are one finding). A reason that speaks of what was left
    undone beside full points is a note.
Tolerance: none.
False alarms: 无 and a dash are no reason; a cause for deviations at large may be this row's; rows that miss their
    target in figures or are called unmet belong to under-unexplained, met ones that lost points to score-indicator,
    late dates with full points to time-target-met; a reason for more than was planned beside full points is as it
    should be.
Example: 9 of 10 for 健全, and the cell for the reason is blank.
Source: 财预〔2020〕10号: the column for deviations, their reasons and what will be done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon
from extractor.checks.base import Check, evidence
from extractor.checks.indicators.deadlines import read
from extractor.checks.indicators.reasons import Reason, Reasons, given
from extractor.checks.indicators.sides import Sides, compared
from extractor.checks.scores.points import Sheet, execution_row, points, row_evidence, same_figures, sheets, shown
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Verdict

ZH = """扣分无原因，或有原因而得满分。

核对内容：定性指标和日期指标的得分，与报告给出的原因：本行、本句，或文中点名该指标并说明缘由的句子。
公式：得分低于分值的应有原因（无原因的各行合为一条）；原因说的是未完成而得满分的，作提示。
容差：无。
易误报：“无”和横线不是原因；文中笼统说明的偏离原因可能即指该行；数值未达或自称未完成的归 under-unexplained，
    已完成而扣分的归 score-indicator，逾期得满分的归 time-target-met；说明超额原因而得满分的属正常。
例：“健全”10分得9分，原因一栏空白。
依据：财预〔2020〕10号：自评表“偏差原因分析及改进措施”一栏。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    reasons = Reasons(report)
    for sheet in sheets(report):
        lost = [row for row in sheet.rows if _lost(row)]
        if lost:
            yield _judge(reasons, sheet, lost)
        for row in sheet.rows:
            if _full(row):
                yield from _beside_full(row)


def _lost(row: Indicator) -> bool:
    """Whether points were taken off a row that no check of figures judges."""
    own = points(row)
    if (
        own is None
        or own.full
        or execution_row([row]) is not None
        or row.status in ("unmet", "partly")
        or same_figures(row)
    ):
        return False
    return not isinstance(compared(row), Sides) and row.actual_raw is not None


def _judge(reasons: Reasons, sheet: Sheet, lost: Sequence[Indicator]) -> Verdict:
    found = [(row, reasons.of(row)) for row in lost]
    bare = [row for row, reason in found if reason is None]
    vague = [row for row, reason in found if reason is not None and reason.kind == "general"]
    formula = "; ".join(f"{row.name} {_points(row)}" for row in bare or vague or lost)
    if bare and not sheet.lossy:
        message = Message.of(
            "{count} rows lost points without a reason: “{name}” …", count=len(bare), name=bare[0].name
        )
        return CHECK.inconsistent(sheet.evaluation, message, None, formula=formula, evidence=_cited(bare))
    if bare or vague:
        message = Message.of(
            "No reason is sure to be that of the points that “{name}” lost", name=(bare or vague)[0].name
        )
        return CHECK.uncheckable(sheet.evaluation, message, formula=formula, evidence=_cited([*bare, *vague]))
    message = Message.of("All {count} rows that lost points have a reason", count=len(lost))
    more = _named(reason for _, reason in found)
    return CHECK.consistent(sheet.evaluation, message, formula=formula, evidence=(*_cited(lost), *more))


def _named(reasons: Iterator[Reason | None]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one.evidence for one in reasons if one is not None and one.evidence is not None))


def _points(row: Indicator) -> str:
    values = [value for value in (row.score, row.max_score) if value is not None]
    return " < ".join(shown(value) for value in values)


def _full(row: Indicator) -> bool:
    """Whether a row with full points gives a reason."""
    own = points(row)
    return own is not None and own.full and given(row.reason)


def _beside_full(row: Indicator) -> Iterator[Verdict]:
    reason = row.reason or ""
    undone = lexicon.pattern("check.reason.undone").regex.search(reason)
    cited = (*row_evidence(row, "score", "max_score"), evidence(row, reason, "reason"))
    sides = compared(row)
    missed = isinstance(sides, Sides) and sides.result() != "met"
    dated = row.target_value is None and read(row.target_raw or "") is not None
    if undone is None:
        message = Message.of("“{name}” has full points, and its reason speaks of nothing left undone", name=row.name)
        yield CHECK.consistent(row.evaluation, message, evidence=cited)
    elif not missed and not dated:
        message = Message.of(
            "“{name}” has full points and a reason for what was left undone: {reason}", name=row.name, reason=reason
        )
        yield CHECK.inconsistent(row.evaluation, message, "note", formula=_points(row), evidence=cited)


def _cited(rows: Sequence[Indicator]) -> tuple[Evidence, ...]:
    return tuple(item for row in rows for item in row_evidence(row, "score", "max_score", "actual"))


CHECK = Check(id="reason-vs-score", severity="warning", run=run)
