"""Which sums of money are no evaluated money: prices, standards, losses, results, targets, foreign money.

What a sum is, is often said once for several: a loss and what it consists of, a target and its result, last year's
output beside this year's. Where the words alone leave it open (银行贷款 and 生均公用经费 may be parts of a fund), the
sums tell: what makes a list add up to a fund is part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

import regex

from extractor.find.funds.roles import last_role
from extractor.find.funds.statements import Statement
from extractor.lexicon import pattern

#: A price in a list of prices is not above so many times the one before it.
_PRICE_RANGE = 20
#: So many characters behind a sum its target may stand, and so many before it the words that make it an indicator.
_BEHIND, _BEFORE = 40, 200
#: With so many sums between a total and its part the sums prove nothing.
_LONGEST_LIST = 30
_JOINTS = ("、", "和", "及", "与")


class _Kind(Enum):
    FUND = "evaluated money"
    OPEN = "a result or an average by its words, or else a part of a fund that is named after one"
    PRICE = "a price, a standard or an average"
    RESULT = "a loss, a result, a target or foreign money"


def funds_among(found: Sequence[Statement], of_indicators: bool = False) -> list[Statement]:
    """Those sums of a passage that are evaluated money. `of_indicators`: it stands under a heading of indicators."""
    kinds: list[_Kind] = []
    for at, statement in enumerate(found):
        before = _antecedent(found, at)
        kinds.append(_kind(statement, kinds[before] if before >= 0 else _Kind.FUND, of_indicators))
    proven = _proven(found, kinds)
    return [
        statement
        for at, (statement, kind) in enumerate(zip(found, kinds, strict=True))
        if kind is _Kind.FUND or at in proven
    ]


def _kind(statement: Statement, before: _Kind, of_indicators: bool) -> _Kind:
    if _is_price(statement) or (before is _Kind.PRICE and _next_price(statement)):
        return _Kind.PRICE
    if _is_no_level(statement) or _hits("loss", statement.clause) or _is_of_indicator(statement):
        return _Kind.RESULT
    if before is not _Kind.FUND and _goes_on(statement):
        return _Kind.RESULT if before is _Kind.PRICE else before
    if _is_average(statement) or (_is_outcome(statement) and not _is_saving(statement)):
        return _Kind.OPEN
    if of_indicators and last_role(statement.clause) is None and last_role(statement.behind) is None:
        return _Kind.RESULT
    return _Kind.FUND


def _antecedent(found: Sequence[Statement], at: int) -> int:
    """The position of the sum that this one may go on from: the one before it, but none in a bracket closed since."""
    before = at - 1
    while before > 0 and found[before].bracket >= 0 and not found[before].bare_bracket:
        if found[before].wording.closing[found[before].bracket] > found[at].start:
            break
        before -= 1
    return before


def _hits(kind: str, words: str) -> regex.Match[str] | None:
    return pattern(f"funds.not.{kind}").regex.search(words)


# --- prices -----------------------------------------------------------------------------------------------------------


def _is_price(statement: Statement) -> bool:
    """Whether it is the price of one thing, a standard or a limit."""
    behind = statement.wording.blotted[statement.end : statement.end + 12]
    if statement.mention.per_unit or _hits("per_unit_behind", behind):
        return True
    return any(_hits(kind, statement.clause) for kind in ("per_unit_before", "standard", "price"))


def _next_price(statement: Statement) -> bool:
    """Whether it goes on with a list of prices in yuan (每生600元、800元), or says the price before it again."""
    before = statement.before
    if before is None or before.sentence != statement.sentence:
        return False
    if _says_again(statement):
        return True
    if statement.mention.unit != "元" or before.mention.unit != "元" or statement.start - before.end > 12:
        return False
    return (statement.yuan or Decimal(0)) <= _PRICE_RANGE * (before.yuan or Decimal(0))


def _says_again(statement: Statement) -> bool:
    """Whether it stands in the bracket right behind another sum and only says it in other words (壹万元(10000元))."""
    before, opening = statement.before, statement.bracket
    if before is None or opening < before.end or statement.wording.blotted[before.end : opening].strip(" ,，"):
        return False
    words = statement.wording.blotted[opening + 1 : statement.start]
    return pattern("funds.restated").regex.fullmatch(words) is not None


# --- results ----------------------------------------------------------------------------------------------------------


def _is_no_level(statement: Statement) -> bool:
    """Whether it is foreign money, a bound or a range, and so no sum that moved."""
    quantity = statement.mention.quantity
    return statement.yuan is None or quantity.operator is not None or quantity.high is not None


def _is_of_indicator(statement: Statement) -> bool:
    """Whether its sentence speaks of an indicator: of targets before it, or of its own target behind it."""
    blotted = statement.wording.blotted
    begin = max(statement.sentence, statement.start - _BEFORE)
    if last_role(statement.clause) == "spent" and pattern("funds.own_statement").regex.search(statement.clause):
        begin = max(begin, statement.clause_start)  # 任务数100人次,实际完成104人次,支出10万元
    sentence = blotted[begin : statement.start]
    return bool(_hits("indicator", sentence) or _hits("aim_behind", blotted[statement.end : statement.end + _BEHIND]))


def _is_average(statement: Statement) -> bool:
    return _hits("average", statement.clause) is not None


def _is_outcome(statement: Statement) -> bool:
    """Whether the money brought it about; a subsidy named after a result (贷款贴息) is a fund."""
    outcome = _hits("outcome", statement.clause)
    return outcome is not None and not _hits("subsidy_for_outcome", statement.clause[outcome.end("result") :])


def _is_saving(statement: Statement) -> bool:
    """Whether the sum behind a payment is what was saved of the money itself (支出25.83万元,节约0.67万元)."""
    before = statement.before
    if before is None or before.sentence != statement.sentence or last_role(before.clause) != "spent":
        return False
    return pattern("funds.saving").regex.search(statement.clause) is not None


def _goes_on(statement: Statement) -> bool:
    """Whether its words add to what was said of the sum before it: its result, its parts, last year's figure."""
    before = statement.before
    if before is None or before.sentence != statement.sentence:
        return False
    if _says_again(statement) or _hits("same_again", statement.clause):
        return True
    if last_role(statement.clause) is not None or pattern("funds.money_noun").regex.search(statement.clause):
        return False
    if (statement.yuan or Decimal(0)) > (before.yuan or Decimal(0)):
        return False  # 按每人8000元核定,其中甲镇41.6万元: more than the price is no part of it
    marked = any(pattern(f"funds.partition.{kind}").regex.search(statement.gap) for kind in ("among", "comprise"))
    return marked or statement.gap.lstrip(" □").startswith(_JOINTS)


# --- what the sums tell -----------------------------------------------------------------------------------------------


def _proven(found: Sequence[Statement], kinds: Sequence[_Kind]) -> set[int]:
    """The open ones that are parts of a fund: with them a list behind, or before, a sum adds up to it exactly."""
    proven: set[int] = set()
    if _Kind.OPEN not in kinds:
        return proven
    for at, kind in enumerate(kinds):
        if kind is _Kind.OPEN and found[at].yuan and _is_split(found, kinds, at):
            proven.add(at)
        if kind is _Kind.FUND and found[at].yuan:
            behind = range(at + 1, min(len(found), at + 1 + _LONGEST_LIST))
            before = range(at - 1, max(-1, at - 1 - _LONGEST_LIST), -1)
            for run in (behind, before):
                proven.update(_adding_up(found, kinds, run, found[at].yuan or Decimal(0)))
    return proven


def _is_split(found: Sequence[Statement], kinds: Sequence[_Kind], at: int) -> bool:
    """Whether funds of its own sentence follow that add up to it: 保费收入1.26亿元,其中中央财政补贴…"""
    total = found[at].yuan or Decimal(0)
    count = 0
    for other, kind in zip(found[at + 1 :], kinds[at + 1 :], strict=True):
        if other.sentence != found[at].sentence or kind is not _Kind.FUND or total <= 0:
            break
        total -= other.yuan or Decimal(0)
        count += 1
    return total == 0 and count > 1


def _adding_up(found: Sequence[Statement], kinds: Sequence[_Kind], run: range, total: Decimal) -> list[int]:
    """The sums from the first of the run on that add up to `total`, if something open is among two or more of them."""
    taken: list[int] = []
    for at in run:
        if kinds[at] is _Kind.RESULT or last_role(found[at].clause) in ("other", "carryover"):
            return []
        if kinds[at] is _Kind.PRICE:
            continue
        taken.append(at)
        total -= found[at].yuan or Decimal(0)
        if total <= 0:
            break
    if total or len(taken) < 2 or all(kinds[at] is _Kind.FUND for at in taken):
        return []
    return taken
