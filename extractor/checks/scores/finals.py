"""Which of the printed totals is the evaluation's own. No check itself.

Running text prints the scores of groups and of single indicators with the same words (自评得分9.8分), and the full
score (总分100分): a total is one that is called so, or the only one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor import lexicon
from extractor.checks.scores.points import Sheet
from extractor.checks.wording import Passages
from extractor.model import Report, Weight

_FULL = Decimal(100)


def in_form(sheet: Sheet) -> list[Weight]:
    """The totals that the table prints."""
    return [total for total in sheet.totals if total.score is not None and total.place.source == "table"]


def in_text(report: Report, sheet: Sheet) -> list[Weight]:
    """The totals of the running text; several with different scores where it does not say which one is the total.

    What the text says of no evaluation in particular is of the only one.
    """
    totals = list(sheet.totals)
    if len(report.evaluations) == 1 and sheet.evaluation is not None:
        totals += [weight for weight in report.weights if weight.evaluation is None and weight.kind == "total"]
    printed = [total for total in totals if total.score is not None and total.place.source == "prose"]
    own = [total for total in printed if not _is_full_score(total, printed)]
    called = [total for total in own if lexicon.matcher("check.total.called").search(total.label)]
    return called or own


def _is_full_score(total: Weight, printed: Sequence[Weight]) -> bool:
    """总分100分 beside another score is what could be reached."""
    others = any(other.score != total.score for other in printed)
    return total.score == _FULL and others and lexicon.pattern("check.total.full").regex.match(total.label) is not None


def single(totals: Sequence[Weight]) -> Weight | None:
    """The one total, None where there is none or several different ones."""
    return totals[0] if totals and len({total.score for total in totals}) == 1 else None


def final(report: Report, sheet: Sheet) -> Weight | None:
    """The total of the form, else that of the text."""
    return single(in_form(sheet)) if in_form(sheet) else single(in_text(report, sheet))


def of_another_stage(passages: Passages, total: Weight) -> bool:
    """Whether the words before it give it to a review (复核得分) or to another year."""
    before = passages.before(total.place)
    return lexicon.matcher("check.total.other").search(before[-24:] + total.label) is not None
