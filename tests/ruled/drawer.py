"""Forms → PDF: text wrapped in its cells, rows over pages, and rules as the producers of real reports draw them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pdf_drawing import A4, Drawing
from reportlab.pdfbase import pdfmetrics
from sheet import Box, Sheet

FONT = "Boxes"
Rules = Literal["boxes", "lines", "thin", "double", "dots", "long", "long thin"]
#: Punctuation that does not begin a line.
_CLOSING = "，。、；：！？）》％%,.;:!?)"


@dataclass(frozen=True, slots=True)
class Print:
    """What varies with the hand and the program that print a form."""

    rules: Rules = "boxes"
    landscape: bool = False
    size: float = 9.0
    padding: float = 5.0
    #: Filled boxes behind heads and labels, behind every other row, or none.
    shades: Literal["", "heads", "rows"] = ""
    #: Rows may break over pages.
    cut_rows: bool = False
    #: The cells that a page break cuts have no rule there.
    open_breaks: bool = False
    #: The indicator heads are printed again on each page.
    heads_again: bool = False
    #: What a merged cell says where a page break cuts it: once at its top, on every page, or at its middle.
    over: Literal["once", "again", "middle"] = "once"
    #: Text in the middle of cells' heights instead of at their tops.
    middle: bool = True
    #: The table's outer left and right rules are left out.
    sideless: bool = False
    #: The first form begins so far down its first page (share of the page).
    start: float = 0.0
    #: Numbers of pages at the foot.
    feet: bool = True
    #: How several forms are put: each on its own page, one below the other, or side by side.
    place: Literal["pages", "below", "beside"] = "pages"


@dataclass(slots=True)
class Piece:
    """A part of a box on one page: its lines and its rectangle."""

    box: Box
    lines: list[str]
    x0: float
    top: float
    x1: float
    bottom: float
    cut_above: bool = False
    cut_below: bool = False
    row: int = 0


@dataclass(slots=True)
class Strip:
    """Where a row, or a part of it, stands on a page."""

    row: int
    page: int
    top: float
    bottom: float
    #: First and last line of its cells that stand here.
    first: int
    last: int
    again: bool = False


def width_of(text: str, size: float) -> float:
    """Printed width."""
    return float(pdfmetrics.stringWidth(text, FONT, size))


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The lines of a text in a cell: runs of figures and letters stay whole unless they alone are too long."""
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, room, size)]


def _paragraph(text: str, room: float, size: float) -> Iterator[str]:
    line = ""
    for word in _words(text):
        if width_of(line + word, size) <= room + 0.01 or not (line or len(word) > 1):
            line += word
            continue
        if width_of(word, size) <= room + 0.01:
            yield line
            line = word.lstrip()
            continue
        for character in word:
            if line and width_of(line + character, size) > room + 0.01:
                yield line
                line = ""
            line += character
    if line or not text:
        yield line


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        narrow = character.isascii() and character != " "
        if word and not (narrow and word[-1].isascii() and word[-1] != " ") and character not in _CLOSING:
            yield word
            word = ""
        word += character
    if word:
        yield word


class Printer:
    """Draws forms one after the other into one file."""

    def __init__(self, look: Print) -> None:
        self.look = look
        self.size = A4 if not look.landscape else (A4[1], A4[0])
        if look.place == "beside":
            self.size = (2 * A4[0], A4[1])
        self.drawing = Drawing(self.size)
        self.page = 0
        self.margin = 50.0
        self.left, self.right = self.margin, self.size[0] - self.margin
        self.floor = self.size[1] - 60.0
        self.y = 50.0 + look.start * (self.floor - 50.0)
        self.used = False

    # --- forms ---

    def add(self, sheet: Sheet) -> None:
        """The lines over a form and the form itself."""
        if self.used and self.look.place == "pages":
            self._turn()
        self.used = True
        self._lines(sheet.lines)
        self._table(sheet)
        self.y += 24

    def add_beside(self, sheets: Sequence[Sheet]) -> None:
        """Forms side by side on a page."""
        width = (self.right - self.left) / len(sheets)
        high, left, low = self.y, self.left, self.y
        for number, sheet in enumerate(sheets):
            self.y = high
            self.left, self.right = left + number * width, left + (number + 1) * width - 14
            self._lines(sheet.lines)
        for number, sheet in enumerate(sheets):
            self.y = high + 16 * max(len(sheet.lines) for sheet in sheets) + 6
            self.left, self.right = left + number * width, left + (number + 1) * width - 14
            self._table(sheet)
            low = max(low, self.y)
        self.left, self.right, self.y = left, self.size[0] - self.margin, low

    def pdf(self) -> bytes:
        """The finished file."""
        self._foot()
        return self.drawing.pdf()

    def _turn(self) -> None:
        self._foot()
        self.drawing.page()
        self.page += 1
        self.y = 50.0

    def _foot(self) -> None:
        if self.look.feet:
            self.drawing.text(self.size[0] / 2 - 12, self.size[1] - 40, f"— {self.page + 1} —", 9)

    def _lines(self, lines: Sequence[str]) -> None:
        if self.y + 16 * len(lines) + 60 > self.floor:
            self._turn()
        for line in lines:
            size = 10.0
            x = (self.left + self.right - width_of(line, size)) / 2
            self.drawing.text(max(x, self.left), self.y, line, size)
            self.y += 16
        self.y += 6

    # --- rows ---

    def _table(self, sheet: Sheet) -> None:
        heights, lines = self._measured(sheet)
        strips = self._strips(sheet, heights)
        pieces = self._pieces(sheet, strips, lines)
        for page in range(strips[0].page, strips[-1].page + 1):
            if page > self.page:
                self._turn()
            self._draw([piece for number, piece in pieces if number == page])
        self.y = strips[-1].bottom

    def _pitch(self) -> float:
        return self.look.size * 1.25

    def _x(self, share: float) -> float:
        return self.left + share * (self.right - self.left)

    def _measured(self, sheet: Sheet) -> tuple[list[float], list[list[list[str]]]]:
        """The height of each row, and the lines of each box by row and place in it."""
        pad, pitch = 3.0, self._pitch()
        lines: list[list[list[str]]] = []
        heights: list[float] = []
        for band in sheet.bands:
            lines.append(
                [
                    wrapped(box.text, self._x(box.right) - self._x(box.left) - 2 * self.look.padding, self.look.size)
                    for box in band
                ]
            )
            tallest = max([len(found) for box, found in zip(band, lines[-1], strict=True) if box.rows == 1], default=1)
            heights.append(max(tallest, 1) * pitch + 2 * pad)
        for row, band in enumerate(sheet.bands):
            for box, found in zip(band, lines[row], strict=True):
                missing = len(found) * pitch + 2 * pad - sum(heights[row : row + box.rows])
                if missing > 0:
                    share = missing / box.rows
                    for other in range(row, row + box.rows):
                        heights[other] += share
        return heights, lines

    def _strips(self, sheet: Sheet, heights: Sequence[float]) -> list[Strip]:
        """Rows on pages; what is cut is cut between lines."""
        strips: list[Strip] = []
        page, y, pitch = self.page, self.y, self._pitch()
        for row, height in enumerate(heights):
            rest, first = height, 0
            while y + rest > self.floor:
                count = int((self.floor - y - 6) / pitch)
                left = int((rest - 6 + 0.01) / pitch)
                if self.look.cut_rows and 0 < count < left and not self._in_heads(sheet, row):
                    bottom = self.floor if self.look.open_breaks else y + count * pitch + 6
                    strips.append(Strip(row, page, y, bottom, first, first + count))
                    first, rest = first + count, rest - count * pitch
                page, y = page + 1, 50.0
                if self.look.heads_again and row >= sheet.heads[1] > 0:
                    for head in range(*sheet.heads):
                        strips.append(Strip(head, page, y, y + heights[head], 0, 999, again=True))
                        y += heights[head]
            strips.append(Strip(row, page, y, y + rest, first, 999))
            y += rest
        return strips

    @staticmethod
    def _in_heads(sheet: Sheet, row: int) -> bool:
        return sheet.heads[0] <= row < sheet.heads[1]

    # --- boxes on pages ---

    def _pieces(
        self, sheet: Sheet, strips: Sequence[Strip], lines: Sequence[Sequence[list[str]]]
    ) -> list[tuple[int, Piece]]:
        pieces: list[tuple[int, Piece]] = []
        for row, band in enumerate(sheet.bands):
            for box, found in zip(band, lines[row], strict=True):
                pieces += self._pieces_of(box, found, row, [s for s in strips if row <= s.row < row + box.rows])
        return pieces

    def _pieces_of(self, box: Box, found: list[str], row: int, strips: Sequence[Strip]) -> Iterator[tuple[int, Piece]]:
        # What stands beside the whole block stands beside its heads again too.
        beside = sum(not strip.again for strip in strips) > 3 and any(strip.again for strip in strips)
        own = [strip for strip in strips if beside or not strip.again]
        areas: list[tuple[int, float, float]] = []
        for strip in own:
            if areas and areas[-1][0] == strip.page:
                areas[-1] = (strip.page, areas[-1][1], strip.bottom)
            else:
                areas.append((strip.page, strip.top, strip.bottom))
        x0, x1 = self._x(box.left), self._x(box.right)
        if box.rows == 1:
            parts = [found[strip.first : strip.last] for strip in own]
        else:
            parts = self._shared(found, areas)
        for number, ((page, top, bottom), part) in enumerate(zip(areas, parts, strict=True)):
            yield page, Piece(box, part, x0, top, x1, bottom, number > 0, number + 1 < len(areas), row)
        again = [strip for strip in strips if strip.again and not beside]
        pages = sorted({strip.page for strip in again})
        for page in pages:
            tops = [strip for strip in again if strip.page == page]
            if tops[0].row == row and box.kind == "head":
                yield page, Piece(box, found, x0, tops[0].top, x1, tops[-1].bottom, row=row)

    def _shared(self, found: list[str], areas: Sequence[tuple[int, float, float]]) -> list[list[str]]:
        """A merged cell's lines on the pages that it covers."""
        if len(areas) == 1:
            return [found]
        room = [max(0, int((bottom - top - 6 + 0.01) / self._pitch())) for _, top, bottom in areas]
        if self.look.over == "again" and all(count >= len(found) for count in room):
            return [found for _ in areas]
        if self.look.over == "middle":
            half = sum(bottom - top for _, top, bottom in areas) / 2
            for number, (_, top, bottom) in enumerate(areas):
                if half <= bottom - top:
                    if room[number] >= len(found):
                        return [found if other == number else [] for other in range(len(areas))]
                    break
                half -= bottom - top
        parts: list[list[str]] = []
        rest = found
        for number, count in enumerate(room):
            take = count if number + 1 < len(room) else len(rest)
            parts.append(rest[:take])
            rest = rest[take:]
        return parts

    # --- ink ---

    def _draw(self, pieces: Sequence[Piece]) -> None:
        canvas = self.drawing.canvas
        for piece in pieces:
            if self._is_shaded(piece):
                canvas.setFillGray(0.85)
                self.drawing.box(piece.x0, piece.top, piece.x1, piece.bottom, stroke=0, fill=1)
        canvas.setFillGray(0)
        self._rules(pieces)
        canvas.setFillGray(0)
        for piece in pieces:
            self._text(piece)

    def _is_shaded(self, piece: Piece) -> bool:
        if self.look.shades == "heads":
            return piece.box.kind in ("head", "label")
        return self.look.shades == "rows" and piece.box.rows == 1 and piece.row % 2 == 0

    def _rules(self, pieces: Sequence[Piece]) -> None:
        closed = not (self.look.open_breaks or self.look.sideless or any(piece.box.open_right for piece in pieces))
        if self.look.rules == "boxes" and closed:
            for piece in pieces:
                self.drawing.box(piece.x0, piece.top, piece.x1, piece.bottom)
            return
        sides = [side for piece in pieces for side in self._sides(piece)]
        if self.look.rules.startswith("long"):
            sides = _joined(sides)
        for side in sides:
            self._rule(*side)

    def _sides(self, piece: Piece) -> list[tuple[float, float, float, float]]:
        x0, top, x1, bottom = piece.x0, piece.top, piece.x1, piece.bottom
        outer = self.look.sideless
        sides: list[tuple[float, float, float, float]] = []
        if not (piece.cut_above and self.look.open_breaks):
            sides.append((x0, top, x1, top))
        if not (piece.cut_below and self.look.open_breaks):
            sides.append((x0, bottom, x1, bottom))
        # The left rule of a cell is the right one of its neighbour; only the outer one is its own.
        if piece.box.left == 0 and not outer:
            sides.append((x0, top, x0, bottom))
        if not piece.box.open_right and not (outer and piece.box.right == 1):
            sides.append((x1, top, x1, bottom))
        return sides

    def _rule(self, xa: float, ya: float, xb: float, yb: float) -> None:
        drawing, rules = self.drawing, self.look.rules
        if rules in ("thin", "long thin"):
            drawing.box(xa - 0.25, ya - 0.25, xb + 0.25, yb + 0.25, stroke=0, fill=1)
        elif rules == "double":
            across, down = (0.0, 0.8) if ya == yb else (0.8, 0.0)
            drawing.rule(xa - across, ya - down, xb - across, yb - down, 0.4)
            drawing.rule(xa + across, ya + down, xb + across, yb + down, 0.4)
        elif rules == "dots":
            self._dots(xa, ya, xb, yb)
        else:
            drawing.rule(xa, ya, xb, yb)

    def _dots(self, xa: float, ya: float, xb: float, yb: float) -> None:
        length = max(xb - xa, yb - ya)
        steps = max(1, int(length // 6))
        for step in range(steps):
            near, far = step / steps, (step + 0.8) / steps if step + 1 < steps else 1.0
            self.drawing.rule(xa + (xb - xa) * near, ya + (yb - ya) * near, xa + (xb - xa) * far, ya + (yb - ya) * far)

    def _text(self, piece: Piece) -> None:
        size, pitch, lines = self.look.size, self._pitch(), piece.lines
        spare = piece.bottom - piece.top - 6 - len(lines) * pitch
        # Where a page break cuts a cell its text stands at the top of each part.
        top = piece.top + 3 + (spare / 2 if self.look.middle and spare > 0 and not piece.cut_above else 0)
        if piece.cut_below and piece.box.rows == 1:
            top = piece.top + 3
        left = piece.box.kind in ("name", "words")
        for number, line in enumerate(lines):
            room = piece.x1 - piece.x0 - width_of(line, size)
            x = piece.x0 + (self.look.padding if left else max(room / 2, 1.0))
            self.drawing.text(x, top + number * pitch + (pitch - size) / 2, line, size)


def _joined(sides: Sequence[tuple[float, float, float, float]]) -> list[tuple[float, float, float, float]]:
    """Rules in line drawn as one long stroke."""
    lines: dict[tuple[bool, float], list[tuple[float, float]]] = {}
    for xa, ya, xb, yb in sides:
        across = ya == yb
        key = (across, round(ya if across else xa, 2))
        lines.setdefault(key, []).append((xa, xb) if across else (ya, yb))
    found: list[tuple[float, float, float, float]] = []
    for (across, at), stretches in lines.items():
        start, end = -1.0, -1.0
        for a, b in [*sorted(stretches), (1e9, 1e9)]:
            if a <= end + 0.1:
                end = max(end, b)
                continue
            if end > start:
                found.append((start, at, end, at) if across else (at, start, at, end))
            start, end = a, b
    return found


def drawn(sheets: Sequence[Sheet], look: Print) -> bytes:
    """The forms as a PDF file."""
    printer = Printer(look)
    if look.place == "beside":
        printer.add_beside(sheets)
    else:
        for sheet in sheets:
            printer.add(sheet)
    return printer.pdf()
