"""Totals that no mark of 其中 leads to: stated behind their parts, before them without a mark, or passages away.

Where there is no mark, only an exact sum makes amounts the parts of another. A bare 合计 behind a list is a mark.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from extractor.find.funds.roles import last_role, own_role
from extractor.find.funds.statements import Statement
from extractor.find.funds.trees import attach, next_split
from extractor.find.script import simplified
from extractor.lexicon import pattern
from extractor.model import Passage, Role

_MOST_PARTS = 60
#: A total that does not add up is still the total of what stands before it if it is of the same order.
_LEAST, _MOST = Decimal("0.5"), Decimal(2)
#: More passages than these, each with an amount, may be the parts of a total by their sum alone.
_FEWEST_NUMBERED = 2


def close_lists(found: Sequence[Statement], earlier: Sequence[Statement] = ()) -> None:
    """Find totals behind their parts, then totals before unmarked parts, in one passage.

    `earlier`: the statements of the passages before, which a bare total (以上两项合计) may sum.
    """
    for at, total in enumerate(found):
        if total.parent is None:
            _parts_before(found, at, earlier)
    for at, total in enumerate(found):
        if total.parent is None:
            _parts_behind(found, at)


def _free(statements: Sequence[Statement]) -> list[Statement]:
    return [s for s in statements if s.parent is None]


def _parts_before(found: Sequence[Statement], at: int, earlier: Sequence[Statement]) -> None:
    """Make the amounts before the total its parts, if they add up to it or it is a bare 合计."""
    total = found[at]
    worded = bool(pattern("funds.total").regex.search(total.clause))
    free = _free(found[max(0, at - _MOST_PARTS) : at])
    if total.parts:
        # Parts behind it are one breakdown, those before it can be another; only the sum shows it.
        _adopt(total, _exact_run(free, total, worded) if worded else [])
        return
    if worded and _take_over(found, at):
        return
    run = _exact_run(free, total, worded)
    if not run and worded:
        run = _stated_run(free, total)
    if not run and pattern("funds.sums_up").regex.search(total.clause):
        run = _exact_run(_free([*earlier[-_MOST_PARTS:], *found[:at]]), total, worded)
    _adopt(total, run)


def _adopt(total: Statement, run: Sequence[Statement]) -> None:
    split = next_split(total)
    for item in run:
        attach(item, total, split)


def _exact_run(free: Sequence[Statement], total: Statement, worded: bool) -> list[Statement]:
    """The shortest run of two or more free amounts right before the total that adds up to it.

    Without a word of total the run must lie in the total's sentence, and the total must not be said to be something
    else (收到60万元和40万元,支出100万元 is no breakdown of the spending).
    """
    role = last_role(total.clause)
    run: list[Statement] = []
    missing = total.yuan or Decimal(0)
    for item in reversed(free):
        if not worded and (item.sentence != total.sentence or (role is not None and _verb(item) not in {None, role})):
            return []
        missing -= item.yuan or Decimal(0)
        run.insert(0, item)
        if missing <= 0:
            break
    return run if missing == 0 and len(run) > 1 else []


def _verb(item: Statement) -> Role | None:
    return own_role(item)


def _stated_run(free: Sequence[Statement], total: Statement) -> list[Statement]:
    """All free amounts of the sentence before a bare total, or before one of the same verb, of the same order."""
    run = [item for item in free if item.sentence == total.sentence]
    bare = bool(pattern("funds.bare_total").regex.search(total.clause))
    if not bare:
        role = last_role(total.clause)
        closing = pattern("funds.closing_total").regex.search(total.clause)
        verbs = {last_role(item.clause) for item in run}
        # 甲30万元、乙20万元,合计支出60万元: the verb may be said of the total only.
        if not closing or verbs not in ({role}, {None}):
            return []
    if len({_verb(item) for item in run} & {"budget", "spent", "other"}) > 1:
        return []
    whole = total.yuan or Decimal(0)
    sum_ = sum((item.yuan or Decimal(0) for item in run), Decimal(0))
    return run if len(run) > 1 and whole * _LEAST <= sum_ <= whole * _MOST else []


def _take_over(found: Sequence[Statement], at: int) -> bool:
    """Give the total the list right before it that adds up to it and not to the total it was hung on."""
    total = found[at]
    last = found[at - 1] if at else None
    while last is not None and last.parent is not None and last.parent.parent is not None:
        last = last.parent
    if last is None or last.parent is None:
        return False
    owner = last.parent
    parts = [part for part in owner.parts if part.split == last.split]
    sum_ = sum((part.yuan or Decimal(0) for part in parts), Decimal(0))
    if sum_ != total.yuan or sum_ == owner.yuan or len(parts) < 2:
        return False
    owner.parts = [part for part in owner.parts if part.split != last.split]
    _adopt(total, parts)
    return True


def _parts_behind(found: Sequence[Statement], at: int) -> None:
    """Make the free amounts right behind the total its parts, if two or more of them add up to it exactly."""
    total = found[at]
    role = own_role(total) or "budget"
    if role == "other":
        return  # what is added to or taken from the money has no parts of its own
    run: list[Statement] = []
    missing = total.yuan or Decimal(0)
    for item in _free(found[at + 1 : at + 1 + _MOST_PARTS]):
        side_by_side = not run and item.gap.lstrip().startswith("、")
        # A total that has parts already is broken down once more only beside them or in the same sentence.
        apart = bool(total.parts) and item is not found[at + 1] and item.sentence != total.sentence
        if side_by_side or apart or _verb(item) not in {None, role, "budget"}:
            return
        missing -= item.yuan or Decimal(0)
        run.append(item)
        if missing <= 0:
            break
    if missing == 0 and len(run) > 1:
        _adopt(total, run)


def list_passages(passages: Sequence[Passage], found: Sequence[Sequence[Statement]]) -> None:
    """Totals whose passage ends by announcing items (…如下:): the parts stand one a passage behind it."""
    for index, passage in enumerate(passages):
        string = simplified(passage.text.string)
        begin = found[index][-1].end if found[index] else 0
        if len(string) - begin > 400 or not pattern("funds.follows").regex.search(string, begin):
            continue
        holder = index if found[index] else index - 1
        if holder < 0 or not found[holder]:
            continue
        owner = _free(found[holder])[-1:]
        if not owner:
            continue
        items = _items_behind(passages, found, index + 1, owner[0])
        if not owner[0].parts or sum(item.yuan or Decimal(0) for item in items) == owner[0].yuan:
            _adopt(owner[0], items)


def _items_behind(
    passages: Sequence[Passage], found: Sequence[Sequence[Statement]], index: int, total: Statement
) -> list[Statement]:
    """The first amount of each passage from `index` on, until they add up or a passage is no further item."""
    run: list[Statement] = []
    missing = total.yuan or Decimal(0)
    counted = index < len(passages) and bool(pattern("funds.ordinal").regex.match(passages[index].text.string))
    for passage, statements in zip(passages[index:], found[index:], strict=True):
        if not statements or statements[0].parent is not None or missing <= 0:
            break
        if counted != bool(pattern("funds.ordinal").regex.match(passage.text.string)):
            break
        first = statements[0]
        if (first.yuan or Decimal(0)) > (total.yuan or Decimal(0)):
            break
        missing -= first.yuan or Decimal(0)
        run.append(first)
    return run if len(run) > 1 and (missing == 0 or counted) else []


def close_across(found: Sequence[Sequence[Statement]]) -> None:
    """A total that restates, passages later, the exact sum of one sentence whose amounts are still free."""
    open_run: list[Statement] = []
    sum_ = Decimal(0)
    for statement in (one for statements in found for one in statements if one.parent is None):
        if len(open_run) > 1 and sum_ == statement.yuan and _restates(statement, open_run):
            _adopt(statement, open_run)
        if not open_run or not _same_sentence(open_run[-1], statement):
            open_run, sum_ = [], Decimal(0)
        open_run.append(statement)
        sum_ += statement.yuan or Decimal(0)


def _restates(total: Statement, run: Sequence[Statement]) -> bool:
    """Whether the total stands in another passage than the amounts, is the same kind of money and has no parts yet."""
    apart = run[-1].passage != total.passage
    return apart and not total.parts and {own_role(item) for item in run} == {own_role(total)}


def _same_sentence(one: Statement, other: Statement) -> bool:
    return one.passage == other.passage and one.sentence == other.sentence


def break_down_again(passages: Sequence[Passage], found: Sequence[Sequence[Statement]]) -> None:
    """Lists that break a total named before down without a mark: in one sentence, or an item a numbered passage."""
    before: list[Statement] = []
    for index, statements in enumerate(found):
        for sentence in _sentences(statements):
            earlier = statements[: _position(statements, sentence[0])]
            _adopt_run(_runs(sentence), [*before[-_MOST_PARTS:], *earlier[-_MOST_PARTS:]])
        _adopt_run(_numbered_run(passages, found, index), before)
        before.extend(statements)


def _position(statements: Sequence[Statement], one: Statement) -> int:
    return bisect_left(statements, one.start, key=lambda other: other.start)


def _sentences(statements: Sequence[Statement]) -> list[list[Statement]]:
    """The free statements of each sentence that has two or more, and not more than make a list."""
    held: dict[int, list[Statement]] = {}
    for statement in _free(statements):
        held.setdefault(statement.sentence, []).append(statement)
    return [sentence for sentence in held.values() if 1 < len(sentence) <= _MOST_PARTS]


def _runs(sentence: Sequence[Statement]) -> list[Sequence[Statement]]:
    """All of the sentence, then its longest ends and beginnings; three or more items of a longer list prove enough."""
    ends = [sentence[at:] for at in range(1, len(sentence) - 2)]
    beginnings = [sentence[:at] for at in range(len(sentence) - 1, 2, -1)]
    return [sentence, *ends, *beginnings]


def _numbered_run(
    passages: Sequence[Passage], found: Sequence[Sequence[Statement]], index: int
) -> list[Sequence[Statement]]:
    """The runs of three or more numbered passages from `index` on, each with one free amount of the same verb."""
    run: list[Statement] = []
    runs: list[Sequence[Statement]] = []
    for passage, statements in zip(passages[index:], found[index:], strict=True):
        free = _free(statements)
        if len(free) != 1 or not pattern("funds.ordinal").regex.match(passage.text.string):
            break
        if run and own_role(free[0]) != own_role(run[0]):
            break
        run.append(free[0])
        if len(run) > _FEWEST_NUMBERED:
            runs.append(list(run))
    return runs


def _adopt_run(runs: Sequence[Sequence[Statement]], earlier: Sequence[Statement]) -> None:
    """Give the first run that adds up to an amount before it to the nearest such amount of the same kind of money."""
    for run in runs:
        whole = sum((item.yuan or Decimal(0) for item in run), Decimal(0))
        verbs = _verbs(run)
        for owner in reversed(earlier[-_MOST_PARTS:]):
            if owner.yuan == whole and verbs <= {_standing(owner)} | _promised(owner):
                _adopt(owner, run)
                return


def _verbs(run: Sequence[Statement]) -> set[Role]:
    """The verbs of the items and of the words that lead to the first of them in its sentence."""
    first = run[0]
    lead = last_role(first.wording.without_brackets(first.sentence, first.start))
    return {role for role in (lead, *(_verb(item) for item in run)) if role is not None}


def _standing(owner: Statement) -> Role:
    """What the amount is by its own verb or its total's; without a verb it is promised money."""
    role = own_role(owner)
    return role or (_standing(owner.parent) if owner.parent else "budget")


def _promised(owner: Statement) -> set[Role]:
    """Money that was received may be broken down as it was promised, and the other way round."""
    return {"budget", "received"} if _standing(owner) in {"budget", "received"} else set()
