"""Plants of the checks on points: weights, scores, totals and grades of the form."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from plants.indicators import _total
from plants.planting import FORMS, plants
from plants.reports import Made, made, rounded


@plants("score-execution", FORMS)
def score_execution(rng: Random, report: Made) -> Made:
    other = report.copy()
    other.funds[0][6] = rng.choice(("10", "7.5", "6.25", "8"))
    _total(other)
    return other


@plants("score-indicator", FORMS)
def score_indicator(rng: Random, report: Made) -> Made:
    other = report.copy()
    row = other.rows[1] if rng.random() < 0.5 else rng.choice(other.rows[2:])
    row.score = row.weight if row is other.rows[1] else row.weight - rng.choice((2, 3, 4))
    if row is not other.rows[1]:
        row.reason = rng.choice(("", "无"))
    _total(other)
    return other


@plants("score-cap", FORMS)
def score_cap(rng: Random, report: Made) -> Made:
    other = report.copy()
    row = rng.choice(other.rows)
    row.score = row.weight + rng.choice((rng.randint(1, 5), Decimal("0.5")))
    _total(other)
    return other


@plants("weight-sum", FORMS)
def weight_sum(rng: Random, report: Made) -> Made:
    other = report.copy()
    row = other.rows[rng.choice((0, 2, 3, 4, 5))]
    row.weight += rng.choice((3, 5, -2))
    row.score = row.weight
    _total(other)
    return other


@plants("weight-group-sum", FORMS)
def weight_group_sum(rng: Random, report: Made) -> Made:
    frame = rng.choice(("{}（{}分）", "{}({}分)"))
    other = report.copy()
    groups = {
        level: sum((r.weight for r in report.rows if r.level1 == level), Decimal(0))
        for level in ("产出指标", "效益指标", "满意度指标")
    }
    off = rng.choice(list(groups))
    for one in (report, other):
        for row in one.rows:
            points = groups[row.level1] + (5 if one is other and row.level1 == off else 0)
            row.level1 = frame.format(row.level1, points)
    return other


@plants("score-total", FORMS)
def score_total(rng: Random, report: Made) -> Made:
    other = report.copy()
    other.form_total += rng.choice((Decimal("-1.5"), Decimal(1), Decimal(-3), Decimal("0.6")))
    if other.text.get("score"):
        other.text["score"] = [f"项目自评得分{other.form_total}分。"]
    return other


@plants("score-grade", ("both",))
def score_grade(rng: Random, report: Made) -> Made:
    right = "优" if report.form_total >= 90 else "良"
    wrong = rng.choice(("良", "中", "差") if right == "优" else ("优", "差"))
    frame = rng.choice(
        ("项目自评得分{s}分，评价等级为“{g}”。", "自评总分{s}分，等级为{g}。", "综合得分{s}分，自评结论为“{g}”。")
    )
    other = report.copy()
    for one, grade in ((report, right), (other, wrong)):
        one.text["score"] = [frame.format(s=one.form_total, g=grade)]
    return other


@plants("score-narrative", ("both",))
def score_narrative(rng: Random, report: Made) -> Made:
    frame = rng.choice(("项目自评得分{}分。", "经自评，该项目综合得分为{}分。", "自评总分{}分。"))
    other = report.copy()
    report.text["score"] = [frame.format(report.form_total)]
    other.text["score"] = [frame.format(report.form_total - rng.choice((2, 3, 5)))]
    return other


def _full(report: Made) -> None:
    """All rows reached, all points given."""
    row = report.rows[1]
    row.actual, row.score, row.reason = row.target.lstrip("≥"), row.weight, ""
    report.funds[0][6] = "10"
    for fund in report.funds[:2]:
        fund[3], fund[5] = fund[2], "100%"
    _total(report)


@plants("full-marks-with-gap", FORMS)
def full_marks_with_gap(rng: Random, report: Made) -> Made:
    other = report.copy()
    other.rows[1].score = other.rows[1].weight
    other.rows[1].reason = ""
    other.funds[0][6] = "10"
    _total(other)
    return other


@plants("all-full-scores", ("form",))
def all_full_scores(rng: Random, report: Made) -> Made:
    """The forms of several projects, all of which score themselves 100."""
    report.more = [made(rng, "form") for _ in range(rng.randint(2, 4))]
    for number, one in enumerate(report.more, start=2):
        one.fund = one.fund.removesuffix("项目") + f"（{number}期）项目"
        one.year, one.form_title = report.year, report.form_title
    other = report.copy()
    for one in (other, *other.more):
        _full(one)
    return other


@plants("reason-vs-score", FORMS)
def reason_vs_score(rng: Random, report: Made) -> Made:
    other = report.copy()
    if rng.random() < 0.5:
        row = other.rows[rng.choice((2, 3, 5))]
        row.score -= 1
        _total(other)
    else:
        other.rows[rng.choice((2, 3, 5))].reason = rng.choice(
            ("受天气影响未完成", "招标较晚，进度滞后", "群众参与不足")
        )
    return other


@plants("execution-score-cap", FORMS)
def execution_score_cap(rng: Random, report: Made) -> Made:
    other = report.copy()
    _spend(other, rng.choice((45, 55, 62)))
    return other


def _spend(report: Made, percent: int) -> None:
    """Only so much of the budget spent; the points of the execution follow."""
    spent = rounded(report.total * percent / 100, report.places)
    rate = rounded(spent / report.total * 100, 2)
    for row in report.funds[:2]:
        row[3], row[5] = f"{spent}", f"{rate}%"
    report.funds[0][6] = f"{rounded(rate / 10, 2)}"
    if report.kind == "both":
        report.text["funds"] = [*report.text["funds"][:2], f"全年实际支出{report.money(spent)}，预算执行率{rate}%。"]
    _total(report)


@plants("score-ahead-of-spending", FORMS)
def score_ahead(rng: Random, report: Made) -> Made:
    other = report.copy()
    _spend(other, rng.choice((52, 60, 66, 74)))
    return other


@plants("unspent-full-marks", FORMS)
def unspent_full_marks(rng: Random, report: Made) -> Made:
    other = report.copy()
    _full(other)
    for row in other.funds[:2]:
        row[3], row[5] = rng.choice((("0", "0%"), ("0.00", "0.00%")))
    other.funds[0][6] = "0"
    if other.kind == "both":
        other.text["funds"] = [*other.text["funds"][:2], "受前期手续影响，资金当年未支出。"]
    _total(other)
    return other
