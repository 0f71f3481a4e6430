"""What a database holds, in figures, and which of its reports a person means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.store.migration import Connection

_COUNTS = ("pages", "tables", "table_rows", "numbers", "numbers_read")


@dataclass(frozen=True, slots=True)
class Found:
    """A report that a person may mean."""

    document_id: str
    path: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """Figures of a database. Pairs are in order of what stands first in them; None is what no report says."""

    reports: int
    unreadable: int
    unchecked: int
    evaluations: int
    funds: int
    indicators: int
    #: 'pages', 'tables', 'table_rows', 'numbers', 'numbers_read' of all reports together.
    counts: dict[str, int]
    #: Reports by fiscal year (one that evaluates several years counts for each) and by region.
    years: tuple[tuple[int | None, int], ...]
    regions: tuple[tuple[str | None, int], ...]
    #: (outcome, severity, number) of all verdicts, and (check_id, severity, number) of the findings.
    verdicts: tuple[tuple[str, str, int], ...]
    findings: tuple[tuple[str, str, int], ...]
    gaps: tuple[tuple[str, int], ...]


def holdings(connection: Connection) -> Holdings:
    """Count what there is."""

    def rows(sql: str) -> tuple[tuple[Any, ...], ...]:
        return tuple(connection.execute(sql).fetchall())

    ((reports, unreadable, unchecked),) = rows(
        "SELECT count(format), count(*) - count(format), count(*) FILTER (format IS NOT NULL AND checked_with IS NULL) "
        "FROM documents"
    )
    sums = ", ".join(f"coalesce(sum(CAST(counts ->> '{name}' AS BIGINT)), 0)" for name in _COUNTS)
    (counts,) = rows(f"SELECT {sums} FROM documents")  # noqa: S608  # our own names
    ((evaluations, funds, indicators),) = rows(
        "SELECT (SELECT count(*) FROM evaluations), (SELECT count(*) FROM funds), (SELECT count(*) FROM indicators)"
    )
    return Holdings(
        reports,
        unreadable,
        unchecked,
        evaluations,
        funds,
        indicators,
        dict(zip(_COUNTS, map(int, counts), strict=True)),
        rows(
            "SELECT e.fiscal_year, count(DISTINCT d.document_id) "
            "FROM documents d LEFT JOIN evaluations e USING (document_id) "
            "WHERE d.format IS NOT NULL GROUP BY ALL ORDER BY ALL"
        ),
        rows("SELECT region, count(*) FROM documents WHERE format IS NOT NULL GROUP BY ALL ORDER BY ALL"),
        rows("SELECT outcome, severity, count(*) FROM verdicts GROUP BY ALL ORDER BY ALL"),
        rows("SELECT check_id, severity, count(*) FROM findings WHERE cause_seq IS NULL GROUP BY ALL ORDER BY ALL"),
        rows("SELECT kind, count(*) FROM gaps GROUP BY ALL ORDER BY ALL"),
    )


#: What a person may have meant, the surest first; `?` is the text, folded to small letters.
_MEANT = (
    "document_id IN (SELECT document_id FROM files WHERE lower(path) = $absolute)",
    "starts_with(document_id, $text) AND length($text) >= 4",
    "document_id IN (SELECT document_id FROM files WHERE lower(parse_filename(path)) = $text)",
    "contains(lower(title), $text)",
    "document_id IN (SELECT document_id FROM evaluations WHERE contains(lower(subject), $text))",
    "document_id IN (SELECT document_id FROM files WHERE contains(lower(path), $text))",
)


def find_reports(connection: Connection, text: str) -> list[Found]:
    """The reports that `text` means: a path, the beginning of a document_id, a file's name, words of title or subject.

    Only those of the surest kind of match are given, by path.
    """
    words = re.sub(r"\s+", " ", text.strip()).lower()
    if not words:
        return []
    absolute = str(Path(text).absolute()).lower()
    for meant in _MEANT:
        used = {name: value for name, value in (("text", words), ("absolute", absolute)) if f"${name}" in meant}
        rows = connection.execute(
            f"SELECT document_id, path, title FROM documents WHERE {meant} ORDER BY path",  # noqa: S608  # see _MEANT
            used,
        ).fetchall()
        if rows:
            return [Found(*row) for row in rows]
    return []
