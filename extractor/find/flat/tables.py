"""Flattened self-evaluation tables (自评表) in running text → their facts, and the paragraphs that they take.

Web copies and text exports of a form keep its words in order and lose its rules: cells are one a line, or parted by
blanks, tabs, bars, or by nothing. A form is known by its heads: two or more of them stand side by side, which happens
nowhere else. Each label of a project's name opens a form of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon
from extractor.find.flat.form import FormReader, FormSpan
from extractor.find.flat.marks import Cluster, Label, Outline, outline
from extractor.find.flat.nodes import Effort
from extractor.find.flat.stream import Stream, streams
from extractor.find.tables.facts import TableFacts
from extractor.model import Document

#: The title of a form stands within so many characters before its first label, and within so many before its first
#: heads where no label opens it.
_TITLE_WITHIN = 160
_HEAD_WITHIN = 400
#: Two titles that stand so near are one, printed twice.
_TITLE_TWICE = 60


def read_flat_tables(document: Document) -> tuple[list[TableFacts], set[int]]:
    """The facts of all flattened forms, in reading order, and the indices in `document.blocks` that they take."""
    facts: list[TableFacts] = []
    taken: set[int] = set()
    effort = Effort()
    for stream in streams(document):
        found = outline(stream)
        for span in _forms(stream, found):
            reader = FormReader(document, stream, span, effort)
            form, start, end = reader.read()
            if form or form.gaps:
                facts.append(form)
                taken |= _blocks(stream, start, end)
    return facts, taken


def _forms(stream: Stream, found: Outline) -> Iterator[FormSpan]:
    """The stretches of the stream that hold one form each."""
    groups: list[list[Cluster]] = []
    starts: list[int] = []
    for cluster in found.clusters:
        if _is_list(cluster, found.subjects):
            continue
        opening = _opening(stream, cluster, found.subjects, groups[-1][-1].end if groups else 0)
        if not groups or opening is not None:
            groups.append([])
            starts.append(_form_start(stream, cluster, opening, groups[-2][-1].end if len(groups) > 1 else 0))
        groups[-1].append(cluster)
    for number, group in enumerate(groups):
        if not any(c.kind == "column" for c in group) and not _stands_alone(group):
            continue
        end = starts[number + 1] if number + 1 < len(starts) else len(stream)
        yield FormSpan(starts[number], end, tuple(group))


def _is_list(cluster: Cluster, subjects: Sequence[Label]) -> bool:
    """Whether the heads belong to a list of projects: the project's name is one of them."""
    return cluster.kind == "fund" and any(0 <= cluster.start - label.end <= 1 for label in subjects)


def _stands_alone(group: Sequence[Cluster]) -> bool:
    """Whether a fund block without indicators is a form: three heads in a row, budget and money spent among them."""
    return any(len(c.heads) >= 3 and {"budget", "spent"} <= c.concepts for c in group)


def _opening(stream: Stream, cluster: Cluster, subjects: Sequence[Label], since: int) -> int | None:
    """Where a new form begins before this cluster: a subject's label, or a title before heads seen before."""
    label = next((s for s in reversed(subjects) if since <= s.start < cluster.start), None)
    if label is not None:
        return label.start
    if since:
        return _title_start(stream, max(since, cluster.start - _TITLE_WITHIN), cluster.start)
    return cluster.start


def _form_start(stream: Stream, cluster: Cluster, opening: int | None, since: int) -> int:
    """The beginning of the form's title, or of its first label."""
    first = cluster.start if opening is None else opening
    within = _TITLE_WITHIN if first < cluster.start else _HEAD_WITHIN
    title = _title_start(stream, max(since, first - within), first)
    return title if title is not None else max(since, stream.line_start(first))


def _title_start(stream: Stream, start: int, end: int) -> int | None:
    """Where the last title between two positions begins; None where there is none. Pages may print it twice."""
    found: int | None = None
    for match in lexicon.pattern("tables.title").regex.finditer(stream.bare, start, end):
        begin = _line_or_piece(stream, match.start(), start)
        if found is None or stream.bare[found:begin].count("。") or begin - found > _TITLE_TWICE:
            found = begin
    return found


def _line_or_piece(stream: Stream, position: int, start: int) -> int:
    """Where the line of a title begins; where lines are long, the piece."""
    line = stream.line_start(position)
    if position - line <= _TITLE_TWICE:
        return max(line, start)
    return max(stream.piece_start(position), start)


def _blocks(stream: Stream, start: int, end: int) -> set[int]:
    """The indices of the blocks that a stretch touches."""
    ends = [begin for begin, _ in stream.blocks[1:]] + [len(stream)]
    return {index for (begin, index), stop in zip(stream.blocks, ends, strict=True) if begin < end and stop > start}
