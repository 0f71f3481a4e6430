"""How many planted errors the checks find: `python benchmarks/planted.py [CHECK …] [--ways N] [--misses] [--alarms]`.

For each check reports are written that are consistent, and the same ones with one error; both are read and checked as
files, two of three as text and one as PDF. An error counts as found if its check has a finding there that the
consistent report does not have. Prints the recall of each check, and the findings in consistent reports.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from plants.planting import WAYS, Way
from plants.reports import Made, made

from extractor.checks.catalogue import CHECKS
from extractor.model import Verdict
from extractor.pipeline import check, extract

for _room in ("documents", "funds", "indicators", "narrative", "scores", "sentence"):
    import_module(f"plants.{_room}")

#: Checks whose error no single report of this kind can hold, with the reason.
LEFT_OUT = {
    "zero-target": "only tells what cannot be checked",
}


#: Checks that hold nothing without a local rule.
PROFILES = {"execution-score-cap": "deduction-manual"}
#: A check whose documentation leaves some of its figures to another one: found there is found.
NEIGHBOURS = {
    "actual-missing": "score-indicator",
    "central-local-split": "sum-parts",
    "reason-vs-score": "score-indicator",
    "subset-bound": "sum-parts",
}


@dataclass
class Outcome:
    """What was found of one check's plants."""

    planted: int = 0
    found: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Planted:
    """A pair of reports: without and with the error."""

    name: str
    check: str
    clean: Made
    bad: Made
    pdf: bool


def pairs(checks: Sequence[str], count: int) -> Iterator[Planted]:
    """`count` pairs for each check, over its ways, the kinds of reports and both formats."""
    for id_ in checks:
        ways = [way for way in WAYS if way.check == id_]
        for number in range(count if ways else 0):
            yield _pair(ways[number % len(ways)], number)


def _pair(way: Way, number: int) -> Planted:
    rng = Random(f"{way.check} {number}")
    kinds = [kind for kind in way.kinds if kind != "form" or number % 2] or list(way.kinds)
    clean = made(rng, kinds[(number // 2) % len(kinds)])
    bad = way.plant(rng, clean)
    return Planted(f"{way.check}-{number:02}", way.check, clean, bad, number % 3 == 2)


def findings(report: Made, name: str, pdf: bool, folder: Path, profile: str | None) -> list[Verdict]:
    """The inconsistent verdicts of the report, read as a file."""
    path = folder / f"{name}.{'pdf' if pdf else 'txt'}"
    path.write_bytes(report.as_pdf() if pdf else report.as_text().encode())
    return [verdict for verdict in check(extract(path), profile) if verdict.outcome == "inconsistent"]


def main() -> int:
    """Plant, check, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("checks", nargs="*", help="ids of checks; without any all of them")
    parser.add_argument("--ways", type=int, default=12, help="reports planted for each check")
    parser.add_argument("--misses", action="store_true", help="print what was planted and not found")
    parser.add_argument("--alarms", action="store_true", help="print the findings in consistent reports")
    options = parser.parse_args()
    chosen = options.checks or sorted(CHECKS)
    outcomes = {id_: Outcome() for id_ in chosen}
    alarms: Counter[str] = Counter()
    told: list[str] = []
    reports = 0
    with tempfile.TemporaryDirectory() as folder:
        for planted in pairs(chosen, options.ways):
            profile = PROFILES.get(planted.check)
            clean = findings(planted.clean, planted.name, planted.pdf, Path(folder), profile)
            bad = findings(planted.bad, f"{planted.name}-bad", planted.pdf, Path(folder), profile)
            reports += 1
            alarms.update(verdict.severity for verdict in clean)
            told += [_told(planted, verdict) for verdict in clean if verdict.severity != "note"]
            _count(outcomes[planted.check], planted, clean, bad)
    _print(outcomes, alarms, reports, options.misses)
    if options.alarms:
        print("\n".join(told))
    return 0


def _quotes(verdict: Verdict) -> str:
    return " | ".join(e.quote for e in verdict.evidence)


def _told(planted: Planted, verdict: Verdict) -> str:
    name = f"{planted.name}{'.pdf' if planted.pdf else ''}"
    return f"{name} {verdict.severity} {verdict.check_id}: {verdict.message.text('en')} {_quotes(verdict)}"


def _count(outcome: Outcome, planted: Planted, clean: Sequence[Verdict], bad: Sequence[Verdict]) -> None:
    wanted = {planted.check, NEIGHBOURS.get(planted.check)}
    before, after = ([(_quotes(v), str(v.message)) for v in side if v.check_id in wanted] for side in (clean, bad))
    outcome.planted += 1
    if len(after) > len(before) or any(one not in before for one in after):
        outcome.found += 1
    else:
        one, other = planted.clean.as_text().splitlines(), planted.bad.as_text().splitlines()
        changed = [line for line in other if line not in one]
        outcome.missed.append((planted.name + (".pdf" if planted.pdf else ""), " / ".join(changed)))


def _print(outcomes: dict[str, Outcome], alarms: Counter[str], reports: int, misses: bool) -> None:
    planted = sum(outcome.planted for outcome in outcomes.values())
    found = sum(outcome.found for outcome in outcomes.values())
    for id_, outcome in sorted(outcomes.items(), key=lambda item: item[1].found / max(1, item[1].planted)):
        if outcome.planted:
            print(f"{id_:32} {outcome.found:3} of {outcome.planted:3}  {outcome.found / outcome.planted:.2f}")
        else:
            print(f"{id_:32} not planted: {LEFT_OUT.get(id_, 'no way of planting it yet')}")
        for name, words in outcome.missed if misses else ():
            print(f"    {name}: {words}")
    print(f"recall {found / max(1, planted):.3f} of {planted} planted errors")
    print(f"{reports} consistent reports: " + ", ".join(f"{alarms[s]} {s}s" for s in ("error", "warning", "note")))


if __name__ == "__main__":
    sys.exit(main())
