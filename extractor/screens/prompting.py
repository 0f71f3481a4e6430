"""The prompt of `sql`: queries until the end, with history and completion."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from extractor.errors import JixiaoError
from extractor.screens import rows
from extractor.screens.console import Screen
from extractor.screens.querying import answer
from extractor.store.database import Database

if TYPE_CHECKING:
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

_COMMANDS = (".tables", ".schema", ".format", ".help", ".quit")
_WORDS = (
    "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "JOIN", "LEFT JOIN", "ON", "USING", "AND",
    "OR", "NOT", "IN", "IS NULL", "IS NOT NULL", "LIKE", "AS", "DISTINCT", "COUNT(*)", "SUM", "MIN", "MAX", "DESC",
    "WITH", "CASE", "WHEN", "THEN", "ELSE", "END", "UNION ALL", "QUALIFY", "OVER", "PARTITION BY", "BETWEEN",
)  # fmt: skip
#: What a name may consist of, Chinese ones too.
_BREAKS = " \t\n,;()=<>+-*/'\"."


class Names(Completer):
    """Completes commands, tables, columns and words of SQL."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """The names that begin like the word before the cursor."""
        before = document.text_before_cursor
        if before.lstrip().startswith(".") and " " not in before.strip():
            yield from (
                Completion(word, -len(before.lstrip())) for word in _COMMANDS if word.startswith(before.strip())
            )
            return
        start = max((before.rfind(mark) for mark in _BREAKS), default=-1) + 1
        word = before[start:]
        if word:
            lower = word.lower()
            for name in (*self._names, *_WORDS):
                if name.lower().startswith(lower):
                    yield Completion(name, -len(word))


def prompt(screen: Screen, database: Database, form: str) -> None:
    """Ask for queries and answer them until the end; what fails is told in one sentence, and the prompt goes on."""
    session = _session(database)
    screen.err.print(screen.say("A query ends with ;  — .help tells more, Ctrl-D leaves."))
    while True:
        try:
            typed = session.prompt("jixiao> ").strip().rstrip(";").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if typed in (".quit", ".exit"):
            return
        if typed:
            form = _answered(screen, database, typed, form)


def _answered(screen: Screen, database: Database, typed: str, form: str) -> str:
    """Answer one line; gives the format in force after it."""
    try:
        if typed == ".help":
            screen.err.print(_help(screen))
        elif typed.startswith(".format"):
            return rows.chosen_format(typed.removeprefix(".format").strip() or None, None)
        else:
            for statement in [typed] if typed.startswith(".") else database.statements(typed):
                rows.write(screen, answer(database, statement), form, None)
    except JixiaoError as error:
        screen.complaints.print(screen.text(error.text(screen.language)))
    except KeyboardInterrupt:
        screen.complaints.print(screen.say("Interrupted."))
    return form


def _help(screen: Screen) -> str:
    return screen.say(
        ".tables lists the tables, .schema TABLE its columns, .format NAME sets the format, .quit leaves."
        " A query may run over several lines and ends with ;"
    )


def _session(database: Database) -> PromptSession[str]:
    names = [name for row in database.tables().rows for name in row[:1]]
    names += [name for row in database.columns(None).rows for name in row[1:2]]
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        text = event.current_buffer.text.strip()
        if not text or text.startswith(".") or text.endswith(";"):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    return PromptSession(
        history=_history(),
        completer=Names(names),
        complete_while_typing=False,
        multiline=True,
        key_bindings=keys,
        lexer=PygmentsLexer(SqlLexer),
        prompt_continuation="     -> ",
    )


def _history() -> History:
    """What was typed before, kept in the user's own state folder; only in memory where that cannot be written."""
    try:
        folder = _state_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "sql_history"
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


def _state_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "jixiao"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "jixiao"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "jixiao"
