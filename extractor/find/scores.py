"""The score and the grade of the whole evaluation, from running text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractor.find.script import simplified
from extractor.lexicon import pattern
from extractor.model import Document, Passage, Place, Weight


def find_total_scores(document: Document, passages: Iterable[Passage]) -> list[Weight]:
    """Each place in running text that gives the total score of the self-evaluation, in points."""
    expression = pattern("scores.total").regex
    found: list[Weight] = []
    for passage in passages:
        string = simplified(passage.text.string)
        if "分" not in string:
            continue
        for match in expression.finditer(string):
            span = passage.text.span(*match.span("score"))
            place = document.place(span.start, span.end)
            found.append(Weight(len(found), None, match[0], "total", None, Decimal(match["score"]), place))
    return found


def find_grade(document: Document, passages: Iterable[Passage]) -> tuple[str, Place] | None:
    """The first grade word (优, 良 …) that is given to the whole evaluation, and its place."""
    expression = pattern("scores.graded").regex
    for passage in passages:
        match = expression.search(simplified(passage.text.string))
        if match:
            span = passage.text.span(*match.span("grade"))
            return match["grade"], document.place(span.start, span.end)
    return None
