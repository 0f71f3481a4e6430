"""Raw pages, one after another → a document's pages, blocks and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from extractor.model import Gap, Page, Paragraph, Table
from extractor.read.glyphs import RawPage
from extractor.read.pages import PlacedLine, PlacedPage, PlacedTable, placed_page
from extractor.read.paragraphs import TypeArea, goes_on, joined_paragraph, set_aside, type_areas
from extractor.read.quality import page_gap
from extractor.read.stitch import Stitched, begun, finished, stitch

Block = Paragraph | Table


def assembled(
    raw_pages: Iterable[RawPage], folding: Mapping[int, str]
) -> tuple[tuple[Page, ...], tuple[Block, ...], tuple[Gap, ...]]:
    """Pages, blocks in reading order, and gaps. Only one raw page is held at a time."""
    pages: list[PlacedPage] = []
    gaps: list[Gap] = []
    offset = 0
    open_table: PlacedTable | None = None
    for raw in raw_pages:
        page = placed_page(raw, offset, folding, open_table)
        gap = page_gap(raw, page.page.text)
        if gap is not None:
            gaps.append(gap)
        tables = [item for item in page.items if isinstance(item, PlacedTable)]
        open_table = tables[-1] if tables else None
        pages.append(page)
        offset += len(page.page.text) + 1
    set_aside(pages)
    return tuple(page.page for page in pages), tuple(_Blocks(pages)), tuple(gaps)


class _Blocks:
    """Lines and tables in reading order → paragraphs and tables, each handed over when nothing more can join it."""

    def __init__(self, pages: list[PlacedPage]) -> None:
        self.pages = pages
        self.areas = type_areas(pages)
        self.floors = _floors(pages)
        self.widths = {page.page.number: round(page.page.width) for page in pages}
        self.lines: list[PlacedLine] = []
        self.table: Stitched | None = None

    def __iter__(self) -> Iterator[Block]:
        for page in self.pages:
            for item in page.items:
                yield from self._table(item) if isinstance(item, PlacedTable) else self._line(item)
        yield from self._end()

    def _line(self, line: PlacedLine) -> Iterator[Block]:
        if not (self.lines and goes_on(self.lines[-1], line, self._area(self.lines[-1]), self._area(line))):
            yield from self._end()
        self.lines.append(line)

    def _table(self, table: PlacedTable) -> Iterator[Block]:
        before = self.table
        if before is not None and table.page == before.last.page + 1:
            room = self.floors[before.last.page] - before.last.bottom
            if stitch(before, table, room):
                return
        yield from self._end()
        self.table = begun(table)

    def _end(self) -> Iterator[Block]:
        if self.lines:
            yield joined_paragraph(self.lines)
            self.lines = []
        if self.table is not None:
            yield finished(self.table)
            self.table = None

    def _area(self, line: PlacedLine) -> TypeArea:
        return self.areas[self.widths[line.page], line.column]


def _floors(pages: list[PlacedPage]) -> dict[int, float]:
    """How far down print reaches on pages of each size, running feet left out, by page number."""
    lowest: dict[tuple[int, int], float] = {}
    for page in pages:
        size = (round(page.page.width), round(page.page.height))
        for item in page.items:
            lowest[size] = max(lowest.get(size, 0.0), item.bottom)
    return {
        page.page.number: lowest.get((round(page.page.width), round(page.page.height)), page.page.height)
        for page in pages
    }
