"""`status`: what the database holds, in figures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.table import Table
from rich.text import Text

from extractor.screens.console import Screen
from extractor.screens.flow import Flow
from extractor.screens.importing import read_words
from extractor.screens.words import STYLES, kind_word, listed, outcome_word, severity_word
from extractor.store.database import Database, Holdings


def run(screen: Screen, db: Path) -> None:
    """Print what the database holds."""
    with Database.open(db, read_only=True) as database:
        held = database.status()
    screen.out.print(_summary(screen, held, db))
    _table(screen, screen.say("fiscal year"), _numbered(screen, held.years))
    _table(screen, screen.say("region"), _numbered(screen, held.regions))
    _outcomes(screen, held)
    _findings(screen, held)
    _table(screen, screen.say("gaps"), ((kind_word(screen, kind), count) for kind, count in held.gaps))


def _summary(screen: Screen, held: Holdings, db: Path) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    reports = [
        screen.counted(held.reports, "{count} report", "{count} reports"),
        screen.counted(held.unreadable, "{count} file that could not be read", "{count} files that could not be read")
        if held.unreadable
        else "",
        screen.say("{count} not checked yet", count=held.unchecked) if held.unchecked else "",
    ]
    facts = [
        screen.counted(held.evaluations, "{count} evaluation", "{count} evaluations"),
        screen.counted(held.funds, "{count} fund", "{count} funds"),
        screen.counted(held.indicators, "{count} indicator", "{count} indicators"),
    ]
    grid.add_row(screen.say("database"), Flow(screen.text(db)))
    grid.add_row(screen.say("reports"), Flow(Text(listed(screen, reports))))
    grid.add_row(screen.say("facts"), Flow(Text(listed(screen, facts))))
    grid.add_row(screen.say("read"), Flow(Text(read_words(screen, held.counts))))
    return grid


def _numbered(screen: Screen, pairs: Iterable[tuple[object, int]]) -> Iterable[tuple[str, int]]:
    return ((screen.say("not said") if name is None else str(name), count) for name, count in pairs)


def _table(screen: Screen, name: str, rows: Iterable[tuple[str, int]]) -> None:
    """A table of names and numbers, nothing where there are none."""
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column(name, overflow="fold", min_width=18)
    table.add_column(screen.say("number"), justify="right", no_wrap=True)
    for words, count in rows:
        table.add_row(screen.text(words), str(count))
    if table.row_count:
        screen.out.print()
        screen.out.print(table)


def _outcomes(screen: Screen, held: Holdings) -> None:
    totals: dict[str, int] = {}
    for outcome, _, count in held.verdicts:
        totals[outcome] = totals.get(outcome, 0) + count
    _table(
        screen,
        screen.say("comparisons"),
        ((outcome_word(screen, outcome), count) for outcome, count in totals.items()),
    )


def _findings(screen: Screen, held: Holdings) -> None:
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column(screen.say("findings"), no_wrap=True, min_width=18)
    table.add_column(screen.say("severity"), no_wrap=True)
    table.add_column(screen.say("number"), justify="right", no_wrap=True)
    order = list(STYLES)
    for check_id, severity, count in sorted(held.findings, key=lambda row: (order.index(row[1]), row[0])):
        table.add_row(check_id, Text(severity_word(screen, severity), style=STYLES[severity]), str(count))
    if table.row_count:
        screen.out.print()
        screen.out.print(table)
