"""Self-evaluation forms as departments print them: merged heads between levels, one form a page with one title."""

from __future__ import annotations

import pytest
from pdf_drawing import Drawing, DrawnCell, plain_cells

from extractor.model import Document, Paragraph, Table
from extractor.read.files import read_bytes

XS = [60, 100, 150, 200, 330, 430, 530]


def read(drawing: Drawing) -> Document:
    return read_bytes(drawing.pdf(), "drawn.pdf")


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text.tight().string if cell else "∅" for cell in row] for row in block.grid()]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def paragraphs(document: Document) -> list[str]:
    return [block.text.tight().string for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("style", ["boxes", "lines"])
def test_a_head_over_two_columns_between_rows_that_part_them_is_one(style: str) -> None:
    drawing = Drawing()
    cells: list[DrawnCell] = [
        (0, 0, 2, 1, ["目标"]),
        (0, 1, 1, 3, ["预期"]),
        (0, 4, 1, 2, ["实际"]),
        (1, 1, 1, 3, ["修路"]),
        (1, 4, 1, 2, ["已修"]),
        # The head lies between two rules of one length, from the second column to the end.
        (2, 0, 1, 2, ["一级指标"]),
        (2, 2, 1, 1, ["二级"]),
        (2, 3, 1, 1, ["三级指标"]),
        (2, 4, 1, 1, ["指标值"]),
        (2, 5, 1, 1, ["完成值"]),
        (3, 0, 2, 1, ["绩效"]),
        (3, 1, 1, 1, ["产出"]),
        (3, 2, 1, 1, ["数量"]),
        (3, 3, 1, 1, ["修复路面"]),
        (3, 4, 1, 1, ["≥8公里"]),
        (3, 5, 1, 1, ["9公里"]),
        (4, 1, 1, 1, ["效益"]),
        (4, 2, 1, 1, ["社会"]),
        (4, 3, 1, 1, ["完好率"]),
        (4, 4, 1, 1, ["≥95%"]),
        (4, 5, 1, 1, ["96%"]),
    ]
    drawing.table(XS, [100, 125, 150, 175, 200, 225], cells, style)
    assert tables(read(drawing))[0][2] == ["一级指标", "一级指标", "二级", "三级指标", "指标值", "完成值"]


def form(project: str) -> list[DrawnCell]:
    return plain_cells([["项目名称", project], ["主管部门", "民政局"], ["执行率", "98%"]])


def test_the_title_over_each_of_several_forms_is_no_running_head() -> None:
    drawing = Drawing()
    drawing.text(60, 40, "民政局部门决算公开")
    drawing.lines(60, 150, ["现将各项目自评表予以公开。"])
    for project in ("低保补助", "临时救助", "养老服务"):
        drawing.page()
        drawing.text(60, 40, "民政局部门决算公开")
        drawing.text(200, 65, "项目支出绩效自评表")
        drawing.table([60, 160, 360], [90, 115, 140, 165], form(project))
    document = read(drawing)
    assert paragraphs(document) == ["现将各项目自评表予以公开。", *["项目支出绩效自评表"] * 3]


def test_a_title_repeated_over_one_table_that_goes_on_is_a_running_head() -> None:
    drawing = Drawing()
    for page in range(3):
        if page:
            drawing.page()
        drawing.text(200, 65, "项目支出绩效自评表")
        count = 28 if page < 2 else 3
        body = [[f"项目{page}{number:02d}", f"{number}万元"] for number in range(count)]
        drawing.table([60, 160, 360], [90 + 25 * n for n in range(count + 2)], plain_cells([["项目", "金额"], *body]))
    document = read(drawing)
    assert paragraphs(document) == []
    assert [len(table) for table in tables(document)] == [1 + 28 + 28 + 3]
