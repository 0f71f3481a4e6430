"""How much of ruled forms is read whole: `python benchmarks/ruled_tables.py [--seeds N] [--first S] [NAME …]`.

Draws every layout in every way of printing, `N` times with seeds from `S` on, and reads each PDF. Prints the share of
rows that come out whole (both levels, name, operator, target, unit, result, weight, score, reason) by layout and by way
of printing, how many of the sums and of the fields of the head were read, and the first rows that broke. Names of
layouts or of ways of printing (`A "heads again"`) leave the others out.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / folder) for folder in ("read", "ruled"))]

from comparison import Tally
from layouts import LAYOUTS
from variants import VARIANTS, tally

from extractor.read.files import READERS


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How much of drawn ruled forms is read whole.")
    parser.add_argument("names", nargs="*", help="layouts and ways of printing; without any, all of them")
    parser.add_argument("--seeds", type=int, default=1, help="how many documents of each kind")
    parser.add_argument("--first", type=int, default=100, help="the first seed; the tests use those below 100")
    parser.add_argument("--reader", choices=READERS, default=READERS[0])
    parser.add_argument("--broken", type=int, default=40, help="how many broken rows to list")
    chosen = parser.parse_args()
    layouts = [name for name in LAYOUTS if name in chosen.names] or list(LAYOUTS)
    variants = [name for name in VARIANTS if name in chosen.names] or list(VARIANTS)
    by_layout: defaultdict[str, Tally] = defaultdict(Tally)
    by_variant: defaultdict[str, Tally] = defaultdict(Tally)
    everything = Tally()
    for seed in range(chosen.first, chosen.first + chosen.seeds):
        for layout in layouts:
            for variant in variants:
                found = tally(layout, variant, seed, chosen.reader)
                by_layout[layout] += found
                by_variant[variant] += found
                everything += found
    _table("layout", by_layout)
    _table("way of printing", by_variant)
    _table("all", {"": everything})
    print("\n".join(everything.broken[: chosen.broken]))


def _table(title: str, tallies: Mapping[str, Tally]) -> None:
    print(f"{title:26}    rows   whole  more    sums    read  fields    read  gaps")
    for name, found in tallies.items():
        sums, fields = _share(found.sums_read, found.sums), _share(found.fields_read, found.fields)
        print(
            f"{name:26} {found.rows:7} {found.share:7.2%} {found.extra:5} {found.sums:7} {sums}"
            f" {found.fields:7} {fields} {found.gaps:5}"
        )
    print()


def _share(part: int, whole: int) -> str:
    return f"{part / whole:7.2%}" if whole else "      -"


if __name__ == "__main__":
    main()
