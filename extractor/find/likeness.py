"""How alike two names are, by the pairs of neighbouring characters that they share."""

from __future__ import annotations

from collections import Counter


def shared_pairs(one: str, other: str) -> float:
    """The share of common character pairs of two names; 1 where one contains the other, 0 where either is empty."""
    if not one or not other:
        return 0.0
    if one in other or other in one:
        return 1.0
    first, second = (Counter(name[i : i + 2] for i in range(max(1, len(name) - 1))) for name in (one, other))
    return 2 * (first & second).total() / (first.total() + second.total())
