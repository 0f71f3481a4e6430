"""The command line: arguments in, exit status out. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from extractor import __version__
from extractor.errors import JixiaoError
from extractor.messages import LANGUAGES, Message, default_language, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.screens.console import Screen


def _asked_language(arguments: Sequence[str]) -> str:
    """The language that `--lang` names anywhere on the line, so that the help too is in it; else the locale's."""
    for i, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and i + 1 < len(arguments):
            value = arguments[i + 1]
        if value in LANGUAGES:
            return value
    return default_language()


LANGUAGE = _asked_language(sys.argv[1:])


def _(key: str) -> str:
    return translate(key, LANGUAGE)


app = typer.Typer(
    name="jixiao",
    help=_(
        "Reads performance self-evaluation reports (绩效自评报告) into DuckDB and shows where their figures disagree."
    ),
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

Database = Annotated[Path, typer.Option("--db", envvar="JIXIAO_DB", help=_("The database file."), show_default=True)]
Language = Annotated[str, typer.Option("--lang", help=_("Language of the screen: zh or en."))]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_("Say nothing but the result and errors."))]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help=_("Say more."))]
Paths = Annotated[list[Path], typer.Argument(help=_("Files and folders (read recursively)."), show_default=False)]
Patterns = Annotated[
    list[Path] | None,
    typer.Option(
        "--patterns", help=_("A folder of your own patterns, added to the built-in ones."), show_default=False
    ),
]
Reader = Annotated[str, typer.Option("--reader", help=_("The source of a PDF's characters: pdfium or pdfplumber."))]
DEFAULT_DATABASE = Path("jixiao.duckdb")


def _screen(language: str, quiet: bool = False, verbose: bool = False) -> Screen:
    from extractor.screens.console import Screen

    if language not in LANGUAGES:
        raise JixiaoError(Message.of("There is no language {name}: choose zh or en.", name=language))
    return Screen(language, quiet, verbose)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"jixiao {__version__}\n")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Show the version."))
    ] = False,
) -> None:
    """Options that stand before a command."""


@app.command("import", help=_("Read files and folders into the database; what is unchanged is skipped."))
def import_(
    paths: Paths,
    db: Database = DEFAULT_DATABASE,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help=_("Worker processes; 0: one for each core."))] = 0,
    no_check: Annotated[bool, typer.Option("--no-check", help=_("Do not run the checks."))] = False,
    patterns: Patterns = None,
    reader: Reader = "pdfium",
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import importing

    screen = _screen(lang, quiet, verbose)
    options = importing.Options(db, jobs, not no_check, _folders(patterns), reader)
    raise typer.Exit(importing.run(screen, paths, options))


@app.command(help=_("Show every place where figures contradict each other."))
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help=_("Files and folders; without them, what the database holds."), show_default=False),
    ] = None,
    db: Annotated[
        Path | None, typer.Option("--db", envvar="JIXIAO_DB", help=_("The database file."), show_default=False)
    ] = None,
    select: Annotated[list[str] | None, typer.Option("--select", help=_("Only these checks."))] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help=_("Not these checks."))] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Also show what holds and what could not be checked."))
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help=_("Exit with 0 also when errors were found."))] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help=_("Worker processes; 0: one for each core."))] = 0,
    patterns: Patterns = None,
    reader: Reader = "pdfium",
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import checking

    screen = _screen(lang, quiet, verbose)
    options = checking.Options(
        db, tuple(select or ()), tuple(ignore or ()), everything, jobs, _folders(patterns), reader
    )
    errors = checking.run(screen, paths or [], options)
    raise typer.Exit(1 if errors and not exit_zero else 0)


@app.command(help=_("Show one report: head, funds, document numbers, indicators, findings, gaps."))
def show(
    report: Annotated[str, typer.Argument(help=_("A file, a document_id, or words of the title."), show_default=False)],
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import showing

    showing.run(_screen(lang, quiet, verbose), report, db)


@app.command(help=_("Run SQL on the tables, read-only."))
def sql(
    query: Annotated[str, typer.Argument(help=_("The query; - or nothing reads standard input."))] = "-",
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, json, parquet, xlsx")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help=_("Write to this file."))] = None,
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import querying

    querying.run(_screen(lang, quiet, verbose), sys.stdin.read() if query == "-" else query, db, form, output)


@app.command(help=_("List the checks, or explain one."))
def explain(
    check: Annotated[str | None, typer.Argument(help=_("The id of a check."), show_default=False)] = None,
    lang: Language = LANGUAGE,
) -> None:
    from extractor.screens import explaining

    explaining.explain(_screen(lang), check)


@app.command(help=_("Say what the database holds: reports, findings, gaps."))
def status(
    db: Database = DEFAULT_DATABASE, lang: Language = LANGUAGE, quiet: Quiet = False, verbose: Verbose = False
) -> None:
    from extractor.screens import status as status_screen

    status_screen.run(_screen(lang, quiet, verbose), db)


def _folders(patterns: list[Path] | None) -> tuple[Path, ...]:
    return tuple(patterns or ())


def main() -> NoReturn:
    """Run the command line; an error is one sentence on standard error and exit status 2."""
    try:
        app(standalone_mode=True)
    except JixiaoError as error:
        sys.stderr.write(f"jixiao: {_safe(error.text(LANGUAGE))}\n")
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe has gone (`| head`): nothing is left to say, and Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(0)


def _safe(text: str) -> str:
    """Without control characters: a file's name may hold them."""
    return "".join(character if character.isprintable() else "�" for character in text)


if __name__ == "__main__":
    main()
