"""Series: which evaluations and indicator lines are the same thing over the years. Made set-wise, in the database.

A fund is known by its region, its department and its folded name; an indicator by its fund and its folded name, and
where a form has the name under several second-level indicators or several times, by these as well. A report that does
not print its department belongs to the only one that has a fund of the name in its region, and likewise for regions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from extractor.store.fields import Row
from extractor.store.migration import Connection

#: Kind of name → where such names are printed.
_PRINTED = {
    "fund": "SELECT coalesce(e.subject, d.title) AS name FROM evaluations e JOIN documents d USING (document_id)",
    "body": "SELECT coalesce(e.department, d.issuer, e.unit) AS name "
    "FROM evaluations e JOIN documents d USING (document_id)",
    "region": "SELECT coalesce(e.region, d.region) AS name FROM evaluations e JOIN documents d USING (document_id)",
    "indicator": "SELECT name FROM indicators",
}
#: What series rest on, in one value: the reports, and what people have said.
_STATE = (
    "SELECT concat_ws(' ', (SELECT count(*) FROM documents), (SELECT max(imported_at) FROM documents),"
    " (SELECT bit_xor(hash(document_id)) FROM documents), (SELECT count(*) FROM link_decisions),"
    " (SELECT max(decided_at) FROM link_decisions), ?)"
)
_KEY = "substr(md5({}), 1, 12)"

_FUNDS = f"""
CREATE OR REPLACE TEMP TABLE series_funds AS
WITH printed AS (
    SELECT e.evaluation_id, e.document_id, e.seq, e.fiscal_year, e.source, e.total_score IS NULL AS bare,
        f.key AS name, coalesce(b.key, '') AS body, coalesce(r.key, '') AS region
    FROM evaluations e
    JOIN documents d USING (document_id)
    JOIN names f ON f.kind = 'fund' AND f.name = coalesce(e.subject, d.title)
    LEFT JOIN names b ON b.kind = 'body' AND b.name = coalesce(e.department, d.issuer, e.unit)
    LEFT JOIN names r ON r.kind = 'region' AND r.name = coalesce(e.region, d.region)
),
regions AS (
    SELECT name, body, min(region) AS region FROM printed WHERE region <> '' GROUP BY ALL
    HAVING min(region) = max(region)
),
placed AS (
    SELECT p.* REPLACE (CASE p.region WHEN '' THEN coalesce(r.region, '') ELSE p.region END AS region)
    FROM printed p LEFT JOIN regions r USING (name, body)
),
bodies AS (
    SELECT name, region, min(body) AS body FROM placed WHERE body <> '' GROUP BY ALL HAVING min(body) = max(body)
),
whole AS (
    SELECT p.* REPLACE (CASE p.body WHEN '' THEN coalesce(b.body, '') ELSE p.body END AS body)
    FROM placed p LEFT JOIN bodies b USING (name, region)
)
SELECT evaluation_id, document_id, seq, fiscal_year, source, bare, name,
    {_KEY.format("'fund|' || region || '|' || body || '|' || name")} AS own_key
FROM whole
"""  # noqa: S608  # our own names

_INDICATORS = f"""
CREATE OR REPLACE TEMP TABLE series_lines AS
WITH lines AS (
    SELECT i.document_id, i.evaluation_id, i.seq, i.source, i.target_raw IS NULL AS bare, n.key AS name,
        coalesce(i.level2, '') AS level2, f.own_key AS fund_own, f.fund_key, f.fiscal_year
    FROM indicators i
    JOIN names n ON n.kind = 'indicator' AND n.name = i.name
    JOIN series_resolved f ON f.evaluation_id = i.evaluation_id
),
many AS (
    SELECT evaluation_id, source, name, count(DISTINCT level2) > 1 AS levels, count(*) AS n
    FROM lines GROUP BY ALL HAVING count(*) > 1
),
again AS (
    SELECT l.document_id, l.seq,
        l.name || CASE WHEN m.levels THEN '|' || l.level2 ELSE '' END
        || CASE row_number() OVER (PARTITION BY l.evaluation_id, l.source, l.name, l.level2 ORDER BY l.seq)
            WHEN 1 THEN '' ELSE '#' || row_number() OVER (
                PARTITION BY l.evaluation_id, l.source, l.name, l.level2 ORDER BY l.seq) END AS name
    FROM lines l JOIN many m USING (evaluation_id, source, name)
)
SELECT l.* REPLACE (coalesce(a.name, l.name) AS name),
    {_KEY.format("l.fund_own || '|' || coalesce(a.name, l.name)")} AS own_key,
    {_KEY.format("l.fund_key || '|' || coalesce(a.name, l.name)")} AS base_key
FROM lines l LEFT JOIN again a USING (document_id, seq)
"""  # noqa: S608

_ROWS = """
INSERT INTO series
WITH placed AS (
    SELECT *, row_number() OVER (
        PARTITION BY series_key, fiscal_year
        ORDER BY (source = 'table') DESC NULLS LAST, bare, document_id, seq) = 1 AS main
    FROM {rows}
),
chained AS (
    SELECT document_id, seq,
        lag(fiscal_year) OVER years AS year_before,
        lag(document_id) OVER years AS document_before,
        lag(seq) OVER years AS seq_before
    FROM placed WHERE main AND fiscal_year IS NOT NULL
    WINDOW years AS (PARTITION BY series_key ORDER BY fiscal_year)
)
SELECT '{kind}', p.series_key, p.own_key, p.fund_key, p.document_id, p.evaluation_id, p.seq, p.fiscal_year, p.main,
    CASE WHEN c.year_before = p.fiscal_year - 1 THEN c.document_before END,
    CASE WHEN c.year_before = p.fiscal_year - 1 THEN c.seq_before END
FROM placed p LEFT JOIN chained c ON p.main AND c.document_id = p.document_id AND c.seq = p.seq
"""


def is_stale(connection: Connection, version: str) -> bool:
    """Whether reports or links have come, changed or gone since the series were made, or another program made them."""
    return _state(connection, version) != _made_of(connection)


def _state(connection: Connection, version: str) -> str:
    return str(connection.execute(_STATE, [version]).fetchone()[0])


def _made_of(connection: Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE name = 'series'").fetchone()
    return row[0] if row else None


def new_names(connection: Connection, version: str) -> dict[str, list[str]]:
    """The printed names that are not folded yet, by kind; all of them where another program folded the others."""
    if not (_made_of(connection) or "").endswith(f" {version}"):
        connection.execute("DELETE FROM names")
    found = {}
    for kind, printed in _PRINTED.items():
        rows = connection.execute(
            f"SELECT DISTINCT name FROM ({printed}) WHERE name IS NOT NULL"  # noqa: S608
            " EXCEPT SELECT name FROM names WHERE kind = ? ORDER BY name",
            [kind],
        ).fetchall()
        found[kind] = [name for (name,) in rows]
    return found


def keep_names(connection: Connection, kind: str, keys: Mapping[str, str]) -> None:
    """Keep what names are folded to."""
    if keys:
        connection.execute(
            "INSERT INTO names SELECT ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [kind, list(keys), list(keys.values())],
        )


Joined = Callable[[Iterable[tuple[str, str]]], Mapping[str, str]]


def make(connection: Connection, version: str, joined: Joined) -> None:
    """Make all series anew from the folded names and the links that people have confirmed or set.

    `joined` gives, for pairs of keys, the key that all keys that hang together get.
    """
    connection.execute(_FUNDS)
    roots = joined(_said(connection, "fund"))
    _keep_roots(connection, roots)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE series_resolved AS SELECT f.*, coalesce(r.root, f.own_key) AS series_key,"
        " coalesce(r.root, f.own_key) AS fund_key FROM series_funds f LEFT JOIN series_roots r ON r.key = f.own_key"
    )
    connection.execute(_INDICATORS)
    _keep_roots(connection, joined(_said_of_indicators(connection)))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE series_joined AS SELECT l.*, coalesce(r.root, l.base_key) AS series_key"
        " FROM series_lines l LEFT JOIN series_roots r ON r.key = l.base_key"
    )
    connection.execute("DELETE FROM series")
    for kind, rows in (("fund", "series_resolved"), ("indicator", "series_joined")):
        connection.execute(_ROWS.format(kind=kind, rows=rows))
    for table in ("series_funds", "series_resolved", "series_lines", "series_joined", "series_roots"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    keep_state(connection, version)


def keep_state(connection: Connection, version: str) -> None:
    """Keep what the series were made of."""
    connection.execute("DELETE FROM meta WHERE name = 'series'")
    connection.execute("INSERT INTO meta VALUES ('series', ?)", [_state(connection, version)])


def _said(connection: Connection, kind: str) -> list[tuple[str, str]]:
    """The pairs of keys that people take for the same thing."""
    return [
        (one, other)
        for one, other in connection.execute(
            "SELECT from_key, to_key FROM link_decisions WHERE kind = ? AND decision <> 'refused' ORDER BY ALL", [kind]
        ).fetchall()
    ]


def _said_of_indicators(connection: Connection) -> list[tuple[str, str]]:
    """The same for indicators, whose funds may go by one key now."""
    bases = dict(
        connection.execute(
            "SELECT DISTINCT own_key, base_key FROM series_lines WHERE own_key IN"
            " (SELECT from_key FROM link_decisions UNION SELECT to_key FROM link_decisions)"
        ).fetchall()
    )
    return [(bases.get(one, one), bases.get(other, other)) for one, other in _said(connection, "indicator")]


def _keep_roots(connection: Connection, roots: Mapping[str, str]) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE series_roots (key VARCHAR, root VARCHAR)")
    if roots:
        connection.execute(
            "INSERT INTO series_roots SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [list(roots), list(roots.values())],
        )


# --- links ------------------------------------------------------------------------------------------------------------

_LINE = "{{'own_key': {}, 'name': {}, 'unit': {}, 'level2': {}, 'figure': {}, 'seq': {}}}"
_LINE_OF_INDICATOR = _LINE.format(
    "s.own_key", "i.name", "coalesce(i.target_unit, i.actual_unit)", "i.level2", "i.target_raw", "i.seq"
)
_LINE_OF_FUND = _LINE.format("own_key", "name", "NULL", "NULL", "NULL", "0")
#: What begins or ends: for each series of a group with reports of several years its first and last line as printed.
_OF_INDICATORS = f"""
WITH years AS (
    SELECT series_key AS fund_key, list_sort(list_distinct(list(fiscal_year))) AS years
    FROM series WHERE kind = 'fund' AND fiscal_year IS NOT NULL GROUP BY ALL
    HAVING min(fiscal_year) < max(fiscal_year)
),
spans AS (
    SELECT s.fund_key, s.series_key, min(s.fiscal_year) AS since, max(s.fiscal_year) AS until,
        arg_min({_LINE_OF_INDICATOR}, s.fiscal_year) AS first, arg_max({_LINE_OF_INDICATOR}, s.fiscal_year) AS last
    FROM series s
    JOIN years y USING (fund_key)
    JOIN indicators i ON i.document_id = s.document_id AND i.seq = s.seq
    WHERE s.kind = 'indicator' AND s.main AND s.fiscal_year IS NOT NULL GROUP BY ALL
)
SELECT y.fund_key, y.years, p.since, p.until, p.first, p.last
FROM spans p JOIN years y USING (fund_key)
WHERE p.since > y.years[1] OR p.until < y.years[-1]
ORDER BY y.fund_key, p.since, p.series_key
"""  # noqa: S608
_OF_FUNDS = f"""
WITH funds AS (
    SELECT s.series_key, s.own_key, s.fiscal_year, coalesce(e.subject, d.title) AS name,
        concat_ws('|', coalesce(r.key, ''), coalesce(b.key, '')) AS owner
    FROM series s
    JOIN evaluations e USING (evaluation_id)
    JOIN documents d ON d.document_id = s.document_id
    LEFT JOIN names b ON b.kind = 'body' AND b.name = coalesce(e.department, d.issuer, e.unit)
    LEFT JOIN names r ON r.kind = 'region' AND r.name = coalesce(e.region, d.region)
    WHERE s.kind = 'fund' AND s.main AND s.fiscal_year IS NOT NULL
),
years AS (
    SELECT owner, list_sort(list_distinct(list(fiscal_year))) AS years FROM funds WHERE owner <> '|' GROUP BY ALL
    HAVING min(fiscal_year) < max(fiscal_year)
),
spans AS (
    SELECT owner, series_key, min(fiscal_year) AS since, max(fiscal_year) AS until,
        arg_min({_LINE_OF_FUND}, fiscal_year) AS first, arg_max({_LINE_OF_FUND}, fiscal_year) AS last
    FROM funds GROUP BY ALL
)
SELECT y.owner, y.years, p.since, p.until, p.first, p.last
FROM spans p JOIN years y USING (owner)
WHERE p.since > y.years[1] OR p.until < y.years[-1]
ORDER BY y.owner, p.since, p.series_key
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Link:
    """A row of `links`, as it is found."""

    kind: str
    relation: str
    from_key: str
    to_key: str
    from_name: str
    to_name: str
    from_year: int
    to_year: int
    score: float
    why: str


#: The years of a group, and its series: first and last year, and the line as printed in both.
Leftover = tuple[list[int], list[tuple[int, int, Row, Row]]]


def leftovers(connection: Connection, kind: str) -> Iterator[Leftover]:
    """For each fund (or body) with reports of several years: the years, and the series that do not go through all."""
    rows = connection.execute(_OF_FUNDS if kind == "fund" else _OF_INDICATORS).fetchall()
    for _, group in groupby(rows, key=itemgetter(0)):
        found = list(group)
        yield found[0][1], [(since, until, first, last) for _, _, since, until, first, last in found]


def keys(connection: Connection, kind: str) -> dict[str, str]:
    """What names of a kind are folded to."""
    return dict(connection.execute("SELECT name, key FROM names WHERE kind = ?", [kind]).fetchall())


def refused(connection: Connection) -> frozenset[tuple[str, str]]:
    """The pairs of keys that people have said are not the same."""
    return frozenset(
        connection.execute("SELECT from_key, to_key FROM link_decisions WHERE decision = 'refused'").fetchall()
    )


def keep_links(connection: Connection, found: Sequence[Link]) -> None:
    """Put what was found, and what people have decided, in the place of all links."""
    connection.execute("DELETE FROM links")
    columns = list(zip(*map(astuple, found), strict=True))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE found_links (kind VARCHAR, relation VARCHAR, from_key VARCHAR, to_key VARCHAR,"
        " from_name VARCHAR, to_name VARCHAR, from_year INTEGER, to_year INTEGER, score DECIMAL(4, 3), why VARCHAR)"
    )
    if columns:
        connection.execute(
            f"INSERT INTO found_links SELECT {', '.join(['unnest(?)'] * len(columns))}",
            [list(column) for column in columns],
        )
    connection.execute(_LINKS)
    connection.execute("DROP TABLE found_links")


_LINKS = f"""
INSERT INTO links
WITH owners AS (
    SELECT s.own_key, any_value(coalesce(e.subject, d.title)) AS fund,
        any_value(coalesce(e.region, d.region)) AS region,
        min(s.fiscal_year) AS since, max(s.fiscal_year) AS until
    FROM series s JOIN evaluations e USING (evaluation_id) JOIN documents d ON d.document_id = s.document_id
    WHERE s.own_key IN (SELECT from_key FROM found_links UNION SELECT to_key FROM found_links
        UNION SELECT from_key FROM link_decisions UNION SELECT to_key FROM link_decisions)
    GROUP BY ALL
),
every AS (
    SELECT {_KEY.format("f.kind || '|' || f.from_key || '|' || f.to_key")} AS link_id, f.*, x.decision
    FROM found_links f LEFT JOIN link_decisions x USING (kind, from_key, to_key)
    UNION ALL
    SELECT x.link_id, x.kind, x.relation, x.from_key, x.to_key, x.from_name, x.to_name, a.until, b.since, x.score,
        coalesce(x.reason, x.why, ''), x.decision
    FROM link_decisions x
    LEFT JOIN owners a ON a.own_key = x.from_key
    LEFT JOIN owners b ON b.own_key = x.to_key
    WHERE NOT EXISTS (
        SELECT 1 FROM found_links f WHERE f.kind = x.kind AND f.from_key = x.from_key AND f.to_key = x.to_key
    )
)
SELECT v.link_id, v.kind, v.relation, v.from_key, v.to_key, v.from_name, v.to_name, v.from_year, v.to_year,
    o.fund, o.region, v.score, v.why, coalesce(v.decision, 'candidate')
FROM every v LEFT JOIN owners o ON o.own_key = v.to_key
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A row of `links`."""

    link_id: str
    kind: str
    relation: str
    from_key: str
    to_key: str
    from_name: str
    to_name: str
    from_year: int | None
    to_year: int | None
    fund: str | None
    region: str | None
    score: Decimal | None
    why: str
    state: str


@dataclass(frozen=True, slots=True)
class SeriesName:
    """A series: its own keys under each of its names, with the years of that name."""

    kind: str
    series_key: str
    own_key: str
    name: str
    since: int | None
    until: int | None


def links(connection: Connection) -> list[KeptLink]:
    """All links: candidates before what is decided, the surest first."""
    columns = ", ".join(KeptLink.__slots__)
    rows = connection.execute(
        f"SELECT {columns} FROM links ORDER BY state <> 'candidate', score DESC NULLS LAST, region, fund, from_year,"  # noqa: S608
        " from_name, to_name"
    ).fetchall()
    return [KeptLink(*row) for row in rows]


def link_id(kind: str, from_key: str, to_key: str) -> str:
    """The id of a link: as `links` has it."""
    return hashlib.md5(f"{kind}|{from_key}|{to_key}".encode(), usedforsecurity=False).hexdigest()[:12]


def named(connection: Connection, beginning: str) -> list[SeriesName]:
    """The series of which a key begins so, under each of their names."""
    rows = connection.execute(
        "SELECT s.kind, s.series_key, s.own_key, arg_max(coalesce(i.name, e.subject, d.title), s.fiscal_year),"
        " min(s.fiscal_year), max(s.fiscal_year) FROM series s"
        " JOIN evaluations e USING (evaluation_id) JOIN documents d ON d.document_id = s.document_id"
        " LEFT JOIN indicators i ON s.kind = 'indicator' AND i.document_id = s.document_id AND i.seq = s.seq"
        " WHERE starts_with(s.series_key, ?) OR starts_with(s.own_key, ?) GROUP BY ALL ORDER BY 2, 5, 3",
        [beginning, beginning],
    ).fetchall()
    return [SeriesName(*row) for row in rows]


def decide(connection: Connection, link: KeptLink, decision: str, reason: str | None, at: datetime) -> None:
    """Keep what a person says of a link, in the place of what was said before."""
    undecide(connection, link.link_id)
    connection.execute(
        "INSERT INTO link_decisions (link_id, kind, from_key, to_key, from_name, to_name, relation, score, why,"
        " decision, reason, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            link.link_id, link.kind, link.from_key, link.to_key, link.from_name, link.to_name, link.relation,
            link.score, link.why, decision, reason, at,
        ],
    )  # fmt: skip


def undecide(connection: Connection, link_id_: str) -> None:
    """Forget what a person has said of a link."""
    connection.execute("DELETE FROM link_decisions WHERE link_id = ?", [link_id_])
