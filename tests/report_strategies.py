"""Reports, facts and verdicts of any shape, for property tests."""

from __future__ import annotations

import hashlib
import string
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from extractor.messages import Message
from extractor.model import (
    Amount,
    DocNumber,
    Evaluation,
    Evidence,
    Fund,
    Gap,
    Head,
    Indicator,
    Passage,
    Place,
    Rate,
    Report,
    Verdict,
    Weight,
)
from extractor.text import Text

#: Text with all that could break a statement, a JSON text or a terminal; no half characters, which no reader makes.
WORDS = st.text(
    st.one_of(
        st.sampled_from("资金万元〔〕，。'\"\\{}\n\t\0\x1b;–\U00020bb7"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=12,
)
_INTEGERS = st.integers(0, 2**31 - 1)
_YEARS = st.integers(1900, 2100)
_COORDINATES = st.floats(allow_nan=False, allow_infinity=False)
_BOXES = st.tuples(_COORDINATES, _COORDINATES, _COORDINATES, _COORDINATES)
#: Also figures that no column holds: as many digits and places as one may print.
NUMBERS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.builds(
        lambda digits, places: Decimal(digits).scaleb(-places),
        st.integers(-(10**24), 10**24),
        st.integers(0, 14),
    ),
)
PLACES = st.builds(
    lambda page, start, length, box, source: Place(page, start, start + length, box, source),
    st.none() | st.integers(1, 3000),
    st.integers(0, 2**30),
    st.integers(0, 1000),
    st.none() | _BOXES,
    st.sampled_from(["prose", "table"]),
)
_NAMED_PLACES = st.dictionaries(st.sampled_from(["target", "actual", "subject", "score"]), PLACES, max_size=3)
_IDENTIFIERS = st.text(string.ascii_lowercase, min_size=1, max_size=5)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """A sentence with some named values in it."""
    values = draw(st.dictionaries(_IDENTIFIERS, WORDS, max_size=3))
    words = draw(WORDS).replace("{", "(").replace("}", ")")
    return Message(words + "".join(f"{{{name}}}" for name in values), values)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text whose offsets jump forward and, where reading order asks for it, back."""
    words = draw(WORDS)
    origin = draw(st.lists(st.integers(0, 500), min_size=len(words), max_size=len(words)))
    straight = draw(st.booleans())
    return Text.of(words, origin[0] if origin else 0) if straight else Text(words, origin)


def _optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _facts(type_: type[Any], evaluations: int, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to three facts, numbered in their order; all but `given` after their types."""
    fields = {"seq": st.just(0), "place": PLACES, **given}
    if type_ not in (Amount, Evaluation):
        fields["evaluation"] = st.none() | (st.integers(0, evaluations - 1) if evaluations else st.none())
    return st.lists(st.builds(type_, **fields), max_size=3).map(
        lambda facts: tuple(replace(fact, seq=seq) for seq, fact in enumerate(facts))
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of any content."""
    path = "/" + draw(st.text(string.ascii_letters + "资金'\"", min_size=1, max_size=8)) + ".pdf"
    evaluations = draw(
        _facts(
            Evaluation,
            0,
            subject=_optional(WORDS),
            fiscal_year=_optional(_YEARS),
            region=_optional(WORDS),
            department=_optional(WORDS),
            unit=_optional(WORDS),
            total_score=_optional(NUMBERS),
            grade=_optional(WORDS),
            place=_optional(PLACES),
            places=_NAMED_PLACES,
        )
    )
    count = len(evaluations)
    decimals = st.integers(0, 12)
    scores = {"max_score": _optional(NUMBERS), "score": _optional(NUMBERS)}
    lines = st.lists(st.tuples(_INTEGERS, _INTEGERS, _optional(st.integers(1, 9)), _optional(_BOXES)), max_size=2)
    return Report(
        path=path,
        sha256=hashlib.sha256(draw(st.binary(min_size=1, max_size=8))).hexdigest(),
        format=draw(st.sampled_from(["pdf", "text"])),
        page_count=draw(_optional(st.integers(1, 3000))),
        head=draw(
            st.builds(
                Head,
                title=_optional(WORDS),
                issuer=_optional(WORDS),
                region=_optional(WORDS),
                doc_number=_optional(WORDS),
                issued_on=_optional(st.dates(date(1900, 1, 1))),
                places=_NAMED_PLACES,
                issued_raw=_optional(WORDS),
            )
        ),
        pages=tuple(enumerate(draw(st.lists(WORDS, max_size=3)), 1)),
        evaluations=evaluations,
        doc_numbers=draw(
            _facts(
                DocNumber,
                count,
                raw=WORDS,
                normalized=WORDS,
                agency_code=WORDS,
                year=_optional(_YEARS),
                number=WORDS,
                role=st.sampled_from(["own", "cited"]),
                form=st.lists(WORDS, max_size=2).map(tuple),
            )
        ),
        amounts=draw(
            _facts(
                Amount,
                count,
                raw=WORDS,
                value=NUMBERS,
                yuan=_optional(NUMBERS),
                unit=WORDS,
                decimals=decimals,
                qualifier=_optional(WORDS),
            )
        ),
        rates=draw(
            _facts(
                Rate,
                count,
                name=WORDS,
                raw=WORDS,
                value=NUMBERS,
                decimals=decimals,
                fund_seq=_optional(_INTEGERS),
                qualifier=_optional(WORDS),
            )
        ),
        funds=draw(
            _facts(
                Fund,
                count,
                parent_seq=_optional(_INTEGERS),
                label=WORDS,
                raw=WORDS,
                value=NUMBERS,
                yuan=_optional(NUMBERS),
                unit=WORDS,
                decimals=decimals,
                role=st.sampled_from(["budget", "received", "spent", "carryover", "other"]),
                doc_numbers=st.lists(WORDS, max_size=2).map(tuple),
                qualifier=_optional(WORDS),
                split=_INTEGERS,
                partial=st.booleans(),
                column=_optional(st.sampled_from(["budget", "spent"])),
                **scores,
            )
        ),
        indicators=draw(
            _facts(
                Indicator,
                count,
                name=WORDS,
                level1=_optional(WORDS),
                level2=_optional(WORDS),
                ordinal=_optional(WORDS),
                operator=_optional(st.sampled_from(["≥", "≤", "=", ">", "<"])),
                target_raw=_optional(WORDS),
                target_value=_optional(NUMBERS),
                target_unit=_optional(WORDS),
                actual_raw=_optional(WORDS),
                actual_value=_optional(NUMBERS),
                actual_unit=_optional(WORDS),
                status_raw=_optional(WORDS),
                status=_optional(st.sampled_from(["met", "partly", "unmet"])),
                reason=_optional(WORDS),
                places=_NAMED_PLACES,
                **scores,
            )
        ),
        weights=draw(_facts(Weight, count, label=WORDS, kind=st.sampled_from(["level1", "level2", "total"]), **scores)),
        passages=draw(
            st.lists(
                st.builds(
                    Passage,
                    seq=st.just(0),
                    evaluation=st.none(),
                    text=texts(),
                    level=_optional(st.integers(1, 4)),
                    ordinal=_optional(WORDS),
                    lines=lines.map(tuple),
                    source=st.sampled_from(["prose", "table"]),
                ),
                max_size=3,
            ).map(lambda found: tuple(replace(passage, seq=seq) for seq, passage in enumerate(found)))
        ),
        gaps=tuple(
            draw(
                st.lists(
                    st.builds(
                        Gap,
                        kind=st.sampled_from(["unread_number", "scanned_page"]),
                        message=WORDS | messages(),
                        page=_optional(st.integers(1, 9)),
                        quote=WORDS,
                    ),
                    max_size=2,
                )
            )
        ),
        counts=draw(st.dictionaries(st.sampled_from(["pages", "numbers"]), _INTEGERS)),
    )


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    """A verdict on anything."""
    evidence = st.builds(
        Evidence, table=st.sampled_from(["funds", "passages"]), seq=_INTEGERS, place=PLACES, quote=WORDS
    )
    return Verdict(
        check_id=draw(st.sampled_from(["sum-parts", "weight-sum"])),
        evaluation=draw(_optional(st.integers(0, 3))),
        outcome=draw(st.sampled_from(["consistent", "inconsistent", "uncheckable"])),
        severity=draw(st.sampled_from(["error", "warning", "note"])),
        message=draw(messages()),
        formula=draw(WORDS),
        expected=draw(_optional(WORDS)),
        actual=draw(_optional(WORDS)),
        difference=draw(_optional(WORDS)),
        tolerance=draw(_optional(WORDS)),
        evidence=tuple(draw(st.lists(evidence, max_size=3))),
        hint=draw(_optional(messages())),
    )
