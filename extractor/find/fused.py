"""Runs of digits that hold a document's number and a sum (财建〔20202185000万元): parted where the sums prove how.

A list of such runs is parted only if one single way gives a total that the same text prints; else it stays unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor import lexicon, quantity
from extractor.model import Quantity

#: A number of a document has at most so many digits.
_LONGEST_NUMBER = 4
#: With more runs than this in one list the ways to part them are too many to try.
_MOST_RUNS = 16


@dataclass(frozen=True, slots=True)
class Part:
    """One run of digits parted: the document's number, where it ends, and the sum behind it."""

    start: int
    number: str
    number_end: int
    amount: Quantity


@dataclass(frozen=True, slots=True)
class _Way:
    number: str
    value: Decimal
    yuan: Decimal


def part(string: str) -> dict[int, Part]:
    """The runs of the text that its sums prove how to part, by the position of their first digit behind the year.

    Runs that stand in one sentence are one list. Sums that follow a lost bracket with a blank (〔2021158 15000万元) belong
    to the list as they are; the total is another sum of the same text.
    """
    found: dict[int, Part] = {}
    pattern = lexicon.pattern("document_numbers.core.fused").regex
    start = 0
    for sentence in string.split("。"):
        end = start + len(sentence)
        matches = list(pattern.finditer(string, start, end))
        if matches:
            found.update(_solved(string, matches_of(matches, string), quantity.scan(string[start:end]), start))
        start = end + 1
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    digits: str
    unit: str


def matches_of(matches: Sequence[object], string: str) -> list[_Run]:
    """The runs with their positions."""
    runs = []
    for match in matches:
        start, end = match.span("run")  # type: ignore[attr-defined]
        runs.append(_Run(start, end, string[start:end], match["unit"]))  # type: ignore[index]
    return runs


def _solved(string: str, runs: list[_Run], sums: list[Quantity], offset: int) -> dict[int, Part]:
    if len(runs) > _MOST_RUNS:
        return {}
    fixed, totals = Decimal(0), set()
    for amount in sums:
        yuan = quantity.money(amount)
        if yuan is None:
            continue
        if _after_number(string, offset + amount.start):
            fixed += yuan
        else:
            totals.add(yuan)
    ways = [list(_ways(run)) for run in runs]
    solutions: list[tuple[_Way, ...]] = []
    for total in totals:
        for solution in _sums(ways, total - fixed):
            solutions.append(solution)
            if len(solutions) > 1:
                return {}
    if not solutions:
        return {}
    return {run.start: _part(run, way) for run, way in zip(runs, solutions[0], strict=True)}


def _after_number(string: str, at: int) -> bool:
    """Whether the sum at `at` stands right behind a document number: it is one of the list."""
    before = string[max(0, at - 12) : at].rstrip()
    return before[-1:].isdecimal() and any(sign in before for sign in "〔【﹝[")


def _ways(run: _Run) -> Iterator[_Way]:
    """Number and sum for each place where the run can be parted; neither begins with a zero."""
    for length in range(1, min(_LONGEST_NUMBER, len(run.digits) - 1) + 1):
        number, rest = run.digits[:length], run.digits[length:]
        if number[0] == "0" or rest[0] in "0.":
            continue
        value = Decimal(rest)
        yield _Way(number, value, quantity.money(Quantity(rest + run.unit, 0, 0, value, run.unit)) or Decimal(0))


def _sums(ways: list[list[_Way]], total: Decimal) -> Iterator[tuple[_Way, ...]]:
    """Every choice of one way a run that adds up to `total`: two at most are looked for."""
    least = [Decimal(0)] * (len(ways) + 1)
    most = [Decimal(0)] * (len(ways) + 1)
    for i in range(len(ways) - 1, -1, -1):
        if not ways[i]:
            return
        least[i] = least[i + 1] + min(way.yuan for way in ways[i])
        most[i] = most[i + 1] + max(way.yuan for way in ways[i])
    steps = [0]

    def search(i: int, left: Decimal, chosen: tuple[_Way, ...]) -> Iterator[tuple[_Way, ...]]:
        steps[0] += 1
        if steps[0] > 20_000 or not least[i] <= left <= most[i]:
            return
        if i == len(ways):
            yield chosen
            return
        for way in ways[i]:
            yield from search(i + 1, left - way.yuan, (*chosen, way))

    yield from search(0, total, ())


def _part(run: _Run, way: _Way) -> Part:
    start = run.start + len(way.number)
    end = run.end + len(run.unit)
    raw = run.digits[len(way.number) :] + run.unit
    decimals = len(run.digits.partition(".")[2])
    amount = Quantity(raw, start, end, way.value, run.unit, decimals, figure=(start, end))
    return Part(run.start, way.number, start, amount)
