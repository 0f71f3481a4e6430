"""Printed lines → paragraphs: running heads and page numbers set aside, lines joined over line and page breaks.

A line goes on in the next one when it is full: when the next line's first word would not have fitted on it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from extractor.model import Line, Paragraph
from extractor.read.lines import joint
from extractor.read.pages import PlacedLine, PlacedPage, PlacedTable
from extractor.text import Text

#: A line that begins further right than this many characters is indented, up to the second number; then it is centred.
_INDENT = 1.0
_WIDEST_INDENT = 5.0
#: In print that indents its paragraphs a line is full when this many characters or fewer would have fitted; elsewhere
#: only the fullness tells where a paragraph ends.
_SLACK_INDENTED = 2.0
_SLACK = 0.6
#: With fewer lines than this the widest of them may still be a short one.
_FEW_LINES = 10
#: A distance between lines that is this much wider than usual parts paragraphs.
_WIDE_PITCH = 1.45
#: The upper and lower part of a page in which running heads and page numbers stand.
_MARGIN = 0.13
_PAGE_NUMBER = re.compile(
    r"[-—–―·~\s第(]{0,6}(?:\d{1,4}|[ivxIVX]{1,5})\s{0,3}页?\s{0,3}"
    r"(?:[/／]\s{0,3}共?\s{0,3}\d{1,4}\s{0,3}页?|[,，]?\s{0,3}共\s{0,3}\d{1,4}\s{0,3}页)?[-—–―·~\s)]{0,6}"
)
_DIGITS = re.compile(r"[\d\s]+")
_ENDS_SENTENCE = "。！？；：!?;:"


# --- running heads and page numbers -----------------------------------------------------------------------------------


#: A form is known again by so many labels in its first column.
_LABELS = 4


def set_aside(pages: Sequence[PlacedPage]) -> None:
    """Take page numbers and running heads out of the pages' items; they stay in the pages' texts.

    A running head is a line in the upper or lower margin that stands, but for its digits, at the same height on three
    pages or more, or on both of two. What stands over forms alone that begin anew on each page is their title.
    """
    candidates = [_marginal(page) for page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for lines in candidates:
        seen.update({_key(line) for line in lines})
    for key in _titles(pages, candidates):
        del seen[key]
    needed = 2 if len(pages) == 2 else 3
    for page, lines in zip(pages, candidates, strict=True):
        marginal = set(map(id, lines))
        body = [item for item in page.items if isinstance(item, PlacedLine) and id(item) not in marginal]
        running = {
            id(line)
            for line in lines
            if _often(seen, _key(line)) >= needed
            or (_PAGE_NUMBER.fullmatch(line.text.string.strip()) and _apart(line, page, body))
        }
        if running:
            page.items = [item for item in page.items if id(item) not in running]


def _marginal(page: PlacedPage) -> list[PlacedLine]:
    """The outermost lines of a page that stand in its margins: at most three above and three below."""
    height = page.page.height
    lines = sorted((item for item in page.items if isinstance(item, PlacedLine)), key=lambda line: line.top)
    above = [line for line in lines[:3] if line.bottom < _MARGIN * height]
    return above + [line for line in lines[-3:] if line.top > (1 - _MARGIN) * height]


def _titles(pages: Sequence[PlacedPage], candidates: Sequence[Sequence[PlacedLine]]) -> set[tuple[str, int]]:
    """The lines in upper margins that stand only on pages that begin a form.

    It is the same form with other values in its first row, or with so many of the same labels below each other that no
    table that goes on has them.
    """
    openings = [_opening(page) for page in pages]
    values: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for labels, first_row in openings:
        values[labels[:2]].add(first_row)
    alike = Counter(labels for labels, _ in openings if len(set(labels)) == _LABELS)
    over: set[tuple[str, int]] = set()
    elsewhere: set[tuple[str, int]] = set()
    for page, lines, (labels, _) in zip(pages, candidates, openings, strict=True):
        begins = len(labels) > 1 and (len(values[labels[:2]]) > 1 or alike[labels] > 1)
        for line in lines:
            (over if begins and line.bottom < page.page.height / 2 else elsewhere).add(_key(line))
    return over - elsewhere


def _opening(page: PlacedPage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first labels in the first column of the page's first table, and its first row."""
    table = next((item for item in page.items if isinstance(item, PlacedTable)), None)
    cells = table.cells if table is not None else []
    labels = (cell.text.tight().string for cell in cells if cell.column == 0)
    first_row = tuple(cell.text.tight().string for cell in cells if cell.row == 0)
    return tuple(islice(filter(None, labels), _LABELS)), first_row


def _key(line: PlacedLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.string), round(line.top / 4)


def _often(seen: Counter[tuple[str, int]], key: tuple[str, int]) -> int:
    text, height = key
    here = seen[text, height]
    return max(here, here + seen[text, height - 1], here + seen[text, height + 1])


def _apart(line: PlacedLine, page: PlacedPage, body: Sequence[PlacedLine]) -> bool:
    """Whether a number stands apart from the body, as page numbers do and the last line of a list does not."""
    height = page.page.height
    if line.bottom < 0.07 * height or line.top > 0.93 * height:
        return True
    below = line.top > height / 2
    gaps = [line.top - other.bottom if below else other.top - line.bottom for other in body]
    nearest = min((gap for gap in gaps if gap > -line.size), default=height)
    usual = sorted(after.top - before.bottom for before, after in pairwise(body))
    return nearest > max(0.8 * line.size, 1.3 * usual[len(usual) // 2] if usual else 0.0)


# --- paragraphs -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypeArea:
    """The part of a page that lines fill: its edges, whether paragraphs are indented in it, the usual line distance."""

    left: float
    right: float
    indented: bool
    pitch: float


def type_area(lines: Sequence[PlacedLine], width: float) -> TypeArea:
    """What most of these lines share; they stand on pages of one `width`, in one column."""
    lefts = Counter(round(line.x0) for line in lines)
    rights = sorted(line.x1 for line in lines)
    sizes = sorted(line.size for line in lines)
    size = sizes[len(sizes) // 2]
    common = max(1, len(lines) // 25)
    left = min(x for x in lefts if sum(lefts[x + n] for n in (-1, 0, 1)) >= common)
    # Single lines that stick out (a wide table row, a title) do not make the area wider.
    outer = rights[-1]
    right = next((x for x in reversed(rights) if sum(1 for r in rights if abs(r - x) <= 1.5 * size) >= common), outer)
    if len(lines) < _FEW_LINES or right < 0.7 * (width - left):
        # Too few lines, or short ones only, do not show how far print reaches: margins are about equally wide.
        right = max(right, width - left - 2 * size)
    indents = sum(1 for line in lines if _INDENT * size < line.x0 - left <= _WIDEST_INDENT * size)
    pitches = sorted(
        after.top - before.top
        for before, after in pairwise(lines)
        if before.page == after.page and after.top > before.top
    )
    pitch = pitches[len(pitches) // 2] if pitches else 2 * size
    return TypeArea(left, right, indents * 12 >= len(lines), pitch)


def type_areas(pages: Sequence[PlacedPage]) -> dict[tuple[int, int], TypeArea]:
    """The type area for each page width and column."""
    groups: dict[tuple[int, int], list[PlacedLine]] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, PlacedLine):
                groups.setdefault((round(page.page.width), item.column), []).append(item)
    return {key: type_area(lines, 0.0 if key[1] else key[0]) for key, lines in groups.items()}


def goes_on(line: PlacedLine, following: PlacedLine, area: TypeArea, following_area: TypeArea) -> bool:
    """Whether `following` continues the paragraph of `line`: the line is full and the next one is not indented."""
    size = max(line.size, following.size)
    if min(line.size, following.size) < 0.75 * size or following.x0 - following_area.left > _INDENT * size:
        return False
    same_column = line.page == following.page and line.column == following.column
    if same_column and following.top - line.top > max(_WIDE_PITCH * area.pitch, 1.9 * size):
        return False
    if _is_row(line) or _is_row(following):
        return False
    if line.x1 - line.x0 < 0.5 * (area.right - area.left):
        return False
    if not area.indented and line.text.string[-1:] in _ENDS_SENTENCE:
        return False
    slack = _SLACK_INDENTED if area.indented else _SLACK
    return line.x1 + following.first_word > area.right - slack * size


def _is_row(line: PlacedLine) -> bool:
    """Whether a wide gap parts the line: then it is a row of an unruled table, not running text. A gap behind a
    heading's number is none.
    """
    return line.text.string.find("  ", 5) > 0


def joined_paragraph(lines: Sequence[PlacedLine]) -> Paragraph:
    """The lines as one paragraph: Chinese lines meet without a blank, Latin words with one."""
    kept = tuple(Line(line.text, line.page, line.box) for line in lines)
    if len(lines) == 1:
        return Paragraph(lines[0].text, kept)
    string: list[str] = []
    origin: list[int] = []
    for line in lines:
        text = line.text
        if string and text.string and joint(string[-1][-1:], text.string[0]):
            string.append(" ")
            origin.append(origin[-1] + 1)
        string.append(text.string)
        origin.extend(text.origin)
    return Paragraph(Text("".join(string), origin), kept)
