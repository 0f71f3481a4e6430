"""A Jixiao database: reports and verdicts in and out, one transaction a report. The only module that imports DuckDB."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from extractor.errors import DatabaseError, UsageError
from extractor.messages import Message
from extractor.model import Gap, Report, Verdict
from extractor.store import decisions, exports, histories, schema, search, series
from extractor.store.decisions import Dismissal, Remembered, Stated
from extractor.store.failures import failure, first_sentence, query_failure
from extractor.store.holdings import Found, Holdings, find_reports, holdings
from extractor.store.migration import bring_up, steps, version_of
from extractor.store.paths import Known, Paths
from extractor.store.rows import (
    FACTS,
    Checked,
    Prepared,
    columns,
    now,
    prepared,
    prepared_failure,
    restored,
    restored_gap,
    stored_path,
)
from extractor.store.verdicts import restored_verdict, verdict_rows

__all__ = [
    "Checked",
    "Database",
    "Dismissal",
    "Found",
    "Holdings",
    "Known",
    "Prepared",
    "QueryResult",
    "Remembered",
    "Stated",
    "Stored",
]

#: Tables with rows of a document; `files`, `dismissals` and `shown_findings` are kept apart.
_PARTS = ("pages", *FACTS, "passages", "verdicts", "gaps")
#: Reports that are loaded at once: enough to spread the cost of a scan, few enough to stay small.
_BATCH = 64
#: What DuckDB 1.5 and 2 both read; without it 2 writes what 1.5 does not.
_STORAGE = "v1.5.0"
_Config = dict[str, str | bool | int | float | list[str]]
#: An extension is never fetched, nor loaded by the way: Jixiao opens no connection to any network.
_OFFLINE: _Config = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
_MEMORY = ":memory:"
#: Kinds of statements that `query` runs.
_READING = ("SELECT", "EXPLAIN", "PRAGMA")


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The result of a query: column names, their SQL types, rows."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Stored:
    """A report as stored, its verdicts, and what made them (None: it was not checked)."""

    report: Report
    verdicts: tuple[Verdict, ...]
    checked_with: str | None


@dataclass(slots=True)
class Database:
    """An open database. Use it as a context manager, or `close` it."""

    path: Path
    read_only: bool
    _connection: duckdb.DuckDBPyConnection
    _paths: Paths = field(default_factory=Paths)
    _closed_in: bool = False

    # --- opening ------------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> Self:
        """The database at `path`; it is made where there is none, and brought up to date where it is older.

        Raises `DatabaseError` where it is locked, damaged, newer than the program or none of ours, and with `read_only`
        where there is none.
        """
        if read_only and not path.exists():
            raise DatabaseError(
                Message.of("There is no database {name}: import reports first, or name one with --db.", name=path)
            )
        with _reported(path):
            config: _Config = {} if read_only else {"storage_compatibility_version": _STORAGE}
            database = cls(path, read_only, duckdb.connect(str(path), read_only=read_only, config=_OFFLINE | config))
        try:
            if database._prepare():
                return database
        except BaseException:
            database.close()
            raise
        # An older one that is only to be read is brought up to date first.
        database.close()
        cls.open(path).close()
        return cls.open(path, read_only=True)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty database that is gone when it is closed."""
        database = cls(Path(_MEMORY), False, duckdb.connect(_MEMORY, config=_OFFLINE | {"temp_directory": ""}))
        database._prepare()
        return database

    def _prepare(self) -> bool:
        """Make or migrate the tables; False where that is needed but cannot be done read-only."""
        with _reported(self.path):
            version = version_of(self._connection, self.path)
            if version != schema.VERSION:
                if self.read_only:
                    return False
                with self._transaction():
                    bring_up(self._connection, version, steps())
            for path, *known in self._all("SELECT path, document_id, sha256, extractor_version, retry FROM files"):
                self._paths.set(path, Known(*known))
        return True

    def close(self) -> None:
        """Write what is left to write and let others use the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing ------------------------------------------------------------------------------------------------------

    def save(self, report: Report, checked: Checked | None = None, extractor_version: str = "") -> None:
        """Put a report in the place of what its path held; nothing else changes."""
        self.write(prepared(report, checked, extractor_version))

    def save_unreadable(
        self, path: str, sha256: str | None, gap: Gap, extractor_version: str = "", retry: bool = False
    ) -> None:
        """Keep that a file could not be read, in the place of what its path held."""
        self.write(prepared_failure(path, sha256, gap, extractor_version, retry))

    def write(self, file: Prepared) -> None:
        """Put a prepared file in the place of what its path held, in one transaction."""
        known = Known(file.document_id, file.sha256, file.extractor_version, file.retry)
        with self._writing():
            if self._paths.of(file.document_id):
                self._delete(file.document_id)
            self._let_go(file.path, file.document_id)
            self._keep(file.path, known)
            for table, _, rows in file.tables:
                self._insert(table, rows)
        self._paths.set(file.path, known)

    def write_all(self, files: Sequence[Prepared]) -> None:
        """Like `write` for each of the files, in few transactions: what is altogether new goes in at once.

        When it raises, some of the files may be in and others not, but each of them whole.
        """
        fresh: list[Prepared] = []
        taken: set[str] = set()
        for file in files:
            known = file.path in self._paths or self._paths.of(file.document_id)
            if known or taken & {file.path, file.document_id}:
                self._add(fresh)
                fresh, taken = [], set()
                self.write(file)
            else:
                fresh.append(file)
                taken |= {file.path, file.document_id}
        self._add(fresh)

    def _add(self, files: Sequence[Prepared]) -> None:
        """Put files in of which neither the path nor the document is there, in one transaction."""
        if not files:
            return
        tables: dict[str, list[str]] = {}
        for file in files:
            for table, _, rows in file.tables:
                tables.setdefault(table, []).append(rows)
        known = [
            (file.path, Known(file.document_id, file.sha256, file.extractor_version, file.retry)) for file in files
        ]
        with self._writing():
            for path, of_path in known:
                self._keep(path, of_path)
            for table, found in tables.items():
                self._insert(table, *found)
        for path, of_path in known:
            self._paths.set(path, of_path)

    def note(self, path: str, document_id: str) -> bool:
        """Keep that `path` holds the bytes of a document that is there already; False where it is not there."""
        path = stored_path(path)
        paths = self._paths.of(document_id)
        known = self._paths.get(paths[-1]) if paths else None
        if known is None:
            return False
        with self._writing():
            self._let_go(path, document_id)
            self._keep(path, known)
            self._run("UPDATE documents SET path = ? WHERE document_id = ?", path, document_id)
        self._paths.set(path, known)
        return True

    def remove(self, path: str) -> bool:
        """Forget a path, and its document where no other path holds it; False where it is not known."""
        path = stored_path(path)
        if path not in self._paths:
            return False
        with self._writing():
            self._let_go(path)
        self._paths.drop(path)
        return True

    def save_verdicts(self, document_id: str, checked: Checked) -> None:
        """Put verdicts in the place of those that the report had."""
        rows = verdict_rows(checked.verdicts, document_id)
        with self._writing():
            self._run("DELETE FROM verdicts WHERE document_id = ?", document_id)
            if rows:
                self._insert("verdicts", columns("verdicts", rows))
            self._run("UPDATE documents SET checked_with = ? WHERE document_id = ?", checked.checked_with, document_id)

    def _keep(self, path: str, known: Known) -> None:
        self._run(
            "INSERT INTO files SELECT ?, ?, ?, ?, ?, now() AT TIME ZONE 'UTC'",
            path, known.document_id, known.sha256, known.extractor_version, known.retry,
        )  # fmt: skip

    def _let_go(self, path: str, successor: str | None = None) -> None:
        """Forget what a path held: its document goes with its last path, unless it is the one that comes."""
        old = self._paths.get(path)
        if old is None:
            return
        self._run("DELETE FROM files WHERE path = ?", path)
        others = [other for other in self._paths.of(old.document_id) if other != path]
        if others:
            self._run("UPDATE documents SET path = ? WHERE document_id = ?", others[-1], old.document_id)
        elif old.document_id != successor:
            self._delete(old.document_id)

    def _delete(self, document_id: str) -> None:
        for table in ("documents", *_PARTS):
            self._run(f"DELETE FROM {table} WHERE document_id = ?", document_id)  # noqa: S608  # our own names

    def _insert(self, table: str, *rows: str) -> None:
        """Add rows, which come as one text or several."""
        statement, structure = _insertion(table)
        self._run(statement, list(rows), structure)

    # --- reading ------------------------------------------------------------------------------------------------------

    def known(self) -> dict[str, Known]:
        """Every path that was imported."""
        return self._paths.as_dict()

    def known_at(self, path: str) -> Known | None:
        """What is known of one path."""
        return self._paths.get(stored_path(path))

    def failures(self) -> dict[str, Gap]:
        """The documents that gave nothing, with the gap that says why."""
        ids = [id_ for (id_,) in self._all("SELECT document_id FROM documents WHERE format IS NULL")]
        return {id_: restored_gap(rows[0]) for id_, rows in self._rows("gaps", "seq", ids).items()}

    def checked_with(self) -> set[str | None]:
        """What made the verdicts that are kept; None where a report was not checked."""
        return {words for (words,) in self._all("SELECT DISTINCT checked_with FROM documents WHERE format IS NOT NULL")}

    def made_with(self) -> dict[str, str | None]:
        """What made the verdicts on each report that could be read, by document."""
        return dict(self._all("SELECT document_id, checked_with FROM documents WHERE format IS NOT NULL ORDER BY path"))

    def document_ids(self) -> list[str]:
        """The documents that are there, by path."""
        return [id_ for (id_,) in self._all("SELECT document_id FROM documents ORDER BY path, document_id")]

    def load(self, document_id: str) -> Report:
        """The report as it was saved. Raises KeyError where there is none."""
        return self._stored(document_id).report

    def verdicts(self, document_id: str) -> tuple[Verdict, ...]:
        """The verdicts on a report, as they were saved. Raises KeyError where there is no such report."""
        return self._stored(document_id).verdicts

    def _stored(self, document_id: str) -> Stored:
        for stored in self.reports([document_id]):
            return stored
        raise KeyError(document_id)

    def reports(self, document_ids: Iterable[str] | None = None) -> Iterator[Stored]:
        """These reports in the order given, by default all by path; read a few at a time, so that memory stays flat."""
        if document_ids is None:
            document_ids = self.document_ids()
        rest = iter(document_ids)
        while ids := list(islice(rest, _BATCH)):
            yield from self._batch(ids)

    def _batch(self, ids: list[str]) -> Iterator[Stored]:
        documents = self._rows("documents", "document_id", ids)
        parts = {table: self._rows(table, "page" if table == "pages" else "seq", ids) for table in _PARTS}
        for id_ in ids:
            for document in documents.get(id_, ()):
                of_document = {table: rows.get(id_, []) for table, rows in parts.items()}
                verdicts = tuple(restored_verdict(row) for row in of_document["verdicts"])
                yield Stored(restored(document, of_document), verdicts, document["checked_with"])

    def _rows(self, table: str, order: str, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
        """The rows of some documents, by document."""
        names = [column.name for column in schema.tables()[table].columns]
        found = self._all(
            f"SELECT {', '.join(names)} FROM {table} "  # noqa: S608  # our own names
            f"WHERE document_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY document_id, {order}",
            ids,
        )
        rows = [dict(zip(names, row, strict=True)) for row in found]
        return {id_: list(group) for id_, group in groupby(rows, key=itemgetter("document_id"))}

    def find_report(self, text: str) -> list[Found]:
        """The reports that a person means by `text`: see `holdings.find_reports`."""
        with _reported(self.path):
            return find_reports(self._connection, text)

    def status(self) -> Holdings:
        """What the database holds, in figures."""
        with _reported(self.path):
            return holdings(self._connection)

    # --- what people decided and saw ----------------------------------------------------------------------------------

    def findings(self, beginning: str) -> list[Stated]:
        """The findings whose id begins so, each with those that follow from it behind it."""
        with _reported(self.path):
            return decisions.stated(self._connection, beginning)

    def dismiss(self, findings: Iterable[Stated], reason: str) -> None:
        """Keep that these findings are dismissed, and why, as long as their figures stay what they are."""
        with self._writing():
            decisions.dismiss(self._connection, findings, reason, now())

    def undo(self, dismissed: Iterable[Dismissal]) -> None:
        """Take dismissals back."""
        with self._writing():
            for one in dismissed:
                decisions.forget(self._connection, one)

    def dismissals(self, beginning: str = "") -> list[Dismissal]:
        """What was dismissed, the oldest first; with `beginning` only findings whose id begins so."""
        with _reported(self.path):
            return decisions.dismissals(self._connection, beginning)

    def dismissed(self) -> Remembered:
        """The findings that were dismissed, with the reasons."""
        return decisions.dismissed(self._connection)

    def shown(self) -> Remembered:
        """The findings that were shown before."""
        return decisions.shown(self._connection)

    def keep_shown(self, findings: Iterable[tuple[str, str, str]]) -> None:
        """Keep that these findings (id, document, path) were shown."""
        with self._writing():
            decisions.keep_shown(self._connection, findings, now())

    # --- the same thing over the years --------------------------------------------------------------------------------

    def series_are_stale(self, version: str) -> bool:
        """Whether series have to be made anew: reports or decisions changed, or another `version` made them."""
        with _reported(self.path):
            return series.is_stale(self._connection, version)

    def make_series(self, version: str, folded: Callable[[str, str], str], joined: series.Joined) -> None:
        """Make the series of funds and indicators anew; `folded` gives the key of a name of a kind, `joined` as in
        `series.make`.
        """
        with self._writing():
            for kind, names in series.new_names(self._connection, version).items():
                series.keep_names(self._connection, kind, {name: folded(kind, name) for name in names})
            series.make(self._connection, version, joined)

    def leftovers(self, kind: str) -> list[series.Leftover]:
        """Series of a kind that do not go through all years of their fund or body: see `series.leftovers`."""
        with _reported(self.path):
            return list(series.leftovers(self._connection, kind))

    def name_keys(self, kind: str) -> dict[str, str]:
        """What the names of a kind are folded to."""
        with _reported(self.path):
            return series.keys(self._connection, kind)

    def refused_links(self) -> frozenset[tuple[str, str]]:
        """The pairs of own keys that people have said are not the same thing."""
        with _reported(self.path):
            return series.refused(self._connection)

    def keep_links(self, found: Sequence[series.Link]) -> None:
        """Put what was found, and what people have decided, in the place of all links."""
        with self._writing():
            series.keep_links(self._connection, found)

    def links(self) -> list[series.KeptLink]:
        """All links, the surest first."""
        with _reported(self.path):
            return series.links(self._connection)

    def series_names(self, beginning: str) -> list[series.SeriesName]:
        """The series whose key begins so."""
        with _reported(self.path):
            return series.named(self._connection, beginning)

    def series_with(self, words: Sequence[str]) -> list[histories.Found]:
        """The series in whose names one of these words stands: see `histories.found`."""
        with _reported(self.path):
            return histories.found(self._connection, words)

    def years_of(self, found: Sequence[histories.Found]) -> dict[str, list[histories.Year]]:
        """The years of each of these series, by key."""
        with _reported(self.path):
            return histories.years(self._connection, found)

    def decide_link(self, link: series.KeptLink, decision: str, reason: str | None) -> None:
        """Keep what a person says of a link: 'confirmed', 'refused' or 'set'."""
        with self._writing():
            series.decide(self._connection, link, decision, reason, now())

    def undecide_link(self, link_id: str) -> None:
        """Forget what a person has said of a link."""
        with self._writing():
            series.undecide(self._connection, link_id)

    # --- the whole of it ----------------------------------------------------------------------------------------------

    def search(
        self, words: Sequence[str], most: int, year: int | None, region: str | None
    ) -> tuple[int, list[search.Hit]]:
        """How many passages hold one of the words, and the best of them: see `search.hits`."""
        with _reported(self.path):
            return search.hits(self._connection, words, most, year, region)

    @staticmethod
    def sheets() -> tuple[str, ...]:
        """The tables of a workbook."""
        return exports.SHEETS

    def sheet(self, table: str) -> tuple[tuple[str, ...], Iterator[list[tuple[Any, ...]]]]:
        """The columns of a table and its rows, some thousand at a time."""
        with _reported(self.path):
            return exports.sheet(self._connection, table)

    def export_folders(self, folder: Path, form: str) -> None:
        """Write all tables into a new folder, each into one of its own, parted by year. Raises OSError."""
        with _reported(self.path):
            exports.years(self._connection)
            for table in exports.tables():
                (folder / table).mkdir(parents=True)
                exports.write_folder(self._connection, table, folder / table, form)

    # --- queries of users ---------------------------------------------------------------------------------------------

    def query(self, sql: str, values: Mapping[str, Any] | None = None) -> QueryResult:
        """The rows of a user's query, which can neither write nor reach other files; `values` are its parameters
        (`$name`). Raises `UsageError`.
        """
        statement = self._one_reading(sql)
        self._close_in()
        with _understood(self.path):
            return self._result(statement, values)

    def statements(self, sql: str) -> list[str]:
        """The statements of a text, one by one. Raises `UsageError` where it cannot be understood or holds none."""
        with _understood(self.path):
            found = [str(one.query).strip().rstrip(";") for one in self._connection.extract_statements(sql)]
        if not found:
            raise UsageError(Message.of("Give one query: this has {count}.", count=0))
        return found

    def tables(self) -> QueryResult:
        """Tables and views: name, what a row is."""
        with _reported(self.path):
            return self._result(
                "SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal"
                " UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY name"
            )

    def columns(self, table: str | None) -> QueryResult:
        """The columns of a table or view, of all without a name: table, name, type, what it holds."""
        with _reported(self.path):
            return self._result(
                "SELECT table_name AS table, column_name AS name, data_type AS type, comment FROM duckdb_columns()"
                " WHERE NOT internal AND ($table IS NULL OR table_name = $table) ORDER BY table_name, column_index",
                {"table": table},
            )

    def columns_of(self, sql: str, name: str) -> tuple[str, ...]:
        """The columns that the query of a check gives; `name` is its file. Raises `UsageError`."""
        return self._asked(sql, name).columns

    def rows_of(self, sql: str, name: str) -> Iterator[dict[str, Any]]:
        """The rows that the query of a check gives; `name` is its file. Raises `UsageError`."""
        result = self._asked(sql, name)
        return (dict(zip(result.columns, row, strict=True)) for row in result.rows)

    def _asked(self, sql: str, name: str) -> QueryResult:
        """What the query of a check gives, which can neither write nor reach other files."""
        with _of_check(name):
            statements = self._connection.extract_statements(sql)
            if len(statements) != 1:
                raise UsageError(
                    Message.of("{name}: give one query, this has {count}.", name=name, count=len(statements))
                )
            kind = statements[0].type.name
            if kind != "SELECT":
                raise UsageError(Message.of("{name}: a check only reads, {kind} is not allowed.", name=name, kind=kind))
            self._close_in()
            return self._result(str(statements[0].query).strip().rstrip(";"))

    def _result(self, statement: str, values: Mapping[str, Any] | None = None) -> QueryResult:
        """The rows of a statement in a transaction that cannot write: a SELECT may hold an INSERT since DuckDB 2."""
        self._connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            result = (
                self._connection.execute(statement, dict(values)) if values else self._connection.execute(statement)
            )
            description = result.description or []
            return QueryResult(
                tuple(str(column[0]) for column in description),
                tuple(str(column[1]) for column in description),
                result.fetchall(),
            )
        finally:
            self._connection.rollback()

    def query_to_parquet(self, sql: str, output: Path, values: Mapping[str, Any] | None = None) -> None:
        """Write the rows of a user's query to a Parquet file, each column with its exact type. Raises `UsageError`."""
        statement = self._one_reading(sql)
        target = str(output.absolute())
        self._close_in(target)
        with _understood(self.path):
            self._result(f"COPY (\n{statement}\n) TO {_literal(target)} (FORMAT parquet, USE_TMP_FILE false)", values)

    def _one_reading(self, sql: str) -> str:
        """The one statement in `sql`, which only reads. Raises `UsageError`."""
        with _understood(self.path):
            statements = self._connection.extract_statements(sql)
        if len(statements) != 1:
            raise UsageError(Message.of("Give one query: this has {count}.", count=len(statements)))
        kind = statements[0].type.name
        if kind not in _READING:
            raise UsageError(Message.of("Queries only read here: {kind} is not allowed.", kind=kind))
        return str(statements[0].query).strip().rstrip(";")

    def _close_in(self, *outputs: str) -> None:
        """Shut the connection off from all files but the database and `outputs`, for good."""
        if self._closed_in:
            return
        self._closed_in = True
        if outputs:
            self._connection.execute(f"SET allowed_paths = [{', '.join(map(_literal, outputs))}]")
        for setting in ("python_enable_replacements", "enable_external_access"):
            self._connection.execute(f"SET {setting} = false")
        self._connection.execute("SET lock_configuration = true")

    # --- DuckDB -------------------------------------------------------------------------------------------------------

    def _run(self, sql: str, *parameters: object) -> None:
        self._connection.execute(sql, parameters)

    def _all(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, parameters).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _reported(self.path), self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.begin()
        try:
            yield
            self._connection.commit()
        except BaseException:
            # Where the transaction is gone already (a full disk), the first error is the one to tell.
            with suppress(duckdb.Error):
                self._connection.rollback()
            raise


@cache
def _insertion(table: str) -> tuple[str, str]:
    """The statement that loads rows given as JSON by column, and the JSON's structure.

    Measured for 300 rows of 16 columns with DuckDB 1.5 and 2: `executemany` 431 and 168 ms, a VALUES list with
    parameters 327 and 28, parameters that are lists 313 and 5, this 7 and 5; the appender, which 1.5 lacks, 4.
    """
    found = schema.tables()[table].columns
    names = ", ".join(column.name for column in found)
    values = ", ".join(f"unnest(j.{column.name})" for column in found)
    structure = json.dumps({column.name: [column.type] for column in found})
    given = "SELECT from_json_strict(unnest(?::VARCHAR[]), ?) AS j"
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM ({given})", structure  # noqa: S608


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


# --- errors -----------------------------------------------------------------------------------------------------------


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C that DuckDB has caught is one again."""
    try:
        yield
    except (RuntimeError, duckdb.InterruptException) as error:
        if "interrupt" not in str(error).lower():
            raise
        raise KeyboardInterrupt from error


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """What fails with the file is a `DatabaseError` of one sentence; a slip of our own stays what it is."""
    try:
        with _interruptible():
            yield
    except (
        duckdb.IOException,
        duckdb.ConnectionException,
        duckdb.FatalException,
        duckdb.SerializationException,
        # Where the disk is full, it is the end of a transaction that fails.
        duckdb.TransactionException,
    ) as error:
        raise DatabaseError(failure(path, str(error))) from error


@contextmanager
def _understood(path: Path) -> Iterator[None]:
    """What fails with a user's query is a `UsageError` of one sentence."""
    try:
        with _interruptible():
            yield
    except duckdb.PermissionException as error:
        raise UsageError(Message.of("Queries may read nothing but the database {name}.", name=path)) from error
    except duckdb.InvalidInputException as error:
        if "read-only" in str(error) or "configuration" in str(error):
            raise UsageError(
                Message.of("Queries only read here: {kind} is not allowed.", kind=first_sentence(str(error)))
            ) from error
        raise UsageError(query_failure(str(error))) from error
    except duckdb.Error as error:
        raise UsageError(query_failure(str(error))) from error


@contextmanager
def _of_check(name: str) -> Iterator[None]:
    """What fails with the query of a user's check is a `UsageError` of one sentence that names its file."""
    try:
        with _interruptible():
            yield
    except duckdb.PermissionException as error:
        raise UsageError(Message.of("{name}: a check may read nothing but the database.", name=name)) from error
    except duckdb.Error as error:
        raise UsageError(
            Message.of("{name}: the query fails: {reason}.", name=name, reason=first_sentence(str(error)))
        ) from error
