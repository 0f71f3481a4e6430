"""Passages, the marks of headings and their levels, the path of headings, and what web copies do to them."""

from __future__ import annotations

import time

import pytest
from texts import read

from extractor.find.outline import heading_text, is_bare_heading, level1_of, level2_of, mark, printed_level, sections


@pytest.mark.parametrize(
    ("string", "level", "ordinal"),
    [
        ("第四部分 附件", 0, "4"),
        ("一、基本情况", 1, "1"),
        ("十二、其他", 1, "12"),
        ("三.问题", 1, "3"),
        ("(二)资金投入情况", 2, "2"),
        ("〔二〕资金投入情况", 2, "2"),
        ("1.数量指标", 3, "1"),
        ("2、质量指标", 3, "2"),
        ("1.2031年中央财政下达", 3, "1"),
        ("(3)时效指标", 4, "3"),
        ("②质量", 4, "2"),
        ("⑶时效", 4, "3"),
        ("4)成本", 4, "4"),
        ("1.5万元", None, None),
        ("2031.3", None, None),
        ("12家企业", None, None),
        ("一是强化管理", None, None),
        ("(12个)", None, None),
        ("第四条 本办法", None, None),
        ("", None, None),
    ],
)
def test_mark(string: str, level: int | None, ordinal: str | None) -> None:
    assert mark(string) == (level, ordinal)


def test_headings_inside_a_paragraph_begin_passages_of_their_own() -> None:
    _, passages = read(
        "现将情况报告如下:   一、基本情况   下达12万元。二、绩效分析。(一)资金投入。全部到位。(二)资金管理。制度健全。"
    )
    assert [(p.text.string, p.level) for p in passages] == [
        ("现将情况报告如下:", None),
        ("一、基本情况", 1),
        ("下达12万元。", None),
        ("二、绩效分析。", 1),
        ("(一)资金投入。全部到位。", 2),
        ("(二)资金管理。制度健全。", 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年支出资金,其中结核病防治 30\n6.4 万元,病媒监测22万元。",
            ["全年支出资金,其中结核病防治306.4万元,病媒监测22万元。"],
        ),
        ("全县卫生院,实际使用资金 471.73\n万元,使用率97%。", ["全县卫生院,实际使用资金471.73万元,使用率97%。"]),
        ("上年结转16万元,可用资金合计 2,010.78 万\n元。", ["上年结转16万元,可用资金合计2,010.78万元。"]),
        (
            "下达我县补助资金(云财社〔2031〕5号、\n云财社〔2031〕9号)80万元。",
            ["下达我县补助资金(云财社〔2031〕5号、云财社〔2031〕9号)80万元。"],
        ),
        (
            "收到中央补助资金120.5万元,省级补助资金\n30.5万元,全部到位。",
            ["收到中央补助资金120.5万元,省级补助资金30.5万元,全部到位。"],
        ),
        ("下达资金80万元,用于新建卫生室和添置设\n备。", ["下达资金80万元,用于新建卫生室和添置设备。"]),
        ("全县卫生院,实际使用资金 471.73\n— 2 —\n万元。", ["全县卫生院,实际使用资金471.73万元。", "—2—"]),
        # A sentence that ended, a heading, a list and the cells of a form are not joined.
        ("下达资金80万元,全部到位。\n30万元为中央资金。", ["下达资金80万元,全部到位。", "30万元为中央资金。"]),
        ("四、其他需要说明的问题,情况\n无。", ["四、其他需要说明的问题,情况", "无。"]),
        (
            "资金分配如下,其中:\n1.道路80万元;\n2.桥梁30万元。",
            ["资金分配如下,其中:", "1.道路80万元;", "2.桥梁30万元。"],
        ),
        ("全年预算数\n12.5\n万元", ["全年预算数", "12.5", "万元"]),
    ],
)
def test_lines_that_end_inside_a_sentence(text: str, expected: list[str]) -> None:
    _, passages = read(text)
    assert [passage.text.string for passage in passages] == expected


def test_a_line_holds_a_whole_report() -> None:
    _, passages = read(
        "某县2031年自评报告 一、资金安排情况 2031年投入80万元。 二、资金使用情况 (一)支出情况 支出70万元。"
    )
    assert [(p.text.string, p.level) for p in passages] == [
        ("某县2031年自评报告", None),
        ("一、资金安排情况", 1),
        ("2031年投入80万元。", None),
        ("二、资金使用情况", 1),
        ("(一)支出情况", 2),
        ("支出70万元。", None),
    ]


def test_numbers_that_do_not_count_on_are_no_headings() -> None:
    _, passages = read("一、资金情况。按(三)项执行。5.其他要求见附件。")
    assert len(passages) == 1


def test_passages_lead_back_to_the_source() -> None:
    source = "一、資金 情況\n全年執(zhí)行數(shù)７０ 万元。"
    document, passages = read(source)
    assert [p.text.string for p in passages] == ["一、資金情況", "全年執行數70万元。"]
    start = passages[1].text.string.index("70万元")
    span = passages[1].text.span(start, start + 4)
    assert document.pages[0].text[span.start : span.end] == "７０ 万元"


def test_units_in_brackets_are_no_debris() -> None:
    _, passages = read("长度(m)、重量(kg)、发(fā)放")
    assert passages[0].text.string == "长度(m)、重量(kg)、发放"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("(一)资金投入情况分析。全年下达12万元。", "资金投入情况分析"),
        ("1.数量指标:道路12公里。", "数量指标"),
        ("一、基本情况", "基本情况"),
        ("总体绩效情况分析", "总体绩效情况分析"),
        ("4.成本指标统一标准发放指标为100%实际完成值为100%", "成本指标"),
        (
            "3.项目建设单位按照合同约定及时支付了全部工程款项并且按照规定完成了竣工结算和财务决算的编制以及审核工作没有遗留问题",
            "",
        ),
        ("全年下达资金12万元。", ""),
    ],
)
def test_heading_text(text: str, heading: str) -> None:
    _, passages = read(text)
    assert heading_text(passages[0]) == heading


@pytest.mark.parametrize("string", ["绩效目标分解下达情况", "存在的主要问题", "数量指标:", "績效目標完成情況"])
def test_bare_heading(string: str) -> None:
    assert is_bare_heading(string)


@pytest.mark.parametrize("string", ["资金全部到位,按时完成目标", "全年支出12万元的情况", "第三方评价情况"])
def test_no_bare_heading(string: str) -> None:
    assert not is_bare_heading(string)


def test_sections_are_paths() -> None:
    _, passages = read("一、绩效分析\n(一)资金投入\n全部到位。\n1.到位情况\n(二)资金管理\n二、问题\n无。")
    assert sections(passages) == [
        ("绩效分析",),
        ("绩效分析", "资金投入"),
        ("绩效分析", "资金投入"),
        ("绩效分析", "资金投入", "到位情况"),
        ("绩效分析", "资金管理"),
        ("问题",),
        ("问题",),
    ]


@pytest.mark.parametrize(
    ("heading", "level2", "printed"),
    [
        ("数量指标", "数量指标", "数量指标"),
        ("产出数量指标", "数量指标", "产出数量指标"),
        ("实效指标", "时效指标", "实效指标"),
        ("进度指标", "时效指标", "进度指标"),
        ("经济效益", "经济效益指标", "经济效益"),
        ("服务对象满意度指标完成情况分析", "服务对象满意度指标", "服务对象满意度指标"),
        ("生態效益指標", "生态效益指标", "生態效益指標"),
        ("可持续影响指标", "可持续影响指标", "可持续影响指标"),
        ("资金投入情况", None, None),
    ],
)
def test_levels_of_the_indicator_tree(heading: str, level2: str | None, printed: str | None) -> None:
    assert (level2_of(heading), printed_level(heading)) == (level2, printed)


@pytest.mark.parametrize(
    ("heading", "level1"), [("产出指标完成情况分析", "产出指标"), ("效益指标", "效益指标"), ("产出数量指标", None)]
)
def test_first_level(heading: str, level1: str | None) -> None:
    assert level1_of(heading) == level1


@pytest.mark.parametrize("text", ["一、", "(一)", "。1.", " ", "1.2031年", "①", "(fā)", "发(f"])
def test_long_hostile_text_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    _, passages = read(text * (100_000 // len(text)) + "。")
    sections(passages)
    assert time.perf_counter() - start < 20
