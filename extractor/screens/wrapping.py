"""Where lines of mixed Chinese and Latin text may be broken; Chinese takes two columns a character.

Lines are broken at blanks and between Chinese characters, never inside a number or a Latin word, not before a closing
mark and not behind an opening one (GB/T 15834-2011, 5.1: marks do not begin or end a line).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_CLOSING = frozenset("，。、；：！？）》」』】〕］｝”’,.;:!?)]}%‰…")
_OPENING = frozenset("（《「『【〔［｛“‘([{")


def columns(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, without the blanks that they were broken at."""
    starts = [0, *breaks(text, width), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(starts)]


def breaks(text: str, width: int) -> list[int]:
    """The positions at which lines of at most `width` columns begin, but for the first.

    A word that is wider than a line is broken where the line is full; blanks may stand over the edge.
    """
    found: list[int] = []
    line = used = 0  # where the line begins, and its columns up to the word
    for start, end in _words(text):
        wide = columns(text[start:end].rstrip())
        if used and used + wide > width:
            found.append(start)
            line, used = start, 0
        while used + wide > width and end - line > 1:
            line = _full(text, line, width)
            found.append(line)
            used, wide = 0, columns(text[line:end].rstrip())
            start = line  # noqa: PLW2901  # the rest of the word
        used += columns(text[start:end])
    return found


def _full(text: str, start: int, width: int) -> int:
    """Behind the last character that fits on a line from `start` on, at least one."""
    at = start + 1
    used = _width(text[start])
    while at < len(text) and used + _width(text[at]) <= width:
        used += _width(text[at])
        at += 1
    return at


def _words(text: str) -> Iterator[tuple[int, int]]:
    """The parts that are not broken, with the blanks behind them."""
    start = 0
    for at in range(1, len(text)):
        if _may_break(text[at - 1], text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _may_break(before: str, behind: str) -> bool:
    if before == " ":
        return behind != " "
    if behind == " " or before in _OPENING or behind in _CLOSING:
        return False
    return _width(before) == 2 or _width(behind) == 2
