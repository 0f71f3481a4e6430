"""Flattened forms: the same form in every way that web copies and exports print it, layouts, doubts, and prose."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.find.flat.glued_funds import glued_rows
from extractor.find.flat.tables import read_flat_tables
from extractor.find.tables.facts import TableFacts
from extractor.model import Document, Indicator
from extractor.read.files import read_bytes

SHARED = Path(__file__).parents[3] / "shared"


def document(text: str) -> Document:
    return read_bytes(text.encode(), "form.txt")


def read(text: str) -> list[TableFacts]:
    return read_flat_tables(document(text))[0]


def form(text: str) -> TableFacts:
    forms = read(text)
    assert len(forms) == 1
    return forms[0]


def number(value: Decimal | None) -> float | None:
    """For comparing with the numbers written in a test."""
    return None if value is None else float(value)


def target(indicator: Indicator) -> tuple[str | None, float | None, str | None]:
    return indicator.operator, number(indicator.target_value), indicator.target_unit


def points(indicator: Indicator) -> tuple[float | None, float | None]:
    return number(indicator.max_score), number(indicator.score)


def sums(facts: TableFacts) -> list[tuple[str, str | None, str]]:
    return [(fund.label, fund.column, fund.raw) for fund in facts.funds]


# --- one form, printed in many ways -----------------------------------------------------------------------------------

HEAD = [
    ["项目支出绩效自评表"],
    ["(2022年度)"],
    ["项目名称", "乡镇敬老院消防改造"],
    ["主管部门", "青岭县民政局", "实施单位", "青岭县社会福利中心"],
]
FUNDS = [
    ["项目资金(万元)", "年初预算数", "全年预算数(A)", "全年执行数(B)", "分值", "执行率(B/A)", "得分"],
    ["年度资金总额:", "96", "90", "85.5", "10", "95%", "9.5"],
    ["其中:本年财政拨款", "96", "90", "85.5", "-", "-", "-"],
    ["上年结转资金", "", "", "", "-", "-", "-"],
]
GOALS = [
    ["年度总体目标", "预期目标", "实际完成情况"],
    ["改善老人居住安全。", "老人居住安全得到改善。"],
]
COLUMNS = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
ROWS = [
    ["产出指标", "数量指标", "改造敬老院数量", "≥6个", "5个", "20", "16.67", "一处因选址变更推迟实施"],
    ["", "", "安装喷淋设备", "≥480套", "502套", "10", "10", ""],
    ["", "质量指标", "消防验收通过率", "=100%", "100%", "10", "10", ""],
    ["", "时效指标", "完工时间", "2022年10月底前", "2022年9月", "10", "10", ""],
    ["效益指标", "社会效益指标", "火灾隐患", "有效消除", "达成预期指标", "30", "28", "个别院落仍需整治"],
    ["满意度指标", "服务对象满意度指标", "入住老人满意度", "≥90%", "94.2%", "10", "10", ""],
]
TOTAL = [["总分", "", "", "", "", "100", "94.17", ""]]
EVERY = [*HEAD, *FUNDS, *GOALS, ["绩效指标", *COLUMNS], *ROWS, *TOTAL]


def filled(row: list[str]) -> list[str]:
    return [cell for cell in row if cell]


PRINTED = {
    "one line": " ".join(cell for row in EVERY for cell in filled(row)),
    "rows": "\n".join(" ".join(filled(row)) for row in EVERY),
    "cells": "\n".join(cell for row in EVERY for cell in filled(row)),
    "cells with empty ones": "\n\n".join(cell or "\u00a0" for row in EVERY for cell in row),
    "bars": "\n".join("| " + " | ".join(row) + " |" for row in EVERY),
    "a bar behind each cell": "\n".join(f"{cell} |" for row in EVERY for cell in row),
    "tabs": "\n".join("\t".join(row) for row in EVERY),
    "wrapped levels": "\n".join(" ".join(filled(row)) for row in EVERY).replace("效益指标", "效益\n指标"),
    "full-width": "\n".join(" ".join(filled(row)) for row in EVERY).translate(
        str.maketrans("0123456789%()=", "０１２３４５６７８９％（）＝")
    ),
}


@pytest.fixture(params=sorted(PRINTED))
def printed(request: pytest.FixtureRequest) -> TableFacts:
    return form(PRINTED[request.param])


def test_rows_are_read_in_every_print(printed: TableFacts) -> None:
    expected = [(row[2], float(row[5]), float(row[6])) for row in ROWS]
    assert [(i.name, *points(i)) for i in printed.indicators] == expected


def test_values_are_read_in_every_print(printed: TableFacts) -> None:
    first, fire = printed.indicators[0], printed.indicators[4]
    assert target(first) == ("≥", 6, "个")
    assert (first.actual_value, first.actual_unit) == (Decimal(5), "个")
    assert first.reason == "一处因选址变更推迟实施"
    assert (fire.target_raw, fire.target_value, fire.actual_raw) == ("有效消除", None, "达成预期指标")


def test_levels_go_on_in_every_print(printed: TableFacts) -> None:
    assert [i.level2 for i in printed.indicators[:3]] == ["数量指标", "数量指标", "质量指标"]
    assert {i.level1 for i in printed.indicators[:4]} == {"产出指标"}


def test_head_is_read_in_every_print(printed: TableFacts) -> None:
    assert (printed.subject, printed.fiscal_year) == ("乡镇敬老院消防改造", 2022)
    assert (printed.department, printed.unit) == ("青岭县民政局", "青岭县社会福利中心")
    assert printed.total_score == Decimal("94.17")


def test_funds_are_read_in_every_print(printed: TableFacts) -> None:
    assert [(fund.column, number(fund.yuan)) for fund in printed.funds] == [
        ("initial_budget", 960000),
        ("budget", 900000),
        ("spent", 855000),
    ] * 2
    assert [fund.parent_seq for fund in printed.funds] == [None, None, None, 0, 1, 2]
    assert (number(printed.execution_max), number(printed.execution_score)) == (10, 9.5)


def test_nothing_is_said_to_be_unread(printed: TableFacts) -> None:
    assert printed.gaps == ()


def test_all_paragraphs_of_the_form_are_taken() -> None:
    read_text = document("一份通知。\n\n" + PRINTED["rows"] + "\n附:其他材料清单如下。")
    forms, taken = read_flat_tables(read_text)
    assert len(forms) == 1
    assert taken == set(range(1, len(read_text.blocks) - 1))


def test_places_lead_back_to_the_printed_words() -> None:
    text = PRINTED["rows"]
    for indicator in form(text).indicators:
        place = indicator.places["actual"]
        assert text[place.start : place.end] == indicator.actual_raw
        assert place.source == "table"


# --- glued cells ------------------------------------------------------------------------------------------------------


def test_glued_cells_are_parted_by_their_words() -> None:
    facts = form("".join(cell for row in EVERY for cell in filled(row)))
    by_name = {indicator.name: indicator for indicator in facts.indicators}
    assert target(by_name["消防验收通过率"]) == ("=", 100, "%")
    assert points(by_name["消防验收通过率"]) == (10, 10)
    assert by_name["完工时间"].target_raw == "2022年10月底前"
    assert facts.total_score == Decimal("94.17")
    assert [fund.raw for fund in facts.funds[:3]] == ["96", "90", "85.5"]


def test_a_name_glued_to_a_reason_is_told_and_not_guessed() -> None:
    facts = form("".join(cell for row in EVERY for cell in filled(row)))
    assert "安装喷淋设备" not in [indicator.name for indicator in facts.indicators]
    assert any("安装喷淋设备" in gap.quote for gap in facts.gaps)


GLUED = "年度资金总额:40030075%其中:中央补助25018072%地方资金15012080%"


def test_glued_sums_are_parted_by_their_rate() -> None:
    rows = glued_rows(GLUED, 0, len(GLUED), ["budget", "spent", "rate"])
    cells = [[GLUED[slice(*row.way[c])] for c in ("budget", "spent")] if row.way else None for row in rows]
    assert cells == [["400", "300"], ["250", "180"], ["150", "120"]]


def test_glued_sums_without_a_rate_are_parted_by_the_total() -> None:
    text = "年度资金总额:40030075%其中:中央补助250180地方资金150120"
    rows = glued_rows(text, 0, len(text), ["budget", "spent", "rate"])
    assert [text[slice(*row.way["spent"])] for row in rows if row.way] == ["300", "180", "120"]


def test_glued_sums_that_nothing_proves_stay_unread() -> None:
    text = "年度资金总额:400300其中:中央补助250180"
    assert [row.way for row in glued_rows(text, 0, len(text), ["budget", "spent", "rate"])] == [None, None]


def test_levels_weights_part_glued_points() -> None:
    text = (
        "河西区职业技能竞赛经费绩效自评表(2021年)项目名称职业技能竞赛经费"
        "一级指标二级指标三级指标值分指标值(A)实际值(B)得分未完成原因分析"
        "产出指标(30分)数量指标(20分)竞赛工种数量1212个12个12参赛选手人数8350人341人7.8"
        "质量指标(10分)成绩公示率10100%100%10"
    )
    facts = form(text)
    assert [(i.name, *points(i), number(i.target_value), number(i.actual_value)) for i in facts.indicators] == [
        ("竞赛工种数量", 12, 12, 12, 12),
        ("参赛选手人数", 8, 7.8, 350, 341),
        ("成绩公示率", 10, 10, 100, 100),
    ]


# --- layouts ----------------------------------------------------------------------------------------------------------


def test_points_may_stand_before_the_value() -> None:
    facts = form(
        "项目名称 河道清障工程\n一级指标 二级指标 三级指标 分值 年度指标值 全年实际值 得分 未完成原因\n"
        "产出指标 数量指标 ★清障河段长度 15 ≥22公里 23.4公里 15\n成本指标 清障单价 10 ≤3.5万元/公里 3.6万元/公里 9"
    )
    assert [(i.name, *points(i), number(i.target_value)) for i in facts.indicators] == [
        ("★清障河段长度", 15, 15, 22),
        ("清障单价", 10, 9, 3.5),
    ]
    assert facts.indicators[1].level2 == "成本指标"


SPLIT = (
    "公开表\n2023年度项目支出绩效自评表\n部门:云岭县图书馆 金额单位:元\n项目名称 流动图书车运行\n"
    "项目资金(元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
    "年度资金总额 150,000.00 150,000.00 132,000.00 10.00 88.00% 8.80\n"
    "其中:当年财政拨款 150,000.00 150,000.00 132,000.00 — 88.00% —\n非财政拨款 — —\n"
    "绩效指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n"
    "一级指标 二级指标 三级指标 指标性质 指标值 度量单位\n"
    "产出指标 数量指标 流动服务次数 ≥ 96 次 88次 45.00 41.25 车辆维修停运八次\n"
    "产出指标 质量指标 图书完好率 = 98 % 98% 5.00 5.00\n"
    "效益指标 社会效益指标 阅读氛围 = 浓厚 % 浓厚 30.00 30.00\n"
    "满意度指标 服务对象满意度指标 读者满意度 ≥ 90 % 96% 10.00 10.00\n"
    "其他需要说明的事项 无\n总分 100.00 95.05 优"
)


def test_sign_value_and_unit_in_cells_of_their_own() -> None:
    facts = form(SPLIT)
    assert [target(i) for i in facts.indicators[:2]] == [("≥", 96, "次"), ("=", 98, "%")]
    assert facts.indicators[0].target_raw == "≥96次"
    assert facts.indicators[2].target_raw == "浓厚"
    assert (facts.total_score, facts.grade, facts.money_unit) == (Decimal("95.05"), "优", "元")


def test_forms_without_levels() -> None:
    facts = form(
        "2022年度项目绩效自评表\n项目名称 路灯维护经费 自评总分(分) 98.6\n"
        "项目资金(万元) 年初预算数 全年(调整)预算数 全年执行数 执行率(%) 执行率权重 执行率得分\n"
        "年度总金额 60 60 57.6 96 10 9.6\n"
        "指标名称 计量单位 指标性质 指标值 指标权重 全年完成值 指标得分 说明\n"
        "维护路灯数量 盏 ≥ 3200 40 3260 40\n亮灯率 % ≥ 98 30 97.4 29 雷雨季线路故障\n市民投诉量 定性 减少 20 减少 20"
    )
    assert [(i.name, target(i), *points(i)) for i in facts.indicators] == [
        ("维护路灯数量", ("≥", 3200, "盏"), 40, 40),
        ("亮灯率", ("≥", 98, "%"), 30, 29),
        ("市民投诉量", (None, None, None), 20, 20),
    ]
    assert facts.total_score == Decimal("98.6")


def test_forms_without_points() -> None:
    facts = form(
        "中央农田建设补助资金绩效目标自评表\n(2021年度)\n"
        "转移支付(项目)名称 高标准农田建设补助\n中央主管部门 农业农村部\n"
        "资金投入情况(万元) 全年预算数(A) 全年执行数(B) 预算执行率(B/A)\n年度资金总额: 620 589 95%\n"
        "其中:中央补助 500 475 95%\n地方资金 120 114 95%\n"
        "一级指标 二级指标 三级指标 年度指标值 全年完成值 未完成原因和改进措施\n"
        "产出指标 数量指标 指标1:建设面积 新建高标准农田4000亩,改造提升1200亩 已新建4000亩,改造提升1200亩\n"
        "指标2:机耕道长度 ≥18公里 17.2公里 部分路段待征地\n质量指标 指标1:工程质量 达到合格以上 已通过验收,质量合格\n"
        "满意度指标 服务对象满意度指标 指标1:农户满意度 ≥90% 95%\n说明 无"
    )
    assert [(i.ordinal, i.name) for i in facts.indicators] == [
        ("1", "建设面积"),
        ("2", "机耕道长度"),
        ("1", "工程质量"),
        ("1", "农户满意度"),
    ]
    assert facts.indicators[0].actual_raw == "已新建4000亩,改造提升1200亩"
    assert facts.indicators[1].reason == "部分路段待征地"
    assert [fund.label for fund in facts.funds] == ["年度资金总额"] * 2 + ["其中:中央补助"] * 2 + ["地方资金"] * 2


def test_points_at_every_level() -> None:
    facts = form(
        "2016年度专项资金绩效自评表\n项目名称 农村公路养护\n项目资金(万元) 资金来源 计划投入 实际到位 实际支出\n"
        "资金总额 300 300 288\n其中:省财政 200 200 192\n县财政 100 100 96\n"
        "一级指标 分值 二级指标 分值 三级指标 分值 得分\n"
        "项目决策 20 项目目标 8 目标内容 8 8\n决策过程 12 决策依据 5 5 决策程序 7 6\n"
        "项目管理 30 资金管理 18 资金使用 10 10 财务管理 8 7\n组织实施 12 组织机构 4 4 管理制度 8 8\n"
        "总分 100 100 100 48"
    )
    assert [(i.level1, i.level2, i.name, *points(i)) for i in facts.indicators] == [
        ("项目决策", "项目目标", "目标内容", 8, 8),
        ("项目决策", "决策过程", "决策依据", 5, 5),
        ("项目决策", "决策过程", "决策程序", 7, 6),
        ("项目管理", "资金管理", "资金使用", 10, 10),
        ("项目管理", "资金管理", "财务管理", 8, 7),
        ("项目管理", "组织实施", "组织机构", 4, 4),
        ("项目管理", "组织实施", "管理制度", 8, 8),
    ]
    assert {fund.column for fund in facts.funds} == {"budget", "received", "spent"}
    assert facts.total_score == 48


def test_explanations_and_scores_of_others_are_left_aside() -> None:
    facts = form(
        "铜山区2021年度项目绩效评价评分表\n序号 一级指标 二级指标 三级指标 指标说明 分值 县级评分 市级评分\n"
        "1 项目决策(8分) 项目立项 立项规范性 项目申请和设立过程是否符合规定 5 5 4\n"
        "2 绩效目标 目标明确性 绩效目标是否细化为具体指标 3 2 2\n合计 8 7 6"
    )
    assert [(i.level2, i.name, *points(i)) for i in facts.indicators] == [
        ("项目立项", "立项规范性", 5, 5),
        ("绩效目标", "目标明确性", 3, 2),
    ]
    assert (number(facts.total_score), facts.fiscal_year) == (7, 2021)


def test_points_behind_names() -> None:
    facts = form(
        "2018年部门整体支出绩效评价得分表 一级指 标 二级指标 三级指标 得分 "
        "部门决 策(15 分) 目标任务(9 分) 相关性(4 分)\n"
        "4 明确性(5 分)\n3 预算编制(6 分) 测算依据(6 分)\n5 综合管理(10 分) 内控建设(10 分) 制度执行情况(10 分)\n9"
    )
    assert [(i.level1, i.level2, i.name, *points(i)) for i in facts.indicators] == [
        ("部门决策", "目标任务", "相关性", 4, 4),
        ("部门决策", "目标任务", "明确性", 5, 3),
        ("部门决策", "预算编制", "测算依据", 6, 5),
        ("综合管理", "内控建设", "制度执行情况", 10, 9),
    ]


def test_cells_of_a_column_may_come_in_a_block() -> None:
    facts = form(
        "2022年度残疾人两项补贴绩效目标自评表 项目名称 残疾人两项补贴 全年预算数(A) 全年执行数(B) 512.5 498.3 "
        "其中:中央财政资金 300.0 300.0 省级财政资金 212.5 198.3 年度资金总额 资金投入情况 (万元) "
        "总体目标 按月发放补贴。 "
        "一级 指标 二级指标 数量指标 三级指标 年度目标指标值 补贴发放人数 2400 补贴发放覆盖率 100% 质量指标 "
        "发放标准达标率 100% 全年实际完 成值 2386 100% 100%"
    )
    assert [(i.level2, i.name, i.target_raw, i.actual_raw) for i in facts.indicators] == [
        ("数量指标", "补贴发放人数", "2400", "2386"),
        ("数量指标", "补贴发放覆盖率", "100%", "100%"),
        ("质量指标", "发放标准达标率", "100%", "100%"),
    ]
    assert sums(facts)[:2] == [("年度资金总额", "budget", "512.5"), ("年度资金总额", "spent", "498.3")]


def test_a_block_of_cells_that_does_not_fit_its_rows_is_told() -> None:
    facts = form(
        "项目名称 助餐补贴 一级指标 二级指标 三级指标 年度目标指标值 助餐点数量 ≥12个 服务人次 ≥4000人次 "
        "全年实际完成值 12个 4100人次 98%"
    )
    assert [i.actual_raw for i in facts.indicators] == [None, None]
    assert any("98%" in gap.quote for gap in facts.gaps)


def test_rows_below_a_row_that_has_the_points() -> None:
    facts = form(
        "项目名称 到户产业补助\n一级指标 二级指标 三级指标 分值 年度指标值 全年实际值 得分\n"
        "产出指标 数量指标 ★补助种植面积 20 20\n    茶园面积 36.5亩 36.5亩\n    果园面积 12亩 11.2亩\n"
        "质量指标 验收合格率 10 100% 100% 10"
    )
    assert [(i.name, *points(i), number(i.target_value)) for i in facts.indicators] == [
        ("★补助种植面积", 20, 20, None),
        ("茶园面积", None, None, 36.5),
        ("果园面积", None, None, 12),
        ("验收合格率", 10, 10, 100),
    ]


def test_levels_of_which_only_the_points_are_left() -> None:
    facts = form(
        "项目名称 排涝泵站维护\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n"
        "(50分) 数量指标 指标1:维护泵站 ≥9座 9座 50 50\n指标2:\n……\n"
        "(30分) 社会效益\n指标 指标1:安全度汛 安全 安全 30 30\n"
        "总分 80 80"
    )
    assert [(i.level1, i.level2, i.name) for i in facts.indicators] == [
        (None, "数量指标", "维护泵站"),
        (None, "社会效益指标", "安全度汛"),
    ]


def test_traditional_characters() -> None:
    facts = form(
        "2023年度資金績效目標自評表 項目名稱 植保體系建設 "
        "資金投入情況(萬元) 全年預算數(A) 全年執行數(B) 預算執行率(B/A) "
        "年度資金總額: 86 64.5 75% 一級指標 二級指標 三級指標 指標值 全年實際完成值 未完成原因和改進措施 "
        "產出指標 數量指標 監測面積 ≥36萬畝 38.2萬畝 無 滿意度指標 服務對象滿意度指標 農戶滿意度 ≥85% 91% 無"
    )
    assert [(i.level2, i.name, i.target_unit) for i in facts.indicators] == [
        ("數量指標", "監測面積", "萬畝"),
        ("服務對象滿意度指標", "農戶滿意度", "%"),
    ]
    assert [number(fund.yuan) for fund in facts.funds] == [860000, 645000]


@pytest.mark.parametrize("separator", [" ", "\n", " | "])
def test_a_column_whose_head_is_not_known_is_passed_over(separator: str) -> None:
    rows = [
        ["项目名称", "垃圾分类宣传"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "取值来源", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "入户宣传户数", "≥3000户", "台账", "3120户", "20", "20"],
        ["质量指标", "分类准确率", "≥85%", "抽查", "83%", "10", "9.76"],
    ]
    facts = form("\n".join(separator.join(row) for row in rows))
    assert [(i.name, number(i.target_value), number(i.actual_value), *points(i)) for i in facts.indicators] == [
        ("入户宣传户数", 3000, 3120, 20, 20),
        ("分类准确率", 85, 83, 10, 9.76),
    ]


def test_lines_whose_cells_are_glued() -> None:
    facts = form(
        "2020年度奖补资金绩效目标自评表\n项目名称油菜轮作奖补\n主管部门江岭县农业农村局实施单位各乡镇人民政府\n"
        "资金情况(万元)全年预算数(A)全年执行数(B)执行率(B/A)\n年度资金总额:250225.590.2%\n其中:县级财政资金250225.590.2%\n"
        "绩效指标一级指标二级指标三级指标年度指标值全年完成值未完成原因和改进措施\n"
        "产出指标数量指标轮作面积≥8000亩7216亩部分田块未腾茬\n技术指导≥12次15次\n时效指标完成时间2020年11月底2020年11月20日"
    )
    assert [(i.name, i.target_raw, i.actual_raw, i.reason) for i in facts.indicators] == [
        ("轮作面积", "≥8000亩", "7216亩", "部分田块未腾茬"),
        ("技术指导", "≥12次", "15次", None),
        ("完成时间", "2020年11月底", "2020年11月20日", None),
    ]
    assert (facts.department, facts.unit) == ("江岭县农业农村局", "各乡镇人民政府")
    assert [fund.raw for fund in facts.funds] == ["250", "225.5", "250", "225.5"]


# --- sums -------------------------------------------------------------------------------------------------------------

INDICATORS = "\n一级指标 二级指标 三级指标 指标值 完成值\n产出指标 数量指标 走访户数 ≥60户 66户"


def test_heads_with_their_sum_behind_them() -> None:
    facts = form("项目名称 巡护经费\n(万元)\n预算数(A) 45万 预算执行率(B/A) 92%\n执行数(B) 41.4万" + INDICATORS)
    assert [(fund.column, number(fund.yuan)) for fund in facts.funds] == [("budget", 450000), ("spent", 414000)]
    assert facts.rates[0].value == 92


def test_heads_and_parts_side_by_side() -> None:
    facts = form(
        "项目名称 巡护经费\n预算执行情况(万元) 预算数: 45 执行数: 41.4\n其中-财政拨款: 40 其中-财政拨款: 37\n"
        "其它资金: 5 其它资金: 4.4" + INDICATORS
    )
    assert [(f.label, f.column, f.raw, f.parent_seq) for f in facts.funds[2:]] == [
        ("其中-财政拨款", "budget", "40", 0),
        ("其中-财政拨款", "spent", "37", 1),
        ("其它资金", "budget", "5", 0),
        ("其它资金", "spent", "4.4", 1),
    ]


def test_columns_that_are_sources_of_money() -> None:
    facts = form(
        "项目名称 管护经费\n项目资金(万元) 中央 省级 县级 合计 执行数 执行率\n120 40 30 190 171 90%" + INDICATORS
    )
    assert sums(facts) == [
        ("合计", "budget", "190"),
        ("合计", "spent", "171"),
        ("中央", "budget", "120"),
        ("省级", "budget", "40"),
        ("县级", "budget", "30"),
    ]


def test_rows_of_sums_under_sources_of_money() -> None:
    facts = form(
        "项目名称 管护经费\n项目资金(万元) 资金来源 合计 省级财政 县区财政\n"
        "计划安排资金 90 60 30\n实际到位资金 90 60 30\n"
        "实际支出资金 84 57 27" + INDICATORS
    )
    assert [(f.label, f.column, f.raw, f.parent_seq) for f in facts.funds if f.column == "spent"] == [
        ("合计", "spent", "84", None),
        ("省级财政", "spent", "57", 2),
        ("县区财政", "spent", "27", 2),
    ]


def test_money_that_was_moved_is_no_budget() -> None:
    facts = form(
        "项目名称 衔接补助资金\n资金情况(万元) 年初预算数(A) 统筹整合(B) 全年预算数(C) 到位数(D) 到位率(D/C) "
        "执行数(E) 执行率(E/C)\n"
        "年度资金总额 900 100 800 800 100% 760 95%"
    )
    assert sums(facts) == [
        ("年度资金总额", "initial_budget", "900"),
        ("年度资金总额", "budget", "800"),
        ("年度资金总额", "received", "800"),
        ("年度资金总额", "spent", "760"),
    ]


def test_a_sum_without_its_column_is_told() -> None:
    facts = form(
        "项目名称 管护经费\n项目资金(万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
        "年度资金总额 90 95 76 10 80% 8\n上年结转资金 5" + INDICATORS
    )
    assert [fund.label for fund in facts.funds] == ["年度资金总额"] * 3
    assert any(gap.quote == "上年结转资金5" for gap in facts.gaps)


# --- doubts -----------------------------------------------------------------------------------------------------------

SCORED = "项目名称 宣传经费\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因\n"


def test_a_value_that_could_be_target_or_actual_is_not_taken() -> None:
    facts = form(SCORED + "产出指标 数量指标 发放手册 3000份 20 20\n质量指标 印刷合格率 100% 100% 10 10")
    assert [(i.name, i.target_raw, i.actual_raw, number(i.score)) for i in facts.indicators] == [
        ("发放手册", None, None, 20),
        ("印刷合格率", "100%", "100%", 10),
    ]
    assert [gap.quote for gap in facts.gaps] == ["产出指标数量指标发放手册3000份20 20"]


def test_a_row_that_is_cut_off_is_told() -> None:
    facts = form(SCORED + "产出指标 数量指标 举办讲座 ≥12场 14场 20 20\n质量指标 讲座质量 良好 良")
    assert [i.name for i in facts.indicators] == ["举办讲座"]
    assert len(facts.gaps) == 1


def test_points_that_a_scan_spoilt_are_told() -> None:
    facts = form(SCORED + "产出指标 数量指标 举办讲座 ≥12场 14场 10 IO\n质量指标 讲座合格率 100% 100% 10 10")
    assert points(facts.indicators[0]) == (10, None)
    assert [gap.kind for gap in facts.gaps] == ["unread_number"]


# --- several forms, and what is none ----------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", ["\n", "\n\n", " "])
def test_each_project_opens_a_form(separator: str) -> None:
    other = PRINTED["rows"].replace("乡镇敬老院消防改造", "殡仪馆改造").replace("2022年度", "2021年度")
    text = separator.join([PRINTED["rows"], other, SPLIT])
    forms = read(text)
    assert [(f.subject, f.fiscal_year, len(f.indicators)) for f in forms] == [
        ("乡镇敬老院消防改造", 2022, 6),
        ("殡仪馆改造", 2021, 6),
        ("流动图书车运行", 2023, 4),
    ]


def test_text_behind_a_form_stays_text() -> None:
    text = (
        SCORED
        + "产出指标 数量指标 举办讲座 ≥12场 14场 20 20\n二、存在的问题\n支出进度偏慢,共有3个项目未完工,涉及120万元。"
    )
    read_text = document(text)
    forms, taken = read_flat_tables(read_text)
    assert [i.name for i in forms[0].indicators] == ["举办讲座"]
    assert taken == {0, 1, 2}


@pytest.mark.parametrize(
    "text",
    [
        "全年预算数500万元,全年执行数480万元,预算执行率96%。项目得分95分。",
        "指标1,培训人数≥300人次,全年实际完成值312人次,完成预期指标。指标2,培训合格率≥95%,实际完成值97%,完成预期指标。",
        "部分三级指标的年度指标值设置偏低,实际完成值远高于指标值,下一步将科学设定分值和权重。",
        "序号 项目名称 预算数 执行数 执行率\n1 道路养护 100 95 95%\n2 桥梁检测 50 48 96%",
    ],
)
def test_running_text_and_lists_are_no_forms(text: str) -> None:
    assert read_flat_tables(document(text)) == ([], set())


@pytest.mark.parametrize(
    "body",
    [
        "1234567890" * 3000,
        "率100%" * 6000,
        "培训人数\n" * 6000,
        "(" * 30_000,
        "|" * 30_000,
        "及时" * 15_000,
        "a\t\t" * 9000,
    ],
)
def test_text_made_to_be_slow_is_left(body: str) -> None:
    head = SCORED + "产出指标 数量指标 举办讲座 ≥12场 14场 20 20\n"
    assert len(read(head + body)) == 1


# --- labelled texts ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the labelled texts are not here")
def test_labelled_tables() -> None:
    """Nine of ten facts of the labelled tables are found, and nine of ten that are found are right."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in (SHARED / "corpus" / "tables_dev.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        gold = score.gold_items(case["gold"])
        got = _items(score, read(case["text"]))
        for key in ("funds", "fiscal_year", "total_score"):
            one, other = Counter(gold[key]), Counter(got[key])
            _count(tally[key], (one & other).total(), one.total(), other.total() if one else 0)
        pairs = score.pair_indicators(gold["indicators"], got["indicators"])
        for part in ("target", "actual", "score", "level2"):
            right = sum(score.indicator_matches(part, one, other) for one, other in pairs)
            _count(tally[part], right, len(gold["indicators"]), len(got["indicators"]))
    for key, (right, labelled, found) in tally.items():
        assert right >= 0.93 * labelled, key
        assert right >= 0.93 * found, key


def _count(counts: list[int], *more: int) -> None:
    for number, value in enumerate(more):
        counts[number] += value


def _items(score: Any, forms: list[TableFacts]) -> dict[str, list[Any]]:
    text = score.number
    return {
        "funds": [(text(fund.yuan), fund.role) for facts in forms for fund in facts.funds],
        "fiscal_year": [text(facts.fiscal_year) for facts in forms],
        "total_score": [text(facts.total_score) for facts in forms if facts.total_score is not None],
        "indicators": [
            {
                "name": i.name,
                "target": (i.operator, text(i.target_value), score.unit(i.target_unit)),
                "actual": (text(i.actual_value), score.unit(i.actual_unit)),
                "raw": (score.plain(i.target_raw), score.plain(i.actual_raw)),
                "score": (text(i.max_score), text(i.score)),
                "level2": score.plain(i.level2),
            }
            for facts in forms
            for i in facts.indicators
        ],
    }
