"""The errors a user can meet: each message is one sentence that names the thing and says what to do."""

from __future__ import annotations

from extractor.messages import Message


class JixiaoError(Exception):
    """Base of every error that is shown to the user as one sentence, in the language of the screen."""

    def __init__(self, message: Message | str) -> None:
        self.message = message if isinstance(message, Message) else Message("{text}", {"text": message})
        super().__init__(self.message.text("en"))

    def text(self, language: str) -> str:
        """The sentence in `language`."""
        return self.message.text(language)


class UnreadableFileError(JixiaoError):
    """The file's fault: it is damaged, empty, encrypted or of no known format.

    `kind` is the `kind` of the row in `gaps` that keeps it.
    """

    def __init__(self, message: Message | str, kind: str = "unreadable_file") -> None:
        super().__init__(message)
        self.kind = kind

    def __reduce__(self) -> tuple[type[UnreadableFileError], tuple[Message, str]]:
        """Workers hand errors to the main process: pickle with both arguments."""
        return type(self), (self.message, self.kind)


class PatternError(JixiaoError):
    """A file in `patterns/` (or in the user's folder of patterns) is wrong."""


class DatabaseError(JixiaoError):
    """The database cannot be used: locked, not ours, of a newer version, or no database at all."""


class UsageError(JixiaoError):
    """The command was called with something that it cannot work on."""
