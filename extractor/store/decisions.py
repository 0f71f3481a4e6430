"""What people have decided and seen: findings that were dismissed, and those that were shown.

Both are bound to the finding's id, a digest of its figures, and to the document or the path that it was found in: they
hold for another import of the same figures, and no longer when the figures change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from extractor.store.migration import Connection

#: A document and its path as a decision remembers them: either of the two is enough to know it again.
_SAME = "(x.document_id = d.document_id OR x.path = d.path)"


@dataclass(frozen=True, slots=True)
class Stated:
    """A finding as the database states it: its id, its document, and what it says (in Chinese)."""

    finding_id: str
    document_id: str
    path: str
    check_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that was dismissed; `check_id` and `message` are None where the figures have changed since."""

    finding_id: str
    path: str
    reason: str
    dismissed_at: datetime
    check_id: str | None
    message: str | None


def stated(connection: Connection, beginning: str) -> list[Stated]:
    """The findings whose id begins so, with those that follow from them behind each."""
    rows = connection.execute(
        "WITH named AS (SELECT document_id, seq FROM verdicts"
        " WHERE outcome = 'inconsistent' AND starts_with(finding_id, ?)) "
        "SELECT v.finding_id, v.document_id, d.path, v.check_id, v.message "
        "FROM verdicts v JOIN documents d USING (document_id) JOIN named n USING (document_id) "
        "WHERE v.outcome = 'inconsistent' AND (v.seq = n.seq OR v.cause_seq = n.seq) "
        "ORDER BY d.path, n.seq, v.cause_seq IS NOT NULL, v.seq",
        [beginning],
    ).fetchall()
    return list(dict.fromkeys(Stated(*row) for row in rows))


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
    """All of them, or those of findings whose id begins so, the oldest first."""
    rows = connection.execute(
        "SELECT DISTINCT x.finding_id, x.path, x.reason, x.dismissed_at, v.check_id, v.message "  # noqa: S608  # our own
        "FROM dismissals x LEFT JOIN (verdicts v JOIN documents d USING (document_id)) "
        f"ON v.finding_id = x.finding_id AND v.outcome = 'inconsistent' AND {_SAME} "
        "WHERE starts_with(x.finding_id, ?) ORDER BY x.dismissed_at, x.finding_id, x.path",
        [beginning],
    ).fetchall()
    return [Dismissal(*row) for row in rows]


def forget(connection: Connection, dismissal: Dismissal) -> None:
    """Take one of these dismissals back."""
    connection.execute(
        "DELETE FROM dismissals WHERE finding_id = ? AND path = ?", [dismissal.finding_id, dismissal.path]
    )


def reasons(connection: Connection, document_id: str) -> dict[str, str]:
    """The ids of a document's dismissed findings, with the reasons."""
    rows = connection.execute(
        "SELECT x.finding_id, x.reason FROM dismissals x JOIN documents d "  # noqa: S608  # our own words
        f"ON {_SAME} WHERE d.document_id = ? ORDER BY x.dismissed_at",
        [document_id],
    ).fetchall()
    return dict(rows)


def shown(connection: Connection, document_id: str) -> set[str]:
    """The ids of a document's findings that `check --new` has shown."""
    rows = connection.execute(
        "SELECT DISTINCT x.finding_id FROM shown_findings x JOIN documents d "  # noqa: S608  # our own words
        f"ON {_SAME} WHERE d.document_id = ?",
        [document_id],
    ).fetchall()
    return {id_ for (id_,) in rows}


def keep_shown(connection: Connection, document_id: str, path: str, ids: Iterable[str], at: datetime) -> None:
    """Keep that these findings of a document were shown."""
    for id_ in ids:
        connection.execute("INSERT INTO shown_findings VALUES (?, ?, ?, ?)", [id_, document_id, path, at])
