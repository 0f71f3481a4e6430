"""What was read as folded characters, as it was printed: `２３万元` and not `23万元`, without layout white space."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from extractor.model import Amount, DocNumber, Document, Fund, Indicator, Place, Rate

_Raw = TypeVar("_Raw", Amount, DocNumber, Fund, Rate)
#: The raw fields of an indicator and the names of their places.
_FIELDS = (("target_raw", "target"), ("actual_raw", "actual"), ("status_raw", "status"))


@dataclass(frozen=True, slots=True)
class Print:
    """The source text of a document and the folding by which it was read."""

    source: str
    folding: Mapping[int, str]

    @classmethod
    def of(cls, document: Document, folding: Mapping[int, str]) -> Print:
        """The print of this document."""
        return cls("\f".join(page.text for page in document.pages), folding)

    def words(self, place: Place, read: str) -> str:
        """The printed characters behind the words `read`; the words themselves where the place holds others too."""
        printed: list[str] = []
        at = 0
        for character in self.source[place.start : place.end]:
            folded = self.folding.get(ord(character), character)
            if folded and read.startswith(folded, at):
                printed.append(character)
                at += len(folded)
            elif read.startswith(" ", at) and character.isspace():
                printed.append(" ")
                at += 1
            elif folded and not character.isspace():
                return read
        return "".join(printed) if at == len(read) else read

    def fact(self, fact: _Raw) -> _Raw:
        """The fact with its raw text as printed."""
        raw = self.words(fact.place, fact.raw)
        return fact if raw == fact.raw else replace(fact, raw=raw)

    def indicator(self, indicator: Indicator) -> Indicator:
        """The indicator with its values as printed."""
        changed: dict[str, Any] = {}
        for field, name in _FIELDS:
            read, place = getattr(indicator, field), indicator.places.get(name)
            if read is not None and place is not None and (raw := self.words(place, read)) != read:
                changed[field] = raw
        return replace(indicator, **changed) if changed else indicator
