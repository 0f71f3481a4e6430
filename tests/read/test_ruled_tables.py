"""Ruled tables as producers draw them, and their stitching over pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pdf_drawing import Drawing, DrawnCell, plain_cells

from extractor.model import Document, Paragraph, Table
from extractor.read.files import read_bytes
from extractor.read.glyphs import RawPage
from extractor.read.paths import add_strokes
from extractor.read.rulings import closed_cells, joined_faces, open_sides, ruled_tables, snapped

XS = [60, 120, 190, 320, 400, 470, 530]
HEAD = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "得分"]
STYLES = ["boxes", "lines", "thin", "double", "dots"]


def read(drawing: Drawing, reader: str = "pdfium") -> Document:
    return read_bytes(drawing.pdf(), "drawn.pdf", reader)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    return [block.text.tight().string for block in document.blocks if isinstance(block, Paragraph)]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text.tight().string if cell else "∅" for cell in row] for row in table.grid()]


def merged_cells() -> list[DrawnCell]:
    """Two header rows, a level that covers three rows and one that covers two."""
    return [
        (0, 0, 2, 1, ["级别"]),
        (0, 1, 1, 2, ["指标"]),
        (0, 3, 1, 2, ["数值"]),
        (0, 5, 2, 1, ["得分"]),
        (1, 1, 1, 1, ["二级"]),
        (1, 2, 1, 1, ["名称"]),
        (1, 3, 1, 1, ["目标"]),
        (1, 4, 1, 1, ["实际"]),
        (2, 0, 3, 1, ["产", "出"]),
        (2, 1, 2, 1, ["数量"]),
        (2, 2, 1, 1, ["桥梁"]),
        (2, 3, 1, 1, ["≥3座"]),
        (2, 4, 1, 1, ["3座"]),
        (2, 5, 1, 1, ["5"]),
        (3, 2, 1, 1, ["道路"]),
        (3, 3, 1, 1, ["≥12.5公里"]),
        (3, 4, 1, 1, ["13公里"]),
        (3, 5, 1, 1, ["5"]),
        (4, 1, 1, 1, ["质量"]),
        (4, 2, 1, 1, ["合格率"]),
        (4, 3, 1, 1, ["=100%"]),
        (4, 4, 1, 1, ["100%"]),
        (4, 5, 1, 1, ["9.5"]),
    ]


MERGED_ROWS = [
    ["级别", "指标", "指标", "数值", "数值", "得分"],
    ["级别", "二级", "名称", "目标", "实际", "得分"],
    ["产出", "数量", "桥梁", "≥3座", "3座", "5"],
    ["产出", "数量", "道路", "≥12.5公里", "13公里", "5"],
    ["产出", "质量", "合格率", "=100%", "100%", "9.5"],
]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("style", STYLES)
def test_merged_cells_in_every_kind_of_rule(style: str, reader: str) -> None:
    drawing = Drawing()
    drawing.table(XS, [100, 122, 144, 166, 188, 210], merged_cells(), style)
    table = tables(read(drawing, reader))[0]
    assert rows(table) == MERGED_ROWS
    spans = {cell.text.string: (cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["级别"] == (2, 1)
    assert spans["数值"] == (1, 2)
    assert spans["数量"] == (2, 1)


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_shaded_cells_are_no_rules_but_white_rules_on_a_shade_are(reader: str) -> None:
    drawing = Drawing()
    canvas = drawing.canvas
    canvas.setFillGray(0.7)
    drawing.box(100, 100, 300, 160, stroke=0, fill=1)
    canvas.setStrokeGray(1)
    for x in (100, 200, 300):
        drawing.rule(x, 100, x, 160, 1)
    for y in (100, 130, 160):
        drawing.rule(100, y, 300, y, 1)
    # White rules on white paper are not seen: this is no table.
    for x in (100, 200, 300):
        drawing.rule(x, 300, x, 360, 1)
    for y in (300, 330, 360):
        drawing.rule(100, y, 300, y, 1)
    canvas.setFillGray(0)
    for top in (104, 304):
        for row, texts in enumerate((("名称", "金额"), ("甲", "5万元"))):
            drawing.text(104, top + 30 * row, texts[0])
            drawing.text(204, top + 30 * row, texts[1])
    found = tables(read(drawing, reader))
    assert [rows(table) for table in found] == [[["名称", "金额"], ["甲", "5万元"]]]


def test_a_table_without_outer_sides_is_closed_at_its_rules_ends() -> None:
    drawing = Drawing()
    for y in (100, 125, 150, 175):
        drawing.rule(60, y, 500, y)
    for x in (200, 350):
        drawing.rule(x, 100, x, 175)
    for row, texts in enumerate((("项目", "预算", "执行"), ("合计", "120.50", "118.20"), ("其中", "20.5", "18.2"))):
        for x, text in zip((70, 210, 360), texts, strict=True):
            drawing.text(x, 105 + 25 * row, text)
    assert rows(tables(read(drawing))[0])[1] == ["合计", "120.50", "118.20"]


def test_two_tables_on_a_page_and_two_side_by_side() -> None:
    drawing = Drawing()
    drawing.text(60, 80, "表一")
    drawing.table([60, 160, 260], [100, 125, 150], plain_cells([["甲", "1"], ["乙", "2"]]))
    drawing.text(60, 200, "表二、表三")
    drawing.table([60, 150, 240], [230, 255, 280], plain_cells([["丙", "3"], ["丁", "4"]]))
    drawing.table([300, 400, 500], [230, 255, 280], plain_cells([["戊", "5"], ["己", "6"]]))
    document = read(drawing)
    kinds = ["表" if isinstance(block, Table) else block.text.string for block in document.blocks]
    assert kinds == ["表一", "表", "表二、表三", "表", "表"]
    assert [rows(table)[1] for table in tables(document)] == [["乙", "2"], ["丁", "4"], ["己", "6"]]


def test_a_frame_around_running_text_is_no_table() -> None:
    drawing = Drawing()
    drawing.box(50, 50, 545, 790)
    drawing.text(80, 100, "框内的正文共12万元")
    document = read(drawing)
    assert not tables(document)
    assert paragraphs(document) == ["框内的正文共12万元"]


def test_words_wrapped_in_a_cell_are_whole_and_lines_that_end_early_are_parted() -> None:
    drawing = Drawing()
    cells: list[DrawnCell] = [
        (0, 0, 1, 1, ["实际完成"]),
        (0, 1, 1, 1, ["说明"]),
        (1, 0, 1, 1, ["257179.3", "6万元"]),
        (1, 1, 1, 1, ["100", "200"]),
    ]
    drawing.table([60, 108, 300], [100, 130, 180], cells)
    table = tables(read(drawing))[0]
    assert rows(table)[1] == ["257179.36万元", "100 200"]
    assert table.cells[3].text.string == "100\n200"


def test_upright_text_in_a_narrow_cell() -> None:
    drawing = Drawing()
    cells: list[DrawnCell] = [(0, 0, 2, 1, list("产出指标")), (0, 1, 1, 1, ["道路"]), (1, 1, 1, 1, ["桥梁"])]
    drawing.table([60, 78, 200], [100, 140, 180], cells)
    assert rows(tables(read(drawing))[0]) == [["产出指标", "道路"], ["产出指标", "桥梁"]]


def test_upright_text_in_two_columns_reads_from_right_to_left() -> None:
    drawing = Drawing()
    drawing.table([60, 110, 200], [100, 140, 180], [(0, 0, 2, 1, ()), (0, 1, 1, 1, ["道路"]), (1, 1, 1, 1, ["桥梁"])])
    drawing.lines(90, 110, "产出指标", pitch=11)
    drawing.lines(66, 110, "五十分", pitch=11)
    assert rows(tables(read(drawing))[0])[0] == ["产出指标五十分", "道路"]


def test_text_that_is_too_long_for_its_cell_stays_one() -> None:
    drawing = Drawing()
    drawing.table([60, 100, 200], [100, 125, 150], plain_cells([["12345678.90", ""], ["甲", "乙"]]))
    assert rows(tables(read(drawing))[0]) == [["12345678.90", ""], ["甲", "乙"]]


def test_neighbouring_cells_are_parted_though_their_texts_nearly_touch() -> None:
    drawing = Drawing()
    drawing.table([60, 100, 140], [100, 125, 150], plain_cells([["", ""], ["甲", "乙"]]))
    drawing.text(61, 104, "一二三")
    drawing.text(91.5, 104, "5", 10)
    drawing.text(101, 104, "7.5", 10)
    assert rows(tables(read(drawing))[0])[0] == ["一二三5", "7.5"]


def test_page_text_has_rows_and_cells_in_order() -> None:
    drawing = Drawing()
    drawing.text(60, 60, "前言")
    drawing.table([60, 160, 260], [100, 125, 150], plain_cells([["甲", "1.5"], ["乙", ""]]))
    drawing.text(60, 200, "后记")
    document = read(drawing)
    assert document.pages[0].text == "前言\n甲\t1.5\n乙\t\n后记"
    number = tables(document)[0].cells[1]
    assert (number.text.origin[0], number.page) == (5, 1)
    assert number.box == pytest.approx((160, 100, 260, 125), abs=1)


# --- the pure steps ---------------------------------------------------------------------------------------------------


def test_strokes_in_line_are_one_rule_and_double_rules_too() -> None:
    assert snapped([(100, 0, 5), (100.4, 5.5, 10), (102, 0, 10), (200, 0, 10)]) == {101: [(0, 10)], 200: [(0, 10)]}


def test_faces_that_no_rule_parts_are_one_area_and_the_outside_is_open() -> None:
    # Two faces beside each other, the left one open above.
    assert joined_faces([bytearray([0, 1]), bytearray([1, 1])], [bytearray([1])] * 3) == [-1, 1]
    assert closed_cells([3, 3, -1, 5], 2) == [(0, 0, 1, 2), (1, 1, 2, 2)]


def test_an_area_that_is_no_rectangle_is_cut_into_rows() -> None:
    assert closed_cells([7, 7, 7, -1], 2) == [(0, 0, 1, 2), (1, 0, 2, 1)]


def test_open_sides_need_a_rule_that_joins_both() -> None:
    rules = {100.0: [(0.0, 300.0)], 130.0: [(0.0, 300.0)]}
    assert open_sides(rules, {}) == []
    assert open_sides(rules, {150.0: [(100.0, 130.0)]}) == [(0.0, 100.0, 130.0), (300.0, 100.0, 130.0)]


def test_paths_draw_what_they_stroke() -> None:
    page = RawPage(1, 500, 500)
    add_strokes(page, [(0, 0), (100, 0), (100, 50), (0, 50)], filled=False, stroked=True, white=False)
    assert (len(page.horizontals), len(page.verticals)) == (2, 1), "an open path has no fourth side"
    add_strokes(page, [(0, 100), (50, 100), (50, 150), (100, 150), (100, 200), (0, 100)], False, True, False)
    assert (len(page.horizontals), len(page.verticals)) == (4, 3), "a staircase is no rectangle"
    add_strokes(page, [(0, 300), (100, 300), (100, 301), (0, 301)], filled=True, stroked=False, white=False)
    assert page.horizontals[-1] == (300.5, 0, 100)
    add_strokes(page, [(0, 300), (100, 300), (100, 350), (0, 350)], filled=True, stroked=False, white=False)
    assert page.shades == [(0, 300, 100, 350)]
    assert (len(page.horizontals), len(page.verticals)) == (5, 3)


def test_an_underline_in_a_cell_parts_nothing() -> None:
    horizontals = [(y, 0.0, 200.0) for y in (0.0, 50.0, 100.0)] + [(30.0, 20.0, 80.0)]
    verticals = [(x, 0.0, 100.0) for x in (0.0, 100.0, 200.0)]
    (table,) = ruled_tables(horizontals, verticals)
    assert len(table.cells) == 4
    assert table.ys == (0.0, 50.0, 100.0)


def test_hatchings_are_given_up_quickly() -> None:
    grid = [(5.0 * n, 0.0, 4000.0) for n in range(800)]
    assert ruled_tables(grid, grid) == []


# --- over pages -------------------------------------------------------------------------------------------------------

LEVEL = ["产出", "数量"]


def row_cells(row: int, texts: Sequence[str], start: int = 0) -> list[DrawnCell]:
    return [(row, start + column, 1, 1, text.split("\n")) for column, text in enumerate(texts) if text != "|"]


def draw_pages(*pages: tuple[Sequence[float], Sequence[DrawnCell]], foot: bool = True) -> Drawing:
    drawing = Drawing()
    for number, (ys, cells) in enumerate(pages):
        if number:
            drawing.page()
        drawing.table(XS, ys, cells)
        if foot:
            drawing.text(290, 805, f"- {number + 1} -")
    return drawing


def full_page(height: float = 20, count: int = 30, top: float = 100) -> list[float]:
    return [top + height * n for n in range(count + 1)]


def long_rows(first: int, count: int, start: int = 0) -> list[DrawnCell]:
    cells: list[DrawnCell] = []
    for n in range(count):
        cells += row_cells(start + n, [f"指标{first + n}", f"≥{first + n}个", f"{first + n}个", "2"], 2)
    return cells


def test_a_row_cut_by_the_page_break_is_one_and_levels_go_on() -> None:
    first = [*row_cells(0, HEAD), (1, 0, 30, 1, ["产出"]), (1, 1, 30, 1, ["数量"]), *long_rows(1, 29, 1)]
    first += row_cells(30, ["加大技术创新项目的投入带\n动社会各方面共同来投", "≥10万元", "12万元", "2"], 2)
    second: list[DrawnCell] = [
        (0, 0, 3, 1, [""]),
        (0, 1, 3, 1, [""]),
        *row_cells(0, ["资", "", "", ""], 2),
        *long_rows(31, 2, 1),
    ]
    ys = [*full_page(20, 30), 734]
    table, *others = tables(read(draw_pages((ys, first), (full_page(20, 3, 60), second))))
    assert not others
    found = rows(table)
    assert (table.row_count, table.first_page, table.last_page) == (33, 1, 2)
    assert found[30] == [*LEVEL, "加大技术创新项目的投入带动社会各方面共同来投资", "≥10万元", "12万元", "2"]
    assert found[31] == [*LEVEL, "指标31", "≥31个", "31个", "2"]
    assert all(row[:2] == LEVEL for row in found[1:])


def test_a_number_cut_by_the_page_break_is_one() -> None:
    first = [*row_cells(0, HEAD), (1, 0, 30, 1, ["产出"]), (1, 1, 30, 1, ["数量"]), *long_rows(1, 29, 1)]
    first += row_cells(30, ["销售额", "≥100元", "123456789012", "2"], 2)
    second: list[DrawnCell] = [(0, 0, 1, 1, [""]), (0, 1, 1, 1, [""]), *row_cells(0, ["", "", "345.67元", ""], 2)]
    table = tables(read(draw_pages((full_page(20, 31), first), ([60, 80], second))))[0]
    assert rows(table)[30][2:] == ["销售额", "≥100元", "123456789012345.67元", "2"]


def test_a_header_printed_again_is_no_row() -> None:
    first = [*row_cells(0, HEAD), (1, 0, 30, 1, ["产出"]), (1, 1, 30, 1, ["数量"]), *long_rows(1, 30, 1)]
    second = [*row_cells(0, HEAD), (1, 0, 2, 1, [""]), (1, 1, 2, 1, [""]), *long_rows(31, 2, 1)]
    (table,) = tables(read(draw_pages((full_page(20, 31), first), (full_page(20, 3, 60), second))))
    found = rows(table)
    assert len(found) == 33
    assert found[31] == [*LEVEL, "指标31", "≥31个", "31个", "2"]


def test_a_new_row_at_the_top_of_a_page_stays_a_row() -> None:
    first = [*row_cells(0, HEAD), (1, 0, 30, 1, ["产出"]), (1, 1, 30, 1, ["数量"]), *long_rows(1, 30, 1)]
    second: list[DrawnCell] = [(0, 0, 2, 1, ["效益"]), (0, 1, 2, 1, ["社会"]), *long_rows(31, 2)]
    (table,) = tables(read(draw_pages((full_page(20, 31), first), (full_page(20, 2, 60), second))))
    found = rows(table)
    assert len(found) == 33
    assert found[30] == [*LEVEL, "指标30", "≥30个", "30个", "2"]
    assert found[31] == ["效益", "社会", "指标31", "≥31个", "31个", "2"]


def test_a_new_row_with_blank_cells_stays_a_row() -> None:
    """A blank 完成值 is a finding of the report, no sign of a row that was cut."""
    first = [*row_cells(0, HEAD), (1, 0, 30, 1, ["产出"]), (1, 1, 30, 1, ["数量"]), *long_rows(1, 30, 1)]
    second: list[DrawnCell] = [
        (0, 0, 2, 1, [""]),
        (0, 1, 2, 1, [""]),
        *row_cells(0, ["新桥", "≥1座", "", "2"], 2),
        *long_rows(32, 1, 1),
    ]
    (table,) = tables(read(draw_pages((full_page(20, 31), first), (full_page(20, 2, 60), second))))
    assert rows(table)[31] == [*LEVEL, "新桥", "≥1座", "", "2"]


def test_a_level_that_begins_in_the_last_row_goes_on() -> None:
    first = [*row_cells(0, HEAD), (1, 0, 29, 1, ["产出"]), (1, 1, 29, 1, ["数量"]), *long_rows(1, 29, 1)]
    first += row_cells(30, ["效益", "社会", "指标30", "≥30个", "30个", "2"])
    second: list[DrawnCell] = [(0, 0, 2, 1, [""]), (0, 1, 2, 1, [""]), *long_rows(31, 2)]
    (table,) = tables(read(draw_pages((full_page(20, 31), first), (full_page(20, 2, 60), second))))
    assert [row[:3] for row in rows(table)[30:]] == [["效益", "社会", f"指标{n}"] for n in (30, 31, 32)]


def test_tables_of_one_form_on_pages_of_their_own_stay_apart() -> None:
    def form(name: str) -> list[DrawnCell]:
        head: list[DrawnCell] = [(0, 0, 1, 2, ["项目名称"]), (0, 2, 1, 4, [name])]
        return [
            *head,
            (1, 0, 1, 2, ["主管部门"]),
            (1, 2, 1, 4, ["某局"]),
            *row_cells(2, HEAD),
            *row_cells(3, ["产出", "数量", "道路", "1", "1", "2"]),
        ]

    document = read(draw_pages(([100, 300, 500, 600, 780], form("修路")), ([100, 300, 500, 600, 780], form("架桥"))))
    assert [rows(table)[0][2] for table in tables(document)] == ["修路", "架桥"]


def test_a_table_that_ends_high_on_its_page_does_not_go_on() -> None:
    first = [*row_cells(0, HEAD), *row_cells(1, ["产出", "数量", "道路", "1公里", "1公里", "2"])]
    second = row_cells(0, ["序号", "类别", "内容", "甲", "乙", "丙"]) + row_cells(1, ["1", "2", "3", "4", "5", "6"])
    drawing = draw_pages((full_page(20, 2), first), (full_page(20, 2, 60), second))
    drawing.page()
    drawing.lines(60, 80, ["正文铺满版心的一行文字" for _ in range(38)])
    assert len(tables(read(drawing))) == 2


def test_text_between_keeps_tables_apart() -> None:
    first = [*row_cells(0, HEAD), *long_rows(1, 30, 1)]
    drawing = Drawing()
    drawing.table(XS, full_page(20, 31), first)
    drawing.page()
    drawing.text(60, 80, "附表二")
    drawing.table(XS, full_page(20, 2, 110), long_rows(31, 2))
    assert len(tables(read(drawing))) == 2


def test_a_table_over_four_pages() -> None:
    pages: list[tuple[Sequence[float], Sequence[DrawnCell]]] = []
    first = [*row_cells(0, HEAD), (1, 0, 30, 1, ["产出"]), (1, 1, 30, 1, ["数量"]), *long_rows(1, 30, 1)]
    pages.append((full_page(20, 31), first))
    for page in range(3):
        cells: list[DrawnCell] = [(0, 0, 31, 1, [""]), (0, 1, 31, 1, [""]), *long_rows(31 + 31 * page, 31)]
        pages.append((full_page(20, 31), cells))
    (table,) = tables(read(draw_pages(*pages)))
    found = rows(table)
    assert len(found) == 1 + 30 + 93
    assert all(row[:2] == LEVEL for row in found[1:])
    assert [row[2] for row in found[1:]] == [f"指标{n}" for n in range(1, 124)]


def test_a_long_text_that_fills_a_row_alone_goes_on_overleaf() -> None:
    first: list[DrawnCell] = [
        *row_cells(0, HEAD),
        *long_rows(1, 29, 1),
        (30, 0, 1, 6, ["说明：" + "本" * 40, "项" * 46]),
    ]
    second: list[DrawnCell] = [(0, 0, 1, 6, ["目已经完成。"])]
    (table,) = tables(read(draw_pages(([*full_page(20, 30), 734], first), ([60, 80], second))))
    assert rows(table)[-1][0] == "说明:" + "本" * 40 + "项" * 46 + "目已经完成。"


def test_columns_that_no_rule_parts() -> None:
    drawing = Drawing()
    texts = [["名称", "分值   得分"], ["修路", ""], ["架桥", ""], ["挖渠", ""]]
    drawing.table([60, 160, 300], [100, 125, 150, 175, 200], plain_cells([[row[0], ""] for row in texts]))
    for row, (weight, score) in enumerate((("分值", "得分"), ("10", "9.5"), ("20", "18"), ("5", "5"))):
        drawing.text(170, 104 + 25 * row, weight)
        drawing.text(240, 104 + 25 * row, score)
    table = tables(read(drawing))[0]
    assert rows(table) == [["名称", "分值", "得分"], ["修路", "10", "9.5"], ["架桥", "20", "18"], ["挖渠", "5", "5"]]


def test_labels_that_are_spaced_out_are_one_column() -> None:
    drawing = Drawing()
    drawing.table([60, 160, 300], [100, 125, 150, 175], plain_cells([["", "甲"], ["", "乙"], ["", "丙"]]))
    for row, (left, right) in enumerate((("名", "称"), ("单", "位"), ("部", "门"))):
        drawing.text(64, 104 + 25 * row, left)
        drawing.text(140, 104 + 25 * row, right)
    assert rows(tables(read(drawing))[0]) == [["名称", "甲"], ["单位", "乙"], ["部门", "丙"]]


def test_a_page_break_that_leaves_cells_open() -> None:
    """Some producers draw no rule where a page cuts a row, and none around a level that goes on overleaf."""
    drawing = Drawing()
    for y in (100, 400, 740):
        drawing.rule(60, y, 500, y)
    drawing.rule(160, 600, 500, 600)
    for x in (60, 160, 300, 500):
        drawing.rule(x, 100, x, 790)
    drawing.lines(70, 105, ["一级"])
    for y, name, value in (
        (105, "名称", "数值"),
        (405, "道路", "12.5公里"),
        (605, "桥梁", "3座"),
        (745, "农村饮水安全巩固提升项目", ""),
    ):
        drawing.text(164, y, name)
        drawing.text(310, y, value)
    drawing.text(70, 500, "产出")
    drawing.page()
    drawing.rule(60, 120, 500, 120)
    for x in (60, 160, 300, 500):
        drawing.rule(x, 60, x, 120)
    drawing.text(70, 80, "效益")
    drawing.text(164, 70, "工程")
    drawing.text(310, 70, "7处")
    (table,) = tables(read(drawing))
    assert rows(table) == [
        ["一级", "名称", "数值"],
        ["产出", "道路", "12.5公里"],
        ["产出", "桥梁", "3座"],
        ["效益", "农村饮水安全巩固提升项目工程", "7处"],
    ]
