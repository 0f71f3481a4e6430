"""`check`: the findings of files, or of what the database holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor import batch, own_checks, pipeline
from extractor.checks.own import OwnCheck
from extractor.errors import DatabaseError, UsageError
from extractor.inputs import Inputs, collect
from extractor.messages import Message
from extractor.model import Severity
from extractor.pipeline import Settings
from extractor.screens import forms, selection
from extractor.screens.console import Screen
from extractor.screens.findings import print_totals
from extractor.screens.forms import Form
from extractor.screens.importing import complain, print_failure
from extractor.screens.progress import progress
from extractor.screens.records import Checks, Tally
from extractor.screens.reviews import Review, Selection, Unread, from_database, from_files, out_of_date
from extractor.store.database import Database
from extractor.workers import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for. `db` is None where nothing is to be kept."""

    db: Path | None
    jobs: int
    settings: Settings
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = "note"
    #: Folders of one's own checks.
    checks: tuple[Path, ...] = ()
    #: Only what no such run has shown before.
    new: bool = False
    form: Form = field(default_factory=Form)
    limits: Limits | None = None


def run(screen: Screen, paths: Sequence[Path], options: Options) -> bool:
    """Show the findings on files, or without any on what the database holds.

    True where figures contradict each other (severity error), or a file that was named could not be read.
    """
    _hold(options)
    pipeline.prepare(options.settings)
    owned = own_checks.read(options.checks)
    wanted = Selection(selection.chosen(options.select, options.ignore, owned), options.severity)
    check = _Check(screen, options, owned, wanted)
    if not paths:
        # A file of an earlier import that could not be read is told, and is no finding of today.
        return bool(check.database().findings["error"])
    inputs = collect(paths)
    complain(screen, inputs)
    tally = check.files(inputs)
    return bool(tally.findings["error"] or tally.unread or inputs.missing or inputs.closed)


def _hold(options: Options) -> None:
    """Raise `UsageError` for options that do not go together."""
    db, output = options.db, options.form.output
    if db is None and options.new:
        raise UsageError(Message.of("--new needs a database that remembers what was shown: name one with --db."))
    if db is not None and output is not None and output.resolve() == db.resolve():
        raise UsageError(Message.of("{name} is the database itself: name another file with --output.", name=output))


@dataclass(frozen=True, slots=True)
class _Check:
    """One run: the screen, what was asked for, one's own checks, and what is to be shown."""

    screen: Screen
    options: Options
    owned: Sequence[OwnCheck]
    wanted: Selection

    def files(self, inputs: Inputs) -> Tally:
        """Show the findings on files."""
        options, total = self.options, len(inputs.files)
        if options.db is None and not self.owned:
            reviews = from_files(inputs, options.settings, options.jobs, options.limits)
            return self._show(progress(self.screen, reviews, total, prints=options.form.name == "text"))
        # One's own checks are queries: where nothing is to be kept, the database is one that is gone afterwards.
        with Database.open(options.db) if options.db is not None else Database.in_memory() as database:
            imported = batch.imported(database, inputs.files, options.settings, options.jobs, options.limits)
            for _ in progress(self.screen, imported, total, prints=False):
                pass
            known = (database.known_at(str(path)) for path in inputs.files)
            # Files with the same bytes are one report.
            return self._show_stored(database, list(dict.fromkeys(k.document_id for k in known if k is not None)))

    def database(self) -> Tally:
        """Show the findings on what the database holds."""
        with self._opened(self.options.db or Path()) as database:
            return self._show_stored(database, None)

    @contextmanager
    def _opened(self, path: Path) -> Iterator[Database]:
        """The database, for writing only where something is to be kept, and only where that is possible."""
        with Database.open(path, read_only=True) as database:
            if not self.options.new and not out_of_date(database, self.options.settings, self.owned):
                yield database
                return
        try:
            database = Database.open(path)
        except DatabaseError as error:
            self.screen.err.print(self.screen.text(error.text(self.screen.language)))
            self.screen.err.print(self.screen.text(self.screen.say("The verdicts are made anew and are not kept.")))
            database = Database.open(path, read_only=True)
        with database:
            yield database

    def _show_stored(self, database: Database, document_ids: Sequence[str] | None) -> Tally:
        """Show reports of a database; with `--new` without what was shown before, and what is shown is kept."""
        reviews = from_database(database, self.options.settings, document_ids, self.owned)
        if not self.options.new:
            return self._show(reviews)
        told: list[tuple[str, str, str]] = []
        tally = self._show(_unseen(database, reviews, self.wanted, told))
        if not database.read_only:
            database.keep_shown(told)
        return tally

    def _show(self, reviews: Iterable[Review | Unread]) -> Tally:
        checks = Checks.of(self.screen.language, self.owned)
        with forms.writer(self.screen, self.options.form, checks, self.wanted.checks) as writer:
            for review in reviews:
                if isinstance(review, Unread):
                    print_failure(self.screen, Path(review.path), review.gap.text(self.screen.language))
                    writer.add(review)
                else:
                    writer.add(self.wanted.of(review))
        print_totals(self.screen, writer.tally.reports, writer.tally.findings, self.options.new)
        return writer.tally


def _unseen(
    database: Database, reviews: Iterable[Review | Unread], wanted: Selection, told: list[tuple[str, str, str]]
) -> Iterator[Review | Unread]:
    """The reviews without what was shown before, and only those that then have a finding; `told` collects it."""
    shown = database.shown()
    for review in reviews:
        if isinstance(review, Unread):
            continue
        report = review.report
        seen = shown.of(report.document_id, report.path, (item.id for item in review.items))
        left = replace(wanted, seen={report.document_id: set(seen)}).of(review)
        found = [item for finding in left.findings() for item in finding.items]
        if found:
            told += [(item.id, report.document_id, report.path) for item in found if item.id not in seen]
            yield left
