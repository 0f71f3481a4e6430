"""What was read beside what was promised: whole rows, and for each broken row what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

from facts import Promise, Row, folded

from extractor.find.tables.facts import TableFacts
from extractor.model import Indicator


@dataclass(slots=True)
class Tally:
    """Promised, whole and additional rows, sums and fields; `broken` says what is wrong."""

    rows: int = 0
    whole: int = 0
    extra: int = 0
    sums: int = 0
    sums_read: int = 0
    fields: int = 0
    fields_read: int = 0
    gaps: int = 0
    broken: list[str] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Tally:
        for name in ("rows", "whole", "extra", "sums", "sums_read", "fields", "fields_read", "gaps"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.broken += other.broken
        return self

    @property
    def share(self) -> float:
        """Whole rows by all that were promised or made up."""
        return self.whole / (self.rows + self.extra) if self.rows + self.extra else 1.0


def compared(promises: Sequence[Promise], forms: Sequence[TableFacts]) -> Tally:
    """Each promise with the form that says most of its rows; rows of no promised form are additional."""
    tally = Tally()
    left = list(forms)
    for promise in promises:
        best = max(left, key=lambda facts: _kinship(promise, facts), default=None)
        if best is not None and _kinship(promise, best) > 0:
            left = [facts for facts in left if facts is not best]
        else:
            best = None
        _compare(promise, best, tally)
    for facts in left:
        tally.extra += len(facts.indicators)
        tally.broken += [f"additional row {indicator.name}" for indicator in facts.indicators]
        tally.gaps += len(facts.gaps)
    return tally


def _kinship(promise: Promise, facts: TableFacts) -> float:
    """How much a form is the promised one: by its name, its rows, its sums."""
    names = Counter(row.name for row in promise.rows) & Counter(indicator.name for indicator in facts.indicators)
    labels = {(s.label, s.column) for s in promise.sums} & {(f.label, f.column) for f in facts.funds}
    named = promise.fields.get("subject") is not None and promise.fields.get("subject") == facts.subject
    return sum(names.values()) + 0.1 * len(labels) + (1000.0 if named else 0.0)


def _compare(promise: Promise, facts: TableFacts | None, tally: Tally) -> None:
    indicators = facts.indicators if facts is not None else ()
    _rows(promise.rows, indicators, tally)
    _sums(promise, facts, tally)
    for name, wanted in promise.fields.items():
        tally.fields += 1
        got = getattr(facts, name) if facts is not None else None
        if isinstance(got, Decimal):
            right = got == Decimal(wanted)
        else:
            right = str(got) == wanted
        tally.fields_read += right
        if not right:
            tally.broken.append(f"field {name}: {wanted!r} read as {got!r}")
    if facts is not None:
        tally.gaps += len(facts.gaps)
        tally.broken += [f"gap {gap.kind} {gap.message} {gap.quote[:60]!r}" for gap in facts.gaps]


def _rows(rows: Sequence[Row], indicators: Sequence[Indicator], tally: Tally) -> None:
    wanted, got = [row.name for row in rows], [indicator.name for indicator in indicators]
    tally.rows += len(rows)
    for _, i1, i2, j1, j2 in SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        for i in range(i1, i2):
            j = j1 + i - i1
            if j < j2:
                wrong = differences(rows[i], indicators[j])
                tally.whole += not wrong
                if wrong:
                    tally.broken.append(f"row {rows[i].name}: " + "; ".join(wrong))
            else:
                tally.broken.append(f"row {rows[i].name}: not read")
        for j in range(j1 + (i2 - i1), j2):
            tally.extra += 1
            tally.broken.append(f"additional row {got[j]}")


def differences(row: Row, read: Indicator) -> list[str]:
    """What of a row was read otherwise than it was printed."""
    pairs: list[tuple[str, object, object]] = [
        ("name", row.name, read.name),
        ("level1", row.level1, read.level1),
        ("level2", row.level2, read.level2),
        ("operator", row.target.operator, read.operator),
        ("target_raw", _raw(row.target.printed), read.target_raw),
        ("target_value", row.target.number, read.target_value),
        ("target_unit", _raw(row.target.unit), read.target_unit),
        ("actual_raw", _raw(row.actual.printed), read.actual_raw),
        ("actual_value", row.actual.number, read.actual_value),
        ("actual_unit", _raw(row.actual.unit), read.actual_unit),
        ("max_score", row.max_score, read.max_score),
        ("score", row.score, read.score),
        # Whether a line was ended by hand or by the cell's border cannot be seen.
        ("reason", _unspaced(row.reason), _unspaced(read.reason)),
    ]
    return [f"{name} {wanted!r} read as {got!r}" for name, wanted, got in pairs if wanted != got]


def _unspaced(words: str | None) -> str | None:
    return words.replace(" ", "") if words else words


def _raw(words: str | None) -> str | None:
    return folded(words) or None if words else None


def _sums(promise: Promise, facts: TableFacts | None, tally: Tally) -> None:
    wanted: Counter[tuple[object, ...]] = Counter((s.label, s.column, s.value, s.unit) for s in promise.sums)
    funds = facts.funds if facts is not None else ()
    got: Counter[tuple[object, ...]] = Counter((f.label, f.column, f.value, f.unit) for f in funds)
    tally.sums += sum(wanted.values())
    tally.sums_read += sum((wanted & got).values()) - sum((got - wanted).values())
    tally.broken += [f"sum {missing} not read" for missing in wanted - got]
    tally.broken += [f"additional sum {more}" for more in got - wanted]
