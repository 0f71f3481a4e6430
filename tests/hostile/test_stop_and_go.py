"""Imports that are ended, that meet a full disk or each other: nothing is halved or lost, the next one goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from extractor.store.database import Database

ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="limits and processes of Linux")
_FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
sys.argv = ["jixiao", *sys.argv[1:]]
import cli
cli.main()
"""


@pytest.fixture(scope="module")
def benchmarks() -> Iterator[Any]:
    before = list(sys.path)
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield import_module("interruptions")
    sys.path[:] = before


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, benchmarks: Any) -> Path:
    made = tmp_path_factory.mktemp("reports")
    benchmarks.written(made, 12, small=True)
    return made


def imported(*arguments: object, code: str | None = None) -> tuple[int, str]:
    """Exit status and what was said to standard error."""
    program = ["-c", code] if code else ["cli.py"]
    command = [sys.executable, *program, "import", "--lang", "en", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603
    return done.returncode, done.stderr


@linux
def test_an_import_that_is_ended_loses_nothing(folder: Path, tmp_path: Path, benchmarks: Any) -> None:
    disturbed = benchmarks.rounds(folder, tmp_path, 1)
    assert sum(disturbed.values()) >= 2


@linux
def test_a_full_disk_is_told_and_the_next_import_goes_on(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"
    status, said = imported("--db", database, "--jobs", "1", folder / "report-00000.pdf")
    assert status == 0, said
    status, said = imported("--db", database, "-q", "--jobs", "1", folder, code=_FULL.format(size=65536))
    assert status == 2
    assert said.startswith("jixiao: ")
    assert "Traceback" not in said
    assert imported("--db", database, "-q", folder)[0] == 0
    with Database.open(database, read_only=True) as opened:
        assert len(opened.document_ids()) == 12


def test_a_second_import_at_once_is_refused_and_harms_nothing(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with Database.open(path):
        status, said = imported("--db", path, "-q", folder)
    assert status == 2
    assert said.count("\n") == 1
    assert imported("--db", path, "-q", folder)[0] == 0
