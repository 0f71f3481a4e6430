"""Makes reports to measure with: `python benchmarks/reports.py FOLDER [COUNT]`.

Two of three are drawn: running text of the labelled reports in large print, as offices print it, and in four of five of
them one to three ruled forms, in the layouts and ways of printing of the tests. The third is a sample as its own
producer wrote it, with a mark of its own behind its end, so that it is another file. All have four to twelve pages and
a text layer, and the same call makes the same files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / folder) for folder in ("read", "ruled"))]

import pypdfium2 as pdfium
from drawer import Print, Printer, wrapped
from layouts import LAYOUTS, form
from sheet import Look
from variants import VARIANTS, _base

#: Points; 三号, the size that offices print reports in.
_PRINT = 16.0
_FEWEST, _MOST = 4, 12


def reports(count: int = 150, small: bool = False) -> Iterator[tuple[str, bytes]]:
    """Names and contents of `count` files. `small` ones have a page or two, for measurements of many files."""
    made = 0
    for seed in range(100 * count):
        if made == count:
            return
        data = _short(seed) if small else _sample(seed) if seed % 3 == 2 else _drawn(seed)
        if small or _FEWEST <= len(pdfium.PdfDocument(data)) <= _MOST:
            made += 1
            yield f"report-{seed:05}.pdf", data


def written(folder: Path, count: int = 150, small: bool = False) -> list[Path]:
    """The files of `reports`, in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in reports(count, small):
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    return paths


@cache
def _texts() -> tuple[str, ...]:
    lines = (ROOT / "tests" / "labelled" / "prose.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line)["text"] for line in lines)


@cache
def _samples() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((ROOT / "samples").glob("*.pdf")))


def _marked(data: bytes, seed: int) -> bytes:
    """Another file with the same pages."""
    return data + f"\n%{seed}\n".encode()


def _sample(seed: int) -> bytes:
    return _marked(_samples()[seed // 3 % len(_samples())], seed)


def _drawn(seed: int) -> bytes:
    rng = Random(f"report {seed}")  # contents, not secrets
    look, ink = _base(rng)
    printer = Printer(replace(ink, place="pages", feet=True))
    _print(printer, rng.choice(_texts()))
    if rng.random() < 0.8:
        variant = VARIANTS[rng.choice(("plain", "rows over pages", "heads again", "shaded heads", "thin rules"))]
        made = variant(rng, look, printer.look)
        printer.look, printer.used = replace(made.look_of_print, place="pages", feet=True), True
        layout = rng.choice(sorted(name for name, found in LAYOUTS.items() if not found.landscape))
        for _ in range(rng.randint(1, 3)):
            printer.add(form(layout, rng, made.look))
    return _marked(printer.pdf(), seed)


def _short(seed: int) -> bytes:
    """A page of text and a form for each of a few hundred seeds; the others are copies with another mark."""
    return _marked(_short_pages(seed % 200), seed)


@cache
def _short_pages(seed: int) -> bytes:
    rng = Random(f"short {seed}")
    printer = Printer(Print(size=8.0, feet=True))
    _print(printer, rng.choice(_texts())[:500].rpartition("\n")[0])
    printer.used = True
    layout = rng.choice(sorted(name for name, found in LAYOUTS.items() if not found.landscape))
    printer.add(form(layout, rng, Look()))
    return printer.pdf()


def _print(printer: Printer, text: str) -> None:
    """Paragraphs with their first lines set in, as reports are printed."""
    printer.y = 60.0
    for number, paragraph in enumerate(text.split("\n")):
        indent = "　　" if number > 2 else ""
        for line in wrapped(indent + paragraph, printer.right - printer.left, _PRINT):
            if printer.y + 28 > printer.floor:
                printer._turn()
            printer.drawing.text(printer.left, printer.y, line, _PRINT)
            printer.y += 28


def main() -> None:
    """Write the files that the command line asks for."""
    paths = written(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 150)
    print(f"{len(paths)} files, {sum(path.stat().st_size for path in paths) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
