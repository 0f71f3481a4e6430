"""The command line: arguments in, exit status out. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from extractor import __version__
from extractor.errors import JixiaoError
from extractor.messages import LANGUAGES, Message, default_language, translate
from extractor.screens.usage import command_class, group_class, wrong_usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.pipeline import Settings
    from extractor.screens.console import Screen
    from extractor.workers import Limits


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


_Command = command_class(LANGUAGE)
app = typer.Typer(
    name="jixiao",
    cls=group_class(LANGUAGE),
    help=_(
        "Reads performance self-evaluation reports (绩效自评报告) into DuckDB and shows where their figures disagree."
    ),
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"jixiao {__version__}\n")
        raise typer.Exit


DEFAULT_DATABASE = Path("jixiao.duckdb")
Database = Annotated[Path, typer.Option("--db", envvar="JIXIAO_DB", help=_("The database file."), metavar="FILE")]
Language = Annotated[
    str, typer.Option("--lang", help=_("Language of the screen."), metavar="zh|en", show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=_("Say nothing but the result and errors."))]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help=_("Say more."))]
Paths = Annotated[
    list[Path], typer.Argument(help=_("Files and folders (read recursively)."), show_default=False, metavar="PATH...")
]
Patterns = Annotated[
    list[Path] | None,
    typer.Option(
        "--patterns",
        help=_("A folder of your own patterns, added to the built-in ones."),
        show_default=False,
        metavar="DIR",
    ),
]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        help=_("Thresholds and local rules; else each report's region and year choose."),
        show_default=False,
        metavar="NAME",
    ),
]
OwnChecks = Annotated[
    list[Path] | None,
    typer.Option(
        "--checks", help=_("A folder of your own checks, queries in .sql files."), show_default=False, metavar="DIR"
    ),
]
Reader = Annotated[
    str,
    typer.Option("--reader", help=_("What reads the characters of a PDF."), metavar="pdfium|pdfplumber"),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help=_("Write to this file."), metavar="FILE")]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help=_("Worker processes; 0: one for each core."), metavar="N")
]
Timeout = Annotated[int, typer.Option("--timeout", min=0, help=_("Seconds that a file may take; 0: any."), metavar="N")]
Memory = Annotated[
    int, typer.Option("--memory", min=0, help=_("Megabytes that reading a file may take; 0: any."), metavar="N")
]


def _screen(language: str, quiet: bool = False, verbose: bool = False) -> Screen:
    from extractor.screens.console import Screen

    if language not in LANGUAGES:
        raise JixiaoError(Message.of("There is no language {name}: choose zh or en.", name=language))
    return Screen(language, quiet, verbose)


def _settings(
    patterns: list[Path] | None, reader: str = "pdfium", check: bool = True, profile: str | None = None
) -> Settings:
    from extractor.pipeline import Settings
    from extractor.read.files import READERS

    if reader not in READERS:
        raise JixiaoError(
            Message.of("There is no reader {name}: choose one of {names}.", name=reader, names=", ".join(READERS))
        )
    return Settings(reader, tuple(patterns or ()), check, profile)


def _limits(timeout: int, memory: int) -> Limits:
    from extractor.workers import Limits

    return Limits(timeout, memory)


@app.callback(invoke_without_command=True)
def _common(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Show the version."))
    ] = False,
    lang: Language = LANGUAGE,
) -> None:
    """Options that stand before a command; alone they show the help."""
    if context.invoked_subcommand is None:
        sys.stderr.write(context.get_help() + "\n")
        raise typer.Exit(2)


@app.command(
    "import",
    cls=_Command,
    help=_("Read files and folders into the database; what is unchanged is skipped."),
)
def import_(
    paths: Paths,
    db: Database = DEFAULT_DATABASE,
    jobs: Jobs = 0,
    timeout: Timeout = 120,
    memory: Memory = 2048,
    no_check: Annotated[bool, typer.Option("--no-check", help=_("Do not run the checks."))] = False,
    profile: Profile = None,
    patterns: Patterns = None,
    reader: Reader = "pdfium",
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import importing

    screen = _screen(lang, quiet, verbose)
    settings = _settings(patterns, reader, not no_check, profile)
    options = importing.Options(db, jobs, settings, _limits(timeout, memory))
    raise typer.Exit(importing.run(screen, paths, options))


@app.command(cls=_Command, help=_("Show every place where figures contradict each other."))
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help=_("Files and folders; without them, what the database holds."), show_default=False, metavar="PATH..."
        ),
    ] = None,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            help=_("The database file; with PATH nothing is kept unless it is given."),
            show_default=False,
            metavar="FILE",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", help=_("Only these checks: ids, families, patterns as score-*."), metavar="ID,..."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help=_("Not these checks."), metavar="ID,...")] = None,
    severity: Annotated[
        str, typer.Option("--severity", help=_("The least severity that is shown."), metavar="error|warning|note")
    ] = "note",
    new: Annotated[bool, typer.Option("--new", help=_("Only what no earlier run with --new has shown."))] = False,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Also show what holds and what could not be checked."))
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help=_("Show counts by check and outcome instead."))
    ] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help=_("What is written; else the name of the output tells."),
            metavar="text|json|sarif|csv|xlsx",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help=_("Exit with 0 also when errors were found."))] = False,
    profile: Profile = None,
    checks: OwnChecks = None,
    jobs: Jobs = 0,
    timeout: Timeout = 120,
    memory: Memory = 2048,
    patterns: Patterns = None,
    reader: Reader = "pdfium",
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import checking, forms, selection

    screen = _screen(lang, quiet, verbose)
    if db is None and not paths:
        db = Path(os.environ.get("JIXIAO_DB") or DEFAULT_DATABASE)
    options = checking.Options(
        db,
        jobs,
        _settings(patterns, reader, profile=profile),
        tuple(select or ()),
        tuple(ignore or ()),
        selection.severity(severity),
        tuple(checks or ()),
        new,
        forms.chosen(form, output, everything, statistics),
        _limits(timeout, memory),
    )
    found = checking.run(screen, paths or [], options)
    raise typer.Exit(1 if found and not exit_zero else 0)


@app.command(cls=_Command, help=_("Set a finding aside as long as its figures stay the same; alone, list these."))
def dismiss(
    finding: Annotated[
        str | None,
        typer.Argument(help=_("The id of a finding, or its beginning."), show_default=False, metavar="FINDING"),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help=_("Why, in your words."), show_default=False, metavar="TEXT")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help=_("Take the dismissal back."))] = False,
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import dismissing

    dismissing.run(_screen(lang, quiet, verbose), db, finding, reason, undo)


@app.command(
    cls=_Command,
    help=_("List what may be one fund or indicator under two names, or say what is and what is not."),
)
def link(
    links: Annotated[
        list[str] | None,
        typer.Argument(help=_("Links by their ids, or two series with --same."), show_default=False, metavar="LINK..."),
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help=_("They are one thing."))] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help=_("They are not."))] = False,
    same: Annotated[bool, typer.Option("--same", help=_("Two series, which no link names, are one thing."))] = False,
    undo: Annotated[bool, typer.Option("--undo", help=_("Take back what was said."))] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", help=_("Why, in your words."), show_default=False, metavar="TEXT")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("Also those of which something was said."))] = False,
    about: Annotated[
        str | None,
        typer.Option("--about", help=_("Only links with this text in a name."), show_default=False, metavar="TEXT"),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import linking

    options = linking.Options(confirm, refuse, same, undo, everything, about, reason)
    linking.run(_screen(lang, quiet, verbose), db, links or [], options)


@app.command(
    cls=_Command,
    help=_("Show one report: head, funds, document numbers, indicators, findings, gaps."),
)
def show(
    report: Annotated[
        str,
        typer.Argument(help=_("A file, a document_id, or words of the title."), show_default=False, metavar="REPORT"),
    ],
    db: Database = DEFAULT_DATABASE,
    profile: Profile = None,
    patterns: Patterns = None,
    reader: Reader = "pdfium",
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import showing

    showing.run(_screen(lang, quiet, verbose), report, db, _settings(patterns, reader, profile=profile))


@app.command(cls=_Command, help=_("Show a fund or an indicator over the years."))
def trend(
    text: Annotated[str, typer.Argument(help=_("A name, or a part of it."), show_default=False, metavar="TEXT")],
    fund: Annotated[bool, typer.Option("--fund", help=_("Only funds."))] = False,
    indicator: Annotated[bool, typer.Option("--indicator", help=_("Only indicators."))] = False,
    region: Annotated[
        str | None, typer.Option("--region", help=_("Only this region."), show_default=False, metavar="TEXT")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help=_("So many of those that are found."), metavar="N")] = 5,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help=_("What the rows become; else the name of the output tells."),
            metavar="table|csv|json|xlsx|markdown",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help=_("Draw it into a .png or .svg file."), show_default=False, metavar="FILE"),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import trending

    kind = None if fund == indicator else "fund" if fund else "indicator"
    options = trending.Options(kind, region, most, form, output, plot)
    raise typer.Exit(trending.run(_screen(lang, quiet, verbose), db, text, options))


@app.command(cls=_Command, help=_("Find words in the text of all reports."))
def search(
    words: Annotated[
        list[str], typer.Argument(help=_("Words; a phrase in quotes stays together."), metavar="WORDS...")
    ],
    year: Annotated[
        int | None, typer.Option("--year", help=_("Only this fiscal year."), show_default=False, metavar="N")
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", help=_("Only this region."), show_default=False, metavar="TEXT")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help=_("So many of those that are found."), metavar="N")] = 20,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help=_("What the rows become; else the name of the output tells."),
            metavar="table|csv|json|xlsx|markdown",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import searching

    # What the shell has taken the quotes from is one phrase all the same.
    text = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    options = searching.Options(year, region, most, form, output)
    raise typer.Exit(searching.run(_screen(lang, quiet, verbose), db, text, options))


@app.command(cls=_Command, help=_("Run SQL on the tables, read-only."))
def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            help=_("The query, .tables or .schema TABLE; - reads standard input; nothing gives a prompt."),
            show_default=False,
            metavar="QUERY",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help=_("Read the queries from this file."), show_default=False, metavar="FILE"),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param", "-p", help=_("A value for $name in the query."), show_default=False, metavar="NAME=VALUE"
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help=_("What the rows become; else the name of the output tells."),
            metavar="table|csv|json|parquet|xlsx|markdown",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import querying

    options = querying.Options(form, output, querying.parameters(param or ()))
    querying.run(_screen(lang, quiet, verbose), querying.wanted(query, file), db, options)


@app.command(cls=_Command, help=_("Write all tables into a workbook, or into folders of csv or parquet by year."))
def export(
    target: Annotated[
        Path, typer.Argument(help=_("A file that ends in .xlsx, or a new folder."), metavar="FILE", show_default=False)
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help=_("What is written; else the name of the output tells."),
            metavar="xlsx|csv|parquet",
            show_default=False,
        ),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import exporting

    exporting.run(_screen(lang, quiet, verbose), db, target, form)


@app.command(cls=_Command, help=_("List the checks, or explain one."))
def explain(
    check: Annotated[
        str | None, typer.Argument(help=_("The id of a check."), show_default=False, metavar="CHECK")
    ] = None,
    profile: Profile = None,
    checks: OwnChecks = None,
    patterns: Patterns = None,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import explaining

    screen = _screen(lang, quiet, verbose)
    explaining.explain(screen, check, _settings(patterns, profile=profile), tuple(checks or ()))


@app.command(cls=_Command, help=_("Say what the database holds: reports, findings, gaps."))
def status(
    db: Database = DEFAULT_DATABASE,
    lang: Language = LANGUAGE,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    from extractor.screens import status as status_screen

    status_screen.run(_screen(lang, quiet, verbose), db)


def main() -> NoReturn:
    """Run the command line; an error is one sentence on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        _lenient(stream)
    try:
        status = app(standalone_mode=False, prog_name="jixiao") or 0
    except JixiaoError as error:
        _complain(error.text(LANGUAGE))
        status = 2
    except typer.TyperException as error:
        _complain(wrong_usage(error).text(LANGUAGE))
        status = 2
    except BrokenPipeError:
        # The reader of a pipe has gone (`| head`): nothing is left to say, and Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    if status == _INTERRUPTED:
        _complain(_("Interrupted: what was done so far is kept."))
    sys.exit(status)


#: What Typer gives back after Ctrl-C, as shells do.
_INTERRUPTED = 130


def _complain(words: str) -> None:
    sys.stderr.write(f"jixiao: {_safe(words)}\n")


def _lenient(stream: object) -> None:
    """Make a stream write characters that its encoding lacks as escapes instead of failing.

    Where Windows writes to a file or a pipe, UTF-8 takes the place of a code page that lacks most characters.
    """
    if isinstance(stream, io.TextIOWrapper):
        encoding = "utf-8" if os.name == "nt" and not stream.isatty() else None
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _safe(text: str) -> str:
    """On one line and without control characters: a file's name may hold them."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))


if __name__ == "__main__":
    main()
