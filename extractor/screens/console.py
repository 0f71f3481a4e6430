"""Where words go: data to standard output, everything else to standard error; colours only on a terminal."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import IO, cast

from rich.console import Console
from rich.text import Text

from extractor.messages import translate

#: Control characters are shown as their pictures (U+2400 …), so that text from a report cannot steer a terminal.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069), 0xFFFD),
    # Half of a character: a file name that is no Unicode text holds such.
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_END_BLANKS = re.compile(r" +(?=\n)")
#: Columns of output that goes to a file or a pipe: wide enough for a line of a report, and every line ends by itself.
_PLAIN_WIDTH = 100


def safe(text: object) -> str:
    """`text` without anything that a terminal would obey."""
    return str(text).translate(_PICTURES)


@dataclass(frozen=True)
class Screen:
    """The two streams of one command, its language, and how much it says."""

    language: str = "en"
    quiet: bool = False
    verbose: bool = False

    @cached_property
    def out(self) -> Console:
        """Standard output: the data that was asked for."""
        return _console(sys.stdout)

    @cached_property
    def err(self) -> Console:
        """Standard error: progress and summaries; nothing where the screen is quiet."""
        return _console(sys.stderr, self.quiet)

    @cached_property
    def complaints(self) -> Console:
        """Standard error: what went wrong, also on a quiet screen."""
        return _console(sys.stderr)

    def onto(self, stream: IO[str]) -> Screen:
        """The same screen with its data going to a stream, as plain as into a pipe."""
        made = Screen(self.language, self.quiet, self.verbose)
        made.__dict__["out"] = _console(stream)
        return made

    def say(self, key: str, /, **values: object) -> str:
        """The sentence of this key in the screen's language."""
        return translate(key, self.language).format(**{name: safe(value) for name, value in values.items()})

    def counted(self, count: int, one: str, many: str) -> str:
        """The sentence of one of two keys, `{count}` filled in: `1 page`, `2 pages`."""
        return self.say(one if count == 1 else many, count=count)

    def text(self, words: object, style: str = "") -> Text:
        """Words from a report as they stand, never read as markup or as terminal commands."""
        return Text(safe(words), style=style)


def _console(stream: IO[str], quiet: bool = False) -> Console:
    """A console on a stream: as wide as its terminal, and plain where it is none."""
    columns = os.environ.get("COLUMNS", "")
    width = None if stream.isatty() or columns.isdigit() else _PLAIN_WIDTH
    file = stream if stream.isatty() else cast("IO[str]", _Trimmed(stream))
    return Console(file=file, width=width, quiet=quiet, highlight=False, markup=False, emoji=False)


class _Trimmed:
    """A stream without the blanks that a console puts at the ends of lines to fill its width."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(_END_BLANKS.sub("", text))

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)
