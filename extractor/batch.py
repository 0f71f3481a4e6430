"""Many files: what is unchanged is skipped, the rest is read by worker processes, each failure costs its own file.

Results come in the order of the files, whatever the number of workers, so that what is stored and shown does not depend
on it. Only this process writes to the database.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from extractor import pipeline
from extractor.errors import DatabaseError
from extractor.messages import Message
from extractor.model import Gap
from extractor.pipeline import Result, Settings
from extractor.store.database import Database, Known
from extractor.store.rows import Prepared
from extractor.wall import Wall
from extractor.workers import Limits, Lost, job_count, ordered

State = Literal["read", "unchanged", "failed"]
#: So many files are written in one transaction, which costs as much for one as for twenty; an interrupt costs no more
#: than these, and none waits longer than so many seconds.
_TOGETHER, _LONGEST_WAIT = 32, 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What `import` did with one file. A file whose bytes are known under another path counts as unchanged.

    `findings` are the numbers of findings (one a cause) by severity, `counts` those of `Report.counts`. `gaps` are all
    gaps of a file that was read anew; a file that could not be read has one, also where that was found out by an
    earlier import.
    """

    path: Path
    state: State
    gaps: tuple[Gap, ...] = ()
    findings: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def _lost(path: Path, lost: Lost) -> Result:
    """The result of a file that took too much, or at which the program failed. It is tried again by the next import."""
    if lost.limit is None:
        return pipeline.crashed(path, lost.reason)
    # In two sentences, so that each can be translated as a whole.
    if lost.limit == "time":
        message = Message.of(
            "{name} was given up after {limit}: if it is a report, allow it more with --timeout.",
            name=path.name,
            limit=lost.reason,
        )
    else:
        message = Message.of(
            "{name} was given up because it took too much memory ({limit}): if it is a report, allow it more with"
            " --memory.",
            name=path.name,
            limit=lost.reason,
        )
    return Result(str(path), pipeline.sha256(path), None, gap=Gap("too_much", message), retry=True)


# --- reading without a database ---------------------------------------------------------------------------------------


def processed(files: Sequence[Path], settings: Settings, jobs: int, limits: Limits | None = None) -> Iterator[Result]:
    """The result of each file, in order. Without limits, one job works in this process."""
    # A wrong folder of patterns is told here, and not by every worker.
    pipeline.prepare(settings)
    work = partial(pipeline.process, settings=settings)
    for path, result in ordered(files, work, job_count(jobs), partial(pipeline.prepare, settings), limits):
        yield _lost(path, result) if isinstance(result, Lost) else result


# --- reading into a database ------------------------------------------------------------------------------------------


def imported(
    database: Database, files: Sequence[Path], settings: Settings, jobs: int, limits: Limits | None = None
) -> Iterator[Entry]:
    """Bring the database up to date with these files, and tell in order what became of each, once it is kept.

    Without limits, one job works in this process.
    """
    pipeline.prepare(settings)
    plan = _Plan.of(database, files, settings)
    work = partial(_read, settings=settings)
    start = partial(pipeline.prepare, settings)
    fresh = ordered(plan.to_read, work, job_count(jobs), start, limits)
    queue = _Queue(database, settings)
    for path in files:
        document_id = plan.same_as.get(path)
        if document_id is not None:
            if queue.awaits(document_id):
                yield from queue.flushed()
            if _noted(database, path, document_id):
                gap = queue.failures.get(document_id)
                queue.add(Entry(path, "failed", (gap,)) if gap else Entry(path, "unchanged"))
                if queue.is_due():
                    yield from queue.flushed()
                continue
        # A copy of a file that changed while the import ran is read like any other.
        found = next(fresh if document_id is None else ordered([path], work, 1, start, limits))[1]
        if isinstance(found, Lost):
            found = _kept(_lost(path, found), settings)
        queue.add(found)
        if queue.is_due():
            yield from queue.flushed()
    yield from queue.flushed()


class _Queue:
    """Files that wait to be written together; nothing is told of a file before it is in the database."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._waiting: list[_Kept | Entry] = []
        self._ids: set[str] = set()
        self._since = 0.0
        #: The documents that gave nothing, with the gap that says why.
        self.failures = database.failures()

    def add(self, found: _Kept | Entry) -> None:
        """Let a file wait, or what is to be told of one behind those that wait."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(found)
        if isinstance(found, _Kept):
            self._ids.add(found.rows.document_id)

    def awaits(self, document_id: str) -> bool:
        """Whether this document waits to be written."""
        return document_id in self._ids

    def is_due(self) -> bool:
        """Whether enough files wait, or the first of them long enough."""
        return not self._ids or len(self._waiting) >= _TOGETHER or time.monotonic() - self._since > _LONGEST_WAIT

    def flushed(self) -> Iterator[Entry]:
        """Write all that waits, then tell of it."""
        waiting, self._waiting = self._waiting, []
        self._ids.clear()
        kept = [found for found in waiting if isinstance(found, _Kept)]
        with Wall() as wall:
            self._database.write_all([found.rows for found in kept])
        if isinstance(wall.error, DatabaseError):
            raise wall.error
        for found in waiting:
            if isinstance(found, Entry):
                yield found
                continue
            # Where one of them could not be written for a slip of our own, each is tried alone.
            written = found if wall.error is None else _written(self._database, found, self._settings)
            if written.entry.state == "failed":
                self.failures[written.rows.document_id] = written.entry.gaps[0]
            yield written.entry


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a worker hands back of a file: its rows, ready to be written, and what is told about it."""

    rows: Prepared
    entry: Entry


def _written(database: Database, found: _Kept, settings: Settings) -> _Kept:
    """Store a file. What cannot be stored for a slip of our own is a failure of this file alone.

    Raises `DatabaseError` where the database itself fails: no other file could be stored either.
    """
    with Wall() as wall:
        database.write(found.rows)
    if wall.error is None:
        return found
    if isinstance(wall.error, DatabaseError):
        raise wall.error
    failed = _kept(pipeline.crashed(found.entry.path, wall.words()), settings)
    database.write(failed.rows)
    return failed


def _read(path: Path, settings: Settings) -> _Kept:
    """Work of a worker: one file, and the rows that the database keeps of it."""
    return _kept(pipeline.process(path, settings), settings)


def _kept(result: Result, settings: Settings) -> _Kept:
    found: Counter[str] = Counter(
        verdict.severity for verdict in result.verdicts if verdict.outcome == "inconsistent" and verdict.cause is None
    )
    report = result.report
    state: State = "read" if report else "failed"
    gaps = report.gaps if report else (result.gap,) if result.gap else ()
    entry = Entry(Path(result.path), state, gaps, dict(found), dict(report.counts) if report else {})
    return _Kept(pipeline.rows(result, settings), entry)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which files are read; for the others, the document that their bytes are."""

    to_read: tuple[Path, ...]
    same_as: dict[Path, str]

    @classmethod
    def of(cls, database: Database, files: Sequence[Path], settings: Settings) -> _Plan:
        """The plan for these files."""
        version = pipeline.extractor_version(settings)
        known = database.known()
        held = {k.sha256: k.document_id for k in known.values() if _current(k, version)}
        to_read: list[Path] = []
        same_as: dict[Path, str] = {}
        # Hashing waits for the disk and lets go of the interpreter: threads do.
        with ThreadPoolExecutor() as threads:
            for path, digest in zip(files, threads.map(pipeline.sha256, files), strict=True):
                if digest is not None and digest in held:
                    same_as[path] = held[digest]
                else:
                    to_read.append(path)
                    if digest is not None:
                        # A copy further on in the list is this document.
                        held[digest] = digest[:16]
        return cls(tuple(to_read), same_as)


def _current(known: Known, version: str) -> bool:
    return known.sha256 is not None and known.extractor_version == version and not known.retry


def _noted(database: Database, path: Path, document_id: str) -> bool:
    """Whether the database has the document and knows that this path holds it."""
    known = database.known_at(str(path))
    return (known is not None and known.document_id == document_id) or database.note(str(path), document_id)
