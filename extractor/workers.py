"""Tasks in worker processes, results in the order of the tasks. A worker that dies costs its own task and no other.

Workers are started anew ('spawn') on every system: they hold nothing of the main process, and what they run must be
importable. A worker has one task in hand and the next one waiting, so that it need not wait for the main process, and
that one always knows what a dead or silent worker was at. What takes too long or too much memory is ended from here: C
code that hangs would not end itself.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, Literal, TypeVar

from extractor.wall import Wall

_T = TypeVar("_T")
_R = TypeVar("_R")
#: Results for each worker that may wait for an earlier one: a long task keeps no worker idle, and memory stays flat.
_AHEAD = 16
#: Tasks that a worker has: one in hand, one waiting.
_AT_ONCE = 2
#: Seconds that a worker gets to end by itself.
_PATIENCE = 2.0
#: Seconds that a worker gets to start, on whatever slow disk.
_START = 120.0
#: Seconds between two looks at workers that say nothing.
_LOOK = 0.25
#: Tasks between two looks at the size of a worker.
_SIZED = 16
_MB = 1 << 20
#: Objects that a worker makes between two looks for cycles.
_CYCLES = 100_000
#: Seconds after its time that a worker without a main process ends by itself.
_ALONE = 5
#: `prctl` of Linux: the signal that a process gets when its parent dies.
_PARENT_DEATH = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take: seconds, and megabytes of its worker's memory. 0: as much as it wants.

    A worker that is larger than `renew` megabytes between two tasks gives way to a new one.
    """

    seconds: float = 120.0
    memory: int = 2048
    renew: int = 512


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a worker sends when it has started."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that gave nothing: what happened, in few words; `limit` says that it took too much of something."""

    reason: str
    limit: Literal["time", "memory"] | None = None


def job_count(jobs: int) -> int:
    """The number of workers: `jobs`, or for 0 one for each core that this process may use."""
    if jobs > 0:
        return jobs
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def ordered(
    tasks: Iterable[_T],
    work: Callable[[_T], _R],
    jobs: int,
    start: Callable[[], None],
    limits: Limits | None = None,
) -> Iterator[tuple[_T, _R | Lost]]:
    """Each task with its result, in the order of the tasks.

    `work` and `start`, which makes a process ready for it, can be pickled, as can tasks and results. Without limits
    (None), one job works in this process.
    """
    if jobs == 1 and limits is None:
        start()
        for task in tasks:
            yield task, attempt(work, task)
        return
    with _Pool(work, jobs, start, limits or Limits(0, 0, 0)) as pool:
        yield from pool.results(tasks)


def attempt(work: Callable[[_T], _R], task: _T) -> _R | Lost:
    """The result of a task, or what went wrong with it."""
    result: list[_R] = []
    with Wall() as wall:
        result.append(work(task))
    if wall.error is None:
        return result[0]
    return Lost(wall.words(), "memory" if isinstance(wall.error, MemoryError) else None)


# --- in the worker ----------------------------------------------------------------------------------------------------


def _serve(connection: Connection, work: Callable[[Any], Any], start: Callable[[], None], limits: Limits) -> None:
    """The life of a worker: it ends when the main process closes its end, and leaves interrupts to that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    start()
    # Facts hold no cycles: what a task has made goes with its last reference, and looking for more takes time.
    gc.freeze()
    gc.set_threshold(_CYCLES)
    _limit_memory(limits.memory)
    with suppress(EOFError, OSError):
        connection.send(_Ready())
        while True:
            task = connection.recv()
            # Where the main process is gone, nobody else ends a task that hangs.
            _alarm(limits.seconds)
            result = attempt(work, task)
            _alarm(0)
            connection.send(result)


def _alarm(seconds: float) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds) + _ALONE if seconds else 0)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)


def _limit_memory(megabytes: int) -> None:
    """Where the system can, what is too much is refused at once; elsewhere the main process looks at it."""
    if megabytes and sys.platform == "linux":
        import resource  # noqa: PLC0415  # not there on Windows

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        wanted = megabytes * _MB
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))


def resident(process: int) -> int:
    """The megabytes of memory that a process holds; 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError, subprocess.SubprocessError):
        if sys.platform == "linux":
            with open(f"/proc/{process}/statm", encoding="ascii") as stream:  # noqa: PTH123  # asked often
                return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // _MB
        if sys.platform == "win32":
            return _resident_windows(process) // _MB
        return int(subprocess.check_output(["/bin/ps", "-o", "rss=", "-p", str(process)], timeout=5)) // 1024  # noqa: S603
    return 0


def _resident_windows(process: int) -> int:
    """Bytes, by the call that the task manager makes."""
    sizes = (ctypes.c_size_t * 10)()
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(0x1000, False, process)
    try:
        # PROCESS_MEMORY_COUNTERS: two 32-bit numbers, then sizes; the working set is the second of these.
        done = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(sizes), ctypes.sizeof(sizes))
        return int(sizes[2]) if done else 0
    finally:
        kernel.CloseHandle(handle)


# --- in the main process ----------------------------------------------------------------------------------------------


class _Worker:
    """One process and the tasks that it has, the one in hand first."""

    def __init__(self, work: Callable[[Any], Any], start: Callable[[], None], limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work, start, limits), daemon=True)
        with _deaf():
            self.process.start()
        theirs.close()
        self.limits = limits
        self.tasks: deque[int] = deque()
        self.ready = False
        #: It gets no more tasks.
        self.leaving = False
        self._done = 0
        self._since = time.monotonic()

    def give(self, number: int, task: object) -> None:
        """Hand over a task. A worker that is dead already is found out when its result is asked for."""
        if not self.tasks and self.ready:
            self._since = time.monotonic()
        self.tasks.append(number)
        with suppress(OSError):
            self.connection.send(task)

    def result(self) -> Any:
        """What has come: a result, `_Ready`, or `Lost` where the process is gone."""
        try:
            result = self.connection.recv()
        except (EOFError, OSError):
            self.end(_PATIENCE)
            return Lost(_death(self.process.exitcode))
        if isinstance(result, _Ready):
            self.ready = True
        else:
            self._done += 1
        self._since = time.monotonic()
        return result

    def excess(self) -> Lost | None:
        """What the task in hand takes too much of."""
        if self.limits.seconds:
            most = self.limits.seconds if self.ready else self.limits.seconds + _START
            if time.monotonic() - self._since > most:
                return Lost(f"{self.limits.seconds:g} s", "time")
        if self.limits.memory and resident(self.process.pid or 0) > self.limits.memory:
            return Lost(f"{self.limits.memory} MB", "memory")
        return None

    @property
    def is_large(self) -> bool:
        """Whether a new process should take its place."""
        if not self.limits.renew or self._done % _SIZED:
            return False
        return resident(self.process.pid or 0) > self.limits.renew

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

    def __init__(self, work: Callable[[_T], _R], jobs: int, start: Callable[[], None], limits: Limits) -> None:
        self._work = work
        self._start = start
        self._jobs = jobs
        self._limits = limits
        self._workers: list[_Worker] = []
        self._looked = time.monotonic()
        self._under_way: dict[int, _T] = {}
        #: Tasks that waited behind one that was lost.
        self._again: deque[int] = deque()

    def __enter__(self) -> _Pool[_T, _R]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            if worker.tasks:
                worker.process.kill()
            worker.connection.close()
        for worker in self._workers:
            worker.end(_PATIENCE)

    def results(self, tasks: Iterable[_T]) -> Iterator[tuple[_T, _R | Lost]]:
        """See `ordered`."""
        coming = enumerate(tasks)
        results: dict[int, _R | Lost] = {}
        at = 0
        exhausted = False
        while True:
            while (worker := self._free()) is not None:
                if self._again:
                    number = self._again.popleft()
                elif not exhausted and len(self._under_way) < _AHEAD * self._jobs:
                    number, task = next(coming, (-1, None))
                    exhausted = number < 0
                    if exhausted:
                        break
                    self._under_way[number] = task  # type: ignore[assignment]  # None only behind the last
                else:
                    break
                worker = worker or self._new()
                worker.give(number, self._under_way[number])
            if at in results:
                yield self._under_way.pop(at), results.pop(at)
                at += 1
            elif self._under_way:
                results.update(self._wait())
            else:
                return

    def _free(self) -> _Worker | Literal[False] | None:
        """The worker with the fewest tasks; False where a new one is to be started, None where all have enough."""
        open_ = [worker for worker in self._workers if not worker.leaving]
        least = min(open_, key=lambda worker: len(worker.tasks), default=None)
        if (least is None or least.tasks) and len(self._workers) < self._jobs:
            return False
        return least if least is not None and len(least.tasks) < _AT_ONCE else None

    def _new(self) -> _Worker:
        self._workers.append(_Worker(self._work, self._start, self._limits))
        return self._workers[-1]

    def _wait(self) -> Iterator[tuple[int, _R | Lost]]:
        """The results that have come; after a while without any, none."""
        busy = {worker.connection: worker for worker in self._workers if worker.tasks}
        for connection in wait(list(busy), _LOOK):
            worker = busy[connection]  # type: ignore[index]  # only ours were waited for
            result = worker.result()
            if isinstance(result, _Ready):
                continue
            yield worker.tasks.popleft(), result
            # What was too much for a task may be held still.
            worker.leaving |= (isinstance(result, Lost) and result.limit is not None) or worker.is_large
            if worker.process.exitcode is not None or (worker.leaving and not worker.tasks):
                self._retire(worker)
        if time.monotonic() - self._looked >= _LOOK:
            self._looked = time.monotonic()
            for worker in [worker for worker in self._workers if worker.tasks]:
                excess = None if worker.connection.poll() else worker.excess()
                if excess is not None:
                    worker.process.kill()
                    yield worker.tasks.popleft(), excess
                    self._retire(worker)

    def _retire(self, worker: _Worker) -> None:
        """End a worker; what waited in it goes to another one."""
        self._again.extendleft(reversed(worker.tasks))
        self._workers.remove(worker)
        if worker.tasks:
            worker.process.kill()
        worker.end(_PATIENCE)
