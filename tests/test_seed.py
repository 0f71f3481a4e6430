"""A real report in both formats, where it is at hand: what must come out of it, and that both say the same."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor import pipeline
from extractor.model import Indicator, Report

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not (REPORTS / "jilin-2024.pdf").exists(), reason="the seed report is not at hand")
FORMATS = ("txt", "pdf")


@cache
def read(form: str) -> Report:
    return pipeline.extract(REPORTS / f"jilin-2024.{form}")


def prose(found: Report) -> list[Indicator]:
    return [indicator for indicator in found.indicators if indicator.place.source == "prose"]


def said(indicator: Indicator) -> tuple[Any, ...]:
    """All that an indicator says, without its place."""
    fields: tuple[str, ...]
    fields = ("level1", "level2", "ordinal", "name", "operator", "target_raw", "target_value", "target_unit")
    fields += ("actual_raw", "actual_value", "actual_unit", "status_raw", "status", "max_score", "score", "reason")
    return tuple(getattr(indicator, field) for field in fields)


def test_prose_indicators_are_equal_in_text_and_pdf() -> None:
    text, pdf = (prose(read(form)) for form in FORMATS)
    assert len(text) == len(pdf) == 34
    assert list(map(said, text)) == list(map(said, pdf))
    assert all(i.target_value is not None and i.actual_value is not None and i.status == "met" for i in text)


@pytest.mark.parametrize("form", FORMATS)
def test_head(form: str) -> None:
    found = read(form)
    assert (found.head.issuer, str(found.head.issued_on)) == ("吉林省工业和信息化厅", "2025-03-25")
    assert (found.head.doc_number, found.head.region) == ("吉工信规划〔2025〕49号", "吉林省")
    (evaluation,) = found.evaluations
    assert (evaluation.fiscal_year, evaluation.subject) == (2024, "吉林省工业和信息化高质量发展专项资金")


@pytest.mark.parametrize("form", FORMATS)
def test_document_numbers_and_funds(form: str) -> None:
    found = read(form)
    assert len({number.normalized for number in found.doc_numbers}) == 9
    assert [number.normalized for number in found.doc_numbers if number.role == "own"] == ["吉工信规划〔2025〕49号"]
    total = next(fund for fund in found.funds if fund.place.source == "prose" and fund.role == "budget")
    parts = [fund for fund in found.funds if fund.parent_seq == total.seq]
    assert total.yuan == Decimal(2338355000)
    assert [part.value for part in parts] == [Decimal(x) for x in ("34189.52", "3397.24", "5000", "4000", "187248.74")]
    assert [len(part.doc_numbers) for part in parts] == [2, 1, 1, 1, 2]
    assert [(rate.name, rate.value) for rate in found.rates if rate.place.source == "prose"] == [
        ("资金到位率", Decimal(100))
    ]


def test_the_annexed_table() -> None:
    found = read("pdf")
    rows = [indicator for indicator in found.indicators if indicator.place.source == "table"]
    assert len(rows) == 34
    assert all(row.level1 and row.level2 and row.max_score is not None and row.score is not None for row in rows)
    assert found.evaluations[0].total_score == 100
    columns = {(fund.label, fund.column, fund.value) for fund in found.funds if fund.column}
    assert ("年度资金总额", "budget", Decimal("233835.5")) in columns
    assert ("年度资金总额", "spent", Decimal("233835.5")) in columns
