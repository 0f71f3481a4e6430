"""`sql`: parameters, files, several queries, `.tables` and `.schema`, the prompt, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Run, at_home, running
from prompt_toolkit.application import create_app_session
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from small_reports import RIGHT

from extractor.screens import prompting, rows
from extractor.screens.console import Screen
from extractor.screens.querying import answer
from extractor.store.database import Database


@pytest.fixture
def jixiao(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    at_home(tmp_path, monkeypatch)
    (tmp_path / "right.txt").write_text(RIGHT, "utf-8")
    with running(monkeypatch, capsys) as run:
        assert run("import", "right.txt", "-q").status == 0
        yield run


def test_parameters_are_values_and_never_sql(jixiao: Run) -> None:
    query = "SELECT $text AS text, typeof($text) AS type"
    ran = jixiao("sql", query, "-p", "text='; DROP TABLE funds; --", "-f", "csv")
    assert ran.out.splitlines()[1] == "'; DROP TABLE funds; --,VARCHAR"
    assert jixiao("sql", query, "-p", "text=2023", "-f", "csv").out.splitlines()[1] == "2023,INTEGER"
    assert jixiao("sql", query, "-p", "text=98.50", "-f", "csv").out.splitlines()[1] == '98.5,"DECIMAL(4,2)"'
    assert jixiao("sql", query, "-p", "text=007", "-f", "csv").out.splitlines()[1] == "007,VARCHAR"
    assert "is no parameter" in jixiao("sql", query, "-p", "=x").err
    assert "text" in jixiao("sql", query).err


def test_a_file_may_hold_several_queries(jixiao: Run, tmp_path: Path) -> None:
    (tmp_path / "q.sql").write_text("-- two\nSELECT 1 AS a;\nSELECT 2 AS b;\n", "utf-8")
    assert jixiao("sql", "--file", "q.sql", "-f", "csv").out == "a\n1\n\nb\n2\n"
    assert "2 queries" in jixiao("sql", "--file", "q.sql", "-o", "x.csv").err
    assert not (tmp_path / "x.csv").exists()
    assert "not both" in jixiao("sql", "SELECT 1", "--file", "q.sql").err
    assert "cannot be read" in jixiao("sql", "--file", "none.sql").err


@pytest.mark.parametrize(
    "query",
    [
        "COPY funds TO 'x.csv'",
        "ATTACH 'x.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '1GB'",
        "CREATE TABLE x (a INTEGER)",
        "DELETE FROM funds",
        "SELECT * FROM read_csv('right.txt')",
        "SELECT * FROM read_text('right.txt')",
        "SELECT * FROM glob('*')",
        "SELECT * FROM 'right.txt'",
        "SELECT getenv('HOME')",
        "EXPORT DATABASE 'x'",
        "PRAGMA memory_limit = '1GB'",
        "CALL pragma_version(); DELETE FROM funds",
    ],
)
def test_what_writes_or_reads_elsewhere_is_refused_in_one_sentence(jixiao: Run, tmp_path: Path, query: str) -> None:
    before = sorted(tmp_path.iterdir())
    ran = jixiao("sql", query)
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before
    (tmp_path / "q.sql").write_text(f"SELECT 1 AS one; {query};", "utf-8")
    assert jixiao("sql", "--file", "q.sql").status == 2
    assert jixiao("sql", "SELECT count(*) AS n FROM funds", "-f", "csv").out == "n\n4\n"


def test_tables_and_schema_describe_themselves(jixiao: Run) -> None:
    assert "指标历年" in jixiao("sql", ".tables").out
    assert "实际值" in jixiao("sql", ".schema 指标历年").out
    described = jixiao("sql", ".schema funds", "-f", "csv").out
    assert "funds,parent_seq,INTEGER,the total that it is a part of" in described
    assert "There is no table nothere" in jixiao("sql", ".schema nothere").err
    assert "There is no command .dump" in jixiao("sql", ".dump").err


def test_markdown_escapes_what_would_be_markup(jixiao: Run, tmp_path: Path) -> None:
    query = "SELECT '|a*b\n<c>' AS text, 1.50::DECIMAL(18,2) AS yuan"
    assert jixiao("sql", query, "-f", "markdown").out.splitlines() == [
        "| text | yuan |",
        "| --- | ---: |",
        r"| \|a\*b⏎\<c\> | 1.50 |",
    ]
    assert jixiao("sql", query, "-o", "x.md").status == 0
    assert (tmp_path / "x.md").read_text("utf-8").startswith("| text |")


def test_numbers_keep_the_places_of_their_column() -> None:
    found = rows.Rows(("a",), [], (2,))
    database = Database.in_memory()
    with database:
        told = answer(database, "SELECT 5::DECIMAL(18,2) AS a, 0.1::DECIMAL(38,10) AS b")
    assert [told.shown(at, value) for at, value in enumerate(told.rows[0])] == ["5.00", "0.1"]
    assert found.places == (2,)


def typed(database: Database, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """What the prompt prints when somebody types this."""
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(text)
        prompting.prompt(Screen("en"), database, "csv")
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_the_prompt_answers_goes_on_after_errors_and_leaves(
    jixiao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with Database.open(tmp_path / "jixiao.duckdb", read_only=True) as database:
        keys = (
            "SELECT 1\rAS one;\rSELECT nothing;\r.format markdown\r.format no\rDELETE FROM funds;\rSELECT 2 AS two;\r"
        )
        out, err = typed(database, keys + ".help\r.quit\r", capsys)
    assert out == "one\n1\n| two |\n| ---: |\n| 2 |\n"
    assert "nothing" in err
    assert "There is no format no" in err
    assert "DELETE is not allowed" in err
    assert ".schema" in err


def test_the_prompt_ends_with_its_input_and_forgets_an_interrupted_line(
    jixiao: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with Database.open(tmp_path / "jixiao.duckdb", read_only=True) as database:
        out, _ = typed(database, "SELECT 1 AS one\x03SELECT 2 AS two;\r\x04", capsys)
    assert out == "two\n2\n"
    if (tmp_path / "state").exists():
        assert "SELECT 2" in (tmp_path / "state" / "jixiao" / "sql_history").read_text("utf-8")


def completed(names: list[str], text: str) -> list[str]:
    return [one.text for one in prompting.Names(names).get_completions(Document(text), None)]  # type: ignore[arg-type]


def test_names_commands_and_words_are_completed() -> None:
    names = ["indicator_history", "indicators", "指标历年", "fiscal_year"]
    assert completed(names, "SELECT * FROM indic") == ["indicator_history", "indicators"]
    assert completed(names, "SELECT i.fis") == ["fiscal_year"]
    assert completed(names, "SELECT * FROM 指") == ["指标历年"]
    assert completed(names, "sel") == ["SELECT"]
    assert completed(names, ".t") == [".tables"]
    assert completed(names, "SELECT ") == []
