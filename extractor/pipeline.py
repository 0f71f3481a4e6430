"""The order of the steps: one file in, its report and verdicts out, or the gap that says why there is none."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractor import EXTRACTOR_VERSION, __version__, lexicon, resolve
from extractor.checks import catalogue
from extractor.errors import UnreadableFileError
from extractor.messages import Message
from extractor.model import Gap, Report, Verdict
from extractor.read.files import read_document
from extractor.store.limits import unfitting
from extractor.store.rows import Checked, Prepared, prepared, prepared_failure
from extractor.wall import Wall

#: A number as printed, its grouping commas and its point included.
_NUMBER = re.compile(r"\d+(?:[,，.．]\d+)*")


@dataclass(frozen=True, slots=True)
class Settings:
    """How files are read and checked. It goes to the worker processes, so it holds plain values only."""

    reader: str = "pdfium"
    #: The user's own folders of patterns.
    patterns: tuple[Path, ...] = ()
    #: Whether the checks are run.
    check: bool = True
    profile: str = "national"


@dataclass(frozen=True, slots=True)
class Result:
    """What one file gave: a report with the verdicts on it, or no report and the gap that says why.

    `retry`: the file is to be tried again though it did not change (a crash, a file that could not be opened).
    """

    path: str
    sha256: str | None
    report: Report | None
    verdicts: tuple[Verdict, ...] = ()
    gap: Gap | None = None
    retry: bool = False


# --- one file ---------------------------------------------------------------------------------------------------------


def prepare(settings: Settings) -> None:
    """Make this process ready for these settings. Raises `PatternError` where a folder of patterns is wrong."""
    lexicon.use(*settings.patterns)


def extract(path: Path, reader: str = "pdfium") -> Report:
    """All facts of one file. Raises `UnreadableFileError` where nothing can be read from it."""
    report = resolve.report(read_document(path, reader))
    return replace(report, counts={**report.counts, **numbers(report)})


def process(path: Path, settings: Settings) -> Result:
    """One file read and checked. A file that cannot be read is a result with a gap; nothing is raised for it."""
    try:
        report = extract(path, settings.reader)
    except UnreadableFileError as error:
        digest = sha256(path)
        return Result(str(path), digest, None, gap=Gap(error.kind, error.message), retry=digest is None)
    verdicts = tuple(check(report, settings.profile)) if settings.check else ()
    return Result(report.path, report.sha256, report, verdicts)


def crashed(path: Path, reason: str) -> Result:
    """The result of a file at which the program itself failed."""
    message = Message.of(
        "{name} could not be read because Jixiao failed inside ({reason}): please report it.",
        name=path.name,
        reason=reason,
    )
    return Result(str(path), sha256(path), None, gap=Gap("crash", message), retry=True)


def sha256(path: Path) -> str | None:
    """The SHA-256 of a file's bytes, None where they cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def check(report: Report, profile: str = "national") -> Iterator[Verdict]:
    """The verdicts of all checks, in the order of the catalogue."""
    thresholds = lexicon.profile(profile)
    for check_id in catalogue.CHECKS:
        found: list[Verdict] = []
        with Wall() as wall:
            found.extend(catalogue.check(check_id).run(report, thresholds))
        yield from found
        if wall.error is not None:
            message = Message.of(
                "This check failed inside ({reason}) and says nothing more: please report it.", reason=wall.words()
            )
            yield Verdict(check_id, None, "uncheckable", "note", message)


def rows(result: Result, settings: Settings) -> Prepared:
    """What the database keeps of a result."""
    version = extractor_version(settings)
    if result.report is None:
        gap = result.gap or Gap("unreadable_file", "")
        return prepared_failure(result.path, result.sha256, gap, version, result.retry)
    report = replace(result.report, gaps=(*result.report.gaps, *unfitting(result.report)))
    checked = Checked(result.verdicts, checked_with(settings)) if settings.check else None
    return prepared(report, checked, version)


# --- what made it -----------------------------------------------------------------------------------------------------


def extractor_version(settings: Settings) -> str:
    """What the facts of a file depend on: the extractor, the reader and the patterns in force (`1 pdfium 3f9a…`)."""
    return f"{EXTRACTOR_VERSION} {settings.reader} {_patterns()}"


def checked_with(settings: Settings) -> str:
    """What verdicts depend on: program, profile, checks, patterns in force (`0.1.0 national 34 checks 3f9a…`)."""
    profile = lexicon.profile(settings.profile)
    ids = tuple(catalogue.CHECKS)
    digest = _digest(ids, sorted(profile.values.items()), _patterns())
    return f"{__version__} {profile.id} {len(ids)} checks {digest}"


@lexicon.remembered
def _patterns() -> str:
    """What tells the patterns in force from any others."""
    return _digest(lexicon.lexicon())


def _digest(*things: object) -> str:
    return hashlib.sha256(repr(things).encode("utf-8", "surrogatepass")).hexdigest()[:12]


# --- how much was read ------------------------------------------------------------------------------------------------


def numbers(report: Report) -> dict[str, int]:
    """How many numbers stand in the file ('numbers'), and how many of them stand in a fact ('numbers_read')."""
    spans = _merged((place.start, place.end) for place in report.places())
    starts = [start for start, _ in spans]
    seen = read = at = 0
    for _, text in report.pages:
        for number in _NUMBER.finditer(text):
            seen += 1
            before = bisect_left(starts, at + number.end()) - 1
            read += before >= 0 and spans[before][1] > at + number.start()
        at += len(text) + 1
    return {"numbers": seen, "numbers_read": read}


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
