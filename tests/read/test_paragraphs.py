"""Running heads, paragraphs over line and page breaks, and pages in columns."""

from __future__ import annotations

import pytest
from pdf_drawing import FONT, Drawing
from reportlab.pdfbase import pdfmetrics

from extractor.model import Document, Paragraph
from extractor.read.files import read_bytes

#: Forty-two characters of ten points from 86 on reach to 506; paragraphs are indented by two.
LEFT, SIZE, PITCH = 86, 10, 20


def read(drawing: Drawing) -> Document:
    return read_bytes(drawing.pdf(), "drawn.pdf")


def paragraphs(document: Document) -> list[str]:
    return [block.text.tight().string for block in document.blocks if isinstance(block, Paragraph)]


def wrapped(text: str, width: int = 420) -> list[str]:
    """The lines of a paragraph, broken where they are full, its first one indented by two characters."""
    lines, room = [""], width - 2 * SIZE
    for character in text:
        needed = pdfmetrics.stringWidth(character, FONT, SIZE)
        if needed > room:
            lines.append("")
            room = width
        lines[-1] += character
        room -= needed
    return lines


def set_text(drawing: Drawing, texts: list[str], top: float = 120, bottom: float = 740, heads: bool = True) -> None:
    """Paragraphs over as many pages as they need, with running heads and page numbers."""
    number, y = 1, top

    def ornaments() -> None:
        if heads:
            drawing.text(200, 50, "某市财政局绩效评价资料汇编")
            drawing.text(285, 800, f"— {number} —")

    ornaments()
    for text in texts:
        for index, line in enumerate(wrapped(text)):
            if y + SIZE > bottom:
                drawing.page()
                number, y = number + 1, top
                ornaments()
            drawing.text(LEFT + (0 if index else 2 * SIZE), y, line)
            y += PITCH


BODY = [
    "截至年末，全市共收到省级财政下达的农村饮水安全巩固提升补助资金八千二百五十六万元，已按照工程进度全部拨付到项目单位，"
    "资金到位率为百分之百，各项目单位均能按照资金管理办法的规定使用资金，未发现截留和挪用的情况。",
    "工程建成以后，受益群众的用水条件得到了明显的改善。",
    "管护责任落实到村，水质抽检合格。水费收缴规范有序，管网漏损明显下降，群众反映良好，后续管护经费已经列入下一年度的预算安排之中。",
] * 12


def test_paragraphs_are_whole_over_lines_and_pages() -> None:
    drawing = Drawing()
    set_text(drawing, BODY)
    document = read(drawing)
    assert len(document.pages) >= 3
    assert paragraphs(document) == BODY


def test_running_heads_and_page_numbers_stay_in_the_pages_text() -> None:
    drawing = Drawing()
    set_text(drawing, BODY)
    document = read(drawing)
    assert document.pages[1].text.startswith("某市财政局绩效评价资料汇编\n")
    assert document.pages[1].text.endswith("\n—2—")
    assert not any("汇编" in text or "—" in text for text in paragraphs(document))


@pytest.mark.parametrize(
    "mark", ["- 1 -", "第1页", "1/12", "— 1 —", "第 1 页 共 12 页", "1", "-1-", "第1页/共3页", "i"]
)
def test_forms_of_page_numbers(mark: str) -> None:
    drawing = Drawing()
    drawing.text(LEFT, 120, "正文只有一行")
    drawing.text(285, 800, mark)
    assert paragraphs(read(drawing)) == ["正文只有一行"]


@pytest.mark.parametrize("text", ["2024年3月25日", "100%", "12.5", "第1页说明", "1个"])
def test_what_is_no_page_number_stays(text: str) -> None:
    drawing = Drawing()
    drawing.text(LEFT, 120, "正文只有一行")
    drawing.text(285, 800, text)
    assert paragraphs(read(drawing)) == ["正文只有一行", text]


def test_a_number_in_the_last_line_of_the_body_is_no_page_number() -> None:
    drawing = Drawing()
    drawing.lines(LEFT, 640, ["项目数", "12", "资金数", "34"], pitch=35)
    assert paragraphs(read(drawing)) == ["项目数", "12", "资金数", "34"]


def test_numbers_and_document_numbers_broken_over_lines_are_whole() -> None:
    drawing = Drawing()
    text = (
        "按照某省财政厅关于下达补助资金的通知安排资金总额为257179.36万元，文号为（某财农〔2023〕1177号），其中省级资金187248.74万元，"
        "市级资金69930.62万元，全部用于农村公路的改建和养护，年内完成投资任务，各项指标均达到或者超过年初确定的目标。"
    )
    set_text(drawing, [text] * 3, heads=False)
    found = paragraphs(read(drawing))
    assert found == [text.replace("（", "(").replace("）", ")")] * 3


def test_latin_words_are_joined_with_a_blank() -> None:
    drawing = Drawing()
    for number in range(12):
        drawing.text(LEFT, 120 + 30 * number, "公" * 42)
    drawing.text(LEFT, 500, "供应商" * 12 + "参与奥")
    drawing.text(LEFT + 390, 500, "PPE", 10)
    drawing.text(LEFT, 515, "project的本地化率")
    assert paragraphs(read(drawing))[-1].endswith("PPE project的本地化率")


def test_headings_and_short_lines_end_paragraphs() -> None:
    drawing = Drawing()
    set_text(
        drawing,
        [
            "一、项目概况",
            BODY[0],
            "（一）资金情况",
            BODY[1],
            "1.数量指标。",
            "指标1，修路≥5公里，全年实际完成6公里，完成预期指标。",
            "无",
        ],
        heads=False,
    )
    found = paragraphs(read(drawing))
    assert len(found) == 7
    assert found[0] == "一、项目概况"
    assert found[-1] == "无"


def test_a_title_on_two_lines_stays_two_paragraphs() -> None:
    drawing = Drawing()
    drawing.text(150, 80, "某省农村公路改建工程补助资金", 18)
    drawing.text(180, 110, "2024年度绩效自评报告", 18)
    set_text(drawing, BODY[:3], top=160, heads=False)
    assert paragraphs(read(drawing))[:2] == ["某省农村公路改建工程补助资金", "2024年度绩效自评报告"]


def test_two_columns_are_read_one_after_the_other() -> None:
    drawing = Drawing()
    drawing.text(200, 60, "分栏排印的工作简报")
    left = "左栏的文字从这里开始一直到栏底为止，说明资金安排的总体情况和拨付的进度以及结余的数额，" * 4
    right = "右栏接着说明绩效目标的完成情况，数量和质量均达到预期，社会效益明显，后续将加强管护工作。" * 4
    for column, text in ((60, left), (320, right)):
        for number in range(0, len(text), 20):
            drawing.text(column, 100 + 1.0 * number, text[number : number + 20])
    assert "".join(paragraphs(read(drawing))) == "分栏排印的工作简报" + left + right


def test_lines_of_pairs_are_no_columns() -> None:
    """A list of names and values without rules is read line by line, its gap kept."""
    drawing = Drawing()
    for number in range(10):
        drawing.text(80, 100 + 20 * number, f"指标名称{number}")
        drawing.text(320, 100 + 20 * number, f"{number}12.5万元")
    found = read(drawing)
    assert paragraphs(found)[0] == "指标名称0 012.5万元"
    assert isinstance(found.blocks[0], Paragraph)
    assert found.blocks[0].text.string == "指标名称0  012.5万元"
