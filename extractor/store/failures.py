"""What DuckDB says when it fails → one sentence that names the file and says what to do."""

from __future__ import annotations

import re
from pathlib import Path

from extractor.messages import Message

_HOLDER = re.compile(r"\(PID (\d+)\)")


def failure(path: Path, words: str) -> Message:
    """Why a database cannot be used, by DuckDB's message."""
    if _says(words, "Could not set lock", "being used by another process", "different configuration"):
        holder = _HOLDER.search(words)
        return Message.of(
            "The database {name} is in use by another program{holder}: wait for it to end, or name another with --db.",
            name=path,
            holder=f" ({holder[1]})" if holder else "",
        )
    if _says(words, "not a valid DuckDB database"):
        return Message.of("{name} is no database: name another file with --db.", name=path)
    if _says(words, "newer version of DuckDB", "version number"):
        return Message.of(
            "{name} was written by a newer version of DuckDB: update duckdb, or name another file with --db.", name=path
        )
    if _says(words, "No space left", "Could not write", "out of disk"):
        return Message.of(
            "The database {name} cannot be written, the disk is full or fails: what was imported before is safe.",
            name=path,
        )
    if _says(words, "Cannot open file", "Is a directory", "Could not read from", "Permission denied"):
        return Message.of(
            "The database {name} cannot be opened: check that its folder exists and that you may write there.",
            name=path,
        )
    return Message.of("The database {name} cannot be used: {reason}.", name=path, reason=first_sentence(words))


def query_failure(words: str) -> Message:
    """Why a user's query failed, by DuckDB's message."""
    return Message.of("The query failed: {reason}.", reason=first_sentence(words))


def first_sentence(words: str) -> str:
    """The first paragraph of DuckDB's message on one line, without its kind and its stop."""
    line = " ".join(line.strip() for line in words.split("\n\n", 1)[0].split("\n"))
    return re.sub(r"^[A-Z][\w ]* Error: ", "", line).rstrip(".! ")


def _says(words: str, *parts: str) -> bool:
    return any(part in words for part in parts)
