"""Whole tables out of the database: rows for a workbook, and folders of csv or parquet parted by fiscal year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.store import schema
from extractor.store.migration import Connection

#: Tables that people work with, in the order in which they ask: those of a workbook.
SHEETS = (
    "documents", "evaluations", "doc_numbers", "amounts", "rates", "funds", "indicators", "weights", "findings", "gaps",
    "links",
)  # fmt: skip
#: What is whole in folders: the texts and all comparisons as well.
FOLDERS = (*SHEETS, "verdicts", "pages", "passages", "series", "files")
_ROWS = 2000
#: What a spreadsheet would take for a formula, and the numbers that begin so too.
_FORMULA, _SIGNED = r"^[=+\-@\t\r]", r"^[+-][\d.,]+[%‰]?$"


def sheet(connection: Connection, table: str) -> tuple[tuple[str, ...], Iterator[list[tuple[Any, ...]]]]:
    """The columns of a table, and its rows a few thousand at a time, by document."""
    order = "document_id, seq" if table not in ("documents", "links") else "ALL"
    result = connection.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608  # our own names
    columns = tuple(str(column[0]) for column in result.description)

    def batches() -> Iterator[list[tuple[Any, ...]]]:
        while found := result.fetchmany(_ROWS):
            yield found

    return columns, batches()


def years(connection: Connection) -> None:
    """The year of each evaluation, and of each document: that of its first evaluation that has one."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE export_years AS SELECT document_id, arg_min(fiscal_year, seq) AS fiscal_year"
        " FROM evaluations WHERE fiscal_year IS NOT NULL GROUP BY document_id"
    )


def write_folder(connection: Connection, table: str, folder: Path, form: str) -> None:
    """Write a table into `folder`/fiscal_year=…/; rows of no known year go into fiscal_year=unknown."""
    columns = _columns(connection, table)
    chosen = ", ".join(_exported(name, type_, form) for name, type_ in columns)
    names = {name for name, _ in columns}
    source, year = f"{table} t", "NULL"
    if "fiscal_year" in names:
        year = "t.fiscal_year"
    elif "evaluation_id" in names:
        source += " LEFT JOIN evaluations e ON e.evaluation_id = t.evaluation_id"
        source += " LEFT JOIN export_years y ON y.document_id = t.document_id"
        year = "coalesce(e.fiscal_year, y.fiscal_year)"
    elif "document_id" in names:
        source += " LEFT JOIN export_years y ON y.document_id = t.document_id"
        year = "y.fiscal_year"
    elif "to_year" in names:
        year = "t.to_year"
    target = str(folder).replace("'", "''")
    options = "FORMAT csv, HEADER" if form == "csv" else "FORMAT parquet, COMPRESSION zstd"
    connection.execute(
        f"COPY (SELECT {chosen}, coalesce(CAST({year} AS VARCHAR), 'unknown') AS partition_year FROM {source})"  # noqa: S608
        f" TO '{target}' ({options}, PARTITION_BY (partition_year), FILENAME_PATTERN 'data_{{i}}')"
    )
    for found in folder.glob("partition_year=*"):
        found.rename(folder / f"fiscal_year={found.name.partition('=')[2]}")


def _columns(connection: Connection, table: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table]
    ).fetchall()
    return found


def _exported(name: str, type_: str, form: str) -> str:
    """A column as it is written: in csv decimals without zeros that nobody printed, and no text that is a formula."""
    column = f't."{name}"'
    if form != "csv":
        return column
    if type_.startswith("DECIMAL") and type_.endswith(",10)"):
        return f"rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.') AS \"{name}\""
    if type_ == "VARCHAR":
        return (
            f"CASE WHEN regexp_matches({column}, '{_FORMULA}') AND NOT regexp_matches({column}, '{_SIGNED}')"
            f" THEN '''' || {column} ELSE {column} END AS \"{name}\""
        )
    return column


def tables() -> tuple[str, ...]:
    """The tables of folders that this version has."""
    known = {*schema.tables(), *schema.views()}
    return tuple(table for table in FOLDERS if table in known)
