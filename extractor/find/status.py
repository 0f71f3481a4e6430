"""What a report claims about an indicator: met, partly met, unmet."""

from __future__ import annotations

from extractor import lexicon
from extractor.find.script import simplified
from extractor.model import Status


def read_status(words: str) -> Status | None:
    """The claim that a cell or a clause makes as a whole, None where it claims nothing."""
    words = simplified(words).strip("，,。;； ")
    for pattern in lexicon.family("indicators.status"):
        if pattern.regex.fullmatch(words):
            status: Status = pattern.data["status"]
            return status
    return None
