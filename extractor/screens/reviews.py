"""Reports with their verdicts, from files or from the database, for the screens that show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor import own_checks, pipeline
from extractor.batch import processed
from extractor.checks import catalogue
from extractor.checks.own import OwnCheck
from extractor.inputs import Inputs
from extractor.lexicon import Profile
from extractor.model import Gap, Report, Severity, Verdict
from extractor.pipeline import Settings
from extractor.screens.words import SEVERITIES
from extractor.store.database import Checked, Database, Stored
from extractor.store.verdicts import finding_ids
from extractor.workers import Limits


@dataclass(frozen=True, slots=True)
class Item:
    """A verdict, its position among the report's verdicts, and its `finding_id`. `dismissed` is the reason, if any."""

    verdict: Verdict
    position: int
    id: str
    dismissed: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it says that figures contradict each other and nobody has set it aside."""
        return self.verdict.outcome == "inconsistent" and self.dismissed is None


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with those that have the same cause and are reported with it."""

    item: Item
    follows: tuple[Item, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What it says."""
        return self.item.verdict

    @property
    def items(self) -> tuple[Item, ...]:
        """Itself and what follows from it."""
        return self.item, *self.follows


@dataclass(frozen=True, slots=True)
class Review:
    """A report with the verdicts on it that are to be shown, and the profile that judged it."""

    report: Report
    items: tuple[Item, ...]
    profile: Profile | None = None

    @classmethod
    def of(cls, report: Report, verdicts: Sequence[Verdict], dismissed: Mapping[str, str] | None = None) -> Review:
        """All verdicts on a report; `dismissed` has the reasons by finding_id."""
        reasons = dismissed or {}
        ids = finding_ids(verdicts)
        items = (Item(v, i, id_, reasons.get(id_)) for i, (v, id_) in enumerate(zip(verdicts, ids, strict=True)))
        return cls(report, tuple(items))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What the items say."""
        return tuple(item.verdict for item in self.items)

    def findings(self) -> list[Finding]:
        """What contradicts itself, one finding a cause, worst first, then in reading order.

        A finding whose cause is not shown (dismissed, or of a check that was not asked for) stands by itself.
        """
        wrong = {item.position: item for item in self.items if item.is_open}
        follows: dict[int, list[Item]] = {position: [] for position in wrong}
        for item in wrong.values():
            if item.verdict.cause in wrong:
                follows[item.verdict.cause].append(item)
        told = {item.position for items in follows.values() for item in items}
        found = [Finding(item, tuple(follows[at])) for at, item in wrong.items() if at not in told]
        return sorted(found, key=lambda f: (SEVERITIES.index(f.verdict.severity), _start(f.verdict), f.item.position))

    def others(self) -> list[Item]:
        """What holds and what could not be checked, in the order of the checks."""
        return [item for item in self.items if item.verdict.outcome != "inconsistent"]

    def dismissed(self) -> list[Item]:
        """The findings that were set aside."""
        return [item for item in self.items if item.verdict.outcome == "inconsistent" and item.dismissed is not None]


def _start(verdict: Verdict) -> int:
    return verdict.evidence[0].place.start if verdict.evidence else 0


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person wants to see: verdicts of these checks, findings of at least this severity, none of these ids."""

    checks: Collection[str]
    least: Severity = "note"
    seen: Mapping[str, Collection[str]] = field(default_factory=dict)

    def of(self, review: Review) -> Review:
        """The review with what was chosen of it. Findings of one cause come and go together."""
        kept = replace(review, items=tuple(item for item in review.items if item.verdict.check_id in self.checks))
        seen = self.seen.get(review.report.document_id, ())
        shown = {
            item.position
            for finding in kept.findings()
            if SEVERITIES.index(finding.verdict.severity) <= SEVERITIES.index(self.least)
            and not all(item.id in seen for item in finding.items)
            for item in finding.items
        }
        return replace(kept, items=tuple(item for item in kept.items if not item.is_open or item.position in shown))


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gave nothing, and why."""

    path: str
    gap: Gap


# --- from files -------------------------------------------------------------------------------------------------------


def from_files(files: Inputs, settings: Settings, jobs: int, limits: Limits | None = None) -> Iterator[Review | Unread]:
    """The reviews of files, read now; nothing is kept."""
    for result in processed(files.files, settings, jobs, limits):
        if result.report is not None:
            review = Review.of(result.report, result.verdicts)
            yield replace(review, profile=pipeline.profile_of(result.report, settings.profile))
        elif result.gap is not None:
            yield Unread(result.path, result.gap)


# --- from a database --------------------------------------------------------------------------------------------------


def from_database(
    database: Database,
    settings: Settings,
    document_ids: Iterable[str] | None = None,
    owned: Sequence[OwnCheck] | None = None,
) -> Iterator[Review | Unread]:
    """The reviews of stored reports. Verdicts that other checks or thresholds made are made anew, and kept.

    `owned` are one's own checks: they are run on the whole database, and their verdicts take the place of those of an
    earlier run. None leaves the verdicts of the last run.
    """
    pipeline.prepare(settings)
    rows: own_checks.Rows | None = None
    if owned:
        # A query may rest on any report, and on the verdicts on it.
        current = pipeline.checked_with(settings)
        old = [id_ for id_, made in database.made_with().items() if own_checks.apart(made) != current]
        for stored in database.reports(old):
            _made_anew(database, settings, stored, None, None)
    if owned is not None:
        rows = own_checks.run(database, owned)
    dismissed = database.dismissed()
    for stored in database.reports(document_ids):
        report = stored.report
        if not report.format:
            yield Unread(report.path, report.gaps[0])
            continue
        verdicts = _made_anew(database, settings, stored, owned, rows)
        ids = finding_ids(verdicts)
        review = Review.of(report, verdicts, dismissed.of(report.document_id, report.path, ids))
        yield replace(review, profile=pipeline.profile_of(report, settings.profile))


def _made_anew(
    database: Database,
    settings: Settings,
    stored: Stored,
    owned: Sequence[OwnCheck] | None,
    rows: own_checks.Rows | None,
) -> tuple[Verdict, ...]:
    """The verdicts in force on a stored report; what has changed of them is kept where that is possible."""
    report, verdicts, made = stored.report, stored.verdicts, stored.checked_with
    if not report.format:
        return ()
    current = pipeline.checked_with(settings)
    if own_checks.apart(made) != current:
        own = [verdict for verdict in verdicts if verdict.check_id not in catalogue.CHECKS]
        verdicts = (*pipeline.check(report, settings.profile), *own)
        made = current + (made or "").removeprefix(own_checks.apart(made) or "")
    if owned is not None and rows is not None:
        verdicts = own_checks.beside(verdicts, rows.get(report.document_id, ()), report)
        made = own_checks.together(current, owned)
    if not database.read_only and (verdicts, made) != (stored.verdicts, stored.checked_with):
        database.save_verdicts(report.document_id, Checked(verdicts, made or current))
    return verdicts


def out_of_date(database: Database, settings: Settings, owned: Sequence[OwnCheck] = ()) -> bool:
    """Whether some verdicts were made by other checks or thresholds than those in force. One's own always may be."""
    pipeline.prepare(settings)
    return bool(owned) or bool(database.checked_with() - {pipeline.checked_with(settings)})
