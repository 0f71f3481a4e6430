"""What an amount is: promised, received, spent or left over, by the verb that governs it.

The verb of the amount's own clause decides; then one behind it (…万元已全部支出), then the clauses before it in the
same sentence. A bare 拨付 is read from its sentence and its heading. Money without a verb is the budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from extractor.find.funds.statements import Statement
from extractor.lexicon import family, pattern
from extractor.model import Role

_MOST_CLAUSES = 6
#: Money beside that which a sentence is about: what is said of it does not hold for the next amount.
_ASIDE: frozenset[Role] = frozenset(("carryover", "other"))
#: Characters of a clause that are looked at, back from the amount.
_LONGEST = 120


def last_role(words: str) -> Role | None:
    """The role of the last verb in the words; 收到 keeps its role before an attribute (收到…下达的资金)."""
    words = words[-_LONGEST:]
    hits = [
        (match.start(), match.end(), entry.data["role"])
        for entry in family("funds.role")
        for match in entry.regex.finditer(words)
    ]
    if not hits:
        return None
    # 预算 inside 预算执行 is no verb of its own.
    hits = [h for h in hits if not any(o[0] <= h[0] and h[1] <= o[1] and o[1] - o[0] > h[1] - h[0] for o in hits)]
    last = max(hits, key=lambda hit: (hit[1], hit[0]))
    if last[2] == "budget":
        main = pattern("funds.attributive").regex.search(words, 0, last[0])
        if main is not None and not any(h[2] not in ("budget", "received") and h[0] > main.start() for h in hits):
            return "received"
    return cast(Role, last[2])


def own_role(statement: Statement) -> Role | None:
    """The role that the amount's own clause gives it, by a verb before it or else behind it."""
    if is_rest(statement):
        return None
    return last_role(statement.clause) or last_role(statement.behind)


def is_rest(statement: Statement) -> bool:
    """Whether it is the last item of a list of uses (…,剩余2200万元用于灾毁修复), and not money that was left over."""
    if not pattern("funds.rest").regex.search(statement.clause):
        return False
    before = statement.before
    if before is None or before.sentence != statement.sentence or last_role(before.clause) in ("spent", "carryover"):
        return False
    used = pattern("funds.rest_used").regex.search(statement.behind)
    return used is not None and last_role(statement.behind) != "carryover"


def shared_role(statement: Statement, following: Statement | None) -> Role | None:
    """The role that words behind the last item of a list give to all of it (甲30万元、乙20万元均已支付)."""
    if following is None or following.before is not statement or not in_list(following):
        return None
    return last_role(following.behind) if pattern("funds.all_of_them").regex.match(following.behind) else None


def part_role(statement: Statement, total: Role) -> Role:
    """The role of a part: its total's, unless its own verb says that it was received, spent or left over."""
    own = own_role(statement)
    if own is None or own == "budget" or (own == "spent" and _is_kind(statement)):
        return total
    if own == "received" and pattern("funds.kind_of_income").regex.search(statement.clause):
        return total
    return own


def _is_kind(part: Statement) -> bool:
    """Whether 支出 only names a kind of use: in a list that adds up to its total and has no part that was left over."""
    if part.parent is None or not pattern("funds.kind_of_spending").regex.search(part.clause):
        return False
    parts = [other for other in part.parent.parts if other.split == part.split]
    whole = sum((other.yuan or Decimal(0) for other in parts), Decimal(0)) == part.parent.yuan
    return whole and not any(last_role(other.clause) == "carryover" for other in parts)


class Known:
    """The amounts read so far, with their roles: what a sentence goes on from, and what a later one restates."""

    def __init__(self) -> None:
        self.last: tuple[Statement, Role] | None = None
        self._roles: dict[Decimal, set[Role]] = {}
        self._by_statement: dict[int, Role] = {}

    def add(self, statement: Statement, role: Role, stated: bool) -> None:
        """Remember the statement; `stated` tells that a verb gave the role, so that its sentence may go on from it."""
        self._by_statement[id(statement)] = role
        if stated:
            self.last = (statement, role)
        elif self.last is not None and self.last[1] in _ASIDE:
            self.last = None
        if statement.yuan is not None:
            self._roles.setdefault(statement.yuan, set()).add(role)

    def of(self, statement: Statement) -> Role | None:
        """The role of a statement read before."""
        return self._by_statement.get(id(statement))

    def restated(self, statement: Statement) -> Role | None:
        """The role of the same sum where it was named before, if that was as budget or receipt only."""
        roles = self._roles.get(statement.yuan or Decimal(0), set())
        return next(iter(roles)) if len(roles) == 1 and roles <= {"budget", "received"} else None


def stated_role(statement: Statement, headings: Sequence[str], known: Known) -> Role | None:
    """The role that the words give an amount; None where they hold no verb. `known`: the amounts before it."""
    own = own_role(statement)
    if own is not None:
        return own
    earlier = _sentence_role(statement, known)
    words = statement.clause + "," + statement.behind
    if pattern("funds.weak.paid").regex.search(words):
        return earlier or _heading_role(headings) or "received"
    if pattern("funds.weak.invested").regex.search(words):
        return _heading_role(headings) or known.restated(statement) or "received"
    return earlier


def unstated_role(statement: Statement, known: Known) -> Role:
    """The role of an amount without a verb: that of the same sum named before, else the budget's."""
    return known.restated(statement) or "budget"


def _sentence_role(statement: Statement, known: Known) -> Role | None:
    """The role that the clauses before it in the same sentence give, nearest first."""
    before = statement.before
    floor = max(statement.sentence, before.end if before and before.sentence == statement.sentence else 0)
    end = statement.clause_start
    for _ in range(_MOST_CLAUSES):
        if end <= floor:
            break
        begin = statement.wording.clause_start(end - 1, floor)
        words = statement.wording.without_brackets(begin, end)
        heading = _run_in_heading(statement.wording.blotted[begin:end])
        if not heading and not pattern("funds.purpose_clause").regex.search(words):
            role = last_role(words)
            if role is not None:
                return role
        end = begin
    if known.last is None:
        return None
    last, role = known.last
    if last.passage != statement.passage or last.sentence != statement.sentence:
        return None
    return role if role not in _ASIDE or _side_by_side(statement) else None


def _side_by_side(statement: Statement) -> bool:
    """Whether it is only another item beside the one before it (结余甲县3万元、乙县2万元), with no money of its own."""
    noun = pattern("funds.money_noun").regex.search(statement.clause)
    return noun is None and in_list(statement)


def in_list(statement: Statement) -> bool:
    """Whether a mark of a list joins it to the amount before it."""
    return statement.gap.lstrip(" □").startswith(("、", "和", "及", "与"))


def _run_in_heading(words: str) -> bool:
    """Whether the clause is a numbered heading inside the line: (1)资金筹集:"""
    return words.endswith(":") and bool(pattern("funds.ordinal").regex.match(words))


def _heading_role(headings: Sequence[str]) -> Role | None:
    """The role that the innermost heading speaks of."""
    for heading in reversed(headings):
        for entry in family("funds.heading"):
            if entry.regex.search(heading):
                return cast(Role, entry.data["role"])
    return None
