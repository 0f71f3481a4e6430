"""`sql`: the rows of a query, in the format that was asked for."""

from __future__ import annotations

from pathlib import Path

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens import rows
from extractor.screens.console import Screen
from extractor.store.database import Database


def run(screen: Screen, query: str, db: Path, form: str | None, output: Path | None) -> None:
    """Write the rows. Raises `UsageError` where query, format or output cannot be worked on."""
    form = rows.chosen_format(form, output)
    if not query.strip():
        raise UsageError(Message.of("There is no query: give one, or write one to standard input."))
    if output is not None and output.resolve() == db.resolve():
        raise UsageError(Message.of("{name} is the database itself: name another file with --output.", name=output))
    try:
        _run(screen, query, db, form, output)
    except OSError as error:
        if output is None or isinstance(error, BrokenPipeError):
            raise
        raise UsageError(
            Message.of("{name} cannot be written: {reason}.", name=output, reason=error.strerror or error)
        ) from error


def _run(screen: Screen, query: str, db: Path, form: str, output: Path | None) -> None:
    with Database.open(db, read_only=True) as database:
        if form == "parquet" and output is not None:
            database.query_to_parquet(query, output)
            return
        result = database.query(query)
    rows.write(screen, rows.Rows(result.columns, result.rows), form, output)
