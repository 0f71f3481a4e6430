"""Names of funds and indicators without what changes from year to year: the printings of one name have one key."""

from __future__ import annotations

from extractor import lexicon, measure
from extractor.text import Text

#: What is left out of a name must leave so many characters, or it stays.
_SHORTEST = 2


def folded(name: str) -> str:
    """A name without layout white space, full-width forms folded."""
    return Text.of(name).fold(lexicon.folding()).tight().string


def key(kind: str, name: str) -> str:
    """What the printings of one name have in common; `kind` is 'fund', 'indicator', 'body' or 'region'."""
    words = folded(name)
    if kind == "fund":
        words = _fund(words)
    elif kind == "indicator":
        words = _indicator(words)
    return _bare(words) or folded(name)


def _fund(words: str) -> str:
    words = _without(words, "names.year", "names.report")
    for level in lexicon.words("names.fund.level"):
        if words.startswith(level) and len(words) - len(level) > _SHORTEST:
            return words[len(level) :]
    return words


def _indicator(words: str) -> str:
    words = _without(_without_unit(words), "names.ordinal", "names.year")
    tail = ending(words, "names.count.tail")
    return f"{words[: -len(tail)]}数" if tail and len(words) - len(tail) >= _SHORTEST else words


def _without(words: str, *patterns: str) -> str:
    """The words without what the patterns find, as long as enough is left."""
    for id_ in patterns:
        shorter = lexicon.pattern(id_).regex.sub("", words)
        words = shorter if len(shorter) >= _SHORTEST else words
    return words


def _without_unit(words: str) -> str:
    """`培训人数(人次)` without the unit in brackets."""
    opened = max(words.rfind("("), words.rfind("（"))
    if opened < _SHORTEST or words[-1:] not in (")", "）"):
        return words
    inside = words[opened + 1 : -1].removeprefix("单位:").removeprefix("单位：")
    return words[:opened] if inside == "%" or measure.dimension(inside) is not None else words


def _bare(words: str) -> str:
    """Without marks, and without 等 at the end."""
    words = lexicon.matcher("names.marks").sub("", words)
    for others in lexicon.words("names.others"):
        if words.endswith(others) and len(words) - len(others) >= _SHORTEST:
            words = words.removesuffix(others)
    return words


def ending(words: str, term: str) -> str:
    """The longest word of a term that the words end with; empty where there is none."""
    return next((tail for tail in lexicon.words(term) if words.endswith(tail) and words != tail), "")


def core(kind: str, name_key: str) -> str:
    """A key without the words at its end that only say that it is a fund or a number."""
    tail = ending(name_key, "names.fund.tail" if kind == "fund" else "names.count.tail")
    while tail and len(name_key) - len(tail) >= _SHORTEST:
        name_key = name_key[: -len(tail)]
        tail = ending(name_key, "names.fund.tail") if kind == "fund" else ""
    return name_key
