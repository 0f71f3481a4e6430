"""Every sum of money in running text, in reading order: repeats, unit prices, losses and targets too.

`mentions` gives them with their place in the passage, which the search for the evaluated money needs; `find_amounts`
gives the facts, `unread_amounts` the gaps: what is printed as money and gives no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor import quantity
from extractor.find.fused import part
from extractor.find.script import simplified
from extractor.lexicon import pattern
from extractor.messages import Message
from extractor.model import Amount, Document, Gap, Passage, Place, Quantity

#: Only passages that hold one of these characters can hold money.
_SIGNS = frozenset("元万萬亿億圆圓角¥￥$")
#: Where a document's number may run into a sum.
_BRACKETS = frozenset("〔【﹝︹[")
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
    """All sums of money of the passages, from left to right."""
    return [
        mention
        for index, passage in _with_money(passages)
        for found in _quantities(simplified(passage.text.string))
        for mention in _money(index, passage.text.string, found)
    ]


def _with_money(passages: Sequence[Passage]) -> Iterator[tuple[int, Passage]]:
    for index, passage in enumerate(passages):
        if not _SIGNS.isdisjoint(passage.text.string):
            yield index, passage


def _quantities(string: str) -> list[Quantity]:
    """The quantities; where a sum runs into a document's number and the text proves where they part, that sum."""
    found = quantity.scan(string)
    if _BRACKETS.isdisjoint(string) or all(one.value is not None for one in found):
        return found
    parted = {sum_.amount.end: sum_.amount for sum_ in part(string).values()}
    return [parted.get(one.end, one) if one.value is None else one for one in found]


def _money(index: int, string: str, found: Quantity) -> list[Mention]:
    """The quantity as money; nothing where it is something else or could not be read."""
    unit, slash, _ = found.unit.partition("/")
    if found.value is None or quantity.dimension(unit) not in _MONEY:
        return []
    both = pattern("amounts.range").regex.fullmatch(string, *found.figure) if found.high is not None else None
    if both is None:
        core = pattern("amounts.core").regex.search(string, found.start, found.end)
        ends = [(core.span() if core else (found.start, found.end), found.value)]
    else:
        ends = [(both.span("low"), found.value), (both.span("high"), found.high or found.value)]
    return [
        Mention(index, start, end, string[start:end], found, value, _yuan(value, unit), unit, bool(slash))
        for (start, end), value in ends
    ]


def _yuan(value: Decimal, unit: str) -> Decimal | None:
    return quantity.money(Quantity("", 0, 0, value, unit))


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


def unread_amounts(passages: Sequence[Passage]) -> list[Gap]:
    """What is printed as money and gives no single number: doubled digits, a document's number and a sum in one run."""
    message = Message.of("A sum of money could not be read as one number: compare it with the original.")
    return [
        Gap("unread_number", message, where.page, passage.text.string[found.start : found.end])
        for _, passage in _with_money(passages)
        for found in _quantities(simplified(passage.text.string))
        if found.value is None and quantity.dimension(found.unit.partition("/")[0]) in _MONEY
        for where in (passage.place(found.start, found.end),)
    ]


def place(document: Document, passages: Sequence[Passage], mention: Mention) -> Place:
    """Where the mention stands in the source."""
    passage = passages[mention.passage]
    span = passage.text.span(mention.start, mention.end)
    return document.place(span.start, span.end, passage.source)
