"""Raw values are given as they were printed."""

from __future__ import annotations

import pytest

from extractor.find.printed import Print
from extractor.lexicon import folding
from extractor.model import Place

#: Source → what was read of all of it → what was printed.
CASES = [
    ("２３３８３５．５万元", "233835.5万元", "２３３８３５．５万元"),
    ("187, 248.74 万元", "187, 248.74万元", "187, 248.74万元"),
    ("257179.3\n6万元", "257179.36万元", "257179.36万元"),
    ("〔２０２５〕４９ 号", "〔2025〕49号", "〔２０２５〕４９号"),
    ("（首台）套", "(首台)套", "（首台）套"),
]


@pytest.mark.parametrize(("source", "read", "printed"), CASES)
def test_what_was_printed(source: str, read: str, printed: str) -> None:
    assert Print(source, folding()).words(Place(None, 0, len(source)), read) == printed


def test_words_joined_from_several_cells_stay_as_read() -> None:
    source = "≥\t７０\t个"
    assert Print("≥\t另\t７０\t个", folding()).words(Place(None, 0, 6), "≥70个") == "≥70个"
    assert Print(source, folding()).words(Place(None, 0, len(source)), "≥70个") == "≥７０个"
