"""A total score, and the scores that it is made of.

Compares: each printed total with the sum of the scores of all indicator rows and of the execution row.
Formula: total = sum of scores. Tried with and without the execution row; which one fits is said.
Tolerance: none for scores that are whole or full; half a unit of the last place for each score with a fraction, and of
    a total that is printed more coarsely.
False alarms: a row whose parts follow it is not counted with them; parts of the fund block that repeat the total's
    score count once; rows without a score, weights below 100 and unreadable places of the file leave the sum open.
Example: 20 + 10 + 10 + 19.6 + 20 + 20 = 99.6 ≠ 98.
Source: 财预〔2020〕10号: the scores of all indicators add up to the total score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.checks.base import Check
from extractor.checks.scores.points import (
    Sheet,
    added,
    counted,
    execution_row,
    fund_evidence,
    parents,
    places,
    row_evidence,
    sheets,
    shown,
    weight_evidence,
)
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Indicator, Report, Severity, Verdict, Weight

ZH = """总分与各项得分之和。

核对内容：所印总分与各指标行、预算执行行得分之和。
公式：总分 = 各项得分之和。计入与不计入预算执行得分各试一次，并注明哪一种吻合。
容差：整数分和满分不留容差；带小数的得分每项计末位半个单位，总分印得较粗的另计其末位半个单位。
易误报：其下列有分项的行不与分项重复计；资金分行重复印总行得分的只计一次；有的行未印得分、分值合计不足100分、
    文件有读不出之处的无法断定。
例：20 + 10 + 10 + 19.6 + 20 + 20 = 99.6 ≠ 98。
依据：财预〔2020〕10号：各项指标得分汇总成该项目自评的总分。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for sheet in sheets(report):
        for total in _totals(sheet):
            if total.score is not None:
                yield _judge(sheet, total, total.score)


def _totals(sheet: Sheet) -> list[Weight]:
    """The totals beside the rows; those of the running text only where the rows stand there or the table has none."""
    scored = [total for total in sheet.totals if total.score is not None]
    sources = {row.place.source for row in sheet.rows}
    return [total for total in scored if total.place.source in sources] or scored


def _judge(sheet: Sheet, total: Weight, printed: Decimal) -> Verdict:
    cited = _cited(sheet, total)
    if not sheet.scored:
        message = Message.of("No scores are printed that the total of {total} could be made of", total=shown(printed))
        return CHECK.uncheckable(sheet.evaluation, message, evidence=cited)
    for rows, values, with_execution in _readings(sheet):
        if abs(sum(values, Decimal(0)) - printed) <= _slack(sheet, rows, values, printed):
            return _fitting(sheet, printed, values, with_execution, cited)
    values = _usual(sheet)
    lacking = [row for row in sheet.rows if row.score is None and row.max_score is not None]
    if lacking:
        message = Message.of(
            "{count} rows with a weight print no score, so that the total cannot be recomputed", count=len(lacking)
        )
        return CHECK.uncheckable(sheet.evaluation, message, formula=added(values), evidence=cited)
    unseen = _unseen_weight(sheet)
    if sheet.lossy and printed > sum(values, Decimal(0)):
        message = Message.of(
            "Part of the file could not be read: the total of {total} may hold it", total=shown(printed)
        )
        return CHECK.uncheckable(sheet.evaluation, message, formula=added(values), evidence=cited)
    if 0 <= printed - sum(values, Decimal(0)) <= unseen:
        message = Message.of(
            "The weights that were read are {weight} short of 100: the total may hold the score of another row",
            weight=shown(unseen),
        )
        return CHECK.uncheckable(sheet.evaluation, message, formula=added(values), evidence=cited)
    return _finding(sheet, printed, counted(sheet), values, cited)


def _unseen_weight(sheet: Sheet) -> Decimal:
    """What the weights of all rows leave of 100: a row that prints it, such as the execution rate's, was not read."""
    own = sheet.execution.max_score if sheet.execution is not None else None
    weights = [weight for weight in (*(row.max_score for row in counted(sheet)), own) if weight is not None]
    return max(Decimal(0), 100 - sum(weights, Decimal(0))) if weights else Decimal(0)


def _readings(sheet: Sheet) -> Iterator[tuple[Sequence[Indicator], list[Decimal], bool]]:
    """Rows and scores to add up, the usual reading first: whether they hold the execution score."""
    rows = sheet.scored
    above = parents(sheet.weighted)
    low = [row for row in rows if row.seq not in above]
    own = sheet.execution.score if sheet.execution is not None else None
    for chosen in (low, rows) if len(low) < len(rows) else (rows,):
        scores = [row.score for row in chosen if row.score is not None]
        if own is not None:
            yield chosen, [*scores, own], True
        yield chosen, scores, False


def _usual(sheet: Sheet) -> list[Decimal]:
    """The scores that a finding adds up."""
    own = sheet.execution.score if sheet.execution is not None else None
    return [score for score in (*(row.score for row in counted(sheet)), own) if score is not None]


def _slack(sheet: Sheet, rows: Sequence[Indicator], values: Sequence[Decimal], total: Decimal) -> Decimal:
    """Half a last place of each score that is neither whole nor full, and of a total without their places.

    Scores with one place only are rounded where the report declares it.
    """
    full = {row.max_score for row in rows}
    fractions = [v for v in values if v not in full and v != v.to_integral_value()]
    slack = sum((Decimal(1).scaleb(-places(v)) / 2 for v in fractions if sheet.rounded or places(v) > 1), Decimal(0))
    if any(places(v) > places(total) for v in fractions):
        slack += Decimal(1).scaleb(-places(total)) / 2
    return slack


def _fitting(
    sheet: Sheet, printed: Decimal, values: Sequence[Decimal], with_execution: bool, cited: tuple[Evidence, ...]
) -> Verdict:
    names = {"total": shown(printed)}
    if with_execution or sheet.execution is None or sheet.execution.score is None:
        message = Message.of("The scores add up to the total of {total}", **names)
    elif execution_row(sheet.scored) is not None:
        message = Message.of("The scores add up to the total of {total}, the execution rate among them", **names)
    else:
        message = Message.of("The scores add up to the total of {total} without that of the execution rate", **names)
    return CHECK.consistent(sheet.evaluation, message, formula=added(values), evidence=cited)


def _finding(
    sheet: Sheet, printed: Decimal, rows: Sequence[Indicator], values: Sequence[Decimal], cited: tuple[Evidence, ...]
) -> Verdict:
    result = sum(values, Decimal(0))
    message = Message.of(
        "The scores add up to {sum} and not to the printed total of {total}",
        sum=shown(result),
        total=shown(printed),
    )
    missing = printed - result
    alone = [row for row in rows if row.score is not None and row.score == -missing]
    hint = None
    if len(alone) == 1:
        hint = Message.of("The difference is the score of “{name}”: it may have been left out", name=alone[0].name)
    figures = {
        "formula": f"{added(values)} ≠ {shown(printed)}",
        "expected": shown(result),
        "actual": shown(printed),
        "difference": shown(abs(missing)),
        "tolerance": shown(_slack(sheet, rows, values, printed)),
    }
    severity: Severity | None = "warning" if sheet.lossy else None
    return CHECK.inconsistent(sheet.evaluation, message, severity, evidence=cited, hint=hint, **figures)


def _cited(sheet: Sheet, total: Weight) -> tuple[Evidence, ...]:
    rows = tuple(item for row in sheet.scored for item in row_evidence(row, "score"))
    own = (fund_evidence(sheet.execution),) if sheet.execution is not None else ()
    return (weight_evidence(total), *rows, *own)


CHECK = Check(id="score-total", severity="error", run=run)
