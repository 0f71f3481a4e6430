"""How likely two names are names of one thing: words in common, words put in place of others, unit dimension, level.

A thing that is renamed gets or loses words, puts them in another order, or uses another word for the same. Two things
of one kind differ by a word that stands in the place of another (食品抽检批次, 药品抽检批次). So what one name has more
than the other weighs little, and what each has that the other lacks weighs much. Words are cut by jieba; those that
many names share are left out, and words for one thing are taken for the same. Names that hold words which exclude each
other (小学, 初中) are two things.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import regex

from extractor import lexicon, measure
from extractor.relate import names
from extractor.relate.segments import words

#: From this likeness on, two names that stand alone are taken for one thing: the best cut on the labelled pairs.
LIKELY = 0.66
#: What a character weighs that stands in the place of another one, and one that only one of the names has.
_REPLACED, _MORE = 3.5, 0.22
#: Factors for what differs beside the name.
_OTHER_DIMENSION, _OTHER_LEVEL, _APART = 0.5, 0.92, 0.3
_NUMBER = regex.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十]+(?=期|批|级|年级|号|标段|阶段)")


@dataclass(frozen=True, slots=True)
class Named:
    """A name to compare: its key (see `names.key`), and for indicators the unit and the second-level indicator."""

    key: str
    unit: str | None = None
    level2: str | None = None


def likeness(kind: str, one: Named, other: Named) -> float:
    """From 0 to 1; `kind` is 'fund' or 'indicator'."""
    first, second = names.core(kind, one.key), names.core(kind, other.key)
    if first == second:
        return _beside(one, other)
    here, there = _content(first), _content(second)
    common = (here & there).total()
    more, less = sorted((here.total() - common, there.total() - common), reverse=True)
    share = common / (common + _REPLACED * less + _MORE * (more - less)) if common else 0.0
    return share * _beside(one, other) * (_APART if are_apart(first, second) else 1.0)


def _beside(one: Named, other: Named) -> float:
    """A factor for unit and level."""
    factor = 1.0
    if one.unit and other.unit and measure.dimension(one.unit) != measure.dimension(other.unit):
        counts = all((measure.dimension(unit) or "count").startswith("count") for unit in (one.unit, other.unit))
        factor *= 1.0 if counts else _OTHER_DIMENSION
    if one.level2 and other.level2 and names.folded(one.level2) != names.folded(other.level2):
        factor *= _OTHER_LEVEL
    return factor


@lexicon.kept
def _content(name: str) -> Counter[str]:
    """The characters of the words that say what a thing is; of all words where none does."""
    found = words(_plain(name))
    light = set(lexicon.words("names.light"))
    telling = [word for word in found if word not in light] or found
    return Counter("".join(telling))


def _plain(name: str) -> str:
    """The name with one word for words that say the same."""
    return _synonyms()[0].sub(lambda match: _synonyms()[1][match[0]], name)


@lexicon.remembered
def _synonyms() -> tuple[regex.Pattern[str], dict[str, str]]:
    groups = [group.split("/") for group in lexicon.words("names.same")]
    first = {word: group[0] for group in groups for word in group}
    longest = sorted(first, key=lambda word: (-len(word), word))
    return regex.compile("|".join(map(regex.escape, longest))), first


def are_apart(one: str, other: str) -> bool:
    """Whether two names hold other numbers, or words that exclude each other."""
    if set(_NUMBER.findall(one)) != set(_NUMBER.findall(other)):
        return True
    one, other = _plain(one), _plain(other)
    first, second = set(words(one)), set(words(other))
    return any(_exclusive(group.split("/"), first, second, one, other) for group in lexicon.words("names.apart"))


def _exclusive(group: list[str], first: set[str], second: set[str], one: str, other: str) -> bool:
    """Whether each name holds a word of the group that the other one lacks; short words must stand alone."""
    here = {word for word in group if word in first or (len(word) > 1 and word in one)}
    there = {word for word in group if word in second or (len(word) > 1 and word in other)}
    return bool(here - there) and bool(there - here)


def shared(one: str, other: str) -> str:
    """The words that two names have in common, in the order of the later one."""
    first = set(words(_plain(one)))
    found = [word for word in words(_plain(other)) if word in first]
    return "".join(found) or "".join(char for char in other if char in one)
