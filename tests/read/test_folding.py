"""The folding of look-alike characters against Unicode's own tables."""

import unicodedata

import pytest

from extractor.lexicon import folding

RADICALS = range(0x2F00, 0x2FD6)
COMPATIBILITY = [
    code
    for block in (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
    for code in block
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
]


def test_every_kangxi_radical_reads_as_its_character() -> None:
    assert len(RADICALS) == 214
    assert all(folding()[code] == unicodedata.normalize("NFKC", chr(code)) for code in RADICALS)


def test_every_compatibility_ideograph_reads_as_its_character() -> None:
    assert len(COMPATIBILITY) > 900
    assert all(folding()[code] == unicodedata.normalize("NFKC", chr(code)) for code in COMPATIBILITY)


@pytest.mark.parametrize(("radical", "character"), ["⺠民", "⻓长", "⻔门", "⻚页", "⻢马", "⻰龙", "⻅见", "⻋车"])
def test_radicals_that_unicode_does_not_decompose(radical: str, character: str) -> None:
    assert unicodedata.normalize("NFKC", radical) == radical
    assert folding()[ord(radical)] == character


def test_folding_is_one_to_one_and_ends_at_once() -> None:
    """Origins stay simple and folding twice changes nothing."""
    table = folding()
    assert all(len(to) == 1 for to in table.values())
    assert not [to for to in table.values() if ord(to) in table]


def test_circled_numbers_and_chinese_punctuation_stay() -> None:
    assert not any(ord(character) in folding() for character in "①②，。、“”《》〔〕【】")
