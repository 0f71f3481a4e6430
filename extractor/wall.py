"""The wall between files, and between checks: a slip of our own in one must not cost the others."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType

#: Of a long message this much is enough to find the slip.
_LONGEST = 200


class Wall:
    """Stops every error inside it, the only thing in the program that does, and keeps it in `error` to be told.

    What ends the program (an interrupt, an exit) passes.
    """

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> Wall:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception):
            self.error = error
            return True
        return False

    def words(self) -> str:
        """The error in few words, with its place in the program: `ValueError: … (resolve.py:93)`."""
        if self.error is None:
            return ""
        frames = traceback.extract_tb(self.error.__traceback__)
        where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
        said = " ".join(str(self.error).split())[:_LONGEST]
        return f"{type(self.error).__name__}{': ' if said else ''}{said}{where}"
