"""Marks that open a list of parts: 其中, 包括, 具体为, a bracket behind the total, 一是 … (`funds.partition.*`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.find.fund_roles import last_role
from extractor.find.fund_statements import Statement
from extractor.lexicon import Pattern, family, pattern

_HARD_INSIDE = frozenset(("among", "comprise", "containing", "respectively", "specifically", "out_of"))
#: Marks whose total may stand any number of sentences before them; others need it in this sentence or the one before.
_FAR = frozenset(("among",))
#: Words that may stand between an amount and the bracket with its parts.
_TAIL = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """How a list of parts begins. `bracket` is the opening of the bracket that holds the list, -1 for none.

    `counted`: its items carry ordinals (一是…二是…). `anew`: it breaks the same total down by another aspect. `above`:
    it speaks of a total named sentences before (以上资金中).
    """

    kind: str
    bracket: int = -1
    partial: bool = False
    soft: bool = False
    counted: bool = False
    anew: bool = False
    above: bool = False


def opening_of(found: Sequence[Statement], at: int, inside: bool = False) -> Opening | None:
    """The mark in front of the statement, if it opens a list. `inside` an open list weak marks do not count."""
    statement = found[at]
    if statement.before is None:
        return _at_beginning(statement)
    bracket = _bracket(statement)
    if bracket >= 0:
        return _bracket_list(statement, bracket)
    gap = statement.gap
    tail = gap[max(gap.rfind(end) for end in "。!?") + 1 :]
    for entry in family("funds.partition"):
        kind = entry.id.rpartition(".")[2]
        if inside and kind not in _HARD_INSIDE:
            continue
        if entry.data.get("adjacent") and tail is not gap and tail != gap:
            continue
        match = entry.regex.search(tail)
        if match and _holds(found, at, entry, match):
            return Opening(
                kind,
                partial=_partial(entry, match, tail),
                soft=bool(entry.data.get("soft")),
                counted=bool(pattern("funds.ordinal").regex.search(tail)),
                anew=bool(pattern("funds.split_by").regex.search(tail)),
                above=kind == "among" and not match[0].startswith("其中"),
            )
    return None


def _at_beginning(statement: Statement) -> Opening | None:
    """A mark before the first amount of a passage speaks of the passage before it: 其中, or 具体为 if it adds up."""
    gap = statement.gap
    tail = gap[max(gap.rfind(end) for end in "。!?") + 1 :]
    counted = bool(pattern("funds.ordinal").regex.search(tail))
    if gap.lstrip("□ ").startswith("其中"):
        return Opening("among", counted=counted)
    if pattern("funds.partition.specifically").regex.search(tail):
        return Opening("specifically", soft=True, counted=counted)
    return None


def _bracket(statement: Statement) -> int:
    """The bracket that opens right behind the amount before and holds this one; -1 for none."""
    opening = statement.bracket
    before = statement.before
    if before is None or opening < before.end or statement.bare_bracket or opening - before.end > _TAIL:
        return -1
    words = statement.wording.blotted[before.end : opening]
    return opening if words in {",", "，"} or not any(c in ",，、;；。" for c in words) else -1


def _bracket_list(statement: Statement, bracket: int) -> Opening | None:
    """Parts in a bracket behind their total; the same sum in other words (3亿元(即30000万元)) is none."""
    before = statement.before
    words = statement.wording.blotted[bracket + 1 : statement.start]
    if before is None or (statement.yuan == before.yuan and pattern("funds.restated").regex.fullmatch(words)):
        return None
    if words.startswith("不含"):
        return None
    partial = words.startswith("含")
    return Opening("bracket", bracket, partial, counted=bool(pattern("funds.ordinal").regex.search(words)))


def _partial(entry: Pattern, match: regex.Match[str], tail: str) -> bool:
    """Whether the mark itself says that the list may be incomplete."""
    return bool(entry.data.get("partial")) or "主要" in tail[max(0, match.start() - 3) : match.end()]


def _holds(found: Sequence[Statement], at: int, entry: Pattern, match: regex.Match[str]) -> bool:
    """Whether the mark really leads to this amount."""
    statement = found[at]
    before = statement.before
    kind = entry.id.rpartition(".")[2]
    if before is None:
        return False
    if kind not in _FAR and _sentences_between(before, statement) > 1:
        return False
    # 包括设备采购,已支出80万元: a clause of its own verb behind the mark's clause begins something else.
    aside = kind != "among" and any(c in ",，;" for c in match.string[match.end() :].lstrip(",，:"))
    counted = pattern("funds.ordinal").regex.search(match.string)
    if aside and not counted and last_role(statement.clause) is not None:
        return False
    if entry.data.get("listed"):
        return at + 1 < len(found) and found[at + 1].gap[:1] in {"、", ",", "，", ";", "和", "及", "与"}
    if kind == "composed":
        stretch = statement.wording.blotted[statement.end : statement.end + 120]
        sentence = stretch.partition("。")[0]
        return "组成" in sentence or "构成" in sentence
    return True


def _sentences_between(before: Statement, statement: Statement) -> int:
    """How many sentences end between two amounts of a passage."""
    return sum(statement.gap.count(end) for end in "。!?") if before.sentence != statement.sentence else 0
