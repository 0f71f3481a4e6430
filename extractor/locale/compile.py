"""Compile the translations: `python extractor/locale/compile.py` after a change of a .po file (needs Babel).

Each room has a .po file of its own below the language's folder; they are compiled into one .mo file, the only one that
the program loads. `python extractor/locale/compile.py --missing` lists the keys that nobody has translated yet.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

_HEADER = "Content-Type: text/plain; charset=UTF-8\n"
ROOT = Path(__file__).parents[2]
#: Functions that take keys → which of their arguments: `_("…")`, `Message.of("…")`, `screen.say("…")`,
#: `screen.counted(count, "…", "…")`.
KEYS_AT = {"_": slice(1), "of": slice(1), "say": slice(1), "counted": slice(1, 3)}


def parts(language: str = "zh") -> dict[str, Catalog]:
    """The translations as written by people, by the name of the file."""
    found = {}
    for path in sorted((Path(__file__).parent / language).rglob("*.po")):
        with path.open("rb") as stream:
            found[path.stem] = read_po(stream, locale=language, abort_invalid=True)
    return found


def catalog(language: str = "zh") -> Catalog:
    """All translations. Raises ValueError where two files translate a key differently."""
    whole = Catalog(locale=language, fuzzy=False)
    for name, part in parts(language).items():
        for entry in part:
            if not entry.id:
                continue
            before = whole.get(entry.id)
            if before is not None and before.string != entry.string:
                raise ValueError(f"{name}.po translates differently from another file: {entry.id}")
            whole.add(entry.id, entry.string)
    return whole


def compiled(source: Catalog) -> bytes:
    """The translations as the program loads them, the same bytes for the same translations.

    Babel writes the day and its own version into the file, so the format (GNU gettext's manual, "The Format of GNU MO
    Files") is written here: seven numbers, two tables of lengths and offsets sorted by key, and the texts.
    """
    texts = {str(entry.id): str(entry.string) for entry in source if entry.id and entry.string}
    pairs = sorted((key.encode(), text.encode()) for key, text in {"": _HEADER, **texts}.items())
    count, start = len(pairs), 7 * 4
    tables, strings = [], b""
    for column in (0, 1):
        for pair in pairs:
            tables.append((len(pair[column]), start + 16 * count + len(strings)))
            strings += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, start + 16 * count)
    return head + b"".join(struct.pack("<2I", *entry) for entry in tables) + strings


def keys() -> dict[str, str]:
    """Every key in the code → the file that uses it."""
    found: dict[str, str] = {}
    for path in (ROOT / "cli.py", *sorted((ROOT / "extractor").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for key in _keys(node):
                    found.setdefault(key, path.relative_to(ROOT).as_posix())
    return found


def _keys(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for argument in call.args[KEYS_AT.get(name, slice(0))]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
            yield argument.value


def missing() -> dict[str, str]:
    """The keys without translation → the file that uses it."""
    translated = catalog()
    return {key: name for key, name in keys().items() if key not in translated or not translated[key].string}


if __name__ == "__main__":
    if "--missing" in sys.argv:
        sys.stdout.writelines(sorted(f"{name}: {key}\n" for key, name in missing().items()))
    else:
        target = Path(__file__).parent / "zh" / "LC_MESSAGES" / "jixiao.mo"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(compiled(catalog()))
