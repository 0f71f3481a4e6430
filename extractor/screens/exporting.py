"""`export`: everything into one workbook, or into folders of csv or parquet, parted by fiscal year."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens import rows
from extractor.screens.console import Screen
from extractor.store.database import Database

FORMATS = ("xlsx", "csv", "parquet")
#: Rows of a sheet beside its head, as Excel bounds them.
_SHEET_ROWS = 1_048_575


def run(screen: Screen, db: Path, target: Path, form: str | None) -> None:
    """Write the whole database. Raises `UsageError` where the format or the target cannot be worked with."""
    form = _form(form, target)
    with Database.open(db, read_only=True) as database:
        if target.resolve() == db.resolve():
            raise UsageError(Message.of("{name} is the database itself: name another file.", name=target))
        part = target.with_name(f".{target.name}.part")
        try:
            _check(target, form)
            _remove(part)
            if form == "xlsx":
                # The library leaves files behind where the place cannot be written to: that shows here.
                part.touch()
                cut = _workbook(database, part)
            else:
                cut = 0
                database.export_folders(part, form)
            os.replace(part, target)  # noqa: PTH105  # Path.replace does not replace an empty folder on Windows
        except OSError as error:
            _remove(part)
            raise UsageError(
                Message.of("{name} cannot be written: {reason}.", name=target, reason=error.strerror or error)
            ) from error
        except BaseException:
            _remove(part)
            raise
    if cut:
        screen.complaints.print(
            screen.say("{count} texts are longer than a cell may be and were cut there: csv has them whole.", count=cut)
        )
    screen.err.print(screen.text(screen.say("Written to {name}.", name=target)))


def _form(form: str | None, target: Path) -> str:
    suffix = target.suffix.lower().removeprefix(".")
    form = form or ("xlsx" if suffix == "xlsx" else suffix if suffix in FORMATS else None)
    if form is None:
        raise UsageError(
            Message.of("Say what {name} is to be: end it in .xlsx, or add --format csv or parquet.", name=target)
        )
    if form not in FORMATS:
        raise UsageError(
            Message.of("There is no format {name}: choose one of {names}.", name=form, names=", ".join(FORMATS))
        )
    return form


def _check(target: Path, form: str) -> None:
    """A file is replaced; a folder with anything in it is somebody's."""
    if form == "xlsx":
        if target.is_dir():
            raise UsageError(Message.of("{name} is a folder: name a file that ends in .xlsx.", name=target))
    elif target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(Message.of("{name} is there already: name a new folder.", name=target))
    elif target.is_dir():
        target.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _workbook(database: Database, path: Path) -> int:
    """One sheet a table, row by row; the number of texts that were cut."""
    import xlsxwriter

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    cut = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        for table in database.sheets():
            columns, batches = database.sheet(table)
            for name, part in _sheets(table, batches):
                cut += rows.write_sheet(book, name, rows.Rows(columns, part))
    return cut


def _sheets(table: str, batches: Iterator[list[tuple[Any, ...]]]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Rows in parts that a sheet can hold; the first part also where there are none."""
    held: list[tuple[Any, ...]] = []
    number = 1
    for batch in batches:
        held += batch
        while len(held) > _SHEET_ROWS:
            yield _numbered(table, number), held[:_SHEET_ROWS]
            held, number = held[_SHEET_ROWS:], number + 1
    yield _numbered(table, number), held


def _numbered(table: str, number: int) -> str:
    return table if number == 1 else f"{table} {number}"
