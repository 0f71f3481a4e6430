"""What people have decided and seen: findings that were dismissed, and those that were shown.

Both are bound to the finding's id, a digest of its figures, and to the document or the path that it was found in: they
hold for another import of the same figures, and no longer when the figures change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from extractor.messages import Message
from extractor.store.migration import Connection

#: A document and its path as a decision remembers them: either of the two is enough to know it again.
_SAME = "(x.document_id = d.document_id OR x.path = d.path)"


@dataclass(frozen=True, slots=True)
class Stated:
    """A finding as the database states it: its id, its document, and what it says."""

    finding_id: str
    document_id: str
    path: str
    check_id: str
    message: Message


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that was dismissed; `check_id` and `message` are None where the figures have changed since."""

    finding_id: str
    path: str
    reason: str
    dismissed_at: datetime
    check_id: str | None
    message: Message | None


def stated(connection: Connection, beginning: str) -> list[Stated]:
    """The findings whose id begins so, with those that follow from them behind each."""
    rows = connection.execute(
        "WITH named AS (SELECT document_id, seq FROM verdicts"
        " WHERE outcome = 'inconsistent' AND starts_with(finding_id, ?)) "
        "SELECT v.finding_id, v.document_id, d.path, v.check_id, v.message_id, v.message_args "
        "FROM verdicts v JOIN documents d USING (document_id) JOIN named n USING (document_id) "
        "WHERE v.outcome = 'inconsistent' AND (v.seq = n.seq OR v.cause_seq = n.seq) "
        "ORDER BY d.path, n.seq, v.cause_seq IS NOT NULL, v.seq",
        [beginning],
    ).fetchall()
    found = (
        Stated(id_, document, path, check, _message(key, values)) for id_, document, path, check, key, values in rows
    )
    return list(dict.fromkeys(found))


def _message(key: str, values: str) -> Message:
    return Message(key, json.loads(values))


def dismiss(connection: Connection, findings: Iterable[Stated], reason: str, at: datetime) -> None:
    """Keep that these findings are dismissed; the new reason takes the place of an older one."""
    for one in findings:
        connection.execute(
            "DELETE FROM dismissals WHERE finding_id = ? AND (document_id = ? OR path = ?)",
            [one.finding_id, one.document_id, one.path],
        )
        connection.execute(
            "INSERT INTO dismissals VALUES (?, ?, ?, ?, ?)", [one.finding_id, one.document_id, one.path, reason, at]
        )


def dismissals(connection: Connection, beginning: str = "") -> list[Dismissal]:
    """All of them, or those of findings whose id begins so with what was dismissed along; the oldest first."""
    rows = connection.execute(
        "SELECT DISTINCT x.finding_id, x.path, x.reason, x.dismissed_at, v.check_id, v.message_id, "  # noqa: S608
        "CAST(v.message_args AS VARCHAR) "
        "FROM dismissals x LEFT JOIN (verdicts v JOIN documents d USING (document_id)) "
        f"ON v.finding_id = x.finding_id AND v.outcome = 'inconsistent' AND {_SAME} "
        "WHERE EXISTS (SELECT 1 FROM dismissals y WHERE starts_with(y.finding_id, ?)"
        " AND y.dismissed_at = x.dismissed_at AND y.path = x.path) "
        "ORDER BY x.dismissed_at, x.path, x.finding_id",
        [beginning],
    ).fetchall()
    return [
        Dismissal(id_, path, reason, at, check, None if key is None else _message(key, values))
        for id_, path, reason, at, check, key, values in rows
    ]


def forget(connection: Connection, dismissal: Dismissal) -> None:
    """Take one of these dismissals back."""
    connection.execute(
        "DELETE FROM dismissals WHERE finding_id = ? AND path = ?", [dismissal.finding_id, dismissal.path]
    )


@dataclass(frozen=True, slots=True)
class Remembered:
    """Findings that are remembered, each with a word on it (the reason of a dismissal)."""

    _by_document: dict[tuple[str, str], str]
    _by_path: dict[tuple[str, str], str]

    def of(self, document_id: str, path: str, finding_ids: Iterable[str]) -> dict[str, str]:
        """Those of these findings of a document that are remembered, with the word."""
        found = {}
        for id_ in finding_ids:
            word = self._by_document.get((id_, document_id), self._by_path.get((id_, path)))
            if word is not None:
                found[id_] = word
        return found


def dismissed(connection: Connection) -> Remembered:
    """What was dismissed, with the reasons."""
    return _remembered(connection, "SELECT finding_id, document_id, path, reason FROM dismissals ORDER BY dismissed_at")


def shown(connection: Connection) -> Remembered:
    """What was shown."""
    return _remembered(connection, "SELECT finding_id, document_id, path, '' FROM shown_findings")


def _remembered(connection: Connection, sql: str) -> Remembered:
    rows = connection.execute(sql).fetchall()
    return Remembered({(r[0], r[1]): r[3] for r in rows}, {(r[0], r[2]): r[3] for r in rows})


def keep_shown(connection: Connection, findings: Iterable[tuple[str, str, str]], at: datetime) -> None:
    """Keep that these findings (id, document, path) were shown."""
    for finding_id, document_id, path in findings:
        connection.execute("INSERT INTO shown_findings VALUES (?, ?, ?, ?)", [finding_id, document_id, path, at])
