"""`check --statistics`: how often each check compared something, and with what outcome."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table
from rich.text import Text

from extractor.screens import rows
from extractor.screens.console import Screen
from extractor.screens.records import Tally
from extractor.screens.words import STYLES

_COUNTED = ("consistent", "inconsistent", "uncheckable", "errors", "warnings", "notes")


def write(screen: Screen, tally: Tally, form: str, output: Path | None) -> None:
    """The counts in a format of `check`; `csv`, `json` and `xlsx` have a row a check."""
    if form == "text":
        _print(screen, tally)
        return
    found = tally.statistics()
    lines = [[row["check"], *(row[name] for name in _COUNTED)] for row in found]
    rows.write(screen, rows.Rows(("check", *_COUNTED), lines), form, output)


def _print(screen: Screen, tally: Tally) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(screen.say("check"), no_wrap=True)
    names = (
        screen.say("holds"),
        screen.say("does not hold"),
        screen.say("uncheckable"),
        screen.say("errors"),
        screen.say("warnings"),
        screen.say("notes"),
    )
    styles = ("green", "", "dim", STYLES["error"], STYLES["warning"], STYLES["note"])
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    for row in tally.statistics():
        cells = (
            Text(str(row[name] or "–"), style if row[name] else "dim")
            for name, style in zip(_COUNTED, styles, strict=True)
        )
        table.add_row(row["check"], *cells)
    screen.out.print(table)
    words = screen.say("{compared} of {figures} figures compared", compared=tally.compared, figures=tally.figures)
    screen.out.print(Text(words, style="dim"))
