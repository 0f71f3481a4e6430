"""Verdicts on the terminal: grouped by report, each with its figures, formula, place, quoted words and hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extractor.checks.coverage import coverage
from extractor.checks.documentation import explanation
from extractor.model import Evidence, Gap, Place, Report, Verdict
from extractor.screens.console import Screen

STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
#: Worst first.
SEVERITIES = ("error", "warning", "note")
#: Findings beyond this number are counted, not listed, unless the screen is verbose.
_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report with the verdicts on it."""

    report: Report
    verdicts: tuple[Verdict, ...]

    def findings(self) -> list[Verdict]:
        """The inconsistent verdicts, worst first, then in reading order."""
        wrong = [verdict for verdict in self.verdicts if verdict.outcome == "inconsistent"]
        return sorted(
            wrong, key=lambda v: (SEVERITIES.index(v.severity), v.evidence[0].place.start if v.evidence else 0)
        )


def severity_word(screen: Screen, severity: str) -> str:
    """The word for a severity in the screen's language."""
    return {"error": screen.say("error"), "warning": screen.say("warning"), "note": screen.say("note")}[severity]


def place_words(screen: Screen, place: Place, pages: Sequence[tuple[int, str]]) -> str:
    """`page 6`, or for a text file `line 12`."""
    if place.page is not None:
        return screen.say("page {number}", number=place.page)
    text = "\f".join(page for _, page in pages)
    return screen.say("line {number}", number=text.count("\n", 0, place.start) + 1)


def print_review(screen: Screen, reviewed: Reviewed, all_outcomes: bool = False) -> None:
    """One report: its head, its findings (with `all_outcomes` also what holds or could not be checked), counts."""
    report = reviewed.report
    screen.out.print(_heading(screen, report))
    findings = reviewed.findings()
    for verdict in findings:
        screen.out.print(_finding(screen, verdict, report))
    if all_outcomes:
        for verdict in reviewed.verdicts:
            if verdict.outcome != "inconsistent":
                screen.out.print(_finding(screen, verdict, report))
    for gap in report.gaps:
        screen.out.print(_gap(screen, gap))
    screen.out.print(_tally(screen, reviewed))
    screen.out.print()


def _heading(screen: Screen, report: Report) -> Table | Rule:
    title = report.head.title or next((e.subject for e in report.evaluations if e.subject), None)
    row = Table.grid(expand=True, padding=(0, 1))
    row.add_column(ratio=1, overflow="fold")
    row.add_column(justify="right", overflow="fold", max_width=max(20, screen.out.width // 3))
    name = report.path.replace("\\", "/").rsplit("/", 1)[-1]
    row.add_row(screen.text(title or name, "bold"), screen.text(name if title else "", "dim"))
    return row


def _finding(screen: Screen, verdict: Verdict, report: Report) -> Padding:
    grid = Table.grid(expand=True, padding=(0, 1))
    label = _label(screen, verdict)
    grid.add_column(width=cell_len(label.plain), no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    place = verdict.evidence[0].place if verdict.evidence else None
    where = place_words(screen, place, report.pages) if place else ""
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1, overflow="fold")
    head.add_column(justify="right", no_wrap=True)
    title = Text(explanation(verdict.check_id, screen.language).title)
    title.append(f"  {verdict.check_id}", style="dim")
    head.add_row(title, Text(where, style="dim"))
    grid.add_row(label, head)
    for line in _body(screen, verdict, report):
        grid.add_row("", line)
    return Padding(grid, (0, 0, 0, 1))


def _label(screen: Screen, verdict: Verdict) -> Text:
    if verdict.outcome == "inconsistent":
        return Text(severity_word(screen, verdict.severity), style=STYLES[verdict.severity])
    word = screen.say("holds") if verdict.outcome == "consistent" else screen.say("uncheckable")
    return Text(word, style="green" if verdict.outcome == "consistent" else "dim")


def _body(screen: Screen, verdict: Verdict, report: Report) -> Iterable[Text]:
    yield screen.text(verdict.message.text(screen.language))
    if verdict.formula:
        yield screen.text(verdict.formula, "bold" if verdict.outcome == "inconsistent" else "")
    limit = len(verdict.evidence) if screen.verbose else _QUOTES
    for item in verdict.evidence[:limit]:
        yield _quote(screen, item, verdict, report)
    if len(verdict.evidence) > limit:
        yield Text(
            screen.say("and {count} more figures (--verbose shows them)", count=len(verdict.evidence) - limit),
            style="dim",
        )
    if verdict.hint is not None:
        yield screen.text(screen.say("Hint: {hint}", hint=verdict.hint.text(screen.language)), "italic")


def _quote(screen: Screen, item: Evidence, verdict: Verdict, report: Report) -> Text:
    words = Text("“", style="dim")
    words.append(safe_quote(item.quote))
    words.append("”", style="dim")
    first = verdict.evidence[0].place
    if item.place.page != first.page or (item.place.page is None and item is not verdict.evidence[0]):
        words.append(f"  {place_words(screen, item.place, report.pages)}", style="dim")
    return words


def safe_quote(quote: str) -> str:
    """A quote on one line, without control characters."""
    from extractor.screens.console import safe

    return safe(" ".join(quote.split()))


def _gap(screen: Screen, gap: Gap) -> Padding:
    words = Text(screen.say("not read"), style="magenta")
    words.append("  ")
    words.append(screen.text(gap.text(screen.language)))
    if gap.quote:
        words.append(f" “{safe_quote(gap.quote)[:60]}”", style="dim")
    if gap.page is not None:
        words.append(f"  {screen.say('page {number}', number=gap.page)}", style="dim")
    return Padding(words, (0, 0, 0, 1))


def _tally(screen: Screen, reviewed: Reviewed) -> Padding:
    counts = Counter(verdict.outcome for verdict in reviewed.verdicts)
    compared, figures = coverage(reviewed.report, reviewed.verdicts)
    words = screen.say(
        "{all} comparisons: {consistent} hold, {inconsistent} do not, {uncheckable} could not be made; "
        "{compared} of {figures} figures compared",
        all=len(reviewed.verdicts),
        consistent=counts["consistent"],
        inconsistent=counts["inconsistent"],
        uncheckable=counts["uncheckable"],
        compared=compared,
        figures=figures,
    )
    return Padding(Text(words, style="dim"), (0, 0, 0, 1))


def print_totals(screen: Screen, reviews: Sequence[Reviewed]) -> None:
    """One line for all reports, on standard error."""
    found = Counter(verdict.severity for reviewed in reviews for verdict in reviewed.findings())
    screen.err.print(
        screen.say(
            "{reports} reports checked: {errors} errors, {warnings} warnings, {notes} notes",
            reports=len(reviews),
            errors=found["error"],
            warnings=found["warning"],
            notes=found["note"],
        )
    )
