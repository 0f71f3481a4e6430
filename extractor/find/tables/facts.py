"""What one self-evaluation form says, however its cells were found: by rules (`evaluation_tables`) or in text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from extractor.find.status import read_status
from extractor.find.tables import words as table_words
from extractor.find.tables.fund_rows import FundRows
from extractor.find.tables.values import Value, join_value, read_points, read_value
from extractor.messages import Message
from extractor.model import Box, Document, Fund, Gap, Indicator, Passage, Place, Rate, Weight
from extractor.text import Text

#: Cells of a row by concept (`name`, `target`, `max_score` …), tight.
Cells = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class TableFacts:
    """All facts of one form. `seq`, `parent_seq` and `fund_seq` count within the form; `evaluation` is None.

    `execution_max` and `execution_score` are the points of the execution rate (`预算执行率10分`); they also stand on
    one fund of their row, the spent one. `money_unit` is the unit printed over the fund block.
    """

    place: Place
    title: str | None = None
    subject: str | None = None
    fiscal_year: int | None = None
    department: str | None = None
    unit: str | None = None
    total_score: Decimal | None = None
    grade: str | None = None
    money_unit: str | None = None
    execution_max: Decimal | None = None
    execution_score: Decimal | None = None
    places: dict[str, Place] = field(default_factory=dict, hash=False)
    funds: tuple[Fund, ...] = ()
    rates: tuple[Rate, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    weights: tuple[Weight, ...] = ()
    passages: tuple[Passage, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def __bool__(self) -> bool:
        """Whether the form said anything of worth."""
        return bool(self.funds or self.indicators or self.weights or self.subject)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the indicator block, its name without the number before it."""

    name: Text
    ordinal: str | None
    level1: str | None
    level2: str | None
    cells: Cells


class FormBuilder:
    """Collects the rows of one form and reads their cells; `build` freezes the result."""

    def __init__(self, document: Document, title: str | None = None, year: int | None = None) -> None:
        self.document = document
        self.starts = document.starts()
        self.title = title
        self.year = year
        self.fields: dict[str, tuple[str, Place]] = {}
        self.funds = FundRows(document)
        self.indicators: list[Indicator] = []
        self.weights: list[Weight] = []
        self.passages: list[Passage] = []
        self.gaps: list[Gap] = []
        self.total: tuple[Decimal, Place] | None = None
        self.head_total: tuple[Decimal, Place] | None = None
        self.first: Place | None = None
        #: The columns of the last block of indicators and the levels that its last row had.
        self.levels_left: tuple[Mapping[str, Sequence[int]], Mapping[str, str | None]] = ({}, {})
        self._levels_seen: set[tuple[int, str]] = set()

    # --- places ---

    def place(self, text: Text) -> Place:
        """The place of a cell's text, counted as a place in a table."""
        span = text.span()
        place = self.document.place(span.start, span.end, "table")
        if self.first is None:
            self.first = place
        return place

    def gap(self, kind: str, message: Message, quote: Text) -> None:
        """Note that something was seen and not understood; the quote is cut at 200 characters."""
        self.gaps.append(Gap(kind, message, self.place(quote).page, quote.string[:200]))

    # --- head ---

    def set_field(self, name: str, value: Text) -> None:
        """A field of the head, the first one printed counts."""
        if table_words.is_empty(value.string) or name == "other":
            return
        if name == "total_score":
            points = read_points(value.string)
            if points is not None and self.head_total is None:
                self.head_total = (points, self.place(value))
            return
        self.fields.setdefault(name, (value.string, self.place(value)))

    def add_words(self, text: Text, lines: tuple[tuple[int, int, int | None, Box | None], ...] = ()) -> None:
        """Words of a cell outside of the known columns: aims, conclusions, remarks."""
        if len(text) < 2 or table_words.is_empty(text.string):
            return
        place = self.place(text)
        own = lines or ((place.start, place.end, place.page, place.box),)
        self.passages.append(Passage(len(self.passages), None, text, lines=own, source="table"))

    # --- indicator rows ---

    def level(self, kind: Literal["level1", "level2"], text: Text | None, key: int = -1) -> str | None:
        """The name of a level's cell, its points left out and noted once a cell as a `Weight`."""
        if text is None or not text.string:
            return None
        mark = table_words.weight_mark(text.string)
        named = text.slice(0, mark.start()) if mark else text
        if mark:
            seen = (key if key >= 0 else text.span().start, kind)
            if seen not in self._levels_seen:
                self._levels_seen.add(seen)
                points = Decimal(mark["weight"] or mark["bare"])
                self.weights.append(Weight(len(self.weights), None, named.string, kind, points, None, self.place(text)))
        name = named.string.replace(" ", "").strip(":：")
        return name if name and not table_words.is_empty(name) else None

    def add_indicator(self, level1: str | None, level2: str | None, cells: Cells) -> bool:
        """Read one row; whether it is an indicator. Rows that the form left open are passed over."""
        name_cell = cells.get("name")
        values = self._values(cells)
        points = {key: read_points(cells[key].string) if key in cells else None for key in ("max_score", "score")}
        filled = any(v is not None for v in values.values()) or any(p is not None for p in points.values())
        if name_cell is None or table_words.is_placeholder(name_cell.string):
            if filled:
                message = Message.of("A row of the indicator table has values and no name.")
                self.gap("unread_indicator", message, _joined(cells))
            return False
        name_cell = table_words.of_one_row(name_cell, self.starts, table_words.is_placeholder)
        ordinal, skip = table_words.ordinal(name_cell.string)
        name = name_cell.slice(skip, len(name_cell)).strip()
        if not filled:
            if level2 is not None or level1 is not None or ordinal is not None:
                message = Message.of("A row of the indicator table has a name and no values.")
                self.gap("unread_indicator", message, name_cell)
            return False
        self._check_points(cells, points)
        row = _Row(name, ordinal, level1, level2, cells)
        self.indicators.append(self._indicator(row, values, points))
        return True

    def _values(self, cells: Cells) -> dict[str, Value | None]:
        target = cells.get("target")
        values: dict[str, Value | None] = {"target": None, "actual": None}
        if "operator" in cells or "unit" in cells:
            values["target"] = join_value(cells.get("operator"), target, cells.get("unit"))
        elif target is not None:
            values["target"] = read_value(target.string)
        actual = cells.get("actual")
        if actual is not None:
            values["actual"] = read_value(actual.string)
        return values

    def _check_points(self, cells: Cells, points: Mapping[str, Decimal | None]) -> None:
        """Points that are no number are said: a scan's IO for 10, words in the score's cell."""
        for key, value in points.items():
            if value is None and key in cells and not table_words.is_empty(cells[key].string):
                message = Message.of("The points in this cell could not be read as a number.")
                self.gap("unread_number", message, cells[key])

    def _indicator(
        self, row: _Row, values: Mapping[str, Value | None], points: Mapping[str, Decimal | None]
    ) -> Indicator:
        target, actual, cells, name = values["target"], values["actual"], row.cells, row.name
        reason, status = cells.get("reason"), cells.get("status")
        places = {"name": self.place(name)}
        for key in ("target", "actual", "status", "max_score", "score", "reason", "operator", "unit"):
            if key in cells and cells[key].string:
                places[key] = self.place(cells[key])
        claimed = read_status(status.string) if status is not None else None
        if claimed is None and actual is not None and actual.value is None:
            status, claimed = cells["actual"], read_status(actual.raw)
        return Indicator(
            len(self.indicators),
            None,
            name.string,
            places["name"],
            level1=row.level1,
            level2=row.level2,
            ordinal=row.ordinal,
            operator=target.operator if target else None,
            target_raw=target.raw if target else None,
            target_value=target.value if target else None,
            target_unit=target.unit if target else None,
            actual_raw=actual.raw if actual else None,
            actual_value=actual.value if actual else None,
            actual_unit=actual.unit if actual else None,
            status_raw=status.string if status is not None and claimed is not None else None,
            status=claimed,
            max_score=points["max_score"],
            score=points["score"],
            reason=reason.string if reason is not None and _is_reason(reason.string) else None,
            places=places,
        )

    # --- totals ---

    def add_total(self, label: Text, max_score: Text | None, score: Text | None) -> None:
        """The row of the total: weights and scores."""
        most = read_points(max_score.string) if max_score is not None else None
        reached = read_points(score.string) if score is not None else None
        if most is None and reached is None:
            return
        place = self.place(label)
        self.weights.append(Weight(len(self.weights), None, label.string.rstrip(":"), "total", most, reached, place))
        if reached is not None and self.total is None and score is not None:
            self.total = (reached, self.place(score))

    def set_grade(self, cell: Text) -> bool:
        """Take the cell as the grade where it is one."""
        grade = table_words.grade(cell.string)
        if grade is not None:
            self.fields.setdefault("grade", (grade, self.place(cell)))
        return grade is not None

    # --- result ---

    def build(self) -> TableFacts:
        """The facts, frozen."""
        funds = self.funds.build()
        total = self.head_total or self.total
        values = {key: value for key, (value, _) in self.fields.items()}
        places = {key: place for key, (_, place) in self.fields.items()}
        department = self._first("department", "central_department")
        unit = self._first("unit", "unit_name", "local_department")
        for key, name in (("department", department), ("unit", unit)):
            if name is not None:
                places[key] = self.fields[name][1]
        if total is not None:
            places["total_score"] = total[1]
        year = self.year
        for source in (values.get("fiscal_year"), self.title, values.get("subject")):
            year = year if year is not None or source is None else table_words.year(source)
        start = self.first or Place(None, 0, 0, None, "table")
        gaps = (*self.gaps, *funds.gaps)
        return TableFacts(
            place=replace(start, source="table"),
            title=self.title,
            subject=values.get("subject"),
            fiscal_year=year,
            department=values[department] if department else None,
            unit=values[unit] if unit else None,
            total_score=total[0] if total else None,
            grade=values.get("grade"),
            money_unit=funds.unit,
            execution_max=funds.max_score,
            execution_score=funds.score,
            places=places,
            funds=funds.funds,
            rates=funds.rates,
            indicators=tuple(self.indicators),
            weights=tuple(self.weights),
            passages=tuple(self.passages),
            gaps=tuple(gaps),
        )

    def _first(self, *names: str) -> str | None:
        return next((name for name in names if name in self.fields), None)


def _joined(cells: Cells) -> Text:
    """The cells of a row in reading order, for quoting."""
    return Text.join(sorted((c for c in cells.values() if c.string), key=lambda c: c.span().start), " ")


def _is_reason(words: str) -> bool:
    """无 says that there is no reason and is kept; blanks and strokes are not."""
    return not table_words.is_empty(words) or words in ("无", "無")
