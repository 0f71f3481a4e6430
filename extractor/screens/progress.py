"""A bar on standard error for work on many files, only where somebody sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from extractor.screens.console import Screen

_T = TypeVar("_T")


def progress(screen: Screen, steps: Iterable[_T], total: int, prints: bool) -> Iterator[_T]:
    """The steps, a bar moving with them. No bar for a lone step, on a quiet screen, or away from a terminal.

    `prints`: something is printed at each step; the bar makes way for it.
    """
    if total < 2 or screen.quiet or not screen.err.is_terminal:
        yield from steps
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen.err, transient=True) as bar:
        for step in bar.track(steps, total=total, description=screen.say("Reading")):
            if prints:
                bar.stop()
            yield step
            if prints:
                bar.start()
