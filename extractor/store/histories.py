"""Funds and indicators over the years for `trend`: found by part of a name, ranked, a row a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.store.migration import Connection


@dataclass(frozen=True, slots=True)
class Found:
    """A series that a text may mean: its kind, key, last name, and the years that there are."""

    kind: str
    series_key: str
    name: str
    fund: str
    region: str | None
    department: str | None
    years: tuple[int, ...]
    level2: str | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a series; amounts in yuan, changes and shares in percent. Fields of the other kind are None."""

    fiscal_year: int
    name: str
    target: str | None = None
    actual: str | None = None
    target_value: Decimal | None = None
    actual_value: Decimal | None = None
    unit: str | None = None
    completion: Decimal | None = None
    change: Decimal | None = None
    budget: Decimal | None = None
    received: Decimal | None = None
    spent: Decimal | None = None
    score: Decimal | None = None
    file: str = ""
    page: int | None = None


#: Names under which a series goes: the printed ones that hold a wanted text, then the series of these.
_NAMED = """
WITH named AS (
    SELECT kind, name, key FROM names WHERE kind IN ('fund', 'indicator') AND ({wanted})
),
lines AS (
    SELECT 'indicator' AS kind, i.document_id, i.seq, i.name, i.level2 FROM indicators i
    WHERE i.name IN (SELECT name FROM named WHERE kind = 'indicator')
    UNION ALL
    SELECT 'fund', e.document_id, e.seq, coalesce(e.subject, d.title), NULL
    FROM evaluations e JOIN documents d USING (document_id)
    WHERE coalesce(e.subject, d.title) IN (SELECT name FROM named WHERE kind = 'fund')
)
SELECT s.kind, s.series_key, arg_max(l.name, s.fiscal_year), arg_max(coalesce(e.subject, d.title), s.fiscal_year),
    any_value(coalesce(e.region, d.region)), any_value(e.department), any_value(l.level2), max(s.fiscal_year)
FROM lines l
JOIN series s ON s.kind = l.kind AND s.document_id = l.document_id AND s.seq = l.seq
JOIN evaluations e USING (evaluation_id)
JOIN documents d ON d.document_id = s.document_id
WHERE s.main AND s.fiscal_year IS NOT NULL
GROUP BY s.kind, s.series_key
ORDER BY 8 DESC, s.series_key
LIMIT {most}
"""
#: So many series are ranked: a text that more of them hold names none of them.
_MOST = 5000


def found(connection: Connection, words: Sequence[str]) -> list[Found]:
    """The series in whose printed names one of these words stands, with all their years; not ranked yet."""
    wanted = " OR ".join(["contains(name, ?) OR contains(key, ?)"] * len(words))
    rows = connection.execute(
        _NAMED.format(wanted=wanted, most=_MOST), [word for word in words for _ in range(2)]
    ).fetchall()
    years = _years(connection, [row[1] for row in rows])
    return [
        Found(kind, key, name, fund, region, department, years[key], level2)
        for kind, key, name, fund, region, department, level2, _ in rows
    ]


def _years(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[int, ...]]:
    rows = connection.execute(
        "SELECT series_key, list_sort(list_distinct(list(fiscal_year))) FROM series"
        " WHERE series_key IN (SELECT unnest(?::VARCHAR[])) AND main AND fiscal_year IS NOT NULL GROUP BY ALL",
        [list(keys)],
    ).fetchall()
    return {key: tuple(years) for key, years in rows}


def years(connection: Connection, series: Sequence[Found]) -> dict[str, list[Year]]:
    """The years of each series, in order."""
    keys = {kind: [one.series_key for one in series if one.kind == kind] for kind in ("fund", "indicator")}
    found_: dict[str, list[Year]] = {one.series_key: [] for one in series}
    if keys["indicator"]:
        for key, *row in connection.execute(
            "SELECT series_key, fiscal_year, name, target_raw, actual_raw, target_value, actual_value,"
            " coalesce(actual_unit, target_unit), completion, actual_change, score, file, page FROM indicator_history"
            " WHERE series_key IN (SELECT unnest(?::VARCHAR[])) ORDER BY fiscal_year",
            [keys["indicator"]],
        ).fetchall():
            year, name, target, actual, target_value, actual_value, unit, completion, change, score, file, page = row
            found_[key].append(
                Year(
                    year,
                    name,
                    target,
                    actual,
                    target_value,
                    actual_value,
                    unit,
                    completion,
                    change,
                    score=score,
                    file=file,
                    page=page,
                )
            )
    if keys["fund"]:
        for key, *row in connection.execute(
            "SELECT series_key, fiscal_year, fund, budget, received, spent, execution, budget_change, total_score,"
            " file, page FROM fund_history WHERE series_key IN (SELECT unnest(?::VARCHAR[])) ORDER BY fiscal_year",
            [keys["fund"]],
        ).fetchall():
            year, name, budget, received, spent, execution, change, score, file, page = row
            found_[key].append(
                Year(
                    year,
                    name,
                    completion=execution,
                    change=change,
                    budget=budget,
                    received=received,
                    spent=spent,
                    score=score,
                    file=file,
                    page=page,
                )
            )
    return found_
