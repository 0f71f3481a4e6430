"""Series over the years and links between names: folding, likeness, candidates, and what people say of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Run, at_home, running

from extractor import across
from extractor.relate.groups import joined
from extractor.relate.likeness import LIKELY, Named, likeness
from extractor.relate.matching import Line, candidates
from extractor.relate.names import key
from extractor.store.database import Database

LABELLED = Path(__file__).parent / "labelled"
#: Name, target and actual value of the indicators by year; one is renamed, one split in two.
YEARS = {
    "2022": [
        ("新建标准化果园面积", "2000亩", "2136亩"),
        ("培训果农人次", "4500人次", "4862人次"),
        ("果品总产量", "8万吨", "8.26万吨"),
    ],
    "2023": [
        ("标准化果园建设面积", "2200亩", "2284亩"),
        ("培训果农人次", "4800人次", "5023人次"),
        ("果品总产量", "8.8万吨", "9.14万吨"),
    ],
    "2024": [
        ("标准化果园建设面积", "1800亩", "1846亩"),
        ("线上培训果农人次", "2500人次", "2684人次"),
        ("线下培训果农人次", "3000人次", "3126人次"),
        ("果品总产量", "9.2万吨", "9.47万吨"),
    ],
}


def text(year: str) -> str:
    told = "\n".join(
        f"数量指标{n}，{name}≥{target}，全年实际完成{actual}。"
        for n, (name, target, actual) in enumerate(YEARS[year], 1)
    )
    return (
        f"云岭县特色果业发展专项资金{year}年度绩效自评报告\n\n一、项目基本情况\n{year}年，省财政下达特色果业发展专项资金1000万元。\n"
        f"二、绩效目标完成情况\n{told}\n"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    for year in YEARS:
        (tmp_path / f"{year}.txt").write_text(text(year), "utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    with running(monkeypatch, capsys) as run_:
        assert run_("import", ".", "--db", "x.duckdb", "--quiet").status == 0
        yield lambda *words: run_(*words, "--db", "x.duckdb")


def pairs(name: str) -> Iterator[tuple[bool, float, str]]:
    for line in (LABELLED / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, same, one, other, first, second = (line.split("\t") + [""] * 2)[:6]
            left, right = Named(key(kind, one), first or None), Named(key(kind, other), second or None)
            yield same == "1", likeness(kind, left, right), f"{one} / {other}"


def quality(found: list[tuple[bool, float, str]]) -> tuple[float, float]:
    taken = [same for same, score, _ in found if score >= LIKELY]
    wanted = sum(same for same, _, _ in found)
    return sum(taken) / len(taken), sum(taken) / wanted


def test_labelled_pairs_are_told_apart() -> None:
    found = [*pairs("links.tsv"), *pairs("links_further.tsv")]
    assert len(found) >= 150
    precision, recall = quality(found)
    assert precision >= 0.97
    assert recall >= 0.9


def test_pairs_that_nothing_was_fitted_to_are_told_apart() -> None:
    precision, recall = quality(list(pairs("links_further.tsv")))
    assert precision >= 0.95
    assert recall >= 0.9


@pytest.mark.parametrize(
    ("kind", "printings"),
    [
        ("fund", ["2024年度省级产业发展专项资金", "“产业发展专项资金”", "产业发展专项资金绩效自评报告"]),
        ("indicator", ["指标1：培训人数（人次）", "培训人数", "2023年培训人数", "培训人数(人)"]),
        ("indicator", ["培训班数量", "培训班个数（个）"]),
        ("indicator", ["购置设备、材料等", "购置设备材料"]),
    ],
)
def test_printings_of_one_name_have_one_key(kind: str, printings: list[str]) -> None:
    assert len({key(kind, name) for name in printings}) == 1


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("indicator", "一期工程完成率", "二期工程完成率"),
        ("indicator", "培训人数", "培训人数合格率"),
        ("fund", "第一批产业发展资金", "第二批产业发展资金"),
        ("fund", "高中助学金", "中职助学金"),
    ],
)
def test_names_of_two_things_have_two_keys(kind: str, one: str, other: str) -> None:
    assert key(kind, one) != key(kind, other)


def test_a_name_of_nothing_but_marks_keeps_itself() -> None:
    assert key("indicator", "《》") == "《》"
    assert key("fund", "2024年") != ""


def test_keys_that_hang_together_are_one_group() -> None:
    assert joined([("a", "b"), ("c", "d"), ("b", "c"), ("x", "y")]) == {
        "a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x",
    }  # fmt: skip


def line(name: str, unit: str = "人次") -> Line:
    return Line(name, name, key("indicator", name), unit)


def relations(ended: list[str], begun: list[str]) -> set[tuple[str, str, str]]:
    found = candidates("indicator", list(map(line, ended)), list(map(line, begun)), frozenset())
    return {(one.relation, one.earlier.name, one.later.name) for one in found}


def test_a_split_names_each_part_and_a_merger_each_whole() -> None:
    whole, parts = "培训果农人次", ["线上培训果农人次", "线下培训果农人次"]
    assert relations([whole], parts) == {("split", whole, part) for part in parts}
    assert relations(parts, [whole]) == {("merged", part, whole) for part in parts}


def test_each_name_is_renamed_once() -> None:
    assert relations(["培训农民人数", "购置设备数量"], ["农民培训人次", "设备购置数", "水稻种植面积"]) == {
        ("renamed", "培训农民人数", "农民培训人次"),
        ("renamed", "购置设备数量", "设备购置数"),
    }


def test_a_refused_pair_is_offered_no_more() -> None:
    one, other = line("培训农民人数"), line("农民培训人次")
    assert candidates("indicator", [one], [other], frozenset({(one.own_key, other.own_key)})) == []


def series_of(run: Run, name: str) -> list[str]:
    query = "SELECT fiscal_year || name FROM indicator_history WHERE series_key = (SELECT series_key FROM"
    sql = f"{query} indicator_history WHERE name = '{name}' LIMIT 1) ORDER BY ALL"
    return run("sql", sql, "--format", "csv").out.splitlines()[1:]


def test_the_same_name_is_one_series_and_another_one_a_candidate(run: Run) -> None:
    assert series_of(run, "果品总产量") == ["2022果品总产量", "2023果品总产量", "2024果品总产量"]
    assert series_of(run, "新建标准化果园面积") == ["2022新建标准化果园面积"]
    listed = run("link").out
    assert "renamed" in listed
    assert listed.count("split") == 2


def links(run: Run) -> list[list[str]]:
    rows = run("sql", "SELECT link_id, relation, state FROM links ORDER BY ALL", "--format", "csv").out.splitlines()[1:]
    return [row.split(",") for row in rows]


def test_a_confirmed_link_joins_two_series_and_survives_another_import(run: Run, folder: Path) -> None:
    id_ = next(id_ for id_, relation, _ in links(run) if relation == "renamed")
    run("link", id_[:6], "--confirm", "--reason", "同一指标")
    joined_names = ["2022新建标准化果园面积", "2023标准化果园建设面积", "2024标准化果园建设面积"]
    assert series_of(run, "标准化果园建设面积") == joined_names
    (folder / "2022.txt").write_text(text("2022") + "三、附注\n", "utf-8")
    run("import", ".", "--quiet")
    assert series_of(run, "标准化果园建设面积") == joined_names
    assert [id_, "renamed", "confirmed"] in links(run)
    run("link", id_, "--undo")
    assert series_of(run, "新建标准化果园面积") == ["2022新建标准化果园面积"]
    assert [id_, "renamed", "candidate"] in links(run)


def test_a_refused_link_stays_refused(run: Run) -> None:
    id_ = next(id_ for id_, relation, _ in links(run) if relation == "renamed")
    run("link", id_, "--refuse")
    assert [id_, "renamed", "refused"] in links(run)
    assert id_ not in run("link").out
    assert id_ in run("link", "--all").out


def test_two_series_can_be_set_to_be_one(run: Run, folder: Path) -> None:
    with Database.open(folder / "x.duckdb", read_only=True) as database:
        rows = database.query(
            "SELECT DISTINCT series_key FROM indicator_history"
            " WHERE name IN ('培训果农人次', '果品总产量') ORDER BY ALL"
        ).rows
    run("link", "--same", *(key_ for (key_,) in rows))
    assert "2024果品总产量" in series_of(run, "培训果农人次")
    assert [state for _, _, state in links(run) if state != "candidate"] == ["set"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["nothere", "--confirm"], "There is no link nothere"),
        (["abc", "--confirm"], "too short for an id"),
        (["abcdef"], "say what of them"),
        (["--confirm"], "Name the link"),
        (["abcdef", "--confirm", "--refuse"], "Say one thing of a link"),
        (["abcdef", "--same"], "Name two series"),
        (["abcdef", "abcdee", "--same"], "There is no series abcdef"),
    ],
)
def test_what_names_no_link_is_told(run: Run, words: list[str], complaint: str) -> None:
    ran = run("link", *words)
    assert ran.status == 2
    assert complaint in ran.err


def test_nothing_is_made_anew_where_nothing_has_changed(folder: Path, run: Run) -> None:
    with Database.open(folder / "x.duckdb") as database:
        assert not across.refresh(database)
        database.remove(str(folder / "2022.txt"))
        assert across.refresh(database)
        assert not across.refresh(database)
