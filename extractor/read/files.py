"""One file → a Document, by what is in it and not by its name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extractor import lexicon
from extractor.errors import UnreadableFileError
from extractor.messages import Message
from extractor.model import Document
from extractor.read.plain import text_document

#: A PDF may begin with other bytes, but its mark stands within this many.
_MARK_WITHIN = 1024
READERS = ("pdfium", "pdfplumber")


def read_document(path: Path, reader: str = "pdfium") -> Document:
    """The file as read. Raises `UnreadableFileError` with one sentence where nothing can be read from it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = Message.of("{name} cannot be opened: {reason}.", name=path.name, reason=error.strerror or error)
        raise UnreadableFileError(message) from error
    return read_bytes(data, str(path), reader)


def read_bytes(data: bytes, name: str, reader: str = "pdfium") -> Document:
    """Like `read_document`, for bytes at hand; `name` is what messages call them."""
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip(b"\x00\t\n\x0b\x0c\r "):
        raise UnreadableFileError(Message.of("{name} is empty: get the file anew.", name=Path(name).name), "empty_file")
    if b"%PDF" not in data[:_MARK_WITHIN]:
        return text_document(data, name, digest)
    # Text files need no PDF library.
    from extractor.read.assembly import assembled  # noqa: PLC0415
    from extractor.read.pdf import read_pages  # noqa: PLC0415

    pages, blocks, gaps = assembled(read_pages(data, Path(name).name, reader), lexicon.folding())
    return Document(name, digest, "pdf", pages, blocks, gaps)
