"""One raw page → its text with a box for each character, and its lines and tables in reading order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from extractor.model import Box, Page
from extractor.read.beside import lines_over_right_tables, order_of
from extractor.read.cells import CellText, filled_cells, has_text
from extractor.read.columns import in_columns
from extractor.read.glyphs import Glyph, RawPage
from extractor.read.lines import PrintedLine, first_word_width, runs_of
from extractor.read.rulings import RuledTable, ruled_tables
from extractor.text import Text

_char, _box = itemgetter(0), itemgetter(1, 2, 3, 4)


@dataclass(slots=True)
class PlacedLine:
    """A printed line of prose with its place in the source text."""

    text: Text
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    #: The width of its first word: what would not fit at the end of the line before.
    first_word: float
    #: The column of a page set in columns, from the left; 0 where there is one only.
    column: int = 0

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class PlacedCell:
    """A cell with its text's place in the source; `printed` keeps what tells whether it goes on overleaf."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: Text
    printed: CellText


@dataclass(slots=True)
class PlacedTable:
    """A table as it stands on one page."""

    page: int
    cells: list[PlacedCell]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def top(self) -> float:
        """Its upper border."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Its lower border."""
        return self.ys[-1]


Item = PlacedLine | PlacedTable


@dataclass(slots=True)
class PlacedPage:
    """A page with what stands on it, in reading order."""

    page: Page
    items: list[Item]


class _Writer:
    """Collects the page's text and boxes; every piece is told where it came to stand."""

    def __init__(self, offset: int, folding: Mapping[int, str]) -> None:
        self.parts: list[str] = []
        self.boxes = array("d")
        self.length, self.offset, self.folding = 0, offset, folding

    def write(self, glyphs: Sequence[Glyph], breaks: Sequence[int] = ()) -> Text:
        """Add characters; the text returned has line ends at `breaks`, where the page's text has blanks."""
        string = "".join(map(_char, glyphs))
        start = self.offset + self.length
        self._add(string, glyphs)
        if breaks:
            characters = list(string)
            for at in breaks:
                characters[at] = "\n"
            string = "".join(characters)
        return Text.of(string, start).fold(self.folding)

    def _add(self, string: str, glyphs: Sequence[Glyph]) -> None:
        self.parts.append(string)
        self.length += len(string)
        self.boxes.extend(chain.from_iterable(map(_box, glyphs)))

    def end(self, mark: str) -> None:
        """Add the mark between cells or lines, which has no box."""
        self.parts.append(mark)
        self.length += 1
        self.boxes.extend((0.0, 0.0, 0.0, 0.0))

    def unend(self) -> None:
        """Take the last mark back."""
        if self.parts and self.parts[-1] in ("\n", "\t"):
            self.parts.pop()
            self.length -= 1
            del self.boxes[-4:]


def placed_page(raw: RawPage, offset: int, folding: Mapping[int, str], before: PlacedTable | None = None) -> PlacedPage:
    """The page's text from `offset` of the source on. `before` is the table that ends the page before, if one does."""
    tables, lines = _parted(raw, before)
    writer = _Writer(offset, folding)
    items: list[Item] = []
    found: list[_Ruled | _Prose] = [*tables, *lines]
    for item in sorted(found, key=_reading_order):
        if isinstance(item, tuple):
            items.append(_write_table(raw.number, item[0], item[1], writer))
        else:
            line, column = item.line, item.column
            text = writer.write(line.glyphs)
            writer.end("\n")
            first = first_word_width(line.glyphs)
            items.append(PlacedLine(text, raw.number, line.x0, line.top, line.x1, line.bottom, first, column))
    writer.unend()
    page = Page(raw.number, "".join(writer.parts), raw.width, raw.height, writer.boxes)
    return PlacedPage(page, items)


@dataclass(slots=True)
class _Prose:
    """A line with the place in the reading order that its column gives it."""

    line: PrintedLine
    column: int
    order: tuple[float, float]


_Ruled = tuple[RuledTable, list[CellText]]


def _reading_order(item: _Ruled | _Prose) -> tuple[float, float]:
    if isinstance(item, tuple):
        return order_of(item[0].area)
    return item.order


def _parted(raw: RawPage, before: PlacedTable | None) -> tuple[list[_Ruled], list[_Prose]]:
    """What stands in tables and what stands outside of them."""
    runs = runs_of(raw.glyphs)
    tables: list[_Ruled] = []
    if len(raw.verticals) > 1 and (raw.horizontals or before is not None):
        for ruled in ruled_tables(raw.horizontals, raw.verticals):
            table, texts, rest = filled_cells(ruled, runs, _known_edges(ruled, before))
            if _is_table(table, texts, before):
                tables.append((table, texts))
                runs = rest
    titles, runs = lines_over_right_tables(runs, [table.area for table, _ in tables])
    lines = [_Prose(line, 0, order) for order, line in titles]
    lines += [
        _Prose(line, column, order if order is not None else (line.top, line.x0))
        for zone in in_columns(runs)
        for column, order, line in zone
    ]
    return tables, lines


def _known_edges(table: RuledTable, before: PlacedTable | None) -> Sequence[float]:
    """The column edges of the last row of the page before, where the table there is as wide."""
    if before is None or abs(table.xs[-1] - table.xs[0] - before.xs[-1] + before.xs[0]) > 4:
        return ()
    last = (cell for cell in before.cells if cell.row + cell.row_span == len(before.ys) - 1)
    edges = {at for cell in last for at in (cell.column, cell.column + cell.column_span)}
    return sorted(before.xs[at] + table.xs[0] - before.xs[0] for at in edges)


def _is_table(table: RuledTable, texts: Sequence[CellText], before: PlacedTable | None) -> bool:
    """A frame around running text is none, unless it ends the table of the page before."""
    if has_text(texts) == 0:
        return False
    if before is not None and abs(table.xs[0] - before.xs[0]) < 4 and abs(table.xs[-1] - before.xs[-1]) < 4:
        return True
    return len(table.xs) > 2 and len(table.cells) > 1 and has_text(texts) > 1


def _write_table(page: int, table: RuledTable, texts: Iterable[CellText], writer: _Writer) -> PlacedTable:
    """Row by row; a cell that covers several rows stands in the first of them."""
    cells: list[PlacedCell] = []
    row = 0
    for text in texts:
        cell = text.cell
        if cell.row != row:
            writer.unend()
            writer.end("\n")
            row = cell.row
        written = writer.write(text.glyphs, text.breaks)
        writer.end("\t")
        cells.append(PlacedCell(cell.row, cell.column, cell.row_span, cell.column_span, written, text))
    writer.unend()
    writer.end("\n")
    return PlacedTable(page, cells, table.xs, table.ys)
