"""Ruled forms: heads over heads, sums in every arrangement, levels and rows that a page break cut."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from extractor.find.tables.evaluations import read_tables
from extractor.find.tables.facts import TableFacts
from extractor.find.tables.values import join_value, read_value
from extractor.model import Cell, Document, Page, Table
from extractor.text import Text

Rows = Sequence[Sequence[str]]


def form(*pages: Rows) -> TableFacts:
    """The one form of a table over these pages; `<` goes on from the left, `^` from above."""
    found = read_tables(drawn(*pages))
    assert len(found) == 1
    return found[0]


def drawn(*pages: Rows) -> Document:
    rows = [(number, row) for number, page in enumerate(pages, 1) for row in page]
    spans = _spans([row for _, row in rows])
    texts, cells, start = [""] * len(pages), [], 0
    for at, (number, row) in enumerate(rows):
        if at and rows[at - 1][0] != number:
            start += 1
        for column, words in enumerate(row):
            if words in ("<", "^"):
                continue
            text = Text.of(words, start)
            cells.append(Cell(at, column, *spans[at, column], text, number))
            texts[number - 1] += words + "\t"
            start += len(words) + 1
    table = Table(tuple(cells), len(rows), len(rows[0][1]), 1, len(pages))
    printed = tuple(Page(n, text, 600, 800, [1.0] * 4 * len(text)) for n, text in enumerate(texts, 1))
    return Document("f.pdf", "0" * 64, "pdf", printed, (table,))


def _spans(rows: Rows) -> dict[tuple[int, int], tuple[int, int]]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for at, row in enumerate(rows):
        for column in range(len(row)):
            right = column + 1
            while right < len(row) and row[right] == "<":
                right += 1
            below = at + 1
            while below < len(rows) and rows[below][column] == "^":
                below += 1
            spans[at, column] = (below - at, right - column)
    return spans


def sums(facts: TableFacts) -> list[tuple[str, str | None, str]]:
    return [(fund.label, fund.column, fund.raw) for fund in facts.funds]


def points(facts: TableFacts) -> tuple[Decimal | None, Decimal | None]:
    return facts.indicators[0].max_score, facts.indicators[0].score


def names(facts: TableFacts) -> list[tuple[str | None, str | None, str]]:
    return [(i.level1, i.level2, i.name) for i in facts.indicators]


HEADS = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]

# --- heads ------------------------------------------------------------------------------------------------------------


def test_heads_over_heads() -> None:
    facts = form(
        [
            ["绩效指标", "<", "<", "年度指标值", "<", "<", "实际完成值", "分值", "得分"],
            ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "^", "^", "^"],
            ["产出指标", "数量指标", "修路", "≥", "3", "公里", "3.2", "10", "9"],
        ]
    )
    (row,) = facts.indicators
    assert (row.operator, row.target_raw, row.target_unit, row.actual_raw) == ("≥", "≥3公里", "公里", "3.2")
    assert points(facts) == (Decimal(10), Decimal(9))


def test_the_lower_line_alone_may_name_the_rows() -> None:
    facts = form(
        [
            ["绩效指标", "<", "<", "年度指标值", "全年完成值"],
            ["一级指标", "二级指标", "三级指标", "^", "^"],
            ["产出指标", "数量指标", "修路", "≥3公里", "3公里"],
        ]
    )
    assert names(facts) == [("产出指标", "数量指标", "修路")]
    assert facts.indicators[0].actual_value == 3


def test_what_stands_beside_the_block_is_no_head() -> None:
    facts = form(
        [
            ["绩效指标完成情况", "一级指标", "二级指标", "三级指标", "预期", "实际"],
            ["^", "产出指标", "数量指标", "修路", "≥3公里", "3公里"],
            ["^", "^", "^", "架桥", "≥2座", "2座"],
            ["^", "^", "质量指标", "合格率", "100%", "100%"],
        ]
    )
    assert [row[2] for row in names(facts)] == ["修路", "架桥", "合格率"]


def test_heads_that_a_page_break_cut() -> None:
    facts = form(
        [["绩效指标", "<", "<", "年度指标值", "单项指标实际完成", "得分"]],
        [["一级指标", "二级指标", "三级指标", "", "值", ""], ["产出指标", "数量指标", "修路", "≥3公里", "3公里", "8"]],
    )
    (row,) = facts.indicators
    assert (row.target_raw, row.actual_raw, str(row.score)) == ("≥3公里", "3公里", "8")


def test_points_beside_each_level() -> None:
    facts = form(
        [
            ["一级指标", "分值", "<", "二级指标", "分值", "<", "三级指标", "分值", "得分"],
            ["项目决策", "20", "<", "项目立项", "12", "<", "立项依据", "5", "4"],
        ]
    )
    assert points(facts) == (Decimal(5), Decimal(4))
    assert {(w.kind, str(w.max_score)) for w in facts.weights} == {("level1", "20"), ("level2", "12")}


def test_figures_of_two_cells_under_one_head_do_not_run_together() -> None:
    facts = form(
        [[*HEADS[:5], "分值", "<", "得分"], ["产出指标", "数量指标", "修路", "≥3公里", "3公里", "5", "4.9", "4"]]
    )
    assert facts.indicators[0].max_score is None
    assert [gap.quote for gap in facts.gaps] == ["5 4.9"]


# --- over pages -------------------------------------------------------------------------------------------------------


def test_levels_go_on_below_heads_printed_again() -> None:
    facts = form(
        [HEADS, ["产出指标", "数量指标", "修路", "≥3公里", "3公里", "5", "5"]],
        [HEADS, ["", "", "架桥", "≥2座", "2座", "5", "5"]],
    )
    assert names(facts) == [("产出指标", "数量指标", "修路"), ("产出指标", "数量指标", "架桥")]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("社会效益", "指标", "社会效益指标"),
        ("社会效", "益指标", "社会效益指标"),
        ("社会效益指标", "(20分)", "社会效益指标"),
        ("社会效益指标", "生态效益指标", None),
    ],
)
def test_a_level_that_a_page_break_cut(first: str, second: str, whole: str | None) -> None:
    facts = form(
        [HEADS, ["效益指标", first, "出行便利", "便利", "便利", "5", "5"]],
        [["", second, "出行安全", "安全", "安全", "5", "5"]],
    )
    assert [row[1] for row in names(facts)] == ([whole, whole] if whole else [first, second])


def test_a_level_over_three_pages() -> None:
    facts = form(
        [HEADS, ["满意度", "满意度指标", "甲满意度", "≥90%", "91%", "5", "5"]],
        [["指", "", "乙满意度", "≥90%", "92%", "5", "5"]],
        [["标", "", "丙满意度", "≥90%", "93%", "5", "5"]],
    )
    assert [row[0] for row in names(facts)] == ["满意度指标"] * 3


def test_what_a_page_break_leaves_of_a_row() -> None:
    heads = [*HEADS, "偏差原因分析"]
    facts = form(
        [heads, ["效益指标", "经济效益", "带动社会", "≥3亿元", "3亿元", "5", "4", "供货延迟,"]],
        [
            ["", "指标", "投资", "", "", "", "", "工期顺延"],
            ["", "社会效益指标", "就业人数", "≥9人", "9人", "5", "5", ""],
        ],
    )
    assert names(facts) == [("效益指标", "经济效益指标", "带动社会投资"), ("效益指标", "社会效益指标", "就业人数")]
    assert facts.indicators[0].reason == "供货延迟,工期顺延"
    assert facts.gaps == ()


def test_a_row_that_the_form_left_open_is_no_rest_of_a_name() -> None:
    document = drawn(
        [HEADS, ["产出指标", "数量指标", "指标1:修路", "≥3公里", "3公里", "5", "5"]],
        [["", "", "指标2:", "", "", "", ""]],
    )
    table = document.blocks[0]
    assert isinstance(table, Table)
    cells = [cell for cell in table.cells if cell.text.string not in ("指标1:修路", "指标2:")]
    parts = [next(cell for cell in table.cells if cell.text.string == words) for words in ("指标1:修路", "指标2:")]
    cells.append(Cell(1, 2, 1, 1, Text.join([part.text for part in parts]), 1))
    joined = Table(tuple(cells), 2, table.column_count, 1, 2)
    (facts,) = read_tables(Document("f.pdf", "0" * 64, "pdf", document.pages, (joined,)))
    assert [row[2] for row in names(facts)] == ["修路"]


# --- sums -------------------------------------------------------------------------------------------------------------


def test_sources_of_money_as_columns() -> None:
    facts = form(
        [
            ["资金(万元)", "中央", "省地", "本级", "合计", "执行数", "执行率"],
            ["^", "30", "20", "10", "60", "57", "95%"],
        ]
    )
    assert sorted(sums(facts)) == [
        ("中央", "budget", "30"),
        ("合计", "budget", "60"),
        ("合计", "spent", "57"),
        ("本级", "budget", "10"),
        ("省地", "budget", "20"),
    ]


def test_sums_by_source_under_each_head() -> None:
    facts = form(
        [
            ["资金(万元)", "计划投入", "<", "<", "实际到位", "<", "<"],
            ["^", "小计", "中央", "省级", "小计", "中央", "省级"],
            ["^", "50", "30", "20", "45", "30", "15"],
        ]
    )
    assert [fund.label for fund in facts.funds if fund.parent_seq is None] == ["小计", "小计"]
    assert ("省级", "received", "15") in sums(facts)


def test_sums_beside_their_labels() -> None:
    facts = form(
        [
            ["预算执行情况(万元)", "转移支付预算数(A)", "23万", "预算执行率(B/A)", "95%"],
            ["^", "转移支付执行数(B)", "21.8万", "", ""],
        ]
    )
    assert sums(facts) == [("转移支付预算数(A)", "budget", "23万"), ("转移支付执行数(B)", "spent", "21.8万")]


def test_three_blocks_of_labels_and_sums_side_by_side() -> None:
    facts = form(
        [
            ["二、预算执行情况", "预算安排情况(调整后)", "<", "资金到位情况", "<", "资金执行情况", "<"],
            ["^", "预算数", "9.25", "到位数", "9.25", "执行数", "8.88"],
            ["^", "其中:财政资金", "9.25", "其中:财政资金", "9.25", "其中:财政资金", "8.88"],
        ]
    )
    assert sums(facts) == [
        ("预算数", "budget", "9.25"),
        ("预算数", "received", "9.25"),
        ("预算数", "spent", "8.88"),
        ("其中:财政资金", "budget", "9.25"),
        ("其中:财政资金", "received", "9.25"),
        ("其中:财政资金", "spent", "8.88"),
    ]


def test_the_head_over_the_labels_is_no_column_of_sums() -> None:
    facts = form(
        [
            ["预算执行情况", "年度预算数(万元)", "年初预算", "调整后预算数", "预算执行数"],
            ["^", "总额", "96.4", "101.37", "100"],
            ["^", "其中:财政资金", "96.4", "101.37", "100"],
        ]
    )
    assert sums(facts)[:3] == [
        ("总额", "initial_budget", "96.4"),
        ("总额", "budget", "101.37"),
        ("总额", "spent", "100"),
    ]


# --- head and values --------------------------------------------------------------------------------------------------


def test_the_body_that_carries_out_goes_before_the_one_that_fills_in() -> None:
    rows = [["单位名称", "某区商务局"], ["实施单位", "外贸服务中心"], ["项目名称", "平台扶持"]]
    assert form(rows).unit == "外贸服务中心"
    assert form([rows[0], rows[2]]).unit == "某区商务局"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("≥35座次", ("≥", Decimal(35), "座次")),
        ("20标段", (None, Decimal(20), "标段")),
        ("312家次", (None, Decimal(312), "家次")),
        ("9月前", (None, None, None)),
        ("3名教师", (None, None, None)),
    ],
)
def test_measure_words_that_are_no_known_unit(cell: str, value: tuple[str | None, Decimal | None, str | None]) -> None:
    read = read_value(cell)
    assert read is not None
    assert (read.operator, read.value, read.unit) == value


@pytest.mark.parametrize(("unit", "name"), [("台(套)", "台(套)"), ("人(人数)", "人"), ("%(百分比)", "%")])
def test_what_stands_in_brackets_in_a_column_of_units(unit: str, name: str) -> None:
    value = join_value(Text.of("≥"), Text.of("30"), Text.of(unit))
    assert value is not None
    assert (value.raw, value.unit) == (f"≥30{unit}", name)


def test_rows_about_the_management_of_money_are_known() -> None:
    facts = form([["项目名称", "修路"], ["资金管理情况", "30日内下达"]])
    assert facts.gaps == ()
