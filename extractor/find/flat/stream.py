"""Runs of paragraphs as one stream of characters that knows what parts them: nothing, blanks, line ends, bars.

A flattened table has lost its rules; what is left between two cells is a blank, a line end, a bar or nothing at all.
Words of the form are looked for in the characters alone (`bare`), since heads and levels break anywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from extractor import lexicon
from extractor.find.script import simplified
from extractor.model import Document, Line, Paragraph
from extractor.text import Text


class Part(IntEnum):
    """What stands before a character, from nothing to what certainly parts cells."""

    NONE = 0
    #: The end of a line where empty lines part the cells: the cell goes on.
    WRAP = 1
    BLANK = 2
    WIDE = 3
    LINE = 4
    BAR = 5
    #: The end of a line that has bars or tabs in it.
    ROW = 6


#: A bracket that does not close within so many characters is no bracket around a mark.
_BRACKET = 14
#: From this share on of lines that are followed by an empty one, an empty line is what parts the cells.
_DOUBLE = 0.6
_FEWEST = 12
_BARS = "|\t"
#: What ends a printed line.
ENDS = (Part.LINE, Part.ROW)
#: What no cell runs over.
WALLS = (Part.BAR, Part.ROW)


@dataclass(frozen=True, slots=True)
class Stream:
    """Paragraphs one after another. Positions count the characters of `bare`, which has no white space and no bars.

    `bare` is in simplified characters, for comparing; `cell` gives the printed ones. `before[i]` parts character i from
    the one before it; `empties[i]` cells without words stand there. `blocks` are the positions at which the document's
    blocks begin, with their indices.
    """

    text: Text
    bare: str
    at: Sequence[int]
    before: Sequence[Part]
    empties: dict[int, int]
    blocks: tuple[tuple[int, int], ...]
    #: Positions where pieces begin: what stands between two blanks, line ends or bars.
    pieces: list[int] = field(default_factory=list)
    #: Whether an empty line stands between any two cells.
    doubled: bool = False

    def __len__(self) -> int:
        return len(self.bare)

    def cell(self, start: int, end: int) -> Text:
        """The printed words of the characters from `start` to `end`, without layout white space."""
        if start >= end:
            return Text("", [])
        return self.text.slice(self.at[start], self.at[end - 1] + 1).tight()

    def piece_end(self, start: int) -> int:
        """Where the piece that holds the character `start` ends."""
        number = bisect_right(self.pieces, start)
        return self.pieces[number] if number < len(self.pieces) else len(self.bare)

    def piece_start(self, position: int) -> int:
        """Where the piece that holds the character at `position` begins."""
        return self.pieces[max(0, bisect_right(self.pieces, position) - 1)] if self.pieces else 0

    def begins(self, position: int) -> bool:
        """Whether a piece begins at this position, or the stream ends there."""
        return position >= len(self.bare) or self.before[position] is not Part.NONE

    def line_start(self, position: int) -> int:
        """Where the line that holds this position begins."""
        while position > 0 and self.before[position] not in ENDS:
            position -= 1
        return position

    def line_end(self, position: int) -> int:
        """Where the line that begins at or before this position ends."""
        position += 1
        while position < len(self.bare) and self.before[position] not in ENDS:
            position += 1
        return min(position, len(self.bare))


def streams(document: Document) -> Iterator[Stream]:
    """One stream for each run of paragraphs between tables."""
    run: list[tuple[int, Paragraph]] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            run.append((index, block))
        elif run:
            yield _Builder(document).build(run)
            run = []
    if run:
        yield _Builder(document).build(run)


class _Builder:
    """Puts one stream together, line by line."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.characters: list[str] = []
        self.origin: list[int] = []
        self.at: list[int] = []
        self.before: list[Part] = []
        self.empties: dict[int, int] = {}
        self.blocks: list[tuple[int, int]] = []
        self.barred = False

    def build(self, run: Sequence[tuple[int, Paragraph]]) -> Stream:
        lines = [(index, line) for index, paragraph in run for line in paragraph.lines if _holds_cells(line)]
        voids = _Voids(self.document, [line for _, line in lines])
        for number, (index, line) in enumerate(lines):
            if not self.blocks or self.blocks[-1][1] != index:
                self.blocks.append((len(self.at), index))
            empty = voids.cells_before(number)
            if empty:
                self._empty(empty)
            self._line(line.text, Part.WRAP if number and voids.parting and not voids.between[number] else Part.LINE)
        bare = simplified("".join(self.characters[i] for i in self.at))
        before = _closed_brackets(bare, self.before)
        pieces = [i for i, part in enumerate(before) if part is not Part.NONE]
        text = Text("".join(self.characters), self.origin)
        return Stream(text, bare, self.at, before, self.empties, tuple(self.blocks), pieces, voids.parting)

    def _empty(self, count: int) -> None:
        self.empties[len(self.at)] = self.empties.get(len(self.at), 0) + count

    def _line(self, line: Text, part: Part) -> None:
        cells = _cells(line)
        barred = any(bar in line.string for bar in _BARS)
        part = Part.ROW if barred or self.barred else part
        self.barred = barred
        for cell in cells:
            if not cell.string.strip():
                self._empty(1)
                continue
            self._words(cell, part)
            part = Part.BAR
        self.characters.append("\n")
        self.origin.append((self.origin[-1] if self.origin else 0) + 1)

    def _words(self, cell: Text, part: Part) -> None:
        blanks = 0
        for character, origin in zip(cell.string, cell.origin, strict=True):
            if character.isspace():
                blanks += 1
            else:
                if blanks and part is Part.NONE:
                    part = Part.BLANK if blanks == 1 else Part.WIDE
                self.at.append(len(self.characters))
                self.before.append(part)
                part, blanks = Part.NONE, 0
            self.characters.append(" " if character.isspace() else character)
            self.origin.append(origin)


def _holds_cells(line: Line) -> bool:
    """Whether the line has words that are not the number of a page, which stands between two rows of a form."""
    words = line.text.string
    return bool(words.strip()) and not ("页" in words and lexicon.pattern("headings.page_number").regex.match(words))


def _cells(line: Text) -> list[Text]:
    """A line parted at its bars and tabs. A bar before the first and behind the last cell parts nothing."""
    if not any(bar in line.string for bar in _BARS):
        return [line]
    cells, start = [], 0
    for position, character in enumerate(line.string):
        if character in _BARS:
            cells.append(line.slice(start, position))
            start = position + 1
    cells.append(line.slice(start, len(line)))
    if len(cells) > 1 and not cells[-1].string.strip():
        cells.pop()
    if len(cells) > 1 and not cells[0].string.strip():
        cells.pop(0)
    return cells


def _closed_brackets(bare: str, before: Sequence[Part]) -> list[Part]:
    """Blanks and line ends inside of short brackets part nothing: (15 分)."""
    parts = list(before)
    for opening in (i for i, character in enumerate(bare) if character == "("):
        closing = bare.find(")", opening, opening + _BRACKET)
        if closing < 0 or "(" in bare[opening + 1 : closing]:
            continue
        for i in range(opening + 1, closing + 1):
            if parts[i] not in WALLS:
                parts[i] = Part.NONE
    return parts


class _Voids:
    """Lines without words between the lines of a run, and which of them stand for empty cells."""

    def __init__(self, document: Document, lines: Sequence[Line]) -> None:
        self.between: list[list[str]] = [[]]
        self.between += [_void_lines(document, one, other) for one, other in pairwise(lines)]
        doubled = sum(1 for void in self.between[1:] if void)
        self.parting = len(lines) > _FEWEST and doubled >= _DOUBLE * (len(lines) - 1)
        # Only where each cell has a line of its own does a line without words mean a cell.
        single = sum(len(line.text.string.split()) <= 1 for line in lines)
        self.counts = len(lines) > _FEWEST and single > 0.8 * len(lines)

    def cells_before(self, number: int) -> int:
        """How many empty cells stand before the line of this number."""
        void = self.between[number]
        if not self.counts or not void:
            return 0
        if not self.parting:
            return len(void)
        blank = sum(1 for line in void if line)
        return blank or (len(void) - 1) // 2


def _void_lines(document: Document, one: Line, other: Line) -> list[str]:
    """The lines without words between two lines of a text file; their white space tells what kind they are."""
    if document.format == "pdf" or not one.text.origin or not other.text.origin:
        return []
    between = document.pages[0].text[one.text.origin[-1] + 1 : other.text.origin[0]]
    return between.split("\n")[1:-1] if between.isspace() or not between else []
