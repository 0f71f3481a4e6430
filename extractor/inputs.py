"""Which files a person means by the files and folders given, in a fixed order, each once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: Files in a folder that are read for their name; any other one only where it begins like a PDF.
SUFFIXES = (".pdf", ".txt", ".text")
#: A PDF may begin with other bytes, but its mark stands within this many.
_MARK_WITHIN = 1024
#: Left by Word, Excel and WPS beside an open file.
_LOCK_FILE = "~$"


@dataclass(slots=True)
class Inputs:
    """The files to read, as absolute paths; what was named but is not there; files of other kinds by suffix."""

    files: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)
    #: Folders that could not be looked into, with the reason.
    closed: list[tuple[Path, str]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def collect(paths: Iterable[Path]) -> Inputs:
    """The files among and below `paths`: one that is named is taken whatever it is, in folders PDF and text files are.

    Hidden files and folders are passed over, links to folders are not followed.
    """
    found = Inputs()
    seen: set[str] = set()
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100  # the path as named: resolve() follows links
        for file in _files(absolute, found):
            # Two ways to the same file (a link, another spelling on a disk that folds letters) are one.
            real = os.path.normcase(os.path.realpath(file))
            if real not in seen:
                seen.add(real)
                found.files.append(file)
    return found


def _files(path: Path, found: Inputs) -> Iterator[Path]:
    # Not by Path's methods: they fail for what is too long to be a name.
    if os.path.isdir(path):  # noqa: PTH112
        yield from _below(path, found)
    elif os.path.exists(path):  # noqa: PTH110
        yield path
    else:
        found.missing.append(path)


def _below(folder: Path, found: Inputs) -> Iterator[Path]:
    def closed(error: OSError) -> None:
        found.closed.append((Path(error.filename or folder), error.strerror or str(error)))

    for top, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            if name.startswith((".", _LOCK_FILE)):
                continue
            path = Path(top, name)
            if _is_report(path):
                yield path
            elif path.is_file():
                found.others[path.suffix.lower()] += 1


def _is_report(path: Path) -> bool:
    if not path.is_file():
        return path.is_symlink() and path.suffix.lower() in SUFFIXES  # a broken link says so when it is read
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as stream:
            return b"%PDF" in stream.read(_MARK_WITHIN)
    except OSError:
        return False
