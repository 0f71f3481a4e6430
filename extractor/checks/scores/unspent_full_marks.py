"""Money that was not spent, and full marks for all outputs.

Compares: the scores of the output indicators (of all, where the form has no first level) with the share of the money
    that was spent.
Formula: more than the profile's unspent.share (0.2) unspent → some output scores less than its weight.
Tolerance: exact; just the limit is no finding.
False alarms: where the text says that money was saved (节约, 招标结余), the finding is a note; money that is not
    printed leaves it open.
Example: 132.81 万元 budgeted, 0.1 万元 spent, and all outputs with full marks.
Source: found by reviewers again and again; the integrated budget systems mark more than 20 % of unspent money.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from extractor import lexicon
from extractor.checks.base import Check
from extractor.checks.scores.points import Sheet, counted, execution_row, row_evidence, sheets
from extractor.checks.scores.spending import Spending, spending
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Severity, Verdict

ZH = """资金未支出而产出得满分。

核对内容：产出指标（表中无一级指标的取全部指标）的得分，与资金支出比例。
公式：未支出超过方案阈值 unspent.share（0.2）的，产出得分应有所扣减。
容差：准确比较，恰为阈值的不算。
易误报：文中说明资金节约（节约、招标结余）的，只作提示；未印资金数的无法断定。
例：预算132.81万元，支出0.1万元，产出全部满分。
依据：评审中屡见的问题；预算管理一体化系统对未支出超过20%的作提示。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    limit = Fraction(profile["unspent.share"])
    for sheet in sheets(report):
        rows = outputs(sheet)
        if not rows:
            continue
        spent = spending(report, sheet.evaluation)
        if spent is None:
            message = Message.of("How much of the money was spent is not printed, or is printed in two ways")
            yield CHECK.uncheckable(sheet.evaluation, message, evidence=_cited(rows))
        elif full_outputs(sheet) or 1 - spent.rate > limit:
            yield _judge(report, sheet, rows, spent, limit)


def outputs(sheet: Sheet) -> list[Indicator]:
    """The output rows with score and weight; all rows where no row says that it is one."""
    own = execution_row(sheet.rows)
    scored = [row for row in counted(sheet) if row.score is not None and row.max_score and row is not own]
    return [row for row in scored if "产出" in (row.level1 or "")] or scored


def full_outputs(sheet: Sheet) -> bool:
    """Whether every output scores its full marks."""
    rows = outputs(sheet)
    return bool(rows) and all(row.score == row.max_score for row in rows)


def _judge(report: Report, sheet: Sheet, rows: list[Indicator], spent: Spending, limit: Fraction) -> Verdict:
    names = {"rate": spent.percent, "count": len(rows)}
    cited = (*spent.evidence, *_cited(rows))
    figures = {"formula": f"{spent.written} = {spent.percent}", "tolerance": f"{limit * 100 // 1}%"}
    if not full_outputs(sheet):
        message = Message.of("{rate} of the money was spent, and the outputs do not all score full marks", **names)
        return CHECK.consistent(sheet.evaluation, message, evidence=cited, **figures)
    if 1 - spent.rate <= limit:
        message = Message.of("{rate} of the money was spent, and all {count} outputs score full marks", **names)
        return CHECK.consistent(sheet.evaluation, message, evidence=cited, **figures)
    saved = any(lexicon.matcher("check.saved").search(passage.text.string) for passage in report.passages)
    severity: Severity | None = "note" if saved else None
    message = Message.of("Only {rate} of the money was spent, and all {count} outputs score full marks", **names)
    return CHECK.inconsistent(sheet.evaluation, message, severity, evidence=cited, **figures)


def _cited(rows: list[Indicator]) -> tuple[Evidence, ...]:
    return tuple(item for row in rows for item in row_evidence(row, "score", "max_score"))


CHECK = Check(id="unspent-full-marks", severity="warning", run=run)
