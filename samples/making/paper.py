"""What is printed: lines and ruled grids, without a word on who prints them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """A paragraph of one style: title, number, to, h1, h2, h3, body, sign, caption, under, note."""

    style: str
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell with its spans; `style` is head, label, words or figure."""

    text: str
    columns: int = 1
    rows: int = 1
    style: str = "figure"


@dataclass
class Grid:
    """A ruled table. The first `heads` rows are repeated on each page; `widths` are shares of the page's width."""

    widths: list[float]
    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0

    def add(self, *cells: Cell) -> None:
        """Add a row; cells that reach in from above are left out."""
        self.rows.append(list(cells))

    def places(self) -> list[list[Cell | None]]:
        """Rows by columns: the cell that begins there, None where another one covers the place. Raises if ragged."""
        width = len(self.widths)
        taken = [[False] * width for _ in self.rows]
        placed: list[list[Cell | None]] = [[None] * width for _ in self.rows]
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while column < width and taken[number][column]:
                    column += 1
                for down in range(cell.rows):
                    for right in range(cell.columns):
                        if taken[number + down][column + right]:
                            raise ValueError(f"cells overlap in row {number}: {cell.text}")
                        taken[number + down][column + right] = True
                placed[number][column] = cell
                column += cell.columns
            if not all(taken[number]):
                raise ValueError(f"row {number} is too short: {[cell.text for cell in row]}")
        return placed

    def texts(self) -> list[list[str]]:
        """Rows by columns: what the cell that covers the place says."""
        said = [[""] * len(self.widths) for _ in self.rows]
        for number, row in enumerate(self.places()):
            for column, cell in enumerate(row):
                if cell is not None:
                    for down in range(cell.rows):
                        said[number + down][column : column + cell.columns] = [cell.text] * cell.columns
        return said


@dataclass(frozen=True)
class Turn:
    """A new page, upright or lying."""

    landscape: bool = False


Item = Line | Grid | Turn


@dataclass(frozen=True)
class Style:
    """How a report is printed. `rules`: thin, thick, double; sizes in points."""

    header: str = ""
    footer: str = "—{page}—"
    body_font: str = "Noto Serif CJK SC"
    head_font: str = "Noto Sans CJK SC"
    table_font: str = "Noto Sans CJK SC"
    body_size: float = 15
    table_size: float = 9
    spacing: float = 1.75
    rules: str = "thin"
    cramped: bool = False
    #: Bold print of a font that has no bold face is drawn glyph by glyph and makes large files.
    bold: bool = True
