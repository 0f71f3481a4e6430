"""Keys that hang together by pairs: each gets the first key of its group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def joined(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Key → the key that its whole group goes by, for every key of the pairs: the one that comes first in them."""
    parents: dict[str, str] = {}

    def find(key: str) -> str:
        while parents.setdefault(key, key) != key:
            parents[key] = parents[parents[key]]
            key = parents[key]
        return key

    for one, other in pairs:
        first, second = find(one), find(other)
        if first != second:
            parents[second] = first
    return {key: find(key) for key in parents}
