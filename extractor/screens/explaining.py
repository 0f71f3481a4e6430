"""`explain`: all checks in a table, or one check with everything that it says of itself and the thresholds in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor import lexicon, own_checks, pipeline
from extractor.checks import catalogue
from extractor.checks.documentation import thresholds
from extractor.errors import UsageError
from extractor.lexicon import NATIONAL, Profile
from extractor.pipeline import Settings
from extractor.screens.console import Screen
from extractor.screens.flow import Flow
from extractor.screens.records import Checks
from extractor.screens.rows import decimal_text
from extractor.screens.selection import unknown_check
from extractor.screens.words import STYLES, severity_word


def explain(screen: Screen, check_id: str | None, settings: Settings, folders: Sequence[Path] = ()) -> None:
    """Print the table of checks, one's own among them, or one of them.

    Raises `UsageError` where there is no check of this id, or a file of one's own checks is wrong.
    """
    pipeline.prepare(settings)
    owned = own_checks.read(folders)
    checks = Checks.of(screen.language, owned)
    known = (*catalogue.CHECKS, *(check.id for check in owned))
    if check_id is None:
        _all(screen, checks, known)
    elif check_id in known:
        _one(screen, checks, check_id, settings.profile)
    else:
        raise UsageError(unknown_check(check_id, known))


def _all(screen: Screen, checks: Checks, known: Sequence[str]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(screen.say("check"), no_wrap=True)
    table.add_column(screen.say("severity"), no_wrap=True)
    table.add_column(screen.say("what it compares"), overflow="fold")
    for check_id in known:
        severity = checks.severity(check_id)
        word = Text(severity_word(screen, severity), style=STYLES[severity])
        table.add_row(check_id, word, Flow(screen.text(checks.told(check_id).title)))
    screen.out.print(table)
    screen.out.print()
    profiles = Table(box=None, header_style="bold", pad_edge=False)
    profiles.add_column(screen.say("profile"), no_wrap=True)
    profiles.add_column(screen.say("whose thresholds and rules"), overflow="fold")
    for profile in lexicon.lexicon().profiles.values():
        profiles.add_row(profile.id, Flow(screen.text(_whose(screen, profile))))
    screen.out.print(profiles)


def _whose(screen: Screen, profile: Profile) -> str:
    """The profile's title, and when it is chosen by itself."""
    words = profile.name(screen.language)
    if profile.id == NATIONAL:
        return words
    if not profile.regions:
        return screen.say("{title} (with --profile alone)", title=words)
    first, last = profile.years
    if first and last < lexicon.LAST_YEAR:
        return screen.say("{title} (reports on {first} to {last})", title=words, first=first, last=last)
    if first:
        return screen.say("{title} (reports on {first} and later)", title=words, first=first)
    return words


def _one(screen: Screen, checks: Checks, check_id: str, profile: str | None) -> None:
    told = checks.told(check_id)
    severity = checks.severity(check_id)
    head = Text(check_id, style="bold")
    head.append("  ")
    head.append(severity_word(screen, severity), style=STYLES[severity])
    screen.out.print(head)
    screen.out.print(Flow(screen.text(told.title)))
    for name, text in told.sections.items():
        _section(screen, name, [text])
    own = checks.owned.get(check_id)
    if own is not None:
        _section(screen, screen.say("Query"), [own.file])
        screen.out.print(Padding(screen.text(own.sql), (0, 0, 0, 2)))
    else:
        _section(screen, screen.say("Thresholds in force"), list(_in_force(screen, check_id, profile)))


def _section(screen: Screen, name: str, lines: Sequence[str]) -> None:
    if lines:
        screen.out.print(Padding(Text(name, style="bold"), (1, 0, 0, 0)))
    for line in lines:
        screen.out.print(Padding(Flow(screen.text(line)), (0, 0, 0, 2)))


def _in_force(screen: Screen, check_id: str, named: str | None) -> Iterator[str]:
    """The thresholds that the check looks at, each with its value and its source.

    Those of the profile that is named; without one the national values, and behind them those that differ elsewhere.
    """
    profiles = lexicon.lexicon().profiles
    first = lexicon.profile(named or NATIONAL)
    others = [] if named else [profile for profile in profiles.values() if profile.id != NATIONAL]
    for id_ in thresholds(check_id):
        if id_ in first.bases:
            yield _told(screen, first, id_)
        for profile in others:
            if id_ in profile.bases and _value(profile, id_) != _value(first, id_):
                yield f"{profile.id}: {_told(screen, profile, id_, known=id_ in first.bases)}"


def _told(screen: Screen, profile: Profile, id_: str, known: bool = False) -> str:
    """A threshold with its value and its source; what it is for, unless that is `known` from another profile."""
    what, source = profile.bases[id_].told(screen.language)
    value = _value(profile, id_)
    if known:
        return screen.say("{value}. {source}", value=value, source=source)
    return screen.say("{id} = {value}: {what}. {source}", id=id_, value=value, what=what, source=source)


def _value(profile: Profile, id_: str) -> str:
    value = profile.get(id_)
    return decimal_text(value) if value is not None else str(profile.ladder(id_))
