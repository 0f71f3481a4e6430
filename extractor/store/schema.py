"""schema.sql and views.sql as data: tables, columns with their types and comments, views."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: The version of schema.sql: the number of the last file in migrations/, 1 without any.
VERSION = 3

_SHARED = re.compile(r"^-- @(\w+): (.+)$", re.MULTILINE)
_TABLE = re.compile(r"((?:^--[^\n]*\n)*)^CREATE TABLE (\w+) \(\n(.*?)^\);$", re.MULTILINE | re.DOTALL)
_COLUMN = re.compile(
    r"^ +(?P<name>\w+) (?P<type>[A-Z]+(?:\([^)]*\))?(?:\[\])?)(?P<rest>[^\n]*?),?\s*(?:-- (?P<comment>.*))?$",
    re.MULTILINE,
)
_VIEW = re.compile(r'((?:^--[^\n]*\n)*)^CREATE VIEW "?(\w+)"? AS\n(.*?);$', re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its SQL type, whether it may be NULL, and what it holds."""

    name: str
    type: str
    nullable: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what one row of it is."""

    name: str
    comment: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A view and what it shows."""

    name: str
    comment: str
    sql: str


def text(name: str) -> str:
    """A file of this package."""
    return files(__package__).joinpath(name).read_text("utf-8")


@cache
def tables() -> dict[str, Table]:
    """The tables of schema.sql by name, in its order."""
    source = text("schema.sql")
    shared = dict(_SHARED.findall(source))
    return {
        name: Table(name, _comment(comment), tuple(_columns(body, shared)))
        for comment, name, body in _TABLE.findall(source)
    }


@cache
def views() -> dict[str, View]:
    """The views of views.sql by name, in its order."""
    return {name: View(name, _comment(comment), sql) for comment, name, sql in _VIEW.findall(text("views.sql"))}


def _columns(body: str, shared: dict[str, str]) -> list[Column]:
    return [
        Column(
            match["name"],
            match["type"],
            "NOT NULL" not in match["rest"],
            (match["comment"] or shared.get(match["name"], "")).strip(),
        )
        for match in _COLUMN.finditer(body)
    ]


def _comment(lines: str) -> str:
    return " ".join(line.removeprefix("--").strip() for line in lines.splitlines())


def comments() -> list[str]:
    """Statements that put the comments into the database, for whoever looks there."""
    statements = []
    for table in tables().values():
        statements.append(f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment)}")
        statements.extend(
            f"COMMENT ON COLUMN {table.name}.{column.name} IS {_quoted(column.comment)}"
            for column in table.columns
            if column.comment
        )
    statements.extend(f'COMMENT ON VIEW "{view.name}" IS {_quoted(view.comment)}' for view in views().values())
    return statements


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
