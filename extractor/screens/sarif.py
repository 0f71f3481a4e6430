"""Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for tools that show findings.

A text file's places are lines. SARIF has no pages: a place in a PDF is the file, with page and box in its properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.screens.records import Checks, Record
from extractor.screens.selection import family

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: The key of the fingerprint; the number rises when finding ids are made otherwise.
_FINGERPRINT = "jixiaoFinding/v1"
_KINDS = {"consistent": "pass", "uncheckable": "open", "inconsistent": "fail"}


def log(records: Sequence[Record], unread: Sequence[Record], checks: Checks, ids: Iterable[str]) -> Record:
    """One run: the checks as rules, the findings as results, what could not be read as notifications."""
    rules = {id_: at for at, id_ in enumerate(sorted(ids))}
    run = {
        "tool": {
            "driver": {
                "name": "jixiao",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(id_, checks) for id_ in rules],
            }
        },
        "language": "zh-CN" if checks.language == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not unread, "toolExecutionNotifications": _notices(records, unread)}],
        "artifacts": [_artifact(record) for record in records],
        "results": [result for at, record in enumerate(records) for result in _results(record, at, rules)],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check_id: str, checks: Checks) -> Record:
    told = checks.told(check_id)
    sections = list(told.sections.items())
    rule: Record = {
        "id": check_id,
        "shortDescription": {"text": told.title},
        "fullDescription": {"text": sections[0][1] if sections else told.title},
        "defaultConfiguration": {"level": checks.severity(check_id)},
        "properties": {"tags": [family(check_id)]},
    }
    rule["help"] = {
        "text": "\n".join((told.title, *(f"{name}: {text}" for name, text in sections))),
        "markdown": "\n\n".join((told.title, *(f"**{name}**: {text}" for name, text in sections))),
    }
    return rule


def uri(path: str) -> str:
    """The file's URI, its letters written as RFC 3986 wants them."""
    return Path(path).absolute().as_uri()


def _artifact(record: Record) -> Record:
    return {"location": {"uri": uri(record["path"])}, "hashes": {"sha-256": record["sha256"]}}


def _notices(records: Iterable[Record], unread: Iterable[Record]) -> list[Record]:
    notices = [_notice("error", one["path"], one["message"], None) for one in unread]
    for record in records:
        notices += [_notice("warning", record["path"], gap["message"], gap["page"]) for gap in record["gaps"]]
    return notices


def _notice(level: str, path: str, message: str, page: int | None) -> Record:
    location: Record = {"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}
    if page is not None:
        location["properties"] = {"page": page}
    return {"level": level, "message": {"text": message}, "locations": [location]}


def _results(record: Record, artifact: int, rules: Mapping[str, int]) -> Iterable[Record]:
    for finding in record["findings"]:
        yield _result(finding, record, artifact, rules)
    for kind in ("consistent", "uncheckable"):
        for verdict in record.get(kind, ()):
            yield _result(verdict, record, artifact, rules)
    for finding in record.get("dismissed", ()):
        result = _result(finding, record, artifact, rules)
        yield {**result, "suppressions": [{"kind": "external", "justification": finding["reason"]}]}


def _result(verdict: Record, record: Record, artifact: int, rules: Mapping[str, int]) -> Record:
    """A verdict; those that follow from it are told in its message and located behind it."""
    wrong = verdict["outcome"] == "inconsistent"
    located = [_location(item, record, artifact) for item in verdict["evidence"]]
    follows = verdict.get("consequences", ())
    result: Record = {
        "ruleId": verdict["check"],
        "ruleIndex": rules[verdict["check"]],
        "kind": _KINDS[verdict["outcome"]],
        "level": verdict["severity"] if wrong else "none",
        "message": {"text": "\n".join((_said(verdict), *(f"→ {other['check']}: {_said(other)}" for other in follows)))},
        "locations": located[:1] or [{"physicalLocation": {"artifactLocation": _file(record, artifact)}}],
        "fingerprints": {_FINGERPRINT: verdict["finding_id"]},
        "properties": {
            name: verdict[name]
            for name in ("expected", "actual", "difference", "tolerance", "hint", "subject", "fiscal_year")
            if verdict[name] is not None
        },
    }
    others = [*located[1:], *(_location(item, record, artifact) for one in follows for item in one["evidence"])]
    # The locations of a result are a set.
    related = [one for at, one in enumerate(others) if one not in (*located[:1], *others[:at])]
    if related:
        result["relatedLocations"] = related
    return result


def _said(verdict: Record) -> str:
    return "\n".join(words for words in (verdict["message"], verdict["formula"]) if words)


def _file(record: Record, artifact: int) -> Record:
    return {"uri": uri(record["path"]), "index": artifact}


def _location(item: Record, record: Record, artifact: int) -> Record:
    physical: dict[str, Any] = {"artifactLocation": _file(record, artifact)}
    if item["line"] is not None:
        physical["region"] = {"startLine": item["line"], "snippet": {"text": item["quote"]}}
    place = {name: item[name] for name in ("page", "bbox", "source") if item[name] is not None}
    return {"physicalLocation": physical, "message": {"text": item["quote"]}, "properties": place}
