"""`import`: files into the database, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table
from rich.text import Text

from extractor import across, batch
from extractor.batch import Entry
from extractor.inputs import Inputs, collect
from extractor.pipeline import Settings
from extractor.screens.console import Screen
from extractor.screens.flow import Flow
from extractor.screens.progress import progress
from extractor.screens.words import STYLES, kind_word, listed, separator, severity_counts, shown_path
from extractor.store.database import Database
from extractor.workers import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    db: Path
    jobs: int
    settings: Settings
    limits: Limits | None = None


@dataclass(slots=True)
class _Tally:
    """What became of the files so far."""

    states: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        self.states[entry.state] += 1
        self.findings.update(entry.findings)
        self.counts.update(entry.counts)
        if entry.state == "failed":
            self.failed.append(entry)
        else:
            self.gaps.update(gap.kind for gap in entry.gaps)


def run(screen: Screen, paths: Sequence[Path], options: Options) -> int:
    """Import files and folders. The exit status: 1 where some file could not be read, else 0."""
    inputs = collect(paths)
    complain(screen, inputs)
    tally = _Tally()
    if not inputs.files:
        return 1 if inputs.missing or inputs.closed else 0
    with Database.open(options.db) as database:
        steps = batch.imported(database, inputs.files, options.settings, options.jobs, options.limits)
        try:
            for entry in _told(screen, progress(screen, steps, len(inputs.files), prints=screen.verbose)):
                tally.add(entry)
        finally:
            # Also when the user interrupts: what is in the database is complete.
            _summary(screen, tally, inputs)
        across.refresh(database)
    return 1 if tally.failed or inputs.missing or inputs.closed else 0


def _told(screen: Screen, entries: Iterable[Entry]) -> Iterator[Entry]:
    """With `--verbose`, a line for each file as it is done."""
    words = {"read": screen.say("read"), "unchanged": screen.say("unchanged"), "failed": screen.say("failed")}
    for entry in entries:
        if screen.verbose:
            screen.err.print(Text(f"{words[entry.state]}  {shown_path(entry.path)}"))
        yield entry


def complain(screen: Screen, inputs: Inputs) -> None:
    """Say what was named but is not there."""
    for path in inputs.missing:
        screen.complaints.print(Text(screen.say("There is no file {name}.", name=shown_path(path))))
    for path, reason in inputs.closed:
        words = screen.say("The folder {name} cannot be opened: {reason}.", name=shown_path(path), reason=reason)
        screen.complaints.print(Text(words))
    if not inputs.files and not inputs.missing:
        screen.complaints.print(Text(screen.say("There is no PDF and no text file here.")))


def _summary(screen: Screen, tally: _Tally, inputs: Inputs) -> None:
    for entry in tally.failed:
        print_failure(screen, entry.path, entry.gaps[0].text(screen.language))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    rows = (
        (screen.say("files"), _files(screen, tally)),
        (screen.say("read"), Text(read_words(screen, tally.counts))),
        (screen.say("findings"), severity_counts(screen, tally.findings) if tally.states["read"] else Text()),
        (screen.say("gaps"), Text(_gaps(screen, tally.gaps))),
        (screen.say("not looked at"), Text(_others(screen, inputs))),
    )
    for name, words in rows:
        if words.plain:
            grid.add_row(name, Flow(words))
    if grid.row_count:
        screen.err.print(grid)


def print_failure(screen: Screen, path: Path, reason: str) -> None:
    """One file that gave nothing, and why."""
    words = Text(screen.say("failed"), style=STYLES["error"])
    words.append(f"  {screen.text(reason).plain}", style="default not bold")
    if path.name not in reason:
        words.append(f"  {shown_path(path)}", style="not bold dim")
    screen.complaints.print(Flow(words))


def _files(screen: Screen, tally: _Tally) -> Text:
    states = tally.states
    if not states:
        return Text()
    parts = [
        Text(screen.say("{count} read", count=states["read"])),
        Text(screen.say("{count} unchanged", count=states["unchanged"])),
        Text(screen.say("{count} failed", count=states["failed"]), style=STYLES["error"] if states["failed"] else ""),
    ]
    return Text(separator(screen)).join(parts)


def read_words(screen: Screen, counts: Counter[str] | dict[str, int]) -> str:
    """How much was read: pages, tables, rows of tables, numbers."""
    parts = []
    if counts.get("pages"):
        parts.append(screen.counted(counts["pages"], "{count} page", "{count} pages"))
    if counts.get("tables"):
        parts.append(screen.counted(counts["tables"], "{count} table", "{count} tables"))
    if counts.get("table_rows"):
        parts.append(screen.counted(counts["table_rows"], "{count} table row", "{count} table rows"))
    if counts.get("numbers"):
        read = counts.get("numbers_read", 0)
        parts.append(screen.say("{read} of {all} numbers as facts", read=read, all=counts["numbers"]))
    return listed(screen, parts)


def _gaps(screen: Screen, gaps: Counter[str]) -> str:
    return listed(screen, (f"{kind_word(screen, kind)} {count}" for kind, count in gaps.most_common()))


def _others(screen: Screen, inputs: Inputs) -> str:
    others = inputs.others.most_common()
    return listed(screen, (f"{suffix or screen.say('without suffix')} {count}" for suffix, count in others))
