"""`sql`: the rows of a query, in the format that was asked for; `.tables` and `.schema`; without a query the prompt."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens import rows
from extractor.screens.console import Screen
from extractor.store.database import Database, QueryResult

#: What is a number in `--param name=value`; a leading zero or blank makes it a text ('007', document numbers).
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    form: str | None = None
    output: Path | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


def parameters(given: Sequence[str]) -> dict[str, Any]:
    """`name=value` … as values by name. Raises `UsageError` where one has no name."""
    found = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.isidentifier():
            raise UsageError(Message.of("“{text}” is no parameter: write --param name=value.", text=one))
        number = _NUMBER.fullmatch(value)
        found[name] = (Decimal(value) if "." in value else int(value)) if number else value
    return found


def wanted(query: str | None, file: Path | None) -> str | None:
    """The words of the query: given, of a file, of standard input; None where a prompt is to ask for them.

    Raises `UsageError` where two are given or the file cannot be read.
    """
    if file is not None:
        if query is not None:
            raise UsageError(Message.of("Give a query or a file with --file, not both."))
        try:
            return file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                Message.of(
                    "{name} cannot be read as text: {reason}.",
                    name=file,
                    reason=getattr(error, "strerror", None) or error,
                )
            ) from error
    if query is None and sys.stdin.isatty():
        return None
    return sys.stdin.read() if query in (None, "-") else query


def run(screen: Screen, query: str | None, db: Path, options: Options) -> None:
    """Write the rows. Raises `UsageError` where query, format or output cannot be worked on."""
    form, output = rows.chosen_format(options.form, options.output), options.output
    if query is not None and not query.strip():
        raise UsageError(Message.of("There is no query: give one, or write one to standard input."))
    if output is not None and output.resolve() == db.resolve():
        raise UsageError(Message.of("{name} is the database itself: name another file with --output.", name=output))
    try:
        with Database.open(db, read_only=True) as database:
            if query is None:
                from extractor.screens.prompting import prompt

                prompt(screen, database, form)
            else:
                _run(screen, query, database, form, options)
    except OSError as error:
        if output is None or isinstance(error, BrokenPipeError):
            raise
        raise UsageError(
            Message.of("{name} cannot be written: {reason}.", name=output, reason=error.strerror or error)
        ) from error


def _run(screen: Screen, query: str, database: Database, form: str, options: Options) -> None:
    statements = [query] if query.lstrip().startswith(".") else database.statements(query)
    if len(statements) > 1 and (options.output is not None or form == "json"):
        raise UsageError(
            Message.of("Here are {count} queries: one at a time goes to a file or into json.", count=len(statements))
        )
    for at, statement in enumerate(statements):
        if at:
            screen.out.print()
        if form == "parquet" and options.output is not None:
            database.query_to_parquet(statement, options.output, options.parameters)
        else:
            rows.write(screen, answer(database, statement, options.parameters), form, options.output)


def answer(database: Database, statement: str, values: Mapping[str, Any] | None = None) -> rows.Rows:
    """The rows of a statement, or of `.tables` or `.schema [TABLE]`."""
    if statement.lstrip().startswith("."):
        return _told(_command(database, statement.split()))
    return _told(database.query(statement, values))


def _told(result: QueryResult) -> rows.Rows:
    """The rows, with the places that money and percentages are kept with."""
    places = tuple(2 if type_.endswith(",2)") else None for type_ in result.types)
    return rows.Rows(result.columns, result.rows, places)


def _command(database: Database, words: Sequence[str]) -> QueryResult:
    if words == [".tables"]:
        return database.tables()
    if words[0] == ".schema" and len(words) <= 2:
        found = database.columns(words[1] if len(words) > 1 else None)
        if found.rows:
            return found
        raise UsageError(Message.of("There is no table {name}: .tables lists them.", name=words[-1]))
    raise UsageError(Message.of("There is no command {name}: .tables and .schema are there.", name=words[0]))
