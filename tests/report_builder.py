"""Facts for the checks' cases: short dicts of printed strings → `model.Report`, and plain text → `model.Report`.

Each figure is read by `quantity`, as the program does. A fact stands where its printed string next occurs in the
passages; a fact that occurs in none of them gets a line of its own behind them. An indicator's values are looked for
only behind its name on the same line: the same figure elsewhere is another fact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from importlib import import_module
from typing import Any

from extractor import lexicon, quantity
from extractor.model import (
    Amount,
    DocNumber,
    Evaluation,
    Fund,
    Gap,
    Head,
    Indicator,
    Passage,
    Place,
    Quantity,
    Rate,
    Report,
    Weight,
)
from extractor.text import Text

Entry = Mapping[str, Any]

_CANONICAL = re.compile(r"(?P<code>\D*?)[〔\[(【](?P<year>\d{4})[〕\])】]第?0*(?P<number>\d+)号?")

#: What a case may give; anything else is a slip of the pen.
KINDS = (
    "head",
    "evaluations",
    "passages",
    "amounts",
    "funds",
    "rates",
    "indicators",
    "weights",
    "doc_numbers",
    "gaps",
)


class _Source:
    """The text that the facts stand in: the passages, one a line, and behind them what none of them holds."""

    def __init__(self, passages: Sequence[str]) -> None:
        self.lines = list(passages)
        self._next: dict[tuple[str, str], int] = {}

    @property
    def string(self) -> str:
        return "\n".join(self.lines)

    def place(self, kind: str, raw: str, source: Any = "prose") -> Place:
        """The next place of `raw` for this kind of fact; the rows of a table stand in no passage."""
        searched = raw and not (kind == "indicator" and source == "table")
        at = self.string.find(raw, self._next.get((kind, raw), 0)) if searched else -1
        if at < 0:
            at = len(self.string) + 1 if self.lines else 0
            self.lines.append(raw)
        self._next[kind, raw] = at + max(len(raw), 1)
        return Place(None, at, at + len(raw), None, source)

    def beside(self, first: Place, raw: str) -> Place:
        """The place of `raw` behind another fact on the same line, or else a line of its own."""
        string = self.string
        end = string.find("\n", first.end)
        at = string.find(raw, first.end, end if end >= 0 else len(string))
        if at < 0:
            at = len(string) + 1
            self.lines.append(raw)
        return Place(None, at, at + len(raw), None, first.source)


def build(facts: Entry) -> Report:
    """The report of a case's facts. The keys are those of `KINDS`; see the single builders for what each takes."""
    unknown = set(facts) - set(KINDS)
    if unknown:
        raise ValueError(f"a case's facts know no {sorted(unknown)}")
    entries = [{"text": entry} if isinstance(entry, str) else entry for entry in facts.get("passages", ())]
    passages = _passages(entries)
    source = _Source([str(entry["text"]) for entry in entries])
    evaluations = [_evaluation(i, entry, source) for i, entry in enumerate(facts.get("evaluations", ({},)))]
    funds = _funds(facts.get("funds", ()), source)
    return Report(
        path="case.txt",
        sha256="0" * 64,
        format="text",
        page_count=None,
        head=_head(facts.get("head", {}), source),
        evaluations=tuple(evaluations),
        doc_numbers=tuple(_doc_number(i, e, source) for i, e in enumerate(facts.get("doc_numbers", ()))),
        amounts=tuple(_amounts(facts.get("amounts"), passages, source)),
        rates=tuple(_rate(i, entry, source) for i, entry in enumerate(facts.get("rates", ()))),
        funds=tuple(funds),
        indicators=tuple(_indicator(i, entry, source) for i, entry in enumerate(facts.get("indicators", ()))),
        weights=tuple(_weight(i, entry, source) for i, entry in enumerate(facts.get("weights", ()))),
        passages=tuple(passages),
        gaps=tuple(
            Gap(e["kind"], "a number could not be read", None, e.get("quote", "")) for e in facts.get("gaps", ())
        ),
        pages=((1, source.string),),
    )


def from_text(text: str) -> Report:
    """The report of a plain text, by the program's own reader and finders."""
    # Imported late: cases made of facts need neither.
    resolve, files = import_module("extractor.resolve"), import_module("extractor.read.files")
    report: Report = resolve.report(files.read_bytes(text.encode(), "case.txt"))
    return report


def _known(entry: Entry, shape: type, *more: str) -> None:
    unknown = set(entry) - {field.name for field in fields(shape)} - set(more)
    if unknown:
        raise ValueError(f"{shape.__name__} of a case knows no {sorted(unknown)}")


def _plain(entry: Entry, *names: str) -> dict[str, Any]:
    return {name: entry[name] for name in names if name in entry}


def _decimal(entry: Entry, name: str) -> Decimal | None:
    return Decimal(str(entry[name])) if name in entry else None


def _figure(raw: str, unit: str | None = None) -> Quantity:
    """The quantity of a printed figure. Raises ValueError where it is none (a case's own fault)."""
    read = quantity.read(raw)
    if read is None or read.value is None:
        raise ValueError(f"{raw} is no number")
    if unit is None:
        return read
    return Quantity(
        read.raw,
        read.start,
        read.end,
        read.value,
        unit,
        read.decimals,
        read.operator,
        read.qualifier,
        read.high,
    )


def _passages(entries: Sequence[Entry]) -> list[Passage]:
    found = []
    at = 0
    for seq, entry in enumerate(entries):
        _known(entry, Passage)
        text = Text.of(str(entry["text"]), at)
        at += len(text) + 1
        more = _plain(entry, "level", "ordinal", "source")
        found.append(Passage(seq, entry.get("evaluation", 0), text.fold(lexicon.folding()).tight(), **more))
    return found


def _head(entry: Entry, source: _Source) -> Head:
    _known(entry, Head)
    named = ("title", "issuer", "doc_number", "issued_raw")
    places = {name: source.place("head." + name, entry[name]) for name in named if name in entry}
    if "issued_raw" in places:
        places["issued_on"] = places["issued_raw"]
    return Head(**{**entry, "places": places})


def _evaluation(seq: int, entry: Entry, source: _Source) -> Evaluation:
    """Its fields; `source` = "table" where a table's head prints them."""
    _known(entry, Evaluation, "source")
    given = {name: value for name, value in entry.items() if name != "source"}
    kind = entry.get("source", "prose")
    places = {name: source.place("evaluation." + name, str(value), kind) for name, value in given.items()}
    values = {**given, "total_score": _decimal(entry, "total_score")}
    return Evaluation(seq, place=next(iter(places.values()), None), places=places, **values)


def _funds(entries: Sequence[Entry], source: _Source) -> list[Fund]:
    """`label`, `raw`, `role`; `part_of` is the position of the total in the list; `unit` is that of a table's head."""
    funds = []
    for seq, entry in enumerate(entries):
        _known(entry, Fund, "part_of")
        read = _figure(entry["raw"], entry.get("unit"))
        assert read.value is not None
        funds.append(
            Fund(
                seq=seq,
                evaluation=entry.get("evaluation", 0),
                parent_seq=entry.get("part_of"),
                label=entry["label"],
                raw=entry["raw"],
                value=read.value,
                yuan=quantity.money(read),
                unit=read.unit,
                decimals=read.decimals,
                role=entry.get("role", "budget"),
                place=source.place("fund", entry["raw"], "table" if "column" in entry else "prose"),
                doc_numbers=tuple(entry.get("doc_numbers", ())),
                qualifier=entry.get("qualifier", read.qualifier),
                max_score=_decimal(entry, "max_score"),
                score=_decimal(entry, "score"),
                **_plain(entry, "split", "partial", "column"),
            )
        )
    return funds


def _amounts(entries: Sequence[str] | None, passages: Sequence[Passage], source: _Source) -> list[Amount]:
    """The sums of money that a case names, or else all of its passages'."""
    if entries is not None:
        pairs = [(_figure(raw), source.place("amount", raw)) for raw in entries]
    else:
        pairs = [
            (read, passage.place(read.start, read.end))
            for passage in passages
            for read in quantity.scan(passage.text.string)
            if (quantity.dimension(read.unit) or "").startswith("money") and read.value is not None
        ]
    return [
        Amount(seq, read.raw, read.value, quantity.money(read), read.unit, read.decimals, read.qualifier, place)
        for seq, (read, place) in enumerate(pairs)
        if read.value is not None
    ]


def _rate(seq: int, entry: Entry, source: _Source) -> Rate:
    """`name`, `raw` (`79.6%`), and with `fund` the position of the fund whose row or sentence it stands in."""
    _known(entry, Rate, "fund", "source")
    read = _figure(entry["raw"])
    assert read.value is not None
    return Rate(
        seq=seq,
        evaluation=entry.get("evaluation", 0),
        name=entry["name"],
        raw=entry["raw"],
        value=read.value,
        decimals=read.decimals,
        place=source.place("rate", entry["raw"], entry.get("source", "prose")),
        fund_seq=entry.get("fund"),
        qualifier=entry.get("qualifier", read.qualifier),
    )


def _indicator(seq: int, entry: Entry, source: _Source) -> Indicator:
    """`name`, `target` (`≥70个`), `actual`, `status`; a column's own units as `target_unit`, `actual_unit`."""
    _known(entry, Indicator, "target", "actual", "source")
    kind = entry.get("source", "prose")
    places = {"name": source.place("indicator", entry["name"], kind)}
    for name in ("target", "actual", "status_raw", "reason"):
        if name in entry:
            places[name.removesuffix("_raw")] = source.beside(places["name"], entry[name])
    for name in ("max_score", "score"):
        if name in entry:
            places[name] = source.beside(places["name"], str(entry[name]))
    target = quantity.read(entry.get("target", ""))
    actual = quantity.read(entry.get("actual", ""))
    return Indicator(
        seq=seq,
        evaluation=entry.get("evaluation", 0),
        name=entry["name"],
        place=places["name"],
        operator=entry.get("operator", target.operator if target else None),
        target_raw=entry.get("target"),
        target_value=target.value if target else None,
        target_unit=entry.get("target_unit", (target.unit or None) if target else None),
        actual_raw=entry.get("actual"),
        actual_value=actual.value if actual else None,
        actual_unit=entry.get("actual_unit", (actual.unit or None) if actual else None),
        max_score=_decimal(entry, "max_score"),
        score=_decimal(entry, "score"),
        places=places,
        **_plain(entry, "level1", "level2", "ordinal", "status_raw", "status", "reason"),
    )


def _weight(seq: int, entry: Entry, source: _Source) -> Weight:
    """`label`, `kind` ('level1', 'level2', 'total'), `max_score`, `score`; `source` = "prose" for running text."""
    _known(entry, Weight, "source")
    return Weight(
        seq=seq,
        evaluation=entry.get("evaluation", 0),
        label=entry["label"],
        kind=entry["kind"],
        max_score=_decimal(entry, "max_score"),
        score=_decimal(entry, "score"),
        place=source.place("weight", entry["label"], entry.get("source", "table")),
    )


def _doc_number(seq: int, entry: Entry, source: _Source) -> DocNumber:
    """`raw`, `role`, `form`; the parts are read from `raw` unless the case gives them."""
    _known(entry, DocNumber)
    parts = _CANONICAL.search(entry["raw"])
    code, year, number = parts.group("code", "year", "number") if parts else (entry["raw"], None, "")
    return DocNumber(
        seq=seq,
        evaluation=entry.get("evaluation", 0),
        raw=entry["raw"],
        normalized=entry.get("normalized", f"{code}〔{year}〕{number}号"),
        agency_code=entry.get("agency_code", code),
        year=entry.get("year", int(year) if year else None),
        number=entry.get("number", number),
        role=entry.get("role", "cited"),
        place=source.place("doc_number", entry["raw"]),
        form=tuple(entry.get("form", ())),
    )
