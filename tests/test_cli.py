"""Every command with every exit status, in both languages: what it prints and where."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from commands import Ran, Run, at_home, running
from small_reports import RIGHT, WRONG

from extractor import lexicon
from extractor.checks import catalogue
from extractor.store.database import Database

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two reports, as a user has it."""
    at_home(tmp_path, monkeypatch)
    (tmp_path / "wrong.txt").write_text(WRONG, "utf-8")
    (tmp_path / "right.txt").write_text(RIGHT, "utf-8")
    return tmp_path


@pytest.fixture
def jixiao(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command in this process."""
    with running(monkeypatch, capsys) as run:
        yield run


def outside(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a process of its own."""
    return subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", "cli", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def one_sentence(ran: Ran) -> str:
    """The one line of an error."""
    lines = [line for line in ran.err.splitlines() if line]
    assert len(lines) == 1, ran.err
    assert lines[0].startswith("jixiao: ")
    assert "Traceback" not in ran.err
    return lines[0]


# --- import -----------------------------------------------------------------------------------------------------------


def test_import_reads_skips_and_tells(jixiao: Run) -> None:
    first = jixiao("import", "wrong.txt", "right.txt", "-j", 1)
    assert (first.status, first.out) == (0, "")
    assert re.search(r"files +2 read, 0 unchanged, 0 failed\n", first.err)
    assert re.search(r"findings +1 error, 0 warnings, 1 note\n", first.err)
    again = jixiao("import", ".", "-j", 1)
    assert again.status == 0
    assert re.search(r"files +0 read, 2 unchanged, 0 failed\n", again.err)


def test_import_in_chinese(jixiao: Run) -> None:
    ran = jixiao("import", "wrong.txt", "-j", 1, "--lang", "zh")
    assert re.search(r"文件 +读取 1 份，未变化 0 份，失败 0 份\n", ran.err)
    assert re.search(r"问题 +错误 1，警告 0，提示 1\n", ran.err)


def test_import_of_what_cannot_be_read(jixiao: Run, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing of a PDF")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    ran = jixiao("import", ".", "no.txt", "-j", 1)
    assert ran.status == 1
    assert "There is no file no.txt." in ran.err
    assert "empty.txt is empty" in ran.err
    assert "broken.pdf is damaged" in ran.err
    assert re.search(r"files +2 read, 0 unchanged, 2 failed\n", ran.err)
    assert re.search(r"not looked at +\.doc 1", ran.err)
    kinds = jixiao("sql", "SELECT kind FROM gaps ORDER BY kind", "-f", "csv").out.split()
    assert kinds == ["kind", "damaged_file", "empty_file"]
    assert jixiao("import", ".", "-j", 1).status == 1, "a file that could not be read stays one"


def test_quiet_import_says_only_what_failed(jixiao: Run, folder: Path) -> None:
    assert jixiao("import", "right.txt", "-j", 1, "-q").err == ""
    (folder / "empty.txt").write_bytes(b"")
    ran = jixiao("import", ".", "-j", 1, "-q")
    assert ran.err.splitlines() == ["failed  empty.txt is empty: get the file anew."]


def test_verbose_import_names_each_file(jixiao: Run) -> None:
    ran = jixiao("import", ".", "-j", 1, "-v")
    assert "read  right.txt\nread  wrong.txt\n" in ran.err


def test_import_without_checks(jixiao: Run) -> None:
    jixiao("import", "wrong.txt", "-j", 1, "--no-check")
    assert jixiao("sql", "SELECT count(*) AS n FROM verdicts", "-f", "csv").out == "n\n0\n"
    assert jixiao("check").status == 1, "`check` makes up for it"
    assert jixiao("sql", "SELECT count(*) > 0 AS n FROM verdicts", "-f", "csv").out == "n\ntrue\n"


def test_import_writes_nothing_beside_the_reports(jixiao: Run, folder: Path) -> None:
    reports = folder / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(WRONG, "utf-8")
    jixiao("import", "reports", "-j", 1)
    jixiao("check", "reports", "-j", 1)
    assert [path.name for path in reports.iterdir()] == ["a.txt"]


# --- check ------------------------------------------------------------------------------------------------------------

FINDING = """\
 error   The parts of “科技创新专项资金” do not add up to it  sum-parts#7874528e              line 4
         600 + 500 = 1,100 ≠ 1,000 万元
         Difference 100 万元
         “省财政下达科技创新专项资金1000万元（云财教〔2023〕12号），其中：支持企业研发600万元，支持
         平台建设500万元”
"""


def test_check_of_a_file_needs_and_makes_no_database(
    jixiao: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_DB", str(folder / "env.duckdb"))
    ran = jixiao("check", "wrong.txt", "-j", 1)
    assert ran.status == 1
    assert FINDING in ran.out
    assert "1 report checked: 1 error, 0 warnings, 1 note" in ran.err
    assert sorted(path.name for path in folder.iterdir()) == ["right.txt", "wrong.txt"]


def test_check_in_chinese(jixiao: Run) -> None:
    ran = jixiao("check", "wrong.txt", "-j", 1, "--lang=zh")
    assert " 错误 “科技创新专项资金”各分项之和与总额不符  sum-parts" in ran.out
    assert "第4行" in ran.out
    assert "已核对 1 份报告：错误 1，警告 0，提示 1" in ran.err


def test_check_without_errors_gives_zero(jixiao: Run) -> None:
    ran = jixiao("check", "right.txt", "-j", 1)
    assert ran.status == 0
    assert "error " not in ran.out


def test_exit_zero(jixiao: Run) -> None:
    assert jixiao("check", "wrong.txt", "-j", 1, "--exit-zero").status == 0


def test_a_note_is_no_error(jixiao: Run) -> None:
    ran = jixiao("check", "wrong.txt", "-j", 1, "--ignore", "sum-parts")
    assert ran.status == 0
    assert "overachieve" in ran.out


def test_select_and_ignore(jixiao: Run) -> None:
    ran = jixiao("check", "wrong.txt", "-j", 1, "--select", "sum-parts,overachieve", "--ignore", "overachieve")
    assert "sum-parts" in ran.out
    assert "overachieve" not in ran.out
    wrong = jixiao("check", "wrong.txt", "--select", "sum-part")
    assert wrong.status == 2
    assert one_sentence(wrong) == "jixiao: There is no check sum-part: did you mean sum-parts?"


def test_all_shows_what_holds_and_what_could_not_be_checked(jixiao: Run) -> None:
    plain = jixiao("check", "right.txt", "-j", 1)
    everything = jixiao("check", "right.txt", "-j", 1, "--all")
    assert " holds" not in plain.out
    assert " holds" in everything.out
    assert " uncheckable" in everything.out


def test_check_of_what_cannot_be_read(jixiao: Run, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    ran = jixiao("check", "empty.txt", "right.txt", "no.txt", "-j", 1)
    assert ran.status == 1
    assert "empty.txt is empty" in ran.err
    assert "There is no file no.txt." in ran.err
    assert "科技创新专项资金" in ran.out


def test_check_of_the_database_is_that_of_the_file(jixiao: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    of_file = jixiao("check", "wrong.txt", "-j", 1)
    jixiao("import", "wrong.txt", "-j", 1, "--db", "a.duckdb")
    of_database = jixiao("check", "--db", "a.duckdb")
    assert (of_database.status, of_database.out) == (1, of_file.out)
    monkeypatch.setenv("JIXIAO_DB", "a.duckdb")
    assert jixiao("check").out == of_file.out


def test_check_runs_again_what_is_out_of_date(jixiao: Run, folder: Path) -> None:
    jixiao("import", "wrong.txt", "-j", 1)
    current = jixiao("check")
    with duckdb.connect(str(folder / "jixiao.duckdb")) as connection:
        connection.execute("UPDATE documents SET checked_with = 'an older version'")
        connection.execute("DELETE FROM verdicts")
    assert jixiao("check").out == current.out
    with Database.open(folder / "jixiao.duckdb", read_only=True) as database:
        assert database.checked_with() != {"an older version"}


def test_check_with_path_and_database_keeps(jixiao: Run) -> None:
    ran = jixiao("check", "wrong.txt", "-j", 1, "--db", "kept.duckdb")
    assert ran.status == 1
    assert FINDING in ran.out
    assert jixiao("check", "--db", "kept.duckdb").out == ran.out
    jixiao("import", "right.txt", "-j", 1, "--db", "kept.duckdb")
    assert jixiao("check", "wrong.txt", "-j", 1, "--db", "kept.duckdb").out == ran.out, "only what was named"


@pytest.mark.parametrize("name", ["a.json", "a.sarif", "a.csv", "a.xlsx", "a.txt"])
def test_check_writes_a_file_by_its_name(jixiao: Run, folder: Path, name: str) -> None:
    ran = jixiao("check", "wrong.txt", "-j", 1, "--output", name)
    assert (ran.status, ran.out) == (1, "")
    assert "1 report checked: 1 error" in ran.err
    content = (folder / name).read_bytes()
    assert content.startswith(b"PK") if name.endswith("xlsx") else "sum-parts" in content.decode("utf-8-sig")


def test_check_writes_json_to_standard_output(jixiao: Run) -> None:
    made = json.loads(jixiao("check", "wrong.txt", "-j", 1, "-f", "json").out)
    assert made["summary"]["findings"] == {"error": 1, "warning": 0, "note": 1}


def test_the_least_severity_decides_what_is_shown(jixiao: Run) -> None:
    ran = jixiao("check", "wrong.txt", "-j", 1, "--severity", "error")
    assert "sum-parts" in ran.out
    assert "overachieve" not in ran.out
    assert "1 error, 0 warnings, 0 notes" in ran.err


def test_statistics_take_the_place_of_findings(jixiao: Run) -> None:
    ran = jixiao("check", "wrong.txt", "-j", 1, "--statistics")
    assert ran.status == 1
    assert re.search(r"^sum-parts +– +1 +– +1 +– +–$", ran.out, re.MULTILINE)
    assert "≠" not in ran.out
    assert "figures compared" in ran.out
    assert "总额" not in jixiao("check", "wrong.txt", "-j", 1, "--statistics", "--lang", "zh").out


def test_a_finding_is_dismissed_until_its_figures_change(jixiao: Run, folder: Path) -> None:
    jixiao("import", "wrong.txt", "-j", 1)
    named = re.search(r"sum-parts#\w+", jixiao("check").out)
    assert named is not None
    ran = jixiao("dismiss", named[0], "--reason", "as agreed")
    assert ran.status == 0
    assert "dismissed  7874528e" in ran.err
    after = jixiao("check")
    assert after.status == 0, "no error is left"
    assert "sum-parts" not in after.out
    assert "; 1 dismissed" in after.out
    assert re.search(r" dismissed .*sum-parts#(.|\n)*Reason: as agreed", jixiao("check", "--all").out)
    assert re.search(r"7874528e +\d{4}-\d\d-\d\d +The parts .*as agreed +wrong.txt", jixiao("dismiss").out)
    (folder / "wrong.txt").write_text(WRONG.replace("600万元", "700万元"), "utf-8")
    jixiao("import", "wrong.txt", "-j", 1)
    assert jixiao("check").status == 1, "other figures"
    assert "the figures have changed" in jixiao("dismiss").out
    (folder / "wrong.txt").write_text(WRONG, "utf-8")
    jixiao("import", "wrong.txt", "-j", 1)
    assert jixiao("check").status == 0
    assert jixiao("dismiss", "7874", "--undo").status == 0
    assert jixiao("check").status == 1
    assert "0 findings dismissed" in jixiao("dismiss").err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dismiss", "12345678", "--reason", "x"), "There is no finding 12345678"),
        (("dismiss", "787", "--reason", "x"), "too short for an id"),
        (("dismiss", "7874528e"), "A dismissal has a reason"),
        (("dismiss", "7874528e", "--reason", " "), "A dismissal has a reason"),
        (("dismiss", "7874528e", "--undo"), "No dismissal begins with 7874528e"),
        (("dismiss", "--undo"), "Name the finding"),
        (("dismiss", "--db", "none.duckdb"), "There is no database none.duckdb"),
        (("dismiss", "7874528e", "--reason", "x", "--db", "none.duckdb"), "There is no database none.duckdb"),
        (("check", "--severity", "grave"), "There is no severity grave"),
        (("check", "right.txt", "--new"), "--new needs a database"),
        (("check", "--profile", "nowhere"), "There is no profile nowhere"),
        (("check", "--output", "jixiao.duckdb"), "is the database itself"),
        (("check", "--format", "xlsx"), "needs a file"),
        (("check", "--format", "sarif", "--statistics"), "SARIF holds no statistics"),
        (("check", "--checks", "none"), "none is no folder"),
        (("explain", "--checks", "none"), "none is no folder"),
    ],
)
def test_what_check_and_dismiss_cannot_do(imported: Run, folder: Path, arguments: tuple[str, ...], words: str) -> None:
    for language in ("en", "zh"):
        ran = imported(*arguments, "--lang", language)
        assert (ran.status, ran.out) == (2, "")
        told = one_sentence(ran)
        assert words in told if language == "en" else re.search("[\u4e00-\u9fff]", told)
    assert not (folder / "none.duckdb").exists()


def test_only_what_is_new_is_shown(jixiao: Run, folder: Path) -> None:
    jixiao("import", "wrong.txt", "-j", 1)
    first = jixiao("check", "--new")
    assert (first.status, FINDING in first.out) == (1, True)
    assert "1 report with new findings: 1 error" in first.err
    again = jixiao("check", "--new")
    assert (again.status, again.out) == (0, "")
    assert "0 reports with new findings" in again.err
    (folder / "other.txt").write_text(WRONG.replace("支持平台建设500", "支持平台建设300"), "utf-8")
    jixiao("import", "other.txt", "right.txt", "-j", 1)
    third = jixiao("check", "--new", "--severity", "error")
    assert third.status == 1
    assert "other.txt" in third.out
    assert "wrong.txt" not in third.out
    assert "overachieve" in jixiao("check", "--new").out, "a note was not shown before"
    assert FINDING in jixiao("check").out, "without --new everything is shown"


def test_new_findings_of_files_are_kept_in_the_database(jixiao: Run) -> None:
    assert jixiao("check", "wrong.txt", "-j", 1, "--new", "--db", "a.duckdb").status == 1
    assert jixiao("check", "wrong.txt", "-j", 1, "--new", "--db", "a.duckdb").out == ""


OWN = (
    "-- id: no-number\n-- severity: error\n-- title: A part without a number\n-- text: {label} has none\n"
    "SELECT document_id, evaluation_id, label, [{'table': 'funds', 'seq': seq}] AS evidence "
    "FROM funds WHERE parent_seq IS NOT NULL\n"
)


def test_own_checks_stand_beside_the_others(jixiao: Run, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "one.sql").write_text(OWN, "utf-8")
    explained = jixiao("explain", "--checks", "mine").out
    assert re.search(r"^no-number +error +A part without", explained, re.MULTILINE)
    assert "mine/one.sql\n  SELECT document_id" in jixiao("explain", "no-number", "--checks", "mine").out
    ran = jixiao("check", "right.txt", "-j", 1, "--checks", "mine", "--select", "own")
    assert ran.status == 1
    assert "支持企业研发 has none  no-number#" in ran.out
    assert not (folder / "jixiao.duckdb").exists(), "nothing is kept"
    assert jixiao("check", "right.txt", "-j", 1, "--checks", "mine", "--ignore", "no-*").status == 0


def test_own_checks_on_a_database_are_kept_until_a_run_without_them(jixiao: Run, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "one.sql").write_text(OWN, "utf-8")
    jixiao("import", "right.txt", "wrong.txt", "-j", 1)
    counted = "SELECT count(*) AS n FROM findings WHERE check_id = 'no-number'"
    with_own = jixiao("check", "--checks", "mine")
    assert "no-number#" in with_own.out
    assert jixiao("sql", counted, "-f", "csv").out == "n\n4\n"
    assert jixiao("check", "--checks", "mine").out == with_own.out
    named = re.search(r"no-number#(\w+)", with_own.out)
    assert named is not None
    assert jixiao("dismiss", named[1], "--reason", "x").status == 0
    assert named[0] not in jixiao("check", "--checks", "mine").out
    assert "no-number#" in jixiao("show", "right.txt").out
    assert "no-number" not in jixiao("check").out
    assert jixiao("sql", counted, "-f", "csv").out == "n\n0\n"


def test_a_profile_is_named_and_explained(jixiao: Run, folder: Path) -> None:
    (folder / "own").mkdir()
    (folder / "own" / "own.toml").write_text(
        "[profile]\nid = 'own'\ntitle = 'Our county'\n"
        "[[threshold]]\nid = 'overachieve.completion'\nvalue = '1.5'\nsource = 'our manual'\n",
        "utf-8",
    )
    own = ("--patterns", "own", "--profile", "own")
    assert "overachieve" in jixiao("check", "wrong.txt", "-j", 1, "--patterns", "own").out
    ran = jixiao("check", "wrong.txt", "-j", 1, *own)
    assert "overachieve" not in ran.out
    assert "judged by the profile Our county" in " ".join(ran.out.split())
    explained = jixiao("explain", "overachieve", *own).out
    assert "overachieve.completion = 1.5" in explained
    assert "our manual" in explained
    plain = jixiao("explain", "overachieve", "--patterns", "own").out
    assert "overachieve.completion = 1.3" in plain
    assert "own: 1.5. our manual" in plain
    assert "现行阈值" in jixiao("explain", "weight-sum", "--lang", "zh").out
    assert "Thresholds" not in jixiao("explain", "dup-phrase").out


def test_verdicts_of_another_profile_are_out_of_date(jixiao: Run, folder: Path) -> None:
    jixiao("import", "wrong.txt", "-j", 1, "--profile", "budget-system")
    made = "SELECT checked_with FROM documents"
    assert " budget-system " in jixiao("sql", made, "-f", "csv").out
    jixiao("check", "--profile", "hubei")
    assert " hubei " in jixiao("sql", made, "-f", "csv").out
    jixiao("check")
    assert " auto " in jixiao("sql", made, "-f", "csv").out


# --- show -------------------------------------------------------------------------------------------------------------


def test_show_one_report(jixiao: Run) -> None:
    jixiao("import", "wrong.txt", "-j", 1)
    for meant in ("wrong.txt", "云岭省", "科技创新"):
        ran = jixiao("show", meant)
        assert ran.status == 0
        for part in ("云岭省科技创新专项资金2023年度绩效自评报告", "├── 1000万元", "│   └── 500万元", "≥20个", "25个"):
            assert part in ran.out
        assert "云财教〔2023〕12号" in ran.out
        assert FINDING in ran.out


def test_show_reads_a_file_that_is_not_in_the_database(jixiao: Run, folder: Path) -> None:
    ran = jixiao("show", "wrong.txt")
    assert (ran.status, FINDING in ran.out) == (0, True)
    assert not (folder / "jixiao.duckdb").exists()
    jixiao("import", "right.txt", "-j", 1)
    assert jixiao("show", "wrong.txt").out == ran.out


def test_show_hangs_parts_on_a_total_that_stands_behind_them(jixiao: Run, folder: Path) -> None:
    path = folder / "behind.txt"
    path.write_text(
        "2021年度岗位补贴资金绩效自评报告\n一、资金使用情况\n发放岗位补贴438.48万元，购买保险8.12万元，合计支出446.6万元。\n",
        encoding="utf-8",
    )
    shown = jixiao("show", str(path)).out
    lines = [line for line in shown.splitlines() if "万元" in line]
    at = [line.index("万元") for line in lines]
    assert at[0] < min(at[1:])
    assert "446.6" in lines[0]
    assert "438.48" in lines[1]
    assert "8.12" in lines[2]


def test_show_in_chinese(jixiao: Run) -> None:
    ran = jixiao("show", "wrong.txt", "--lang", "zh")
    assert re.search(r"标题 +云岭省科技创新专项资金", ran.out)
    assert "预算" in ran.out


def test_show_of_none_or_several(jixiao: Run) -> None:
    jixiao("import", ".", "-j", 1)
    none = jixiao("show", "另一个标题" * 60)
    assert none.status == 2
    assert "fits" in one_sentence(none)
    several = jixiao("show", "云岭省")
    assert several.status == 2
    assert "wrong.txt" in several.err
    assert "right.txt" in several.err
    assert "“云岭省” fits 2 reports" in several.err


# --- sql --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def imported(jixiao: Run) -> Run:
    jixiao("import", "wrong.txt", "-j", 1)
    return jixiao


def test_sql_in_each_format(imported: Run, folder: Path) -> None:
    query = "SELECT label, yuan, page FROM funds ORDER BY seq LIMIT 2"
    assert imported("sql", query).out.splitlines() == [
        "label                    yuan  page",
        "科技创新专项资金  10000000.00",
        "支持企业研发       6000000.00",
    ]
    assert (
        imported("sql", query, "--format", "csv").out
        == "label,yuan,page\n科技创新专项资金,10000000,\n支持企业研发,6000000,\n"
    )
    loaded = json.loads(imported("sql", query, "-f", "json").out, parse_float=Decimal)
    assert loaded[0] == {"label": "科技创新专项资金", "yuan": Decimal("10000000.00"), "page": None}
    for name in ("a.csv", "a.json", "a.parquet", "a.xlsx"):
        assert imported("sql", query, "-o", name).status == 0
        assert (folder / name).stat().st_size > 50
    with (folder / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1][0] == "科技创新专项资金"
    rows = duckdb.read_parquet(str(folder / "a.parquet")).project("label, yuan").fetchall()
    assert rows[0] == ("科技创新专项资金", Decimal("10000000.00"))


def test_sql_from_standard_input(imported: Run) -> None:
    assert imported("sql", "-f", "csv", stdin="SELECT 1 AS one;").out == "one\n1\n"
    assert imported("sql", "-", "-f", "csv", stdin="SELECT 2 AS two").out == "two\n2\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("SELECT nothing FROM funds",), "The query failed"),
        (("DROP TABLE funds",), "only read here"),
        (("SELECT 1; SELECT 2", "-o", "x.csv"), "Here are 2 queries"),
        (("SELECT * FROM read_csv('wrong.txt')",), "nothing but the database"),
        (("  ",), "There is no query"),
        (("SELECT 1", "-f", "yaml"), "There is no format yaml"),
        (("SELECT 1", "-f", "xlsx"), "needs a file"),
        (("SELECT 1", "-o", "jixiao.duckdb"), "the database itself"),
        (("SELECT 1", "-o", "no/such/folder.csv"), "cannot be written"),
        (("SELECT 1", "--db", "none.duckdb"), "There is no database none.duckdb"),
        (("SELECT 1", "--db", "wrong.txt"), "is no database"),
    ],
)
def test_sql_that_cannot_be_run(imported: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = imported("sql", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in one_sentence(ran)
    assert imported("sql", "SELECT count(*) AS n FROM funds", "-f", "csv").out == "n\n4\n", "the database is unharmed"


def test_chinese_views(imported: Run) -> None:
    ran = imported("sql", "SELECT 年度, 指标名称, 目标值, 实际值 FROM 指标 WHERE 指标名称 LIKE '%平台%'", "-f", "csv")
    assert ran.out.splitlines()[0] == "年度,指标名称,目标值,实际值"
    assert "新建平台数量" in ran.out


# --- explain, status --------------------------------------------------------------------------------------------------


def test_explain(jixiao: Run) -> None:
    every = jixiao("explain")
    assert every.status == 0
    checks, profiles = every.out.split("\n\n")
    assert [line.split()[0] for line in checks.splitlines()[1:] if not line.startswith(" ")] == list(catalogue.CHECKS)
    assert [line.split()[0] for line in profiles.splitlines()[1:]] == list(lexicon.lexicon().profiles)
    for language, section in (("en", "Tolerance"), ("zh", "容差")):
        assert section in jixiao("explain", "sum-parts", "--lang", language).out
    wrong = jixiao("explain", "nothing-like-it")
    assert wrong.status == 2
    assert "`jixiao explain` lists them" in one_sentence(wrong)


def test_status(imported: Run, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    imported("import", "empty.txt", "-j", 1)
    ran = imported("status")
    assert ran.status == 0
    for words in ("1 report, 1 file that could not be read", "4 funds", "2 indicators", "sum-parts", "empty files"):
        assert words in ran.out
    assert "报告 1 份" in imported("status", "--lang", "zh").out
    assert imported("status", "--db", "none.duckdb").status == 2


def test_the_environment_names_the_database(jixiao: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_DB", "named.duckdb")
    jixiao("import", "right.txt", "-j", 1)
    assert (folder / "named.duckdb").exists()
    assert "named.duckdb" in jixiao("status").out
    assert jixiao("sql", "SELECT 1 AS a", "-f", "csv").out == "a\n1\n"
    assert jixiao("show", "right.txt").status == 0


# --- wrong usage, help ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chek",), "There is no command chek: did you mean check?"),
        (("frobnicate",), "There is no command frobnicate: `jixiao --help` lists them."),
        (("check", "--exit-zer"), "There is no option --exit-zer: did you mean --exit-zero?"),
        (("import",), "PATH... is missing: `jixiao import --help` says what it is."),
        (("import", "--db"), "The option --db is used wrongly"),
        (("import", "x", "--jobs", "many"), "The value of --jobs / -j cannot be used"),
        (("import", "x", "--jobs", "-1"), "The value of --jobs / -j cannot be used"),
        (("status", "too", "much"), "This call is not understood"),
        (("status", "--lang", "fr"), "There is no language fr: choose zh or en."),
        (("check", "x", "--reader", "tesseract"), "There is no reader tesseract"),
        (("check", "right.txt", "--patterns", "none"), "none is no folder"),
        (("check",), "There is no database jixiao.duckdb"),
        (("import", "right.txt", "--db", "no/such/a.duckdb"), "The database no/such/a.duckdb cannot be opened"),
        (("import", "right.txt", "--db", "wrong.txt"), "wrong.txt is no database"),
    ],
)
def test_wrong_usage_is_one_sentence(jixiao: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = jixiao(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in one_sentence(ran)
    chinese = one_sentence(jixiao("--lang", "zh", *arguments)) if "--lang" not in arguments else "语言"
    assert re.search("[\u4e00-\u9fff]", chinese)


def test_no_command_shows_the_help(jixiao: Run) -> None:
    ran = jixiao()
    assert ran.status == 2
    assert "Commands:" in ran.err


COMMANDS = (
    "import", "check", "dismiss", "link", "show", "trend", "search", "sql", "export", "explain", "status",
)  # fmt: skip


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_in_both_languages_fits(jixiao: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len  # noqa: PLC0415

    monkeypatch.setenv("COLUMNS", "80")
    for language, usage in (("en", "Usage: jixiao"), ("zh", "用法： jixiao")):
        ran = jixiao(*command, "--help", "--lang", language)
        assert ran.status == 0
        assert ran.out.startswith(usage)
        assert all(cell_len(line) <= 80 for line in ran.out.splitlines())
    # No English is left in the Chinese one but names and what is typed.
    words = set(re.findall(r"(?<![-\w|<.])[A-Za-z]{3,}(?![-\w|.])", ran.out))
    assert words <= _TYPED, words


_TYPED = {
    *COMMANDS,
    *("jixiao", "PATH", "FILE", "DIR", "REPORT", "QUERY", "CHECK", "DuckDB", "SQL", "PDF", "JIXIAO_DB"),
    *(
        "NAME",
        "TEXT",
        "FINDING",
        "LINK",
        "WORDS",
        "VALUE",
        "markdown",
        "png",
        "svg",
        "tables",
        "schema",
        "error",
        "warning",
        "note",
        "new",
        "sql",
        "score",
        "text",
        "sarif",
    ),
    *("pdfium", "pdfplumber", "document_id", "duckdb", "table", "csv", "json", "parquet", "xlsx"),
}


def test_version(jixiao: Run) -> None:
    assert re.fullmatch(r"jixiao \d+\.\d+\.\d+\n", jixiao("--version").out)


def test_help_needs_nothing_heavy() -> None:
    """`--help` comes at once because these are imported by the commands that need them alone."""
    heavy = {
        "rich",
        "duckdb",
        "pypdfium2",
        "pdfplumber",
        "regex",
        "jieba",
        "opencc",
        "simplejson",
        "xlsxwriter",
        "matplotlib",
        "prompt_toolkit",
    }
    ours = {"extractor.lexicon", "extractor.pipeline", "extractor.store.database", "multiprocessing"}
    code = "import sys, cli\ntry:\n    cli.main()\nfinally:\n    sys.stderr.write(' '.join(sys.modules))"
    ran = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", code, "check", "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0
    loaded = set(ran.stderr.split())
    assert "typer" in loaded
    assert (heavy | ours) & loaded == set()


# --- from outside -----------------------------------------------------------------------------------------------------


@contextmanager
def held_open(name: str, read_only: bool = False) -> Iterator[None]:
    """Another process has the database open."""
    code = f"import time, duckdb; c = duckdb.connect({name!r}, read_only={read_only}); print('held', flush=True)"
    holder = subprocess.Popen([sys.executable, "-c", f"{code}; time.sleep(60)"], stdout=subprocess.PIPE)  # noqa: S603
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        yield
    finally:
        holder.kill()
        holder.communicate()


def test_a_locked_database_is_one_sentence(folder: Path) -> None:
    with held_open("held.duckdb"):
        for command in (("import", "right.txt"), ("check",), ("status",), ("sql", "SELECT 1"), ("show", "right.txt")):
            ran = outside(*command, "--db", "held.duckdb")
            assert (ran.returncode, ran.stdout) == (2, "")
            assert re.fullmatch(r"jixiao: The database held.duckdb is in use by another program.*\n", ran.stderr)


def test_verdicts_that_cannot_be_kept_are_shown(imported: Run, folder: Path) -> None:
    before = imported("check").out
    with duckdb.connect(str(folder / "jixiao.duckdb")) as connection:
        connection.execute("UPDATE documents SET checked_with = 'an older version'")
    with held_open("jixiao.duckdb", read_only=True):
        ran = imported("check")
    assert (ran.status, ran.out) == (1, before)
    assert "is in use by another program" in ran.err
    assert "The verdicts are made anew and are not kept." in ran.err


@pytest.mark.skipif(os.name != "posix", reason="other systems allow no such names")
def test_names_that_are_no_text(folder: Path) -> None:
    (folder / "odd").mkdir()
    Path(os.fsdecode(os.fsencode(folder / "odd") + b"/r\xff\x1b[31m.txt")).write_text(WRONG, "utf-8")
    Path(os.fsdecode(os.fsencode(folder / "odd") + b"/e\xff.txt")).write_bytes(b"")
    for command, status in ((("import", "odd"), 1), (("check",), 1), (("status",), 0), (("check", "odd"), 1)):
        ran = outside(*command, "-v", LC_ALL="C.UTF-8")
        assert ran.returncode == status, ran.stderr
        assert "Traceback" not in ran.stderr
        assert "\x1b" not in ran.stdout + ran.stderr
    assert outside("show", "odd").returncode == 2


def test_a_folder_without_reports(jixiao: Run, folder: Path) -> None:
    (folder / "none").mkdir()
    for command in ("import", "check"):
        ran = jixiao(command, "none")
        assert ran.status == 0
        assert "There is no PDF and no text file here." in ran.err
    assert not (folder / "jixiao.duckdb").exists()


def test_the_reader_of_a_pipe_may_go(folder: Path) -> None:
    (folder / "many.txt").write_text(WRONG * 20, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "cli", "check", "many.txt", "--all", "-j", "1", "--exit-zero"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_workers_give_the_same(folder: Path, jixiao: Run) -> None:
    alone = jixiao("check", ".", "-j", 1)
    together = outside("check", ".", "-j", "2")
    assert (together.returncode, together.stdout) == (alone.status, alone.out)


@pytest.mark.skipif(os.name != "posix", reason="sends an interrupt to a group of processes")
def test_an_interrupt_keeps_what_was_done(folder: Path) -> None:
    import signal  # noqa: PLC0415

    for i in range(300):
        (folder / f"r{i}.txt").write_text(WRONG.replace("1000万元", f"{1000 + i}万元"), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "import", ".", "-j", "2", "-v"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=30)[1].decode()
    assert process.returncode == 130
    assert said.splitlines()[-1] == "jixiao: Interrupted: what was done so far is kept."
    assert "Traceback" not in said
    time.sleep(0.1)
    with Database.open(folder / "jixiao.duckdb", read_only=True) as database:
        assert 0 < database.status().reports < 302


def test_text_that_the_stream_cannot_write_is_escaped(folder: Path) -> None:
    ran = outside("check", "wrong.txt", "-j", "1", PYTHONIOENCODING="ascii")
    assert ran.returncode == 1
    assert "\\u4e91\\u5cad\\u7701" in ran.stdout


# --- README -----------------------------------------------------------------------------------------------------------


def blocks() -> list[str]:
    """The fenced blocks of README, without their fences."""
    return re.findall(r"^```\w*\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_the_first_blocks_of_readme_are_one_command_line_each() -> None:
    first, second = blocks()[:2]
    assert first.count("\n") == second.count("\n") == 1
    assert first.startswith("pip install .")
    assert "pytest" in second


def test_the_example_in_readme_is_current(jixiao: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    command, *shown = next(block for block in blocks() if block.startswith("$ jixiao check")).splitlines()
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    ran = jixiao(*command.split()[2:])
    assert shown.pop() == "…"
    assert ran.out.splitlines()[: len(shown)] == shown


def test_the_commands_in_readme_are_all_there_are(jixiao: Run) -> None:
    table = re.findall(r"^\| `jixiao (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    helped = re.findall(r"^  (\w+) ", jixiao("--help").out.split("Commands:")[1], re.MULTILINE)
    assert table == helped == list(COMMANDS)
