"""How fast reports are read, side by side in one run: `python benchmarks/speed.py [COUNT] [--jobs 1 2] [--rounds 3]`.

The same folder is read by three programs, each in a process of its own and its start included: the script that anybody
would write with pdfplumber (text and tables of each page, rows into DuckDB), PDFium's bare text, and `jixiao import`
with all that belongs to it (tables, facts, checks, database). Each takes turns with the others; the best of its rounds
counts, which is what least disturbed by other work on the machine.
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

PDFPLUMBER = """
import sys, duckdb, pdfplumber
from pathlib import Path
db = duckdb.connect(sys.argv[2])
db.execute("CREATE TABLE pages (file VARCHAR, page INTEGER, text VARCHAR)")
db.execute("CREATE TABLE rows (file VARCHAR, page INTEGER, cells VARCHAR[])")
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    pages, rows = [], []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            pages.append((path.name, page.page_number, page.extract_text()))
            for table in page.extract_tables():
                rows += [(path.name, page.page_number, [cell or "" for cell in row]) for row in table]
            page.close()
    for table, found in (("pages", pages), ("rows", rows)):
        if found:
            marks = ", ".join(["(?, ?, ?)"] * len(found))
            db.execute(f"INSERT INTO {table} VALUES {marks}", [value for row in found for value in row])
"""
PDFIUM = """
import sys, pypdfium2
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()
"""


def seconds(command: list[str]) -> float:
    """Wall time of a program that must succeed."""
    started = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - started


def on_one_core() -> None:
    """Keep what is measured to one core, where the system lets one choose: 'one job' is then one core in truth."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def measured(folder: Path, jobs: list[int], rounds: int, plumber: bool = True) -> dict[str, float]:
    """The best time of each program."""
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as work:
        for turn in range(rounds):
            runs = {"PDFium, bare text": [sys.executable, "-c", PDFIUM, str(folder)]}
            if plumber and turn == 0:
                runs["pdfplumber script"] = [sys.executable, "-c", PDFPLUMBER, str(folder), f"{work}/plumber.duckdb"]
            for count in jobs:
                name = f"jixiao import --jobs {count}"
                database = f"{work}/{turn}-{count}.duckdb"
                command = [sys.executable, "cli.py", "import", "-q", "--jobs", str(count), "--db", database]
                runs[name] = [*command, str(folder)]
            for name, command in runs.items():
                best[name] = min(best.get(name, 1e9), seconds(command))
    return best


def main() -> None:
    """Make the files, measure, print a table."""
    parser = argparse.ArgumentParser(description="Speed side by side with pdfplumber and PDFium.")
    parser.add_argument("count", nargs="?", type=int, default=150)
    parser.add_argument("--jobs", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="measure with the PDF files of this folder instead")
    parser.add_argument("--no-pdfplumber", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        if options.folder is None:
            written(folder, options.count)
        best = measured(folder, options.jobs, options.rounds, not options.no_pdfplumber)
    plumber, bare = best.get("pdfplumber script"), best["PDFium, bare text"]
    print("| | seconds | times pdfplumber | times PDFium |\n|---|---|---|---|")
    for name, time_ in best.items():
        faster = f"{plumber / time_:.1f} times faster" if plumber else ""
        print(f"| {name} | {time_:.2f} | {faster} | {time_ / bare:.1f} |")


if __name__ == "__main__":
    main()
