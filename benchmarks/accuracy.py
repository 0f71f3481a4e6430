"""How much of a labelled file is read right: `python benchmarks/accuracy.py GOLD.jsonl … [--misses]`.

A labelled file has one text a line, with `id`, `text` and `gold` (evaluated year, document numbers, amounts, funds,
rates, indicators). Each text is read as a file of its own. Prints precision, recall and F1 of each field, compared as
multisets text by text, then how many misses there are of each cause; with `--misses` each of them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from extractor.lexicon import unit as known_unit
from extractor.model import Fund, Indicator, Report
from extractor.pipeline import extract

Gold = Mapping[str, Any]
_SCALES = {"元": 1, "千元": 1000, "万元": 10**4, "萬元": 10**4, "亿元": 10**8, "億元": 10**8}
_PARTS = ("target", "actual", "score", "level2")


def number(value: object) -> str | None:
    """A number as text without trailing zeros; other words as they are; None where there is nothing."""
    if value in (None, ""):
        return None
    try:
        return format(Decimal(str(value).replace(",", "").rstrip("%‰")).normalize(), "f")
    except InvalidOperation:
        return str(value)


def bare(text: object) -> str:
    """Words without white space and punctuation, in compatibility form."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(text or "")))


def alike(one: str, other: str) -> bool:
    """Whether two names are the same but for an affix of up to a third, or a fifth of their character pairs."""
    a, b = bare(one), bare(other)
    if not a or not b:
        return a == b
    short, long = sorted((a, b), key=len)
    if short in long and 3 * len(short) >= 2 * len(long):
        return True
    pairs_a, pairs_b = (Counter(s[i : i + 2] for i in range(max(1, len(s) - 1))) for s in (a, b))
    return 2 * sum((pairs_a & pairs_b).values()) >= 0.8 * (sum(pairs_a.values()) + sum(pairs_b.values()))


@dataclass(slots=True)
class Tally:
    """Right, labelled and extracted items of one field."""

    right: int = 0
    labelled: int = 0
    extracted: int = 0

    def figures(self) -> tuple[float, float, float]:
        """Precision, recall, F1."""
        precision = self.right / self.extracted if self.extracted else float(self.labelled == 0)
        recall = self.right / self.labelled if self.labelled else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(slots=True)
class Score:
    """All tallies, and the misses by cause."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def multiset(self, name: str, gold: Iterable[Hashable], got: Iterable[Hashable], text: str) -> None:
        """Compare two multisets of one field."""
        a, b = Counter(gold), Counter(got)
        tally = self.tallies[name]
        tally.right += (a & b).total()
        tally.labelled += a.total()
        tally.extracted += b.total()
        for cause, items in ((f"{name}: not found", a - b), (f"{name}: too many", b - a)):
            self.misses[cause].extend(f"{text}: {item}" for item in items.elements())

    def table(self) -> Iterator[str]:
        """The lines of the table of figures."""
        yield f"{'field':26}{'labelled':>9}{'extracted':>10}{'precision':>10}{'recall':>8}{'F1':>8}"
        for name, tally in self.tallies.items():
            precision, recall, f1 = tally.figures()
            yield f"{name:26}{tally.labelled:>9}{tally.extracted:>10}{precision:>10.3f}{recall:>8.3f}{f1:>8.3f}"


def gold_funds(gold: Gold) -> list[tuple[str | None, str]]:
    """(yuan, role) of each labelled figure: prose labels one a fund, tables up to three a row."""
    items = []
    for fund in gold.get("funds") or ():
        if "yuan" in fund:
            items.append((number(fund["yuan"]), fund["role"]))
            continue
        scale = _SCALES[fund.get("amount_unit") or "万元"]
        for column, role in (("initial_budget", "budget"), ("budget", "budget"), ("spent", "spent")):
            if fund.get(column):
                items.append((number(Decimal(fund[column].replace(",", "")) * scale), role))
    return items


def gold_parts(gold: Gold) -> list[tuple[str | None, str | None]]:
    """(yuan of the part, yuan of its total)."""
    funds = gold.get("funds") or []
    return [(number(f["yuan"]), number(funds[f["part_of"]]["yuan"])) for f in funds if f.get("part_of") is not None]


def parts(funds: tuple[Fund, ...]) -> list[tuple[str | None, str | None]]:
    """The same of what was read."""
    by_seq = {fund.seq: fund for fund in funds}
    return [(number(f.yuan), number(by_seq[f.parent_seq].yuan)) for f in funds if f.parent_seq is not None]


def score_text(score: Score, case: Gold, report: Report) -> None:
    """Add one text to the score."""
    gold, name = case["gold"], case["id"]
    if "amounts" in gold:
        score.multiset("doc_numbers", [n["normalized"] for n in gold["doc_numbers"]],
                       [n.normalized for n in report.doc_numbers], name)  # fmt: skip
        score.multiset("amounts", [number(a["yuan"]) for a in gold["amounts"]],
                       [number(a.yuan) for a in report.amounts], name)  # fmt: skip
        score.multiset("rates", [number(r["value"]) for r in gold["rates"]],
                       [number(r.value) for r in report.rates], name)  # fmt: skip
        score.multiset("fund_parts", gold_parts(gold), parts(report.funds), name)
    score.multiset("funds", gold_funds(gold), [(number(f.yuan), f.role) for f in report.funds], name)
    if gold.get("fiscal_year"):
        years = {e.fiscal_year for e in report.evaluations if e.fiscal_year is not None}
        score.multiset("fiscal_year", [number(gold["fiscal_year"])], [number(year) for year in years], name)
    if gold.get("total_score") not in (None, ""):
        totals = [number(e.total_score) for e in report.evaluations if e.total_score is not None]
        score.multiset("total_score", [number(gold["total_score"])], totals, name)
    score_indicators(score, gold.get("indicators") or [], list(report.indicators), name)


def score_indicators(score: Score, gold: list[Gold], got: list[Indicator], text: str) -> None:
    """Pair indicators by name, in order, and compare their parts."""
    free = list(got)
    pairs = []
    for label in gold:
        found = next((indicator for indicator in free if alike(label["name"], indicator.name)), None)
        if found is None:
            score.misses["indicators: not found"].append(f"{text}: {label['name']}")
            continue
        free.remove(found)
        pairs.append((label, found))
    score.misses["indicators: too many"].extend(f"{text}: {indicator.name}" for indicator in free)
    _count(score, "indicators.name", len(pairs), len(gold), len(got))
    for part in _PARTS:
        considered = gold if part in ("target", "actual") else [g for g in gold if _labelled(g, part)]
        right = 0
        for label, found in pairs:
            if part in ("score", "level2") and not _labelled(label, part):
                continue
            wrong = _difference(part, label, found)
            right += wrong is None
            if wrong:
                score.misses[f"indicators: {part} differs"].append(f"{text}: {label['name']}: {wrong}")
        extracted = len(got) if part in ("target", "actual") else len(considered)
        _count(score, f"indicators.{part}", right, len(considered), extracted)
    both = sum(1 for g, i in pairs if _difference("target", g, i) is None and _difference("actual", g, i) is None)
    _count(score, "indicators.target+actual", both, len(gold), len(got))


def _count(score: Score, name: str, right: int, labelled: int, extracted: int) -> None:
    tally = score.tallies[name]
    tally.right += right
    tally.labelled += labelled
    tally.extracted += extracted


def _labelled(label: Gold, part: str) -> bool:
    if part == "level2":
        return bool(label.get("level2"))
    return any(label.get(key) not in (None, "") for key in ("score_max", "score"))


def _difference(part: str, label: Gold, found: Indicator) -> str | None:
    """What differs in one part of an indicator, None where nothing does."""
    if part == "level2":
        pair: tuple[object, object] = (bare(label.get("level2")), bare(found.level2))
    elif part == "score":
        pair = ((number(label.get("score_max")), number(label.get("score"))),
                (number(found.max_score), number(found.score)))  # fmt: skip
    else:
        pair = _values(part, label, found)
    return None if pair[0] == pair[1] else f"{pair[0]} read as {pair[1]}"


def _values(part: str, label: Gold, found: Indicator) -> tuple[object, object]:
    if part == "target":
        raw, value, unit, operator = found.target_raw, found.target_value, found.target_unit, found.operator
    else:
        raw, value, unit, operator = found.actual_raw, found.actual_value, found.actual_unit, None
    if label.get(f"{part}_value") in (None, ""):
        return bare(label.get(f"{part}_raw")), bare(raw)
    wanted = label.get("op") or None if part == "target" else None
    return (
        (wanted, number(label[f"{part}_value"]), _unit(label.get(f"{part}_unit"))),
        (operator if wanted else None, number(value), _unit(unit)),
    )


def _unit(text: str | None) -> str:
    word = bare(text)
    known = known_unit(word)
    return {"个百分点": "百分点", "百分比": ""}.get(word, known.name if known else word)


def score_file(path: Path, score: Score) -> int:
    """Read every text of a labelled file; the number of texts."""
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            text = Path(folder) / f"{case['id']}.txt"
            text.write_text(case["text"], "utf-8")
            score_text(score, case, extract(text))
    return len(cases)


def main() -> int:
    """Score the labelled files that are named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--misses", action="store_true", help="print every miss, by cause")
    arguments = parser.parse_args()
    for path in arguments.gold:
        score = Score()
        print(f"{path.name}: {score_file(path, score)} texts")
        print("\n".join(score.table()))
        for cause, items in sorted(score.misses.items(), key=lambda pair: -len(pair[1])):
            if items:
                print(f"{len(items):5}  {cause}")
                if arguments.misses:
                    print("\n".join(f"         {item}" for item in items))
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
