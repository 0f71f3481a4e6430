"""Names → words, by jieba and the word list of the field. The dictionary takes most of a second, once a process."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from extractor import lexicon

if TYPE_CHECKING:
    import jieba


@cache
def _tokenizer() -> jieba.Tokenizer:
    import jieba  # noqa: PLC0415  # heavy, and most commands need no words

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with lexicon.vocabulary().open("rb") as stream:
        tokenizer.load_userdict(stream)
    return tokenizer


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, in order; deterministic, because unknown words are not guessed but split."""
    return tuple(word for word in _tokenizer().cut(name, HMM=False) if word.strip())
