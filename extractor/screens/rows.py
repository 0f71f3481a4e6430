"""Rows of a query → people: a table on the terminal, csv, json, xlsx. Numbers stay exact in all of them."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens.console import Screen, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ("table", "csv", "json", "parquet", "xlsx")
#: Spreadsheets keep numbers as binary floats: beyond 15 significant digits a figure is written as text.
_EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Rows:
    """The result of a query."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def plain(value: object) -> str:
    """A value as people write it: decimals without trailing zeros, NULL as nothing."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return json_text(value)
    return str(value)


def decimal_text(value: Decimal) -> str:
    """All digits of a decimal, without exponent and without trailing zeros behind the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def json_text(value: object, indent: int | None = None) -> str:
    """JSON with exact decimals."""
    import simplejson

    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False, indent=indent, default=str)


def write(screen: Screen, result: Rows, form: str, output: Path | None) -> None:
    """Write the rows in the asked form, to `output` or to standard output."""
    if form == "table" and output is None:
        _table(screen, result)
    elif form == "xlsx":
        xlsx(result, _needed(output, form))
    else:
        writer = {"csv": _csv, "json": _json, "table": _text_table}[form]
        with _stream(output) as stream:
            writer(result, stream)


def _needed(output: Path | None, form: str) -> Path:
    if output is None:
        raise UsageError(Message.of("The format {format} needs a file: add --output FILE.", format=form))
    return output


@contextmanager
def _stream(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    # Spreadsheet programs recognise UTF-8 in a csv only by its mark.
    encoding = "utf-8-sig" if output.suffix.lower() == ".csv" else "utf-8"
    with output.open("w", encoding=encoding, newline="") as stream:
        yield stream


def _table(screen: Screen, result: Rows) -> None:
    from rich.table import Table

    table = Table(box=None if not screen.out.is_terminal else _box(), header_style="bold", pad_edge=False)
    numeric = [_is_numeric(result.rows, i) for i in range(len(result.columns))]
    for name, right in zip(result.columns, numeric, strict=True):
        table.add_column(safe(name), justify="right" if right else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(screen.text(plain(value)) for value in row))
    screen.out.print(table)
    screen.err.print(screen.say("{count} rows", count=len(result.rows)))


def _box() -> Any:
    from rich import box

    return box.SIMPLE_HEAD


def _is_numeric(rows: Sequence[Sequence[Any]], column: int) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(isinstance(value, (int, Decimal)) and not isinstance(value, bool) for value in values)


def _text_table(result: Rows, stream: TextIO) -> None:
    from rich.console import Console

    _table(_FileScreen(stream, Console), result)


class _FileScreen(Screen):
    """A screen whose output is a file, wide enough for every column."""

    def __init__(self, stream: TextIO, console: Any) -> None:
        super().__init__("en", quiet=True)
        self.__dict__["out"] = console(file=stream, width=400, highlight=False, markup=False, emoji=False)


def _csv(result: Rows, stream: TextIO) -> None:
    writer = csv.writer(stream)
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow([_no_formula(value) for value in row])


def _no_formula(value: object) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    text = plain(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _json(result: Rows, stream: TextIO) -> None:
    stream.write(json_text([dict(zip(result.columns, row, strict=True)) for row in result.rows], indent=1) + "\n")


def xlsx(result: Rows, output: Path, sheet: str = "jixiao") -> None:
    """One sheet with a frozen, filtered header; text is text, never a formula."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        write_sheet(book, sheet, result)
    output.write_bytes(buffer.getvalue())


def write_sheet(book: Any, name: str, result: Rows) -> None:
    """Add a sheet with these rows to a workbook."""
    page = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, result.columns, head)
    for at, row in enumerate(result.rows, 1):
        for column, value in enumerate(row):
            _write_cell(page, at, column, value, dates)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(result.rows)), max(0, len(result.columns) - 1))
    for column, name_ in enumerate(result.columns):
        longest = max([len(name_), *(len(plain(row[column])) for row in result.rows[:200])])
        page.set_column(column, column, min(60, 2 + longest * 1.5))


def _write_cell(page: Any, row: int, column: int, value: object, dates: Any) -> None:
    if value is None:
        return
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        digits = len(decimal_text(Decimal(value)).replace(".", "").lstrip("-0"))
        if digits <= _EXACT_DIGITS:
            page.write_number(row, column, value)
            return
    if isinstance(value, datetime | date | time):
        page.write_datetime(row, column, value, dates)
        return
    page.write_string(row, column, plain(value))
