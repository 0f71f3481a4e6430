"""No check fails on any facts, and whatever it says has the form of a verdict: facts drawn from what reports print."""

from __future__ import annotations

from datetime import date
from typing import Any

import report_builder
from hypothesis import given, settings
from hypothesis import strategies as st
from test_checks import flaws

from extractor import lexicon
from extractor.checks import catalogue

_VALUES = [
    "≥70个",
    "69.5个",
    "≤3次",
    "=0起",
    "0",
    "约20人",
    "5-6个",
    "/",
    "明显提升",
    "2023年2月30日",
    "≥95%",
    "94.96%",
    "105%",
    "1.2亿元",
    "12000万元",
    "500元/人",
    "620人次",
    "3万垧",
    "-5%",
    "12345678901234567890123456789012",
]
_NAMES = ["培训人数", "培训人数数量", "合格率", "投诉件数", "项目成本", "培训人数培训人数", "工程完成时间", "**镇道路"]
_SUMS = [
    "500万元",
    "0元",
    "1.2亿元",
    "3,450.06万元",
    "约80万元",
    "12美元",
    "壹佰万元整",
    "7777777777777777777777.77万元",
]
_ROLES = ["budget", "received", "spent", "carryover", "other"]
_POINTS = ["10", "0", "-2", "9.95", "33.33", "120"]
_SENTENCES = [
    "各项绩效指标均已完成。",
    "由80万吨增加到100万吨，增长20%。",
    "其中：其中40人，占82%。",
    "一是甲。三是乙。",
    "人民币壹佰万元整（¥100,000.00）。",
    "2024—2022年补助20-10万元，投入187, 248.74万元。",
    "全年培训人数85人。",
    "现将2022年度绩效自评情况报告如下：",
    "附件：2021年绩效自评表",
    "2024年 月 日",
    "资金到位率90%，执行率101.5%。",
]
_NUMBERS = ["青财绩〔2024〕18号", "湘财农[2031]7号", "国务院令〔1920〕9号"]
_FORMS = ["brackets", "di", "padded", "no-hao", "lost-bracket", "fused", "masked", "shared", "no-number"]


def _entry(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in required.items()},
        optional={name: st.sampled_from(values) for name, values in optional.items()},
    )


_INDICATORS = _entry(
    {"name": _NAMES},
    {
        "target": _VALUES,
        "actual": _VALUES,
        "status": ["met", "partly", "unmet"],
        "max_score": _POINTS,
        "score": _POINTS,
        "reason": ["无", "目标偏低"],
        "level2": ["数量指标", "质量指标"],
        "ordinal": ["1", "2", "4"],
        "source": ["prose", "table"],
        "evaluation": [0, 1],
    },
)
_FUNDS = _entry(
    {"label": ["农田建设资金", "合计", "其中:财政拨款"], "raw": _SUMS, "role": _ROLES},
    {
        "column": ["initial_budget", "budget", "received", "spent"],
        "partial": [True],
        "max_score": _POINTS,
        "score": _POINTS,
        "doc_numbers": [["青财绩〔2024〕18号"]],
    },
)
_RATES = _entry({"name": ["资金到位率", "预算执行率", "兑付率"], "raw": ["90%", "100.0%", "约80%"]}, {"fund": [0, 1]})
_WEIGHTS = _entry(
    {"label": ["总分", "产出指标"], "kind": ["total", "level1"]}, {"max_score": _POINTS, "score": _POINTS}
)
_DOC_NUMBERS = _entry({"raw": _NUMBERS, "role": ["own", "cited"], "form": [[], *([form] for form in _FORMS)]}, {})
_HEADS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.just("2023年度农田建设资金绩效自评报告"),
        "issued_raw": st.sampled_from(["2024年3月1日", "2024年3月", "2024年2月30日"]),
        "issued_on": st.sampled_from([date(2024, 3, 1), date(2022, 3, 1)]),
    },
)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    funds = draw(st.lists(_FUNDS, max_size=5))
    for at, fund in enumerate(funds):
        # A part stands behind its total.
        if at and draw(st.booleans()):
            fund["part_of"] = draw(st.integers(0, at - 1))
    return {
        "head": draw(_HEADS),
        "evaluations": [{"fiscal_year": 2023, "subject": "农田建设资金"}, {}],
        "passages": draw(st.lists(st.sampled_from(_SENTENCES), max_size=6)),
        "indicators": draw(st.lists(_INDICATORS, max_size=6)),
        "funds": funds,
        "rates": draw(st.lists(_RATES, max_size=2)) if len(funds) > 1 else [],
        "weights": draw(st.lists(_WEIGHTS, max_size=3)),
        "doc_numbers": draw(st.lists(_DOC_NUMBERS, max_size=3)),
    }


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cases())
def test_every_verdict_is_one(case: dict[str, Any]) -> None:
    report = report_builder.build(case)
    for check_id in catalogue.CHECKS:
        check = catalogue.check(check_id)
        for verdict in check.run(report, lexicon.profile()):
            assert not list(flaws(verdict, check, report)), verdict
            assert verdict.outcome == "inconsistent" or verdict.severity == "note"
