"""The formats of `check`: what becomes of each review, and what is written when all are there."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from extractor import __version__
from extractor.errors import UsageError
from extractor.messages import Message
from extractor.screens import findings, records, rows, sarif, statistics
from extractor.screens.console import Screen
from extractor.screens.records import Checks, Record, Tally
from extractor.screens.reviews import Review, Unread

FORMATS = ("text", "json", "sarif", "csv", "xlsx")
_SUFFIXES = {"txt": "text", **{name: name for name in FORMATS}}


@dataclass(frozen=True, slots=True)
class Form:
    """What is written and where: the format, the file (standard output without one), how much."""

    name: str = "text"
    output: Path | None = None
    #: Also what holds and what could not be checked.
    everything: bool = False
    #: Counts by check and outcome in the place of findings.
    statistics: bool = False


def chosen(name: str | None, output: Path | None, everything: bool, counts: bool) -> Form:
    """The format that was asked for, else the one that the output's name tells. Raises `UsageError`."""
    if name is None:
        suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
        name = _SUFFIXES.get(suffix, "text")
    if name not in FORMATS:
        raise UsageError(
            Message.of("There is no format {name}: choose one of {names}.", name=name, names=", ".join(FORMATS))
        )
    if name == "xlsx" and output is None:
        raise UsageError(Message.of("The format {format} needs a file: add --output FILE.", format=name))
    if name == "sarif" and counts:
        raise UsageError(Message.of("SARIF holds no statistics: choose one of {names}.", names="text, json, csv, xlsx"))
    return Form(name, output, everything, counts)


@dataclass
class Writer:
    """Takes the reviews one by one: text is printed at once, the other formats when all are there."""

    screen: Screen
    form: Form
    checks: Checks
    ids: Iterable[str]
    tally: Tally = field(default_factory=Tally)
    _records: list[Record] = field(default_factory=list)
    _unread: list[Record] = field(default_factory=list)

    def add(self, review: Review | Unread) -> None:
        """A report, or a file that gave nothing."""
        language = self.screen.language
        if isinstance(review, Unread):
            self.tally.unread += 1
            gap = review.gap
            self._unread.append({"path": review.path, "kind": gap.kind, "message": gap.text(language)})
            return
        self.tally.add(review)
        if self.form.statistics:
            return
        if self.form.name == "text":
            findings.print_review(self.screen, review, self.form.everything)
        else:
            spoken = "zh" if self.form.name == "xlsx" else language
            self._records.append(records.of_review(review, spoken, self.form.everything))

    def finish(self) -> None:
        """Write what was collected."""
        name = self.form.name
        if self.form.statistics:
            statistics.write(self.screen, self.tally, name, self.form.output)
        elif name == "json":
            self._write(rows.json_text(self._json(), indent=1) + "\n")
        elif name == "sarif":
            log = sarif.log(self._records, self._unread, self.checks, self.ids)
            self._write(rows.json_text(log, indent=1) + "\n")
        elif name == "csv":
            columns, lines = records.flat(self._records)
            rows.write(self.screen, rows.Rows(columns, lines), "csv", self.form.output)
        elif name == "xlsx" and self.form.output is not None:
            from extractor.screens import problem_list

            chinese = Checks("zh", self.checks.owned)
            problem_list.workbook(self._records, self.tally, chinese, self.form.output)

    def _json(self) -> Record:
        return {
            "program": {"name": "jixiao", "version": __version__},
            "language": self.screen.language,
            "reports": self._records,
            "unread": self._unread,
            "summary": self.tally.summary(),
            "statistics": self.tally.statistics(),
        }

    def _write(self, words: str) -> None:
        with _stream(self.form.output) as stream:
            stream.write(words)


@contextmanager
def _stream(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def writer(screen: Screen, form: Form, checks: Checks, ids: Iterable[str]) -> Iterator[Writer]:
    """Takes reviews, and writes when it is left without an error. Raises `UsageError` where the file cannot be written.

    Text that goes to a file is as wide and as plain as text that goes into a pipe.
    """
    try:
        if form.name == "text" and form.output is not None:
            with form.output.open("w", encoding="utf-8") as stream:
                made = Writer(screen.onto(stream), form, checks, ids)
                yield made
                made.finish()
        else:
            made = Writer(screen, form, checks, ids)
            yield made
            made.finish()
    except OSError as error:
        if form.output is None or isinstance(error, BrokenPipeError):
            raise
        raise UsageError(
            Message.of("{name} cannot be written: {reason}.", name=form.output, reason=error.strerror or error)
        ) from error
