"""The errors a user can meet: each message is one sentence that names the thing and says what to do."""

from __future__ import annotations


class JixiaoError(Exception):
    """Base of every error that is shown to the user as one sentence."""


class UnreadableFileError(JixiaoError):
    """The file's fault: it is damaged, empty, encrypted or of no known format.

    `kind` is the `kind` of the row in `gaps` that keeps it.
    """

    def __init__(self, message: str, kind: str = "unreadable_file") -> None:
        super().__init__(message)
        self.kind = kind


class PatternError(JixiaoError):
    """A file in `patterns/` (or in the user's folder of patterns) is wrong."""


class DatabaseError(JixiaoError):
    """The database cannot be used: locked, not ours, of a newer version, or no database at all."""


class UsageError(JixiaoError):
    """The command was called with something that it cannot work on."""
