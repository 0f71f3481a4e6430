"""When a report was written and which years it is about: shared by the checks of document numbers and dates.

No check of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import lexicon
from extractor.checks.base import head_evidence
from extractor.model import Evaluation, Evidence, Head, Report

#: A longer span of years is two years that stand side by side.
_LONGEST_SPAN = 20


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


def evaluated(report: Report, evaluation: Evaluation) -> tuple[int, int] | None:
    """The first and the last evaluated year: of one that the title names as a span (2021—2022年) both ends."""
    first = evaluation.fiscal_year
    if first is None:
        return None
    last = first
    for name in (report.head.title, evaluation.subject):
        for match in lexicon.pattern("check.headline.title").regex.finditer("".join((name or "").split())):
            if int(match["year"]) == first and match["to"]:
                last = max(last, min(int(match["to"]), first + _LONGEST_SPAN))
    return first, last


def year_evidence(evaluation: Evaluation) -> tuple[Evidence, ...]:
    """The evaluated year as evidence, where its place is known."""
    place = evaluation.places.get("fiscal_year")
    return (Evidence("evaluations", evaluation.seq, place, str(evaluation.fiscal_year)),) if place is not None else ()
