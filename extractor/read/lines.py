"""Characters → runs → printed lines, by where they stand and never by their order in the file alone.

A run is what was printed on end without a gap wider than a character; runs at one height make a line. Blanks are made
anew from gaps. One glyph drawn twice at nearly the same place (fake bold) is one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from extractor.read.glyphs import BLANK, Glyph
from extractor.text import is_wide

#: A gap wider than this share of a character's height is a blank, between two narrow characters and beside a wide one.
BLANK_NARROW = 0.18
BLANK_WIDE = 0.6
#: A gap wider than this many heights ends a run.
RUN_GAP = 1.0
#: A gap wider than this many heights is printed as two blanks: it parts columns rather than words.
COLUMN_GAP = 1.5
#: Two drawings of one character nearer than this share of its width are one.
SAME_PLACE = 0.35
#: From here on characters and marks are set at full width; this loop cannot afford to ask `is_wide` of each.
_FIRST_WIDE = "\u2010"
_char = itemgetter(0)
_left = itemgetter(1)
_run_left = attrgetter("x0")
_run_top = attrgetter("top")


@dataclass(slots=True)
class Run:
    """Characters printed on end, in reading order, with blanks (without a box) where a small gap stands."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    #: Printed upwards along the page's side, as row heads of narrow columns are.
    turned: bool = False


@dataclass(slots=True)
class PrintedLine:
    """One line: its characters from left to right."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    turned: bool = False

    @property
    def text(self) -> str:
        """The characters as a string."""
        return "".join(map(_char, self.glyphs))

    @property
    def size(self) -> float:
        """The height of its characters, or their width where they are turned."""
        return self.x1 - self.x0 if self.turned else self.bottom - self.top


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """The runs, in the order of the file."""
    runs: list[Run] = []
    current: list[Glyph] = []
    add = current.append
    last, left, right, high, low = "", 0.0, -1e9, 0.0, -1e9
    size = slack = 0.0
    start_x = start_top = 0.0
    wide = False
    for glyph in glyphs:
        char, x0, top, x1, bottom = glyph
        gap = x0 - right
        # Full-width punctuation is set closer. Narrow characters that lie on each other belong to two texts, of which
        # one ran over its cell's border.
        least = -2 * slack if wide else -slack / 2
        if -slack < bottom - low < slack and -slack < top - high < slack and least < gap < size:
            if gap > 0.18 * size:
                if gap > 0.6 * size or not (wide or char >= _FIRST_WIDE):
                    add(BLANK)
            elif char == last and x0 - left < 0.35 * (x1 - x0) and gap < 0:
                continue
            add(glyph)
            last, left, right, wide = char, x0, x1, char >= _FIRST_WIDE
            continue
        if current:
            if char == last and -slack < gap + x1 - x0 < 0.35 * (x1 - x0) and -slack < bottom - low < slack:
                continue
            runs.append(Run(current, start_x, start_top, right, low))
        current = [glyph]
        add = current.append
        last, left, right, high, low = char, x0, x1, top, bottom
        start_x, start_top, size = x0, top, bottom - top
        slack, wide = 0.3 * size, char >= _FIRST_WIDE
    if current:
        runs.append(Run(current, start_x, start_top, right, low))
    return _upwards(runs)


def _upwards(runs: list[Run]) -> list[Run]:
    """Single characters that stand each right above the one before were printed turned: they make one run."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if (
            before is not None
            and len(run.glyphs) == 1
            and (before.turned or len(before.glyphs) == 1)
            and abs(run.bottom - before.top) < 0.08 * (run.x1 - run.x0)
            and abs(run.x0 - before.x0) < 0.1 * (run.x1 - run.x0)
        ):
            before.glyphs.append(run.glyphs[0])
            before.top, before.turned = run.top, True
        else:
            joined.append(run)
    return joined


def lines_of(runs: Iterable[Run]) -> list[PrintedLine]:
    """The lines of one area, from top to bottom. A run belongs to a line that it overlaps by half its height."""
    rows: list[list[Run]] = []
    edges: list[tuple[float, float]] = []
    lines: list[PrintedLine] = []
    for run in sorted(runs, key=_run_top):
        if run.turned:
            lines.append(PrintedLine(run.glyphs, run.x0, run.top, run.x1, run.bottom, True))
            continue
        top, bottom = run.top, run.bottom
        for back in (-1, -2):
            if len(rows) < -back:
                rows.append([run])
                edges.append((top, bottom))
                break
            high, low = edges[back]
            overlap = (min(bottom, low)) - (max(top, high))
            if overlap > 0.5 * min(low - high, bottom - top):
                rows[back].append(run)
                # The tallest run is the measure: small print beside it (an index, a mark) does not widen the line.
                if bottom - top > low - high:
                    edges[back] = (top, bottom)
                break
        else:
            rows.append([run])
            edges.append((top, bottom))
    lines.extend(map(_line, rows))
    lines.sort(key=_run_top)
    return lines


def _line(row: list[Run]) -> PrintedLine:
    """The runs of one line joined, with blanks for the gaps between them."""
    if len(row) == 1:
        run = row[0]
        return PrintedLine(run.glyphs, run.x0, run.top, run.x1, run.bottom)
    row.sort(key=_run_left)
    if any(after.x0 - before.x1 < -0.3 * (before.bottom - before.top) for before, after in itertools.pairwise(row)):
        runs = runs_of(_sorted(row))
        runs.sort(key=_run_left)
    else:
        runs = row
    glyphs = list(runs[0].glyphs)
    before = runs[0]
    for run in runs[1:]:
        glyphs += _blanks(before, run)
        glyphs += run.glyphs
        before = run
    return PrintedLine(
        glyphs, row[0].x0, min(map(_run_top, row)), max(run.x1 for run in row), max(run.bottom for run in row)
    )


def _sorted(row: list[Run]) -> list[Glyph]:
    """The characters of runs that overlap, from left to right; what was drawn twice at one place once."""
    kept: list[Glyph] = []
    for glyph in sorted((glyph for run in row for glyph in run.glyphs if glyph[0] != " "), key=_left):
        width = glyph[3] - glyph[1]
        if not any(other[0] == glyph[0] and glyph[1] - other[1] < SAME_PLACE * width for other in kept[-4:]):
            kept.append(glyph)
    return kept


def _blanks(before: Run, after: Run) -> list[Glyph]:
    gap = after.x0 - before.x1
    size = max(before.bottom - before.top, after.bottom - after.top)
    share = BLANK_WIDE if is_wide(before.glyphs[-1][0]) or is_wide(after.glyphs[0][0]) else BLANK_NARROW
    if gap <= share * size:
        return []
    return [BLANK] if gap <= COLUMN_GAP * size else [BLANK, BLANK]


#: Punctuation that never begins a line: it goes with the character before it.
_CLOSING = frozenset("，。、；：！？）》〉】〕”’％%),.;:!?")


def first_word_width(glyphs: Sequence[Glyph]) -> float:
    """The width of what could not be parted from a line's start: one Chinese character or a run of others, and the
    punctuation behind it.
    """
    end = 1
    if not is_wide(glyphs[0][0]):
        while end < len(glyphs) and glyphs[end][0] != " " and not is_wide(glyphs[end][0]):
            end += 1
    while end < len(glyphs) and glyphs[end][0] in _CLOSING:
        end += 1
    return glyphs[end - 1][3] - glyphs[0][1]


def joint(before: str, after: str) -> str:
    """What stands between two lines that are joined: a blank between two Latin words, else nothing."""
    return " " if before.isascii() and after.isascii() and before.isalpha() and after.isalpha() else ""
