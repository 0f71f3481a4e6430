"""Text as the program gets it: a document made of a string, and its passages."""

from __future__ import annotations

from extractor.find.outline import passages
from extractor.model import Document, Passage
from extractor.read.files import read_bytes


def read(text: str) -> tuple[Document, tuple[Passage, ...]]:
    """The document that this text makes, and its running text."""
    document = read_bytes(text.encode(), "report.txt")
    return document, passages(document)
