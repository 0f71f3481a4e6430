"""Running text as the finders get it: one passage a line, headings marked."""

from __future__ import annotations

import re

from extractor.lexicon import folding
from extractor.model import DocNumber, Document, Page, Passage, Place
from extractor.text import Text

_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"\([一二三四五六七八九十]{1,3}\)")),
    (3, re.compile(r"\d{1,2}[.、](?!\d)")),
)
_NUMBER = re.compile(r"(?P<code>[一-鿿]{2,5})〔(?P<year>\d{4})〕(?P<number>\d+)号")


def passages_of(source: str) -> tuple[Document, list[Passage]]:
    """The document and its passages."""
    document = Document("text.txt", "0" * 64, "text", (Page(1, source),), ())
    passages: list[Passage] = []
    at = 0
    for line in source.split("\n"):
        text = Text.of(line, at).fold(folding()).tight()
        at += len(line) + 1
        if text:
            level = next((level for level, mark in _LEVELS if mark.match(text.string)), None)
            passages.append(Passage(len(passages), None, text, level))
    return document, passages


def numbers_of(source: str) -> list[DocNumber]:
    """The canonical document numbers of the source."""
    return [
        DocNumber(
            seq,
            None,
            match[0],
            match[0],
            match["code"],
            int(match["year"]),
            match["number"],
            "cited",
            Place(None, match.start(), match.end()),
        )
        for seq, match in enumerate(_NUMBER.finditer(source))
    ]
