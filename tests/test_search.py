"""`search`: what is found, in which order, and what is said where nothing is."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Run, at_home, running

from extractor.errors import UsageError
from extractor.screens.searching import sentence, wanted
from extractor.store.database import Database

REPORT = """云岭省{name}专项资金{year}年度绩效自评报告

一、项目基本情况
{year}年，省财政下达{name}专项资金1000万元（云财教〔2023〕12号）。{more}
"""


@pytest.fixture
def jixiao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    at_home(tmp_path, monkeypatch)
    texts = {
        "a": ("科技创新", 2023, "绩效指标完成情况良好，绩效目标全部实现，绩效管理到位。"),
        "b": ("文化惠民", 2024, "群众满意度较高，绩效较好。农村文化站免费开放，送戏下乡演出场次增加。"),
        "c": ("农村公路", 2024, "养护里程增加，部分路段验收滞后。"),
    }
    for file, (name, year, more) in texts.items():
        (tmp_path / f"{file}.txt").write_text(REPORT.format(name=name, year=year, more=more), "utf-8")
    with running(monkeypatch, capsys) as run:
        assert run("import", ".", "-q").status == 0
        yield run


def found(jixiao: Run, *words: str) -> list[dict[str, Any]]:
    ran = jixiao("search", *words, "-f", "json")
    return json.loads(ran.out) if ran.status == 0 else []


def files(jixiao: Run, *words: str) -> list[str]:
    return [row["file"] for row in found(jixiao, *words)]


def test_the_passage_that_has_a_word_most_often_comes_first(jixiao: Run) -> None:
    # The titles hold 绩效 too, once each.
    assert files(jixiao, "绩效")[0] == "a.txt"
    assert files(jixiao, "送戏下乡") == ["b.txt"]


def test_parts_of_words_are_found(jixiao: Run) -> None:
    assert files(jixiao, "戏下") == ["b.txt"]
    assert files(jixiao, "护里") == ["c.txt"]


def test_a_sentence_is_shown_and_not_its_whole_passage(jixiao: Run) -> None:
    assert found(jixiao, "送戏下乡")[0]["sentence"] == "农村文化站免费开放，送戏下乡演出场次增加。"


def test_several_words_weigh_together(jixiao: Run) -> None:
    assert files(jixiao, "农村", "满意度")[0] == "b.txt"
    assert found(jixiao, "农村 满意度")[0]["words"] == 2


def test_words_that_stand_apart_are_found_too(jixiao: Run) -> None:
    """What nobody wrote in one piece is searched for by its words."""
    assert files(jixiao, "验收里程")[0] == "c.txt"


def test_a_phrase_in_quotes_stays_together(jixiao: Run) -> None:
    assert wanted('“文化 站” 里程 "a b"') == ["文化站", "里程", "a b"]


def test_printed_forms_do_not_matter(jixiao: Run) -> None:
    assert len(found(jixiao, "云财教〔2023〕12号")) == 3
    assert len(found(jixiao, "１０００万元")) == 3


def test_year_and_region_leave_the_others_out(jixiao: Run) -> None:
    assert set(files(jixiao, "专项资金", "--year", "2024")) == {"b.txt", "c.txt"}
    assert files(jixiao, "专项资金", "--region", "某某市") == []
    assert len(set(files(jixiao, "专项资金", "--region", "云岭"))) == 3


def test_the_score_is_bm25(jixiao: Run, tmp_path: Path) -> None:
    """By hand: the formula of Robertson and Zaragoza over the passages that the database holds."""
    with Database.open(tmp_path / "jixiao.duckdb", read_only=True) as database:
        rows = database.query("SELECT text, char_end - char_start FROM passages").rows
        count, hits = database.search(["满意度"], 5, None, None)
    holding = [row for row in rows if "满意度" in row[0]]
    assert count == len(holding) == len(hits) == 1
    average = sum(size for _, size in rows) / len(rows)
    weight = math.log(1 + (len(rows) - 1 + 0.5) / (1 + 0.5))
    frequency = holding[0][0].count("满意度")
    expected = weight * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * holding[0][1] / average))
    assert hits[0].score == pytest.approx(expected)


def test_what_is_gone_is_found_no_more(jixiao: Run, tmp_path: Path) -> None:
    text = (tmp_path / "b.txt").read_text("utf-8").replace("送戏下乡", "送书下乡")
    (tmp_path / "b.txt").write_text(text, "utf-8")
    assert jixiao("import", ".", "-q").status == 0
    assert files(jixiao, "送戏下乡演出") == files(jixiao, "演出")
    assert "送书下乡" in found(jixiao, "送书下乡")[0]["sentence"]


def test_nothing_found_and_nothing_to_find_are_told(jixiao: Run) -> None:
    ran = jixiao("search", "航空母舰")
    assert (ran.status, ran.out) == (1, "")
    assert "No report holds 航空母舰" in ran.err
    for words, told in (("人", "too short"), ('""', "Give words"), (" ", "Give words")):
        ran = jixiao("search", words)
        assert ran.status == 2
        assert told in ran.err
    assert "use sql for parquet" in jixiao("search", "专项资金", "-o", "x.parquet").err


def test_terms_that_are_none_are_refused() -> None:
    with pytest.raises(UsageError):
        wanted("")


def test_a_long_sentence_is_cut_around_the_word() -> None:
    text = "甲" * 300 + "绩效" + "乙" * 300
    cut = sentence(text, ["绩效"])
    assert "绩效" in cut
    assert len(cut) < 200
    assert cut.startswith("…")
    assert cut.endswith("…")
