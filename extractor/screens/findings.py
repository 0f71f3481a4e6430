"""Verdicts on the terminal: grouped by report, each with its figures, formula, place, quoted words and hint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.checks.coverage import coverage
from extractor.lexicon import NATIONAL
from extractor.model import Gap, Report, Verdict
from extractor.screens.console import Screen, safe
from extractor.screens.excerpt import Excerpt, Excerpts
from extractor.screens.flow import Flow
from extractor.screens.reviews import Item, Review
from extractor.screens.words import (
    STYLES,
    kind_word,
    listed,
    one_line,
    outcome_word,
    place_words,
    severity_counts,
    severity_word,
    shown_path,
)

#: Quoted passages, gaps and comparisons of one finding beyond these numbers are counted, not listed, unless the screen
#: is verbose.
_QUOTES = 3
_GAPS = 5
_FORMULAS = 6
#: So much of a finding's id is shown: enough to name it by.
ID_SHOWN = 8
#: A tolerance of nothing, in whatever unit: it is not worth saying.
_NOTHING = re.compile(r"0(\.0*)?(?![\d.])")
_OUTCOME_STYLES = {"consistent": "green", "uncheckable": "dim"}


def print_review(screen: Screen, review: Review, everything: bool = False) -> None:
    """One report: its head, its findings (with `everything` also what holds or could not be checked), gaps, counts."""
    report = review.report
    screen.out.print(_heading(screen, report))
    print_verdicts(screen, review, everything)
    screen.out.print()


def print_verdicts(screen: Screen, review: Review, everything: bool = False) -> None:
    """The findings, gaps and counts of one report."""
    report = review.report
    excerpts = Excerpts(report)
    for finding in review.findings():
        screen.out.print(_verdict(screen, finding.item, report, excerpts))
        for line in _follows(screen, finding.follows):
            screen.out.print(Padding(Flow(line), (0, 0, 0, _label_width(screen) + 2)))
    for item in (*review.others(), *review.dismissed()) if everything else ():
        screen.out.print(_verdict(screen, item, report, excerpts))
    for line in _gaps(screen, report.gaps):
        screen.out.print(Padding(Flow(line), (0, 0, 0, 1)))
    screen.out.print(Padding(Flow(_tally(screen, review)), (0, 0, 0, 1)))


def _heading(screen: Screen, report: Report) -> Table:
    """The title at the left, the file at the right where both fit on one line, else below."""
    title = report.head.title or next((e.subject for e in report.evaluations if e.subject), None)
    path = shown_path(report.path) if screen.verbose else report.path.replace("\\", "/").rsplit("/", 1)[-1]
    name = screen.text(path, "cyan")
    if not title:
        return _beside(name, Text())
    words = screen.text(one_line(title), "bold")
    if cell_len(words.plain) + cell_len(name.plain) + 2 <= screen.out.width:
        return _beside(words, name)
    grid = Table.grid(expand=True)
    grid.add_column(overflow="fold")
    grid.add_row(Flow(words))
    grid.add_row(name)
    return grid


def _beside(left: Text, right: Text) -> Table:
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_row(Flow(left), right)
    return grid


def _verdict(screen: Screen, item: Item, report: Report, excerpts: Excerpts) -> Padding:
    verdict = item.verdict
    grid = Table.grid(expand=True, padding=(0, 1))
    label = _label(screen, item)
    grid.add_column(width=max(_label_width(screen), cell_len(label.plain)), no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    where = place_words(screen, verdict.evidence[0].place, report.pages) if verdict.evidence else ""
    words = screen.text(verdict.message.text(screen.language))
    # By this a finding can be dismissed.
    id_ = f"#{item.id[:ID_SHOWN]}" if verdict.outcome == "inconsistent" else ""
    words.append(f"  {verdict.check_id}{id_}", style="dim")
    grid.add_row(label, _beside(words, Text(where, style="dim")))
    for line in _body(screen, verdict, report, excerpts):
        grid.add_row("", Flow(line))
    if item.dismissed is not None:
        grid.add_row("", Flow(screen.text(screen.say("Reason: {reason}", reason=item.dismissed), "italic")))
    return Padding(grid, (0, 0, 0, 1))


def _follows(screen: Screen, follows: Sequence[Item]) -> Iterator[Text]:
    """What has the same cause: a line each."""
    if follows:
        yield Text(screen.say("From the same cause:"), style="dim")
    for item in follows:
        verdict = item.verdict
        words = Text("· ", style="dim")
        words.append(screen.text(verdict.message.text(screen.language), "default"))
        words.append(f"  {verdict.check_id}", style="dim")
        if verdict.formula:
            first, *rest = _formulas(verdict.formula)
            words.append(screen.text(f"  {first}{'; …' if rest else ''}", "default"))
        yield words


def _label(screen: Screen, item: Item) -> Text:
    verdict = item.verdict
    if item.dismissed is not None:
        return Text(screen.say("dismissed"), style="dim")
    if verdict.outcome == "inconsistent":
        return Text(severity_word(screen, verdict.severity), style=STYLES[verdict.severity])
    return Text(outcome_word(screen, verdict.outcome), style=_OUTCOME_STYLES[verdict.outcome])


def _label_width(screen: Screen) -> int:
    """One width for the labels of all findings, so that their words stand below each other."""
    return max(cell_len(severity_word(screen, severity)) for severity in STYLES)


def _body(screen: Screen, verdict: Verdict, report: Report, excerpts: Excerpts) -> Iterator[Text]:
    yield from _comparison(screen, verdict)
    if verdict.outcome == "inconsistent":
        differs = _difference(screen, verdict)
        if differs:
            yield Text(differs)
    if verdict.outcome == "inconsistent" or screen.verbose:
        yield from _quotes(screen, excerpts.of(verdict.evidence), report)
    if verdict.hint is not None:
        yield screen.text(screen.say("Hint: {hint}", hint=verdict.hint.text(screen.language)), "italic")


def _formulas(formula: str) -> list[str]:
    """The comparisons of a verdict that has several, as a roll-up of rows has."""
    return formula.split("; ")


def _comparison(screen: Screen, verdict: Verdict) -> Iterator[Text]:
    """The formula; of several a line each, and the first ones alone unless the screen is verbose."""
    if not verdict.formula:
        return
    lines = _formulas(verdict.formula)
    limit = len(lines) if screen.verbose else _FORMULAS
    for line in lines[:limit]:
        yield screen.text(line, "bold" if verdict.outcome == "inconsistent" else "")
    if len(lines) > limit:
        yield Text(screen.say("and {count} more rows (--verbose shows them)", count=len(lines) - limit), style="dim")


def _difference(screen: Screen, verdict: Verdict) -> str:
    """By how much the figures differ, where the formula does not say it."""
    if not verdict.difference or verdict.difference in verdict.formula:
        return ""
    if verdict.tolerance and not _NOTHING.match(verdict.tolerance):
        return screen.say(
            "Difference {difference}, tolerance {tolerance}",
            difference=verdict.difference,
            tolerance=verdict.tolerance,
        )
    return screen.say("Difference {difference}", difference=verdict.difference)


def _quotes(screen: Screen, excerpts: Sequence[Excerpt], report: Report) -> Iterator[Text]:
    limit = len(excerpts) if screen.verbose else _QUOTES
    first = place_words(screen, excerpts[0].place, report.pages) if excerpts else ""
    for excerpt in excerpts[:limit]:
        words = Text(f"{one_line(excerpt.row)} " if excerpt.row else "", style="dim")
        for pieces in excerpt.quotations:
            words.append("“")
            for text, figure in pieces:
                words.append(one_line(text) if figure else safe(text), style="not dim" if figure else "")
            words.append("”")
        where = place_words(screen, excerpt.place, report.pages)
        if where != first:
            words.append(f"  {where}")
        yield words
    if len(excerpts) > limit:
        more = len(excerpts) - limit
        yield Text(screen.say("and {count} more places (--verbose shows them)", count=more), style="dim")


def _gaps(screen: Screen, gaps: tuple[Gap, ...]) -> Iterator[Text]:
    limit = len(gaps) if screen.verbose else _GAPS
    for gap in gaps[:limit]:
        words = Text(screen.say("not read"), style="magenta")
        words.append(" ")
        words.append(screen.text(gap.text(screen.language), "default"))
        if gap.quote:
            words.append(f" “{one_line(gap.quote)[:60]}”", style="default dim")
        if gap.page is not None:
            words.append(f"  {screen.say('page {number}', number=gap.page)}", style="default dim")
        yield words
    rest = Counter(gap.kind for gap in gaps[limit:])
    if rest:
        more = screen.say("and {count} more gaps (--verbose shows them)", count=rest.total())
        kinds = listed(screen, (f"{kind_word(screen, kind)} {count}" for kind, count in rest.most_common()))
        yield Text(f"{more}: {kinds}", style="dim")


def _tally(screen: Screen, review: Review) -> Text:
    counts = Counter(verdict.outcome for verdict in review.verdicts)
    compared, figures = coverage(review.report, review.verdicts)
    words = screen.say(
        "{all} comparisons: {consistent} hold, {inconsistent} do not, {uncheckable} could not be made; "
        "{compared} of {figures} figures compared",
        all=len(review.verdicts),
        consistent=counts["consistent"],
        inconsistent=counts["inconsistent"],
        uncheckable=counts["uncheckable"],
        compared=compared,
        figures=figures,
    )
    told = Text(words, style="dim")
    if dismissed := len(review.dismissed()):
        told.append(screen.say("; {count} dismissed", count=dismissed))
    if review.profile is not None and review.profile.id != NATIONAL:
        told.append(screen.say("; judged by the profile {name}", name=review.profile.name(screen.language)))
    return told


def print_totals(screen: Screen, reports: int, findings: Counter[str], new: bool = False) -> None:
    """One line for all reports, on standard error; with `new` those alone that have a new finding."""
    counted = screen.counted(reports, "{count} report checked: ", "{count} reports checked: ")
    if new:
        counted = screen.counted(reports, "{count} report with new findings: ", "{count} reports with new findings: ")
    words = Text(counted)
    screen.err.print(words.append_text(severity_counts(screen, findings)))
