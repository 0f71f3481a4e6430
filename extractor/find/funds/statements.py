"""Sums of money with the words around them: what a sentence says before, behind and in brackets round an amount.

Titles and false friends are blotted out here once (`funds.mask.*`), so that whoever looks for a verb or a mark of 其中
finds no 支付 in 转移支付 and no 下达 in the title of a notice. Positions stay those of the passage's string.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from extractor.find.amounts import Mention
from extractor.find.script import simplified
from extractor.lexicon import family, pattern
from extractor.model import Passage

#: Stands for a character that must not be read as a word.
BLOT = "□"
_OPEN, _CLOSE = "(", ")"
#: Behind an amount that stands alone in its bracket: 左右, 整.
_LONGEST_TAIL = 2
#: Behind a bracket that holds further amounts so many characters are looked at.
_LONGEST_BEHIND = 120
_CLAUSE_ENDS = frozenset(",，;；。:!！?？")
_SENTENCE_ENDS = frozenset("。!！?？")


@dataclass(frozen=True)
class Wording:
    """A passage's string in simplified characters, also blotted, with its brackets.

    `bracket[i]` is the opening of the innermost bracket, -1 for none.
    """

    passage: Passage
    string: str
    blotted: str
    bracket: tuple[int, ...]
    closing: dict[int, int]

    @classmethod
    def of(cls, passage: Passage, numbers: Sequence[tuple[int, int]] = ()) -> Wording:
        """`numbers`: the ranges of the string that are document numbers."""
        string = simplified(passage.text.string)
        bracket, closing = _brackets(string)
        return cls(passage, string, _blot(string, numbers), bracket, closing)

    def without_brackets(self, start: int, end: int) -> str:
        """The blotted words from `start` to `end`; a bracket that opens and closes between them is blotted too."""
        words = self.blotted[start:end]
        if _OPEN not in words:
            return words
        characters = list(words)
        at = words.find(_OPEN)
        while at >= 0:
            close = self.closing.get(start + at, end) - start
            if close < len(words):
                characters[at : close + 1] = BLOT * (close + 1 - at)
            at = words.find(_OPEN, close + 1 if close < len(words) else at + 1)
        return "".join(characters)

    def clause_start(self, at: int, floor: int = 0) -> int:
        """The beginning of the clause that reaches to `at`, not before `floor`; closed brackets are passed."""
        while at > floor:
            character = self.blotted[at - 1]
            if character == _CLOSE and self.bracket[at - 1] >= floor:
                at = self.bracket[at - 1]
            elif character in _CLAUSE_ENDS or (character == _OPEN and self.bracket[at - 1] >= 0):
                return at
            else:
                at -= 1
        return at

    def sentence_start(self, at: int) -> int:
        """The beginning of the sentence that holds `at`."""
        position = bisect_left(self.sentence_ends, at)
        return self.sentence_ends[position - 1] + 1 if position else 0

    @cached_property
    def sentence_ends(self) -> list[int]:
        """The positions of the marks that end a sentence."""
        return [at for at, character in enumerate(self.blotted) if character in _SENTENCE_ENDS]


def _brackets(string: str) -> tuple[tuple[int, ...], dict[int, int]]:
    """The innermost bracket of each character, and each opening's end. What is never closed is no bracket."""
    closing: dict[int, int] = {}
    stack: list[int] = []
    for at, character in enumerate(string):
        if character == _OPEN:
            stack.append(at)
        elif character == _CLOSE and stack:
            closing[stack.pop()] = at
    stack.clear()
    inside: list[int] = []
    for at, character in enumerate(string):
        if character == _OPEN and at in closing:
            stack.append(at)
        elif character != _OPEN and stack and at > closing[stack[-1]]:
            stack.pop()
        inside.append(stack[-1] if stack else -1)
    return tuple(inside), closing


def _blot(string: str, numbers: Sequence[tuple[int, int]]) -> str:
    characters = list(string)
    for start, end in numbers:
        characters[start:end] = BLOT * (end - start)
    for start, end in _titles(string):
        characters[start:end] = BLOT * (end - start)
    for mask in family("funds.mask"):
        for match in mask.regex.finditer(string):
            characters[match.start() : match.end()] = BLOT * (match.end() - match.start())
    return "".join(characters)


def _titles(string: str) -> list[tuple[int, int]]:
    """The ranges between outer 《 and 》, marks excluded."""
    found, depth, start = [], 0, 0
    for at, character in enumerate(string):
        if character == "《":
            depth += 1
            if depth == 1:
                start = at + 1
        elif character == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, at))
    return found


@dataclass(eq=False)
class Statement:
    """A sum of money as its sentence states it; `before` is the statement in front of it in the same passage.

    `stop` is where the words behind it end: the next amount's beginning or the end of the passage.
    """

    mention: Mention
    wording: Wording
    before: Statement | None
    stop: int
    #: What the search for parts adds.
    parent: Statement | None = None
    split: int = 0
    partial: bool = False
    parts: list[Statement] = field(default_factory=list)

    @property
    def yuan(self) -> Decimal | None:
        """The exact value."""
        return self.mention.yuan

    @property
    def start(self) -> int:
        """Where the amount begins in the passage's string."""
        return self.mention.start

    @property
    def end(self) -> int:
        """Where the amount ends in the passage's string."""
        return self.mention.end

    @property
    def passage(self) -> int:
        """The position of its passage."""
        return self.mention.passage

    @cached_property
    def bracket(self) -> int:
        """The opening of the innermost bracket that the amount stands in, -1 for none."""
        return self.wording.bracket[self.start]

    @cached_property
    def bare_bracket(self) -> bool:
        """Whether the amount stands alone in its bracket, behind its name: “…工程”(685万元)."""
        if self.bracket < 0:
            return False
        words = self.wording.blotted[self.bracket + 1 : self.start]
        alone = self.wording.closing[self.bracket] - self.end <= _LONGEST_TAIL
        return alone and bool(pattern("funds.restated").regex.fullmatch(words))

    @cached_property
    def floor(self) -> int:
        """Where the words that belong to this amount may begin: behind the amount before it."""
        return self.before.end if self.before else 0

    @cached_property
    def gap(self) -> str:
        """The blotted words between the amount before it (or the passage's beginning) and this one."""
        return self.wording.without_brackets(self.floor, self.start)

    @cached_property
    def name_end(self) -> int:
        """Where the words before the amount end: at its bracket where it stands alone in one."""
        return self.bracket if self.bare_bracket else self.start

    @cached_property
    def clause_start(self) -> int:
        """The beginning of the amount's own clause."""
        return self.wording.clause_start(self.name_end, self.floor)

    @cached_property
    def clause(self) -> str:
        """The blotted words of its own clause before the amount."""
        return self.wording.without_brackets(self.clause_start, self.name_end)

    @cached_property
    def behind(self) -> str:
        """The blotted words behind the amount in its own clause; a bracket right behind it is passed.

        Empty where they run into the next amount: then they are that one's (a full stop may be lost).
        """
        at = self.end
        blotted = self.wording.blotted
        while at < len(blotted) and blotted[at] == _OPEN and at in self.wording.closing:
            at = self.wording.closing[at] + 1
        begin = at
        furthest = min(len(blotted), max(self.stop, begin + _LONGEST_BEHIND))
        while at < furthest and blotted[at] not in _CLAUSE_ENDS and blotted[at] != _CLOSE:
            at += 1
        return self.wording.without_brackets(begin, at) if at < self.stop or begin >= self.stop else ""

    @cached_property
    def sentence(self) -> int:
        """The beginning of its sentence."""
        return self.wording.sentence_start(self.start)


def statements(wording: Wording, found: Sequence[Mention]) -> list[Statement]:
    """The passage's sums of money as statements, in reading order."""
    result: list[Statement] = []
    for position, mention in enumerate(found):
        stop = found[position + 1].start if position + 1 < len(found) else len(wording.string)
        result.append(Statement(mention, wording, result[-1] if result else None, stop))
    return result
