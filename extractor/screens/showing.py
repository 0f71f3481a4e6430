"""`show`: one report on one screen: head, funds as a tree, document numbers, indicators, findings, gaps."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from extractor.checks.naming import repeated
from extractor.errors import UnreadableFileError, UsageError
from extractor.inputs import collect
from extractor.messages import Message
from extractor.model import Evaluation, Fund, Indicator, Report
from extractor.pipeline import Settings
from extractor.screens.console import Screen, safe
from extractor.screens.findings import print_verdicts
from extractor.screens.flow import Flow
from extractor.screens.importing import read_words
from extractor.screens.reviews import Review, Unread, from_database, from_files
from extractor.screens.rows import decimal_text
from extractor.screens.words import place_words, role_word, shown_path, status_word
from extractor.store.database import Database, Found

#: Reports that are listed where several are meant.
_CANDIDATES = 10


def run(screen: Screen, words: str, db: Path, settings: Settings) -> None:
    """Print the report that `words` mean: one in the database, or a file that is not in it.

    Raises `UsageError` where they mean none or several.
    """
    is_file = os.path.isfile(words)  # noqa: PTH113  # Path.is_file fails for words too long to be a name
    review = _stored(screen, words, db, settings) if db.exists() or not is_file else None
    if review is None and is_file:
        review = next(from_files(collect([Path(words)]), settings, jobs=1))
    if review is None:
        message = Message.of(
            "No report in {name} fits “{words}”: give a file, or words of a title.", name=db, words=words
        )
        raise UsageError(message)
    if isinstance(review, Unread):
        raise UnreadableFileError(review.gap.message, review.gap.kind)
    show(screen, review)


def _stored(screen: Screen, words: str, db: Path, settings: Settings) -> Review | Unread | None:
    """The stored report that the words mean, None where they mean none."""
    with Database.open(db, read_only=True) as database:
        found = database.find_report(words)
        if len(found) > 1:
            raise UsageError(_several(screen, words, found))
        if not found:
            return None
        return next(from_database(database, settings, [found[0].document_id]))


def _several(screen: Screen, words: str, found: Sequence[Found]) -> Message:
    """That the words mean several reports; the first of them are listed, so that one can be named."""
    for report in found[:_CANDIDATES]:
        screen.complaints.print(screen.text(f"{report.document_id}  {shown_path(report.path)}  {report.title or ''}"))
    return Message.of(
        "“{words}” fits {count} reports: name one by its file or the number before it.", words=words, count=len(found)
    )


def show(screen: Screen, review: Review) -> None:
    """Print one report."""
    report = review.report
    _head(screen, report)
    for evaluation in report.evaluations:
        _evaluation(screen, report, evaluation)
    _doc_numbers(screen, report)
    screen.out.print()
    screen.out.print(Text(screen.say("findings"), style="dim"))
    print_verdicts(screen, review)


def _head(screen: Screen, report: Report) -> None:
    head = report.head
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    rows = (
        (screen.say("title"), head.title),
        (screen.say("issuer"), head.issuer),
        (screen.say("region"), head.region),
        (screen.say("document number"), head.doc_number),
        (screen.say("date"), head.issued_on or head.issued_raw),
        (screen.say("file"), report.path),
        (screen.say("read"), read_words(screen, report.counts)),
    )
    for name, value in rows:
        if value:
            grid.add_row(name, Flow(screen.text(value)))
    screen.out.print(grid)


def _evaluation(screen: Screen, report: Report, evaluation: Evaluation) -> None:
    screen.out.print()
    name = evaluation.subject or screen.say("evaluation {number}", number=evaluation.seq + 1)
    title = screen.text(name, "bold")
    facts = (
        (screen.say("fiscal year"), evaluation.fiscal_year),
        (screen.say("department"), evaluation.department),
        (screen.say("unit"), evaluation.unit),
        (screen.say("total score"), _number(evaluation.total_score)),
        (screen.say("grade"), evaluation.grade),
    )
    for name, value in facts:
        if value not in (None, ""):
            title.append(f"  {name} ", style="not bold dim")
            title.append(screen.text(value, "not bold"))
    screen.out.print(Flow(title))
    _funds(screen, report, evaluation.seq)
    _indicators(screen, report, evaluation.seq)


def _funds(screen: Screen, report: Report, evaluation: int) -> None:
    funds = [fund for fund in report.funds if fund.evaluation == evaluation]
    if not funds:
        return
    tree = Tree(Text(screen.say("funds"), style="dim"), guide_style="dim")
    known = {fund.seq for fund in funds}
    parts: dict[int | None, list[Fund]] = {}
    for fund in funds:
        parts.setdefault(fund.parent_seq if fund.parent_seq in known else None, []).append(fund)
    # A total may stand behind its parts, so that the tree grows from its totals and not in reading order.
    open_: list[tuple[int | None, Tree]] = [(None, tree)]
    while open_:
        seq, branch = open_.pop()
        open_ += [(fund.seq, branch.add(Flow(_fund(screen, fund, report)))) for fund in parts.get(seq, ())]
    screen.out.print(tree)


def _fund(screen: Screen, fund: Fund, report: Report) -> Text:
    words = screen.text(fund.raw if fund.unit in fund.raw else f"{fund.raw}{fund.unit}", "bold")
    words.append("  ")
    words.append(screen.text(fund.label, "not bold"))
    words.append(f"  {role_word(screen, fund.role)}", style="not bold cyan")
    if fund.doc_numbers:
        words.append(f"  {safe(' '.join(fund.doc_numbers))}", style="not bold dim")
    words.append(f"  {place_words(screen, fund.place, report.pages)}", style="not bold dim")
    return words


def _number(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _indicators(screen: Screen, report: Report, evaluation: int) -> None:
    indicators = _once([indicator for indicator in report.indicators if indicator.evaluation == evaluation])
    if not indicators:
        return
    table = Table(box=None, header_style="dim", pad_edge=False)
    scored = any(indicator.max_score is not None or indicator.score is not None for indicator in indicators)
    table.add_column(screen.say("type"), overflow="fold", max_width=10)
    table.add_column(screen.say("indicator"), overflow="fold", ratio=1)
    table.add_column(screen.say("target"), overflow="fold", justify="right", max_width=14)
    table.add_column(screen.say("actual"), overflow="fold", justify="right", max_width=14)
    table.add_column(screen.say("score"), justify="right", no_wrap=True) if scored else table.add_column(
        screen.say("status"), no_wrap=True
    )
    before = None
    for indicator in indicators:
        level = (indicator.level2 or indicator.level1 or "").removesuffix("指标")
        last = _score(indicator) if scored else status_word(screen, indicator.status)
        table.add_row(
            Flow(screen.text("" if level == before else level)),
            Flow(screen.text(indicator.name)),
            screen.text(indicator.target_raw or ""),
            screen.text(indicator.actual_raw or ""),
            last,
        )
        before = level
    screen.out.print(table)


def _once(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Each indicator once: a sentence that a row of the annexed table repeats is shown with the row's points."""
    rows = {match.prose.seq: match.row for match in repeated(indicators)}
    again = {row.seq for row in rows.values()}
    return [_with_points(one, rows.get(one.seq)) for one in indicators if one.seq not in again]


def _with_points(indicator: Indicator, row: Indicator | None) -> Indicator:
    return indicator if row is None else replace(indicator, max_score=row.max_score, score=row.score)


def _score(indicator: Indicator) -> str:
    if indicator.score is None and indicator.max_score is None:
        return ""
    return f"{_number(indicator.score) or '–'}/{_number(indicator.max_score) or '–'}"


def _doc_numbers(screen: Screen, report: Report) -> None:
    if not report.doc_numbers:
        return
    seen: dict[str, bool] = {}
    for number in report.doc_numbers:
        seen[number.normalized] = seen.get(number.normalized, False) or number.role == "own"
    words = Text(screen.say("document numbers"), style="dim")
    for name, own in seen.items():
        words.append("  ")
        words.append(screen.text(name, "not dim bold" if own else "not dim"))
    screen.out.print()
    screen.out.print(Flow(words))
