"""Findings of one cause are one finding; two slips that only share a right figure stay two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
import report_builder

from extractor import lexicon
from extractor.checks import catalogue, causes
from extractor.checks.corrected import Correction, Source, corrected, written
from extractor.messages import Message
from extractor.model import Evidence, Place, Report, Severity, Verdict


def judged(report: Report) -> list[Verdict]:
    made = [v for id_ in catalogue.CHECKS for v in catalogue.check(id_).run(report, lexicon.profile())]
    return causes.grouped(report, made, lexicon.profile())


def roots(verdicts: Sequence[Verdict], least: tuple[str, ...] = ("error", "warning")) -> list[str]:
    """The findings that stand by themselves."""
    return sorted(
        v.check_id for v in verdicts if v.outcome == "inconsistent" and v.cause is None and v.severity in least
    )


def following(verdicts: Sequence[Verdict]) -> dict[str, str]:
    return {v.check_id: verdicts[v.cause].check_id for v in verdicts if v.cause is not None}


TITLE = "云岭省科技创新专项资金2023年度绩效自评报告\n\n一、资金情况\n"
#: The total is 4785.00: printed 4758.00 it breaks its sum, two rates, and the sentence that repeats it.
FUND = (
    TITLE + "2023年，省财政下达科技创新专项资金{total}万元，其中：企业研发2380.00万元，平台建设1260.00万元，"
    "人才引进1145.00万元。\n科技创新专项资金收到4785.00万元，资金到位率{arrival}。"
    "全年支出4689.30万元，预算执行率{execution}。\n"
)


def fund(total: str = "4785.00", arrival: str = "100%", execution: str = "98%") -> Report:
    return report_builder.from_text(FUND.format(total=total, arrival=arrival, execution=execution))


def test_a_wrong_total_is_one_finding_with_its_consequences() -> None:
    assert roots(judged(fund())) == []
    verdicts = judged(fund(total="4758.00"))
    found = [v for v in verdicts if v.outcome == "inconsistent"]
    assert len(found) > 1
    assert roots(verdicts) == ["sum-parts"]
    assert set(following(verdicts).values()) == {"sum-parts"}


def test_another_slip_that_shares_the_wrong_figure_stays_a_finding() -> None:
    """96 % is wrong also with the right total."""
    assert "arrival-rate" in roots(judged(fund(total="4758.00", arrival="96%")))


def test_two_slips_that_share_a_right_figure_are_two_findings() -> None:
    verdicts = judged(fund(arrival="96%", execution="91%"))
    assert roots(verdicts) == ["arrival-rate", "execution-rate"]
    assert following(verdicts) == {}


def test_a_missed_target_that_is_claimed_to_be_met_twice_is_one_finding() -> None:
    text = TITLE + "项目绩效目标均已完成。\n数量指标1，培训人数≥100人，全年实际完成{actual}人，完成预期指标。\n"
    assert roots(judged(report_builder.from_text(text.format(actual=101)))) == []
    verdicts = judged(report_builder.from_text(text.format(actual=91)))
    assert following(verdicts) == {"all-met-claim": "indicator-met"}


def test_one_word_behind_several_indicators_is_one_finding() -> None:
    text = TITLE + "数量指标1，培训人数≥100人，全年实际完成91人，开班次数≥10次，全年实际完成9次，均完成预期指标。\n"
    made = [finding("indicator-met", (30, 34), (60, 66)), finding("indicator-met", (40, 44), (60, 66))]
    source = "一" * 30 + "100人" + "二" * 6 + "200人" + "三" * 16 + "完成预期指标" + text
    grouped = causes.grouped(report(source), made, lexicon.profile())
    assert [v.cause for v in grouped] == [None, 0]


def test_one_figure_shared_by_findings_of_one_check_is_no_cause() -> None:
    made = [finding("indicator-met", (0, 4), (10, 14)), finding("indicator-met", (0, 4), (20, 24))]
    grouped = causes.grouped(report("100人" * 10), made, lexicon.profile())
    assert [v.cause for v in grouped] == [None, None]


def test_the_same_figures_against_several_others_are_one_finding() -> None:
    parts = ((0, 4), (4, 8), (8, 12))
    made = [finding("score-total", *parts, (12, 16)), finding("score-total", *parts, (16, 20))]
    grouped = causes.grouped(report("100人" * 10), made, lexicon.profile())
    assert [v.cause for v in grouped] == [None, 0]


def test_the_worst_finding_is_the_one_that_is_told() -> None:
    parts = ((0, 4), (4, 8), (8, 12))
    made = [
        finding("score-total", *parts, (12, 16), severity="note"),
        finding("score-total", *parts, (16, 20), severity="error"),
    ]
    grouped = causes.grouped(report("100人" * 10), made, lexicon.profile())
    assert [v.cause for v in grouped] == [1, None]


def report(text: str) -> Report:
    return replace(report_builder.build({}), pages=((1, text),))


def finding(check_id: str, *spans: tuple[int, int], severity: Severity = "error") -> Verdict:
    cited = tuple(Evidence("indicators", i, Place(None, *span), "x") for i, span in enumerate(spans))
    return Verdict(check_id, 0, "inconsistent", severity, Message.of("x"), evidence=cited)


# --- a figure exchanged -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value", "unit", "bound"),
    [
        ("4,785.00 万元", "4785.00", "万元", False),
        ("≥ 95%", "95", "%", True),
        ("≤ 6", "6", "", True),
        ("-3.5%", "-3.5", "%", False),
    ],
)
def test_the_figure_of_a_verdict(words: str, value: str, unit: str, bound: bool) -> None:
    figure = written(words)
    assert figure is not None
    assert (str(figure.value), figure.unit, figure.bound) == (value, unit, bound)


@pytest.mark.parametrize("words", [None, "", "2024年11月31日", "公里", "10 万元; 12 万元"])
def test_words_that_are_no_figure(words: str | None) -> None:
    figure = written(words)
    assert figure is None or figure.unit not in ("万元", "")


def test_money_is_exchanged_in_every_fact_and_in_the_text() -> None:
    before = fund(total="4758.00")
    total = next(f for f in before.funds if f.raw == "4758.00万元")
    span = (total.place.start, total.place.end)
    after = corrected(before, Correction((span,), Decimal("4785.00")))
    assert [f.yuan for f in after.funds if f.place == total.place] == [Decimal(47850000)]
    assert [a.raw for a in after.amounts if a.place == total.place] == ["4785.00万元"]
    assert any("4785.00万元" in p.text.string and "4758.00" not in p.text.string for p in after.passages)
    assert [f for f in after.funds if f.place != total.place] == [f for f in before.funds if f.place != total.place]


def test_a_longer_figure_leaves_the_places_behind_it() -> None:
    before = fund(total="4758.00")
    total = next(f for f in before.funds if f.raw == "4758.00万元")
    after = corrected(before, Correction(((total.place.start, total.place.end),), Decimal("12345678.901")))
    for one, other in zip(before.passages, after.passages, strict=True):
        assert one.text.span() == other.text.span()
        assert len(other.text.string) == len(other.text.origin)
        tail = one.text.string[-10:]
        assert other.text.string.endswith(tail)
        assert list(other.text.origin[-10:]) == list(one.text.origin[-10:])


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("4758.00 万元", "4758.00", "万元"),
        ("１，２３４．５万元", "1234.5", "万元"),
        ("96.4%", "96.4", "%"),
        ("98", "98", ""),
    ],
)
def test_the_figure_at_a_place(words: str, value: str, unit: str) -> None:
    figure = Source(report(words)).figure(0, len(words))
    assert figure is not None
    assert (str(figure.value), figure.unit) == (value, unit)


@pytest.mark.parametrize("words", ["完成", "100人至200人", ""])
def test_no_single_figure_at_a_place(words: str) -> None:
    assert Source(report(words)).figure(0, len(words)) is None


def fails(given: Report, profile: object) -> list[Verdict]:
    raise ValueError("planted")


def test_a_check_that_fails_on_a_corrected_report_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    report_ = fund(total="4758.00")
    made = [v for id_ in catalogue.CHECKS for v in catalogue.check(id_).run(report_, lexicon.profile())]
    real: Callable[[str], object] = catalogue.check
    planted = replace(catalogue.check("sum-parts"), run=fails)  # type: ignore[arg-type]
    monkeypatch.setattr(catalogue, "check", lambda id_: planted if id_ == "sum-parts" else real(id_))
    assert following(causes.grouped(report_, made, lexicon.profile())) == {}
