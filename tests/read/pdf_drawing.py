"""Draws small PDFs for the tests of the readers: texts at exact places, ruled tables, traps of real producers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import drawn_font
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

FONT = drawn_font.FONT
drawn_font.register()
A4 = (595.0, 842.0)

#: Row, column, rows covered, columns covered, lines of text.
DrawnCell = tuple[int, int, int, int, Sequence[str]]


class Drawing:
    """A PDF in the making; coordinates in points from the page's top left."""

    def __init__(self, size: tuple[float, float] = A4, password: object = None) -> None:
        self.stream = io.BytesIO()
        self.width, self.height = size
        self.canvas = Canvas(self.stream, pagesize=size, invariant=1, encrypt=password)

    def text(self, x: float, top: float, string: str, size: float = 10, *, font: str = FONT) -> None:
        """One line; `top` is the upper edge of its characters."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - top - 0.8 * size, string)

    def spread(self, x: float, top: float, characters: Iterable[tuple[str, float]], size: float = 10) -> None:
        """Characters one by one, each with its distance from `x`."""
        for character, distance in characters:
            self.text(x + distance, top, character, size)

    def lines(self, x: float, top: float, strings: Iterable[str], pitch: float = 18, size: float = 10) -> None:
        """Lines below each other."""
        for number, string in enumerate(strings):
            self.text(x, top + number * pitch, string, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """A stroke."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, x0: float, top: float, x1: float, bottom: float, *, stroke: int = 1, fill: int = 0) -> None:
        """A rectangle."""
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=stroke, fill=fill)

    def table(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        cells: Iterable[DrawnCell],
        style: str = "boxes",
        size: float = 10,
    ) -> None:
        """Cells with borders: `boxes` strokes rectangles, `lines` each side, `thin` fills thin boxes, `dots` strokes
        short dashes, `double` strokes two rules, `none` leaves the borders out.
        """
        for row, column, row_span, column_span, lines in cells:
            x0, x1 = xs[column], xs[column + column_span]
            top, bottom = ys[row], ys[row + row_span]
            self.border(x0, top, x1, bottom, style)
            for number, line in enumerate(lines):
                self.text(x0 + 4, top + 4 + number * (size + 3), line, size)

    def border(self, x0: float, top: float, x1: float, bottom: float, style: str) -> None:
        """The four sides of a cell."""
        if style == "boxes":
            self.box(x0, top, x1, bottom)
            return
        for xa, ya, xb, yb in (
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        ):
            if style == "lines":
                self.rule(xa, ya, xb, yb)
            elif style == "thin":
                self.canvas.setFillGray(0)
                self.box(xa - 0.3, ya - 0.3, xb + 0.3, yb + 0.3, stroke=0, fill=1)
            elif style == "double":
                self.rule(xa - 0.8, ya - 0.8, xb - 0.8, yb - 0.8, 0.4)
                self.rule(xa + 0.8, ya + 0.8, xb + 0.8, yb + 0.8, 0.4)
            elif style == "dots":
                self._dots(xa, ya, xb, yb)

    def _dots(self, xa: float, ya: float, xb: float, yb: float) -> None:
        length = max(xb - xa, yb - ya)
        for step in range(int(length // 5)):
            near, far = 5 * step / length, min(1.0, (5 * step + 5) / length)
            self.rule(xa + (xb - xa) * near, ya + (yb - ya) * near, xa + (xb - xa) * far, ya + (yb - ya) * far)

    def image(self, x: float, top: float, width: float, height: float) -> None:
        """A grey picture."""
        picture = Image.new("L", (40, 40), 180)
        self.canvas.drawImage(ImageReader(picture), x, self.height - top - height, width, height)

    def page(self, size: tuple[float, float] | None = None) -> None:
        """Turn to the next page."""
        self.canvas.showPage()
        if size is not None:
            self.width, self.height = size
            self.canvas.setPageSize(size)

    def pdf(self) -> bytes:
        """The finished file."""
        self.canvas.showPage()
        self.canvas.save()
        return self.stream.getvalue()


def plain_cells(rows: Sequence[Sequence[str]]) -> list[DrawnCell]:
    """Rows of single cells, one line each (or several, parted by line ends)."""
    return [
        (number, column, 1, 1, text.split("\n")) for number, row in enumerate(rows) for column, text in enumerate(row)
    ]


def typed(string: str, size: float = 10) -> list[tuple[str, float]]:
    """Each character with its distance from the first one in ordinary setting."""
    places, at = [], 0.0
    for character in string:
        places.append((character, at))
        at += pdfmetrics.stringWidth(character, FONT, size)
    return places
