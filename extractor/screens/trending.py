"""`trend`: one fund or indicator over the years, as a table with a small chart, or drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rich import box
from rich.table import Table
from rich.text import Text

from extractor import across
from extractor.errors import UsageError
from extractor.messages import Message
from extractor.relate.ranking import best, query_words
from extractor.screens import rows
from extractor.screens.console import Screen
from extractor.screens.flow import Flow
from extractor.screens.words import one_line
from extractor.store.database import Database
from extractor.store.histories import Found, Year
from extractor.store.series import KeptLink

#: Eighths of a bar.
_BLOCKS = " ▏▎▍▌▋▊▉█"
#: Characters of the longest bar.
_LONGEST = 16
_TEN_THOUSAND = Decimal(10000)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for. `kind`: 'fund', 'indicator' or None for both."""

    kind: str | None = None
    region: str | None = None
    most: int = 5
    form: str | None = None
    output: Path | None = None
    plot: Path | None = None


def run(screen: Screen, db: Path, text: str, options: Options) -> int:
    """Show the series that the text means. The exit status: 1 where there is none."""
    form = rows.chosen_format(options.form, options.output)
    if not text.strip():
        raise UsageError(Message.of("Name a fund or an indicator, or a part of its name."))
    _up_to_date(db)
    with Database.open(db, read_only=True) as database:
        chosen = _chosen(database, text, options)
        shown = chosen[: options.most]
        years = database.years_of(shown)
        links = [one for one in database.links() if one.state == "candidate"]
        if form == "parquet" and options.output is not None:
            raise UsageError(Message.of("trend writes table, csv, json, xlsx or markdown: use sql for parquet."))
    if not shown:
        screen.complaints.print(
            screen.text(screen.say("No fund and no indicator has “{text}” in its name.", text=text))
        )
        return 1
    if options.plot is not None:
        from extractor.screens.plotting import plot

        plot(screen, shown, years, options.plot)
    if form != "table" or options.output is not None:
        rows.write(screen, _rows(shown, years), form, options.output)
    else:
        _show(screen, shown, years, links)
        if len(chosen) > len(shown):
            more = len(chosen) - len(shown)
            screen.err.print(screen.say("{count} more series have it too: --most N shows more.", count=more))
    return 0


def _up_to_date(db: Path) -> None:
    """Series follow the reports; a database that cannot be written shows those that it has."""
    Database.open(db, read_only=True).close()
    with Database.open(db, read_only=True) as database:
        stale = across.is_stale(database)
    if stale:
        with Database.open(db) as database:
            across.refresh(database)


def _chosen(database: Database, text: str, options: Options) -> list[Found]:
    """The series that the text means, the likeliest first; of equally likely ones those of more years."""
    found = [
        one
        for one in database.series_with(query_words(text))
        if options.kind in (None, one.kind) and (options.region or "") in (one.region or "")
    ]
    found.sort(key=lambda one: (one.kind == "indicator", -len(one.years), one.region or "", one.fund, one.name))
    # The name may stand in a fund's name and an indicator's: both are ranked by the same measure.
    order = best(text, [one.name for one in found])
    return [found[at] for at in order]


# --- as rows ----------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "kind", "region", "department", "fund", "name", "fiscal_year", "target", "actual", "completion", "budget",
    "received", "spent", "change", "score", "file", "page", "series_key",
)  # fmt: skip


def _rows(shown: Sequence[Found], years: dict[str, list[Year]]) -> rows.Rows:
    found = []
    for one in shown:
        for year in years[one.series_key]:
            fields = {
                "kind": one.kind, "region": one.region, "department": one.department, "fund": one.fund,
                "series_key": one.series_key,
            }  # fmt: skip
            found.append([fields[name] if name in fields else getattr(year, name) for name in _COLUMNS])
    return rows.Rows(_COLUMNS, found)


# --- on the terminal --------------------------------------------------------------------------------------------------


def _show(screen: Screen, shown: Sequence[Found], years: dict[str, list[Year]], links: Sequence[KeptLink]) -> None:
    sided = _side_by_side(shown)
    if len(sided) > 1:
        screen.out.print(_regions(screen, sided, years))
        screen.out.print()
    for one in shown:
        screen.out.print(_title(screen, one))
        table = _funds if one.kind == "fund" else _indicators
        screen.out.print(table(screen, years[one.series_key]))
        for link in _hints(one, years[one.series_key], links):
            screen.out.print(_hint(screen, link))
        screen.out.print()


def _side_by_side(shown: Sequence[Found]) -> list[Found]:
    """The series of one name in several regions."""
    first = shown[0]
    alike = [one for one in shown if one.kind == first.kind and one.name == first.name]
    regions = {one.region for one in alike}
    return alike if len(regions) > 1 else []


def _regions(screen: Screen, alike: Sequence[Found], years: dict[str, list[Year]]) -> Table:
    """One row a year, one column a region: the actual value, or what was spent."""
    all_years = sorted({year.fiscal_year for one in alike for year in years[one.series_key]})
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, title=_safe_title(screen, alike[0]))
    table.add_column(screen.say("year"), no_wrap=True)
    for one in alike:
        table.add_column(screen.text(one.region or screen.say("not said")), justify="right")
    for year in all_years:
        cells = []
        for one in alike:
            here = next((y for y in years[one.series_key] if y.fiscal_year == year), None)
            cells.append(_figure(here) if here else "")
        table.add_row(str(year), *(screen.text(cell) for cell in cells))
    return table


def _safe_title(screen: Screen, one: Found) -> Text:
    return screen.text(one_line(one.name), "bold")


def _figure(year: Year) -> str:
    if year.actual is not None or year.target is not None:
        return one_line(year.actual or "")
    return money(year.spent if year.spent is not None else year.budget)


def _title(screen: Screen, one: Found) -> Flow:
    words = screen.text(one_line(one.name), "bold")
    places = [one.region, one.department, one.fund if one.kind == "indicator" else None, one.level2]
    words.append(f"  {one_line(' · '.join(filter(None, places)))}", style="not bold cyan")
    words.append(f"  {one.series_key}", style="not bold dim")
    return Flow(words)


def _indicators(screen: Screen, years: Sequence[Year]) -> Table:
    table = _table(screen, ["year", "target", "actual", "completion", "change", "", "place"])
    most = max((abs(year.actual_value) for year in years if year.actual_value is not None), default=None)
    for year in years:
        table.add_row(
            str(year.fiscal_year),
            screen.text(one_line(year.target or "")),
            screen.text(one_line(year.actual or "")),
            percent(year.completion),
            signed(year.change),
            Text(bar(year.actual_value, most), style="green"),
            _place(screen, year),
        )
    return table


def _funds(screen: Screen, years: Sequence[Year]) -> Table:
    table = _table(screen, ["year", "budget", "received", "spent", "execution", "change", "score", "", "place"])
    most = max((abs(year.budget) for year in years if year.budget is not None), default=None)
    for year in years:
        table.add_row(
            str(year.fiscal_year),
            money(year.budget),
            money(year.received),
            money(year.spent),
            percent(year.completion),
            signed(year.change),
            rows.plain(year.score),
            Text(bar(year.budget, most), style="green"),
            _place(screen, year),
        )
    return table


def _table(screen: Screen, columns: Sequence[str]) -> Table:
    names = {
        "year": screen.say("year"), "target": screen.say("target"), "actual": screen.say("actual"),
        "completion": screen.say("completion"), "change": screen.say("change"), "place": screen.say("place"),
        "budget": screen.say("budget"), "received": screen.say("received"), "spent": screen.say("spent"),
        "execution": screen.say("execution"), "score": screen.say("score"), "": "",
    }  # fmt: skip
    table = Table(box=None, header_style="dim", pad_edge=False)
    for column in columns:
        left = column in ("year", "", "place")
        table.add_column(names[column], justify="left" if left else "right", no_wrap=column != "place")
    return table


def _place(screen: Screen, year: Year) -> Text:
    page = screen.say("page {page}", page=year.page) if year.page is not None else ""
    return screen.text(one_line(" ".join(filter(None, (year.file, page)))), "dim")


def _hints(one: Found, years: Sequence[Year], links: Sequence[KeptLink]) -> list[KeptLink]:
    """The candidates that speak of a name of this series."""
    names = {year.name for year in years}
    return [
        link
        for link in links
        if link.kind == one.kind
        and (link.from_name in names or link.to_name in names)
        and (link.kind == "fund" or link.fund == one.fund)
    ]


def _hint(screen: Screen, link: KeptLink) -> Flow:
    words = {
        "renamed": screen.say("perhaps renamed"),
        "split": screen.say("perhaps split"),
        "merged": screen.say("perhaps merged"),
    }
    text = Text(f"  {words[link.relation]}: ", style="yellow")
    text.append(screen.text(one_line(f"{link.from_name} ({link.from_year}) → {link.to_name} ({link.to_year})")))
    text.append(f"  jixiao link {link.link_id} --confirm", style="dim")
    return Flow(text)


# --- figures ----------------------------------------------------------------------------------------------------------


def money(yuan: Decimal | None) -> str:
    """`7,020.00 万元`: exact; more places only where the fen need them."""
    if yuan is None:
        return ""
    exact = yuan / _TEN_THOUSAND
    text = format(exact, ",f")
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')} 万元"


def percent(value: Decimal | None) -> str:
    """`104.00%`."""
    return "" if value is None else f"{value:,.2f}%"


def signed(value: Decimal | None) -> str:
    """`+6.25%`, `-12.39%`."""
    return "" if value is None else f"{value:+,.2f}%"


def bar(value: Decimal | None, most: Decimal | None) -> str:
    """A bar of blocks, the longest for the largest value; nothing where there is no value."""
    if value is None or not most or value <= 0:
        return ""
    eighths = round(value / most * _LONGEST * 8)
    return "█" * (eighths // 8) + _BLOCKS[eighths % 8].strip()
