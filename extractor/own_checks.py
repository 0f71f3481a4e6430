"""One's own checks on a database: read from their folders, held to its tables, run, and kept beside the built-in ones.

Their verdicts can rest on any report of the database, so they are made anew each time, behind those of the built-in
checks, which they may query too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from extractor.checks import catalogue, own
from extractor.checks.own import OwnCheck, OwnRow
from extractor.model import Report, Verdict
from extractor.store.database import Database

#: What the queries gave, by document.
Rows = dict[str, list[tuple[OwnCheck, OwnRow]]]
#: Between what made the built-in verdicts and what made one's own, in `documents.checked_with`.
_AND = " + "


def read(folders: Iterable[Path]) -> tuple[OwnCheck, ...]:
    """The checks of the user's folders, by id. Raises `UsageError` where one of them is wrong, before any is run."""
    owned = own.read(folders)
    if owned:
        with Database.in_memory() as empty:
            for check in owned:
                check.fit(empty.columns_of(check.sql, check.file))
    return owned


def run(database: Database, owned: Sequence[OwnCheck]) -> Rows:
    """What the queries give. Raises `UsageError` where one of them fails."""
    found: Rows = {}
    known = set(database.document_ids()) if owned else set()
    for check in owned:
        for row in database.rows_of(check.sql, check.file):
            found.setdefault(check.document_of(row, known), []).append((check, row))
    return found


def beside(verdicts: Iterable[Verdict], rows: Sequence[tuple[OwnCheck, OwnRow]], report: Report) -> tuple[Verdict, ...]:
    """A report's built-in verdicts, and behind them those of one's own checks, made of their rows."""
    built_in = [verdict for verdict in verdicts if verdict.check_id in catalogue.CHECKS]
    # A query without ORDER BY may give its rows in any order.
    made = sorted((check.verdict(row, report) for check, row in rows), key=_order)
    return (*built_in, *made)


def _order(verdict: Verdict) -> tuple[str, int, str]:
    start = verdict.evidence[0].place.start if verdict.evidence else -1
    return verdict.check_id, start, repr(verdict)


def together(built_in: str, owned: Sequence[OwnCheck]) -> str:
    """What made a report's verdicts, for `documents.checked_with`: `0.1.0 auto 34 checks 3f9a… + 2 own 88ab…`."""
    if not owned:
        return built_in
    words = repr([(check.id, check.severity, check.text, check.sql) for check in owned])
    return f"{built_in}{_AND}{len(owned)} own {hashlib.sha256(words.encode()).hexdigest()[:12]}"


def apart(words: str | None) -> str | None:
    """What made the built-in verdicts, of what `together` wrote; None where there are none."""
    return None if words is None else words.partition(_AND)[0]
