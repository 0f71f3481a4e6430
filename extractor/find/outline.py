"""Paragraphs → passages with their headings' levels, and the path of headings that each passage stands under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor import lexicon, numeral
from extractor.find.script import simplified, without_debris
from extractor.model import Box, Document, Line, Paragraph, Passage, Table
from extractor.text import Text

#: A numbered sentence that is longer than this up to its first stop is no heading but a paragraph with a number.
_LONGEST_HEADING = 40
#: Up to a colon a heading is shorter: what stands before a colon is often half a sentence.
_LONGEST_BEFORE_COLON = 30
#: A line that is cut in its sentence is not shorter than this; shorter ones are cells of forms that ran into text.
_SHORTEST_CUT = 12
_ENDS = "。！？!?;；:："
#: So many characters at both sides of a line's end are looked at for a figure that it cuts.
_CUT = 24
#: The level of a heading that lost its mark, for `sections`: below all that have one.
_BARE = 5

_LineBox = tuple[int, int, int | None, Box | None]


def passages(document: Document) -> tuple[Passage, ...]:
    """The running text in passages: a paragraph each, or several where a paragraph holds headings of its own."""
    found: list[Passage] = []
    paged = document.format == "pdf"
    for block in _whole(document.blocks):
        lines = [_line_box(line, paged) for line in block.lines if len(line.text)]
        for part in _parts(without_debris(block.text)):
            text = part.tight()
            if text:
                level, ordinal = mark(text.string)
                if level is None:
                    level, ordinal = _counted_on(text.string, found[-1] if found else None)
                span = text.span()
                own = tuple(line for line in lines if line[0] < span.end and span.start < line[1])
                found.append(Passage(len(found), None, text, level, ordinal, own))
    return tuple(found)


def _counted_on(string: str, before: Passage | None) -> tuple[int | None, str | None]:
    """The mark of a list item whose name begins with a figure, told by the item before it (3.…, 4.2型糖尿病…)."""
    match = lexicon.pattern("headings.number_run_on").regex.match(string)
    if match is None or before is None or before.level is None or not (before.ordinal or "").isdecimal():
        return None, None
    follows = int(match["number"]) == int(before.ordinal or 0) + 1
    numbered = before.text.string.startswith((f"{before.ordinal}.", f"{before.ordinal}．", f"{before.ordinal}、"))
    return (before.level, match["number"]) if follows and numbered else (None, None)


def _whole(blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph]:
    """The paragraphs, those joined of which the words show that a line's end cut them (30⏎6.4万元, 2010.78万⏎元).

    A printed page number in between is told behind them.
    """
    held: list[Paragraph] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield from held
            held = []
        elif held and _runs_on(held[0].text.tight().string, block.text.tight().string):
            joined = Text.join((held[0].text, block.text))
            held[0] = Paragraph(joined, (*held[0].lines, *block.lines))
        elif len(held) == 1 and lexicon.pattern("headings.page_number").regex.match(block.text.string):
            held.append(block)
        else:
            yield from held
            held = [block]
    yield from held


def _runs_on(string: str, following: str) -> bool:
    """Whether one sentence is cut between two paragraphs: the first has no end, or the second no beginning."""
    if len(string) < _SHORTEST_CUT or not following or lexicon.pattern("headings.bare").regex.match(string):
        return False
    if lexicon.pattern("headings.cut").regex.search(string[-_CUT:] + "\n" + following[:_CUT]):
        return True
    if string[-1] in _ENDS or not lexicon.pattern("headings.running").regex.search(string):
        return False
    if lexicon.pattern("headings.no_beginning").regex.match(following):
        return True
    return mark(following)[0] is None and lexicon.pattern("headings.no_end").regex.search(string) is not None


def _line_box(line: Line, paged: bool) -> _LineBox:
    span = line.text.span()
    return span.start, span.end, line.page if paged else None, line.box


def mark(string: str) -> tuple[int | None, str | None]:
    """Level (0 第一部分, 1 一、, 2 (一), 3 1., 4 (1)) and number of the heading mark that a text begins with."""
    if not string or string[0] not in _STARTS:
        return None, None
    for pattern in lexicon.family("headings.mark"):
        match = pattern.regex.match(string)
        if match:
            printed = next(value for value in match.groups() if value)
            return int(pattern.data["level"]), _number(printed)
    return None, None


#: What heading marks begin with: a cheap guard before the expressions.
_STARTS = frozenset("第一二三四五六七八九十(〔【0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")


def _number(printed: str) -> str:
    code = ord(printed[0])
    if 0x2460 <= code <= 0x2473:
        return str(code - 0x2460 + 1)
    if 0x2474 <= code <= 0x2487:
        return str(code - 0x2474 + 1)
    value = int(printed) if printed.isdecimal() else numeral.whole(printed)
    return printed if value is None else str(value)


@dataclass(slots=True)
class _Counter:
    """The last number at each level: a heading inside a paragraph counts on or begins anew with one."""

    last: dict[int, int] = field(default_factory=dict)

    def take(self, level: int, ordinal: str) -> bool:
        """Whether this number follows at its level; takes note of it."""
        if not ordinal.isdecimal():
            return False
        number = int(ordinal)
        if number not in (1, self.last.get(level, 0) + 1):
            return False
        self.note(level, number)
        return True

    def note(self, level: int, number: int) -> None:
        """Take note of a number; deeper levels begin anew."""
        self.last = {known: value for known, value in self.last.items() if known < level}
        self.last[level] = number


def _parts(text: Text) -> Iterator[Text]:
    """The paragraph, parted before the headings inside it that count on (web copies lose their line breaks)."""
    string = text.string
    counter = _Counter()
    level, ordinal = mark("".join(string[:20].split()))
    if level is not None and ordinal is not None and ordinal.isdecimal():
        counter.note(level, int(ordinal))
    starts = [0]
    for match in lexicon.pattern("headings.break").regex.finditer(string):
        at = match.end()
        if not string[:at].strip():
            continue
        level, ordinal = mark(string[at : at + 12])
        if level is not None and ordinal is not None and _fits(counter, level, ordinal):
            starts.append(at)
    for start, end in pairwise((*starts, len(string))):
        title = lexicon.pattern("headings.run_in").regex.match(string, start, end)
        if title:
            yield text.slice(start, title.end())
        yield text.slice(title.end() if title else start, end)


def _fits(counter: _Counter, level: int, ordinal: str) -> bool:
    """Whether a mark inside a paragraph is a heading: a lower level cannot count on where none was begun."""
    return counter.take(level, ordinal) or (level == 1 and ordinal.isdecimal() and not counter.last)


def heading_text(passage: Passage) -> str:
    """The heading that the passage begins with, without mark and closing stop; '' where it has none.

    It ends at the first full stop or, where it is short, at a colon. A numbered sentence is no heading.
    """
    string = passage.text.string
    if passage.level is None:
        return string.strip(":：。)") if is_bare_heading(string) else ""
    for pattern in lexicon.family("headings.mark"):
        match = pattern.regex.match(string)
        if match:
            string = string[match.end() :]
            break
    stop = lexicon.pattern("headings.sentence").regex.search(string)
    heading = string[: stop.start()] if stop else string
    colon = lexicon.pattern("headings.colon").regex.search(heading)
    if colon and colon.start() <= _LONGEST_BEFORE_COLON:
        heading = heading[: colon.start()]
    named = lexicon.pattern("headings.indicator_run_on").regex.match(heading)
    if named:
        heading = named[0]
    return heading.strip() if len(heading) <= _LONGEST_HEADING else ""


def is_bare_heading(string: str) -> bool:
    """Whether a line of its own is a heading that lost its mark."""
    return len(string) <= 26 and lexicon.pattern("headings.bare").regex.match(simplified(string)) is not None


def sections(found: Sequence[Passage]) -> list[tuple[str, ...]]:
    """For each passage the headings above it, outermost first, its own heading the last."""
    paths: list[tuple[str, ...]] = []
    stack: list[tuple[int, str]] = []
    for passage in found:
        heading = heading_text(passage)
        level = _BARE if passage.level is None else passage.level
        if heading or passage.level is not None:
            stack = [above for above in stack if above[0] < level]
            if heading:
                stack.append((level, heading))
        paths.append(tuple(text for _, text in stack))
    return paths


def level2_of(heading: str) -> str | None:
    """The second level of the indicator tree that a heading names (数量指标 …), in the standard's words; else None.

    A slip (实效) and short forms (经济效益) give the standard name; `printed_level` gives what is printed.
    """
    match = lexicon.pattern("headings.indicator").regex.match(simplified(heading))
    if match is None:
        return None
    for id_, term in lexicon.lexicon().terms.items():
        if id_.startswith("headings.level2.") and any(word in match["type"] for word in term.words):
            return id_.removeprefix("headings.level2.")
    return None


def printed_level(heading: str) -> str | None:
    """The words of a heading that name the indicators' second level, as printed (经济效益, 产出数量指标); else None."""
    match = lexicon.pattern("headings.indicator").regex.match(simplified(heading))
    return heading[match.start("printed") : match.end("printed")] if match else None


def level1_of(heading: str) -> str | None:
    """The first level of the indicator tree that a heading names (产出指标, 效益指标 …), as printed; else None."""
    match = lexicon.pattern("headings.indicator_group").regex.match(simplified(heading))
    return heading[match.start("printed") : match.end("printed")] if match else None
