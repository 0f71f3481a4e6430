"""When a report was written and which years it is about: shared by the checks of document numbers and dates.

No check of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.base import head_evidence
from extractor.model import Evaluation, Evidence, Head, Report


def issued(head: Head) -> tuple[Evidence, ...]:
    """The report's date as evidence, as printed."""
    quote = head.issued_raw or (head.issued_on.isoformat() if head.issued_on else "")
    return head_evidence(head, "issued_on", quote) or head_evidence(head, "issued_raw", quote)


def fiscal_years(report: Report) -> Iterator[tuple[int, Evaluation]]:
    """Each evaluated year once, with the first evaluation of it."""
    seen: set[int] = set()
    for evaluation in report.evaluations:
        year = evaluation.fiscal_year
        if year is not None and year not in seen:
            seen.add(year)
            yield year, evaluation


def year_evidence(evaluation: Evaluation) -> tuple[Evidence, ...]:
    """The evaluated year as evidence, where its place is known."""
    place = evaluation.places.get("fiscal_year")
    return (Evidence("evaluations", evaluation.seq, place, str(evaluation.fiscal_year)),) if place is not None else ()
