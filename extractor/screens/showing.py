"""`show`: one report on one screen: head, funds as a tree, document numbers, indicators, findings, gaps."""

from __future__ import annotations

from decimal import Decimal

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from extractor.model import Evaluation, Fund, Indicator, Report
from extractor.screens.console import Screen
from extractor.screens.findings import Reviewed, place_words, print_review
from extractor.screens.rows import decimal_text


def show(screen: Screen, reviewed: Reviewed) -> None:
    """Print one report."""
    report = reviewed.report
    _head(screen, report)
    for evaluation in report.evaluations:
        _evaluation(screen, report, evaluation)
    _doc_numbers(screen, report)
    screen.out.print()
    print_review(screen, reviewed)


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
        (screen.say("read"), _read(screen, report)),
    )
    for name, value in rows:
        if value:
            grid.add_row(name, screen.text(value))
    screen.out.print(grid)


def _read(screen: Screen, report: Report) -> str:
    """How much was read, in words."""
    counts = report.counts
    parts = []
    if report.page_count:
        parts.append(screen.say("{count} pages", count=report.page_count))
    if counts.get("tables"):
        parts.append(screen.say("{count} tables", count=counts["tables"]))
    if counts.get("numbers"):
        parts.append(screen.say("{read} of {all} numbers", read=counts.get("numbers_read", 0), all=counts["numbers"]))
    return ", ".join(parts)


def _evaluation(screen: Screen, report: Report, evaluation: Evaluation) -> None:
    screen.out.print()
    title = Text(evaluation.subject or screen.say("evaluation {number}", number=evaluation.seq + 1), style="bold")
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
    screen.out.print(title)
    _funds(screen, report, evaluation.seq)
    _indicators(screen, report, evaluation.seq)


def _funds(screen: Screen, report: Report, evaluation: int) -> None:
    funds = [fund for fund in report.funds if fund.evaluation == evaluation]
    if not funds:
        return
    tree = Tree(Text(screen.say("funds"), style="dim"), guide_style="dim")
    branches: dict[int, Tree] = {}
    for fund in funds:
        parent = branches.get(fund.parent_seq, tree) if fund.parent_seq is not None else tree
        branches[fund.seq] = parent.add(_fund(screen, fund, report))
    screen.out.print(tree)


def _fund(screen: Screen, fund: Fund, report: Report) -> Text:
    words = screen.text(fund.raw if fund.unit in fund.raw else f"{fund.raw}{fund.unit}", "bold")
    words.append("  ")
    words.append(screen.text(fund.label, "not bold"))
    words.append(f"  {role_word(screen, fund.role)}", style="not bold cyan")
    if fund.doc_numbers:
        words.append(f"  {' '.join(fund.doc_numbers)}", style="not bold dim")
    words.append(f"  {place_words(screen, fund.place, report.pages)}", style="not bold dim")
    return words


def role_word(screen: Screen, role: str) -> str:
    """The word for a role of money in the screen's language."""
    words = {
        "budget": screen.say("budget"),
        "received": screen.say("received"),
        "spent": screen.say("spent"),
        "carryover": screen.say("carried over"),
        "other": screen.say("other"),
    }
    return words[role]


def _number(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _indicators(screen: Screen, report: Report, evaluation: int) -> None:
    indicators = [indicator for indicator in report.indicators if indicator.evaluation == evaluation]
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
        last = _score(indicator) if scored else status_word(screen, indicator)
        table.add_row(
            screen.text("" if level == before else level),
            screen.text(indicator.name),
            screen.text(indicator.target_raw or ""),
            screen.text(indicator.actual_raw or ""),
            last,
        )
        before = level
    screen.out.print(table)


def _score(indicator: Indicator) -> str:
    if indicator.score is None and indicator.max_score is None:
        return ""
    return f"{_number(indicator.score) or '–'}/{_number(indicator.max_score) or '–'}"


def status_word(screen: Screen, indicator: Indicator) -> str:
    """The claimed status in the screen's language."""
    words = {"met": screen.say("met"), "partly": screen.say("partly met"), "unmet": screen.say("not met")}
    return words[indicator.status] if indicator.status else ""


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
    screen.out.print(words)
