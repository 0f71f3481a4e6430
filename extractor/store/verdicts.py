"""Verdicts ↔ rows. A sentence is kept in Chinese and, as key and values, so that it can be read in either language."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from extractor.messages import Message
from extractor.model import Evidence, Verdict
from extractor.store.fields import Row, evaluation, evaluation_id, message_row, place, place_row


def verdict_rows(verdicts: Iterable[Verdict], document_id: str) -> list[Row]:
    """The rows of a report's verdicts, `seq` in the order in which they come."""
    given = tuple(verdicts)
    return [
        _verdict_row(seq, verdict, document_id, id_)
        for seq, (verdict, id_) in enumerate(zip(given, finding_ids(given), strict=True))
    ]


def finding_ids(verdicts: Iterable[Verdict]) -> list[str]:
    """The `finding_id` of each of a report's verdicts: of check and figures, and so the same as long as these are."""
    seen: Counter[str] = Counter()
    return [_finding_id(verdict, seen) for verdict in verdicts]


def _verdict_row(seq: int, verdict: Verdict, document_id: str, id_: str) -> Row:
    hint = verdict.hint
    return {
        "document_id": document_id,
        "evaluation_id": evaluation_id(document_id, verdict.evaluation),
        "seq": seq,
        "check_id": verdict.check_id,
        "outcome": verdict.outcome,
        "severity": verdict.severity,
        "message": verdict.message.text("zh"),
        "formula": verdict.formula,
        "expected": verdict.expected,
        "actual": verdict.actual,
        "difference": verdict.difference,
        "tolerance": verdict.tolerance,
        "evidence": [_evidence_json(item) for item in verdict.evidence],
        "hint": hint and hint.text("zh"),
        "finding_id": id_,
        "cause_seq": verdict.cause,
        **message_row("message", verdict.message),
        **(message_row("hint", hint) if hint else {}),
    }


def _finding_id(verdict: Verdict, seen: Counter[str]) -> str:
    """16 hexadecimal digits of check, formula and quoted figures; further verdicts on the same figures are numbered."""
    figures = (
        verdict.check_id,
        verdict.formula,
        verdict.expected,
        verdict.actual,
        *(e.quote for e in verdict.evidence),
    )
    key = json.dumps(figures)
    seen[key] += 1
    return hashlib.sha256(f"{key}{seen[key]}".encode()).hexdigest()[:16]


def _evidence_json(item: Evidence) -> Row:
    return {"table": item.table, "seq": item.seq, **place_row(item.place), "quote": item.quote}


def restored_verdict(row: Row) -> Verdict:
    """The verdict of a row."""
    hint = None if row["hint_id"] is None else Message(row["hint_id"], json.loads(row["hint_args"]))
    return Verdict(
        check_id=row["check_id"],
        evaluation=evaluation(row["evaluation_id"]),
        outcome=row["outcome"],
        severity=row["severity"],
        message=Message(row["message_id"], json.loads(row["message_args"])),
        formula=row["formula"],
        expected=row["expected"],
        actual=row["actual"],
        difference=row["difference"],
        tolerance=row["tolerance"],
        evidence=tuple(_evidence(item) for item in json.loads(row["evidence"])),
        hint=hint,
        cause=row["cause_seq"],
    )


def _evidence(item: Row) -> Evidence:
    where = place(item)
    if where is None:
        raise ValueError(f"evidence without a place: {item}")
    return Evidence(item["table"], item["seq"], where, item["quote"])
