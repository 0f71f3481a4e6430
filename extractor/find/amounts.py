"""Every sum of money in running text, in reading order: repeats, unit prices, losses and targets too.

`mentions` gives them with their place in the passage, which the search for the evaluated money needs; `find_amounts`
gives the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor import quantity
from extractor.lexicon import pattern
from extractor.model import Amount, Document, Passage, Place, Quantity

#: Only passages that hold one of these characters can hold money.
_SIGNS = frozenset("元万萬亿億圆圓角¥￥$")
_MONEY = ("money", "money_fx")


@dataclass(frozen=True, slots=True)
class Mention:
    """A sum of money in a passage. `start` and `end` are positions in the passage's string and cover `raw`.

    `raw` is the printed number with its unit, without a sign or word of comparison, which `quantity` keeps.

    `per_unit` tells that a unit followed it (725元/生): the price of one thing. `yuan` is None for foreign money.
    """

    passage: int
    start: int
    end: int
    raw: str
    quantity: Quantity
    value: Decimal
    yuan: Decimal | None
    unit: str
    per_unit: bool = False


def mentions(passages: Sequence[Passage]) -> list[Mention]:
    """All sums of money of the passages' running text, from left to right. Cells of tables are left to the tables."""
    return [
        mention
        for index, passage in enumerate(passages)
        if passage.source == "prose" and not _SIGNS.isdisjoint(passage.text.string)
        for found in quantity.scan(passage.text.string)
        for mention in _money(index, passage.text.string, found)
    ]


def _money(index: int, string: str, found: Quantity) -> list[Mention]:
    """The quantity as money; nothing where it is something else or could not be read."""
    unit, slash, _ = found.unit.partition("/")
    if found.value is None or quantity.dimension(unit) not in _MONEY:
        return []
    core = pattern("amounts.core").regex.search(string, found.start, found.end)
    start, end = (core.start(), core.end()) if core else (found.start, found.end)
    raw = string[start:end]
    yuan = quantity.money(Quantity(raw, start, end, found.value, unit, found.decimals))
    return [Mention(index, start, end, raw, found, found.value, yuan, unit, bool(slash))]


def find_amounts(document: Document, passages: Sequence[Passage]) -> list[Amount]:
    """The sums of money as facts, `seq` from 0 in reading order."""
    return [
        Amount(
            seq,
            mention.raw,
            mention.value,
            mention.yuan,
            mention.unit,
            mention.quantity.decimals,
            mention.quantity.qualifier,
            place(document, passages, mention),
        )
        for seq, mention in enumerate(mentions(passages))
    ]


def place(document: Document, passages: Sequence[Passage], mention: Mention) -> Place:
    """Where the mention stands in the source."""
    span = passages[mention.passage].text.span(mention.start, mention.end)
    return document.place(span.start, span.end)
