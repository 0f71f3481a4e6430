"""The benchmark of planted errors: every check has ways of planting, and the same call makes the same reports."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import planted
from plants.planting import WAYS

from extractor.checks.catalogue import CHECKS


def test_every_check_is_planted_or_left_out_with_a_reason() -> None:
    ways = {way.check for way in WAYS}
    assert ways <= set(CHECKS)
    assert set(CHECKS) - ways == set(planted.LEFT_OUT)
    assert all(planted.LEFT_OUT.values())


def test_the_same_call_makes_the_same_reports() -> None:
    def texts() -> list[tuple[str, str]]:
        pairs = planted.pairs(sorted(CHECKS), 2)
        return [(pair.clean.as_text(), pair.bad.as_text()) for pair in pairs]

    assert texts() == texts()
    assert all(clean != bad for clean, bad in texts())


@pytest.mark.parametrize("id_", ["sum-parts", "score-total", "indicator-met"])
def test_errors_are_found_in_text_and_in_pdf(id_: str, tmp_path: Path) -> None:
    for pair in planted.pairs([id_], 3):
        clean = planted.findings(pair.clean, "clean", pair.pdf, tmp_path, None)
        bad = planted.findings(pair.bad, "bad", pair.pdf, tmp_path, None)
        assert [verdict for verdict in clean if verdict.severity == "error"] == []
        assert id_ in {verdict.check_id for verdict in bad}


def test_every_report_renders_in_both_formats() -> None:
    for pair in planted.pairs(["score-cap", "weight-sum", "sum-parts"], 2):
        assert pair.clean.as_pdf().startswith(b"%PDF")
        assert pair.clean.title in pair.clean.as_text()
