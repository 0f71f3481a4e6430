"""Names of indicators: when two names mean the same thing, and which row of a table repeats which sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor import lexicon
from extractor.model import Indicator, Report

#: From this likeness on, two names are taken for one name that was slightly changed.
ALIKE = 0.7
#: A sentence and a row of the same level and number are the same indicator from this likeness on.
_ALIKE_IN_PLACE = 0.5
#: Where one name holds all of the other: as near as names can be that are not equal.
_WITHIN = 0.9


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """The name without punctuation and brackets: `“智改”项目 (个)` → `智改项目个`."""
    return lexicon.pattern("check.name.noise").regex.sub("", name).lower()


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """The plain name without 数量, 个数 at its end; the plain name where nothing else is left."""
    words = plain(name)
    return lexicon.pattern("check.name.tail").regex.sub("", words) or words


@lru_cache(maxsize=8192)
def pairs(words: str) -> Counter[str]:
    """How often each pair of neighbouring characters stands in the words; a lone character is its own pair."""
    return Counter(words[i : i + 2] for i in range(max(1, len(words) - 1)))


def likeness(one: str, other: str) -> float:
    """0 (nothing in common) to 1 (equal but for marks). Names that differ in a digit are not alike."""
    a, b = core(one), core(other)
    if a == b:
        return 1.0
    if not a or not b or _digits(a) != _digits(b):
        return 0.0
    first, second = pairs(a), pairs(b)
    dice = 2 * (first & second).total() / (first.total() + second.total())
    if min(len(a), len(b)) >= 4 and (a in b or b in a):
        return max(dice, _WITHIN)
    return dice


def _digits(words: str) -> list[str]:
    return [character for character in words if character.isdigit()]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A sentence of the narrative and the row of the annexed table that repeats it; `likeness` of their names."""

    prose: Indicator
    row: Indicator
    likeness: float


def repeated(indicators: Iterable[Indicator]) -> list[Repeated]:
    """The indicators of one evaluation that stand in running text and in a table: equal names first, then alike."""
    everything = list(indicators)
    prose = [one for one in everything if one.place.source == "prose"]
    rows = [one for one in everything if one.place.source == "table"]
    if not prose or not rows:
        return []
    found = list(_equal(prose, rows))
    taken = {id(one) for match in found for one in (match.prose, match.row)}
    left = [one for one in prose if id(one) not in taken], [one for one in rows if id(one) not in taken]
    return sorted([*found, *_alike(*left)], key=lambda match: match.prose.seq)


def _equal(prose: Sequence[Indicator], rows: Sequence[Indicator]) -> Iterator[Repeated]:
    """Equal names; of several with one name, those of the same level first, then in order."""
    by_name: dict[str, list[Indicator]] = {}
    for row in rows:
        by_name.setdefault(core(row.name), []).append(row)
    for one in prose:
        candidates = by_name.get(core(one.name))
        if candidates:
            chosen = next((row for row in candidates if _same_level(one, row)), candidates[0])
            candidates.remove(chosen)
            yield Repeated(one, chosen, 1.0)


def _alike(prose: Sequence[Indicator], rows: Sequence[Indicator]) -> Iterator[Repeated]:
    """Pairs of alike names, the most alike ones first."""
    scored = []
    for one in prose:
        for row in rows:
            score = likeness(one.name, row.name)
            in_place = _same_level(one, row) and one.ordinal is not None and one.ordinal == row.ordinal
            if score >= (_ALIKE_IN_PLACE if in_place else ALIKE):
                scored.append((score + in_place, score, one, row))
    taken: set[int] = set()
    for _, score, one, row in sorted(scored, key=lambda entry: (-entry[0], entry[2].seq, entry[3].seq)):
        if id(one) not in taken and id(row) not in taken:
            taken |= {id(one), id(row)}
            yield Repeated(one, row, score)


def _same_level(one: Indicator, other: Indicator) -> bool:
    return plain(one.level2 or "") == plain(other.level2 or "")


def groups(report: Report) -> Iterator[tuple[int | None, list[Indicator]]]:
    """The indicators of each evaluation, in reading order."""
    found: dict[int | None, list[Indicator]] = {}
    for one in report.indicators:
        found.setdefault(one.evaluation, []).append(one)
    yield from found.items()


def with_same_units(report: Report) -> Iterator[tuple[Indicator, Indicator | None]]:
    """Each indicator once: a sentence together with the row of the annexed table that repeats it in the same units."""
    for _, indicators in groups(report):
        rows = {
            id(match.prose): match.row for match in repeated(indicators) if _units(match.prose) == _units(match.row)
        }
        told = {id(row) for row in rows.values()}
        for one in indicators:
            if id(one) not in told:
                yield one, rows.get(id(one))


def _units(indicator: Indicator) -> tuple[str | None, str | None]:
    return indicator.target_unit, indicator.actual_unit


def once(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Each indicator once: rows of the annexed table that repeat a sentence are left out."""
    again = {id(match.row) for match in repeated(indicators)}
    return [one for one in indicators if id(one) not in again]
