"""The order of the steps: one file in, its report and verdicts out, or the gap that says why there is none."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from extractor import EXTRACTOR_VERSION, __version__, lexicon, resolve
from extractor.checks import catalogue, causes
from extractor.errors import UnreadableFileError
from extractor.lexicon import Profile
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
    #: The name of a profile of thresholds; without one, each report's region and fiscal year choose.
    profile: str | None = None


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
    """Make this process ready for these settings.

    Raises `PatternError` where a folder of patterns is wrong or there is no profile of the name.
    """
    lexicon.use(*settings.patterns)
    if settings.profile is not None:
        lexicon.profile(settings.profile)


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


def check(report: Report, profile: str | None = None) -> list[Verdict]:
    """The verdicts of all checks, in the order of the catalogue; findings that follow from others say from which.

    Without the name of a profile it is the one that fits the report.
    """
    thresholds = profile_of(report, profile)
    verdicts = list(_verdicts(report, thresholds))
    with Wall() as wall:
        verdicts = causes.grouped(report, verdicts, thresholds)
    first = next((v.check_id for v in verdicts if v.outcome == "inconsistent"), None)
    if wall.error is not None and first is not None:
        message = Message.of(
            "The findings could not be grouped by their causes ({reason}): please report it.", reason=wall.words()
        )
        verdicts.append(Verdict(first, None, "uncheckable", "note", message))
    return verdicts


def profile_of(report: Report, named: str | None = None) -> Profile:
    """The profile of this name, else the one that fits the report's region and fiscal year most closely.

    Raises `PatternError` where there is none of the name.
    """
    if named is not None:
        return lexicon.profile(named)
    first = next(iter(report.evaluations), None)
    region = report.head.region or (first.region if first else None)
    return lexicon.profile_for(region, first.fiscal_year if first else None)


def _verdicts(report: Report, thresholds: Profile) -> Iterator[Verdict]:
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


#: Patterns for comparing names over the years: no report is read anew for them.
_NAMES = "names."

# --- what made it -----------------------------------------------------------------------------------------------------


def extractor_version(settings: Settings) -> str:
    """What the facts of a file depend on: the extractor, the reader and the patterns in force (`1 pdfium 3f9a…`)."""
    return f"{EXTRACTOR_VERSION} {settings.reader} {_patterns()}"


def checked_with(settings: Settings) -> str:
    """What verdicts depend on: program, profile, checks, patterns in force (`0.1.0 national 34 checks 3f9a…`).

    Where each report chooses its profile, all of them count (`auto`). One's own checks stand apart: see `own_checks`.
    """
    ids = tuple(catalogue.CHECKS)
    profiles = lexicon.lexicon().profiles if settings.profile is None else lexicon.profile(settings.profile)
    name = "auto" if settings.profile is None else settings.profile
    return f"{__version__} {name} {len(ids)} checks {_digest(ids, profiles, _patterns())}"


@lexicon.remembered
def _patterns() -> str:
    """What tells the patterns in force from any others: what facts depend on, and so without the profiles."""
    entries = lexicon.lexicon()
    patterns, terms = ({id_: one for id_, one in kind.items() if not id_.startswith(_NAMES)} for kind in _entries())
    return _digest(patterns, terms, entries.units, entries.folding)


@lexicon.remembered
def names_version() -> str:
    """What the series over the years depend on: the program and the patterns that names are folded with."""
    patterns, terms = ({id_: one for id_, one in kind.items() if id_.startswith(_NAMES)} for kind in _entries())
    return f"{EXTRACTOR_VERSION}-{_digest(patterns, terms, lexicon.folding())}"


def _entries() -> tuple[Mapping[str, object], Mapping[str, object]]:
    return lexicon.lexicon().patterns, lexicon.lexicon().terms


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
