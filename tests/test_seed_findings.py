"""All checks on the seed report, in both formats: what they must find there, what must hold, and no error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import lexicon, resolve
from extractor.checks import catalogue
from extractor.model import Verdict
from extractor.read.files import read_document

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not (REPORTS / "jilin-2024.pdf").exists(), reason="the seed report is not at hand")

#: Check → number of findings.
FINDINGS = {
    "cross-indicator-sum": 1,
    "dup-phrase": 2,
    "indicator-type-fit": 1,
    "indicator-unit-word": 1,
    "missing-type": 1,
    "near-dup-name": 1,
    "number-format": 1,
    "overachieve": 1,
    "overachieve-unexplained": 1,
    "some-all-words": 1,
    "typo-candidates": 4,
}
#: The text without its annexed table names an annex that it does not hold, with the figures of the execution in it.
TEXT_ALONE = {"annex-listed": 1, "execution-missing": 1}
#: Check → number of verdicts that hold.
HOLDS = {
    "all-met-claim": 1,
    "arrival-rate": 1,
    "difference-explained": 1,
    "docno-own-year": 1,
    "indicator-met": 34,
    "narrative-vs-indicator-number": 5,
    "sum-parts": 1,
}
#: Only the PDF holds the annexed table.
ANNEX = {"fund-source-sum", "narrative-vs-annex", "score-execution", "score-indicator", "score-total", "weight-sum"}


@pytest.fixture(scope="module", params=["txt", "pdf"])
def verdicts(request: pytest.FixtureRequest) -> dict[str, list[Verdict]]:
    report = resolve.report(read_document(REPORTS / f"jilin-2024.{request.param}"))
    made: dict[str, list[Verdict]] = {"format": [], request.param: []}
    for check_id in catalogue.CHECKS:
        made[check_id] = list(catalogue.check(check_id).run(report, lexicon.profile()))
    return made


def of(verdicts: dict[str, list[Verdict]], outcome: str) -> Iterator[Verdict]:
    return (verdict for made in verdicts.values() for verdict in made if verdict.outcome == outcome)


def test_the_findings_are_just_these(verdicts: dict[str, list[Verdict]]) -> None:
    expected = FINDINGS | TEXT_ALONE if "txt" in verdicts else FINDINGS
    assert Counter(verdict.check_id for verdict in of(verdicts, "inconsistent")) == expected


def test_no_figure_contradicts_another(verdicts: dict[str, list[Verdict]]) -> None:
    assert not [verdict for verdict in of(verdicts, "inconsistent") if verdict.severity == "error"]


def test_what_the_findings_say(verdicts: dict[str, list[Verdict]]) -> None:
    said = "\n".join(f"{v.message.text('en')} {v.formula}" for v in of(verdicts, "inconsistent"))
    for words in (
        "“红旗品牌产值贡献” is printed twice",
        "“其中” is printed twice",
        "187, 248.74",
        "户 ≠ 个",
        "18 of 34 indicators are above 130% of their target",
        "7 above 300%",
        "14,860 ÷ 1,000 = 1,486.0%",
    ):
        assert words in said


def test_what_holds(verdicts: dict[str, list[Verdict]]) -> None:
    consistent = Counter(verdict.check_id for verdict in of(verdicts, "consistent"))
    assert {check_id: consistent[check_id] for check_id in HOLDS} == HOLDS
    assert consistent["year-title-body"] >= 2


def test_the_sum_of_the_release_orders(verdicts: dict[str, list[Verdict]]) -> None:
    (verdict,) = verdicts["sum-parts"]
    assert verdict.formula == "34,189.52 + 3,397.24 + 5,000 + 4,000 + 187,248.74 = 233,835.50 万元"


def test_the_annexed_table_holds(verdicts: dict[str, list[Verdict]]) -> None:
    consistent = {verdict.check_id for verdict in of(verdicts, "consistent")}
    assert consistent >= ANNEX if "pdf" in verdicts else not consistent & ANNEX
