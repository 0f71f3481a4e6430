"""TOML → paper and facts: marks in running text, indicators in sentences, forms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples.making.facts import STATUS, DocumentNumber, Facts, Indicator, Money, Rate, Weight, printed, value
from samples.making.forms import Form
from samples.making.paper import Item, Line, Style, Turn

_MARK = re.compile(r"\{(?P<text>[^{}:]+): (?P<what>[^{}]+)\}")
_HEADINGS = (
    ("h1", re.compile(r"[一二三四五六七八九十]+、")),
    ("h2", re.compile(r"（[一二三四五六七八九十]+）")),
    ("h3", re.compile(r"\d+\.(?!\d)")),
)
#: A paragraph that is longer is a numbered sentence and no heading.
_LONGEST_HEADING = 34


@dataclass
class Sample:
    """One report: what its source says, what is printed, and the facts."""

    name: str
    data: dict[str, Any]
    items: list[Item] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)

    @property
    def style(self) -> Style:
        """How it is printed."""
        return Style(**self.data.get("style", {}))

    @property
    def evaluations(self) -> list[dict[str, Any]]:
        """The funds and projects that it evaluates, in the order of their tables."""
        return list(self.data["evaluation"])


def read(path: Path) -> Sample:
    """The report that a source describes."""
    sample = Sample(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    reader = _Reader(sample)
    for block in sample.data["block"]:
        reader.add(block)
    return sample


class _Reader:
    """Adds the blocks of one source to its sample."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.facts = sample.facts
        self.money: dict[str, Money] = {}
        self.evaluation = 0

    def add(self, block: dict[str, Any]) -> None:
        """Add one block of the source."""
        self.evaluation = block.get("evaluation", self.sample.data.get("narrative", 0))
        if "turn" in block:
            self.sample.items.append(Turn(block["turn"] == "landscape"))
        if "text" in block:
            self.sample.items.extend(self._lines(block))
        elif "sentences" in block:
            self.sample.items.extend(self._sentences(block))
        elif "form" in block:
            self.sample.items.extend(Form(block, self.evaluation, self.facts).grids())

    # --- running text ---

    def _lines(self, block: dict[str, Any]) -> Iterator[Line]:
        for line in block["text"].strip("\n").split("\n"):
            text = _MARK.sub(self._mark, line)
            yield Line(block.get("style") or _style(text), text)

    def _mark(self, match: re.Match[str]) -> str:
        text = match["text"]
        first, *rest = (part.strip() for part in match["what"].split(","))
        if first in ("doc", "own"):
            role = "own" if first == "own" else "cited"
            self.facts.documents.append(DocumentNumber(text, role, self.evaluation))
        elif first == "rate":
            part, _, whole = rest[1].partition("/") if len(rest) > 1 else ("", "", "")
            over, under = (self.money[part], self.money[whole]) if whole else (None, None)
            self.facts.rates.append(Rate(text, rest[0], over, under, self.evaluation))
        elif first == "total":
            self.facts.weights.append(Weight(text, "total", None, rest[0], self.evaluation))
        elif first == "indicator":
            name, target = rest
            indicator = Indicator(name, value(target), value(text), evaluation=self.evaluation)
            self.facts.indicators.append(indicator)
        else:
            self._take_money(text, first, rest)
        return text

    def _take_money(self, text: str, name: str, rest: list[str]) -> None:
        key, _, above = name.partition("<")
        label, role, *documents = rest
        money = Money(
            text,
            label,
            role,
            key,
            self.money[above.lstrip("~")] if above else None,
            above.startswith("~"),
            tuple(document.removeprefix("+") for document in documents),
            evaluation=self.evaluation,
        )
        self.facts.money.append(money)
        self.money[key] = money

    # --- indicators in sentences ---

    def _sentences(self, block: dict[str, Any]) -> Iterator[Line]:
        if "heading" in block:
            yield Line("h3", block["heading"])
        made = []
        for number, row in enumerate(block["rows"], 1):
            name, target, actual, status = row
            made.append(
                block["sentences"].format(n=number, name=name, target=target, actual=printed(actual), status=status)
            )
            self.facts.indicators.append(
                Indicator(
                    name,
                    value(target),
                    value(actual),
                    block.get("level1"),
                    block["level2"],
                    str(number) if "{n}" in block["sentences"] else None,
                    status_raw=status if status in STATUS else None,
                    evaluation=self.evaluation,
                )
            )
        if block.get("run_on", False):
            yield Line("body", block.get("before", "") + "".join(made))
        else:
            yield from (Line("body", sentence) for sentence in made)


def _style(text: str) -> str:
    for name, pattern in _HEADINGS:
        if pattern.match(text) and len(text) <= _LONGEST_HEADING:
            return name
    return "body"
