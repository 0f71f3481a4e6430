"""Making the tables, and bringing older ones up to date by the numbered files in migrations/."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Protocol

from extractor.errors import DatabaseError
from extractor.messages import Message
from extractor.store import schema

_NAME = re.compile(r"(\d{4})_\w+\.sql")


class Connection(Protocol):
    """What is needed of a DuckDB connection."""

    def execute(self, query: str, parameters: Any = ..., /) -> Any:
        """Run one or more statements."""


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: the version that it leads to, and its statements."""

    version: int
    sql: str


def steps(folder: Traversable | None = None) -> tuple[Step, ...]:
    """The migrations of a folder (by default our own), in order."""
    folder = folder if folder is not None else files(__package__).joinpath("migrations")
    if not folder.is_dir():
        return ()
    found = [
        Step(int(match[1]), entry.read_text("utf-8"))
        for entry in folder.iterdir()
        if (match := _NAME.fullmatch(entry.name))
    ]
    return tuple(sorted(found, key=lambda step: step.version))


def version_of(connection: Connection, path: Path) -> int:
    """The version of the tables, 0 where there are none yet.

    Raises `DatabaseError` where the tables are none of ours or of a newer version.
    """
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return 0
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall()) if _has_meta(connection) else {}
    if meta.get("program") != "jixiao":
        raise DatabaseError(
            Message.of("{name} is a database of another program: name another file with --db.", name=path)
        )
    version = int(meta["schema_version"])
    if version > schema.VERSION:
        raise DatabaseError(
            Message.of(
                "{name} was made by a newer version of jixiao: update the program, or name another file with --db.",
                name=path,
            )
        )
    return version


def _has_meta(connection: Connection) -> bool:
    columns = connection.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = 'meta'").fetchall()
    return {name for (name,) in columns} == {"name", "value"}


def bring_up(connection: Connection, version: int, migrations: Iterable[Step]) -> None:
    """Tables of `version` become those of schema.sql; from 0 they are made. Call it inside a transaction."""
    views = schema.views()
    if version == 0:
        connection.execute(schema.text("schema.sql"))
        connection.execute("INSERT INTO meta VALUES ('program', 'jixiao'), ('schema_version', '')")
    else:
        for name in reversed(views):
            connection.execute(f'DROP VIEW IF EXISTS "{name}"')
        for step in migrations:
            if step.version > version:
                connection.execute(step.sql)
    connection.execute(schema.text("views.sql"))
    for statement in schema.comments():
        connection.execute(statement)
    connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", [str(schema.VERSION)])
