"""Whose code stands in a document number, as far as `patterns/agencies.toml` knows: its place and its field.

No check of its own. Codes are built by custom and counties choose their own characters: what is unknown or shared by
two places is told as such and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor import lexicon
from extractor.lexicon import Term

#: A place has at most so many characters in a code (乌中政办发).
_LONGEST_PLACE = 2


@dataclass(frozen=True, slots=True)
class Province:
    """A province, its character, and the places elsewhere that use the same one."""

    name: str
    character: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of government: `words` of bodies' names, `marks` that show it in a code, `stems` that its codes hold."""

    name: str
    words: tuple[str, ...]
    marks: tuple[str, ...]
    stems: tuple[str, ...]


@lexicon.remembered
def provinces() -> dict[str, Province]:
    """Each province by its character."""
    found = {}
    for term in _terms("agencies.province."):
        place, shared = str(term.data["place"]), tuple(term.data.get("shared", ()))
        found.update({character: Province(place, character, shared) for character in term.words})
    return found


@lexicon.remembered
def fields() -> tuple[Field, ...]:
    """All fields of government."""
    return tuple(
        Field(term.id.rpartition(".")[2], term.words, tuple(term.data["marks"]), tuple(term.data["stems"]))
        for term in _terms("agencies.field.")
    )


@lexicon.remembered
def _codes() -> dict[str, Term]:
    return {code: term for term in _terms("agencies.code.") for code in term.words}


def _terms(prefix: str) -> list[Term]:
    return [term for id_, term in lexicon.lexicon().terms.items() if id_.startswith(prefix)]


def body(code: str) -> str | None:
    """The body whose code is printed, or begins it (财办建 → 财政部); None where the code is not known."""
    known = max((known for known in _codes() if code.startswith(known)), key=len, default=None)
    return str(_codes()[known].data["body"]) if known is not None else None


def central(code: str) -> bool:
    """Whether a body of the centre numbers its documents with this very code."""
    term = _codes().get(code)
    return term is not None and "place" not in term.data


def province(code: str) -> Province | None:
    """The province whose character begins the code, if what follows shows that it is a code of a place."""
    found = provinces().get(code[:1])
    return found if found is not None and len(code) > 1 and not central(code) else None


def province_of(name: str) -> Province | None:
    """The province that the name of a place or of a body begins with (吉林省工业和信息化厅)."""
    return next((found for found in provinces().values() if name.startswith(found.name)), None)


def fields_of_body(name: str) -> list[Field]:
    """The fields that the name of a body tells."""
    return [field for field in fields() if any(word in name for word in field.words)]


def fields_shown(code: str, place: str) -> list[tuple[str, Field]]:
    """(mark, field) of what stands behind the characters of the place in a code, the longest mark of each reading.

    A second character of the place may be a field's own (丰水县: 丰 + 水, or 丰水 and nothing yet): both are read.
    """
    found = []
    for length in range(1, _LONGEST_PLACE + 1):
        if not all(character in place for character in code[:length]):
            break
        marked = [(mark, field) for field in fields() for mark in field.marks if code.startswith(mark, length)]
        found += [max(marked, key=lambda pair: len(pair[0]))] if marked else []
    return found
