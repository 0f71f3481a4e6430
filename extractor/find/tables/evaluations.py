"""Ruled self-evaluation tables (自评表) → their facts: head, fund block, indicator rows, totals, words.

A table is read row by row. What a row is follows from its words: a label of a field, the heads of a block, a total.
Each 项目名称 opens a form of its own, so one table can hold several, and a form can run over several tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.find.tables import words as table_words
from extractor.find.tables.columns import Columns, Grid, fund_columns, indicator_columns, tight
from extractor.find.tables.facts import FormBuilder, TableFacts
from extractor.find.tables.fund_block import FundBlock, add_labelled_sums
from extractor.find.tables.indicator_rows import IndicatorBlock
from extractor.find.tables.titles import Title, title_before
from extractor.messages import Message
from extractor.model import Cell, Document, Table
from extractor.text import Text

__all__ = ["TableFacts", "read_tables"]


def read_tables(document: Document) -> list[TableFacts]:
    """The facts of all ruled tables, one entry a form, in reading order; tables not understood leave a gap."""
    forms: list[FormBuilder] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            _TableReader(document, block, title_before(document, index), forms).read()
    return [facts for form in forms if (facts := form.build()) or facts.gaps]


class _TableReader:
    """Walks over the rows of one table; `forms` are those read so far, the last one may go on in this table."""

    def __init__(self, document: Document, table: Table, title: Title, forms: list[FormBuilder]) -> None:
        self.document = document
        self.table = table
        self.grid: Grid = table.grid()
        self.title = title
        self.forms = forms
        self.form = self._opening_form()
        self.known_rows = 0

    def _opening_form(self) -> FormBuilder:
        """The form that the table begins with: the one before, where this table has no title and no name of its own."""
        if self.forms and self.title.words is None and not self._names_subject():
            before = self.forms[-1]
            has_funds = any(fund_columns(self.grid, row) for row in range(len(self.grid)))
            if not (has_funds and before.funds.funds) and before.total is None:
                return before
        return self._new_form()

    def _names_subject(self) -> bool:
        return any(table_words.field_of(_label(tight(cell))) == "subject" for cell in self.table.cells)

    def _new_form(self) -> FormBuilder:
        form = FormBuilder(self.document, self.title.words, self.title.year)
        if self.title.money_unit:
            form.funds.unit = self.title.money_unit
        for name, value in self.title.fields:
            form.set_field(name, value)
        self.forms.append(form)
        return form

    # --- rows ---

    def read(self) -> None:
        """Read all rows."""
        row = 0
        while row < len(self.grid):
            row = self._row(row)
        if not self.known_rows and self._has_digits():
            quote = self._first_words()
            if quote is not None:
                message = Message.of("This table was seen and its heads are not known.")
                self.form.gap("unread_table", message, quote)

    def _row(self, row: int) -> int:
        """Read the row or the block that begins with it; the next row."""
        blocks = indicator_columns(self.grid, row)
        if blocks:
            self.known_rows += 1
            return max(self._indicators(columns) for columns in blocks)
        columns = fund_columns(self.grid, row)
        if columns is not None and not self._is_list(row):
            self.known_rows += 1
            for cell in self._own(row):
                self.form.funds.set_unit(tight(cell))
            return FundBlock(self.form, self.grid, columns).read(self._ends_block)
        if add_labelled_sums(self.form, self._cells(row)) or self._fields(row) or self._total(row):
            self.known_rows += 1
        else:
            self.known_rows += any(table_words.block_of(tight(cell)) is not None for cell in self._own(row))
            self._words(row)
        return row + 1

    def _indicators(self, columns: Columns) -> int:
        """Read a block; where its heads are those of the block before, printed again, the levels go on."""
        before, levels = self.form.levels_left
        block = IndicatorBlock(self.form, self.grid, columns, levels if before == columns.at else {})
        end = block.read(self._ends_block)
        self.form.levels_left = (columns.at, block.levels)
        return end

    def _is_list(self, row: int) -> bool:
        """A list of projects with their sums: its heads name the project and the sums, and no row is a form."""
        return any(table_words.field_of(tight(cell)) == "subject" for cell in self._own(row))

    def _ends_block(self, row: int) -> bool:
        """Whether a row begins another part of the form, so that the block before it is at its end."""
        words = [tight(cell) for cell in self._own(row)]
        if not words:
            return False
        if any(table_words.field_of(_label(word)) for word in words[:1]):
            return True
        block = table_words.block_of(words[0])
        # What stands beside the block begins anew overleaf.
        if block in ("goals", "remarks", "management") or (block == "indicators" and len(words) == 1):
            return True
        return bool(indicator_columns(self.grid, row)) or (
            fund_columns(self.grid, row) is not None and len(words) > 1 and not self._is_list(row)
        )

    def _own(self, row: int) -> list[Cell]:
        """The cells with words that begin in this row."""
        return [cell for cell in self._cells(row) if cell.row == row and tight(cell)]

    def _cells(self, row: int) -> list[Cell]:
        """The different cells of a row from left to right, those that reach in from above too."""
        return list(distinct(self.grid[row]))

    # --- fields, totals, words ---

    def _fields(self, row: int) -> bool:
        """Labels of the head with the value in the next cell, or behind a colon in the same."""
        cells = self._cells(row)
        found = False
        for number, cell in enumerate(cells):
            label, value = _split_label(cell.text.tight())
            name = table_words.field_of(label)
            if name is None:
                continue
            if value is None:
                following = cells[number + 1] if number + 1 < len(cells) else None
                if following is None or _is_label(tight(following)):
                    found = True
                    continue
                value = following.text.tight()
            self._set_field(name, value, cell)
            found = True
        return found

    def _set_field(self, name: str, value: Text, label: Cell) -> None:
        if name == "subject" and (self.form.indicators or self.form.funds.funds) and "subject" in self.form.fields:
            self.form = self._new_form()
        self.form.place(label.text)
        self.form.funds.set_unit(tight(label) + value.string if "单位" in tight(label) else "")
        self.form.set_field(name, value)

    def _total(self, row: int) -> bool:
        """A total outside of the indicator block's columns: its last number is the score."""
        cells = self._own(row)
        if len(cells) < 2 or not table_words.is_total_row(_label(tight(cells[0]))):
            return False
        numbers = [cell.text.tight() for cell in cells[1:] if any(c.isdigit() for c in tight(cell))]
        for cell in cells[1:]:
            self.form.set_grade(cell.text.tight())
        if not numbers or len(numbers) > 2:
            return False
        self.form.add_total(cells[0].text.tight(), numbers[0] if len(numbers) == 2 else None, numbers[-1])
        return True

    def _words(self, row: int) -> None:
        """A row of words: a title, labels of a block, aims and conclusions."""
        own = self._own(row)
        if len(own) == 1 and row < 4 and self._title_row(own[0]):
            return
        for cell in own:
            text = cell.text.tight()
            if table_words.block_of(text.string) == "funds" or "单位:" in text.string:
                self.form.funds.set_unit(text.string)
            if not _is_label(text.string):
                box = cell.box
                span = text.span()
                self.form.add_words(text, ((span.start, span.end, cell.page, box),))

    def _title_row(self, cell: Cell) -> bool:
        words = tight(cell)
        if len(words) > 60:
            return False
        year = table_words.year(words)
        titled = table_words.is_title(words)
        if titled and self.form.title is None:
            self.form.title = words
        if year is not None and self.form.year is None and (titled or len(words) <= 12):
            self.form.year = year
        self.form.funds.set_unit(words)
        return titled or (year is not None and len(words) <= 12)

    def _has_digits(self) -> bool:
        return any(any(c.isdigit() for c in cell.text.string) for cell in self.table.cells)

    def _first_words(self) -> Text | None:
        return next((cell.text.tight() for cell in self.table.cells if tight(cell)), None)


def distinct(cells: Sequence[Cell | None]) -> Iterator[Cell]:
    """The cells of a grid row, a merged one once."""
    last: Cell | None = None
    for cell in cells:
        if cell is not None and cell is not last:
            yield cell
        last = cell


def _label(words: str) -> str:
    return words.rstrip(":")


def _split_label(text: Text) -> tuple[str, Text | None]:
    """`项目名称:道路工程` → label and value; a cell without a value behind its colon is a label alone."""
    at = text.string.find(":")
    if at < 0 or at > 20:
        return text.string, None
    value = text.slice(at + 1, len(text)).strip()
    return text.string[:at], value if value.string else None


def _is_label(words: str) -> bool:
    label = _label(words)
    return (
        table_words.field_of(label) is not None
        or table_words.block_of(label) is not None
        or table_words.head_of(label, "fund") is not None
    )
