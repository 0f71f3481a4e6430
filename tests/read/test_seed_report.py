"""The seed report in both formats, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.lexicon import folding
from extractor.model import Document, Paragraph, Table
from extractor.read.files import read_document
from extractor.text import Text

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not (REPORTS / "jilin-2024.pdf").exists(), reason="the seed report is not at hand")


@pytest.fixture(scope="module")
def pdf() -> Document:
    return read_document(REPORTS / "jilin-2024.pdf")


def paragraphs(document: Document) -> list[str]:
    """Without any white space: the two files differ in it."""
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    return [text for block in blocks if (text := "".join(block.text.string.split()))]


def test_prose_is_equal_in_text_and_pdf(pdf: Document) -> None:
    text = paragraphs(read_document(REPORTS / "jilin-2024.txt"))
    # The PDF also prints the annex's title, on two lines.
    assert paragraphs(pdf)[: len(text)] == text
    assert len(paragraphs(pdf)) == len(text) + 2


def test_the_annexed_table_is_whole(pdf: Document) -> None:
    (table,) = (block for block in pdf.blocks if isinstance(block, Table))
    assert (table.first_page, table.last_page, table.column_count) == (10, 12, 8)
    rows = [[cell.text.tight().string if cell else "" for cell in row] for row in table.grid()]
    indicators = [row for row in rows if row[0].endswith("分)")]
    assert len(indicators) == 34
    assert all(row[0] and row[1].endswith("指标") and row[3] and row[4] and row[5] == row[6] for row in indicators)
    assert sum(1 for row in indicators if row[1] == "数量指标") == 14
    assert [row[3:5] for row in indicators if row[3].startswith("≥50000")] == [["≥50000万元", "257179.36万元"]]
    assert rows[-1][0] == "总分"


def test_every_character_leads_back_to_its_page(pdf: Document) -> None:
    source = "\f".join(page.text for page in pdf.pages)
    for block in pdf.blocks:
        for text in [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]:
            printed = Text.of("".join(source[at] for at in text.origin)).fold(folding()).string
            assert "".join(printed.split()) == "".join(text.string.split())
    assert all(len(page.boxes) == 4 * len(page.text) for page in pdf.pages)


def test_both_readers_read_the_same(pdf: Document) -> None:
    other = read_document(REPORTS / "jilin-2024.pdf", reader="pdfplumber")
    assert [block.text.tight().string for block in other.blocks if isinstance(block, Paragraph)] == [
        block.text.tight().string for block in pdf.blocks if isinstance(block, Paragraph)
    ]
    for ours, theirs in zip(pdf.blocks, other.blocks, strict=True):
        if isinstance(ours, Table) and isinstance(theirs, Table):
            assert [(c.row, c.column, c.row_span, c.column_span, c.text.string) for c in theirs.cells] == [
                (c.row, c.column, c.row_span, c.column_span, c.text.string) for c in ours.cells
            ]
