"""`check`: the findings of files, or of what the database holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor import batch
from extractor.checks import catalogue
from extractor.errors import DatabaseError, UsageError
from extractor.inputs import Inputs, collect
from extractor.pipeline import Settings
from extractor.screens.console import Screen
from extractor.screens.explaining import unknown_check
from extractor.screens.findings import print_review, print_totals
from extractor.screens.importing import complain, print_failure
from extractor.screens.progress import progress
from extractor.screens.reviews import Review, Unread, from_database, from_files, out_of_date
from extractor.store.database import Database


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for. `db` is None where nothing is to be kept."""

    db: Path | None
    jobs: int
    settings: Settings
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    everything: bool = False


@dataclass(slots=True)
class _Tally:
    """What was found so far."""

    reports: int = 0
    unread: int = 0
    findings: Counter[str] = field(default_factory=Counter)


def run(screen: Screen, paths: Sequence[Path], options: Options) -> bool:
    """Print the findings on files, or without any on what the database holds.

    True where figures contradict each other (severity error), or a file that was named could not be read.
    """
    chosen = _chosen(options)
    if not paths:
        return _check_database(screen, options, chosen)
    inputs = collect(paths)
    complain(screen, inputs)
    tally = _check_files(screen, inputs, options, chosen)
    return bool(tally.findings["error"] or tally.unread or inputs.missing or inputs.closed)


def _check_files(screen: Screen, inputs: Inputs, options: Options, chosen: set[str]) -> _Tally:
    if options.db is None:
        reviews = from_files(inputs, options.settings, options.jobs)
        return _print(screen, progress(screen, reviews, len(inputs.files), prints=True), options, chosen)
    with Database.open(options.db) as database:
        steps = batch.imported(database, inputs.files, options.settings, options.jobs)
        for _ in progress(screen, steps, len(inputs.files), prints=False):
            pass
        known = (database.known_at(str(path)) for path in inputs.files)
        # Files with the same bytes are one report.
        ids = list(dict.fromkeys(k.document_id for k in known if k is not None))
        return _print(screen, from_database(database, options.settings, ids), options, chosen)


def _check_database(screen: Screen, options: Options, chosen: set[str]) -> bool:
    if options.db is None:
        raise ValueError("neither files nor a database")
    with _opened(screen, options.db, options.settings) as database:
        tally = _print(screen, from_database(database, options.settings), options, chosen)
    return bool(tally.findings["error"])


@contextmanager
def _opened(screen: Screen, path: Path, settings: Settings) -> Iterator[Database]:
    """The database, for writing only where verdicts are to be made anew, and only where that is possible."""
    with Database.open(path, read_only=True) as database:
        if not out_of_date(database, settings):
            yield database
            return
    try:
        database = Database.open(path)
    except DatabaseError as error:
        screen.err.print(screen.text(error.text(screen.language)))
        screen.err.print(screen.text(screen.say("The verdicts are made anew and are not kept.")))
        database = Database.open(path, read_only=True)
    with database:
        yield database


def _print(screen: Screen, reviews: Iterable[Review | Unread], options: Options, chosen: set[str]) -> _Tally:
    tally = _Tally()
    for review in reviews:
        if isinstance(review, Unread):
            tally.unread += 1
            print_failure(screen, Path(review.path), review.gap.text(screen.language))
            continue
        kept = replace(review, verdicts=tuple(v for v in review.verdicts if v.check_id in chosen))
        tally.reports += 1
        tally.findings.update(verdict.severity for verdict in kept.findings())
        print_review(screen, kept, options.everything)
    print_totals(screen, tally.reports, tally.findings)
    return tally


def _chosen(options: Options) -> set[str]:
    """The checks to be shown. Raises `UsageError` where there is no check of a name given."""
    select, ignore = _ids(options.select), _ids(options.ignore)
    return (set(select) or set(catalogue.CHECKS)) - set(ignore)


def _ids(given: Iterable[str]) -> list[str]:
    """The ids given, several in one option parted by commas."""
    ids = [id_.strip() for words in given for id_ in words.split(",") if id_.strip()]
    for id_ in ids:
        if id_ not in catalogue.CHECKS:
            raise UsageError(unknown_check(id_))
    return ids
