"""Where cells of a flattened block may begin and end, and what each such place costs.

Between two nodes stands a bit of text that no cell parts, or an empty cell. White space parts cells, but a name may go
on over it; where cells are glued together, a change from words to figures, a level or a usual word may part them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from extractor import lexicon, quantity
from extractor.find.flat.marks import GLUED
from extractor.find.flat.stream import ENDS, WALLS, Part, Stream
from extractor.find.tables import words as table_words

#: What it costs that one cell runs over this.
_JOIN = {Part.NONE: 0.0, Part.WRAP: 0.2, Part.BLANK: 1.2, Part.WIDE: 2.2, Part.LINE: 1.2}
_JOIN_IN_ROW = 2.0
#: Over an empty line, where such lines part the cells; and the cost of parting cells where none stands.
_JOIN_OVER_VOID = 3.0
_CUT_AT_WRAP = 0.8
_UNEVEN = 0.7
_BETWEEN_FIGURES = 5.0
#: A piece of glued cells that is shorter holds one cell.
_ONE_CELL = 3
#: A cell runs over so many characters at most.
LONGEST = 160
#: Usual words in glued cells: what it costs to part the cells before them and behind them.
_USUAL = (
    ("mark", None, 0.1),
    ("worded", 0.4, 0.4),
    ("whole", 0.3, 0.3),
    ("name_end", None, 0.8),
    ("qualitative", 0.2, 0.2),
    ("ordinal", 0.2, None),
)
#: A block with more nodes is no form that anybody filled in.
_LONGEST_BLOCK = 12_000
_DIGITS = regex.compile(r"\d[\d.,]*\d")
_SIGNS = regex.compile(r"(?<=[^≥≤><=(])(?:[≥≤><=]=?)(?=\s?\d)")
_TWICE = regex.compile(r"([\p{Han},，、。;]{2,40})\1")
_YEAR = regex.compile(
    r"(?:(?:(?:19|20)\d{2}年?[-—至])?(?:19|20)\d{2}年(?:\d{1,2}月)?|每[年月]?\d{0,2}月?|\d{1,2}月)(?:\d{1,2}日)?(?:底|末|初)?(?:以?前|之前)?"
)


@dataclass(slots=True)
class Effort:
    """What one document may still cost, so that no text made to be slow is read for minutes."""

    #: Characters of glued cells, which have many places to be parted.
    glued: int = 12_000
    #: Nodes; a form has about two hundred, and a department hundreds of forms.
    nodes: int = 60_000

    def spend_glued(self, characters: int) -> bool:
        """Whether so many characters are still within the limit; they are taken from it."""
        self.glued -= characters
        return self.glued >= 0

    def spend_nodes(self, nodes: int) -> bool:
        """Whether so many nodes of one block are within the limits; they are taken from that of the document."""
        if nodes > _LONGEST_BLOCK:
            return False
        self.nodes -= nodes
        return self.nodes >= 0


@dataclass(slots=True)
class Nodes:
    """The nodes of a stretch: `at` their positions in the stream; two nodes at one position hold an empty cell.

    `part` is what parts the cells there, `cut` the cost of parting where nothing is printed.
    """

    stream: Stream
    at: list[int] = field(default_factory=list)
    part: list[Part] = field(default_factory=list)
    cut: list[float] = field(default_factory=list)
    join: list[float] = field(default_factory=list)
    #: Whether each line of the text is a row of the form.
    rows: bool = False

    def __len__(self) -> int:
        return len(self.at) - 1

    def is_empty(self, node: int) -> bool:
        """Whether an empty cell stands behind the node."""
        return node < len(self) and self.at[node] == self.at[node + 1]

    def words(self, start: int, end: int) -> str:
        """The characters between two nodes, for comparing."""
        return self.stream.bare[self.at[start] : self.at[end]]

    def ends(self, start: int) -> Iterator[tuple[int, float]]:
        """The nodes at which a cell that begins at `start` can end, with the cost of what it runs over."""
        if self.is_empty(start):
            yield start + 1, 0.0
            return
        cost, line, widest = 0.0, start, 0
        for end in range(start + 1, len(self) + 1):
            if end > start + 1:
                cost += self.join[end - 1]
                if cost > 7 or self.is_empty(end - 1):
                    return
                if self.part[end - 1] is not Part.NONE:
                    width = self.at[end - 1] - self.at[line]
                    cost += self._uneven(width, widest, end - 1)
                    line, widest = end - 1, max(width, widest)
            if self.at[end] - self.at[start] > LONGEST:
                return
            yield end, cost

    def _uneven(self, width: int, widest: int, node: int) -> float:
        """What it costs that the lines of one narrow cell are not about equally long, but for the last."""
        if self.join[node] < _JOIN[Part.BLANK]:
            return 0.0
        following = self.stream.piece_end(self.at[node]) - self.at[node]
        return _UNEVEN * ((width < widest - 1) + (following > max(width, widest) + 1))


@dataclass(frozen=True, slots=True)
class Body:
    """The stretch of a stream that holds the rows of a block.

    `glued` tells that nothing parts its cells, `empty_first` puts an empty cell before all others.
    """

    start: int
    end: int
    glued: bool = False
    empty_first: bool = False


def nodes(stream: Stream, body: Body, effort: Effort) -> Nodes:
    """The nodes of a block."""
    start, end = body.start, body.end
    cuts = _cuts(stream, body, effort)
    whole = _wholes(stream, start, end)
    found = Nodes(stream)
    if body.empty_first:
        _add(found, start, Part.BAR, 0.0, float("inf"))
    for position in sorted({start, end, *cuts}):
        for _ in range(stream.empties.get(position, 0)):
            _add(found, position, Part.BAR, 0.0, float("inf"))
        part = stream.before[position] if position < len(stream) else Part.ROW
        join = float("inf") if part in WALLS else _JOIN.get(part, 0.0)
        if part is Part.LINE and stream.doubled:
            join = _JOIN_OVER_VOID
        elif part is Part.WRAP and start < position < end:
            cuts[position] = _CUT_AT_WRAP
        if whole[position - start] and part not in WALLS:
            join = 0.0
        elif _two_figures(stream, position):
            join += _BETWEEN_FIGURES
        elif _unit_behind(stream, position):
            join = min(join, 0.2)
        _add(found, position, part, cuts.get(position, 0.0), join)
    found.rows = _row_lines(found, body.glued)
    if found.rows:
        # A line that is a row is not broken inside its cells, so that a blank in it hardly stands inside of one.
        found.join = [
            _JOIN_IN_ROW if join == _JOIN[Part.BLANK] and part is Part.BLANK else join
            for join, part in zip(found.join, found.part, strict=True)
        ]
    return found


def _add(found: Nodes, position: int, part: Part, cut: float, join: float) -> None:
    found.at.append(position)
    found.part.append(part)
    found.cut.append(cut)
    found.join.append(join)


def _row_lines(found: Nodes, glued: bool) -> bool:
    """Whether lines are rows: several of them, with several pieces each, or with cells that nothing parts."""
    lines = sum(part in ENDS for part in found.part[1:-1]) + 1
    pieces = sum(part is not Part.NONE for part in found.part[1:-1]) + 1
    return lines >= 3 and (glued or pieces >= 2.2 * lines)


def _two_figures(stream: Stream, position: int) -> bool:
    """Whether white space stands between two digits: they are figures of two cells."""
    if not 0 < position < len(stream) or stream.before[position] is Part.NONE:
        return False
    return stream.bare[position - 1].isdigit() and stream.bare[position].isdigit()


def _unit_behind(stream: Stream, position: int) -> bool:
    """Whether a blank parts a number and its unit: 735 人次."""
    if not 0 < position < len(stream) or stream.before[position] is not Part.BLANK:
        return False
    if not stream.bare[position - 1].isdigit():
        return False
    unit = stream.bare[position : stream.piece_end(position)]
    return unit == "%" or (len(unit) <= 4 and quantity.dimension(unit) is not None)


def _wholes(stream: Stream, start: int, end: int) -> bytearray:
    """Marks the positions inside of levels and usual words, over which a cell runs for nothing."""
    inside = bytearray(end - start + 1)
    expression = lexicon.pattern("tables.flat.whole").regex
    for position in stream.pieces:
        if not start <= position < end:
            continue
        level = table_words.level_at(stream.bare, position)
        match = expression.match(stream.bare, position, end)
        label = max(
            table_words.fund_total_at(stream.bare, position, end), table_words.fund_part_at(stream.bare, position, end)
        )
        stop = max(level[0] if level else 0, match.end() if match else 0, label)
        stop += bool(label) and stop == label and stream.bare[stop : stop + 1] == ":"
        if stop and stop < end and stream.bare[stop] == "(":
            closing = stream.bare.find(")", stop, stop + 10)
            mark = table_words.weight_mark(stream.bare[stop : closing + 1]) if closing > 0 else None
            stop = closing + 1 if mark else stop
        if stop > position and (stop >= end or stream.begins(stop) or (level and stop == level[0])):
            for inner in range(position + 1, min(stop, end)):
                inside[inner - start] = 1
    return inside


# --- places where nothing is printed ----------------------------------------------------------------------------------


def _cuts(stream: Stream, body: Body, effort: Effort) -> dict[int, float]:
    """Where cells may be parted: position → cost."""
    cuts: dict[int, float] = {}
    position = body.start
    while position < body.end:
        stop = min(stream.piece_end(position), body.end)
        cuts[position] = 0.0
        if stop - position <= (_ONE_CELL if body.glued else GLUED):
            inner = _spaced_cuts(stream, position, stop)
        else:
            inner = _glued_cuts(stream, position, stop) if effort.spend_glued(stop - position) else iter(())
        for at, cost in inner:
            if position < at < stop:
                cuts[at] = min(cost, cuts.get(at, cost))
        position = stop
    return cuts


def _spaced_cuts(stream: Stream, start: int, stop: int) -> Iterator[tuple[int, float]]:
    """A level with a name behind it, a name with a sign behind it: `数量指标培训人数`, `培训人数≥100人`."""
    level = table_words.level_at(stream.bare, start)
    if level is not None and stream.bare[start : level[0]].endswith("指标"):
        # 项目实施 and 资金管理 are levels too, and names begin with them.
        yield level[0], 1.0
    for match in _SIGNS.finditer(stream.bare, start, stop):
        yield match.start(), 1.0
    total = lexicon.pattern("tables.flat.total").regex.match(stream.bare, start, stop)
    if total:
        yield total.end(), 0.3


def _glued_cuts(stream: Stream, start: int, stop: int) -> Iterator[tuple[int, float]]:
    whole = _kept_whole(stream.bare, start, stop)
    for position, cost in _open_cuts(stream, start, stop):
        if position not in whole:
            yield position, cost


def _kept_whole(bare: str, start: int, stop: int) -> set[int]:
    """The positions inside of levels, points in brackets and dates: no cell ends there."""
    spans = [(begin, end) for begin, end, _ in table_words.levels(bare, start, stop)]
    spans += [match.span() for match in lexicon.pattern("tables.flat.mark").regex.finditer(bare, start, stop)]
    spans += [match.span() for match in _YEAR.finditer(bare, start, stop)]
    return {position for begin, end in spans for position in range(begin + 1, end)}


def _open_cuts(stream: Stream, start: int, stop: int) -> Iterator[tuple[int, float]]:
    bare = stream.bare
    piece = bare[start:stop]
    for found in quantity.scan(piece):
        yield from ((start + found.start, 0.2), (start + found.figure[0], 0.2), (start + found.end, 0.2))
    for match in _SIGNS.finditer(bare, start, stop):
        yield match.start(), 0.2
    yield from _number_cuts(bare, start, stop)
    yield from _word_cuts(bare, start, stop)


def _number_cuts(bare: str, start: int, stop: int) -> Iterator[tuple[int, float]]:
    """Around figures, and between the digits of figures that may be several."""
    for match in _YEAR.finditer(bare, start, stop):
        yield match.start(), 0.2
        yield match.end(), 0.4
    for match in regex.finditer(r"\d+(?:\.\d+)*%?", bare, pos=start, endpos=stop):
        yield match.start(), 0.2
        yield match.end(), 0.2
    for match in _DIGITS.finditer(bare, start, stop):
        if match.end() - match.start() > 40:
            continue
        for inner in range(match.start() + 1, match.end()):
            if bare[inner].isdigit() and bare[inner - 1].isdigit() and bare[inner] != "0":
                yield inner, 1.0
    for match in regex.finditer(r"(?<=[\d%\p{Han}])[一\-—/](?=[\d\p{Han}])", bare, pos=start, endpos=stop):
        yield match.start(), 0.6
        yield match.end(), 0.6


def _word_cuts(bare: str, start: int, stop: int) -> Iterator[tuple[int, float]]:
    """Around levels with their points, around usual values, behind usual ends of names."""
    for position, end, _ in table_words.levels(bare, start, stop):
        yield position, 0.2
        yield end, 0.2
        closing = bare.find(")", end, end + 10) if bare[end : end + 1] == "(" else -1
        if closing > 0:
            yield closing + 1, 0.1
    for name, before, behind in _USUAL:
        for match in lexicon.pattern(f"tables.flat.{name}").regex.finditer(bare, start, stop):
            if before is not None:
                yield match.start(), before
            if behind is not None:
                yield match.end(), behind
    for match in _TWICE.finditer(bare, start, stop):
        yield from ((match.start(), 0.3), (match.end(1), 0.3), (match.end(), 0.3))
