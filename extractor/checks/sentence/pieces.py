"""What a price or an average is for (每户, 户均, 元/人), and whether that is what was counted. No check of its own."""

from __future__ import annotations

from extractor import quantity

#: Short words for what is counted (生均, 每生).
_SHORT = {"生": "人", "校": "所"}


def unit_of_one(each: str, unit: str, noun: str) -> str | None:
    """The unit of one piece where `each` names what a figure in `unit` counts, with the `noun` behind it; else None.

    每户 beside 30户 is 户, 每村 beside 30个村 is 个, 每公顷 beside 200亩 is 公顷.
    """
    bare = unit.lstrip("十百千万亿") or unit
    each = "人次" if (each, bare) == ("次", "人次") else _SHORT.get(each, each)
    for word in (each, each[:1]):
        kind = quantity.dimension(word)
        if kind is not None and (quantity.same_unit(word, bare) or kind == quantity.dimension(bare)):
            rest = each[len(word) :]
            return word if not rest or not noun or rest in noun or noun in rest else None
    return bare if each in noun else None
