"""Marks that open a list of parts: 其中, 包括, 具体为, a bracket behind the total, 一是 … (`funds.partition.*`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.find.funds.roles import last_role
from extractor.find.funds.statements import Statement
from extractor.lexicon import Pattern, family, pattern

_HARD_INSIDE = frozenset(
    ("among", "comprise", "containing", "respectively", "specifically", "out_of", "aspect", "named")
)
#: Marks whose total may stand any number of sentences before them; others need it in this sentence or the one before.
_FAR = frozenset(("among", "aspect", "named"))
#: So many statements before it are looked at for the total that a mark names.
_EARLIER = 40
#: Words that may stand between an amount and the bracket with its parts.
_TAIL = 4
_SENTENCE_ENDS = "。!?"
#: Behind these a sentence, or half of one, begins anew.
_BREAKS = frozenset(";；")
_PERCENT = regex.compile(r"\d%|率\p{Han}{0,4}\d")


@dataclass(frozen=True, slots=True)
class Opening:
    """How a list of parts begins. `bracket` is the opening of the bracket that holds the list, -1 for none.

    `counted`: its items carry ordinals (一是…二是…). `anew`: it breaks the same total down by another aspect. `above`:
    it speaks of a total named sentences before (以上资金中). `named`: the total that the mark itself names.
    """

    kind: str
    bracket: int = -1
    partial: bool = False
    soft: bool = False
    counted: bool = False
    anew: bool = False
    above: bool = False
    named: Statement | None = None


def opening_of(
    found: Sequence[Statement], at: int, earlier: Sequence[Statement] = (), inside: bool = False
) -> Opening | None:
    """The mark in front of the statement, if it opens a list. `inside` an open list weak marks do not count.

    `earlier`: the statements of the passages before, which a mark at the beginning of a sentence may speak of.
    """
    statement = found[at]
    bracket = _bracket(statement)
    if bracket >= 0:
        return _bracket_list(statement, bracket)
    gap = statement.gap
    tail = gap[max(gap.rfind(end) for end in _SENTENCE_ENDS) + 1 :]
    whole = tail == gap
    for entry in family("funds.partition"):
        kind = entry.id.rpartition(".")[2]
        if (inside and kind not in _HARD_INSIDE) or (statement.before is None and not entry.data.get("initial")):
            continue
        if entry.data.get("adjacent") and not whole:
            continue
        match = entry.regex.search(tail if kind != "named" else tail.strip(" □"))
        if not match or not _holds(found, at, entry, match, (*earlier, *found[:at])):
            continue
        return Opening(
            kind,
            partial=_partial(entry, match, tail),
            soft=bool(entry.data.get("soft"))
            or (statement.before is None and not tail.lstrip("□ ").startswith(match[0])),
            counted=bool(pattern("funds.ordinal").regex.search(tail)),
            anew=kind == "aspect",
            above=kind == "among" and not match[0].startswith("其中"),
            named=_named(statement, match["name"], (*earlier, *found[:at])) if kind == "named" else None,
        )
    return None


def _named(statement: Statement, name: str, earlier: Sequence[Statement]) -> Statement | None:
    """The nearest statement before that the words name, none smaller than its first part."""
    wanted = _core(name)
    for other in reversed(earlier[-_EARLIER:] if wanted else ()):
        if (other.yuan or 0) >= (statement.yuan or 0) and _core(other.clause) and _alike(wanted, _core(other.clause)):
            return other
    return None


def _core(words: str) -> str:
    """A name without what is said of all money: 当年上级下达资金 and 当年上级下达 are one."""
    return pattern("funds.name_filler").regex.sub("", words)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and short in long


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


def _holds(
    found: Sequence[Statement], at: int, entry: Pattern, match: regex.Match[str], earlier: Sequence[Statement]
) -> bool:
    """Whether the mark really leads to this amount."""
    statement = found[at]
    before = statement.before
    kind = entry.id.rpartition(".")[2]
    if kind == "named":
        begins = before is None or match.string[: match.start() + 1] in _BREAKS or before.sentence != statement.sentence
        return begins and _named(statement, match["name"], earlier) is not None
    if _PERCENT.search(match.string, match.end()):
        return False  # 其中甲县执行率95%,结余30万元: what is among it are rates
    if before is not None and kind not in _FAR and _sentences_between(before, statement) > 1:
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
