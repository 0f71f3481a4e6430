"""Heads that are printed again on the next page although they stand further down in their table."""

from __future__ import annotations

from collections.abc import Sequence

from pdf_drawing import Drawing, DrawnCell, plain_cells

from extractor.model import Table
from extractor.read.files import read_bytes

XS = [60, 130, 200, 330, 430, 530]
HEAD = ["一级指标", "二级指标", "三级指标", "指标值", "完成值"]


def tables(drawing: Drawing) -> list[list[list[str]]]:
    document = read_bytes(drawing.pdf(), "drawn.pdf")
    return [
        [[cell.text.tight().string if cell else "∅" for cell in row] for row in block.grid()]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def placed(rows: Sequence[Sequence[str]], start: int) -> list[DrawnCell]:
    return [(row + start, column, down, right, text) for row, column, down, right, text in plain_cells(rows)]


def test_heads_of_the_lower_part_of_a_form_are_dropped_on_the_next_page() -> None:
    drawing = Drawing()
    form: list[DrawnCell] = [(0, 0, 1, 2, ["项目名称"]), (0, 2, 1, 3, ["道路养护经费"])]
    levels: list[DrawnCell] = [(2, 0, 2, 1, ["产出指标"]), (2, 1, 2, 1, ["数量指标"])]
    values: list[DrawnCell] = [
        (row, column, 1, 1, [text])
        for row, texts in ((2, ("修复路面", "≥8公里", "9公里")), (3, ("更换路灯", "≥40盏", "42盏")))
        for column, text in enumerate(texts, 2)
    ]
    drawing.table(XS, [690, 715, 740, 765, 790], [*form, *placed([HEAD], 1), *levels, *values])
    drawing.page()
    rest = [["", "", "疏通管网", "≥3公里", "3.5公里"], ["效益指标", "社会效益", "完好率", "≥95%", "96%"]]
    drawing.table(XS, [60, 85, 110, 135], placed([HEAD, *rest], 0))
    assert tables(drawing) == [
        [
            ["项目名称", "项目名称", "道路养护经费", "道路养护经费", "道路养护经费"],
            HEAD,
            ["产出指标", "数量指标", "修复路面", "≥8公里", "9公里"],
            ["产出指标", "数量指标", "更换路灯", "≥40盏", "42盏"],
            ["产出指标", "数量指标", "疏通管网", "≥3公里", "3.5公里"],
            ["效益指标", "社会效益", "完好率", "≥95%", "96%"],
        ]
    ]


def test_heads_of_a_second_form_that_began_on_the_page_before_are_its_own() -> None:
    drawing = Drawing()
    first: list[DrawnCell] = [(0, 0, 1, 2, ["项目名称"]), (0, 2, 1, 3, ["道路养护经费"])]
    second: list[DrawnCell] = [(3, 0, 1, 2, ["项目名称"]), (3, 2, 1, 3, ["桥梁养护经费"])]
    row = ["产出指标", "数量指标", "修复路面", "≥8公里", "9公里"]
    drawing.table(XS, [690, 715, 740, 765, 790], [*first, *placed([HEAD, row], 1), *second])
    drawing.page()
    drawing.table(XS, [60, 85, 110], placed([HEAD, ["产出指标", "数量指标", "养护桥梁", "≥3座", "3座"]], 0))
    found = [row for table in tables(drawing) for row in table]
    assert [row[2] for row in found] == ["道路养护经费", "三级指标", "修复路面", "桥梁养护经费", "三级指标", "养护桥梁"]
