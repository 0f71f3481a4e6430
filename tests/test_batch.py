"""Many files: which are meant, unchanged ones skipped, order kept, a failure costs its own file."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from small_reports import RIGHT, WRONG

from extractor import batch, pipeline
from extractor.checks import catalogue
from extractor.checks.base import Check
from extractor.errors import DatabaseError, PatternError, UnreadableFileError
from extractor.inputs import collect
from extractor.model import Report, Verdict
from extractor.pipeline import Settings
from extractor.store.database import Database
from extractor.store.rows import Prepared
from extractor.wall import Wall
from extractor.workers import Lost, job_count, ordered

SETTINGS = Settings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    (made / "right.txt").write_text(RIGHT, "utf-8")
    (made / "wrong.txt").write_text(WRONG, "utf-8")
    return made


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(tmp_path / "test.duckdb") as opened:
        yield opened


# --- which files ------------------------------------------------------------------------------------------------------


def test_folders_give_pdf_and_text_below_them(tmp_path: Path) -> None:
    for name in ("b/z.TXT", "b/a.pdf", "c.txt", "d.docx", "b/e.xlsx", ".hidden/f.txt", ".g.txt", "~$h.txt", "i.duckdb"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "scan").write_bytes(b"\n%PDF-1.7 ...")
    found = collect([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["c.txt", "scan", "b/a.pdf", "b/z.TXT"]
    assert found.others == Counter({".docx": 1, ".xlsx": 1, ".duckdb": 1})
    assert found.missing == []


def test_a_file_that_is_named_is_taken_whatever_it_is(tmp_path: Path) -> None:
    path = tmp_path / ".report.docx"
    path.write_bytes(b"x")
    assert collect([path]).files == [path]


def test_each_file_is_taken_once(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "wrong.txt")
    twice = [folder / "wrong.txt", folder, folder / ".." / "reports" / "right.txt"]
    assert [path.name for path in collect(twice).files] == ["wrong.txt", "right.txt"]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    assert collect([tmp_path / "no.txt", Path("名" * 300)]).missing == [tmp_path / "no.txt", Path.cwd() / ("名" * 300)]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a folder that is closed to the user")
def test_a_closed_folder_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    assert [path for path, _ in collect([tmp_path]).closed] == [closed]


# --- workers ----------------------------------------------------------------------------------------------------------


def ready() -> None:
    """Workers need nothing."""


def work(task: int) -> int:
    """Tasks of all sorts: 13 fails, 14 dies, 15 leaves, 16 is slow."""
    if task == 13:
        raise ValueError("unlucky")
    if task == 14:
        os.kill(os.getpid(), signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    if task == 15:
        os._exit(3)
    if task == 16:
        time.sleep(0.5)
    return task * 10


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = [16, *range(10)]
    assert list(ordered(tasks, work, jobs, ready)) == [(task, task * 10) for task in tasks]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_task_that_fails_costs_itself(jobs: int) -> None:
    results = dict(ordered([1, 13, 2], work, jobs, ready))
    failed = results.pop(13)
    assert results == {1: 10, 2: 20}
    assert isinstance(failed, Lost)
    assert failed.reason.startswith("ValueError: unlucky (test_batch.py:")


def test_a_worker_that_dies_costs_its_task() -> None:
    results = dict(ordered([1, 14, 2, 15, 3], work, 2, ready))
    assert {task: result for task, result in results.items() if task < 10} == {1: 10, 2: 20, 3: 30}
    assert results[15] == Lost("exit status 3")
    assert isinstance(results[14], Lost)


def test_a_reader_that_stops_ends_the_workers() -> None:
    results = ordered(range(100), work, 2, ready)
    assert next(results) == (0, 0)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(StopIteration):
        next(results)


def test_jobs() -> None:
    assert job_count(3) == 3
    assert job_count(0) >= 1


def test_the_wall_lets_an_interrupt_through() -> None:
    with pytest.raises(KeyboardInterrupt), Wall():
        raise KeyboardInterrupt


# --- one file ---------------------------------------------------------------------------------------------------------


def test_a_file_becomes_facts_and_verdicts(folder: Path) -> None:
    result = pipeline.process(folder / "wrong.txt", SETTINGS)
    assert result.report is not None
    assert [fund.raw for fund in result.report.funds[:3]] == ["1000万元", "600万元", "500万元"]
    errors = [v for v in result.verdicts if v.outcome == "inconsistent" and v.severity == "error"]
    assert [error.check_id for error in errors] == ["sum-parts"]


def test_a_file_that_cannot_be_read_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = pipeline.process(tmp_path / "empty.txt", SETTINGS)
    assert (result.report, result.retry) == (None, False)
    assert result.gap is not None
    assert result.gap.kind == "empty_file"
    missing = pipeline.process(tmp_path / "missing.txt", SETTINGS)
    assert missing.gap is not None
    assert missing.retry
    with pytest.raises(UnreadableFileError):
        pipeline.extract(tmp_path / "empty.txt")


def test_numbers_that_were_read_are_counted(folder: Path) -> None:
    counts = pipeline.extract(folder / "wrong.txt").counts
    # Numbers of the text: 2023, 2023, 1000, 2023, 12, 600, 500, 2023, 12, 31, 1000, 100, 1, 20, 25, 2, 2, 3.
    assert counts["numbers"] == 18
    assert 10 <= counts["numbers_read"] <= 16


def fails(report: Report, profile: object) -> Iterator[Verdict]:
    yield from ()
    raise ZeroDivisionError("in a check")


def test_a_check_that_fails_costs_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = pipeline.extract(folder / "wrong.txt")
    whole = list(pipeline.check(report))
    real = catalogue.check

    def one_fails(check_id: str) -> Check:
        return replace(real(check_id), run=fails) if check_id == "arrival-rate" else real(check_id)

    monkeypatch.setattr(catalogue, "check", one_fails)
    verdicts = list(pipeline.check(report))
    told = [verdict for verdict in verdicts if verdict.check_id == "arrival-rate"]
    assert [verdict.outcome for verdict in told] == ["uncheckable"]
    assert "ZeroDivisionError: in a check" in told[0].message.text("en")
    assert [v for v in verdicts if v not in told] == [v for v in whole if v.check_id != "arrival-rate"]


def test_versions_follow_what_they_depend_on(tmp_path: Path) -> None:
    plain = pipeline.extractor_version(SETTINGS), pipeline.checked_with(SETTINGS)
    assert pipeline.extractor_version(Settings(reader="pdfplumber")) != plain[0]
    (tmp_path / "own.toml").write_text(
        '[[unit]]\nname = "亩分"\ndimension = "area"\nfactor = "66"\nwhy = "a test"\n', "utf-8"
    )
    own = Settings(patterns=(tmp_path,))
    try:
        pipeline.prepare(own)
        assert pipeline.extractor_version(own) != plain[0]
        assert pipeline.checked_with(own) != plain[1]
    finally:
        pipeline.prepare(SETTINGS)
    assert (pipeline.extractor_version(SETTINGS), pipeline.checked_with(SETTINGS)) == plain


def test_another_profile_makes_other_verdicts_and_the_same_facts() -> None:
    plain, named = SETTINGS, Settings(profile="hubei")
    assert pipeline.extractor_version(named) == pipeline.extractor_version(plain)
    versions = {pipeline.checked_with(Settings(profile=name)) for name in (None, "national", "hubei", "sichuan")}
    assert len(versions) == 4
    with pytest.raises(PatternError, match="no profile nowhere"):
        pipeline.prepare(Settings(profile="nowhere"))


def test_a_changed_threshold_is_another_profile(tmp_path: Path) -> None:
    """The facts stay, the verdicts are out of date."""
    before = pipeline.extractor_version(SETTINGS), pipeline.checked_with(SETTINGS)
    (tmp_path / "own.toml").write_text("[profile]\nid = 'own'\ntitle = 'own'\nregions = ['云岭省']\n", "utf-8")
    try:
        pipeline.prepare(Settings(patterns=(tmp_path,)))
        assert pipeline.extractor_version(SETTINGS) == before[0]
        assert pipeline.checked_with(SETTINGS) != before[1]
    finally:
        pipeline.prepare(SETTINGS)


def test_the_profile_is_that_of_the_reports_region_and_year(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own.toml").write_text(
        "[profile]\nid = 'own'\ntitle = 'own'\nregions = ['云岭省']\nyears = { to = 2023 }\n"
        "[[threshold]]\nid = 'overachieve.completion'\nvalue = '1.5'\nsource = 'a rule'\n",
        "utf-8",
    )
    (tmp_path / "a.txt").write_text(WRONG, "utf-8")
    (tmp_path / "b.txt").write_text(WRONG.replace("2023", "2024"), "utf-8")
    found = {}
    try:
        own = Settings(patterns=(tmp_path / "own",))
        pipeline.prepare(own)
        for name in ("a", "b"):
            result = pipeline.process(tmp_path / f"{name}.txt", own)
            assert result.report is not None
            wrong = {v.check_id for v in result.verdicts if v.outcome == "inconsistent"}
            found[name] = pipeline.profile_of(result.report).id, "overachieve" in wrong
    finally:
        pipeline.prepare(SETTINGS)
    assert found == {"a": ("own", False), "b": ("national", True)}


def test_a_wrong_folder_of_patterns_is_told_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PatternError):
        list(batch.processed([folder / "right.txt"], Settings(patterns=(tmp_path / "none",)), 2))


# --- into the database ------------------------------------------------------------------------------------------------


def states(database: Database, files: list[Path], settings: Settings = SETTINGS, jobs: int = 1) -> list[str]:
    return [entry.state for entry in batch.imported(database, files, settings, jobs)]


def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    return database._all(f"SELECT * EXCLUDE (imported_at) FROM {table} ORDER BY ALL")  # noqa: S608


def test_unchanged_files_are_skipped_and_changed_ones_replaced(folder: Path, database: Database) -> None:
    files = collect([folder]).files
    assert states(database, files) == ["read", "read"]
    before = rows(database, "documents")
    assert states(database, files) == ["unchanged", "unchanged"]
    assert rows(database, "documents") == before
    (folder / "right.txt").write_text(RIGHT.replace("1000", "1200"), "utf-8")
    assert states(database, files) == ["read", "unchanged"]
    after = rows(database, "documents")
    assert len(after) == 2
    assert len(set(before) & set(after)) == 1


def test_another_reader_reads_again(folder: Path, database: Database) -> None:
    files = collect([folder]).files
    states(database, files)
    assert states(database, files, Settings(reader="pdfplumber")) == ["read", "read"]


def test_copies_are_one_document(folder: Path, database: Database, tmp_path: Path) -> None:
    shutil.copy(folder / "wrong.txt", folder / "copy.txt")
    files = collect([folder]).files
    assert states(database, files) == ["read", "read", "unchanged"]
    moved = tmp_path / "moved.txt"
    (folder / "right.txt").rename(moved)
    assert states(database, [moved]) == ["unchanged"]
    assert len(rows(database, "documents")) == 2
    assert {Path(path).name for path in database.known()} == {"copy.txt", "wrong.txt", "right.txt", "moved.txt"}


def test_unreadable_files_stop_nothing_and_are_told_each_time(folder: Path, database: Database) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing of a PDF")
    files = collect([folder]).files
    for expected in (["failed", "read", "read"], ["failed", "unchanged", "unchanged"]):
        entries = list(batch.imported(database, files, SETTINGS, 2))
        assert [entry.state for entry in entries] == expected
        assert [gap.kind for gap in entries[0].gaps] == ["damaged_file"]
    assert [gap.kind for gap in database.failures().values()] == ["damaged_file"]


def test_a_crash_is_a_gap_and_is_tried_again(folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    files = collect([folder]).files
    real = pipeline.process

    def fails_once(path: Path, settings: Settings) -> pipeline.Result:
        if path.name == "right.txt":
            raise RecursionError("too deep")
        return real(path, settings)

    monkeypatch.setattr(pipeline, "process", fails_once)
    entries = list(batch.imported(database, files, SETTINGS, 1))
    assert [entry.state for entry in entries] == ["failed", "read"]
    assert [gap.kind for gap in entries[0].gaps] == ["crash"]
    assert "RecursionError" in entries[0].gaps[0].text("en")
    monkeypatch.setattr(pipeline, "process", real)
    assert states(database, files) == ["read", "unchanged"]
    assert database.failures() == {}


def test_what_cannot_be_stored_costs_its_own_file(
    folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = collect([folder]).files
    real = Database.write

    def refuses(self: Database, file: Prepared) -> None:
        if file.path.endswith("right.txt") and not file.retry:
            raise OverflowError("too much")
        real(self, file)

    def all_refuse(self: Database, files: Sequence[Prepared]) -> None:
        for file in files:
            refuses(self, file)

    monkeypatch.setattr(Database, "write", refuses)
    monkeypatch.setattr(Database, "write_all", all_refuse)
    entries = list(batch.imported(database, files, SETTINGS, 1))
    assert [(entry.state, [gap.kind for gap in entry.gaps]) for entry in entries] == [
        ("failed", ["crash"]),
        ("read", []),
    ]
    assert "OverflowError: too much" in entries[0].gaps[0].text("en")


def test_a_database_that_fails_ends_the_import(
    folder: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(self: Database, files: Sequence[Prepared]) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(Database, "write_all", refuses)
    with pytest.raises(DatabaseError):
        list(batch.imported(database, collect([folder]).files, SETTINGS, 2))


def test_the_number_of_workers_changes_nothing(folder: Path, tmp_path: Path) -> None:
    for i in range(4):
        (folder / f"more{i}.txt").write_text(WRONG.replace("1000", f"10{i}0"), "utf-8")
    files = collect([folder]).files
    held = []
    for jobs in (1, 3):
        with Database.open(tmp_path / f"{jobs}.duckdb") as database:
            states(database, files, jobs=jobs)
            held.append(
                [database._all(f"SELECT * EXCLUDE (document_id) FROM {table}") for table in ("funds", "verdicts")]  # noqa: S608
            )
    assert held[0] == held[1]


def test_without_checks_nothing_is_checked(folder: Path, database: Database) -> None:
    states(database, collect([folder]).files, Settings(check=False))
    assert database.checked_with() == {None}
    assert database._all("SELECT * FROM verdicts") == []


def test_work_can_be_handed_to_a_worker(folder: Path) -> None:
    done = list(ordered([folder / "right.txt"], partial(pipeline.process, settings=SETTINGS), 2, ready))
    assert [type(result) for _, result in done] == [pipeline.Result]
    assert done[0][1] == pipeline.process(folder / "right.txt", SETTINGS)


def test_files_written_together_are_as_if_written_alone(folder: Path, tmp_path: Path) -> None:
    """New files, a changed one, a copy and one that gave nothing, in one go and one after the other."""
    (folder / "empty.txt").write_bytes(b"")
    shutil.copy(folder / "wrong.txt", folder / "copy.txt")
    files = collect([folder]).files
    held = []
    for name, together in (("one", 1), ("all", 32)):
        with Database.open(tmp_path / f"{name}.duckdb") as database:
            for text in (RIGHT, RIGHT.replace("1000", "1200")):
                (folder / "right.txt").write_text(text, "utf-8")
                prepared = [pipeline.rows(pipeline.process(path, SETTINGS), SETTINGS) for path in files]
                for at in range(0, len(prepared), together):
                    database.write_all(prepared[at : at + together])
            facts = [database._all(f"FROM {table} ORDER BY ALL") for table in ("funds", "verdicts", "gaps")]
            held.append([rows(database, "documents"), rows(database, "files"), *facts])
    assert held[0] == held[1]
    assert [len(found) for found in held[0][:2]] == [3, 4]
