"""Text files in every encoding and with every line end, wrapped and unwrapped."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import UnreadableFileError
from extractor.model import Document, Paragraph, Table
from extractor.read.files import read_bytes, read_document

TEXT = (
    "某市农业局\n2024年度绩效自评报告\n一、基本情况\n"
    "下达资金1,234.50万元，完成率98%。\n数量指标均已完成，项目资金支出正常。\n"
)


def paragraphs(document: Document) -> list[str]:
    return [block.text.tight().string for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
    ],
    ids=["utf-8", "mark", "utf-16", "big-endian", "le-bare", "be-bare", "utf-32", "gb18030", "gbk"],
)
def test_encodings(data: bytes) -> None:
    document = read_bytes(data, "a.txt")
    assert document.pages[0].text == TEXT
    assert paragraphs(document) == TEXT.split("\n")[:-1]
    assert document.gaps == ()


def test_traditional_text_in_big5() -> None:
    text = "項目績效自評報告：本年度資金支出完成情況良好，數量指標已完成。" * 5
    assert read_bytes(text.encode("big5"), "a.txt").pages[0].text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\f", "\x85", "\v"])
def test_line_ends(end: str) -> None:
    document = read_bytes(TEXT.replace("\n", end).encode(), "a.txt")
    assert document.pages[0].text == TEXT
    assert paragraphs(document) == TEXT.split("\n")[:-1]


def test_rare_characters_survive_in_gb18030() -> None:
    text = "负责人：㐂𠮷，项目资金12万元\n"
    assert read_bytes(text.encode("gb18030"), "a.txt").pages[0].text == text


def test_lost_bytes_are_marked_and_said() -> None:
    data = (TEXT * 20).encode() + b"\xe4\xb8 \xff\xfe\n"
    document = read_bytes(data, "a.txt")
    assert document.pages[0].text.startswith(TEXT)
    assert "\ufffd" in document.pages[0].text
    assert [gap.kind for gap in document.gaps] == ["garbled_page"]
    assert "\ufffd" in document.gaps[0].quote


def test_a_text_of_rubbish_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"a\.txt is neither a PDF nor a text file") as caught:
        read_bytes(bytes((i * 37 + 11) % 256 for i in range(4000)), "dir/a.txt")
    assert caught.value.kind == "unknown_format"


def test_origins_lead_back_to_the_page() -> None:
    document = read_bytes("　　收到资金１２３４.５万元，\n其中：省级500万元。".encode(), "a.txt")
    text = document.blocks[0].text  # type: ignore[union-attr]
    at = text.string.index("1234.5")
    span = text.span(at, at + 6)
    assert document.pages[0].text[span.start : span.end] == "１２３４.５"
    assert document.place(span.start, span.end).page is None


def test_wrapped_lines_are_joined() -> None:
    body = (
        "　　截至年末，全县共收到省级财政下达的农村道路养护补助资金1250.\n"
        "75万元，已全部拨付到各乡镇，资金到位率为100%。各乡镇严格按照资\n"
        "金管理办法的规定组织实施，未发现挤占挪用的情况，养护里程达到365\n"
        "公里，超过年初确定的目标任务。\n"
        "　　项目实施以后，沿线群众的出行条件得到明显改善，安全隐患大幅减\n"
        "少，群众满意度调查结果为96.5%，高于年初设定的百分之九十的目标，\n"
        "达到了预期的效果。\n"
    )
    document = read_bytes(("农村道路养护资金绩效自评报告\n\n" + body).encode(), "a.txt")
    found = paragraphs(document)
    assert len(found) == 3
    assert "补助资金1250.75万元，已全部" in found[1]
    assert found[1].endswith("目标任务。")
    assert found[2].startswith("项目实施以后")


def test_lines_of_their_own_are_not_joined() -> None:
    lines = [f"指标{n}，名称第{n}号≥{n}个，全年实际完成{n}个，完成预期指标。" for n in range(1, 30)]
    assert paragraphs(read_bytes("\n".join(lines).encode(), "a.txt")) == lines


def test_a_flattened_table_stays_lines() -> None:
    lines = ["年度资金总额", "84", "79.6", "10", "94.76%", "9.48"] * 8
    assert paragraphs(read_bytes("\n".join(lines).encode(), "a.txt")) == lines


def test_bars_that_make_a_rectangle_are_a_table() -> None:
    text = "说明\n| 名称 | 目标值 | 实际 |\n|---|---|---|\n| 道路 | ≥12公里 | 13公里 |\n| 桥梁 |  | 3座 |\n末行"
    document = read_bytes(text.encode(), "a.txt")
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert [[c.text.string if c else None for c in row] for row in table.grid()] == [
        ["名称", "目标值", "实际"],
        ["道路", "≥12公里", "13公里"],
        ["桥梁", "", "3座"],
    ]
    cell = table.cells[4]
    assert text[cell.text.origin[0] : cell.text.origin[-1] + 1] == "≥12公里"


def test_tabs_that_make_a_rectangle_are_a_table() -> None:
    document = read_bytes("名称\t目标\n道路\t12\n桥梁\t3\n".encode(), "a.txt")
    assert isinstance(document.blocks[0], Table)


def test_ragged_bars_stay_lines() -> None:
    text = "名称 | 目标 |\n道路 | 12 | 13 |\n桥梁 | 3 |\n涵洞 | 4 |\n渠道 | 5 |"
    document = read_bytes(text.encode(), "a.txt")
    assert not any(isinstance(block, Table) for block in document.blocks)
    assert len(document.blocks) == 5


@pytest.mark.parametrize("text", ["|\n|\n|\n", "|||\n|||\n|||", "---|---\n" * 4, "\t\t\n\t\t\n\t\t\n甲"])
def test_bars_around_nothing_are_no_table(text: str) -> None:
    assert not any(isinstance(block, Table) for block in read_bytes(text.encode(), "a.txt").blocks)


def test_the_readers_answer_to_content_not_to_names(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_text("其实是文本，资金12万元", "utf-8")
    document = read_document(path)
    assert (document.format, document.path) == ("text", str(path))
    assert len(document.sha256) == 64


def test_a_missing_file_is_said() -> None:
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        read_document(Path("/nowhere/at/all.pdf"))
