"""Rows of sums that are glued together: 年度资金总额:21517280% is 215, 172 and 80 %, for no other way adds up.

A row is parted where its rate is the money spent by the budget; a row without a rate where all parts add up to the
total. A row that can be parted in more than one such way is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

import regex

from extractor.find.tables import words as table_words
from extractor.find.tables.words import FUND_CONCEPTS

#: Column → range of the row's characters.
Way = Mapping[str, tuple[int, int]]
_FIGURE = regex.compile(r"\d{1,12}(?:\.\d{1,6})?")
_RUN = regex.compile(r"[\d.%\-—/]{1,64}")
_RATES = frozenset({"rate", "arrival_rate"})
_BASES = ("budget", "received", "initial_budget")
#: So many ways to part one row are looked at, and so many to choose one for each row.
_MOST_WAYS = 4000
_MOST_CHOICES = 20_000


@dataclass(frozen=True, slots=True)
class GluedRow:
    """A label and the glued figures behind it, as ranges of the stream; `way` gives the columns, None where unclear."""

    label: tuple[int, int]
    run: tuple[int, int]
    way: Way | None = None


def glued_rows(bare: str, start: int, end: int, columns: Sequence[str]) -> list[GluedRow]:
    """The rows between two positions of the stream, up to the first words that are no label of sums."""
    rows: list[GluedRow] = []
    position = start
    while position < end:
        stop = _label_end(bare, position, end)
        if not stop:
            break
        match = _RUN.match(bare, stop, end)
        run = match.span() if match else (stop, stop)
        rows.append(GluedRow((position, stop), run))
        position = run[1]
    return _parted(bare, rows, columns)


def _label_end(bare: str, position: int, end: int) -> int:
    """Where the label of a row of sums ends; 0 where none begins."""
    stop = max(table_words.fund_total_at(bare, position, end), table_words.fund_part_at(bare, position, end))
    return stop + (bare[stop : stop + 1] == ":") if stop else 0


def _parted(bare: str, rows: Sequence[GluedRow], columns: Sequence[str]) -> list[GluedRow]:
    """Each row with its way, as far as the figures show one only."""
    texts = [bare[slice(*row.run)] for row in rows]
    sums = [column for column in columns if column in FUND_CONCEPTS]
    ways = []
    for text, row in zip(texts, rows, strict=True):
        marked = _is_total(bare, row) or any(sign in text for sign in "%-—/")
        ways.append(_best(text, list(islice(_ways(text, 0, list(columns) if marked else sums), _MOST_WAYS))))
    total = next((n for n, row in enumerate(rows) if _is_total(bare, row) and len(ways[n]) == 1), None)
    chosen: list[Way | None] = [own[0] if len(own) == 1 else None for own in ways]
    if total is not None:
        parts = [n for n in range(len(rows)) if n != total and texts[n].strip("-—/")]
        for n, way in zip(parts, _by_sum(texts, ways, total, parts), strict=True):
            chosen[n] = way if way is not None else chosen[n]
    return [_with_way(row, way) for row, way in zip(rows, chosen, strict=True)]


def _is_total(bare: str, row: GluedRow) -> bool:
    return table_words.is_fund_total(bare[slice(*row.label)].rstrip(":"))


def _with_way(row: GluedRow, way: Way | None) -> GluedRow:
    if way is None:
        return row
    begin = row.run[0]
    return GluedRow(row.label, row.run, {c: (begin + start, begin + end) for c, (start, end) in way.items()})


# --- one row ----------------------------------------------------------------------------------------------------------


def _ways(text: str, position: int, columns: list[str]) -> Iterator[dict[str, tuple[int, int]]]:
    """Every way to give the characters from `position` on to the columns, in order; sums leave out no column."""
    if position == len(text):
        if not FUND_CONCEPTS & set(columns) or position == 0:
            yield {}
        return
    for number, column in enumerate(columns):
        for end in _ends(text, position, column):
            for rest in _ways(text, end, columns[number + 1 :]):
                yield {column: (position, end), **rest}
        if column in FUND_CONCEPTS:
            return


def _ends(text: str, position: int, column: str) -> Iterator[int]:
    """The ends of the cells of a column that can begin at `position`."""
    if text[position] in "-—/":
        yield position + 1
        return
    whole = _FIGURE.match(text, position)
    if whole is None:
        return
    for end in range(position + 1, whole.end() + 1):
        figure = text[position:end]
        if figure.endswith(".") or (figure[0] == "0" and len(figure) > 1 and figure[1] != "."):
            continue
        percent = text[end : end + 1] == "%"
        if column in _RATES:
            # A figure without its sign could be anything in a run of digits.
            if percent:
                yield end + 1
        elif not percent and text[end : end + 1] != "." and _fits(figure, column):
            yield end


def _fits(figure: str, column: str) -> bool:
    return column in FUND_CONCEPTS or (len(figure) <= 6 and Decimal(figure) <= 100)


def _value(text: str, way: Way, column: str) -> Decimal | None:
    if column not in way or text[way[column][0]] in "-—/":
        return None
    return Decimal(text[slice(*way[column])].rstrip("%"))


def _best(text: str, ways: Sequence[Way]) -> list[Way]:
    """The ways whose rate is right, of these the ones whose score is; all of them where the row prints no rate."""
    if len(ways) <= 1:
        return list(ways)
    rated = [way for way in ways if _rate_holds(text, way)]
    if not rated:
        return list(ways)
    scored = [way for way in rated if _score_holds(text, way)] or rated
    even = [way for way in scored if len(_places(text, way)) <= 1]
    return even if len(even) == 1 else scored


def _rate_holds(text: str, way: Way) -> bool:
    rate, spent = _value(text, way, "rate"), _value(text, way, "spent")
    base = next((value for c in _BASES if (value := _value(text, way, c)) is not None), None)
    if rate is None or spent is None or not base:
        return False
    off = abs(rate - spent / base * 100)
    places = len(text[slice(*way["rate"])].rstrip("%").partition(".")[2])
    return off <= min(Decimal("0.6") * Decimal(10) ** -places, abs(rate) / 20)


def _score_holds(text: str, way: Way) -> bool:
    most, score, rate = (_value(text, way, c) for c in ("max_score", "score", "rate"))
    if most is None or score is None or rate is None:
        return False
    return abs(score - min(most, most * rate / 100)) <= Decimal("0.1")


def _places(text: str, way: Way) -> set[int]:
    """The numbers of decimals of the sums that have any."""
    cells = (text[slice(*way[c])] for c in FUND_CONCEPTS & way.keys())
    return {len(cell.partition(".")[2]) for cell in cells if "." in cell}


# --- rows together ----------------------------------------------------------------------------------------------------


def _by_sum(
    texts: Sequence[str], ways: Sequence[Sequence[Way]], total: int, parts: Sequence[int]
) -> Sequence[Way | None]:
    """One way for each part so that they add up to the total in every column; None for all where several do."""
    nothing: list[Way | None] = [None] * len(parts)
    sums = _sums(texts[total], ways[total][0])
    count = 1
    for n in parts:
        count *= max(1, len(ways[n]))
    if not parts or count > _MOST_CHOICES or any(not ways[n] for n in parts):
        return nothing
    found: list[tuple[Way, ...]] = []
    for choice in product(*(ways[n] for n in parts)):
        columns = [_sums(texts[n], way) for n, way in zip(parts, choice, strict=True)]
        if all(sum((c.get(key, Decimal(0)) for c in columns), Decimal(0)) == value for key, value in sums.items()):
            found.append(choice)
            if len(found) > 1:
                return nothing
    return list(found[0]) if found else nothing


def _sums(text: str, way: Way) -> dict[str, Decimal]:
    return {c: value for c in FUND_CONCEPTS if (value := _value(text, way, c)) is not None}
