"""Facts ↔ rows. `prepared` makes one JSON text a table: a worker does that work, and the writer only loads it.

Shapes: a fact's fields are the columns of the same name, but for `place` (page, char_start, char_end, bbox, source),
`evaluation` (evaluation_id) and the few in `_RENAMED`. Numbers that their column does not give back to the last printed
zero stand in `exact` as well, so that a report that was loaded equals the one that was saved.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from extractor.model import (
    Amount,
    DocNumber,
    Evaluation,
    Fund,
    Gap,
    Head,
    Indicator,
    Passage,
    Rate,
    Report,
    Verdict,
    Weight,
)
from extractor.store import schema
from extractor.store.fields import (
    Row,
    box,
    evaluation,
    evaluation_id,
    message,
    message_row,
    place,
    place_row,
    places,
    places_json,
)
from extractor.store.limits import fitting
from extractor.store.verdicts import verdict_rows
from extractor.text import Text

Fact = Evaluation | DocNumber | Amount | Rate | Fund | Indicator | Weight

#: Table → the fact that a row of it holds; a report has a field of the table's name.
FACTS: dict[str, type[Fact]] = {
    "evaluations": Evaluation,
    "doc_numbers": DocNumber,
    "amounts": Amount,
    "rates": Rate,
    "funds": Fund,
    "indicators": Indicator,
    "weights": Weight,
}
#: `column` is a word of SQL.
_RENAMED = {"column": "column_name"}
_APART = ("place", "places", "evaluation")
#: For each fact, field and column of the fields that are a column of their own.
_COLUMNS: dict[type, tuple[tuple[str, str], ...]] = {
    type_: tuple((f.name, _RENAMED.get(f.name, f.name)) for f in fields(type_) if f.name not in _APART)
    for type_ in FACTS.values()
}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file, ready to be written: for each table its number of rows and its columns as JSON."""

    path: str
    sha256: str | None
    document_id: str
    extractor_version: str
    retry: bool
    tables: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdicts on a report, and what made them (see `documents.checked_with`)."""

    verdicts: tuple[Verdict, ...]
    checked_with: str


def stored_path(path: str) -> str:
    """The path as the database keeps it: names that are no Unicode text have their odd bytes written as `\\udcff`."""
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):x}", path)


# --- whole files ------------------------------------------------------------------------------------------------------


def prepared(report: Report, checked: Checked | None, extractor_version: str) -> Prepared:
    """All rows of a report."""
    path = stored_path(report.path)
    id_ = report.document_id
    document = {
        **_document(path, report.sha256, id_, extractor_version),
        **_head_row(report.head),
        "format": report.format,
        "page_count": report.page_count,
        "counts": report.counts,
        "checked_with": checked.checked_with if checked else None,
    }
    rows: dict[str, list[Row]] = {
        "documents": [document],
        "pages": [{"document_id": id_, "page": number, "text": text} for number, text in report.pages],
        "passages": [_passage_row(passage, id_) for passage in report.passages],
        "gaps": [_gap_row(seq, gap, id_) for seq, gap in enumerate(report.gaps)],
        "verdicts": verdict_rows(checked.verdicts, id_) if checked else [],
    }
    for table in FACTS:
        rows[table] = [_fact_row(fact, id_) for fact in getattr(report, table)]
    return Prepared(path, report.sha256, id_, extractor_version, False, _tables(rows))


def prepared_failure(path: str, sha256: str | None, gap: Gap, extractor_version: str, retry: bool) -> Prepared:
    """The rows of a file that gave nothing: a document without format, and the gap that says why."""
    path = stored_path(path)
    id_ = sha256[:16] if sha256 else hashlib.sha256(path.encode()).hexdigest()[:16]
    rows: dict[str, list[Row]] = {
        "documents": [_document(path, sha256, id_, extractor_version)],
        "gaps": [_gap_row(0, gap, id_)],
    }
    return Prepared(path, sha256, id_, extractor_version, retry, _tables(rows))


def _document(path: str, sha256: str | None, document_id: str, extractor_version: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "path": path,
        "sha256": sha256,
        "counts": {},
        "places": {},
        "imported_at": now().isoformat(" "),
        "extractor_version": extractor_version,
    }


def now() -> datetime:
    """The present moment in UTC, without zone: as TIMESTAMP keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _tables(rows: Mapping[str, Sequence[Row]]) -> tuple[tuple[str, int, str], ...]:
    return tuple((table, len(found), columns(table, found)) for table, found in rows.items() if found)


def columns(table: str, rows: Sequence[Row]) -> str:
    """Rows as JSON by column: what `database` loads in one statement."""
    names = [column.name for column in schema.tables()[table].columns]
    text = json.dumps({name: [row.get(name) for row in rows] for name in names}, ensure_ascii=False)
    # A character that is half of one cannot be stored; no reader makes any.
    return _LONE_SURROGATE.sub("\ufffd", text)


def restored(document: Row, tables: Mapping[str, Sequence[Row]]) -> Report:
    """The report of a document's rows; `tables` holds its rows of every other table, in order."""
    facts = {table: tuple(_fact(type_, row) for row in tables[table]) for table, type_ in FACTS.items()}
    return Report(
        path=document["path"],
        sha256=document["sha256"] or "",
        format=document["format"] or "",
        page_count=document["page_count"],
        head=_head(document),
        pages=tuple((row["page"], row["text"]) for row in tables["pages"]),
        passages=tuple(_passage(row) for row in tables["passages"]),
        gaps=tuple(restored_gap(row) for row in tables["gaps"]),
        counts=json.loads(document["counts"]),
        **facts,  # type: ignore[arg-type]
    )


# --- head, gaps, passages ---------------------------------------------------------------------------------------------


def _head_row(head: Head) -> dict[str, Any]:
    row = {field.name: getattr(head, field.name) for field in fields(head)}
    row["issued_on"] = head.issued_on and head.issued_on.isoformat()
    row["places"] = places_json(head.places)
    return row


def _head(row: Row) -> Head:
    values = {field.name: row[field.name] for field in fields(Head)}
    return Head(**{**values, "places": places(row["places"])})


def _gap_row(seq: int, gap: Gap, document_id: str) -> Row:
    return {
        "document_id": document_id,
        "seq": seq,
        "page": gap.page,
        "kind": gap.kind,
        "quote": gap.quote,
        "message": gap.text("zh"),
        **message_row("message", gap.message),
    }


def restored_gap(row: Row) -> Gap:
    """The gap of a row."""
    return Gap(row["kind"], message(row, "message"), row["page"], row["quote"])


def _passage_row(passage: Passage, document_id: str) -> Row:
    return {
        "document_id": document_id,
        "evaluation_id": evaluation_id(document_id, passage.evaluation),
        "seq": passage.seq,
        "text": passage.text.string,
        "level": passage.level,
        "ordinal": passage.ordinal,
        "origin": runs(passage.text.origin),
        "lines": passage.lines,
        **place_row(passage.place(0, len(passage.text))),
    }


def _passage(row: Row) -> Passage:
    lines = tuple((start, end, page, box(corners)) for start, end, page, corners in json.loads(row["lines"]))
    return Passage(
        seq=row["seq"],
        evaluation=evaluation(row["evaluation_id"]),
        text=Text(row["text"], offsets(row["origin"])),
        level=row["level"],
        ordinal=row["ordinal"],
        lines=lines,
        source=row["source"],
    )


def runs(origin: Sequence[int]) -> str:
    """Offsets as runs of consecutive ones: `120+35 156+4` for 120 … 154, 156 … 159."""
    if isinstance(origin, range) and origin.step == 1:
        return f"{origin.start}+{len(origin)}" if origin else ""
    found: list[list[int]] = []
    for offset in origin:
        if found and offset == found[-1][0] + found[-1][1]:
            found[-1][1] += 1
        else:
            found.append([offset, 1])
    return " ".join(f"{start}+{length}" for start, length in found)


def offsets(text: str) -> Sequence[int]:
    """The offsets that `runs` wrote."""
    found = [range(int(start), int(start) + int(length)) for start, length in (run.split("+") for run in text.split())]
    return found[0] if len(found) == 1 else [offset for run in found for offset in run]


# --- facts ------------------------------------------------------------------------------------------------------------


def _fact_row(fact: Fact, document_id: str) -> Row:
    row: dict[str, Any] = {"document_id": document_id, **place_row(fact.place)}
    if isinstance(fact, Evaluation):
        row["evaluation_id"] = evaluation_id(document_id, fact.seq)
    elif not isinstance(fact, Amount):
        row["evaluation_id"] = evaluation_id(document_id, fact.evaluation)
    if isinstance(fact, Evaluation | Indicator):
        row["places"] = places_json(fact.places)
    exact: dict[str, str] = {}
    printed = getattr(fact, "decimals", None)
    for name, column in _COLUMNS[type(fact)]:
        value = getattr(fact, name)
        if isinstance(value, Decimal):
            kept = fitting(value, column)
            row[column] = None if kept is None else format(kept, "f")
            if str(_number(kept, printed if column == "value" else None)) != str(value):
                exact[column] = str(value)
        else:
            row[column] = value
    row["exact"] = exact or None
    return row


def _fact(type_: type[Fact], row: Row) -> Fact:
    values: dict[str, Any] = {}
    exact = json.loads(row["exact"]) if row.get("exact") else {}
    for name, column in _COLUMNS[type_]:
        value = row[column]
        if column in exact:
            value = Decimal(exact[column])
        elif isinstance(value, Decimal):
            value = _number(value, row.get("decimals") if column == "value" else None)
        elif isinstance(value, list):
            value = tuple(value)
        values[name] = value
    values["place"] = place(row)
    if type_ not in (Evaluation, Amount):
        values["evaluation"] = evaluation(row["evaluation_id"])
    if type_ in (Evaluation, Indicator):
        values["places"] = places(row["places"])
    return type_(**values)


def _number(value: Decimal | None, places: int | None) -> Decimal | None:
    """A column's number without the zeros that its type adds, but with as many as were printed."""
    if value is None:
        return None
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if places:
        whole, _, part = text.partition(".")
        text = f"{whole}.{part.ljust(places, '0')}"
    return Decimal(text)
