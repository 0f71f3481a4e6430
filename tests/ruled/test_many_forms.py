"""A department's file with twenty project forms: twenty evaluations, each with its own facts and verdicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Literal

import pytest
from comparison import compared
from drawer import drawn
from layouts import LAYOUTS, form
from sheet import Sheet
from variants import _base, _named

from extractor.find.tables.evaluations import read_tables
from extractor.model import Report
from extractor.pipeline import check, extract
from extractor.read.files import read_bytes

FORMS = 20
#: Forms with indicators and a fund block, of upright pages.
KINDS = [name for name, layout in LAYOUTS.items() if name not in {"N", "T"} and not layout.landscape]


def _file(place: Literal["pages", "below"]) -> tuple[bytes, list[Sheet]]:
    rng = Random(f"twenty forms {place}")
    look, ink = _base(rng)
    look = replace(look, more=0)
    sheets = [_named(form(KINDS[number % len(KINDS)], rng, look), number) for number in range(FORMS)]
    return drawn(sheets, replace(ink, place=place, size=7.5, feet=True)), sheets


@pytest.fixture(scope="module", params=["pages", "below"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, bytes, list[Sheet]]:
    data, sheets = _file(request.param)
    path = tmp_path_factory.mktemp("forms") / "twenty.pdf"
    path.write_bytes(data)
    return extract(path), data, sheets


def test_each_form_is_an_evaluation(file: tuple[Report, bytes, list[Sheet]]) -> None:
    report, _, sheets = file
    assert len(report.evaluations) == FORMS
    for field in ("subject", "total_score"):
        printed = [sheet.promise.fields.get(field) for sheet in sheets]
        read = [getattr(evaluation, field) for evaluation in report.evaluations]
        told = [(str(value), said) for value, said in zip(read, printed, strict=True) if said is not None]
        assert [value for value, _ in told] == [said for _, said in told]
        assert len(told) > FORMS // 3


def test_facts_stay_with_their_form(file: tuple[Report, bytes, list[Sheet]]) -> None:
    report, data, sheets = file
    forms = read_tables(read_bytes(data, "twenty.pdf"))
    assert compared([sheet.promise for sheet in sheets], forms).broken == []
    indicators = Counter(indicator.evaluation for indicator in report.indicators)
    assert [indicators[number] for number in range(FORMS)] == [len(sheet.promise.rows) for sheet in sheets]
    funds = Counter(fund.evaluation for fund in report.funds)
    assert all(bool(funds[number]) == bool(sheet.promise.sums) for number, sheet in enumerate(sheets))


def test_each_has_its_own_verdicts(file: tuple[Report, bytes, list[Sheet]]) -> None:
    report, _, _ = file
    assert {verdict.evaluation for verdict in check(report)} >= set(range(FORMS))
