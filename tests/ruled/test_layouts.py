"""Every layout drawn as a ruled PDF in every way of printing: its rows come out whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from comparison import Tally, compared
from layouts import LAYOUTS
from variants import VARIANTS, document, tally

from extractor.find.tables.evaluations import read_tables
from extractor.read.files import read_bytes

SEED = 1
#: The least share of whole rows over all layouts and ways of printing. It is raised and never lowered.
BAR = 0.995
#: The least share of one layout, and of one way of printing.
LEAST = 0.98
#: The least share of the sums and of the fields of the head.
FACTS_BAR = 0.995
#: This layout has sums and words about the management of money, and no indicators.
WITHOUT_ROWS = {"N"}


@pytest.fixture(scope="module")
def tallies() -> dict[tuple[str, str], Tally]:
    return {(layout, variant): tally(layout, variant, SEED) for layout in LAYOUTS for variant in VARIANTS}


def summed(found: Iterable[Tally]) -> Tally:
    whole = Tally()
    for one in found:
        whole += one
    return whole


def test_rows_come_out_whole(tallies: dict[tuple[str, str], Tally]) -> None:
    everything = summed(tallies.values())
    assert everything.rows > 5000
    assert everything.share >= BAR, "\n".join(everything.broken[:20])


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_rows_of_each_layout_come_out_whole(tallies: dict[tuple[str, str], Tally], layout: str) -> None:
    own = summed(found for (name, _), found in tallies.items() if name == layout)
    assert own.rows > 200 or layout in WITHOUT_ROWS
    assert own.share >= LEAST, "\n".join(own.broken[:20])


@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_rows_of_each_way_of_printing_come_out_whole(tallies: dict[tuple[str, str], Tally], variant: str) -> None:
    own = summed(found for (_, name), found in tallies.items() if name == variant)
    assert own.rows > 100
    assert own.share >= LEAST, "\n".join(own.broken[:20])


def test_sums_and_fields_are_read(tallies: dict[tuple[str, str], Tally]) -> None:
    everything = summed(tallies.values())
    assert everything.sums > 3000
    assert everything.sums_read >= FACTS_BAR * everything.sums, "\n".join(everything.broken[:20])
    assert everything.fields_read >= FACTS_BAR * everything.fields, "\n".join(everything.broken[:20])


def test_what_is_read_otherwise_is_told() -> None:
    """The comparison is worth nothing if it lets anything pass."""
    data, sheets = document("A", "plain", SEED)
    forms = read_tables(read_bytes(data, "drawn.pdf"))
    promise = sheets[0].promise
    assert compared([promise], forms).broken == []
    first = promise.rows[0]
    for changed in (
        replace(first, level1="效益指标"),
        replace(first, level2=None),
        replace(first, name=first.name + "数"),
        replace(first, target=replace(first.target, operator=">")),
        replace(first, target=replace(first.target, unit="台")),
        replace(first, actual=replace(first.actual, printed="1")),
        replace(first, max_score=None),
        replace(first, score=None if first.score is not None else first.max_score),
        replace(first, reason="另有原因"),
    ):
        found = compared([replace(promise, rows=[changed, *promise.rows[1:]])], forms)
        assert found.whole == len(promise.rows) - 1, changed
    assert compared([replace(promise, sums=promise.sums[1:])], forms).sums_read < len(promise.sums)
    assert compared([replace(promise, fields={"subject": "别的项目"})], forms).fields_read == 0
    assert compared([replace(promise, rows=promise.rows[1:])], forms).extra == 1
