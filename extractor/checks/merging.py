"""One thing said once: verdicts on the same comparison, told in the narrative and again in the annexed table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractor.model import Verdict

_Key = tuple[object, ...]


def merged(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts in their order, those that compare equal figures of equal names as one with all places."""
    found: dict[_Key, Verdict] = {}
    for verdict in verdicts:
        key = _key(verdict)
        first = found.get(key)
        if first is None:
            found[key] = verdict
        else:
            cited = (*first.evidence, *(item for item in verdict.evidence if item not in first.evidence))
            found[key] = replace(first, evidence=cited)
    return list(found.values())


def _key(verdict: Verdict) -> _Key:
    """All that a verdict says but for the places of its figures; a verdict without a formula says too little."""
    if not verdict.formula:
        return (id(verdict),)
    message = verdict.message
    said = (message.key, tuple(sorted(message.values.items())), verdict.formula)
    figures = (verdict.expected, verdict.actual, verdict.difference)
    sources = tuple(sorted(item.quote for item in verdict.evidence))
    return (verdict.check_id, verdict.evaluation, verdict.outcome, verdict.severity, said, figures, sources)
