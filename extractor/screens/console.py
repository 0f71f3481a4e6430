"""Where words go: data to standard output, everything else to standard error; colours only on a terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property

from rich.console import Console
from rich.text import Text

from extractor.messages import translate

#: Control characters are shown as their pictures (U+2400 …), so that text from a report cannot steer a terminal.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069), 0xFFFD),
}


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
        return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=False)

    @cached_property
    def err(self) -> Console:
        """Standard error: progress, summaries, errors."""
        return Console(file=sys.stderr, highlight=False, markup=False, emoji=False, quiet=self.quiet)

    def say(self, key: str, /, **values: object) -> str:
        """The sentence of this key in the screen's language."""
        return translate(key, self.language).format(**{name: safe(value) for name, value in values.items()})

    def text(self, words: object, style: str = "") -> Text:
        """Words from a report as they stand, never read as markup or as terminal commands."""
        return Text(safe(words), style=style)
