"""Fields that several tables share ↔ columns: places, evaluations, sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.messages import Message
from extractor.model import Box, Place

Row = Mapping[str, Any]
_CORNERS = ("x0", "top", "x1", "bottom")


def evaluation_id(document_id: str, seq: int | None) -> str | None:
    """The evaluation of a document by its number."""
    return None if seq is None else f"{document_id}-{seq}"


def evaluation(id_: str | None) -> int | None:
    """The number of the evaluation of this id."""
    return None if id_ is None else int(id_.rpartition("-")[2])


def place_row(place: Place | None) -> dict[str, Any]:
    """The five columns of a place."""
    if place is None:
        return {}
    return {
        "page": place.page,
        "char_start": place.start,
        "char_end": place.end,
        "bbox": place.box and dict(zip(_CORNERS, place.box, strict=True)),
        "source": place.source,
    }


def place(row: Row) -> Place | None:
    """The place in these columns, None where there is none."""
    if row["char_start"] is None:
        return None
    bbox = row["bbox"]
    box = None if bbox is None else tuple(bbox[corner] for corner in _CORNERS)
    return Place(row["page"], row["char_start"], row["char_end"], box, row["source"])


def places_json(places: Mapping[str, Place]) -> dict[str, Any]:
    """Places by name, for a column of JSON."""
    return {name: place_row(place) for name, place in places.items()}


def places(text: str) -> dict[str, Place]:
    """The places in a column of JSON."""
    return {name: found for name, row in json.loads(text).items() if (found := place(row)) is not None}


def box(values: Sequence[float] | None) -> Box | None:
    """The box of four numbers as JSON gives them."""
    if values is None:
        return None
    x0, top, x1, bottom = values
    return float(x0), float(top), float(x1), float(bottom)


def message_row(name: str, sentence: Message | str) -> Row:
    """A sentence so that it can be read in either language; one that is no key has no named values."""
    if isinstance(sentence, str):
        return {f"{name}_id": sentence}
    return {f"{name}_id": sentence.key, f"{name}_args": sentence.values}


def message(row: Row, name: str) -> Message | str:
    """The sentence in the columns of `message_row`."""
    args = row[f"{name}_args"]
    return row[f"{name}_id"] if args is None else Message(row[f"{name}_id"], json.loads(args))
