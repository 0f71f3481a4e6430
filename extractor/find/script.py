"""Traditional characters read as simplified ones, character by character, so that positions stay the same."""

from __future__ import annotations

from functools import cache, lru_cache

from extractor.lexicon import pattern
from extractor.text import Text

_known: dict[str, str] = {}


@cache
def _converter() -> object:
    """OpenCC, loaded when the first character beyond ASCII is met (its tables take 20 ms)."""
    import opencc  # noqa: PLC0415  # its tables take time to load, which only reading needs

    return opencc.OpenCC("t2s")


def _simplify(character: str) -> str:
    converted: str = _converter().convert(character)  # type: ignore[attr-defined]
    return converted if len(converted) == 1 else character


@lru_cache(maxsize=8192)
def simplified(string: str) -> str:
    """`string` with each traditional character replaced by its simplified form; the length stays the same."""
    for character in set(string).difference(_known):
        _known[character] = character if character < "⺀" else _simplify(character)
    return "".join(map(_known.__getitem__, string))


def without_debris(text: Text) -> Text:
    """The text without the sounds that conversions print behind traditional characters: 發(fā)放 is 發放."""
    if "(" not in text.string:
        return text
    dropped = {at for match in pattern("folding.debris").regex.finditer(text.string) for at in range(*match.span())}
    return text.keep(lambda at: at not in dropped) if dropped else text
