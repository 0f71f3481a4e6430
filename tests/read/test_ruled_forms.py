"""Forms as offices rule them: columns without a rule, heads printed again, rows and numbers at the end of a page."""

from __future__ import annotations

from collections.abc import Sequence

from pdf_drawing import Drawing, DrawnCell, plain_cells

from extractor.model import Document, Paragraph, Table
from extractor.read.files import read_bytes
from extractor.read.rulings import open_ends, snapped

XS = [60, 120, 190, 320, 400, 470, 530]
HEAD = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分"]


def read(drawing: Drawing) -> Document:
    return read_bytes(drawing.pdf(), "drawn.pdf")


def tables(document: Document) -> list[list[list[str]]]:
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [[[cell.text.tight().string if cell else "∅" for cell in row] for row in table.grid()] for table in found]


def row_cells(row: int, texts: Sequence[str], start: int = 0) -> list[DrawnCell]:
    return [(row, start + column, 1, 1, text.split("\n")) for column, text in enumerate(texts)]


def long_rows(first: int, count: int, start: int = 0) -> list[DrawnCell]:
    cells: list[DrawnCell] = []
    for n in range(count):
        cells += row_cells(start + n, [f"指标{first + n}", f"≥{first + n}个", f"{first + n}个", "2"], 2)
    return cells


def pages(*drawn: tuple[Sequence[float], Sequence[float], Sequence[DrawnCell]]) -> list[list[list[str]]]:
    """The tables of pages with one table each: its columns, its rows, its cells."""
    drawing = Drawing()
    for number, (xs, ys, cells) in enumerate(drawn):
        if number:
            drawing.page()
        drawing.table(xs, ys, cells)
        drawing.text(290, 805, f"- {number + 1} -")
    return tables(read(drawing))


def heights(count: int, height: float = 20, top: float = 100) -> list[float]:
    return [top + height * n for n in range(count + 1)]


# --- rules ------------------------------------------------------------------------------------------------------------


def test_heads_over_heads_leave_no_page_open() -> None:
    """Between two rules that end at one height others go on: nothing is closed there."""
    rows = {0.0: [(0.0, 400.0)], 20.0: [(0.0, 100.0), (300.0, 400.0)], 40.0: [(0.0, 400.0)]}
    columns = {x: [(0.0, 40.0)] for x in (0.0, 100.0, 200.0, 300.0, 400.0)} | {x: [(20.0, 40.0)] for x in (50.0, 350.0)}
    closed = {(round(y), round(a), round(b)) for y, a, b in open_ends(rows, columns)}
    assert (20, 50, 350) not in closed


def test_columns_of_two_blocks_near_each_other_stay_two() -> None:
    double = [(x + shift, 0.0, 50.0) for x in (421.0, 423.5, 427.4, 432.5) for shift in (-0.8, 0.8)]
    assert sorted(round(x, 1) for x in snapped(double)) == [422.2, 427.4, 432.5]


def test_a_hatching_of_near_rules_is_parted_without_end() -> None:
    assert len(snapped([(2.0 * n, 0.0, 50.0) for n in range(1500)])) > 100


# --- columns without a rule -------------------------------------------------------------------------------------------


def open_rows(drawing: Drawing, top: float, rows: Sequence[tuple[str, str, str]], pitch: float = 25) -> None:
    """A column of names, and one that holds weight and score with no rule between them."""
    ys = [top + pitch * n for n in range(len(rows) + 1)]
    drawing.table([60, 200, 300], ys, plain_cells([[name, ""] for name, _, _ in rows]))
    for y, (_, weight, score) in zip(ys, rows, strict=False):
        drawing.text(210, y + 4, weight)
        drawing.text(270, y + 4, score)


def test_an_open_column_is_parted_where_its_heads_are() -> None:
    drawing = Drawing()
    drawing.table([60, 200, 262, 300], [75, 100], plain_cells([["名称", "分值", "得分"]]))
    open_rows(drawing, 100, [("修路", "10", "9.5"), ("架桥", "20", "18"), ("挖渠", "5", "5")])
    assert tables(read(drawing)) == [
        [["名称", "分值", "得分"], ["修路", "10", "9.5"], ["架桥", "20", "18"], ["挖渠", "5", "5"]]
    ]


def test_another_block_above_does_not_move_an_open_column() -> None:
    drawing = Drawing()
    drawing.table([60, 200, 300], [25, 50], plain_cells([["资金总额", "实际使用(万元)"]]))
    drawing.table([60, 200, 262, 300], [50, 75], plain_cells([["名称", "分值", "得分"]]))
    open_rows(drawing, 75, [("修路", "10", "9.5"), ("架桥", "20", "18"), ("挖渠", "5", "5")])
    assert tables(read(drawing))[0][2:] == [["修路", "10", "9.5"], ["架桥", "20", "18"], ["挖渠", "5", "5"]]


def test_one_row_overleaf_has_the_open_columns_of_the_page_before() -> None:
    drawing = Drawing()
    drawing.table([60, 200, 262, 300], [75, 100], plain_cells([["名称", "分值", "得分"]]))
    open_rows(drawing, 100, [(f"指标{n}", "10", "9.5") for n in range(27)])
    drawing.page()
    open_rows(drawing, 60, [("架桥", "8", "8")])
    (table,) = tables(read(drawing))
    assert table[-1] == ["架桥", "8", "8"]


# --- over pages -------------------------------------------------------------------------------------------------------


def test_heads_printed_again_beside_a_tall_cell_are_no_rows() -> None:
    xs = [60, 90, 150, 210, 340, 420, 530]
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "得分"]
    first: list[DrawnCell] = [(0, 0, 1, 6, ["项目名称"]), (1, 0, 31, 1, ["绩效", "指标"]), *row_cells(1, heads, 1)]
    for n in range(30):
        first += row_cells(2 + n, ["产出", "数量", f"指标{n}", "≥3个", "2"], 1)
    second: list[DrawnCell] = [(0, 0, 3, 1, [""]), *row_cells(0, heads, 1)]
    for n in (30, 31):
        second += row_cells(n - 29, ["产出", "数量", f"指标{n}", "≥3个", "2"], 1)
    (table,) = pages((xs, heights(32), first), (xs, heights(3, top=60), second))
    assert len(table) == 34
    assert table[32] == ["绩效指标", "产出", "数量", "指标30", "≥3个", "2"]


def test_a_row_under_heads_that_end_a_page_is_no_rest_of_them() -> None:
    """In narrow columns every word fills its line; that alone does not make a row go on."""
    xs = [60, 106, 152, 198, 224, 300, 326]
    head = ["一级指标", "二级指标", "三级指标", "分值", "指标值", "得分"]
    first: list[DrawnCell] = [(n, 0, 1, 6, [f"说明{n}"]) for n in range(1, 30)]
    first += row_cells(0, ["甲", "乙", "丙", "丁", "戊", "己"]) + row_cells(30, head)
    row = ["产出指标", "数量指标", "建设道路", "20", "", "20"]
    second = [*row_cells(0, row), *row_cells(1, ["", "", "其中桥梁", "", "3", ""])]
    (table,) = pages((xs, heights(31), first), (xs, heights(2, top=60), second))
    assert table[30:32] == [head, row]


def test_rows_that_lack_what_the_other_has_are_two() -> None:
    """A parent has the points, its children have the values."""
    first = [
        *row_cells(0, HEAD),
        *long_rows(1, 29, 1),
        *row_cells(30, ["产出", "数量", "种植业带动农户增加收入情况", "", "", "20"]),
    ]
    second = [*row_cells(0, ["", "", "其中东片区", "≥3户", "3户", ""]), *long_rows(31, 1, 1)]
    (table,) = pages((XS, heights(31), first), (XS, heights(2, top=60), second))
    assert table[31][2:] == ["其中东片区", "≥3户", "3户", ""]


def test_a_level_overleaf_is_no_text_of_a_blank_cell() -> None:
    """Where levels stand once above blank cells a word overleaf is another level."""
    first: list[DrawnCell] = [(0, column, 2, 1, [words]) for column, words in enumerate(HEAD[:5])]
    first += [(0, 5, 1, 1, ["得分"]), (1, 5, 1, 1, ["自评"])]
    first += row_cells(2, ["产出", "数量"]) + long_rows(1, 29, 2)
    first += [cell for n in range(3, 31) for cell in row_cells(n, ["", ""])]
    second = [*row_cells(0, ["效益", "社会"]), *row_cells(1, ["", ""]), *long_rows(31, 2)]
    (table,) = pages((XS, heights(31), first), (XS, heights(2, top=60), second))
    assert [row[:2] for row in table[30:32]] == [["", ""], ["效益", "社会"]]


def test_a_block_with_columns_of_its_own_goes_on_overleaf() -> None:
    """The blocks of a form have columns of their own; the row at the page break tells that it is one form."""
    fields = [60, 90, 160, 230, 280, 350, 375, 420, 490, 530]
    first: list[DrawnCell] = []
    drawing = Drawing()
    drawing.table(fields, [80, 100], row_cells(0, list("甲乙丙丁戊己庚辛壬")))
    for n in range(31):
        first += row_cells(n, ["决策", "立项", f"指标{n}", "1", "2", "3"])
    drawing.table(XS, heights(31), first)
    drawing.page()
    drawing.table(XS, [60, 80], row_cells(0, ["决策", "立项", "指标31", "1", "2", "3"]))
    other = [60, 140, 215, 260, 300, 340, 445, 510, 530]
    drawing.table(other, [80, 100], row_cells(0, list("产数道一二三四五")))
    (table,) = tables(read(drawing))
    assert len(table) == 34
    assert len(set(table[32])) == 6
    assert len(set(table[33])) == 8


# --- numbers in narrow cells ------------------------------------------------------------------------------------------


def narrow_cell(lines: Sequence[str], width: float) -> str:
    drawing = Drawing()
    cells: list[DrawnCell] = [(0, 0, 1, 1, ["金额"]), (0, 1, 1, 1, ["说明"]), (1, 0, 1, 1, lines), (1, 1, 1, 1, ["无"])]
    drawing.table([60, 60 + width, 300], [100, 130, 190], cells)
    return tables(read(drawing))[0][1][0]


def test_a_number_is_whole_though_its_cell_seems_a_little_wider() -> None:
    assert narrow_cell(["100.0", "0%"], 43) == "100.00%"
    assert narrow_cell(["100", "200"], 60) == "100 200"


def test_no_number_ends_inside_a_group_of_thousands() -> None:
    assert narrow_cell(["7,78", "4,74", "4.40"], 45) == "7,784,744.40"
    assert narrow_cell(["7,784", "4,744"], 60) == "7,784 4,744"


# --- titles -----------------------------------------------------------------------------------------------------------


def test_titles_over_tables_side_by_side() -> None:
    drawing = Drawing()
    drawing.text(60, 60, "某县自评材料，含全部项目")
    for x, name in ((60, "甲"), (320, "乙")):
        drawing.text(x + 40, 100, f"{name}项目自评表")
        drawing.text(x + 60, 118, "（2022年度）")
        drawing.table([x, x + 80, x + 200], [140, 165, 190], plain_cells([["项目名称", name], ["得分", "90"]]))
    kinds = [
        block.text.tight().string if isinstance(block, Paragraph) else block.cells[1].text.string
        for block in read(drawing).blocks
    ]
    assert "".join(kinds) == "某县自评材料,含全部项目甲项目自评表(2022年度)甲乙项目自评表(2022年度)乙".replace(
        ",", "，"
    )


def test_titles_over_forms_of_one_body_are_no_running_heads() -> None:
    drawing = Drawing()
    for number in range(3):
        if number:
            drawing.page()
        drawing.text(200, 50, "专项转移支付绩效自评表")
        rows = [["单位名称", "某局"], ["预算执行情况", f"{number}万元"], ["目标", "完成检查"], ["绩效指标", "检查次数"]]
        drawing.table([60, 160, 400], [80, 105, 130, 155, 180], plain_cells(rows))
    assert sum(isinstance(block, Paragraph) for block in read(drawing).blocks) == 3
