"""Folding, tightening and slicing never lose the way back to the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicon import folding
from extractor.model import Span
from extractor.text import Text, is_wide

SOURCES = st.text(alphabet="预算1２，, ：（⼀\t\n\u3000\u00a0ａ％≧①㎡“”ab.\f—至", max_size=60)


@given(SOURCES, st.integers(0, 1000))
def test_every_folded_character_leads_back_to_what_it_was(source: str, offset: int) -> None:
    folded = Text.of(source, offset).fold(folding())
    assert len(folded.string) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    for character, at in zip(folded.string, folded.origin, strict=True):
        assert character in folding().get(ord(source[at - offset]), source[at - offset])


@given(SOURCES)
def test_folding_twice_changes_nothing(source: str) -> None:
    once = Text.of(source).fold(folding())
    assert once.fold(folding()).string == once.string


@given(SOURCES)
def test_tight_text_leaves_out_blanks_and_nothing_else(source: str) -> None:
    tight = Text.of(source).tight()
    kept = set(tight.origin)
    assert all(source[at].isspace() for at in range(len(source)) if at not in kept)
    assert all(
        c == (" " if source[at].isspace() else source[at]) for c, at in zip(tight.string, tight.origin, strict=True)
    )
    assert tight.string == tight.string.strip()
    assert "  " not in tight.string
    assert tight.tight().string == tight.string


@given(SOURCES)
def test_no_blank_stays_beside_a_chinese_character(source: str) -> None:
    tight = Text.of(source).tight().string
    for at, character in enumerate(tight):
        if character == " ":
            assert not is_wide(tight[at - 1])
            assert not is_wide(tight[at + 1])


@given(SOURCES, st.data())
def test_slices_of_a_folded_text_span_their_source(source: str, data: st.DataObject) -> None:
    text = Text.of(source, 7).fold(folding()).tight()
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = text.span(start, end)
    assert span == text.slice(start, end).span()
    again = Text.of(source[span.start - 7 : span.end - 7], span.start).fold(folding()).tight()
    assert again.string == text.string[start:end].strip()


def test_white_space_means_nothing_beside_chinese_characters() -> None:
    assert (
        Text.of("2024 年\n度 PPE  project 共 187, 248.74\n万元 ").tight().string
        == "2024年度PPE project共187, 248.74万元"
    )


def test_joined_parts_keep_their_places() -> None:
    joined = Text.join([Text.of("预算", 3), Text.of("12", 9)], "\n")
    assert joined.string == "预算\n12"
    assert list(joined.origin) == [3, 4, 5, 9, 10]


def test_an_empty_range_stands_between_its_neighbours() -> None:
    text = Text.of("ab", 5)
    assert text.span(1, 1) == Span(6, 6)
    assert text.span(2, 2) == Span(7, 7)
    assert Text.of("").span() == Span(0, 0)


def test_folding_is_no_unicode_normal_form() -> None:
    assert Text.of("①、投入１００，２００人㎡").fold(folding()).string == "①、投入100，200人㎡"
