"""The shapes that flow through the program, all frozen: document, facts, report, verdicts.

Offsets are half-open positions in the document's source text: the texts of its pages joined by form feeds. They are
carried from the reader on and never searched for again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from extractor.messages import Message
    from extractor.text import Text

#: x0, top, x1, bottom in points from the page's top left.
Box = tuple[float, float, float, float]
Source = Literal["prose", "table"]
Role = Literal["budget", "received", "spent", "carryover", "other"]
Status = Literal["met", "partly", "unmet"]
Operator = Literal["≥", "≤", "=", ">", "<"]
Outcome = Literal["consistent", "inconsistent", "uncheckable"]
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of offsets in the source text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands. `page` counts from 1 and is None for text files; `box` is None where there is no page.

    A place that runs over a page break keeps the page and the box of its first part; `start` and `end` cover all of it.
    """

    page: int | None
    start: int
    end: int
    box: Box | None = None
    source: Source = "prose"


# --- what the readers make --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as printed: `约≥1,234.50万元`, `50-60个`, `壹佰万元整`.

    `start` and `end` are positions in the string that was scanned and cover `raw`. `value` is the printed number
    without its unit's factor (1234.50 and 万元; for 3亿5000万元 it is 35000 and 万元, so that the printed precision
    stays), None where it could not be read; `high` is the upper end of a range. `decimals` are the printed decimal
    places of the number beside `unit`. `figure` are the positions of the number with its unit alone, without operator
    and qualifier.
    """

    raw: str
    start: int
    end: int
    value: Decimal | None
    unit: str = ""
    decimals: int = 0
    operator: Operator | None = None
    qualifier: str | None = None
    high: Decimal | None = None
    figure: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. `boxes` holds x0, top, x1, bottom for each character of `text`, flat; empty for text files.

    Characters that have no box (line ends, tabs between cells) carry four zeros.
    """

    number: int
    text: str
    width: float = 0.0
    height: float = 0.0
    boxes: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, its white space as printed; `box` is None in text files."""

    text: Text
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Printed lines that belong together, re-joined over line and page breaks.

    `text` is folded character by character and keeps its white space (flattened tables need it); call `text.tight()`
    for the running text without layout white space.
    """

    text: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table that may cover several rows and columns. Lines wrapped inside the cell are re-joined."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: Text
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled (or delimited) table, stitched over pages: cells in reading order, rows and columns counted from 0.

    A merged cell stands once, at its top left, with its spans. A row cut by a page break is one row, a header repeated
    on the next page is gone, and a merged level cell that goes on over the page break covers the rows on both pages.
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    first_page: int
    last_page: int

    def grid(self) -> list[list[Cell | None]]:
        """Rows by columns; a merged cell is repeated in every place that it covers, None where there is no cell."""
        rows: list[list[Cell | None]] = [[None] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.row_count)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.column_count)):
                    rows[row][column] = cell
        return rows


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be read. `kind`: see the table `gaps`; `quote` is the printed text, if any."""

    kind: str
    #: A plain string is read alike in every language.
    message: Message | str
    page: int | None = None
    quote: str = ""

    def text(self, language: str) -> str:
        """The reason in `language`."""
        return self.message if isinstance(self.message, str) else self.message.text(language)


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its pages and, in reading order, its paragraphs and tables."""

    path: str
    sha256: str
    format: str
    pages: tuple[Page, ...]
    blocks: tuple[Paragraph | Table, ...]
    gaps: tuple[Gap, ...] = ()
    #: The offset of each page's first character, counted once: every fact asks for it.
    _starts: list[int] = field(init=False, repr=False, compare=False, hash=False)

    @property
    def document_id(self) -> str:
        """The first 16 hex digits of the file's SHA-256."""
        return self.sha256[:16]

    def __post_init__(self) -> None:
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page.text) + 1
        object.__setattr__(self, "_starts", starts)

    def starts(self) -> list[int]:
        """The offset of each page's first character in the source text."""
        return list(self._starts)

    def place(self, start: int, end: int, source: Source = "prose") -> Place:
        """The page and box of the characters from `start` to `end`; the box is that of the part on the first page."""
        index = bisect_right(self._starts, start) - 1
        if self.format != "pdf" or index < 0:
            return Place(None, start, end, None, source)
        page, at = self.pages[index], self._starts[index]
        box = _union(page.boxes, start - at, min(end - at, len(page.text)))
        return Place(page.number, start, end, box, source)


def _union(boxes: Sequence[float], start: int, end: int) -> Box | None:
    """The smallest box around the characters from `start` to `end`, leaving out those without a box."""
    quads = [boxes[4 * i : 4 * i + 4] for i in range(start, end) if boxes[4 * i + 2] or boxes[4 * i + 3]]
    if not quads:
        return None
    lefts, tops, rights, bottoms = zip(*quads, strict=True)
    return round(min(lefts), 2), round(min(tops), 2), round(max(rights), 2), round(max(bottoms), 2)


# --- facts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """What the file as a whole says of itself."""

    title: str | None = None
    issuer: str | None = None
    region: str | None = None
    doc_number: str | None = None
    issued_on: date | None = None
    places: dict[str, Place] = field(default_factory=dict, hash=False)
    #: The date as printed, also where it is no date of the calendar (2025年2月30日).
    issued_raw: str | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One fund or project that the file evaluates. `seq` is what the facts' field `evaluation` refers to."""

    seq: int
    subject: str | None = None
    fiscal_year: int | None = None
    region: str | None = None
    department: str | None = None
    unit: str | None = None
    total_score: Decimal | None = None
    grade: str | None = None
    place: Place | None = None
    #: Places of single fields ('subject', 'fiscal_year', 'total_score', 'grade' …), for evidence.
    places: dict[str, Place] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number (发文字号), own or cited."""

    seq: int
    evaluation: int | None
    raw: str
    normalized: str
    agency_code: str
    year: int | None
    number: str
    role: Literal["own", "cited"]
    place: Place
    #: What is not canonical as printed: 'brackets', 'mixed-brackets', 'lost-bracket', 'no-hao', 'padded', 'di' …
    form: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as printed. `value` is the printed number, `yuan` its exact value (None for foreign money)."""

    seq: int
    raw: str
    value: Decimal
    yuan: Decimal | None
    unit: str
    decimals: int
    qualifier: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of money (到位率, 执行率 …), `value` in percent."""

    seq: int
    evaluation: int | None
    name: str
    raw: str
    value: Decimal
    decimals: int
    place: Place
    #: seq of the fund whose row or sentence the rate belongs to, where that is printed (a row of the fund block).
    fund_seq: int | None = None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """An amount of the evaluated money. `parent_seq` is the total that it is a part of (其中)."""

    seq: int
    evaluation: int | None
    parent_seq: int | None
    label: str
    raw: str
    value: Decimal
    yuan: Decimal | None
    unit: str
    decimals: int
    role: Role
    place: Place
    doc_numbers: tuple[str, ...] = ()
    qualifier: str | None = None
    #: Parts with the same `split` number split their total together; a total may be split in several ways.
    split: int = 0
    #: The list of parts is said to be partial (等, 主要包括, 含): it bounds the total and does not add up to it.
    partial: bool = False
    #: In a table: the row's label and the column ('initial_budget', 'budget', 'received', 'spent'); None in prose.
    column: str | None = None
    #: In a table: weight and score that the row prints (usually only the total row).
    max_score: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator line, from prose or from a table. Values are printed numbers; `*_raw` the printed text."""

    seq: int
    evaluation: int | None
    name: str
    place: Place
    level1: str | None = None
    level2: str | None = None
    ordinal: str | None = None
    operator: Operator | None = None
    target_raw: str | None = None
    target_value: Decimal | None = None
    target_unit: str | None = None
    actual_raw: str | None = None
    actual_value: Decimal | None = None
    actual_unit: str | None = None
    status_raw: str | None = None
    status: Status | None = None
    max_score: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    #: Places of single fields ('target', 'actual', 'status', 'score', 'max_score' …), for evidence.
    places: dict[str, Place] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight or a sum of scores that a table prints for a group: 产出指标(50分), 合计, 总分."""

    seq: int
    evaluation: int | None
    label: str
    kind: Literal["level1", "level2", "total"]
    max_score: Decimal | None
    score: Decimal | None
    place: Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of running text (or the words of a cell outside of the known columns), for checks of wording.

    `text` is tight and folded. `level` is the heading's level (1 一、, 2 (一), 3 1., 4 (1)) or None; `ordinal` its
    number. `lines` are the boxes of the printed lines: start, end, page, box.
    """

    seq: int
    evaluation: int | None
    text: Text
    level: int | None = None
    ordinal: str | None = None
    lines: tuple[tuple[int, int, int | None, Box | None], ...] = ()
    source: Source = "prose"

    def place(self, start: int, end: int) -> Place:
        """Where the characters from `start` to `end` of `text` stand: the box is that of their printed lines."""
        span = self.text.span(start, end)
        hit = [line for line in self.lines if line[0] < span.end and span.start < line[1]]
        if not hit:
            return Place(None, span.start, span.end, None, self.source)
        page = hit[0][2]
        boxes = [line[3] for line in hit if line[2] == page and line[3] is not None]
        box = (
            (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
            if boxes
            else None
        )
        return Place(page, span.start, span.end, box, self.source)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one file says: what `find` and `resolve` make, `store` keeps and `checks` compare."""

    path: str
    sha256: str
    format: str
    page_count: int | None
    head: Head
    pages: tuple[tuple[int, str], ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    doc_numbers: tuple[DocNumber, ...] = ()
    amounts: tuple[Amount, ...] = ()
    rates: tuple[Rate, ...] = ()
    funds: tuple[Fund, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    weights: tuple[Weight, ...] = ()
    passages: tuple[Passage, ...] = ()
    gaps: tuple[Gap, ...] = ()
    #: How much was read: 'pages', 'characters', 'tables', 'table_rows', 'numbers' (digits groups seen), 'numbers_read'.
    counts: dict[str, int] = field(default_factory=dict, hash=False)

    @property
    def document_id(self) -> str:
        """The first 16 hex digits of the file's SHA-256."""
        return self.sha256[:16]

    def places(self) -> Iterator[Place]:
        """Where anything was read from: the places of all facts, of the head and of the evaluations."""
        yield from self.head.places.values()
        for evaluation in self.evaluations:
            yield from evaluation.places.values()
        for facts in (self.doc_numbers, self.amounts, self.rates, self.funds, self.weights):
            yield from (fact.place for fact in facts)
        for indicator in self.indicators:
            yield indicator.place
            yield from indicator.places.values()

    def of(self, evaluation: int | None) -> Iterator[Indicator]:
        """The indicators of one evaluation, in reading order."""
        return (indicator for indicator in self.indicators if indicator.evaluation == evaluation)


# --- verdicts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure or phrase that was compared: the table and row it stands in, its place, and the printed words."""

    table: str
    seq: int
    place: Place
    quote: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one comparison. `expected`, `actual`, `difference`, `tolerance` are exact, as text with a unit.

    `formula` is the comparison written out with its figures: `34,189.52 + 3,397.24 = 37,586.76 万元`.
    """

    check_id: str
    evaluation: int | None
    outcome: Outcome
    severity: Severity
    message: Message
    formula: str = ""
    expected: str | None = None
    actual: str | None = None
    difference: str | None = None
    tolerance: str | None = None
    evidence: tuple[Evidence, ...] = ()
    hint: Message | None = None
    #: The position among the report's verdicts of the finding that this one follows from (see `checks.causes`).
    cause: int | None = None
