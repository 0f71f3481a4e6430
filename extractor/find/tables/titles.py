"""The lines over a table: its title, the evaluated year, the unit of money, fields that stand outside of the rules."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.find.script import simplified
from extractor.find.tables import words as table_words
from extractor.model import Document, Table
from extractor.text import Text

#: So many lines over a table can belong to it.
_LINES = 5
_LONGEST = 60
_FIELD = regex.compile(r"(?P<label>[^:\s]{2,14}):\s*(?P<value>[^\s:][^:]{0,60}?)(?=\s{2,}|\s*$|\s+[^:\s]{2,10}:)")


@dataclass(frozen=True, slots=True)
class Title:
    """What the lines over a table say; `words` is the title itself."""

    words: str | None = None
    year: int | None = None
    money_unit: str | None = None
    fields: tuple[tuple[str, Text], ...] = ()


def title_before(document: Document, index: int) -> Title:
    """What the lines before the block `index` say, back to the next table, sentence or title."""
    words: str | None = None
    year: int | None = None
    unit: str | None = None
    fields: list[tuple[str, Text]] = []
    for text in _lines_before(document, index):
        tight = text.tight().string
        if len(tight) > _LONGEST or tight.endswith("。"):
            break
        unit = unit or table_words.money_unit(simplified(tight))
        if year is None and (table_words.is_title(tight) or len(tight) <= 12):
            year = table_words.year(tight)
        fields.extend(_fields(text))
        if table_words.is_title(tight):
            words = tight
            break
    return Title(words, year, unit, tuple(fields))


def _lines_before(document: Document, index: int) -> list[Text]:
    lines: list[Text] = []
    for block in reversed(document.blocks[:index]):
        if isinstance(block, Table):
            break
        for line in reversed(block.lines):
            if line.text.strip():
                lines.append(line.text)
            if len(lines) == _LINES:
                return lines
    return lines


def _fields(line: Text) -> list[tuple[str, Text]]:
    """`项目名称:道路工程  填报单位:交通局` → fields."""
    if ":" not in line.string:
        return []
    found = []
    for match in _FIELD.finditer(line.string):
        name = table_words.field_of(match["label"])
        if name is not None:
            found.append((name, line.slice(*match.span("value")).tight()))
    return found
