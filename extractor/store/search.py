"""Search over the text of all reports, ranked by BM25, by a scan of the folded text: there is no index to keep.

A scan of 160 million characters takes a quarter of a second on two cores, finds every part of a word, and can neither
be stale nor cost an import anything. BM25 is that of Robertson, S. and Zaragoza, H. (2009), The Probabilistic Relevance
Framework, with k1 = 1.2 and b = 0.75; a passage (a paragraph, a line of a form) is what is ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.store.migration import Connection

_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the words: how many of them it has, its BM25 score, its text and where it stands."""

    words: int
    score: float
    text: str
    title: str | None
    region: str | None
    fiscal_year: int | None
    file: str
    path: str
    page: int | None
    document_id: str


#: Paragraphs, and the lines of forms, whose words stand in cells of their own.
_TEXTS = """
    SELECT document_id, evaluation_id, page, char_start, text, char_end - char_start AS size FROM passages
    UNION ALL
    SELECT document_id, evaluation_id, page, char_start,
        concat_ws(' ', name, target_raw, actual_raw, reason) AS text, char_end - char_start
    FROM indicators WHERE source = 'table'
    UNION ALL
    SELECT document_id, evaluation_id, page, char_start, concat_ws(' ', label, raw), char_end - char_start
    FROM funds WHERE source = 'table'
"""


def hits(
    connection: Connection, words: Sequence[str], most: int, year: int | None, region: str | None
) -> tuple[int, list[Hit]]:
    """How many passages have one of the words, and the best of them: those with most of the words first."""
    frequencies = [f"(length(text) - length(replace(text, $w{n}, ''))) // length($w{n})" for n in range(len(words))]
    counted = ", ".join(f"{frequency} AS f{n}" for n, frequency in enumerate(frequencies))
    present = " OR ".join(f"contains(text, $w{n})" for n in range(len(words)))
    having = " + ".join(f"(f{n} > 0)::INTEGER" for n in range(len(words)))
    scores = " + ".join(
        f"ln(1 + (s.n - d.d{n} + 0.5) / (d.d{n} + 0.5)) * f{n} * {_K1 + 1}"
        f" / (f{n} + {_K1} * ({1 - _B} + {_B} * size / s.average))"
        for n in range(len(words))
    )
    within = " AND ".join(
        condition
        for condition in (
            "e.fiscal_year = $year" if year is not None else "",
            "contains(coalesce(e.region, d.region, ''), $region)" if region else "",
        )
        if condition
    )
    values: dict[str, object] = {f"w{n}": word for n, word in enumerate(words)}
    values |= {"year": year} if year is not None else {}
    values |= {"region": region} if region else {}
    rows = connection.execute(
        f"""
WITH texts AS ({_TEXTS}),
s AS (SELECT greatest(count(*), 1) AS n, greatest(avg(size), 1) AS average FROM texts),
found AS MATERIALIZED (SELECT *, {counted} FROM texts WHERE {present}),
d AS (SELECT {", ".join(f"count(*) FILTER (f{n} > 0) AS d{n}" for n in range(len(words)))} FROM found),
kept AS (
    SELECT f.*, d.title, coalesce(e.region, d.region) AS region, e.fiscal_year, d.path
    FROM found f
    JOIN documents d ON d.document_id = f.document_id
    LEFT JOIN evaluations e ON e.evaluation_id = f.evaluation_id
    {f"WHERE {within}" if within else ""}
)
SELECT {having} AS words, {scores} AS score, text, title, region, fiscal_year, parse_filename(path), path, page,
    k.document_id, count(*) OVER () AS every
FROM kept k, s, d
ORDER BY words DESC, score DESC, path, char_start
LIMIT {most}
""",  # noqa: S608  # numbered names of our own; the words themselves are parameters
        values,
    ).fetchall()
    return (rows[0][-1] if rows else 0), [Hit(*row[:-1]) for row in rows]
