"""Reviews as plain records, the one shape behind every format that other programs read. `docs/formats.md` is its page.

Figures stay text with all their digits and units; only positions are numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.checks import catalogue
from extractor.checks.coverage import coverage
from extractor.checks.documentation import Explanation, explanation
from extractor.checks.own import OwnCheck
from extractor.model import Evidence, Gap, Place, Report, Severity, Verdict
from extractor.screens.excerpt import Excerpt, Excerpts, row_names
from extractor.screens.reviews import Finding, Item, Review
from extractor.screens.words import SEVERITIES, one_line

Record = dict[str, Any]


class Lines:
    """The lines of a text file: where a place is told by its line, as a PDF's is by its page."""

    def __init__(self, report: Report) -> None:
        text = "\f".join(page for _, page in report.pages)
        self._starts = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]

    def of(self, place: Place) -> int | None:
        """The line of a place, from 1; None where it has a page."""
        return bisect_right(self._starts, place.start) if place.page is None else None


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checks in force say of themselves: the built-in ones and one's own."""

    language: str
    owned: Mapping[str, OwnCheck]

    @classmethod
    def of(cls, language: str, owned: Iterable[OwnCheck] = ()) -> Checks:
        """The built-in checks, and these."""
        return cls(language, {check.id: check for check in owned})

    def told(self, check_id: str) -> Explanation:
        """The explanation of a check."""
        own = self.owned.get(check_id)
        return own.explanation(self.language) if own is not None else explanation(check_id, self.language)

    def severity(self, check_id: str) -> Severity:
        """That of its worst finding."""
        own = self.owned.get(check_id)
        return own.severity if own is not None else catalogue.check(check_id).severity


def of_review(review: Review, language: str, everything: bool = False) -> Record:
    """One report: what it is, how much of it was compared, its findings, and what could not be read.

    With `everything` also what holds (`consistent`), what could not be checked and what was dismissed.
    """
    report, teller = review.report, _Teller(review.report, language)
    told = teller.verdict
    compared, figures = coverage(report, review.verdicts)

    record: Record = {
        "document_id": report.document_id,
        "path": report.path,
        "sha256": report.sha256,
        "format": report.format,
        "title": report.head.title,
        "issuer": report.head.issuer,
        "region": report.head.region,
        "doc_number": report.head.doc_number,
        "issued_on": report.head.issued_on.isoformat() if report.head.issued_on else None,
        "profile": review.profile.id if review.profile else None,
        "profile_title": review.profile.name(language) if review.profile else None,
        "coverage": {"compared": compared, "figures": figures},
        "comparisons": _outcomes(review.verdicts),
        "findings": [_finding(finding, told) for finding in review.findings()],
        "gaps": [_gap(gap, language) for gap in report.gaps],
    }
    if everything:
        others = review.others()
        record["consistent"] = [told(item) for item in others if item.verdict.outcome == "consistent"]
        record["uncheckable"] = [told(item) for item in others if item.verdict.outcome == "uncheckable"]
        record["dismissed"] = [{**told(item), "reason": item.dismissed} for item in review.dismissed()]
    return record


def _outcomes(verdicts: Iterable[Verdict]) -> dict[str, int]:
    counts = Counter(verdict.outcome for verdict in verdicts)
    return {name: counts[name] for name in ("consistent", "inconsistent", "uncheckable")}


def _finding(finding: Finding, told: Callable[[Item], Record]) -> Record:
    return {**told(finding.item), "consequences": [told(item) for item in finding.follows]}


class _Teller:
    """Tells the verdicts of one report, with the names of the rows and evaluations that they are about."""

    def __init__(self, report: Report, language: str) -> None:
        self._language = language
        self._lines = Lines(report)
        self._evaluations: dict[int | None, tuple[str | None, int | None]] = {
            one.seq: (one.subject, one.fiscal_year) for one in report.evaluations
        }
        self._rows = row_names(report)
        self._excerpts = Excerpts(report)

    def verdict(self, item: Item) -> Record:
        """One verdict with all its figures."""
        verdict = item.verdict
        subject, year = self._evaluations.get(verdict.evaluation, (None, None))
        first = verdict.evidence[0].place if verdict.evidence else None
        return {
            "finding_id": item.id,
            "check": verdict.check_id,
            "outcome": verdict.outcome,
            "severity": verdict.severity,
            "message": verdict.message.text(self._language),
            "formula": verdict.formula,
            "expected": verdict.expected,
            "actual": verdict.actual,
            "difference": verdict.difference,
            "tolerance": verdict.tolerance,
            "hint": verdict.hint.text(self._language) if verdict.hint else None,
            "evaluation": verdict.evaluation,
            "subject": subject,
            "fiscal_year": year,
            "page": first.page if first else None,
            "line": self._lines.of(first) if first else None,
            "quotes": [self._quote(one) for one in self._excerpts.of(verdict.evidence)],
            "evidence": [self._evidence(one) for one in verdict.evidence],
        }

    def _quote(self, excerpt: Excerpt) -> Record:
        """The printed words around figures of one sentence or of one row."""
        return {
            "row": excerpt.row or None,
            "words": ["".join(text for text, _ in pieces) for pieces in excerpt.quotations],
            "page": excerpt.place.page,
            "line": self._lines.of(excerpt.place),
        }

    def _evidence(self, item: Evidence) -> Record:
        place = item.place
        return {
            "table": item.table,
            "seq": item.seq,
            "row": self._rows.get((item.table, item.seq)),
            "page": place.page,
            "line": self._lines.of(place),
            "char_start": place.start,
            "char_end": place.end,
            "bbox": list(place.box) if place.box else None,
            "source": place.source,
            "quote": item.quote,
        }


def _gap(gap: Gap, language: str) -> Record:
    return {"kind": gap.kind, "page": gap.page, "quote": gap.quote, "message": gap.text(language)}


# --- all of them ------------------------------------------------------------------------------------------------------


class Tally:
    """What was found in all reports so far."""

    def __init__(self) -> None:
        self.reports = self.unread = self.compared = self.figures = 0
        self.findings: Counter[str] = Counter()
        self._outcomes: Counter[tuple[str, str]] = Counter()
        self._severities: Counter[tuple[str, str]] = Counter()

    def add(self, review: Review) -> None:
        """Count a report with what was chosen of its verdicts."""
        self.reports += 1
        compared, figures = coverage(review.report, review.verdicts)
        self.compared += compared
        self.figures += figures
        found = review.findings()
        self.findings.update(finding.verdict.severity for finding in found)
        self._severities.update((one.verdict.check_id, one.verdict.severity) for one in found)
        self._outcomes.update((verdict.check_id, verdict.outcome) for verdict in review.verdicts)

    def summary(self) -> Record:
        """The whole in figures."""
        return {
            "reports": self.reports,
            "unread": self.unread,
            "findings": {severity: self.findings[severity] for severity in SEVERITIES},
            "coverage": {"compared": self.compared, "figures": self.figures},
        }

    def statistics(self) -> list[Record]:
        """For each check its comparisons by outcome, and its findings (one a cause) by severity."""
        ids = sorted({check_id for check_id, _ in self._outcomes})
        return [
            {
                "check": id_,
                **{name: self._outcomes[id_, name] for name in ("consistent", "inconsistent", "uncheckable")},
                **{f"{severity}s": self._severities[id_, severity] for severity in SEVERITIES},
            }
            for id_ in ids
        ]


def flat(records: Iterable[Record]) -> tuple[tuple[str, ...], list[Sequence[Any]]]:
    """Columns and rows, one a verdict, for spreadsheets; what follows from a finding stands behind it, with its id."""
    rows: list[Sequence[Any]] = []
    for record in records:
        for finding in record["findings"]:
            rows.append(_row(record, finding, None))
            rows += [_row(record, other, finding["finding_id"]) for other in finding["consequences"]]
        for kind in ("consistent", "uncheckable", "dismissed"):
            rows += [_row(record, other, None) for other in record.get(kind, ())]
    return (*_REPORT, *_VERDICT, "quotes", "cause"), rows


_REPORT = ("path", "title", "sha256")
_VERDICT = (
    "subject", "fiscal_year", "check", "outcome", "severity", "message", "formula", "expected", "actual", "difference",
    "tolerance", "hint", "page", "line", "finding_id",
)  # fmt: skip


def _row(record: Record, verdict: Record, cause: str | None) -> list[Any]:
    quotes = " | ".join(quoted(quote) for quote in verdict["quotes"])
    return [*(record[name] for name in _REPORT), *(verdict[name] for name in _VERDICT), quotes, cause]


def quoted(quote: Record) -> str:
    """A quote on one line: `“共下达资金1000万元”`, `年度资金总额 “4785.00”`."""
    words = "".join(f"“{one_line(words)}”" for words in quote["words"])
    return f"{quote['row']} {words}" if quote["row"] else words
