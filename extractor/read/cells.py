"""Runs in ruled cells → the cells' texts: each run into its cell, lines wrapped in a cell re-joined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.read.glyphs import BLANK, Glyph
from extractor.read.gutters import parted_by_gaps
from extractor.read.lines import PrintedLine, Run, first_word_width, joint, lines_of, runs_of
from extractor.read.rulings import RuledCell, RuledTable
from extractor.text import is_wide

#: Word's usual distance between text and border; a table whose texts stand nearer to it has less.
_WIDEST_PADDING = 6.0
#: A number is one over a line break only where its cell is full to within this share of a character's height.
_NUMBER_SLACK = 0.3
#: Cells know their borders no better than rules are told apart: more is allowed where the lines look like one number.
_BROKEN_SLACK = 0.8
#: Punctuation and signs that stand inside numbers: they neither begin nor end one.
_IN_NUMBER = frozenset("0123456789.,-/~%")
_NEVER_FIRST = frozenset(".,%％，。、；：！？）》】〕)")


@dataclass(slots=True)
class CellText:
    """What stands in one cell: its characters in reading order, with one blank where a line ends before it is full."""

    cell: RuledCell
    lines: list[PrintedLine]
    glyphs: list[Glyph] = field(default_factory=list)
    #: Positions of the blanks that stand for such line ends.
    breaks: list[int] = field(default_factory=list)
    #: The width that a line of this cell can have.
    room: float = 0.0

    def goes_on(self, other: CellText) -> bool:
        """Whether this cell's last line is so full that the other's first word would not have fitted on it."""
        return bool(self.lines and other.lines) and is_full(self.lines[-1], other.lines[0], self.room)


def filled_cells(
    table: RuledTable, runs: Iterable[Run], known: Sequence[float] = ()
) -> tuple[RuledTable, list[CellText], list[Run]]:
    """The table (with more columns where gaps part them), its cells with their texts, and the runs in none of them.

    `known` are column edges of the page before, where the table goes on from there.
    """
    inside, rest = _placed(table, runs)
    finer = parted_by_gaps(table, inside, known)
    if finer is not None:
        table = finer
        inside, _ = _placed(table, [run for cell in inside for run in cell])
    texts = [
        CellText(cell, _in_reading_order(lines_of(found))) for cell, found in zip(table.cells, inside, strict=True)
    ]
    padding = _padding(texts)
    for text in texts:
        text.room = text.cell.area[2] - text.cell.area[0] - 2 * padding
        _join(text)
    return table, texts, rest


def _placed(table: RuledTable, runs: Iterable[Run]) -> tuple[list[list[Run]], list[Run]]:
    """The runs of each cell, and those that stand in none."""
    places = _Places(table)
    inside: list[list[Run]] = [[] for _ in table.cells]
    rest: list[Run] = []
    for run in runs:
        for cell, part in places.parts(run):
            (inside[cell] if cell >= 0 else rest).append(part)
    return inside, rest


class _Places:
    """Finds the cell in which something stands."""

    def __init__(self, table: RuledTable) -> None:
        self.xs, self.ys = table.xs, table.ys
        self.width, self.height = len(self.xs) - 1, len(self.ys) - 1
        self.cells = [[-1] * self.width for _ in range(self.height)]
        for index, cell in enumerate(table.cells):
            for row in range(cell.row, cell.row + cell.row_span):
                self.cells[row][cell.column : cell.column + cell.column_span] = [index] * cell.column_span

    def at(self, x: float, y: float) -> int:
        """The cell at a point, -1 where there is none."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self.cells[row][column] if 0 <= row < self.height and 0 <= column < self.width else -1

    def parts(self, run: Run) -> Iterable[tuple[int, Run]]:
        """The run cut where it crosses a border, each part with its cell.

        A border that cuts through a character, or between digits that touch, parts nothing: there a text that is too
        long runs over it.
        """
        y = (run.top + run.bottom) / 2
        if y < self.ys[0] or y > self.ys[-1] or run.x1 < self.xs[0] or run.x0 > self.xs[-1]:
            return [(-1, run)]
        slack = 0.2 * (run.bottom - run.top)
        first, last = self.at(run.x0 + slack, y), self.at(run.x1 - slack, y)
        if first == last or run.turned:
            return [(first if not run.turned else self.at((run.x0 + run.x1) / 2, y), run)]
        pieces: list[list[Glyph]] = [[]]
        before = -2
        for glyph in run.glyphs:
            if glyph is BLANK:
                pieces[-1].append(glyph)
                continue
            cell = self.at((glyph[1] + glyph[3]) / 2, y)
            if before not in (-2, cell) and not self._runs_over(pieces[-1][-1], glyph):
                pieces.append([])
            pieces[-1].append(glyph)
            before = cell
        return [
            (self.at((part.x0 + part.x1) / 2, y), part) for piece in pieces for part in runs_of(piece_glyphs(piece))
        ]

    def _runs_over(self, before: Glyph, after: Glyph) -> bool:
        if before is BLANK:
            return False
        size = after[4] - after[2]
        # Texts that lie on each other are two.
        if not -0.1 * size <= after[1] - before[3] <= 0.05 * size:
            return False
        if before[0] in _IN_NUMBER and after[0] in _IN_NUMBER:
            return True
        border = self.xs[bisect_right(self.xs, (after[1] + after[3]) / 2) - 1]
        return before[3] > border + 0.15 * size or after[1] < border - 0.15 * size


def piece_glyphs(piece: Iterable[Glyph]) -> list[Glyph]:
    """The printed characters of a piece, its blanks left out."""
    return [glyph for glyph in piece if glyph is not BLANK]


def _in_reading_order(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Columns of upright characters, set from right to left, turned into lines.

    Two characters beside each other with a wide gap, on lines that follow closely: those are columns.
    """
    if len(lines) < 3 or any(len(piece_glyphs(line.glyphs)) > 3 for line in lines):
        return lines
    first = [glyph for glyph in lines[0].glyphs if glyph is not BLANK]
    if len(first) < 2 or not all(is_wide(glyph[0]) for glyph in first):
        return lines
    across = min(b[1] - a[1] for a, b in pairwise(first))
    down = min(b.top - a.top for a, b in pairwise(lines))
    if across <= 1.1 * lines[0].size or down >= across:
        return lines
    columns: list[list[Glyph]] = [[] for _ in first]
    for line in lines:
        for glyph in piece_glyphs(line.glyphs):
            nearest = min(range(len(first)), key=lambda i: abs(first[i][1] - glyph[1]))
            columns[nearest].append(glyph)
    return [
        PrintedLine(column, column[0][1], column[0][2], max(g[3] for g in column), column[-1][4], True)
        for column in reversed(columns)
    ]


def _padding(texts: Iterable[CellText]) -> float:
    """The distance that this table keeps between texts and borders."""
    gaps = [line.x0 - text.cell.area[0] for text in texts for line in text.lines if len(text.lines) > 1]
    return max(0.5, min([*gaps, _WIDEST_PADDING]))


def _join(text: CellText) -> None:
    glyphs = text.glyphs
    before: PrintedLine | None = None
    for line in text.lines:
        if before is not None:
            if is_full(before, line, text.room):
                if joint(before.glyphs[-1][0], line.glyphs[0][0]):
                    glyphs.append(BLANK)
            else:
                text.breaks.append(len(glyphs))
                glyphs.append(BLANK)
        glyphs += line.glyphs
        before = line


def is_full(line: PrintedLine, following: PrintedLine, room: float) -> bool:
    """Whether a line ends because the next word did not fit; a number goes on only where not one more digit did."""
    after = following.glyphs[0]
    if after[0] in _NEVER_FIRST:
        return True
    size = line.size
    length = line.bottom - line.top if line.turned else line.x1 - line.x0
    if line.turned or following.turned:
        return True
    if line.glyphs[-1][0] in _IN_NUMBER and after[0] in _IN_NUMBER:
        if _breaks_thousands(line) and after[0].isdigit():
            return True
        slack = _BROKEN_SLACK if _is_broken(line, following) else _NUMBER_SLACK
        return length + after[3] - after[1] > room - slack * size
    return length + first_word_width(following.glyphs) > room - 0.5 * size


def _breaks_thousands(line: PrintedLine) -> bool:
    """Whether a line ends inside a group of thousands (7,78): no number ends there."""
    number = "".join(glyph[0] for glyph in line.glyphs[-8:])
    group = number.rpartition(",")[2]
    return "," in number and group.isdigit() and len(group) < 3 and number[: -len(group) - 1][-1:].isdigit()


def _is_broken(line: PrintedLine, following: PrintedLine) -> bool:
    """Whether both lines are figures alone and look like one number: the second is shorter, or as long and has the
    decimals of the first.
    """
    before, after = line.text, following.text
    if not all(character in _IN_NUMBER for character in before + after):
        return False
    return len(after) < len(before) or (len(after) == len(before) and "." in after and before.isdigit())


def has_text(texts: Sequence[CellText]) -> int:
    """How many of the cells hold something."""
    return sum(1 for text in texts if text.lines)
