"""A text that is broken into lines as Chinese is (see `wrapping`), where rich breaks at blanks alone."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from extractor.screens.wrapping import breaks

#: Two Chinese characters with a mark: a column is not made narrower.
_NARROWEST = 6


class Flow:
    """A text to print, in a cell or by itself."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cell_len(line) for line in self.text.plain.split("\n")), default=0)
        return Measurement(min(widest, _NARROWEST), widest).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for paragraph in self.text.split("\n", allow_blank=True):
            paragraph.expand_tabs(4)
            for line in paragraph.divide(breaks(paragraph.plain, options.max_width)):
                line.rstrip()
                line.no_wrap = True
                line.justify = options.justify
                yield line
