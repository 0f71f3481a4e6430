"""A cluster of heads → the columns of a flattened block, in the order in which its cells are printed.

Heads over heads are printed line by line: the lower ones come after all upper ones and belong under that of their kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.find.flat.marks import Cluster, Mark
from extractor.find.flat.stream import Stream
from extractor.find.tables import words as table_words

#: What stands under a head that covers several columns.
_UNDER = {"target": ("operator", "target", "unit"), "score": ("score", "max_score", "other", "ratio")}
_LEVELS = ("level1", "level2")
#: Concepts of which a second column is printed for others: their cells are read and left aside.
_ONCE = frozenset({"name", "target", "actual", "max_score", "score", "status", "operator", "unit"})


def indicator_columns(cluster: Cluster) -> list[str]:
    """The concepts of the columns, both levels always among them (a form may print levels without heads)."""
    upper, lower = _tiers(cluster.heads)
    order = _under(_single(upper), lower)
    if "actual" not in order and "status" in order:
        order[order.index("status")] = "actual"
    if "name" not in order:
        deepest = next(level for level in ("level2", "level1") if level in order)
        order[order.index(deepest)] = "name"
    return _with_levels(order)


def _tiers(heads: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The upper line of heads and the lower one: it begins with the first head that belongs under an earlier one."""
    seen: list[str] = []
    for number, mark in enumerate(heads):
        parent = next((p for p, children in _UNDER.items() if mark.concept in children and p in seen[:-1]), None)
        split = mark.concept in ("operator", "unit") and parent == "target" and "operator" not in seen
        again = mark.concept in ("target", "score") and mark.concept in seen[:-1] and len(heads) - number > 1
        if (split and ("actual" in seen or seen[-1] != "target")) or again:
            return list(heads[:number]), list(heads[number:])
        seen.append(mark.concept)
    return list(heads), []


def _single(heads: Sequence[Mark]) -> list[str]:
    """The concepts in order, each once; points behind a level are the level's."""
    order: list[str] = []
    chosen: dict[str, Mark] = {}
    for mark in heads:
        concept = mark.concept
        if concept == "max_score" and order and order[-1] in _LEVELS:
            order.append(f"{order[-1]}_max")
            continue
        if concept == "unknown":
            order.append(concept)
            continue
        known = chosen.get(concept)
        if known is None:
            chosen[concept] = mark
            order.append(concept)
        elif concept in _ONCE and mark.head is not None and known.head is not None:
            if _replaces(mark, known):
                order[order.index(concept)] = _aside(concept)
                order.append(concept)
                chosen[concept] = mark
            else:
                order.append(_aside(concept))
    return order


def _replaces(new: Mark, old: Mark) -> bool:
    if new.head is None or old.head is None:
        return False
    return (new.head.deepest and not old.head.deepest) or (old.head.later and not new.head.later)


def _aside(concept: str) -> str:
    return "explanation" if concept in ("name", "target", "actual", "status") else "other"


def _under(order: list[str], lower: Sequence[Mark]) -> list[str]:
    """The lower heads in the place of those that they belong under."""
    groups: dict[str, list[str]] = {}
    for mark in lower:
        parent = next((p for p, children in _UNDER.items() if mark.concept in children), None)
        if parent is not None:
            groups.setdefault(parent, []).append(mark.concept)
        elif mark.concept not in order:
            order = [*order, mark.concept]
    for parent, children in groups.items():
        if parent not in order:
            order = [*order, *children]
            continue
        group = list(dict.fromkeys(children))
        if parent not in group:
            behind = group.index("unit") if parent == "target" and "unit" in group else len(group)
            group.insert(behind, parent)
        at = order.index(parent)
        rest = [c for c in order[:at] if c not in group], [c for c in order[at + 1 :] if c not in group]
        order = [*rest[0], *group, *rest[1]]
    return order


def _with_levels(order: list[str]) -> list[str]:
    name = order.index("name")
    before, behind = order[:name], order[name:]
    if "level1" not in before:
        first = before.index("level2") if "level2" in before else len(before)
        before.insert(first, "level1")
    if "level2" not in before:
        before.append("level2")
    behind = [concept for concept in behind if concept not in _LEVELS]
    return [*before, *behind]


def headed_levels(cluster: Cluster) -> frozenset[str]:
    """The levels that have a head of their own."""
    levels = cluster.concepts & set(_LEVELS)
    if "name" in cluster.concepts:
        return levels
    return levels - {"level2"} if "level2" in levels else frozenset()


def fund_columns(stream: Stream, cluster: Cluster) -> tuple[list[str], dict[str, str]]:
    """The concepts of the fund block's columns in order, and the printed heads."""
    order: list[str] = []
    heads: dict[str, str] = {}
    for number, mark in enumerate(cluster.heads):
        words = stream.bare[mark.start : mark.end]
        later = {other.concept for other in cluster.heads[number + 1 :]}
        if table_words.block_of(words) == "funds" and mark.concept in later:
            continue
        if mark.concept in ("kind", *order):
            continue
        if mark.concept == "unknown":
            order.append("other")
            continue
        order.append(mark.concept)
        heads[mark.concept] = stream.cell(mark.start, mark.end).string
    return order, heads
