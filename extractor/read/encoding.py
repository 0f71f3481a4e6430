"""Bytes → text: UTF-8, UTF-16, GB18030 or Big5, by what they hold. No character is lost in silence."""

from __future__ import annotations

import codecs

from extractor.errors import UnreadableFileError
from extractor.messages import Message
from extractor.read.quality import garbled

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: First bytes of formats that people take for reports.
_KNOWN = (
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0", "old office"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
#: A file with more control or lost characters than this share is no text.
_FOREIGN_SHARE = 0.02
#: The part of a long file that is looked at to tell its encoding.
_SAMPLE = 200_000


def decoded(data: bytes, name: str) -> str:
    """The text; bytes that mean nothing become U+FFFD, and more than a few of them an `UnreadableFileError`."""
    for start, kind in _KNOWN:
        if data.startswith(start):
            raise UnreadableFileError(_not_read(kind, name), "unknown_format")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace").lstrip("\ufeff"), name)
    if b"\0" in data[:_SAMPLE]:
        return _checked(_without_mark(data), name)
    return _checked(_eight_bit(data), name)


def _not_read(kind: str, name: str) -> Message:
    """What the file is and what to do with it, one whole sentence a kind: a phrase cannot be put into any language."""
    if kind == "office":
        return Message.of("{name} is a Word, Excel or zip file: save it as PDF or as text and read that.", name=name)
    if kind == "old office":
        return Message.of("{name} is an old Word or Excel file: save it as PDF or as text and read that.", name=name)
    if kind == "rtf":
        return Message.of("{name} is an RTF file: save it as PDF or as text and read that.", name=name)
    if kind == "image":
        return Message.of("{name} is an image: recognise it (OCR) and read the text.", name=name)
    return Message.of("{name} is an archive: unpack it and read what is in it.", name=name)


def _without_mark(data: bytes) -> str:
    """UTF-16 by the side on which the zero bytes of its Latin characters and line ends stand."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    first, second = ("utf-16-le", "utf-16-be") if odd >= even else ("utf-16-be", "utf-16-le")
    text = data.decode(first, "replace")
    return text if not _foreign(text) else data.decode(second, "replace")


def _eight_bit(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or not garbled(text[:_SAMPLE]):
            return text
        return _big5(data) or text
    # Neither fits throughout: the one that loses less, the lost places marked.
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return min(texts, key=lambda text: text.count("\ufffd"))


def _big5(data: bytes) -> str | None:
    try:
        text = data.decode("big5hkscs")
    except UnicodeDecodeError:
        return None
    return None if garbled(text[:_SAMPLE]) else text


def _checked(text: str, name: str) -> str:
    if _foreign(text):
        raise UnreadableFileError(
            Message.of("{name} is neither a PDF nor a text file: give a PDF or a text file.", name=name),
            "unknown_format",
        )
    return text


def _foreign(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(1 for c in sample if (c < " " and c not in "\t\n\r\f\v") or c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
    return odd > _FOREIGN_SHARE * len(sample)
