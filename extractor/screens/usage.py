"""Help and wrong usage, in the language of the screen and as wide as the terminal; Chinese takes two columns a letter.

Typer formats help for letters of one width and says what is wrong in English; these classes and sentences take the
place of that. `rich` is not imported: help must come at once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from extractor.errors import UsageError
from extractor.messages import Message, translate
from extractor.screens.wrapping import columns, wrapped

_WIDEST = 100
_GAP = 2
#: The first column of a table is not made wider than this; longer entries get a line of their own.
_FIRST_COLUMN = 26
_SHOW_HELP = Message.of("Show this message and exit.")


class _Help:
    """The help of a command: usage, what it does, and tables of its arguments, options and commands."""

    def __init__(self, command: Any, context: typer.Context, language: str) -> None:
        self.command = command
        self.context = context
        self.language = language
        self.width = min(shutil.get_terminal_size().columns, _WIDEST)

    def say(self, key: str) -> str:
        """The words for `key` in the language of the help."""
        return translate(key, self.language)

    def text(self) -> str:
        """All of it."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        parameters = self.command.get_params(self.context)
        arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
        options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
        yield " ".join([self.say("Usage:"), self.context.command_path, self.say("[OPTIONS]"), *self._pieces(arguments)])
        yield ""
        yield from (f"  {line}" for line in wrapped(self.command.help or "", self.width - 2))
        yield from self._table(self.say("Arguments:"), [(a.metavar, a.help or "") for a in arguments])
        yield from self._table(self.say("Options:"), [self._option(option) for option in options])
        yield from self._table(self.say("Commands:"), self._commands())

    def _pieces(self, arguments: Sequence[Any]) -> Iterator[str]:
        for argument in arguments:
            yield argument.metavar if argument.required else f"[{argument.metavar}]"
        if isinstance(self.command, TyperGroup):
            yield self.say("COMMAND ...")

    def _option(self, option: Any) -> tuple[str, str]:
        names = ", ".join(sorted(option.opts, key=len))
        name = f"{names} {option.metavar}" if option.metavar else names
        notes = []
        if option.show_default and not option.is_flag and option.default is not None:
            notes.append(self.say("default: {value}").format(value=option.default))
        if option.envvar:
            notes.append(self.say("or {variable} in the environment").format(variable=option.envvar))
        more = self.say(" ({notes})").format(notes=self.say("; ").join(notes)) if notes else ""
        return name, f"{option.help or ''}{more}"

    def _commands(self) -> list[tuple[str, str]]:
        names = self.command.list_commands(self.context) if isinstance(self.command, TyperGroup) else []
        found = ((name, self.command.get_command(self.context, name)) for name in names)
        return [(name, command.help or "") for name, command in found if command is not None and not command.hidden]

    def _table(self, title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
        if not rows:
            return
        yield ""
        yield title
        first = min(_FIRST_COLUMN, max(columns(name) for name, _ in rows))
        indent = 2 + first + _GAP
        for name, words in rows:
            lines = wrapped(words, self.width - indent) if words else []
            if columns(name) > first or not lines:
                yield f"  {name}"
            else:
                yield f"  {name}{' ' * (indent - 2 - columns(name))}{lines.pop(0)}"
            yield from (" " * indent + line for line in lines)


def command_class(language: str) -> type[TyperCommand]:
    """The class of a command whose help is in `language`."""

    class Command(TyperCommand):
        def get_help_option(self, ctx: Any) -> Any:
            return _translated(super().get_help_option(ctx), language)

        def format_help(self, ctx: Any, formatter: Any) -> None:
            formatter.write(_Help(self, ctx, language).text())

    return Command


def group_class(language: str) -> type[TyperGroup]:
    """The class of the program itself, whose help is in `language`."""

    class Group(TyperGroup):
        def get_help_option(self, ctx: Any) -> Any:
            return _translated(super().get_help_option(ctx), language)

        def format_help(self, ctx: Any, formatter: Any) -> None:
            formatter.write(_Help(self, ctx, language).text())

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
                raise UsageError(_no_command(args[0], self.list_commands(ctx)))
            return super().resolve_command(ctx, args)

    return Group


def _translated(help_option: Any, language: str) -> Any:
    help_option.help = translate(_SHOW_HELP.key, language)
    return help_option


def _no_command(name: str, names: Sequence[str]) -> Message:
    near = get_close_matches(name, names, n=1)
    if near:
        return Message.of("There is no command {name}: did you mean {near}?", name=name, near=near[0])
    return Message.of("There is no command {name}: `jixiao --help` lists them.", name=name)


def wrong_usage(error: typer.TyperException) -> Message:
    """What Typer found wrong with a command line, in one sentence."""
    context = getattr(error, "ctx", None)
    call = context.command_path if context is not None else "jixiao"
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint().replace("'", "") if parameter is not None else ""
    if kind == "NoSuchOption":
        option = getattr(error, "option_name", "")
        known = [name for parameter in context.command.params for name in parameter.opts] if context is not None else []
        near = get_close_matches(option, known, n=1)
        if near:
            return Message.of("There is no option {name}: did you mean {near}?", name=option, near=near[0])
        return Message.of("There is no option {name}: `{call} --help` lists them.", name=option, call=call)
    if kind == "MissingParameter":
        return Message.of("{name} is missing: `{call} --help` says what it is.", name=name, call=call)
    if kind == "BadOptionUsage":
        option = getattr(error, "option_name", "")
        return Message.of("The option {name} is used wrongly: `{call} --help` says how.", name=option, call=call)
    if name:
        return Message.of("The value of {name} cannot be used ({reason}).", name=name, reason=error.message.rstrip("."))
    return Message.of(
        "This call is not understood ({reason}): see `{call} --help`.", reason=error.message.rstrip("."), call=call
    )
