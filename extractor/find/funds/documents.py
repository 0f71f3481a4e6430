"""Which release documents are the basis of an amount: those in brackets right behind it, or cited by its sentence.

Rules (管理办法) and the notice that calls for the evaluation are no basis of money.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.find.funds.statements import Statement
from extractor.lexicon import pattern
from extractor.model import DocNumber, Passage

#: Characters behind an amount within which its bracket may open (`万元资金(…号)`).
_NEAR = 12
_TITLE = 90


@dataclass(frozen=True, slots=True)
class Citation:
    """A document number in a passage's string."""

    number: DocNumber
    start: int
    end: int


def citations(passages: Sequence[Passage], numbers: Sequence[DocNumber]) -> list[list[Citation]]:
    """For each passage the document numbers that stand in it, in reading order."""
    found: list[list[Citation]] = [[] for _ in passages]
    ordered = sorted((n for n in numbers if n.place.source == "prose"), key=lambda n: n.place.start)
    starts = [number.place.start for number in ordered]
    for index, passage in enumerate(passages):
        origin = passage.text.origin
        if not len(origin) or passage.source != "prose":
            continue
        for number in ordered[bisect_left(starts, origin[0]) : bisect_right(starts, origin[-1])]:
            start = bisect_left(origin, number.place.start)
            end = bisect_left(origin, number.place.end)
            found[index].append(Citation(number, start, end))
    return found


def assign(found: Sequence[Statement], cited: Sequence[Citation]) -> dict[int, tuple[str, ...]]:
    """The basis of each statement of one passage, by its position in `found`."""
    result: dict[int, tuple[str, ...]] = {}
    direct: set[int] = set()
    for at, statement in enumerate(found):
        own = [c for c in cited if _behind(statement, c) and not _is_rule(statement, c)]
        if own:
            result[at] = _normalized(own)
            direct.update(c.start for c in own)
    free = [c for c in cited if c.start not in direct]
    for at, statement in enumerate(found):
        if at in result or _behind_total(statement):
            continue
        basis = [c for c in free if _governs(found, at, c) and not _is_rule(statement, c)]
        if basis:
            result[at] = _normalized(basis)
    positions = {id(statement): at for at, statement in enumerate(found)}
    for at, statement in enumerate(found):
        if statement.parent is None and at in result:
            _hand_down(statement, result, positions, free)
    return result


def _normalized(cited: Sequence[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.number.normalized for c in cited))


def _behind(statement: Statement, citation: Citation) -> bool:
    """Whether the number stands in a bracket that opens right behind the amount, or names it
    (财建〔2031〕5号400万元).
    """
    wording = statement.wording
    if citation.end <= statement.start:
        return citation.end >= statement.clause_start and statement.start - citation.end <= 1
    opening = wording.bracket[citation.start]
    while opening > 0 and wording.bracket[opening - 1] >= 0 and opening - statement.end > _NEAR:
        opening = wording.bracket[opening - 1]
    if not 0 <= opening - statement.end <= _NEAR or opening >= statement.stop:
        return False
    return not any(c in ",，、;；。" for c in wording.blotted[statement.end : opening])


def _governs(found: Sequence[Statement], at: int, citation: Citation) -> bool:
    """Whether the amount's sentence cites the number before it, and no other top amount of the sentence comes first."""
    statement = found[at]
    if not statement.sentence <= citation.start < statement.start:
        return False
    for other in reversed(found[:at]):
        if other.end <= citation.start:
            break
        if not _behind_total(other):
            return False
    return True


def _behind_total(statement: Statement) -> bool:
    """Whether it is a part whose total stands before it: such a part has its total's basis."""
    total = statement.parent
    return total is not None and (total.passage, total.start) < (statement.passage, statement.start)


def _is_rule(statement: Statement, citation: Citation) -> bool:
    """Whether the number is that of rules or of the notice that calls for the evaluation, by its title."""
    title = _title(statement.wording.string, citation)
    return bool(title and pattern("funds.document.no_basis").regex.search(title))


def _title(string: str, citation: Citation) -> str:
    """The title in 《》 before the number's bracket, or behind `…号文件《…》`; empty where there is none."""
    before = string[max(0, citation.start - _TITLE) : citation.start].rstrip("([")
    if before.endswith("》"):
        return before[before.rfind("《") + 1 :]
    opening = before.rfind("《")
    if opening > before.rfind("》"):
        return before[opening + 1 :]
    return before[before.rfind("《") + 1 :] if before.endswith(("、", "和", "及")) and "《" in before else ""


def _hand_down(
    total: Statement, result: dict[int, tuple[str, ...]], positions: dict[int, int], free: Sequence[Citation]
) -> None:
    """Give the parts their total's basis: the one document, or one each where there are as many; else by level."""
    numbers = result[positions[id(total)]]
    parts = [part for part in total.parts if id(part) in positions]
    for place, part in enumerate(parts):
        at = positions[id(part)]
        if at not in result:
            if len(numbers) == 1:
                result[at] = numbers
            elif len(numbers) == len(parts):
                result[at] = (_of_level(part, numbers, free) or numbers[place],)
        if at in result:
            _hand_down(part, result, positions, free)


def _of_level(part: Statement, numbers: Sequence[str], free: Sequence[Citation]) -> str | None:
    """The one document whose title names the same level of government as the part (中央, 省级, 市级, 县级)."""
    level = pattern("funds.level").regex.search(part.clause)
    if level is None:
        return None
    hits = [
        c.number.normalized
        for c in free
        if c.number.normalized in numbers and level[0] in _title(part.wording.string, c).rpartition("年")[2]
    ]
    return hits[0] if len(set(hits)) == 1 else None
