"""`explain`: all checks in a table, or one check with everything that it says of itself."""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.checks import catalogue
from extractor.checks.documentation import explanation
from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens.console import Screen
from extractor.screens.flow import Flow
from extractor.screens.words import STYLES, severity_word


def explain(screen: Screen, check_id: str | None) -> None:
    """Print the table of checks, or one of them. Raises `UsageError` where there is no check of this id."""
    if check_id is None:
        _all(screen)
    elif check_id in catalogue.CHECKS:
        _one(screen, check_id)
    else:
        raise UsageError(unknown_check(check_id))


def unknown_check(check_id: str) -> Message:
    """That there is no check of this id, and which one may be meant."""
    from difflib import get_close_matches

    near = get_close_matches(check_id, catalogue.CHECKS, n=1)
    if near:
        return Message.of("There is no check {id}: did you mean {near}?", id=check_id, near=near[0])
    return Message.of("There is no check {id}: `jixiao explain` lists them.", id=check_id)


def _all(screen: Screen) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(screen.say("check"), no_wrap=True)
    table.add_column(screen.say("severity"), no_wrap=True)
    table.add_column(screen.say("what it compares"), overflow="fold")
    for check_id in catalogue.CHECKS:
        severity = catalogue.check(check_id).severity
        word = Text(severity_word(screen, severity), style=STYLES[severity])
        table.add_row(check_id, word, Flow(Text(explanation(check_id, screen.language).title)))
    screen.out.print(table)


def _one(screen: Screen, check_id: str) -> None:
    told = explanation(check_id, screen.language)
    severity = catalogue.check(check_id).severity
    head = Text(check_id, style="bold")
    head.append("  ")
    head.append(severity_word(screen, severity), style=STYLES[severity])
    screen.out.print(head)
    screen.out.print(Flow(Text(told.title)))
    for name, text in told.sections.items():
        screen.out.print(Padding(Text(name, style="bold"), (1, 0, 0, 0)))
        screen.out.print(Padding(Flow(Text(text)), (0, 0, 0, 2)))
