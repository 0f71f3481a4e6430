"""`link`: what may be one thing under two names, and what people say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from extractor import across
from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens.console import Screen
from extractor.screens.flow import Flow
from extractor.screens.words import one_line
from extractor.store.database import Database
from extractor.store.series import KeptLink, SeriesName, link_id

#: Fewer letters of an id name nothing for sure.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for: at most one of `confirm`, `refuse`, `same` and `undo`."""

    confirm: bool = False
    refuse: bool = False
    same: bool = False
    undo: bool = False
    everything: bool = False
    about: str | None = None
    reason: str | None = None


def run(screen: Screen, db: Path, ids: Sequence[str], options: Options) -> None:
    """List the links, or keep what is said of them. Raises `UsageError` where the words name none or several."""
    said = [options.confirm, options.refuse, options.same, options.undo]
    if sum(said) > 1:
        raise UsageError(Message.of("Say one thing of a link: --confirm, --refuse, --same or --undo."))
    if bool(ids) != any(said):
        raise UsageError(
            Message.of("Name links and say what of them: --confirm, --refuse or --undo, or --same with two series.")
            if ids
            else Message.of("Name the link: `jixiao link` shows the id of each.")
        )
    # A mistyped name must make no database.
    Database.open(db, read_only=True).close()
    with Database.open(db) as database:
        across.refresh(database)
        if not ids:
            _list(screen, _chosen(database.links(), options))
        elif options.same:
            _set(screen, database, ids, options.reason)
        else:
            _decide(screen, database, ids, options)
        across.refresh(database)


def _chosen(links: Sequence[KeptLink], options: Options) -> list[KeptLink]:
    words = options.about or ""
    return [
        one
        for one in links
        if (options.everything or one.state == "candidate")
        and any(words in (text or "") for text in (one.from_name, one.to_name, one.fund, one.region))
    ]


def _decide(screen: Screen, database: Database, ids: Sequence[str], options: Options) -> None:
    """Confirm, refuse or forget; nothing is kept where one of the ids names none."""
    links = database.links()
    named = [_one(links, id_) for id_ in ids]
    for one in named:
        if options.undo:
            database.undecide_link(one.link_id)
        else:
            database.decide_link(one, "confirmed" if options.confirm else "refused", options.reason)
        what = "taken back" if options.undo else "confirmed" if options.confirm else "refused"
        words = {
            "taken back": screen.say("taken back"),
            "confirmed": screen.say("confirmed"),
            "refused": screen.say("refused"),
        }
        screen.err.print(_line(screen, one, words[what]))


def _one(links: Sequence[KeptLink], id_: str) -> KeptLink:
    beginning = id_.strip().lower()
    if len(beginning) < _SHORTEST:
        raise UsageError(
            Message.of("“{id}” is too short for an id: give at least {count} letters.", id=id_, count=_SHORTEST)
        )
    found = [one for one in links if one.link_id.startswith(beginning)]
    if len(found) != 1:
        raise UsageError(
            Message.of("{id} begins several ids: give more letters of it.", id=id_)
            if found
            else Message.of("There is no link {id}: `jixiao link --all` lists them.", id=id_)
        )
    return found[0]


def _set(screen: Screen, database: Database, keys: Sequence[str], reason: str | None) -> None:
    """Say that two series are one."""
    if len(keys) != 2:
        raise UsageError(Message.of("Name two series with --same: `jixiao trend` shows the key of each."))
    one, other = (_series(database, key) for key in keys)
    if one.kind != other.kind or one.series_key == other.series_key:
        raise UsageError(
            Message.of("{one} and {other} are one series already.", one=one.name, other=other.name)
            if one.series_key == other.series_key
            else Message.of("{one} and {other} are a fund and an indicator.", one=one.name, other=other.name)
        )
    earlier, later = sorted((one, other), key=lambda series: (series.since or 0, series.own_key))
    made = KeptLink(
        link_id(earlier.kind, earlier.own_key, later.own_key), earlier.kind, "renamed", earlier.own_key, later.own_key,
        earlier.name, later.name, earlier.until, later.since, None, None, None, "", "set",
    )  # fmt: skip
    database.decide_link(made, "set", reason)
    screen.err.print(_line(screen, made, screen.say("set")))


def _series(database: Database, key: str) -> SeriesName:
    """The series of a key, under its last name."""
    beginning = key.strip().lower()
    found = database.series_names(beginning) if len(beginning) >= _SHORTEST else []
    if len({one.series_key for one in found}) != 1:
        raise UsageError(
            Message.of("{id} begins the keys of several series: give more letters of it.", id=key)
            if found
            else Message.of("There is no series {id}: `jixiao trend` shows the key of each.", id=key)
        )
    return found[-1]


def relation_word(screen: Screen, relation: str) -> str:
    """The word for how two names may belong together."""
    words = {"renamed": screen.say("renamed"), "split": screen.say("split"), "merged": screen.say("merged")}
    return words[relation]


def state_word(screen: Screen, state: str) -> str:
    """The word for what has been said of a link."""
    words = {
        "candidate": screen.say("candidate"),
        "confirmed": screen.say("confirmed"),
        "refused": screen.say("refused"),
        "set": screen.say("set"),
    }
    return words[state]


def _line(screen: Screen, one: KeptLink, what: str) -> Flow:
    words = Text(f"{what}  ", style="bold")
    words.append(f"{one.link_id}  ", style="not bold dim")
    words.append(screen.text(one_line(f"{one.from_name} → {one.to_name}"), "not bold"))
    return Flow(words)


def _list(screen: Screen, links: Sequence[KeptLink]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(screen.say("link"), no_wrap=True)
    table.add_column(screen.say("relation"), no_wrap=True)
    table.add_column(screen.say("years"), no_wrap=True)
    table.add_column(screen.say("earlier and later name"), overflow="fold", ratio=3)
    table.add_column(screen.say("fund"), overflow="fold", ratio=2)
    table.add_column(screen.say("sure"), justify="right", no_wrap=True)
    table.add_column(screen.say("why"), overflow="fold", ratio=3)
    table.add_column(screen.say("state"), no_wrap=True)
    for one in links:
        years = f"{one.from_year or ''}→{one.to_year or ''}"
        table.add_row(
            one.link_id,
            relation_word(screen, one.relation),
            years,
            Flow(screen.text(one_line(f"{one.from_name} → {one.to_name}"))),
            Flow(screen.text(one_line(" ".join(filter(None, (one.region, one.fund)))))),
            "" if one.score is None else f"{one.score:.2f}",
            Flow(screen.text(one_line(one.why))),
            state_word(screen, one.state),
        )
    if table.row_count:
        screen.out.print(table)
    screen.err.print(screen.counted(len(links), "{count} link", "{count} links"))
