"""Memory and time of an import by the number of files: `python benchmarks/memory.py [100 1000 10000] [--jobs 2]`.

Peak resident memory is that of the main process; its workers have their own bounds. The files are short reports.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reports import ROOT, written


def measured(folder: Path, database: Path, jobs: int) -> tuple[float, float]:
    """Megabytes at the peak, and seconds."""
    command = [sys.executable, "cli.py", "import", "-q", "--jobs", str(jobs), "--db", str(database), str(folder)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    # What the system counts for a child that has ended is its own peak, without its children's.
    peak = os.wait4(process.pid, 0)[2].ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), time.perf_counter() - begun


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Memory and time of imports of many files.")
    parser.add_argument("counts", nargs="*", type=int, default=[100, 1000, 10_000])
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    print("| files | peak of the main process, MB | seconds | ms a file |\n|---|---|---|---|")
    for count in options.counts:
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work) / "reports"
            written(folder, count, small=True)
            peak, seconds = measured(folder, Path(work) / "a.duckdb", options.jobs)
        print(f"| {count} | {peak:.0f} | {seconds:.1f} | {1000 * seconds / count:.0f} |", flush=True)


if __name__ == "__main__":
    main()
