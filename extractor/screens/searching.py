"""`search`: sentences of all reports that hold some words, the best first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from extractor.errors import UsageError
from extractor.messages import Message
from extractor.relate.names import folded
from extractor.screens import rows
from extractor.screens.console import Screen
from extractor.screens.flow import Flow
from extractor.screens.words import one_line
from extractor.store.database import Database
from extractor.store.search import Hit

#: A phrase in quotes, or a run without blanks.
_TERM = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
#: Fewer characters stand in every report.
_SHORTEST = 2
#: Where a sentence ends.
_STOPS = "。；;！？\n"
_COLUMNS = ("sentence", "title", "region", "fiscal_year", "file", "page", "words", "score", "document_id")
#: A sentence longer than this is cut around its first word.
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    year: int | None = None
    region: str | None = None
    most: int = 20
    form: str | None = None
    output: Path | None = None


def run(screen: Screen, db: Path, text: str, options: Options) -> int:
    """Show what holds the words. The exit status: 1 where nothing does."""
    form = rows.chosen_format(options.form, options.output)
    if form == "parquet":
        raise UsageError(Message.of("search writes table, csv, json, xlsx or markdown: use sql for parquet."))
    terms = wanted(text)
    with Database.open(db, read_only=True) as database:
        count, hits = database.search(terms, options.most, options.year, options.region)
        if not hits or hits[0].words < len(terms):
            # No passage holds all of what was typed: the words in it may stand apart.
            finer = _words(terms)
            if finer != terms:
                more, others = database.search(finer, options.most, options.year, options.region)
                count, hits, terms = (more, others, finer) if others else (count, hits, terms)
    if not hits:
        screen.complaints.print(screen.text(screen.say("No report holds {words}.", words=text)))
        return 1
    if form != "table" or options.output is not None:
        rows.write(screen, _rows(hits, terms), form, options.output)
    else:
        for hit in hits:
            screen.out.print(_shown(screen, hit, terms))
        screen.err.print(screen.say("{shown} of {count} passages", shown=len(hits), count=count))
    return 0


def wanted(text: str) -> list[str]:
    """The terms of a search, folded as the reports are. Raises `UsageError` where one is too short or there is none."""
    terms = [folded("".join(match.groups(default="")).strip('"“”')) for match in _TERM.finditer(text)]
    terms = list(dict.fromkeys(term for term in terms if term))
    if not terms:
        raise UsageError(Message.of("Give words to search for."))
    for term in terms:
        if len(term) < _SHORTEST:
            raise UsageError(Message.of("“{text}” is too short: give at least two characters.", text=term))
    return terms


def _words(terms: Sequence[str]) -> list[str]:
    from extractor.relate.segments import words

    found = [word for term in terms for word in words(term) if len(word) >= _SHORTEST]
    return list(dict.fromkeys(found)) or list(terms)


def sentence(text: str, terms: Sequence[str]) -> str:
    """The sentence of a passage in which the first of the terms stands, cut around it where it is very long."""
    at = min((place for term in terms if (place := text.find(term)) >= 0), default=0)
    start = max(text.rfind(stop, 0, at) for stop in _STOPS) + 1
    ends = [place for stop in _STOPS if (place := text.find(stop, at)) >= 0]
    end = min(ends, default=len(text) - 1) + 1
    if end - start <= _LONGEST:
        return text[start:end].strip()
    left, right = max(start, at - _LONGEST // 2), min(end, at + _LONGEST // 2)
    return ("…" if left > start else "") + text[left:right].strip() + ("…" if right < end else "")


def _shown(screen: Screen, hit: Hit, terms: Sequence[str]) -> Flow:
    """The sentence with its words marked, and where it stands."""
    words = screen.text(one_line(sentence(hit.text, terms)))
    for term in terms:
        words.highlight_words([term], style="bold yellow")
    page = screen.say("page {page}", page=hit.page) if hit.page is not None else ""
    place = " · ".join(filter(None, (hit.title, str(hit.fiscal_year or ""), hit.file, page)))
    line = Text.assemble(words, "  ", (screen.text(one_line(place)).plain, "cyan"))
    return Flow(line)


def _rows(hits: Sequence[Hit], terms: Sequence[str]) -> rows.Rows:
    found = [
        (
            sentence(hit.text, terms), hit.title, hit.region, hit.fiscal_year, hit.file, hit.page, hit.words,
            f"{hit.score:.3f}", hit.document_id,
        )
        for hit in hits
    ]  # fmt: skip
    return rows.Rows(_COLUMNS, found)
