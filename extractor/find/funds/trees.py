"""Which amounts are parts of which total: the tree of 其中.

Structure decides: a mark (其中, 包括, a bracket, 一是…) opens a list behind its total, list punctuation carries it on.
Arithmetic only chooses between readings that the structure leaves open (which of two totals, where an inner list ends,
whether a list runs on over a full stop), so that a list that does not add up is still read as the list that it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

import regex

from extractor.find.funds.openings import Opening, opening_of
from extractor.find.funds.roles import last_role, own_role
from extractor.find.funds.statements import Statement
from extractor.lexicon import pattern
from extractor.model import Role

#: Lists inside lists: deeper ones are read as flat.
_DEEPEST = 5
#: How many statements of the passages before a passage may speak of.
_EARLIER = 60
#: How many totals back a 其中 in the middle of a sentence may go for the one that it adds up to.
_NEAR = 4
#: How many items are looked ahead for a sum.
_LOOK_AHEAD = 60
_RATED = regex.compile(r"\d%")
_LIST_PUNCTUATION = frozenset(",，、;；。:.和及与并(+")
_STATES: frozenset[Role] = frozenset(("received", "spent", "carryover"))


@dataclass(eq=False)
class PartList:
    """An open list of parts of `owner`."""

    owner: Statement
    opening: Opening
    split: int
    items: list[Statement] = field(default_factory=list)
    separators: set[str] = field(default_factory=set)
    by_state: bool = False

    @property
    def sum(self) -> Decimal:
        """What the parts found so far add up to."""
        return _sum(self.items)

    @property
    def complete(self) -> bool:
        """Whether the parts add up to the total."""
        return self.sum == self.owner.yuan

    def add(self, item: Statement) -> None:
        """Make `item` a part of the owner."""
        if self.items:
            self.separators.add(item.gap[:1])
        role = last_role(item.clause)
        self.by_state = self.by_state or (role in _STATES and role != own_role(self.owner))
        self.items.append(item)
        attach(item, self.owner, self.split, self.opening.partial)

    def settle(self) -> None:
        """Let go what stands beside the counted items (一是…322万元,配套161万元), if they add up without it.

        A list that tells a rate of each item, and does not add up, tells of some only.
        """
        if not self.complete and any(_RATED.search(item.gap) for item in self.items[1:]):
            for item in self.items:
                item.partial = True
        counted = [item for item in self.items if item is self.items[0] or _counted(item)]
        if not self.opening.counted or self.complete or len(counted) < 2 or _sum(counted) != self.owner.yuan:
            return
        for item in self.items:
            if item not in counted:
                self.owner.parts.remove(item)
                item.parent, item.split, item.partial = None, 0, False


def _counted(item: Statement) -> bool:
    return bool(pattern("funds.ordinal").regex.search(item.gap))


def _sum(items: Iterable[Statement]) -> Decimal:
    return sum((item.yuan or Decimal(0) for item in items), Decimal(0))


def attach(item: Statement, owner: Statement, split: int, partial: bool = False) -> None:
    """Make `item` a part of `owner`."""
    item.parent, item.split, item.partial = owner, split, partial
    owner.parts.append(item)


def next_split(owner: Statement) -> int:
    """The number of the owner's next breakdown."""
    return max((part.split for part in owner.parts), default=-1) + 1


def grow(found: Sequence[Statement], earlier: Sequence[Statement] = ()) -> None:
    """Find the lists of one passage. `earlier`: the statements of the passages before, of which it may speak."""
    _Grower(found, earlier).run()


class _Grower:
    """Reads the statements of one passage from left to right."""

    def __init__(self, found: Sequence[Statement], earlier: Sequence[Statement]) -> None:
        self.found = found
        self.earlier = earlier[-_EARLIER:]
        self.carried = next((one for one in reversed(self.earlier) if one.parent is None), None)
        self.at = 0

    def run(self) -> None:
        while self.at < len(self.found):
            opening = opening_of(self.found, self.at, self.earlier)
            owner = self._owner(opening, ()) if opening else None
            if opening and owner:
                self._list(owner, opening, ())
            else:
                self.at += 1

    def _list(self, owner: Statement, opening: Opening, outer: tuple[PartList, ...]) -> None:
        """Read the list that begins at the current statement, with the lists inside it."""
        parts = PartList(owner, opening, next_split(owner))
        parts.add(self.found[self.at])
        self.at += 1
        self._items(parts, outer)
        parts.settle()

    def _items(self, parts: PartList, outer: tuple[PartList, ...]) -> None:
        """Read the items of the list behind its first one."""
        owner = parts.owner
        while self.at < len(self.found):
            item = self.found[self.at]
            if _left(parts, item, outer):
                return
            inner = opening_of(self.found, self.at, self.earlier, inside=True)
            total = self._owner(inner, (parts, *outer)) if inner else None
            if inner and total is parts.items[-1] and not inner.soft and len(outer) < _DEEPEST:
                self._list(total, inner, (parts, *outer))
                continue
            if inner and total is owner:
                parts.settle()
                parts = PartList(owner, inner, next_split(owner))
            elif (inner and total is not None and total is not parts.items[-1]) or self._ended(parts, item, outer):
                return
            if not _interrupts(parts, item):
                parts.add(item)
            self.at += 1

    # --- whose list ---

    def _owner(self, opening: Opening | None, chain: tuple[PartList, ...]) -> Statement | None:
        """The total of the list that begins at the current statement."""
        if opening is None:
            return None
        first = self.found[self.at]
        before = self.found[self.at - 1] if self.at else self.carried
        if before is None or opening.kind == "bracket":
            return before
        if opening.named is not None:
            return opening.named
        if opening.anew:
            return self._seen_anew(chain)
        if opening.soft and (not self.at or opening.kind == "uses"):
            reach = -_NEAR if opening.kind == "among" else -1
            return next((top for top in reversed(self._tops()[reach:]) if self._fits(opening, top)), None)
        if opening.above:
            return self._above(before)
        candidates = [before, *(parts.owner for parts in chain)]
        candidates += [s for s in reversed(self.found[max(0, self.at - 8) : self.at]) if s.sentence == before.sentence]
        return self._best_owner(first, opening, candidates, chain)

    def _best_owner(
        self, first: Statement, opening: Opening, candidates: list[Statement], chain: tuple[PartList, ...]
    ) -> Statement | None:
        """The nearest candidate, unless only another one is the sum of the list, or the first part exceeds it."""
        nearest = candidates[0]
        sums = self._sums()
        able = [c for c in candidates if c.yuan is not None and first.yuan is not None and first.yuan <= c.yuan]
        fitting = [c for c in able if c.yuan in sums]
        if nearest in fitting:
            return nearest
        if fitting:
            return fitting[0]
        if chain and chain[0].complete and first.gap[:1] in {";", "；", "。"}:
            return chain[0].owner
        if opening.soft:
            return nearest if nearest in able and nearest.yuan != first.yuan else None
        return nearest if nearest in able or not able else able[0]

    def _seen_anew(self, chain: tuple[PartList, ...]) -> Statement | None:
        """The total that is broken down by another aspect: what the list adds up to, else the nearest that holds it."""
        sums = self._sums()
        totals = [*(parts.owner for parts in chain), *reversed(self._tops())]
        sum_ = _sum(self._run(self.at))
        able = [total for total in totals if (total.yuan or Decimal(0)) >= sum_]
        return next((total for total in totals if total.yuan in sums), able[0] if able else None)

    def _above(self, before: Statement) -> Statement:
        """The total that 以上资金中 speaks of: what the list adds up to, else the total of what stands before."""
        sums = self._sums()
        while before.parent is not None:
            before = before.parent
        return next((top for top in reversed(self._tops()) if top.yuan in sums), before)

    def _fits(self, opening: Opening, total: Statement) -> bool:
        """Whether the list can be one of the total in the passage before: it adds up, or leaves a rest by its words."""
        run = self._run(self.at)
        if total.yuan in self._sums():
            return True
        left_open = pattern("funds.remainder").regex.search(run[-1].behind) is not None
        return opening.kind == "uses" and left_open and len(run) > 1 and _sum(run) < (total.yuan or Decimal(0))

    def _tops(self) -> list[Statement]:
        """The totals before the current statement, in reading order."""
        before = [*self.earlier, *self.found[max(0, self.at - _LOOK_AHEAD) : self.at]]
        return [statement for statement in before if statement.parent is None]

    def _sums(self) -> set[Decimal]:
        """What the items from the current one on add up to, two or more of them, within their sentence and bracket.

        Counted items (一是…二是…) also by themselves, without what stands beside them.
        """
        run = self._run(self.at)
        counted = [run[0], *(item for item in run[1:] if _counted(item))]
        return {sum_ for items in (run, counted) for sum_ in list(accumulate(i.yuan or Decimal(0) for i in items))[1:]}

    def _run(self, at: int) -> list[Statement]:
        """The statements from `at` on that list punctuation joins in one sentence and one bracket."""
        first = self.found[at]
        run = [first]
        for item in self.found[at + 1 : at + _LOOK_AHEAD]:
            if item.sentence != first.sentence and not pattern("funds.ordinal").regex.search(item.gap):
                break
            if not _joined(item):
                break
            if item.bracket != first.bracket and not item.bare_bracket:
                continue
            if not _own_statement(item):
                run.append(item)
        return run

    # --- where it ends ---

    def _ended(self, parts: PartList, item: Statement, outer: tuple[PartList, ...]) -> bool:
        """Whether the list is over before `item`."""
        if parts.opening.bracket >= 0:
            return False
        if _closes(parts, item):
            return True
        counted = bool(pattern("funds.ordinal").regex.search(item.gap))
        if parts.opening.counted:
            return not counted and item.sentence != parts.items[-1].sentence
        if counted and any(enclosing.opening.counted for enclosing in outer):
            return True
        if item.sentence != parts.items[-1].sentence:
            return not self._runs_on(parts)
        return self._pops(parts, item, outer) if outer else self._starts_anew(parts, item)

    def _runs_on(self, parts: PartList) -> bool:
        """Whether the items of the next sentence make an unfinished list add up."""
        missing = (parts.owner.yuan or Decimal(0)) - parts.sum
        if missing <= 0 or opening_of(self.found, self.at, self.earlier) or own_role(self.found[self.at]) in _STATES:
            return False
        return missing in accumulate(item.yuan or Decimal(0) for item in self._run(self.at))

    def _pops(self, parts: PartList, item: Statement, outer: tuple[PartList, ...]) -> bool:
        """Whether `item` belongs to the enclosing list rather than to this one."""
        total = parts.owner.yuan or Decimal(0)
        if parts.complete or parts.sum + (item.yuan or Decimal(0)) > total:
            return True
        if item.gap[:1] == ";" and ";" not in parts.separators:
            return True
        missing = (outer[0].owner.yuan or Decimal(0)) - outer[0].sum
        return missing > 0 and missing in accumulate(i.yuan or Decimal(0) for i in self._run(self.at))

    def _starts_anew(self, parts: PartList, item: Statement) -> bool:
        """Whether `item` states a new total in the same sentence: its own verb where the parts have none."""
        if last_role(item.clause) is None or any(last_role(part.clause) for part in parts.items):
            return False
        if parts.sum + (item.yuan or Decimal(0)) == parts.owner.yuan:
            return False  # 640万元由市本级统筹,下达县区7360万元: the verb is said of the last part
        more = self.at + 1 < len(self.found)
        following = opening_of(self.found, self.at + 1, self.earlier) if more else None
        return parts.complete or bool(following and following.kind == "among")


def _left(parts: PartList, item: Statement, outer: tuple[PartList, ...]) -> bool:
    """Whether `item` stands outside the bracket of the list, or nothing joins it to what is before it."""
    for enclosing in (parts, *outer):
        bracket = enclosing.opening.bracket
        if bracket >= 0 and item.start > item.wording.closing[bracket]:
            return True
    return not _joined(item)


def _joined(item: Statement) -> bool:
    """Whether punctuation or 和 stands between the amount and the one before it (a lost full stop does not join)."""
    return not _LIST_PUNCTUATION.isdisjoint(item.gap) or not item.gap.strip()


def _closes(parts: PartList, item: Statement) -> bool:
    """Whether `item` is the sum of the parts, said again (…,合计100万元)."""
    if pattern("funds.bare_total").regex.search(item.clause):
        return True
    return len(parts.items) > 1 and item.yuan == parts.sum and bool(pattern("funds.total").regex.search(item.clause))


def _own_statement(item: Statement) -> bool:
    """Whether its clause is only a verb of money: what became of the amount before it."""
    return bool(pattern("funds.own_statement").regex.search(item.clause))


def _interrupts(parts: PartList, item: Statement) -> bool:
    """Whether `item` says what became of a part (…,已支出80万元) and is no part itself."""
    if parts.by_state or not _own_statement(item):
        return False
    role = last_role(item.clause)
    if role is None or role in {own_role(parts.owner) or "budget", *(last_role(part.clause) for part in parts.items)}:
        return False
    return role == "spent" or parts.sum + (item.yuan or Decimal(0)) != parts.owner.yuan
