"""Runs of digits that hold a document's number and a sum (财建〔20202185000万元): parted where the sums prove how.

A list of such runs is parted only if one single way gives a total that the same text prints; else it stays unread. A
shorter number leaves a larger sum, so that two ways of one total must disagree about which number is the longer one:
then that with ordinary numbers (up to three digits) is taken, if it is the only such one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor import lexicon, quantity
from extractor.model import Quantity

#: Numbers of documents have up to so many digits: ordinarily, and where one body numbers all that it issues in a row.
_LENGTHS = (3, 4)
#: With more runs than this in one list the ways to part them are too many to try.
_MOST_RUNS = 16
#: Steps of the search for one total, after which the list stays unread.
_MOST_STEPS = 20_000


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

    Runs that stand in one sentence are one list. Sums that follow a lost bracket with a blank (〔2021158 15000万元)
    belong to the list as they are; the total is another sum of the sentence or, where none of them is it, of the text.
    """
    pattern = lexicon.pattern("document_numbers.core.fused").regex
    if not pattern.search(string):
        return {}
    found: dict[int, Part] = {}
    sums = [(amount.start, yuan) for amount in quantity.scan(string) if (yuan := quantity.money(amount)) is not None]
    everywhere = {yuan for at, yuan in sums if not _after_number(string, at)}
    start = 0
    for sentence in string.split("。"):
        end = start + len(sentence)
        runs = [_run(match) for match in pattern.finditer(string, start, end)]
        if 0 < len(runs) <= _MOST_RUNS:
            here = [(at, yuan) for at, yuan in sums if start <= at < end]
            fixed = sum((yuan for at, yuan in here if _after_number(string, at)), Decimal(0))
            totals = {yuan for at, yuan in here if not _after_number(string, at)}
            found.update(_solved(runs, fixed, totals) or _solved(runs, fixed, everywhere))
        start = end + 1
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    digits: str
    unit: str


def _run(match: regex.Match[str]) -> _Run:
    return _Run(*match.span("run"), match["run"], match["unit"])


def _after_number(string: str, at: int) -> bool:
    """Whether the sum at `at` stands right behind a document number: it is one of the list."""
    return lexicon.pattern("document_numbers.before_sum").regex.search(string, max(0, at - 16), at) is not None


def _solved(runs: Sequence[_Run], fixed: Decimal, totals: set[Decimal]) -> dict[int, Part]:
    """The only way to part the runs so that they and the `fixed` items add up to a total; empty where none is."""
    for longest in _LENGTHS:
        ways = [list(_ways(run, longest)) for run in runs]
        solutions = [solution for total in sorted(totals) for solution in _sums(ways, total - fixed)]
        if len(solutions) == 1:
            return {run.start: _part(run, way) for run, way in zip(runs, solutions[0], strict=True)}
        if solutions:
            return {}
    return {}


def _ways(run: _Run, longest: int) -> Iterator[_Way]:
    """Number and sum for each place where the run can be parted; neither begins with a zero."""
    for length in range(1, min(longest, len(run.digits) - 1) + 1):
        number, rest = run.digits[:length], run.digits[length:]
        if number[0] == "0" or rest[0] in "0." or "." in number:
            continue
        value = Decimal(rest)
        yield _Way(number, value, quantity.money(Quantity(rest + run.unit, 0, 0, value, run.unit)) or Decimal(0))


def _sums(ways: list[list[_Way]], total: Decimal) -> list[tuple[_Way, ...]]:
    """The choices of one way a run that add up to `total`, two at most; none where there are too many to try."""
    if not all(ways):
        return []
    least = [Decimal(0)] * (len(ways) + 1)
    most = [Decimal(0)] * (len(ways) + 1)
    for i in range(len(ways) - 1, -1, -1):
        least[i] = least[i + 1] + min(way.yuan for way in ways[i])
        most[i] = most[i + 1] + max(way.yuan for way in ways[i])
    found: list[tuple[_Way, ...]] = []
    stack: list[tuple[Decimal, tuple[_Way, ...]]] = [(total, ())]
    for _ in range(_MOST_STEPS):
        if not stack or len(found) > 1:
            return found
        left, chosen = stack.pop()
        at = len(chosen)
        if not least[at] <= left <= most[at]:
            continue
        if at == len(ways):
            found.append(chosen)
        else:
            stack.extend((left - way.yuan, (*chosen, way)) for way in ways[at])
    return []


def _part(run: _Run, way: _Way) -> Part:
    start = run.start + len(way.number)
    end = run.end + len(run.unit)
    raw = run.digits[len(way.number) :] + run.unit
    decimals = len(run.digits.partition(".")[2])
    amount = Quantity(raw, start, end, way.value, run.unit, decimals, figure=(start, end))
    return Part(run.start, way.number, start, amount)
