"""Limits of workers: what hangs, eats memory or dies costs its own task, and no worker grows without end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.workers import Limits, Lost, ordered, resident

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
_held: list[bytearray] = []


def ready() -> None:
    """Workers need nothing."""


def work(task: str) -> int:
    """Tasks of all sorts; each gives the number of its process."""
    match task.partition(" ")[0]:
        case "hang":
            time.sleep(600)
        case "eat":
            _held.extend(bytearray(b"x") * (64 << 20) for _ in range(100))
        case "keep":
            _held.append(bytearray(b"x") * (8 << 20))
        case "die":
            os.kill(os.getpid(), signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    return os.getpid()


def test_a_task_that_hangs_is_given_up_and_the_others_are_not() -> None:
    tasks = ["a", "hang", "b", "c", "d"]
    found = dict(ordered(tasks, work, 2, ready, Limits(seconds=1)))
    assert found.pop("hang") == Lost("1 s", "time")
    assert all(isinstance(result, int) for result in found.values())
    assert list(found) == ["a", "b", "c", "d"]


def test_with_limits_one_job_works_in_another_process_too() -> None:
    assert dict(ordered(["a"], work, 1, ready, Limits()))["a"] != os.getpid()
    assert dict(ordered(["a"], work, 1, ready))["a"] == os.getpid()


@linux
def test_a_task_that_eats_memory_is_given_up() -> None:
    found = dict(ordered(["a", "eat", "b"], work, 1, ready, Limits(memory=300)))
    lost = found.pop("eat")
    assert isinstance(lost, Lost)
    assert lost.limit == "memory"
    assert all(isinstance(result, int) for result in found.values())


def test_tasks_that_wait_behind_one_that_dies_are_done() -> None:
    tasks = [f"{kind} {i}" for i in range(6) for kind in ("die", "live")]
    found = dict(ordered(tasks, work, 2, ready, Limits()))
    assert [task for task, result in found.items() if isinstance(result, Lost)] == [t for t in tasks if t[0] == "d"]


@linux
def test_a_worker_that_has_grown_gives_way_to_another() -> None:
    found = list(ordered([f"keep {i}" for i in range(48)], work, 1, ready, Limits(renew=100)))
    workers = [worker for _, worker in found]
    assert all(isinstance(worker, int) for worker in workers)
    assert len(set(workers)) > 1


def test_the_size_of_a_process_is_known() -> None:
    assert 5 < resident(os.getpid()) < 20_000
    assert resident(2**22 + 1) == 0


_MAIN = """
import os, sys, time
sys.path[:0] = [{tests!r}, {root!r}]
from test_workers import ready, work
from extractor.workers import Limits, ordered

if __name__ == "__main__":
    for _, worker in ordered(["a", "hang"], work, 1, ready, Limits(seconds=60)):
        print(worker, flush=True)
"""


@linux
def test_workers_end_with_their_main_process(tmp_path: Path) -> None:
    """Also with one that is killed while they work."""
    tests = Path(__file__).parent
    script = tmp_path / "main.py"
    script.write_text(_MAIN.format(tests=str(tests), root=str(tests.parent)), "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as main:  # noqa: S603
        assert main.stdout is not None
        worker = int(main.stdout.readline())
        main.kill()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{worker}").exists() and _state(worker) != "Z":
        assert time.monotonic() < deadline, "a worker is left over"
        time.sleep(0.05)


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(") ")[2][:1]
    except OSError:
        return "Z"
