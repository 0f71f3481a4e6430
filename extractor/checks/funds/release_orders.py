"""The sums that one release order (指标文) is said to release, for `total-restated`. No check of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor import lexicon
from extractor.checks.wording import Passages
from extractor.model import Fund, Passage


@dataclass(frozen=True, slots=True)
class Released:
    """A total that stands alone under one release order in its paragraph; `core` is its name as it is compared."""

    fund: Fund
    core: str
    passage: Passage


def pairs(totals: Sequence[Released]) -> Iterator[tuple[Released, Released]]:
    """The first total of each order with each later one of another paragraph that may be the same money.

    Totals of one order under two names of their own are different parts of it, and no pair; pairs of one name that says
    what money it is are those that the names alone bring together.
    """
    orders: dict[tuple[int | None, str], list[Released]] = {}
    for total in totals:
        orders.setdefault((total.fund.evaluation, total.fund.doc_numbers[0]), []).append(total)
    generic = set(lexicon.words("check.generic_label"))
    for group in orders.values():
        first = group[0]
        for other in group[1:]:
            vague = [total.core in generic or not total.core for total in (first, other)]
            if other.passage is not first.passage and any(vague):
                yield first, other


def alone(passages: Passages, totals: Sequence[tuple[Fund, str]]) -> list[Released]:
    """Of budget totals with their names: those that are the only one of their single order in their paragraph."""
    found: dict[tuple[int, str], list[Released]] = {}
    for fund, core in totals:
        passage = passages.at(fund.place)
        if passage is not None and len(fund.doc_numbers) == 1:
            found.setdefault((passage.seq, fund.doc_numbers[0]), []).append(Released(fund, core, passage))
    return [group[0] for group in found.values() if len(group) == 1]
