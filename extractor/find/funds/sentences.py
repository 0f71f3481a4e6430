"""The evaluated money of a report, as a tree of 其中: label, role, parts, and the documents that released it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractor.find.amounts import Mention, mentions, place
from extractor.find.funds.documents import assign, citations
from extractor.find.funds.exclusions import funds_among
from extractor.find.funds.labels import label_of
from extractor.find.funds.roles import Known, own_role, part_role, shared_role, stated_role, unstated_role
from extractor.find.funds.statements import Statement, Wording, statements
from extractor.find.funds.totals import break_down_again, close_across, close_lists, list_passages
from extractor.find.funds.trees import grow
from extractor.find.outline import level1_of, level2_of, sections
from extractor.find.script import simplified
from extractor.lexicon import pattern
from extractor.model import DocNumber, Document, Fund, Passage, Role

_HEADING = 40


def find_funds(document: Document, passages: Sequence[Passage], doc_numbers: Sequence[DocNumber]) -> list[Fund]:
    """The evaluated money in running text, `seq` from 0 in reading order, parts after or before their totals."""
    trees = _Trees.of(passages, doc_numbers)
    roles = trees.roles()
    seqs = {id(statement): seq for seq, statement in enumerate(trees.ordered)}
    return [
        Fund(
            seq=seq,
            evaluation=passages[statement.passage].evaluation,
            parent_seq=seqs[id(statement.parent)] if statement.parent else None,
            label=label_of(statement),
            raw=statement.mention.raw,
            value=statement.mention.value,
            yuan=statement.yuan,
            unit=statement.mention.unit,
            decimals=statement.mention.quantity.decimals,
            role=roles[id(statement)],
            place=place(document, passages, statement.mention),
            doc_numbers=trees.basis.get(id(statement), ()),
            qualifier=statement.mention.quantity.qualifier,
            split=statement.split,
            partial=statement.partial or _left_open(statement),
        )
        for seq, statement in enumerate(trees.ordered)
    ]


@dataclass
class _Trees:
    """All statements of evaluated money, by passage, their trees grown."""

    passages: Sequence[Passage]
    found: list[list[Statement]]
    basis: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, passages: Sequence[Passage], numbers: Sequence[DocNumber]) -> _Trees:
        cited = citations(passages, numbers)
        by_passage: dict[int, list[Mention]] = {}
        for mention in mentions(passages):
            by_passage.setdefault(mention.passage, []).append(mention)
        found: list[list[Statement]] = [[] for _ in passages]
        paths = sections(passages)
        for index, held in by_passage.items():
            wording = Wording.of(passages[index], [(c.start, c.end) for c in cited[index]])
            of_indicators = any(level1_of(heading) or level2_of(heading) for heading in paths[index])
            found[index] = funds_among(statements(wording, held), of_indicators)
        trees = cls(passages, found)
        trees._grow()
        for index, held_statements in enumerate(found):
            basis = assign(held_statements, cited[index]) if cited[index] else {}
            trees.basis.update({id(held_statements[at]): numbers_ for at, numbers_ in basis.items()})
        return trees

    @property
    def ordered(self) -> list[Statement]:
        return [statement for held in self.found for statement in held]

    def _grow(self) -> None:
        earlier: list[Statement] = []
        for held in self.found:
            grow(held, earlier)
            close_lists(held, earlier)
            earlier.extend(held)
        list_passages(self.passages, self.found)
        close_across(self.found)
        break_down_again(self.passages, self.found)

    def roles(self) -> dict[int, Role]:
        """The role of each statement: totals by their verb, parts by their total's, bare totals by their parts'."""
        roles: dict[int, Role] = {}
        known = Known()
        headings: list[tuple[int, str]] = []
        for passage, held in zip(self.passages, self.found, strict=True):
            _open_heading(headings, passage)
            words = [heading for _, heading in headings]
            for at, statement in enumerate(held):
                role, stated = self._role(statement, words, known, held[at + 1] if at + 1 < len(held) else None)
                roles[id(statement)] = role
                known.add(statement, role, stated)
        return roles

    @staticmethod
    def _role(
        statement: Statement, headings: Sequence[str], known: Known, following: Statement | None
    ) -> tuple[Role, bool]:
        """The statement's role, and whether a verb gave it. Its total comes before it, or behind it."""
        total = known.of(statement.parent) if statement.parent else None
        if total is not None:
            return part_role(statement, total), False
        before = [role for part in statement.parts if (role := known.of(part)) is not None]
        if before:
            # 上年结转与本年下达合计: what is carried over joins the money that it is added to.
            of_parts = next((role for role in before if role not in ("carryover", "other")), before[0])
            return own_role(statement) or of_parts, True
        stated = (own_role(statement) is None and shared_role(statement, following)) or stated_role(
            statement, headings, known
        )
        if stated and not (stated == "other" and _adds_up(statement)):
            return stated, True
        if statement.parent is not None:
            behind = stated_role(statement.parent, headings, known)
            return behind or "budget", False
        return unstated_role(statement, known), False


def _adds_up(statement: Statement) -> bool:
    """Whether it is one of the parts that add up to a total: what was added (追加) is then as promised as the rest."""
    if statement.parent is None:
        return False
    parts = [part.yuan or Decimal(0) for part in statement.parent.parts if part.split == statement.split]
    return sum(parts, Decimal(0)) == statement.parent.yuan


def _open_heading(headings: list[tuple[int, str]], passage: Passage) -> None:
    """Keep the path of headings that the passage stands under."""
    if passage.level is None:
        return
    while headings and headings[-1][0] >= passage.level:
        headings.pop()
    string = simplified(passage.text.string)
    end = string.find("。")
    headings.append((passage.level, string[: min(end if end >= 0 else len(string), _HEADING)]))


def _left_open(statement: Statement) -> bool:
    """Whether the words behind the last part of a list leave it open (等, 余额由县级配套)."""
    total = statement.parent
    if total is None:
        return False
    siblings = [part for part in total.parts if part.split == statement.split]
    last = siblings[-1]
    if (total.yuan or Decimal(0)) <= sum((part.yuan or Decimal(0) for part in siblings), Decimal(0)):
        return False
    stretch = last.wording.blotted[last.end : min(last.stop, last.end + _HEADING)]
    return bool(pattern("funds.remainder").regex.search(stretch.partition("。")[0]))
