"""Text files → a Document of one page: lines, paragraphs, and tables whose cells are parted by bars or tabs.

Normally a line is a paragraph. Where most lines are equally long and end inside sentences, the text was wrapped, and
its lines are joined as printed ones are: width stands for the distance on paper, two columns for a Chinese character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractor import lexicon
from extractor.errors import UnreadableFileError
from extractor.messages import Message
from extractor.model import Cell, Document, Gap, Line, Page, Paragraph, Table
from extractor.read.encoding import decoded
from extractor.read.pages import PlacedLine
from extractor.read.paragraphs import TypeArea, goes_on, joined_paragraph
from extractor.text import Text, is_wide

#: All that ends a line, in one character each but for \r\n.
_LINE_END = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
#: The narrowest text that counts as wrapped, in columns, and the share of its lines that are nearly as long.
_NARROWEST = 36
_EVEN_SHARE = 0.4
_RAGGED = 5
#: In a text of lists few lines are full: then so many must be, in a line no longer than print has.
_FEWEST_FULL = 4
_SOME_SHARE = 0.12
_WIDEST_PRINT = 100
_FEWEST_LINES = 6
_ENDS_SENTENCE = "。！？；：!?;:"
_RULE_ROW = re.compile(r"[\s|:+\-=]+")


def text_document(data: bytes, name: str, digest: str) -> Document:
    """The document in these bytes. Raises `UnreadableFileError` where they are no text."""
    short = re.split(r"[\\/]", name)[-1]
    text = _LINE_END.sub("\n", decoded(data, short))
    if not text.strip():
        raise UnreadableFileError(Message.of("{name} is empty: get the file anew.", name=short), "empty_file")
    lines = _lines(text, lexicon.folding())
    gaps = tuple(_lost(line) for line in lines if "\ufffd" in line.string)
    return Document(name, digest, "text", (Page(1, text),), tuple(_blocks(lines)), gaps)


def _lines(text: str, folding: Mapping[int, str]) -> list[Text]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Text.of(line, at).fold(folding))
        at += len(line) + 1
    return lines


def _lost(line: Text) -> Gap:
    message = Message.of("Some bytes of this line are no characters: compare it with the original.")
    return Gap("garbled_page", message.text("en"), None, line.string.strip())


def _blocks(lines: Sequence[Text]) -> Iterator[Paragraph | Table]:
    area = wrapped_area([line for line in lines if line.string.strip()])
    pending: list[PlacedLine] = []
    at = 0
    while at < len(lines):
        rows = _delimited(lines, at)
        if rows:
            if pending:
                yield joined_paragraph(pending)
                pending = []
            yield _table(rows)
            at += len(rows)
            continue
        line = lines[at]
        at += 1
        if line.string.strip():
            placed = _placed(line, at)
            if area is None:
                yield Paragraph(line, (Line(line, 1),))
                continue
            if pending and goes_on(pending[-1], placed, area, area):
                pending.append(placed)
                continue
            if pending:
                yield _paragraph(pending)
            pending = [placed]
        elif pending:
            yield _paragraph(pending)
            pending = []
    if pending:
        yield _paragraph(pending)


def _paragraph(lines: Sequence[PlacedLine]) -> Paragraph:
    joined = joined_paragraph(lines)
    return Paragraph(joined.text, tuple(Line(line.text, 1) for line in lines))


# --- wrapped text -----------------------------------------------------------------------------------------------------


def width(string: str) -> int:
    """The columns that a string takes on a screen of fixed pitch."""
    return len(string) + sum(1 for character in string if is_wide(character))


def wrapped_area(lines: Sequence[Text]) -> TypeArea | None:
    """The area that wrapped lines fill; None where each line is a paragraph of its own."""
    if len(lines) < _FEWEST_LINES:
        return None
    strings = [line.string.rstrip() for line in lines]
    widths = [width(string) for string in strings]
    right = _edge(widths)
    if right is None or not _is_wrapped(strings, widths, right):
        return None
    lefts = [width(s[: len(s) - len(s.lstrip())]) for s in strings]
    left = min(lefts)
    indented = sum(1 for x in lefts if 1 < x - left <= 8) * 12 >= len(lines)
    return TypeArea(left, right, indented, 1.0)


def _edge(widths: Sequence[int]) -> int | None:
    """The width that many lines come near to and hardly one exceeds."""
    highest = sorted(widths)[-1 - len(widths) // 50]
    # Digits and Latin letters are narrower in print than half a Chinese character: the widest line may stick out.
    right = max(
        (w for w in set(widths) if highest - _RAGGED <= w <= highest),
        key=lambda w: (sum(1 for other in widths if w - _RAGGED < other <= w), w),
    )
    return right if right >= _NARROWEST and max(widths) <= right + 8 else None


def _is_wrapped(strings: Sequence[str], widths: Sequence[int], right: int) -> bool:
    """Whether most lines end near the edge, or some do at a width of print, and they end inside sentences."""
    full = [string for string, w in zip(strings, widths, strict=True) if w > right - _RAGGED]
    inside = sum(1 for string in full if string[-1] not in _ENDS_SENTENCE)
    if len(full) >= _EVEN_SHARE * len(widths):
        return inside >= 0.6 * len(full)
    some = len(full) >= max(_FEWEST_FULL, _SOME_SHARE * len(widths))
    return right <= _WIDEST_PRINT and some and inside >= 0.8 * len(full)


def _placed(line: Text, number: int) -> PlacedLine:
    string = line.string.rstrip()
    body = string.lstrip()
    left = width(string[: len(string) - len(body)])
    return PlacedLine(line, 1, left, number, left + width(body), number + 2, _first_word(body))


def _first_word(body: str) -> int:
    match = re.match(r"[!-~]*" if not is_wide(body[0]) else ".", body)
    end = match.end() if match else 1
    while end < len(body) and body[end] in "，。、；：！？）》":
        end += 1
    return width(body[:end])


# --- delimited tables -------------------------------------------------------------------------------------------------


def _delimited(lines: Sequence[Text], start: int) -> list[list[Text]]:
    """The rows of a table that begins on this line: at least three lines with equally many cells, two or more each."""
    mark = next((m for m in "|\t" if m in lines[start].string), None)
    if mark is None or (start and mark in lines[start - 1].string):
        return []
    count = lines[start].string.count(mark)
    end = start
    while end < len(lines) and lines[end].string.count(mark) == count:
        end += 1
    # One cell more or less on the next line: the rows are no rectangle, and which cell lacks cannot be told.
    ragged = end < len(lines) and mark in lines[end].string
    if end - start < 3 or ragged:
        return []
    rows = [_cells(line, mark) for line in lines[start:end]]
    return rows if len(rows[0]) > 1 and sum(map(_has_text, rows)) > 1 else []


def _has_text(row: Sequence[Text]) -> bool:
    """Whether a row says something: blank rows and the rules of Markdown do not."""
    return any(cell.string and not _RULE_ROW.fullmatch(cell.string) for cell in row)


def _cells(line: Text, mark: str) -> list[Text]:
    body = line.strip() if mark == "|" else line
    string = body.string
    begin, end = 0, len(string)
    if mark == "|":
        begin += string.startswith("|")
        end -= string.endswith("|") and end > 1
    cells, at = [], begin
    for part in string[begin:end].split(mark):
        cells.append(body.slice(at, at + len(part)).strip())
        at += len(part) + 1
    return cells


def _table(rows: Sequence[Sequence[Text]]) -> Table:
    kept = [row for row in rows if _has_text(row)]
    columns = max(map(len, kept))
    cells = tuple(
        Cell(number, column, 1, 1, text, 1) for number, row in enumerate(kept) for column, text in enumerate(row)
    )
    return Table(cells, len(kept), columns, 1, 1)
