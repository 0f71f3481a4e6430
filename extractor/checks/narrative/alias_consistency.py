"""Two short names for one body, or one short name for two.

Compares: the short names that are defined in the text (X（以下简称“Y”）) with each other; and for each body that is
    named in full (省工业和信息化厅) the short forms that the text uses of it (省工信厅).
Formula: one name, one short name; one short name, one name.
Tolerance: a short form that is a piece of the full name as it stands (省农业厅 of 岭东省农业厅), or that leaves out 和
    alone, is no other name.
False alarms: another body whose name is made of the same characters, a body under its former name: which is why this is
    a note. The short form right behind its full name, outside of brackets, is another check's.
Example: 省工信厅 and 省工业厅 for 吉林省工业和信息化厅.
Source: 国发〔2000〕23号, art. 25, no longer in force and still the habit: a short name is told once and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor import lexicon
from extractor.checks.base import Check, quoted
from extractor.checks.wording import running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Passage, Report, Verdict

ZH = """同一单位两个简称，或同一简称指两个名称。

核对内容：文中定义的简称（X（以下简称“Y”））相互之间；文中写过全称的单位（省工业和信息化厅）所用的各个简称（省工信厅）。
公式：一个全称一个简称，一个简称一个全称。
容差：截取全称中连续一段的（岭东省农业厅、省农业厅）、仅省略“和”字的，不算另一个名称。
易误报：用字相近的另一单位、机构改革前的旧称，故只作提示；全称后不加括号直接写简称的由另一检查报告。
例：吉林省工业和信息化厅，既称省工信厅，又称省工业厅。
依据：国发〔2000〕23号第二十五条（已废止，仍为惯例）：使用简称应先用全称并注明简称。
"""

#: A full name has at least so many characters, and a short one leaves out at least as many as this.
_FULL, _LEFT_OUT = 6, 2
#: So much of the end of a defined name tells whether two definitions are of the same name.
_END = 6

_Placed = tuple[str, Evidence]


@dataclass(frozen=True, slots=True)
class _Definition:
    full: str
    alias: str
    evidence: Evidence


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    passages = list(running(report))
    definitions = [one for passage in passages for one in _defined(passage)]
    yield from _conflicts(definitions)
    for full, places in _bodies(passages).items():
        short = _short_forms(passages, full, definitions)
        if short:
            yield _judge(full, places, short)


# --- definitions ------------------------------------------------------------------------------------------------------


def _defined(passage: Passage) -> Iterator[_Definition]:
    for match in lexicon.pattern("check.alias.definition").regex.finditer(passage.text.string):
        yield _Definition(match["full"], match["alias"], quoted(passage, match.start(), match.end(), around=0))


def _conflicts(definitions: Sequence[_Definition]) -> Iterator[Verdict]:
    """Definitions that contradict each other; each one is compared with the first of its kind."""
    first: list[_Definition] = []
    for one in definitions:
        before = next((other for other in first if _same(other.full, one.full) != (other.alias == one.alias)), None)
        if before is None:
            first.append(one)
            continue
        cited = (before.evidence, one.evidence)
        if before.alias == one.alias:
            message = Message.of(
                "“{alias}” stands for “{one}” and for “{other}”", alias=one.alias, one=before.full, other=one.full
            )
        else:
            message = Message.of(
                "“{name}” is shortened to “{one}” and to “{other}”", name=one.full, one=before.alias, other=one.alias
            )
        formula = f"{before.full} = {before.alias}; {one.full} = {one.alias}"
        yield CHECK.inconsistent(None, message, formula=formula, evidence=cited)
    masked = lexicon.matcher("check.masked")
    for one in first:
        if masked.search(one.evidence.quote):
            message = Message.of("“{alias}” stands for a masked name", alias=one.alias)
            yield CHECK.uncheckable(None, message, evidence=(one.evidence,))


def _same(one: str, other: str) -> bool:
    """Whether two definitions are of one name: where a name begins in its sentence is not known, its end is."""
    return one.endswith(other[-_END:]) or other.endswith(one[-_END:])


# --- short forms of bodies --------------------------------------------------------------------------------------------


def _bodies(passages: Sequence[Passage]) -> dict[str, list[Evidence]]:
    """The bodies that are named in full, from the word of their level on (省工业和信息化厅), with their places."""
    found: dict[str, list[Evidence]] = {}
    pattern = lexicon.pattern("check.alias.body").regex
    for passage in passages:
        for match in pattern.finditer(passage.text.string):
            if len(match["body"]) >= _FULL:
                found.setdefault(match["body"], []).append(quoted(passage, *match.span("body"), around=0))
    # A name within a longer one is that one's own short form, or its end.
    return {name: places for name, places in found.items() if not any(_within(name, other) for other in found)}


def _within(name: str, other: str) -> bool:
    return name != other and _is_piece(name, other)


def _is_piece(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in their order, and both begin and end alike."""
    rest = iter(full)
    return short[0] == full[0] and short[-1] == full[-1] and all(character in rest for character in short)


def _short_forms(
    passages: Sequence[Passage], full: str, definitions: Sequence[_Definition]
) -> dict[str, list[Evidence]]:
    """The short forms of a body: its own characters with others left out, no unbroken piece of its name."""
    found: dict[str, list[Evidence]] = {}
    pattern = regex.compile(rf"{full[0]}\p{{Han}}{{1,{len(full) - 2}}}?{full[-1]}")
    own = {one.alias for one in definitions if not _same(one.full, full)}
    for passage in passages:
        for match in pattern.finditer(passage.text.string, overlapped=True):
            form = match[0]
            if _is_piece(form, full) and form not in own and not _unbroken(form, full):
                found.setdefault(form, []).append(quoted(passage, match.start(), match.end()))
    return {
        form: places for form, places in found.items() if not any(form != other and form in other for other in found)
    }


def _unbroken(form: str, full: str) -> bool:
    """Whether the form is the full name, a piece of it as it stands, or lacks only 和."""
    return form[1:] in full or len(full) - len(form) < _LEFT_OUT


def _judge(full: str, places: Sequence[Evidence], short: dict[str, list[Evidence]]) -> Verdict:
    forms = list(short)
    cited = (places[0], *(evidence for several in short.values() for evidence in several[:1]))
    if len(forms) == 1:
        message = Message.of("“{name}” has one short form, {short}", name=full, short=forms[0])
        return CHECK.consistent(None, message, evidence=cited)
    message = Message.of("“{name}” is shortened to “{one}” and to “{other}”", name=full, one=forms[0], other=forms[1])
    return CHECK.inconsistent(None, message, formula=" ≠ ".join(forms), evidence=cited)


CHECK = Check(id="alias-consistency", severity="note", run=run)
