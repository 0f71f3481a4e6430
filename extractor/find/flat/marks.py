"""Words of a form inside a stream: heads of columns in clusters, labels of fields and of parts of the form.

A cluster is a row of heads with nothing between them but a label, a level, or a few characters that a scan spoilt. One
head alone means nothing in running text; a cluster does not stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor import lexicon
from extractor.find.flat.stream import Stream
from extractor.find.tables import words as table_words
from extractor.find.tables.words import FUND_CONCEPTS, Head

#: So far before and behind a hit of the cheap search heads are looked for.
_AROUND = 60
#: Hits that are further apart belong to different windows.
_APART = 48
#: So many characters between two heads may be a head that a scan spoilt.
_SPOILT = 9
#: A piece longer than this has cells glued together, and heads stand anywhere in it.
GLUED = 34
_LONGEST = 40
_PARTICLES = frozenset("的之占与和及是")
_ROWS = frozenset({"name", "level1", "level2"})
_VALUES = frozenset({"target", "actual", "max_score", "score"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A head or a label: its place and what it stands for."""

    start: int
    end: int
    concept: str
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Heads in a row. `lost` are places between (or before) them where a head could not be read."""

    kind: str
    heads: tuple[Mark, ...]
    lost: tuple[int, ...] = ()
    levels: tuple[Mark, ...] = ()
    #: Whether nothing parts the heads, so that nothing parts the cells below them either.
    glued: bool = False

    @property
    def start(self) -> int:
        """Where the first head begins, or a level right before it."""
        return min(mark.start for mark in (*self.heads, *self.levels))

    @property
    def end(self) -> int:
        """Where the last head ends."""
        return max(mark.end for mark in self.heads)

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts of the heads."""
        return frozenset(mark.concept for mark in self.heads)


def glued(stream: Stream, position: int) -> bool:
    """Whether the character stands in a long piece, where cells are not parted by anything."""
    return stream.piece_end(position) - stream.piece_start(position) > GLUED


# --- clusters of heads ------------------------------------------------------------------------------------------------


def clusters(stream: Stream) -> list[Cluster]:
    """All clusters of heads in the stream, in order: of the fund block and of the indicator block."""
    found: list[Cluster] = []
    for start, end in _windows(stream):
        for cluster in _clusters_in(stream, start, end):
            if not found or cluster.start >= found[-1].end:
                found.append(cluster)
    return found


def _windows(stream: Stream) -> Iterator[tuple[int, int]]:
    """The parts of the stream in which two words of heads stand near each other; none ends inside the next."""
    begin = end = 0
    for start, stop in _near_hits(stream):
        if start > end and end:
            yield begin, end
        if start > end or not end:
            begin = start
        end = stop
    if end:
        yield begin, end


def _near_hits(stream: Stream) -> Iterator[tuple[int, int]]:
    hits = [match.start() for match in lexicon.pattern("tables.flat.anchor").regex.finditer(stream.bare)]
    begin = 0
    while begin < len(hits):
        end = begin
        while end + 1 < len(hits) and hits[end + 1] - hits[end] <= _APART:
            end += 1
        if end > begin:
            yield max(0, hits[begin] - _AROUND), min(len(stream), hits[end] + _AROUND)
        begin = end + 1


def _clusters_in(stream: Stream, start: int, end: int) -> Iterator[Cluster]:
    heads = _Reader(stream)
    run: list[Mark] = []
    lost: list[int] = []
    levels: list[Mark] = []
    position = start
    while position < end:
        mark = heads.at(position, run)
        if not run and mark is None and (level := _level_before(stream, heads, position)):
            levels = [level]
            position = level.end
            continue
        passed = _passed(stream, position) if run or mark is not None else 0
        if mark is not None and passed <= mark.end:
            run.append(mark)
            position = mark.end
            continue
        if passed:
            level = _level(stream, position, passed)
            if level is not None:
                levels.append(level)
            position = passed
            continue
        if run and (following := heads.behind_unknown(position)):
            run.append(Mark(position, following, "unknown"))
            position = following
            continue
        if run and (following := heads.behind_spoilt(position)):
            lost.append(len(run))
            position = following
            continue
        yield from _parted(stream, run, lost, levels)
        run, lost, levels = [], [], []
        position += 1
    yield from _parted(stream, run, lost, levels)


def _passed(stream: Stream, position: int) -> int:
    """Where a label or a level between two heads ends; 0 where there is none."""
    if not stream.begins(position):
        return 0
    for end in _ends(stream, position):
        words = stream.bare[position:end]
        if table_words.block_of(words) is not None or table_words.is_level2(words) or table_words.is_level1(words):
            return end
    return 0


def _level_before(stream: Stream, heads: _Reader, position: int) -> Mark | None:
    """A level that stands in a piece of its own right before the first head, and holds for the rows below."""
    if not stream.begins(position):
        return None
    level = _level(stream, position, stream.piece_end(position))
    return level if level is not None and heads.at(level.end) is not None else None


def _level(stream: Stream, start: int, end: int) -> Mark | None:
    words = stream.bare[start:end]
    if table_words.is_level2(words):
        return Mark(start, end, "level2")
    return Mark(start, end, "level1") if table_words.is_level1(words) else None


def _ends(stream: Stream, start: int, longest: int = 24) -> list[int]:
    """The ends of the one to five pieces that begin at `start`, the longest first."""
    ends = []
    end = start
    for _ in range(5):
        end = stream.piece_end(end)
        if end - start > longest:
            break
        ends.append(end)
        if end >= len(stream):
            break
    return ends[::-1]


def _parted(stream: Stream, run: Sequence[Mark], lost: Sequence[int], levels: Sequence[Mark]) -> Iterator[Cluster]:
    """The clusters in a run of heads: those of the fund block may stand right before those of the indicators."""
    first = next((i for i, mark in enumerate(run) if mark.concept in (*_ROWS, "sequence")), len(run))
    if first < len(run) and not {mark.concept for mark in run[first:]} & (_VALUES | {"status"}):
        first = len(run)
    columns = list(run[first:])
    before = [mark for mark in run[:first] if mark.concept not in FUND_CONCEPTS]
    if columns and not {"actual", "score"} & {mark.concept for mark in columns}:
        # Heads over the values stand in a line of their own, before those of the levels: 年度指标值 实际完成值 分值.
        own = next((n for n, mark in enumerate(columns) if mark.concept not in (*_ROWS, "sequence")), len(columns))
        columns[own:own] = before if {mark.concept for mark in before} & {"actual", "score"} else []
    funds = _with_misread(stream, _trimmed(run[:first]))
    for kind, marks, offset in (("fund", funds, 0), ("column", columns, first)):
        cluster = Cluster(
            kind,
            tuple(marks),
            tuple(n - offset for n in lost if offset <= n < offset + len(marks)),
            tuple(levels) if kind == "column" else (),
            glued=sum(not stream.begins(mark.start) for mark in marks) > len(marks) // 2,
        )
        if marks and _holds(cluster) and not _goes_on(stream, cluster.end):
            yield cluster


def _trimmed(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Without heads of other blocks before the first head of sums."""
    first = next((i for i, mark in enumerate(marks) if mark.concept in FUND_CONCEPTS), len(marks))
    return marks[first:]


def _with_misread(stream: Stream, marks: Sequence[Mark]) -> Sequence[Mark]:
    """With the head before the first one that a scan misread in one character."""
    if not marks or not glued(stream, marks[0].start):
        return marks
    start = marks[0].start
    for length in range(5, 8):
        head = table_words.misread_fund_head(stream.bare[max(0, start - length) : start])
        if head is not None and head.concept not in {mark.concept for mark in marks}:
            return [Mark(start - length, start, head.concept, head), *marks]
    return marks


def _holds(cluster: Cluster) -> bool:
    """Whether the heads make a block: sums side by side, or indicators with a value."""
    concepts = cluster.concepts
    if cluster.kind == "fund":
        return len(cluster.heads) > 1 and bool(concepts & FUND_CONCEPTS)
    return bool(concepts & _ROWS) and bool(concepts & (_VALUES | {"status"})) and len(cluster.heads) > 1


def _goes_on(stream: Stream, end: int) -> bool:
    """Whether the piece goes on as a phrase does (到位资金与计划资金的比率): its words explain and head nothing."""
    return end < len(stream) and not stream.begins(end) and stream.bare[end] in _PARTICLES


class _Reader:
    """Finds the head at a position."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._dense: dict[int, bool] = {}
        self._found: dict[int, Mark | None] = {}

    def at(self, position: int, run: Sequence[Mark] = ()) -> Mark | None:
        """The head at this position; heads begin with a piece, behind another head (of `run`), or in glued cells.

        The longest counts, but for two heads that look like one: 执行率 and 得分 are two unless there was a 执行率.
        """
        after = run[-1].end if run else -1
        if position >= len(self.stream):
            return None
        if not (self.stream.begins(position) or position == after or self._glued(position)):
            return None
        if position not in self._found:
            self._found[position] = self._longest(position, min(len(self.stream), position + _LONGEST))
        mark = self._found[position]
        return self._first_of_two(mark, run) if mark is not None else None

    def _glued(self, position: int) -> bool:
        """Whether the piece holds cells that nothing parts: it is long, or several words of heads stand in it."""
        begin = self.stream.piece_start(position)
        if begin not in self._dense:
            hits = lexicon.pattern("tables.flat.anchor").regex.finditer(
                self.stream.bare, begin, min(self.stream.piece_end(begin), begin + GLUED)
            )
            self._dense[begin] = glued(self.stream, position) or sum(1 for _ in hits) > 1
        return self._dense[begin]

    def _longest(self, position: int, limit: int) -> Mark | None:
        best: Mark | None = None
        for expression, head in table_words.heads():
            match = expression.match(self.stream.bare, position, limit)
            if match is None:
                continue
            end = self._without_points(position, match.end())
            if end <= position or (best is not None and end <= best.end):
                continue
            if self._ends_well(position, end, head):
                best = Mark(position, end, head.concept, head)
        return best

    def _without_points(self, start: int, end: int) -> int:
        """The end without the points of a level whose name is lost: a head's last bracket that begins a new piece."""
        bracket = self.stream.bare.rfind("(", start + 1, end)
        if bracket > 0 and self.stream.begins(bracket):
            mark = table_words.weight_mark(self.stream.bare[bracket:end])
            if mark is not None and mark["unit"] == "分":
                return bracket
        return end

    def _first_of_two(self, mark: Mark, run: Sequence[Mark]) -> Mark:
        known = {other.concept for other in run}
        for middle in range(mark.start + 2, mark.end - 1):
            if not (self.stream.begins(middle) or self._glued(middle)):
                continue
            second = self._longest(middle, mark.end)
            if second is None or second.end != mark.end:
                if not self._is_label(middle, mark.end):
                    continue
                second = None
            first = self._longest(mark.start, middle)
            if first is None or first.end != middle or (second is not None and first.concept == second.concept):
                continue
            if self.stream.begins(middle) or first.concept not in known:
                return first
        return mark

    def _is_label(self, start: int, end: int) -> bool:
        """Whether a row of sums begins with these words, which only look like the end of a head."""
        words = self.stream.bare[start:end]
        return self.stream.begins(start) and (table_words.is_fund_total(words) or table_words.is_fund_part(words))

    def _ends_well(self, start: int, end: int, head: Head) -> bool:
        whole = self.stream.begins(start) and self.stream.begins(end)
        if whole or head.alone:
            return whole
        return self._glued(end - 1) or end - start >= 3

    def behind_unknown(self, position: int) -> int:
        """Where the next head begins, if a piece stands before it that is a head of a kind not known; else 0."""
        if not self.stream.begins(position):
            return 0
        end = self.stream.piece_end(position)
        words = self.stream.bare[position:end]
        bare = words.partition("(")[0]
        if not 2 <= len(bare) <= 12 or not all("一" <= character <= "鿿" for character in bare):
            return 0
        if table_words.field_of(words) or table_words.is_fund_total(words) or table_words.is_fund_part(words):
            return 0
        following = self.at(end) if end < len(self.stream) else None
        return end if following is not None and following.head is not None and not following.head.alone else 0

    def behind_spoilt(self, position: int) -> int:
        """Where the next head begins, if only a few characters that are no cell stand before it; else 0."""
        for following in range(position + 1, min(position + _SPOILT, len(self.stream))):
            if self.stream.bare[following - 1].isdigit() or table_words.level_at(self.stream.bare, following - 1):
                return 0
            if self.at(following) is not None and self._glued(following):
                return following
        return 0


def head_at(stream: Stream, position: int) -> Mark | None:
    """The head at this position, whether others stand beside it or not."""
    return _Reader(stream).at(position)


# --- labels -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a field (`subject` …), of a part of the form (`goals` …) or of the total."""

    start: int
    end: int
    kind: str
    name: str


def labels(stream: Stream, start: int, end: int) -> list[Label]:
    """The labels between two positions, the longest at each place."""
    candidates = [
        *(label for position in stream.pieces if start <= position < end and (label := _label_at(stream, position))),
        *_labels_inside(stream, start, end),
    ]
    found: list[Label] = []
    position = start
    for label in sorted(candidates, key=lambda label: (label.start, -label.end)):
        if label.start >= position and label.end <= end:
            found.append(label)
            position = label.end
    return found


def _label_at(stream: Stream, position: int) -> Label | None:
    if stream.begins(position):
        for end in _ends(stream, position, 20):
            words = stream.bare[position:end].rstrip(":")
            name = table_words.field_of(words)
            if name is not None:
                return Label(position, end, "field", name)
            name = table_words.block_of(words)
            if name is not None:
                return Label(position, end, "block", name)
    return None


def _labels_inside(stream: Stream, start: int, end: int) -> Iterator[Label]:
    """Labels with their value glued to them: `项目名称:道路工程`, or anything in a piece of glued cells."""
    opened: set[int] = set()
    for expression, kind, name, alone in table_words.labels():
        for match in expression.finditer(stream.bare, start, end):
            begin, stop = match.span()
            if not 3 <= stop - begin <= 24:
                continue
            if name in _STRONG and stream.begins(begin):
                opened.add(begin)
            inside = glued(stream, begin) or (name in _STRONG and stream.piece_start(begin) in opened)
            if not (inside or stream.begins(begin)):
                continue
            colon = stream.bare[stop : stop + 1] == ":"
            unit = stream.bare[stop - 2 : stop] == "元)"
            if colon or (not alone and (inside or (name in _STRONG and stop - begin >= 4))) or (inside and unit):
                yield Label(begin, stop + colon, kind, name)


#: Fields whose label may have its value glued to it without a colon.
_STRONG = frozenset(
    {"subject", "department", "unit", "unit_name", "total_score", "central_department", "local_department"}
)


@dataclass(slots=True)
class Outline:
    """The clusters and the subject's labels of a stream."""

    clusters: list[Cluster] = field(default_factory=list)
    subjects: list[Label] = field(default_factory=list)


def outline(stream: Stream) -> Outline:
    """What a stream holds of forms; nothing where no cluster of the indicator block stands in it."""
    found = Outline(clusters(stream))
    if found.clusters:
        expression = lexicon.pattern("tables.flat.subject").regex
        for match in expression.finditer(stream.bare):
            begin, stop = match.span()
            if stream.begins(begin) or glued(stream, begin):
                found.subjects.append(Label(begin, stop, "field", "subject"))
    return found
