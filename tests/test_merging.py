"""Verdicts on one thing that is told twice are one."""

from __future__ import annotations

from dataclasses import replace

from extractor.checks.merging import merged
from extractor.messages import Message
from extractor.model import Evidence, Place, Verdict

FIRST = Verdict(
    "indicator-unit-word",
    0,
    "inconsistent",
    "warning",
    Message.of("{name} differs", name="a"),
    formula="户 ≠ 个",
    evidence=(Evidence("indicators", 1, Place(1, 5, 8), "5户"),),
)


def again(**changes: object) -> Verdict:
    other = Evidence("indicators", 40, Place(6, 505, 508, None, "table"), "5户")
    return replace(FIRST, evidence=(other,), **changes)  # type: ignore[arg-type]


def test_the_same_comparison_is_one_with_both_places() -> None:
    (verdict,) = merged([FIRST, again()])
    assert [item.place.start for item in verdict.evidence] == [5, 505]


def test_other_figures_names_evaluations_or_outcomes_stay_apart() -> None:
    others = [
        again(formula="户 ≠ 家"),
        again(message=Message.of("{name} differs", name="b")),
        again(evaluation=1),
        again(outcome="consistent"),
    ]
    assert len(merged([FIRST, *others])) == 5


def test_verdicts_without_a_formula_stay_apart() -> None:
    bare = replace(FIRST, formula="")
    assert len(merged([bare, again(formula="")])) == 2
