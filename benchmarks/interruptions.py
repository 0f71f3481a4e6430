"""Ends imports at random moments and looks at what is left: `python benchmarks/interruptions.py [COUNT]`.

Each way (Ctrl-C, SIGTERM, `kill -9` of the main process, `kill -9` of a worker) is tried at so many moments of imports
into one database. After each, the database opens and every document in it is whole; in the end one more import reads
what is missing, and the database holds what an undisturbed import would hold.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from reports import ROOT, written

from extractor.store.database import Database

WAYS = ("SIGINT", "SIGTERM", "SIGKILL", "worker")
_TABLES = ("pages", "funds", "indicators", "verdicts")


def started(folder: Path, database: Path) -> subprocess.Popen[bytes]:
    """An import under way."""
    command = [sys.executable, "cli.py", "import", "-q", "--jobs", "2", "--db", str(database), str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def disturb(main: subprocess.Popen[bytes], way: str) -> None:
    """End the import, or one of its workers."""
    if way != "worker":
        main.send_signal(getattr(signal, way))
        return
    children = Path(f"/proc/{main.pid}/task/{main.pid}/children").read_text("ascii").split()
    for child in children[-1:]:
        os.kill(int(child), signal.SIGKILL)


def demand(holds: bool, words: str) -> None:
    """Raise AssertionError with these words where something does not hold."""
    if not holds:
        raise AssertionError(words)


def held(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """What each document has of rows. Raises where a document is not whole."""
    with Database.open(database) as opened:
        for stored in opened.reports():
            demand(len(stored.report.pages) in (0, stored.report.page_count or 1), "a document lacks pages")
        counts = {
            table: opened.query(
                f"SELECT d.path, count(t.document_id) FROM documents d LEFT JOIN {table} t USING (document_id)"  # noqa: S608
                " GROUP BY ALL ORDER BY ALL"
            ).rows
            for table in _TABLES
        }
        orphans = opened.query(
            "SELECT count(*) FROM pages WHERE document_id NOT IN (SELECT document_id FROM documents)"
        )
        demand(orphans.rows == [(0,)], "pages without a document")
        return counts


def rounds(folder: Path, work: Path, count: int, seed: int = 0) -> dict[str, int]:
    """How many imports of each way were really disturbed. Raises AssertionError where something is lost or halved."""
    rng = Random(seed)  # moments, not secrets
    whole = work / "whole.duckdb"
    begun = time.monotonic()
    started(folder, whole).wait()
    lasted = time.monotonic() - begun
    expected = held(whole)
    disturbed = dict.fromkeys(WAYS, 0)
    for way in WAYS:
        database = work / f"{way}.duckdb"
        before = 0
        for _ in range(count):
            main = started(folder, database)
            try:
                main.wait(rng.uniform(0.1, 0.9) * lasted)
            except subprocess.TimeoutExpired:
                disturb(main, way)
                disturbed[way] += 1
            main.wait(120)
            if database.exists():
                now = len(held(database)["pages"])
                demand(now >= before, f"{way}: {before - now} documents are lost")
                before = now
            if before == len(expected["pages"]):
                database.unlink()
                before = 0
        started(folder, database).wait()
        demand(held(database) == expected, f"{way}: the last import did not bring everything")
    return disturbed


def main() -> None:
    """Disturb imports and say how often."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "reports"
        written(folder, 60, small=True)
        for way, times in rounds(folder, Path(work), count).items():
            print(f"{way}: {times} of {count} imports ended on the way, nothing lost, nothing half-written")


if __name__ == "__main__":
    main()
