"""The words that several screens use, in the screen's language."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.text import Text

from extractor.model import Place, Severity
from extractor.screens.console import Screen, safe

#: Worst first.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def severity_word(screen: Screen, severity: str) -> str:
    """The word for a severity."""
    return {"error": screen.say("error"), "warning": screen.say("warning"), "note": screen.say("note")}[severity]


def severity_counts(screen: Screen, counts: Mapping[str, int]) -> Text:
    """`2 errors, 1 warnings, 0 notes`, what there is in its colour."""
    words = {
        "error": screen.counted(counts.get("error", 0), "{count} error", "{count} errors"),
        "warning": screen.counted(counts.get("warning", 0), "{count} warning", "{count} warnings"),
        "note": screen.counted(counts.get("note", 0), "{count} note", "{count} notes"),
    }
    parts = [Text(words[name], style=STYLES[name] if counts.get(name) else "") for name in SEVERITIES]
    return Text(separator(screen)).join(parts)


def outcome_word(screen: Screen, outcome: str) -> str:
    """The word for the outcome of a comparison."""
    words = {
        "consistent": screen.say("holds"),
        "inconsistent": screen.say("does not hold"),
        "uncheckable": screen.say("uncheckable"),
    }
    return words[outcome]


def role_word(screen: Screen, role: str) -> str:
    """The word for a role of money."""
    words = {
        "budget": screen.say("budget"),
        "received": screen.say("received"),
        "spent": screen.say("spent"),
        "carryover": screen.say("carried over"),
        "other": screen.say("other"),
    }
    return words[role]


def status_word(screen: Screen, status: str | None) -> str:
    """The word for what an indicator claims."""
    words = {"met": screen.say("met"), "partly": screen.say("partly met"), "unmet": screen.say("not met")}
    return words[status] if status else ""


def kind_word(screen: Screen, kind: str) -> str:
    """The words for a kind of gap; a kind that has none is shown as it stands in the database."""
    words = {
        "crash": screen.say("files at which Jixiao failed"),
        "damaged_file": screen.say("damaged files"),
        "damaged_page": screen.say("damaged pages"),
        "empty_file": screen.say("empty files"),
        "encrypted_file": screen.say("encrypted files"),
        "garbled_page": screen.say("garbled pages or lines"),
        "ocr_page": screen.say("scans with recognised text"),
        "scanned_page": screen.say("scanned pages"),
        "too_much": screen.say("files that took too much time or memory"),
        "unassigned_number": screen.say("figures in no fact"),
        "unknown_format": screen.say("files of other formats"),
        "unread_indicator": screen.say("indicators not read"),
        "unread_number": screen.say("numbers not read"),
        "unread_table": screen.say("tables not read"),
        "unreadable_file": screen.say("unreadable files"),
    }
    return words.get(kind, kind)


def place_words(screen: Screen, place: Place, pages: Sequence[tuple[int, str]]) -> str:
    """`page 6`, or for a text file `line 12`."""
    if place.page is not None:
        return screen.say("page {number}", number=place.page)
    text = "\f".join(page for _, page in pages)
    return screen.say("line {number}", number=text.count("\n", 0, place.start) + 1)


def separator(screen: Screen) -> str:
    """What stands between the members of a list."""
    return screen.say(", ")


def listed(screen: Screen, parts: Iterable[str]) -> str:
    """The parts as a list, empty ones left out."""
    return separator(screen).join(part for part in parts if part)


def shown_path(path: Path | str) -> str:
    """A path as short as it is clear: from the working folder on where it lies below it."""
    absolute = os.path.abspath(path)  # noqa: PTH100  # resolve() would show another name than the one given
    here = str(Path.cwd()) + os.sep
    return safe(absolute.removeprefix(here))


def one_line(quote: str) -> str:
    """A quote on one line."""
    return " ".join(safe(quote).split())
