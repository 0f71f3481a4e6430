"""`dismiss`: findings that somebody has looked at and set aside, bound to their figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens.console import Screen
from extractor.screens.findings import ID_SHOWN
from extractor.screens.flow import Flow
from extractor.screens.words import one_line, shown_path
from extractor.store.database import Database, Dismissal, Stated

#: Fewer letters of an id name nothing for sure.
_SHORTEST = 4


def run(screen: Screen, db: Path, finding: str | None, reason: str | None, undo: bool) -> None:
    """Dismiss a finding for a reason, take a dismissal back, or without a finding list what was dismissed.

    Raises `UsageError` where the words name no finding or several, or the reason lacks.
    """
    if finding is None:
        if reason is not None or undo:
            raise UsageError(Message.of("Name the finding: `jixiao check` shows the id of each."))
        with Database.open(db, read_only=True) as database:
            _list(screen, database.dismissals())
        return
    # As the screen shows it: `sum-parts#a6f9a136`.
    beginning = finding.strip().lower().rpartition("#")[2]
    if len(beginning) < _SHORTEST:
        raise UsageError(
            Message.of("“{id}” is too short for an id: give at least {count} letters.", id=finding, count=_SHORTEST)
        )
    # A mistyped name must make no database.
    Database.open(db, read_only=True).close()
    with Database.open(db) as database:
        if undo:
            _undo(screen, database, beginning)
        else:
            _dismiss(screen, database, beginning, reason)


def _dismiss(screen: Screen, database: Database, beginning: str, reason: str | None) -> None:
    if reason is None or not reason.strip():
        raise UsageError(Message.of("A dismissal has a reason: add --reason TEXT."))
    found = database.findings(beginning)
    named = list(dict.fromkeys(one.finding_id for one in found if one.finding_id.startswith(beginning)))
    if not named:
        raise UsageError(
            Message.of(
                "There is no finding {id} in {name}: `jixiao check` shows the ids.", id=beginning, name=database.path
            )
        )
    if len(named) > 1:
        raise UsageError(_several(screen, beginning, found))
    database.dismiss(found, reason.strip())
    for one in found:
        screen.err.print(_line(screen, one, screen.say("dismissed")))


def _undo(screen: Screen, database: Database, beginning: str) -> None:
    found = database.dismissals(beginning)
    if not found:
        raise UsageError(Message.of("No dismissal begins with {id}: `jixiao dismiss` lists them.", id=beginning))
    if len({one.finding_id for one in found if one.finding_id.startswith(beginning)}) > 1:
        raise UsageError(Message.of("{id} begins several ids: `jixiao dismiss` lists them.", id=beginning))
    database.undo(found)
    for one in found:
        screen.err.print(_line(screen, one, screen.say("taken back")))


def _several(screen: Screen, beginning: str, found: Sequence[Stated]) -> Message:
    for one in found:
        screen.complaints.print(_line(screen, one))
    return Message.of("{id} begins several ids: give more letters of it.", id=beginning)


def _line(screen: Screen, one: Stated | Dismissal, what: str = "") -> Flow:
    """What became of a finding, its whole id, what it says, and its file."""
    words = Text(f"{what}  " if what else "", style="bold")
    words.append(f"{one.finding_id}  ", style="not bold dim")
    words.append(screen.text(one_line(_said(screen, one)), "not bold"))
    words.append(f"  {shown_path(one.path)}", style="not bold cyan")
    return Flow(words)


def _said(screen: Screen, one: Stated | Dismissal) -> str:
    if one.message is None:
        return screen.say("the figures have changed")
    return f"{one.message.text(screen.language)}  {one.check_id}"


def _list(screen: Screen, dismissals: Sequence[Dismissal]) -> None:
    """What was dismissed. A finding whose figures have changed since is marked: it is found again if it is wrong."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(screen.say("finding"), no_wrap=True)
    table.add_column(screen.say("date"), no_wrap=True)
    table.add_column(screen.say("what it says"), overflow="fold", ratio=2)
    table.add_column(screen.say("reason"), overflow="fold", ratio=2)
    table.add_column(screen.say("file"), overflow="fold", ratio=1)
    for one in dismissals:
        table.add_row(
            one.finding_id[:ID_SHOWN],
            f"{one.dismissed_at:%Y-%m-%d}",
            Flow(screen.text(one_line(_said(screen, one)))),
            Flow(screen.text(one_line(one.reason))),
            Flow(screen.text(Path(one.path).name)),
        )
    if table.row_count:
        screen.out.print(table)
    screen.err.print(screen.counted(len(dismissals), "{count} finding dismissed", "{count} findings dismissed"))
