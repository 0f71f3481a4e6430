"""Reports with their verdicts, from files or from the database, for the screens that show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor import pipeline
from extractor.batch import processed
from extractor.inputs import Inputs
from extractor.model import Gap, Report, Verdict
from extractor.pipeline import Settings
from extractor.screens.words import SEVERITIES
from extractor.store.database import Checked, Database


@dataclass(frozen=True, slots=True)
class Review:
    """A report with the verdicts on it that are to be shown."""

    report: Report
    verdicts: tuple[Verdict, ...]

    def findings(self) -> list[Verdict]:
        """The inconsistent verdicts, worst first, then in reading order."""
        wrong = [verdict for verdict in self.verdicts if verdict.outcome == "inconsistent"]
        return sorted(wrong, key=lambda v: (SEVERITIES.index(v.severity), _start(v)))


def _start(verdict: Verdict) -> int:
    return verdict.evidence[0].place.start if verdict.evidence else 0


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gave nothing, and why."""

    path: str
    gap: Gap


def from_files(files: Inputs, settings: Settings, jobs: int) -> Iterator[Review | Unread]:
    """The reviews of files, read now; nothing is kept."""
    for result in processed(files.files, settings, jobs):
        if result.report is not None:
            yield Review(result.report, result.verdicts)
        elif result.gap is not None:
            yield Unread(result.path, result.gap)


def from_database(
    database: Database, settings: Settings, document_ids: Iterable[str] | None = None
) -> Iterator[Review | Unread]:
    """The reviews of stored reports. Verdicts that other checks or thresholds made are made anew, and kept."""
    pipeline.prepare(settings)
    current = pipeline.checked_with(settings)
    for stored in database.reports(document_ids):
        report = stored.report
        if not report.format:
            yield Unread(report.path, report.gaps[0])
            continue
        verdicts = stored.verdicts
        if stored.checked_with != current:
            verdicts = tuple(pipeline.check(report, settings.profile))
            if not database.read_only:
                database.save_verdicts(report.document_id, Checked(verdicts, current))
        yield Review(report, verdicts)


def out_of_date(database: Database, settings: Settings) -> bool:
    """Whether some verdicts were made by other checks or thresholds than those in force."""
    pipeline.prepare(settings)
    return bool(database.checked_with() - {pipeline.checked_with(settings)})
