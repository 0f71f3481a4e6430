"""What real producers do to a reader: each trap drawn and read again."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pytest
from pdf_drawing import FONT, Drawing, plain_cells, typed
from reportlab.lib.pdfencrypt import StandardEncryption

from extractor.errors import UnreadableFileError
from extractor.model import Document, Paragraph, Table
from extractor.read.files import read_bytes


def read(drawing: Drawing, reader: str = "pdfium") -> Document:
    return read_bytes(drawing.pdf(), "drawn.pdf", reader)


def paragraphs(document: Document) -> list[str]:
    return [block.text.tight().string for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text.tight().string if cell else "∅" for cell in row] for row in table.grid()]


def test_characters_outside_the_page_are_not_read() -> None:
    drawing = Drawing()
    drawing.text(80, 100, "下达资金500万元")
    drawing.text(80, -40, "上一页的资金700万元")
    drawing.text(700, 100, "页外800万元")
    assert paragraphs(read(drawing)) == ["下达资金500万元"]


def test_characters_outside_the_crop_box_are_not_read() -> None:
    drawing = Drawing()
    drawing.canvas.setCropBox((50, 50, 500, 700))
    drawing.text(80, 300, "裁切之内12.5万元")
    drawing.text(80, 60, "裁切之外99万元")
    document = read(drawing)
    assert paragraphs(document) == ["裁切之内12.5万元"]
    assert (document.pages[0].width, document.pages[0].height) == (450, 650)


@pytest.mark.parametrize("times", [2, 3, 4])
def test_fake_bold_is_read_once(times: int) -> None:
    drawing = Drawing()
    for number in range(times):
        drawing.text(80 + 0.3 * number, 100, "项目资金1100.55万元")
    drawing.spread(80, 140, [(c, 10 * i + 0.25 * n) for i, c in enumerate("二二〇目标") for n in range(times)])
    assert paragraphs(read(drawing)) == ["项目资金1100.55万元", "二二〇目标"]


def test_doubled_digits_that_are_printed_stay() -> None:
    drawing = Drawing()
    drawing.text(80, 100, "共计11122.00元，000起", 10)
    drawing.text(80, 140, "Illegal 1111 llll", 10, font="Helvetica")
    assert paragraphs(read(drawing)) == ["共计11122.00元，000起", "Illegal 1111 llll"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_pages_turned_by_quarters(rotation: int) -> None:
    # The library gives a page turned by 90° the height of this size as its width, and draws on it unturned.
    drawing = Drawing((842, 595) if rotation % 180 else (595, 842))
    canvas = drawing.canvas
    canvas.setPageRotation(rotation)
    if rotation == 90:
        canvas.translate(595, 0)
    elif rotation == 180:
        canvas.translate(595, 842)
    elif rotation == 270:
        canvas.translate(0, 842)
    canvas.rotate(rotation)
    drawing.text(80, 60, "横排的标题2024年")
    drawing.table([80, 180, 280], [100, 130, 160], plain_cells([["名称", "数量"], ["道路", "15公里"]]))
    document = read(drawing)
    assert (document.pages[0].width, document.pages[0].height) == (drawing.width, drawing.height)
    assert paragraphs(document) == ["横排的标题2024年"]
    assert rows(tables(document)[0]) == [["名称", "数量"], ["道路", "15公里"]]
    place = document.place(
        tables(document)[0].cells[3].text.origin[0], tables(document)[0].cells[3].text.origin[-1] + 1
    )
    assert place.box is not None
    assert place.box[:2] == pytest.approx((184, 133), abs=3)


def test_portrait_and_landscape_in_one_file() -> None:
    drawing = Drawing()
    drawing.text(80, 100, "竖页")
    drawing.page((842, 595))
    drawing.text(700, 100, "横页末列")
    document = read(drawing)
    assert [(page.width, page.height) for page in document.pages] == [(595, 842), (842, 595)]
    assert paragraphs(document) == ["竖页", "横页末列"]


def test_lines_come_from_positions_not_from_the_order_of_the_stream() -> None:
    drawing = Drawing()
    line = "完成率为48.5%，较上年提高3个百分点"
    drawing.spread(80, 120, reversed(typed(line)))
    drawing.text(80, 100, "先画后面的一行")
    assert paragraphs(read(drawing)) == ["先画后面的一行", line]


def test_one_character_a_line_in_the_stream() -> None:
    drawing = Drawing()
    text = drawing.canvas.beginText()
    text.setFont(FONT, 10)
    for character, distance in typed("48.5%"):
        text.setTextOrigin(80 + distance, 700)
        text.textLine(character)
    drawing.canvas.drawText(text)
    assert paragraphs(read(drawing)) == ["48.5%"]


def test_hyphens_at_line_ends_are_printed_characters() -> None:
    drawing = Drawing()
    drawing.text(80, 100, "X-")
    drawing.text(80, 118, "abc")
    document = read(drawing)
    assert document.pages[0].text == "X-\nabc"


def test_kangxi_radicals_are_folded_and_the_page_keeps_them() -> None:
    document = read_bytes("⼀般公共预算⾦额⻓期".encode(), "t.txt")
    assert paragraphs(document) == ["一般公共预算金额长期"]
    assert document.pages[0].text == "⼀般公共预算⾦额⻓期"


def test_characters_know_their_boxes() -> None:
    drawing = Drawing()
    drawing.text(80, 100, "预算1234.50万元", 12)
    document = read(drawing)
    place = document.place(2, 9)
    assert document.pages[0].text[2:9] == "1234.50"
    assert place.page == 1
    assert place.box == pytest.approx((104, 100, 146, 111), abs=1)
    assert len(document.pages[0].boxes) == 4 * len(document.pages[0].text)


def test_text_turned_upwards_reads_upwards() -> None:
    drawing = Drawing()
    drawing.table(
        [80, 110, 300],
        [100, 200, 240],
        [(0, 0, 1, 1, ()), (0, 1, 1, 1, ["里程"]), (1, 0, 1, 1, ["甲"]), (1, 1, 1, 1, ["乙"])],
    )
    canvas = drawing.canvas
    canvas.saveState()
    canvas.translate(99, 842 - 190)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(0, 0, "2024")
    canvas.restoreState()
    assert rows(tables(read(drawing))[0])[0] == ["2024", "里程"]


# --- what cannot be read ----------------------------------------------------------------------------------------------


def test_an_image_only_page_is_a_gap_and_the_others_are_read() -> None:
    drawing = Drawing()
    drawing.text(80, 100, "有文字的一页，资金12万元")
    drawing.page()
    drawing.image(20, 20, 555, 800)
    document = read(drawing)
    assert [(gap.kind, gap.page) for gap in document.gaps] == [("scanned_page", 2)]
    assert paragraphs(document) == ["有文字的一页，资金12万元"]


def test_an_invisible_layer_over_a_scan_is_read_and_said() -> None:
    drawing = Drawing()
    drawing.image(0, 0, 595, 842)
    text = drawing.canvas.beginText(80, 700)
    text.setFont(FONT, 10)
    text.setTextRenderMode(3)
    text.textLine("扫描识别出来的文字共12万元")
    drawing.canvas.drawText(text)
    document = read(drawing)
    assert [gap.kind for gap in document.gaps] == ["ocr_page"]
    assert paragraphs(document) == ["扫描识别出来的文字共12万元"]


def test_visible_text_over_a_background_picture_is_no_scan() -> None:
    drawing = Drawing()
    drawing.image(0, 0, 595, 842)
    drawing.text(80, 100, "盖在底图上的文字共12万元，不是扫描件")
    assert read(drawing).gaps == ()


def test_private_use_characters_are_garbage() -> None:
    document = read_bytes(_private_use_pdf(), "g.pdf")
    assert [(gap.kind, gap.page) for gap in document.gaps] == [("garbled_page", 1)]


def _private_use_pdf() -> bytes:
    """A page whose font maps every character into the private use area, as subset fonts without names do."""
    content = b"BT /F1 12 Tf 80 700 Td (" + bytes(range(65, 91)) * 2 + b") Tj ET"
    lines = b"".join(b"<%02X> <%04X>\n" % (code, 0xE000 + code) for code in range(65, 91))
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n26 beginbfchar\n" + lines + b"endbfchar endcmap end end"
    )
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
            b" /Resources << /Font << /F1 4 0 R >> >> >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
        ]
    )


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def test_an_encrypted_file_asks_for_a_copy_without_password() -> None:
    drawing = Drawing(password="geheim")  # noqa: S106
    drawing.text(80, 100, "保密")
    with pytest.raises(UnreadableFileError, match=r"drawn\.pdf is encrypted: save a copy") as caught:
        read(drawing)
    assert caught.value.kind == "encrypted_file"


def test_an_owner_password_alone_hinders_nobody() -> None:
    drawing = Drawing(password=StandardEncryption("", ownerPassword="chef"))
    drawing.text(80, 100, "可以阅读")
    assert paragraphs(read(drawing)) == ["可以阅读"]


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", "empty_file", "is empty"),
        (b" \r\n\t\0", "empty_file", "is empty"),
        (b"%PDF-1.7\nnothing more", "damaged_file", "is damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged_file", "is damaged"),
        (b"PK\x03\x04" + bytes(100), "unknown_format", "Word, Excel or zip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown_format", "image"),
        (bytes(range(256)) * 8, "unknown_format", "neither a PDF nor a text"),
    ],
)
def test_what_is_no_report_is_said_in_one_sentence(data: bytes, kind: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words) as caught:
        read_bytes(data, "/some/folder/x.pdf")
    assert caught.value.kind == kind
    assert str(caught.value).startswith("x.pdf ")
    assert str(caught.value).count(".") == 2, "one sentence, and the dot of the name"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"GIF8", b"Rar!", b"\x1f\x8b"])
def test_what_is_no_report_is_said_in_one_language(data: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data + bytes(100), "x.pdf")
    words = caught.value.text("zh").replace("x.pdf", "")
    assert set(re.findall(r"[A-Za-z]+", words)) <= {"Word", "Excel", "zip", "RTF", "PDF", "OCR"}


def test_a_file_without_pages_is_damaged() -> None:
    empty = pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    with pytest.raises(UnreadableFileError, match=r"no pages|damaged"):
        read_bytes(empty, "x.pdf")


def test_a_page_that_cannot_be_loaded_is_a_gap() -> None:
    data = pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )
    document = read_bytes(data, "x.pdf")
    assert len(document.pages) == 2
    assert [(gap.kind, gap.page) for gap in document.gaps] == [("damaged_page", 2)]


def test_a_mark_behind_other_bytes_is_still_a_pdf() -> None:
    drawing = Drawing()
    drawing.text(80, 100, "前面有别的字节")
    assert paragraphs(read_bytes(b"\n\n junk \n" + drawing.pdf(), "x.txt")) == ["前面有别的字节"]


def test_a_rule_inside_a_form_object_is_found() -> None:
    drawing = Drawing()
    canvas = drawing.canvas
    canvas.beginForm("grid")
    for x in (0, 100, 200):
        canvas.line(x, 0, x, 60)
    for y in (0, 30, 60):
        canvas.line(0, y, 200, y)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(80, 842 - 160)
    canvas.doForm("grid")
    canvas.restoreState()
    for column, row, text in ((0, 0, "名称"), (1, 0, "金额"), (0, 1, "修路"), (1, 1, "15万元")):
        drawing.text(84 + 100 * column, 108 + 30 * row, text)
    assert rows(tables(read(drawing))[0]) == [["名称", "金额"], ["修路", "15万元"]]


def test_pages_are_closed_as_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = Drawing()
    for number in range(3):
        drawing.text(80, 100, f"第{number}段文字")
        drawing.page()
    drawing.text(80, 100, "末页")
    data = drawing.pdf()
    closed = 0
    original = pdfium.PdfPage.close

    def close(page: pdfium.PdfPage) -> None:
        nonlocal closed
        closed += 1
        original(page)

    monkeypatch.setattr(pdfium.PdfPage, "close", close)
    read_bytes(data, "x.pdf")
    assert closed == 4


def test_filled_form_fields_are_read() -> None:
    drawing = Drawing()
    drawing.text(80, 100, "年度资金总额")
    form = drawing.canvas.acroForm
    form.textfield(name="sum", value="233.55", x=200, y=842 - 115, width=120, height=18, borderWidth=0)
    assert paragraphs(read(drawing)) == ["年度资金总额233.55"]
