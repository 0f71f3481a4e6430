"""Tasks in worker processes, results in the order of the tasks. A worker that dies costs its own task and no other.

Workers are started anew ('spawn') on every system: they hold nothing of the main process, and what they run must be
importable. A worker gets one task at a time, so the main process always knows what a dead or silent one was at: limits
of time and memory for a task belong into `_Pool.wait`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, TypeVar

from extractor.wall import Wall

_T = TypeVar("_T")
_R = TypeVar("_R")
#: Results for each worker that may wait for an earlier one: a long task keeps no worker idle, and memory stays flat.
_AHEAD = 16
#: Seconds that a worker gets to end by itself.
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that gave nothing: what happened, in few words."""

    reason: str


def job_count(jobs: int) -> int:
    """The number of workers: `jobs`, or for 0 one for each core that this process may use."""
    if jobs > 0:
        return jobs
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def ordered(
    tasks: Iterable[_T], work: Callable[[_T], _R], jobs: int, start: Callable[[], None]
) -> Iterator[tuple[_T, _R | Lost]]:
    """Each task with its result, in the order of the tasks. One job works in this process, more in workers.

    `work` and `start`, which makes a process ready for it, can be pickled, as can tasks and results.
    """
    if jobs == 1:
        start()
        for task in tasks:
            yield task, attempt(work, task)
        return
    with _Pool(work, jobs, start) as pool:
        yield from pool.results(tasks)


def attempt(work: Callable[[_T], _R], task: _T) -> _R | Lost:
    """The result of a task, or what went wrong with it."""
    result: list[_R] = []
    with Wall() as wall:
        result.append(work(task))
    return Lost(wall.words()) if wall.error is not None else result[0]


def _serve(connection: Connection, work: Callable[[Any], Any], start: Callable[[], None]) -> None:
    """The life of a worker: it ends when the main process closes its end, and leaves interrupts to that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start()
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(attempt(work, task))


class _Worker:
    """One process and the task that it is at."""

    def __init__(self, work: Callable[[Any], Any], start: Callable[[], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work, start), daemon=True)
        with _deaf():
            self.process.start()
        theirs.close()
        self.task: int | None = None

    def give(self, number: int, task: object) -> None:
        """Hand over a task. A worker that is dead already is found out when its result is asked for."""
        self.task = number
        try:
            self.connection.send(task)
        except OSError:
            return

    def result(self) -> Any:
        """The result that has come, or `Lost` where the process is gone."""
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            self.end(_PATIENCE)
            return Lost(_death(self.process.exitcode))

    def end(self, patience: float) -> None:
        """Let the process end, or make it."""
        self.connection.close()
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _death(exit_code: int | None) -> str:
    """How a process ended, in few words."""
    if exit_code is not None and exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            return f"signal {-exit_code}"
    return f"exit status {exit_code}"


@contextmanager
def _deaf() -> Iterator[None]:
    """What starts now does not hear Ctrl-C, not even before it can say so itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


class _Pool(Generic[_T, _R]):
    """Workers, started when there is a task for them."""

    def __init__(self, work: Callable[[_T], _R], jobs: int, start: Callable[[], None]) -> None:
        self._work = work
        self._start = start
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def __enter__(self) -> _Pool[_T, _R]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            if worker.task is not None:
                worker.process.kill()
            worker.connection.close()
        for worker in self._workers:
            worker.end(_PATIENCE)

    def results(self, tasks: Iterable[_T]) -> Iterator[tuple[_T, _R | Lost]]:
        """See `ordered`."""
        coming = enumerate(tasks)
        under_way: dict[int, _T] = {}
        results: dict[int, _R | Lost] = {}
        at = 0
        exhausted = False
        while True:
            while not exhausted and self._has_room() and len(under_way) < _AHEAD * self._jobs:
                number, task = next(coming, (-1, None))
                exhausted = number < 0
                if not exhausted:
                    under_way[number] = task  # type: ignore[assignment]  # None only behind the last
                    self._idle().give(number, task)
            if at in results:
                yield under_way.pop(at), results.pop(at)
                at += 1
            elif under_way:
                results.update(self.wait())
            else:
                return

    def _has_room(self) -> bool:
        return len(self._workers) < self._jobs or any(worker.task is None for worker in self._workers)

    def _idle(self) -> _Worker:
        """A worker without a task; a new one where all are busy."""
        for worker in self._workers:
            if worker.task is None:
                return worker
        self._workers.append(_Worker(self._work, self._start))
        return self._workers[-1]

    def wait(self) -> Iterator[tuple[int, _R | Lost]]:
        """The results that have come, at least one."""
        busy = {w.connection: (w, w.task) for w in self._workers if w.task is not None}
        for connection in wait(list(busy)):
            worker, number = busy[connection]  # type: ignore[index]  # only ours were waited for
            result = worker.result()
            worker.task = None
            if isinstance(result, Lost) and worker.process.exitcode is not None:
                self._workers.remove(worker)
            yield number, result
