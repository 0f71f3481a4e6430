"""Entries: families in file order, the longest word first, own folders that are forgotten when they are taken back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from extractor import lexicon, quantity
from extractor.checks import documentation
from extractor.errors import PatternError


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    lexicon.use()


def test_a_family_is_what_begins_with_its_name_and_a_dot() -> None:
    ids = [pattern.id for pattern in lexicon.family("funds.role")]
    assert "funds.role.spent" in ids
    assert all(id_.startswith("funds.role.") for id_ in ids)
    assert [id_ for id_ in lexicon.lexicon().patterns if id_ in ids] == ids


def test_the_longest_word_is_found_at_each_place() -> None:
    words = lexicon.words("numbers.before.at_least")
    assert list(words) == sorted(words, key=len, reverse=True)
    match = lexicon.matcher("numbers.before.at_least").match("大于等于5")
    assert match is not None
    assert match[0] == "大于等于"


def test_fragments_are_expanded_as_a_whole() -> None:
    source = lexicon.pattern("numbers.arabic").source
    assert "{arabic}" not in source
    assert source.startswith("(?:")


def test_units_have_aliases_of_the_same_measure() -> None:
    square, alias = lexicon.unit("平方米"), lexicon.unit("㎡")
    assert square is not None
    assert alias is not None
    assert (square.dimension, square.factor, square.group) == (alias.dimension, alias.factor, alias.group)
    assert lexicon.unit("不是单位") is None


def test_an_own_unit_is_read_and_forgotten_again(folder: Path) -> None:
    assert quantity.dimension("垛") is None
    (folder / "own.toml").write_text("[[unit]]\nname = '垛'\ndimension = 'count.generic'\nfactor = 3\n", "utf-8")
    lexicon.use(folder)
    assert quantity.dimension("垛") == "count.generic"
    assert quantity.base(Decimal(2), "垛") == 6
    lexicon.use()
    assert quantity.dimension("垛") is None


def test_a_later_folder_replaces_an_earlier_one(folder: Path) -> None:
    for name, word in (("a", "甲"), ("b", "乙")):
        (folder / name).mkdir()
        (folder / name / "own.toml").write_text(f"[[term]]\nid = 'own'\nwords = ['{word}']\nwhy = 'w'\n", "utf-8")
    lexicon.use(folder / "a", folder / "b")
    assert lexicon.words("own") == ("乙",)


def test_what_is_no_folder_is_told(folder: Path) -> None:
    with pytest.raises(PatternError, match="is no folder"):
        lexicon.use(folder / "nowhere")


def test_a_file_that_is_no_text_is_told(folder: Path) -> None:
    (folder / "own.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PatternError, match=r"own\.toml cannot be read as UTF-8"):
        lexicon.use(folder)


def test_a_wrong_folder_leaves_the_former_entries_in_force(folder: Path) -> None:
    with pytest.raises(PatternError):
        lexicon.use(folder / "nowhere")
    assert lexicon.words("numbers.middle")


def test_profiles_extend_each_other(folder: Path) -> None:
    (folder / "county.toml").write_text(
        "[profile]\nid = 'county'\ntitle = '某县'\nextends = 'national'\n"
        "[[threshold]]\nid = 'overachieve.completion'\nvalue = '1.5'\nsource = 'a rule of the county'\n",
        "utf-8",
    )
    lexicon.use(folder)
    county, national = lexicon.profile("county"), lexicon.profile()
    assert county["overachieve.completion"] == Decimal("1.5")
    assert county["execution.weight"] == national["execution.weight"]
    with pytest.raises(PatternError, match="national"):
        lexicon.profile("nowhere")


def own_profile(folder: Path, content: str) -> None:
    (folder / "own.toml").write_text(content, "utf-8")
    lexicon.use(folder)


@pytest.mark.parametrize(
    ("region", "year", "chosen"),
    [
        ("云岭省", 2024, "province"),
        ("云岭省西河县", 2024, "county"),
        ("云岭省西河县", 2019, "province"),
        ("云岭省西河县", None, "county"),
        ("西河县", 2024, "national"),
        (None, 2024, "national"),
    ],
)
def test_the_profile_is_that_of_the_nearest_place_in_its_years(
    folder: Path, region: str | None, year: int | None, chosen: str
) -> None:
    (folder / "province.toml").write_text("[profile]\nid = 'province'\ntitle = 'p'\nregions = ['云岭省']\n", "utf-8")
    own_profile(
        folder,
        "[profile]\nid = 'county'\ntitle = 'c'\nregions = ['云岭省西河县']\nyears = { from = 2020, to = 2024 }\n",
    )
    assert lexicon.profile_for(region, year).id == chosen


def test_the_hubei_rules_hold_in_hubei_since_2020() -> None:
    assert lexicon.profile_for("湖北省黄冈市", 2020)["execution.weight"] == 20
    assert lexicon.profile_for("黄冈市", 2021)["qualitative.partly"] == Decimal("0.5")
    assert lexicon.profile_for("黄冈市", 2019)["execution.weight"] == 10
    assert lexicon.profile_for("吉林省", 2020)["qualitative.partly"] == Decimal("0.6")


@pytest.mark.parametrize(
    ("figure", "value"),
    [("0.49", Decimal(59)), ("0.5", Decimal(69)), ("0.75", Decimal(89)), ("0.8", None), ("1.2", None)],
)
def test_a_ladder_gives_the_first_step_above_the_figure(figure: str, value: Decimal | None) -> None:
    assert lexicon.profile("deduction-manual").ladder("score.cap").at(Decimal(figure)) == value


def test_a_ladder_may_give_words_and_take_the_rest() -> None:
    grade = lexicon.profile().ladder("grade.bands")
    assert [grade.at(Decimal(score)) for score in ("59.99", "60", "89.9", "90", "100")] == [
        "差",
        "中",
        "良",
        "优",
        "优",
    ]
    assert str(grade) == "< 60: 差; < 80: 中; < 90: 良; …: 优"


def test_what_a_profile_does_not_set_is_none() -> None:
    national = lexicon.profile()
    assert national.get("overachieve.points") is None
    assert national.ladder("score.cap").at(Decimal(0)) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("extends = 'nowhere'", "it extends nowhere, which there is not"),
        ("[[threshold]]\nid = 'x'\nvalue = 'high'\nsource = 's'", "high is no number"),
        ("[[threshold]]\nid = 'x'\nvalue = 'NaN'\nsource = 's'", "NaN is no number"),
        ("[[threshold]]\nid = 'x'\nvalue = '1'\nsource = ' '", "x gives no source"),
        ("[[threshold]]\nid = 'x'\nvalue = '1'", "lacks its line source"),
        (
            "[[ladder]]\nid = 'x'\nsource = 's'\nsteps = [{below = 2, value = 1}, {below = 1, value = 2}]",
            "x do not rise",
        ),
        ("[[ladder]]\nid = 'x'\nsource = 's'\nsteps = [{value = 1}, {below = 1, value = 2}]", "x do not rise"),
    ],
)
def test_a_wrong_profile_is_one_sentence(folder: Path, content: str, words: str) -> None:
    with pytest.raises(PatternError, match=words):
        own_profile(folder, f"[profile]\nid = 'own'\ntitle = 't'\n{content}\n")


def test_every_built_in_threshold_says_what_it_is_in_both_languages() -> None:
    for profile in lexicon.lexicon().profiles.values():
        assert profile.title_zh
        assert {*profile.values, *profile.ladders} == set(profile.bases)
        for id_, basis in profile.bases.items():
            assert "." in id_, "an id is no word that code may hold for another reason"
            assert all((basis.what != id_, basis.source, basis.what_zh, basis.source_zh)), (profile.id, id_)


def asked_for(source: str) -> set[str]:
    """The thresholds and ladders that a check's source asks a profile for."""
    return set(re.findall(r"""(?:profile|thresholds)(?:\[|\.get\(|\.ladder\()["']([\w.]+)["']""", source))


def test_every_threshold_that_a_check_asks_for_is_there() -> None:
    checks = Path(__file__).parents[1] / "extractor" / "checks"
    national = lexicon.profile()
    anywhere = {id_ for profile in lexicon.lexicon().profiles.values() for id_ in profile.bases}
    asked = {path.name: asked_for(path.read_text("utf-8")) for path in checks.rglob("*.py")}
    assert {name: ids - anywhere for name, ids in asked.items() if ids - anywhere} == {}
    needed = re.findall(r'profile\["([\w.]+)"\]', "\n".join(path.read_text("utf-8") for path in checks.rglob("*.py")))
    assert set(needed) <= set(national.values), "one that no profile but a local one sets is asked for with get"
    assert "execution.weight" in asked["weight_sum.py"]


def test_a_threshold_that_is_nowhere_is_noticed() -> None:
    assert asked_for('profile["no.such"]; profile.get("nor.this"); profile.ladder("nor.that")') == {
        "no.such",
        "nor.this",
        "nor.that",
    }


def test_a_check_is_explained_with_the_thresholds_that_it_looks_at() -> None:
    assert documentation.thresholds("weight-sum") == ["execution.weight"]
    assert "overachieve.completion" in documentation.thresholds("overachieve")
    assert documentation.thresholds("dup-phrase") == []


def test_expressions_are_compiled_when_they_are_first_used() -> None:
    code = (
        "from extractor import lexicon; entries = lexicon.lexicon().patterns.values();"
        "print(sum('regex' in entry.__dict__ for entry in entries))"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run(  # noqa: S603  # this very interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root, env={**os.environ}
    )
    assert done.stdout.strip() == "0"
