"""The samples: what is read from them is what their sources say, and what is found in them has been looked at.

`samples/expected/<name>.json` holds `printed` and `facts`, written from the sources by `samples/build.py` and never by
the program; `planted` lists contradictions that have to be found, `verdicts` the findings, looked at one by one.
"""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor import lexicon, pipeline
from extractor.model import Paragraph, Report, Table, Verdict
from extractor.read.files import read_document
from extractor.text import Text

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(path.stem for path in (SAMPLES / "expected").glob("*.json"))
KINDS = ["evaluations", "doc_numbers", "funds", "rates", "indicators", "weights"]
Json = dict[str, Any]


@cache
def golden(name: str) -> Json:
    content: Json = json.loads((SAMPLES / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return content


@cache
def report(name: str) -> Report:
    return pipeline.extract(SAMPLES / golden(name)["file"])


@cache
def verdicts(name: str) -> tuple[Verdict, ...]:
    return tuple(pipeline.check(report(name)))


def opened(name: str, part: str) -> Any:
    """A case; where the sample's source lists the part as open, it has to fail until the entry is taken out."""
    reason = golden(name)["open"].get(part)
    if reason is None:
        return pytest.param(name, part)
    return pytest.param(name, part, marks=pytest.mark.xfail(reason=reason, strict=True))


def folded(words: str) -> str:
    """Words as the program compares them: folded, without layout white space."""
    return "".join(Text.of(words).fold(lexicon.folding()).tight().string.split())


def plain(value: object) -> str | None:
    """A value as text that is the same for both sides: numbers without trailing zeros, words folded."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value)
    if isinstance(value, tuple | list):
        return ",".join(str(plain(part)) for part in value)
    text = str(value)
    try:
        return format(Decimal(text).normalize(), "f")
    except ArithmeticError:
        return folded(text)


def told(fact: Json) -> str:
    """One fact as one line."""
    return "; ".join(f"{key} {plain(value)}" for key, value in fact.items() if plain(value) is not None)


def assert_same(expected: Iterable[str], actual: Iterable[str]) -> None:
    """Compare lines; the difference is shown with the lines around it."""
    one, other = list(expected), list(actual)
    difference = difflib.unified_diff(one, other, "source", "program", lineterm="", n=1)
    assert one == other, "\n" + "\n".join(difference)


# --- what stands on the paper -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_come_out_whole(name: str) -> None:
    document = read_document(SAMPLES / golden(name)["file"])
    read = [folded(block.text.string) for block in document.blocks if isinstance(block, Paragraph)]
    assert_same((folded(line) for line in golden(name)["printed"]["paragraphs"]), read)


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("name", NAMES)
def test_tables_come_out_whole(name: str, reader: str) -> None:
    document = read_document(SAMPLES / golden(name)["file"], reader)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    expected = [[folded(row) for row in table] for table in golden(name)["printed"]["tables"]]
    assert_same((row for table in expected for row in table), (row for table in tables for row in rows(table)))
    assert [len(table) for table in expected] == [table.row_count for table in tables]


def rows(table: Table) -> list[str]:
    return [folded(" | ".join(cell.text.string if cell else "∅" for cell in row)) for row in table.grid()]


# --- facts ------------------------------------------------------------------------------------------------------------


def facts(found: Report, kind: str, keys: Sequence[str]) -> list[Json]:
    """The program's facts in the words of the golden file."""
    made: list[Json] = []
    for fact in getattr(found, kind):
        # Bare figures of running text (接待读者68万人次) are facts of their own right; the sources do not list them.
        if kind == "indicators" and fact.place.source == "prose" and fact.target_raw is None and fact.actual_value:
            continue
        values = {key: getattr(fact, key) for key in keys if hasattr(fact, key)}
        if kind == "funds":
            values = {**values, "parent": fact.parent_seq}
        made.append({key: values[key] for key in keys})
    return made


def with_labels(expected: Sequence[Json], read: Sequence[Json]) -> list[Json]:
    """Funds of running text may be called by more words than their name: by their verb, by who gave them."""
    labels = {(plain(fact["raw"]), fact["role"], folded(fact["label"])) for fact in expected if fact["column"] is None}
    made = []
    for fact in read:
        inside = [
            label
            for raw, role, label in labels
            if (raw, role) == (plain(fact["raw"]), fact["role"]) and label in folded(fact["label"])
        ]
        made.append({**fact, "label": max(inside, key=len)} if inside and fact["column"] is None else fact)
    return made


@pytest.mark.parametrize(("name", "kind"), [opened(name, kind) for name in NAMES for kind in KINDS])
def test_facts_are_those_of_the_source(name: str, kind: str) -> None:
    expected = golden(name)["facts"][kind]
    keys = list(expected[0]) if expected else ["seq"]
    read = facts(report(name), kind, keys)
    assert_same(map(told, expected), map(told, with_labels(expected, read) if kind == "funds" else read))


@pytest.mark.parametrize(("name", "part"), [opened(name, "head") for name in NAMES])
def test_head_is_that_of_the_source(name: str, part: str) -> None:
    expected = golden(name)["facts"][part]
    head = report(name).head
    assert told(expected) == told({key: getattr(head, key) for key in expected})


@pytest.mark.parametrize(("name", "part"), [opened(name, "gaps") for name in NAMES])
def test_nothing_is_left_unread(name: str, part: str) -> None:
    assert_same(golden(name)["facts"][part], [f"{gap.kind}: {gap.text('en')} {gap.quote}" for gap in report(name).gaps])


# --- verdicts ---------------------------------------------------------------------------------------------------------


def found(name: str) -> list[Verdict]:
    return [verdict for verdict in verdicts(name) if verdict.outcome == "inconsistent"]


def words(verdict: Verdict) -> str:
    """All that a finding prints."""
    printed = (verdict.formula, verdict.expected, verdict.actual, *(item.quote for item in verdict.evidence))
    return folded("\n".join([verdict.message.text("en"), *filter(None, printed)]))


@pytest.mark.parametrize(("name", "part"), [opened(name, "planted") for name in NAMES if golden(name)["planted"]])
def test_planted_contradictions_are_found(name: str, part: str) -> None:
    missed = [
        f"{planted['check']}: {planted['quote']} ({planted['why']})"
        for planted in golden(name)[part]
        if not any(v.check_id == planted["check"] and folded(planted["quote"]) in words(v) for v in found(name))
    ]
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize(("name", "part"), [opened(name, "errors") for name in NAMES if not golden(name)["planted"]])
def test_where_nothing_is_planted_no_error_is_found(name: str, part: str) -> None:
    errors = [f"{v.check_id}: {v.message.text('en')} {v.formula}" for v in found(name) if v.severity == "error"]
    assert not errors, "\n".join(errors)


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_are_those_that_were_looked_at(name: str) -> None:
    now = summary(verdicts(name))
    kept = golden(name).get("verdicts")
    if kept is None:
        path = SAMPLES / "expected" / f"{name}.json"
        text = json.dumps({**golden(name), "verdicts": now}, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")
        pytest.fail(f"{path.name} had no verdicts: they were written now. Look at each of them, then run again.")
    assert_same(lines(kept), lines(now))


def summary(every: Iterable[Verdict]) -> Json:
    """The findings in full, of the other verdicts how many there are by check and outcome."""
    findings: list[str] = []
    counts: Counter[str] = Counter()
    for verdict in every:
        if verdict.outcome == "inconsistent":
            parts = (f"{verdict.severity} {verdict.check_id}: {verdict.message.text('en')}", verdict.formula)
            findings.append(" | ".join(filter(None, parts)))
        else:
            counts[f"{verdict.check_id} {verdict.outcome}"] += 1
    return {"findings": findings, "others": dict(sorted(counts.items()))}


def lines(content: Json) -> list[str]:
    return [*content["findings"], *(f"{check}: {count}" for check, count in content["others"].items())]
