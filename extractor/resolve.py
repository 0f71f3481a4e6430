"""Which facts belong together: evaluations, the narrative and its annexed table, and the numbering of all facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

import regex

from extractor import lexicon
from extractor.find.amounts import find_amounts, unread_amounts
from extractor.find.document_numbers import find_document_numbers
from extractor.find.flat.tables import read_flat_tables
from extractor.find.funds.sentences import find_funds
from extractor.find.head import find_head, find_subject
from extractor.find.indicators.lines import find_indicators
from extractor.find.leftover import left_over
from extractor.find.likeness import shared_pairs
from extractor.find.outline import passages as find_passages
from extractor.find.printed import Print
from extractor.find.rates import find_rates
from extractor.find.scores import find_grade, find_total_scores
from extractor.find.tables.evaluations import TableFacts, read_tables
from extractor.model import (
    Amount,
    DocNumber,
    Document,
    Evaluation,
    Fund,
    Gap,
    Head,
    Indicator,
    Paragraph,
    Passage,
    Place,
    Rate,
    Report,
    Table,
    Weight,
)

#: From this share of common character pairs on, two names are taken for names of the same fund.
_ALIKE = 0.6
_AFFIXES = regex.compile(r"(?:19|20)\d{2}(?:年度?)?|[\s\W_]+|绩效(?:目标)?|自评(?:价)?|报告|情况|资金|专项|项目")


class _Placed(Protocol):
    @property
    def seq(self) -> int: ...
    @property
    def place(self) -> Place: ...


_Fact = TypeVar("_Fact", Amount, DocNumber, Rate, Fund, Indicator, Weight)


@dataclass(slots=True)
class _Prose:
    """What running text yields; facts carry no evaluation yet."""

    doc_numbers: list[DocNumber] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def report(document: Document) -> Report:
    """All facts of one document, each in its evaluation, numbered in reading order."""
    flat, consumed = read_flat_tables(document)
    tables = sorted((*read_tables(document), *flat), key=lambda table: table.place.start)
    running = find_passages(document)
    prose_passages = _outside(running, _spans(document, consumed))
    head = find_head(document, running)
    subject = find_subject(running)
    in_tables = any(table.indicators for table in tables)
    prose = _read_prose(document, prose_passages, head, subject[0], in_tables)
    evaluations, narrative, numbers = _evaluations(document, head, subject, prose_passages, prose, tables)
    facts = _Assembly()
    facts.add_prose(prose, narrative)
    for table, number in zip(tables, numbers, strict=True):
        facts.add_table(table, number)
    facts.passages = _passages(prose_passages, tables, narrative, numbers)
    facts.add_words(document, [p for p in facts.passages if p.source == "table"])
    found = facts.report(document, head, evaluations, tables)
    return replace(found, gaps=(*found.gaps, *left_over(document, found)))


def _read_prose(
    document: Document, passages: Sequence[Passage], head: Head, subject: str | None, in_tables: bool
) -> _Prose:
    doc_numbers = find_document_numbers(document, passages, head)
    return _Prose(
        doc_numbers,
        find_amounts(document, passages),
        find_rates(document, passages),
        find_funds(document, passages, doc_numbers),
        find_indicators(document, passages, subject, in_tables),
        find_total_scores(document, passages),
        unread_amounts(passages),
    )


def _spans(document: Document, blocks: Iterable[int]) -> list[tuple[int, int]]:
    """The source ranges of the paragraphs with these indices."""
    spans = []
    for index in sorted(blocks):
        block = document.blocks[index]
        if isinstance(block, Paragraph) and len(block.text):
            span = block.text.span()
            spans.append((span.start, span.end))
    return spans


def _outside(passages: Sequence[Passage], spans: list[tuple[int, int]]) -> list[Passage]:
    """The passages that do not begin inside one of the spans (sorted, apart from each other)."""
    kept, at = [], 0
    for passage in sorted(passages, key=lambda p: p.text.span().start):
        start = passage.text.span().start
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at == len(spans) or start < spans[at][0]:
            kept.append(passage)
    return kept


# --- evaluations ------------------------------------------------------------------------------------------------------


def _evaluations(  # noqa: PLR0913, PLR0917  # an evaluation is what all of them say together
    document: Document,
    head: Head,
    named: tuple[str | None, int | None, dict[str, Place]],
    passages: Sequence[Passage],
    prose: _Prose,
    tables: Sequence[TableFacts],
) -> tuple[list[Evaluation], int | None, list[int]]:
    """The evaluations, which of them the running text is about, and the one of each table."""
    subject, year, places = named
    told = _Story(subject, year, places, head, find_grade(document, passages), prose.weights)
    speaks = bool(prose.funds or prose.indicators or prose.rates or not tables)
    partner = _partner(subject, tables) if speaks else None
    evaluations: list[Evaluation] = []
    narrative: int | None = None
    numbers: list[int] = []
    if speaks and partner is None:
        narrative = 0
        evaluations.append(told.evaluation(0))
    for index, table in enumerate(tables):
        seq = len(evaluations)
        same = _continued(table, tables[:index])
        if same is not None:
            numbers.append(numbers[same])
            continue
        evaluation = _of_table(seq, table, year, head)
        if index == partner:
            narrative = seq
            evaluation = told.completed(evaluation)
        evaluations.append(evaluation)
        numbers.append(seq)
    return evaluations, narrative, numbers


@dataclass(frozen=True, slots=True)
class _Story:
    """What head and running text say about the evaluation that they are about."""

    subject: str | None
    year: int | None
    places: dict[str, Place]
    head: Head
    grade: tuple[str, Place] | None
    weights: list[Weight]

    def evaluation(self, seq: int) -> Evaluation:
        """The evaluation as the running text tells it."""
        total = self.weights[0] if self.weights else None
        places = dict(self.places)
        if total is not None:
            places["total_score"] = total.place
        if self.grade is not None:
            places["grade"] = self.grade[1]
        return Evaluation(
            seq,
            subject=self.subject,
            fiscal_year=self.year,
            region=self.head.region,
            department=self.head.issuer,
            total_score=total.score if total else None,
            grade=self.grade[0] if self.grade else None,
            place=places.get("subject"),
            places=places,
        )

    def completed(self, table: Evaluation) -> Evaluation:
        """The evaluation of an annexed table, what it does not say taken from the running text."""
        own = self.evaluation(table.seq)
        places = {**own.places, **table.places}
        return replace(
            table,
            subject=own.subject or table.subject,
            fiscal_year=table.fiscal_year or own.fiscal_year,
            region=own.region,
            department=table.department or own.department,
            total_score=own.total_score if table.total_score is None else table.total_score,
            grade=table.grade or own.grade,
            places=places,
        )


def _of_table(seq: int, table: TableFacts, year: int | None, head: Head) -> Evaluation:
    return Evaluation(
        seq,
        subject=table.subject,
        fiscal_year=table.fiscal_year or year,
        region=head.region,
        department=table.department,
        unit=table.unit,
        total_score=table.total_score,
        grade=table.grade,
        place=table.place,
        places=dict(table.places),
    )


def _partner(subject: str | None, tables: Sequence[TableFacts]) -> int | None:
    """The table that is annexed to the narrative: the one on the same fund, or the only one that names none."""
    if not tables:
        return None
    scores = [likeness(subject, table.subject) for table in tables]
    best = max(range(len(tables)), key=lambda i: scores[i])
    if scores[best] >= _ALIKE:
        return best
    return 0 if len(tables) == 1 and (subject is None or tables[0].subject is None) else None


def _continued(table: TableFacts, before: Sequence[TableFacts]) -> int | None:
    """The index of an earlier table that this one goes on from: it names no subject, and that one had no indicators."""
    if table.subject is not None or not before:
        return None
    previous = before[-1]
    goes_on = not (previous.indicators and table.indicators) and not (previous.funds and table.funds)
    return len(before) - 1 if goes_on else None


def likeness(one: str | None, other: str | None) -> float:
    """The share of common character pairs of two names without year and affixes, 1 where one contains the other."""
    a, b = (_AFFIXES.sub("", name or "") for name in (one, other))
    return shared_pairs(a, b)


def _passages(
    running: Sequence[Passage], tables: Sequence[TableFacts], narrative: int | None, numbers: Sequence[int]
) -> list[Passage]:
    """The passages of running text and of table cells, in reading order, each with its evaluation."""
    every = [replace(passage, evaluation=narrative) for passage in running]
    for table, number in zip(tables, numbers, strict=True):
        every.extend(replace(passage, evaluation=number) for passage in table.passages)
    every.sort(key=lambda passage: passage.text.span().start)
    return [replace(passage, seq=seq) for seq, passage in enumerate(every)]


# --- facts ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Assembly:
    """Collects the facts of all sources; numbers them in reading order when the report is made."""

    doc_numbers: list[DocNumber] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    #: Funds and rates refer to funds by `seq` within their source: (source, fact).
    rates: list[tuple[int, Rate]] = field(default_factory=list)
    funds: list[tuple[int, Fund]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    sources: int = 0

    def add_prose(self, prose: _Prose, evaluation: int | None) -> None:
        """Take the facts of running text."""
        self.doc_numbers.extend(replace(fact, evaluation=evaluation) for fact in prose.doc_numbers)
        self.amounts.extend(prose.amounts)
        self.gaps.extend(prose.gaps)
        self._add(evaluation, prose.funds, prose.rates, prose.indicators, prose.weights)

    def add_table(self, table: TableFacts, evaluation: int) -> None:
        """Take the facts of one table."""
        self._add(evaluation, table.funds, table.rates, table.indicators, table.weights)

    def _add(
        self,
        evaluation: int | None,
        funds: Iterable[Fund],
        rates: Iterable[Rate],
        indicators: Iterable[Indicator],
        weights: Iterable[Weight],
    ) -> None:
        source = self.sources
        self.sources += 1
        self.funds.extend((source, replace(fact, evaluation=evaluation)) for fact in funds)
        self.rates.extend((source, replace(fact, evaluation=evaluation)) for fact in rates)
        self.indicators.extend(replace(fact, evaluation=evaluation) for fact in indicators)
        self.weights.extend(replace(fact, evaluation=evaluation) for fact in weights)

    def add_words(self, document: Document, passages: Sequence[Passage]) -> None:
        """Take amounts and document numbers from the words of table cells."""
        by_start = [(passage.text.span().start, passage.text.span().end, passage.evaluation) for passage in passages]
        for number in find_document_numbers(document, passages, None):
            evaluation = next((e for start, end, e in by_start if start <= number.place.start < end), None)
            self.doc_numbers.append(replace(number, evaluation=evaluation))
        self.amounts.extend(find_amounts(document, passages))
        self.gaps.extend(unread_amounts(passages))

    def report(
        self,
        document: Document,
        head: Head,
        evaluations: Sequence[Evaluation],
        tables: Sequence[TableFacts],
    ) -> Report:
        """The report of everything that was taken."""
        funds, seqs = _numbered_funds(self.funds)
        printed = Print.of(document, lexicon.folding())
        rates = [
            replace(r, fund_seq=None if r.fund_seq is None else seqs[source, r.fund_seq]) for source, r in self.rates
        ]
        return Report(
            path=document.path,
            sha256=document.sha256,
            format=document.format,
            page_count=len(document.pages) if document.format == "pdf" else None,
            head=head,
            pages=tuple((page.number, page.text) for page in document.pages),
            evaluations=tuple(evaluations),
            doc_numbers=tuple(map(printed.fact, _numbered(self.doc_numbers))),
            amounts=tuple(map(printed.fact, _numbered(self.amounts))),
            rates=tuple(map(printed.fact, _numbered(rates))),
            funds=tuple(map(printed.fact, funds)),
            indicators=tuple(map(printed.indicator, _numbered(self.indicators))),
            weights=_numbered(self.weights),
            passages=tuple(self.passages),
            gaps=(*document.gaps, *(gap for table in tables for gap in table.gaps), *self.gaps),
            counts=_counts(document, tables),
        )


def _numbered(facts: Iterable[_Fact]) -> tuple[_Fact, ...]:
    """Facts in reading order, `seq` from 0."""
    ordered = sorted(facts, key=_start)
    return tuple(replace(fact, seq=seq) for seq, fact in enumerate(ordered))


def _start(fact: _Placed) -> tuple[int, int]:
    return fact.place.start, fact.seq


def _numbered_funds(funds: Sequence[tuple[int, Fund]]) -> tuple[tuple[Fund, ...], dict[tuple[int, int], int]]:
    """Funds in reading order with their parents renumbered, and (source, old seq) → new seq."""
    ordered = sorted(funds, key=lambda pair: _start(pair[1]))
    seqs = {(source, fund.seq): seq for seq, (source, fund) in enumerate(ordered)}
    renumbered = []
    for seq, (source, fund) in enumerate(ordered):
        parent = None if fund.parent_seq is None else seqs[source, fund.parent_seq]
        renumbered.append(replace(fund, seq=seq, parent_seq=parent))
    return tuple(renumbered), seqs


def _counts(document: Document, tables: Sequence[TableFacts]) -> dict[str, int]:
    ruled = [block for block in document.blocks if isinstance(block, Table)]
    return {
        "pages": len(document.pages),
        "characters": sum(len(page.text) for page in document.pages),
        "tables": max(len(ruled), len(tables)),
        "table_rows": sum(block.row_count for block in ruled),
    }
