"""Rows of a query → people: a table on the terminal, csv, json, xlsx. Numbers stay exact in all of them."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens.console import Screen, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ("table", "csv", "json", "parquet", "xlsx", "markdown")
_SUFFIXES = {"md": "markdown"}
#: A text column of a table on the terminal is not made narrower than this.
_NARROWEST = 12
#: The width of a console whose lines are never folded.
_ENDLESS = 100_000
#: What a formula begins with, and the numbers that begin so too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SIGNED = re.compile(r"[+-][\d.,]+[%‰]?")
#: Spreadsheets keep numbers as binary floats: beyond 15 significant digits a figure is written as text.
_EXACT_DIGITS = 15
#: Characters that a cell of a spreadsheet may hold.
_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Rows:
    """The result of a query."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    #: For each column the places that its numbers are shown with on the screen; None: as many as they have.
    places: tuple[int | None, ...] = ()

    def shown(self, column: int, value: object) -> str:
        """A value in a cell of a table for people."""
        places = self.places[column] if self.places else None
        if places is not None and isinstance(value, Decimal):
            return f"{value:.{places}f}"
        return one_line(value)


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


def chosen_format(form: str | None, output: Path | None) -> str:
    """The format asked for, else the one that the output's name tells. Raises `UsageError` where there is none such."""
    if form is None:
        suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
        suffix = _SUFFIXES.get(suffix, suffix)
        return suffix if suffix in FORMATS else "table"
    if form not in FORMATS:
        raise UsageError(
            Message.of("There is no format {name}: choose one of {names}.", name=form, names=", ".join(FORMATS))
        )
    if form in ("parquet", "xlsx") and output is None:
        raise UsageError(Message.of("The format {format} needs a file: add --output FILE.", format=form))
    return form


def write(screen: Screen, result: Rows, form: str, output: Path | None) -> None:
    """Write the rows in the format (not 'parquet', which the database writes), to `output` or to standard output."""
    if form == "table" and output is None:
        _table(screen, result)
    elif form == "xlsx" and output is not None:
        xlsx(result, output)
    else:
        writer = {"csv": _csv, "json": _json, "table": _text_table, "markdown": _markdown}[form]
        with _stream(output) as stream:
            writer(result, stream)


@contextmanager
def _stream(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    # Spreadsheet programs recognise UTF-8 in a csv only by its mark.
    encoding = "utf-8-sig" if output.suffix.lower() == ".csv" else "utf-8"
    with output.open("w", encoding=encoding, newline="") as stream:
        yield stream


# --- on the terminal --------------------------------------------------------------------------------------------------


def _table(screen: Screen, result: Rows) -> None:
    """A table that fits the terminal; a record a row where its columns would get too narrow; elsewhere lines as long
    as they are, for other programs to read."""
    if not screen.out.is_terminal:
        _text_table(result, sys.stdout)
    elif len(result.rows) * (1 if _fits(result, screen.out.width) else len(result.columns) + 1) > screen.out.height:
        # `less` shows more than a screen page by page, as git does.
        with screen.out.pager(styles=True):
            _to_terminal(screen, result)
    else:
        _to_terminal(screen, result)
    screen.err.print(screen.counted(len(result.rows), "{count} row", "{count} rows"))


def _to_terminal(screen: Screen, result: Rows) -> None:
    if _fits(result, screen.out.width):
        screen.out.print(_grid(result, lines=True))
    else:
        for row in result.rows:
            screen.out.print(_record(result, row))
            screen.out.print()


def _fits(result: Rows, width: int) -> bool:
    """Whether every column gets the width of its name and enough of its values to be read."""
    needed = 0
    for column, name in enumerate(result.columns):
        longest = max((cell_len(result.shown(column, row[column])) for row in result.rows), default=0)
        needed += max(cell_len(name), min(longest, _NARROWEST)) + 2
    return needed <= width + 2


def _grid(result: Rows, lines: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD if lines else None, header_style="bold", pad_edge=False)
    for i, name in enumerate(result.columns):
        table.add_column(safe(name), justify="right" if _is_numeric(result.rows, i) else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(result.shown(column, value)) for column, value in enumerate(row)))
    return table


def _record(result: Rows, row: Sequence[Any]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for column, (name, value) in enumerate(zip(result.columns, row, strict=True)):
        grid.add_row(Text(safe(name)), Text(result.shown(column, value)))
    return grid


def one_line(value: object) -> str:
    """A value in a cell: its line ends are shown as signs."""
    return safe(plain(value).replace("\r\n", "\n").replace("\n", "⏎").replace("\t", " "))


def _is_numeric(rows: Sequence[Sequence[Any]], column: int) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(isinstance(value, (int, Decimal)) and not isinstance(value, bool) for value in values)


def _text_table(result: Rows, stream: TextIO) -> None:
    console = Console(file=stream, width=_ENDLESS, color_system=None, highlight=False, markup=False, emoji=False)
    lines = console.render_lines(_grid(result, lines=False), pad=False)
    stream.writelines("".join(segment.text for segment in line).rstrip() + "\n" for line in lines)


# --- for other programs -----------------------------------------------------------------------------------------------


def _csv(result: Rows, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow([_no_formula(value) for value in row])


def _no_formula(value: object) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; printed numbers (-3.2%) do not."""
    text = plain(value)
    if isinstance(value, str) and text.startswith(_FORMULA) and not _SIGNED.fullmatch(text):
        return f"'{text}"
    return text


def _markdown(result: Rows, stream: TextIO) -> None:
    """A table of Markdown, numbers to the right; what would end a cell or begin markup is escaped."""
    right = [_is_numeric(result.rows, column) for column in range(len(result.columns))]
    stream.write("| " + " | ".join(map(_escaped, result.columns)) + " |\n")
    stream.write("|" + "|".join(" ---: " if numeric else " --- " for numeric in right) + "|\n")
    for row in result.rows:
        cells = (_escaped(result.shown(column, value)) for column, value in enumerate(row))
        stream.write("| " + " | ".join(cells) + " |\n")


_MARKUP = re.compile(r"[\\|*_`<>\[\]~#&]")


def _escaped(words: str) -> str:
    return _MARKUP.sub(lambda match: f"\\{match[0]}", one_line(words))


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


def write_sheet(book: Any, name: str, result: Rows) -> int:
    """Add a sheet with these rows to a workbook; gives the number of texts that are longer than a cell may be."""
    page = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(result.rows)), max(0, len(result.columns) - 1))
    for column, name_ in enumerate(result.columns):
        longest = max([len(name_), *(len(plain(row[column])) for row in result.rows[:200])])
        page.set_column(column, column, min(60, 2 + longest * 1.5))
    page.write_row(0, 0, result.columns, head)
    return sum(
        _write_cell(page, at, column, value, dates)
        for at, row in enumerate(result.rows, 1)
        for column, value in enumerate(row)
    )


def _write_cell(page: Any, row: int, column: int, value: object, dates: Any) -> bool:
    """Write a value; whether it is a text that had to be cut."""
    if value is None:
        return False
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        digits = decimal_text(Decimal(value))
        if len(digits.replace(".", "").lstrip("-0")) <= _EXACT_DIGITS:
            page.write_number(row, column, Decimal(digits))
            return False
    if isinstance(value, datetime | date | time):
        page.write_datetime(row, column, value, dates)
        return False
    text = plain(value)
    page.write_string(row, column, text if len(text) <= _CELL else f"{text[: _CELL - 1]}…")
    return len(text) > _CELL
