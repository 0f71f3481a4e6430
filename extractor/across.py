"""What is kept about all reports together: series of funds and indicators over the years, and links between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractor import pipeline
from extractor.relate.groups import joined
from extractor.relate.matching import Candidate, Group, Line, between_years
from extractor.relate.names import key
from extractor.store.database import Database
from extractor.store.series import Link

KINDS = ("fund", "indicator")


def is_stale(database: Database) -> bool:
    """Whether reports or decisions have changed since the series were made."""
    return database.series_are_stale(pipeline.names_version())


def refresh(database: Database) -> bool:
    """Bring series and links up to date with the reports; whether there was anything to do."""
    if not is_stale(database):
        return False
    database.make_series(pipeline.names_version(), key, joined)
    database.keep_links([link for kind in KINDS for link in _links(database, kind)])
    return True


def _links(database: Database, kind: str) -> Iterator[Link]:
    """What ends in one year and what begins in the next, where they are likely one thing."""
    refused = database.refused_links()
    keys = database.name_keys(kind)
    for years, rows in database.leftovers(kind):
        lines = [(since, until, _line(first, keys), _line(last, keys)) for since, until, first, last in rows]
        for year, following, found in between_years(kind, Group(years, lines), refused):
            yield _link(kind, year, following, found)


def _line(row: Mapping[str, Any], keys: Mapping[str, str]) -> Line:
    name = row["name"]
    return Line(row["own_key"], name, keys[name], row["unit"], row["level2"], row["figure"])


def _link(kind: str, year: int, following: int, found: Candidate) -> Link:
    earlier, later = found.earlier, found.later
    return Link(
        kind, found.relation, earlier.own_key, later.own_key, earlier.name, later.name, year, following, found.score,
        found.why.text("zh"),
    )  # fmt: skip
