"""Broken and hostile files: each gives a report or one clear sentence in bounded time, and brings nothing down."""

from __future__ import annotations

import contextlib

import pytest
from broken import KINDS
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import batch, pipeline, resolve
from extractor.errors import UnreadableFileError
from extractor.pipeline import Result, Settings
from extractor.read.files import read_bytes
from extractor.workers import Limits

#: What reads well in spite of its damage: the figures are there.
READ = (
    "whole",
    "cut before the end",
    "noise before the mark",
    "twice",
    "encrypted without a password",
    "bomb of 100 MB",
)

#: What may cost its worker.
COSTLY = ("forms in forms, 10^8 of them",)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    folder = tmp_path_factory.mktemp("broken")
    files = []
    for name, make in KINDS.items():
        files.append(folder / f"{name.replace('/', ' ')}.pdf")
        files[-1].write_bytes(make())
    found = batch.processed(files, Settings(), 2, Limits(seconds=20, memory=1024))
    return dict(zip(KINDS, found, strict=True))


def test_there_are_many_kinds() -> None:
    assert len(KINDS) >= 40


@pytest.mark.parametrize("name", KINDS)
def test_each_gives_a_report_or_one_sentence(results: dict[str, Result], name: str) -> None:
    result = results[name]
    assert (result.report is None) != (result.gap is None)
    if result.gap is not None:
        # Neither a slip of ours nor a crash: somebody is told what the file lacks. PDFium itself ends where it gets no
        # more memory.
        costly = ("crash", "too_much") if name in COSTLY else ()
        assert result.gap.kind in ("damaged_file", "encrypted_file", *costly)
        for language in ("en", "zh"):
            assert name in (said := result.gap.text(language))
            assert "\n" not in said


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is(results: dict[str, Result], name: str) -> None:
    report = results[name].report
    assert report is not None
    assert "1000" in "".join(text for _, text in report.pages)


def test_each_page_of_many_is_read(results: dict[str, Result]) -> None:
    report = results["two thousand pages"].report
    assert report is not None
    assert report.page_count == 2000


def read(data: bytes) -> None:
    """The whole way of a file but for the disk."""
    with contextlib.suppress(UnreadableFileError):
        report = resolve.report(read_bytes(data, "any.pdf"))
        pipeline.check(report)


_WHOLE = KINDS["whole"]()


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(_WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_any_bytes_of_a_pdf_can_be_wrong(changes: list[tuple[int, int]]) -> None:
    data = bytearray(_WHOLE)
    for at, byte in changes:
        data[at] = byte
    read(b"%PDF-1.7\n" + bytes(data))


_WORDS = st.sampled_from(
    [
        "预算",
        "执行",
        "资金",
        "万元",
        "%",
        "≥",
        "〔2023〕",
        "号",
        "一、",
        "（一）",
        "其中：",
        "得分",
        "指标",
        "\n",
        "\t",
        "，",
        "。",
    ]
)
_PIECES = st.one_of(_WORDS, st.text(max_size=6), st.from_regex(r"[0-9]{1,30}(\.[0-9]{1,20})?", fullmatch=True))


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=40))
def test_any_text_can_be_read(pieces: list[str]) -> None:
    read("".join(pieces).encode("utf-8", "surrogatepass"))


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(data: bytes) -> None:
    read(data)
