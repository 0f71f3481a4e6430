"""Which of several names a text means: the whole text before its words, whole names before parts of them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.relate.names import folded
from extractor.relate.segments import words


def query_words(text: str) -> list[str]:
    """What names are searched for: the text as a whole, else its words of two characters and more."""
    whole = folded(text)
    return list(dict.fromkeys([whole, *(word for word in words(whole) if len(word) > 1)]))


def relevance(text: str, name: str) -> float:
    """From 0 (has nothing of the text) to 2 (is the text): whole text, then the share of its words' characters."""
    wanted, printed = folded(text), folded(name)
    if wanted == printed:
        return 2.0
    if wanted in printed:
        return 1.0 + len(wanted) / len(printed)
    parts = [word for word in words(wanted) if len(word) > 1]
    whole = sum(map(len, parts))
    return sum(len(word) for word in parts if word in printed) / whole if whole else 0.0


def best(text: str, names: Sequence[str], least: float = 0.5) -> list[int]:
    """The positions of the names that the text may mean, the likeliest first; those with less than half of it fall."""
    scored = [(relevance(text, name), at) for at, name in enumerate(names)]
    return [at for score, at in sorted(scored, key=lambda one: (-one[0], one[1])) if score >= least]
