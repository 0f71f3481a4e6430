"""Compile the translations: `python extractor/locale/compile.py` after a change of a .po file (needs Babel)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
#: Functions whose first argument is a key: `_("…")`, `Message.of("…")`, `screen.say("…")`.
KEYWORDS = {"_": None, "of": None, "say": None}
#: Chinese texts of our own that `Message.of` or `Text.of` never get; keys are English.
METHODS = [("cli.py", "python"), ("extractor/**.py", "python")]


def catalog(language: str = "zh") -> Catalog:
    """The translations as written by people."""
    path = Path(__file__).parent / language / "LC_MESSAGES" / "jixiao.po"
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def compiled(source: Catalog) -> bytes:
    """The translations as the program loads them."""
    buffer = BytesIO()
    write_mo(buffer, source)
    return buffer.getvalue()


def keys() -> dict[str, str]:
    """Every key in the code → the file that uses it."""
    found: dict[str, str] = {}
    for name, _line, message, _comments, _context in extract_from_dir(str(ROOT), METHODS, keywords=KEYWORDS):
        if isinstance(message, str) and message:
            found.setdefault(message, name)
    return found


if __name__ == "__main__":
    target = Path(__file__).parent / "zh" / "LC_MESSAGES" / "jixiao.mo"
    target.write_bytes(compiled(catalog()))
