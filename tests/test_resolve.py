"""What belongs together: the narrative and its annexed table, several forms in one file, the numbering of facts."""

from __future__ import annotations

from decimal import Decimal

from extractor.model import Report
from extractor.read.files import read_bytes
from extractor.resolve import likeness, report

NARRATIVE = """岭川省公路养护补助资金2023年度绩效自评报告
一、绩效目标分解下达情况
2023年，省财政下达公路养护补助资金300万元，其中：东陵县100万元，西陵县200万元。
二、绩效情况分析
（一）资金投入情况分析。资金到位率100%。
（二）绩效指标完成情况。
1.数量指标。
指标1，养护公路里程≥20公里，全年实际完成22公里，完成预期指标。
三、自评结论
经自评，自评得分98分，评价等级为“优”。
"""


def form(subject: str, length: str, budget: str = "300", score: str = "98") -> str:
    """A form in cells parted by bars, as text exports have them."""
    rows = [
        ["项目名称", subject, "", "", "", "", "", ""],
        ["主管部门", "交通局", "", "", "实施单位", "养护中心", "", ""],
        ["项目资金(万元)", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "", budget, budget, budget, "10", "100%", "10"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"],
        ["产出指标", "数量指标", "养护公路里程", "≥20公里", length, "90", str(Decimal(score) - 10), "无"],
        ["总分", "", "", "", "", "100", score, ""],
    ]
    return "\n".join("|".join(row) for row in rows) + "\n"


def read(text: str) -> Report:
    return report(read_bytes(text.encode(), "report.txt"))


def test_a_narrative_alone() -> None:
    found = read(NARRATIVE)
    (evaluation,) = found.evaluations
    assert (evaluation.subject, evaluation.fiscal_year) == ("岭川省公路养护补助资金", 2023)
    assert (evaluation.total_score, evaluation.grade) == (Decimal(98), "优")
    assert [(fund.parent_seq, fund.value) for fund in found.funds] == [
        (None, Decimal(300)),
        (0, Decimal(100)),
        (0, Decimal(200)),
    ]


def test_the_annexed_table_is_the_narratives_evaluation() -> None:
    found = read(f"{NARRATIVE}附件：公路养护补助资金绩效自评表\n\n{form('公路养护补助资金', '22公里')}")
    (evaluation,) = found.evaluations
    assert (evaluation.department, evaluation.unit) == ("交通局", "养护中心")
    assert [(i.place.source, i.evaluation) for i in found.indicators] == [("prose", 0), ("table", 0)]
    assert {fund.evaluation for fund in found.funds} == {0}


def test_a_table_of_another_fund_is_an_evaluation_of_its_own() -> None:
    found = read(f"{NARRATIVE}\n{form('农村客运油价补贴', '22公里')}")
    assert [evaluation.subject for evaluation in found.evaluations] == ["岭川省公路养护补助资金", "农村客运油价补贴"]
    assert [i.evaluation for i in found.indicators] == [0, 1]


def test_each_form_is_an_evaluation() -> None:
    names = ["公路养护工程", "客运站改造", "危桥加固项目"]
    text = "\n\n".join(form(name, f"{20 + n}公里", score=str(95 + n)) for n, name in enumerate(names))
    found = read(text)
    assert [evaluation.subject for evaluation in found.evaluations] == names
    assert [evaluation.total_score for evaluation in found.evaluations] == [Decimal(95), Decimal(96), Decimal(97)]
    assert [(i.evaluation, i.actual_raw) for i in found.indicators] == [(0, "20公里"), (1, "21公里"), (2, "22公里")]


def test_facts_are_numbered_in_reading_order() -> None:
    found = read(f"{NARRATIVE}\n{form('公路养护补助资金', '22公里')}")
    for facts in (found.amounts, found.rates, found.funds, found.indicators, found.weights, found.doc_numbers):
        assert [fact.seq for fact in facts] == list(range(len(facts)))
        starts = [fact.place.start for fact in facts]
        assert starts == sorted(starts)


def test_names_of_one_fund_are_alike() -> None:
    assert likeness("2023年公路养护补助资金", "公路养护补助专项资金绩效目标") == 1.0
    assert likeness("公路养护补助资金", "农村客运油价补贴") < 0.6
    assert likeness(None, "公路") == 0.0
