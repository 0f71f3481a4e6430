"""Running text → sentences, each with the indicator levels above it and whether it tells goals or results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from extractor.find.outline import level1_of, mark, printed_level, sections
from extractor.find.script import simplified
from extractor.lexicon import family, pattern
from extractor.model import Passage
from extractor.text import Text

Side = Literal["goal", "result"]

_STOPS = regex.compile(r"[。!！?？;；]")
#: What may stand between a run-in heading (一是数量指标:) and its sentence.
#: A name of its own before its values is no longer than this, and so many characters may be its list mark.
_LONGEST_NAME = 40
_MARK = 4
_SEPARATORS = ":：,，。.、; "


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of running text. `side` is None where no heading says that figures of indicators stand here.

    `listed` is true below a heading of indicators; `goal` where the sentence itself (up to its full stop) says that it
    tells what is to be reached.
    """

    passage: Passage
    text: Text
    level1: str | None
    level2: str | None
    side: Side | None
    listed: bool
    goal: bool
    ordinal: str | None = None


@dataclass(slots=True)
class _Scope:
    """What the headings above say."""

    level1: str | None = None
    level2: str | None = None
    side: Side | None = None
    listed: bool = False
    #: The text names first levels that cannot be second ones (产出指标, 效益指标).
    grouped: bool = False

    def under(self, heading: str) -> None:
        """Go below a heading."""
        first, second = level1_of(heading), printed_level(heading)
        if first is not None and first == self.level1:
            return
        if first is not None and second is not None and (self.level1 is not None or not self.grouped):
            first = None  # 成本指标 and 满意度指标 stand on either level
        if first is not None:
            self.level1, self.level2 = first, None
        elif second is not None:
            self.level2 = second
        self.listed = self.listed or bool(
            first or second or pattern("indicators.scope.indicators").regex.search(simplified(heading))
        )
        if pattern("indicators.scope.result").regex.search(simplified(heading)):
            self.side = self.side if (first or second) and self.side == "goal" else "result"
        elif pattern("indicators.scope.goal").regex.search(simplified(heading)):
            self.side = "goal"


def sentences(passages: Sequence[Passage]) -> Iterator[Sentence]:
    """The sentences of running text in reading order; headings themselves are left out."""
    paths = sections(passages)
    grouped = any(level1_of(heading) and not printed_level(heading) for path in paths for heading in path)
    announced = False
    for passage, path in zip(passages, paths, strict=True):
        if passage.source != "prose":
            continue
        scope = _Scope(grouped=grouped)
        for heading in path:
            scope.under(heading)
        string = simplified(passage.text.string)
        announced = announced and mark(string)[0] is not None
        if announced:
            scope.side = "goal"
        yield from _of_passage(passage, scope)
        announced = announced or pattern("indicators.scope.goals_follow").regex.search(string.rstrip()) is not None


def _of_passage(passage: Passage, scope: _Scope) -> Iterator[Sentence]:
    goal = False
    told: Side | None = None
    for text, begins in _with_names(_without_number(passage)):
        # Under results only the clause of a goal itself is one: 年初计划办理450件,实际486件;制作短视频15个.
        goal = goal and not begins and scope.side != "result"
        body = _below_run_in_headings(text, scope)
        if not body.string.strip(_SEPARATORS):
            continue
        goal = goal or pattern("indicators.goal_sentence").regex.search(simplified(body.string)) is not None
        ordinal = pattern("indicators.ordinal").regex.match(body.string)
        if ordinal is not None:
            body = body.slice(ordinal.end(), len(body))
        number = ordinal["ordinal"] if ordinal is not None else None
        side = scope.side
        if side is None:
            told = (None if begins else told) or _says_itself(body)
            side = told
        yield Sentence(passage, body, scope.level1, scope.level2, side, scope.listed, goal, number)


def _says_itself(body: Text) -> Side | None:
    """What a sentence says that it tells, goals or results, where no heading does."""
    string = simplified(body.string)
    if pattern("indicators.scope.goal_told").regex.search(string):
        return "goal"
    return "result" if pattern("indicators.scope.told").regex.search(string) else None


def _without_number(passage: Passage) -> Text:
    """The passage without a list's number that runs into a figure of its name (4.2型糖尿病患者管理率)."""
    string, ordinal = passage.text.string, passage.ordinal or ""
    if ordinal and string.startswith((ordinal + ".", ordinal + "．")) and string[len(ordinal) + 1 :][:1].isdigit():
        return passage.text.slice(len(ordinal) + 1, len(passage.text))
    return passage.text


def _with_names(text: Text) -> Iterator[tuple[Text, bool]]:
    """The pieces; one that begins with its target goes with the name before it (检验合格率。目标值:≥95%,完成值:96%)."""
    pieces = list(_pieces(text))
    at = 0
    for index, (piece, begins) in enumerate(pieces):
        following = pieces[index + 1][0].string if index + 1 < len(pieces) else ""
        bare = not any(character.isdigit() for character in piece.string[_MARK:])
        if bare and len(piece) <= _LONGEST_NAME and pattern("indicators.target.first").regex.match(following):
            pieces[index + 1] = (text.slice(at, at + len(piece) + len(pieces[index + 1][0])), begins)
        else:
            yield piece, begins
            at += len(piece)


def _pieces(text: Text) -> Iterator[tuple[Text, bool]]:
    """Pieces between stops and before run-in numbers; whether a piece begins a new sentence (behind a full stop)."""
    string = text.string
    cuts = {match.end() for match in _STOPS.finditer(string)}
    cuts.update(match.start() for match in pattern("indicators.split").regex.finditer(string))
    start, begins = 0, True
    for cut in sorted(cuts | {len(string)}):
        if cut > start:
            yield text.slice(start, cut), begins
            begins = string[cut - 1] in "。!！?？"
            start = cut


def _names_value(string: str, end: int) -> bool:
    """Whether what looks like a heading is a name with its value behind it (群众满意度，目标值≥90%)."""
    if string[:end].rstrip(_SEPARATORS).endswith(("指标", "情况", "分析")):
        return False
    rest = string[end:].lstrip(_SEPARATORS)
    return string[end : end + 1] in (",", "，") or pattern("indicators.target.first").regex.match(rest) is not None


def _below_run_in_headings(text: Text, scope: _Scope) -> Text:
    """The sentence without the heading that it begins with; the scope goes below it."""
    string = text.string
    for numbering in family("headings.mark"):
        match = numbering.regex.match(string)
        if match is not None:
            text = text.slice(match.end(), len(text))
            string = text.string
            break
    text, string = _below_aspect(text, scope)
    for id_ in ("headings.indicator", "headings.indicator_group", "headings.indicator_run_on"):
        match = pattern(id_).regex.match(simplified(string))
        if match is not None and not _names_value(string, match.end()):
            scope.under(string[: match.end()])
            rest = text.slice(match.end(), len(text))
            bare = rest.string.lstrip(_SEPARATORS)
            return _below_aspect(rest.slice(len(rest) - len(bare), len(rest)), scope)[0]
    return text


def _below_aspect(text: Text, scope: _Scope) -> tuple[Text, str]:
    """The sentence without words that say what its results are of (数量指标方面，…), and its string."""
    string = text.string
    aspect = pattern("indicators.aspect").regex.match(simplified(string))
    results = pattern("indicators.results_follow").regex.match(simplified(string))
    if aspect is not None and aspect["type"].endswith("指标"):
        scope.under(aspect["type"])
    match = aspect or results
    if match is None:
        return text, string
    scope.listed, scope.side = True, "result"
    text = text.slice(match.end(), len(text))
    return text, text.string
