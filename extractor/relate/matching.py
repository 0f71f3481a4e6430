"""Which names that end are likely the ones that begin: renamed, split and merged funds and indicators.

Only names that are left over are compared: those that a report of the next year of the same fund (or of the same body)
no longer has, with those that it has for the first time. What comes out are candidates with a score; people decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.messages import Message
from extractor.relate.likeness import LIKELY, Named, likeness, shared

Relation = Literal["renamed", "split", "merged"]
#: Names alone never make it certain.
_SUREST = 0.99
#: Parts of a split or merged thing have a word more than the whole, and one another's words: each may be less alike.
_PART = 0.5
#: The best two of several parts are about as like to the whole as each other.
_NEAR = 0.15


@dataclass(frozen=True, slots=True)
class Line:
    """A series that begins or ends between two years: `own_key` as in `series`, the name as printed last or first."""

    own_key: str
    name: str
    key: str
    unit: str | None = None
    level2: str | None = None
    figure: str | None = None

    @property
    def named(self) -> Named:
        """What is compared."""
        return Named(self.key, self.unit, self.level2)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two names that may be one thing; `score` from 0 to 1, `why` in words."""

    relation: Relation
    earlier: Line
    later: Line
    score: float
    why: Message


def candidates(
    kind: str, ended: Sequence[Line], begun: Sequence[Line], refused: frozenset[tuple[str, str]]
) -> list[Candidate]:
    """The pairs of an ended and a begun series that are likely one thing, each series once but for splits and merges.

    `refused` are pairs of own keys that people have said are not the same.
    """
    scores = {
        (i, j): score
        for i, one in enumerate(ended)
        for j, other in enumerate(begun)
        if (one.own_key, other.own_key) not in refused and (score := likeness(kind, one.named, other.named)) >= _PART
    }
    found: list[Candidate] = []
    parted = _parted(scores)
    joined = _parted({(j, i): score for (i, j), score in scores.items()})
    taken_ended, taken_begun = set(parted), set(joined)
    for i, parts in parted.items():
        found += (_candidate("split", ended[i], begun[j], scores[i, j]) for j in parts)
        taken_begun |= set(parts)
    for j, parts in joined.items():
        if taken_ended.isdisjoint(parts) and j not in {p for group in parted.values() for p in group}:
            found += (_candidate("merged", ended[i], begun[j], scores[i, j]) for i in parts)
            taken_ended |= set(parts)
    for (i, j), score in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
        if score >= LIKELY and i not in taken_ended and j not in taken_begun:
            taken_ended.add(i)
            taken_begun.add(j)
            found.append(_candidate("renamed", ended[i], begun[j], score))
    return found


def _parted(scores: dict[tuple[int, int], float]) -> dict[int, tuple[int, ...]]:
    """For each whole the parts that it fell into: several about equally like it, and longer than it by a word each."""
    wholes: dict[int, list[int]] = {}
    for whole, part in scores:
        wholes.setdefault(whole, []).append(part)
    found: dict[int, tuple[int, ...]] = {}
    for whole, those in wholes.items():
        best = max(scores[whole, part] for part in those)
        near = [part for part in those if scores[whole, part] >= best - _NEAR]
        if best < 1.0 and len(near) > 1 and all(_is_only(scores, whole, part) for part in near):
            found[whole] = tuple(near)
    return found


def _is_only(scores: dict[tuple[int, int], float], whole: int, part: int) -> bool:
    """Whether the part is like no other whole as much."""
    return all(score < scores[whole, part] for (w, p), score in scores.items() if p == part and w != whole)


def _candidate(relation: Relation, earlier: Line, later: Line, score: float) -> Candidate:
    words = shared(earlier.key, later.key)
    if earlier.figure and later.figure:
        why = Message.of(
            "Both have “{words}”; target {one}, then {other}", words=words, one=earlier.figure, other=later.figure
        )
    else:
        why = Message.of("Both have “{words}”", words=words)
    return Candidate(relation, earlier, later, min(round(score, 3), _SUREST), why)


@dataclass(frozen=True, slots=True)
class Group:
    """The series of one fund (or the funds of one body) by the years in which there are reports.

    `years` in order; `lines` holds each series with its first and its last year, and the line as printed in both.
    """

    years: Sequence[int]
    lines: Sequence[tuple[int, int, Line, Line]]


def between_years(kind: str, group: Group, refused: frozenset[tuple[str, str]]) -> Iterator[tuple[int, int, Candidate]]:
    """(year, next year with a report, candidate) for what ends in the one and begins in the other."""
    for year, following in zip(group.years, group.years[1:], strict=False):
        ended = [last for _, until, _, last in group.lines if until == year]
        begun = [first for since, _, first, _ in group.lines if since == following]
        for one in candidates(kind, ended, begun, refused) if ended and begun else ():
            yield year, following, one
