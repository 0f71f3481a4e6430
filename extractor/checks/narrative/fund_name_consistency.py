"""The evaluated fund under a name that is not quite its own.

Compares: the fund's or project's name as the title gives it with the names in the text, in the line of the annex and in
    the head of the table that begin and end like it.
Formula: the names are equal without year, place and words that only say what kind of money it is (专项, 补助, 省级).
Tolerance: a name that leaves out its beginning, and one in brackets or behind other marks, is an ellipsis.
False alarms: a fund that was renamed, another fund with a name of the same kind: only names that differ in one place,
    by at most three characters, are told. A name of the text alone that leaves out a word is a note.
Example: 工业和信息化高质量发展专项资金 in the title, 工业和信息化发展专项资金 in the annex.
Source: 财预〔2020〕10号: report, table and target form are about one project under one name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import regex

from extractor import lexicon
from extractor.checks.base import Check, quoted
from extractor.checks.narrative.claimed import evaluation_of
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evaluation, Evidence, Report, Severity, Verdict

ZH = """资金（项目）名称前后不一。

核对内容：标题中的资金或项目名称，与正文、附件说明、自评表表头中首尾与之相同的名称。
公式：不计年度、地名和只说明资金性质的词（专项、补助、省级等），名称相同。
容差：省略开头的简称、括号或其他标点之后的名称视为省略。
易误报：资金更名、名称相近的另一项资金：只报告仅一处不同且不超过三个字的；仅在正文中少写词语的作提示。
例：标题为工业和信息化高质量发展专项资金，附件为工业和信息化发展专项资金。
依据：财预〔2020〕10号：报告、自评表与绩效目标表针对同一项目，名称应一致。
"""

Kind = Literal["title", "table", "annex", "text"]
#: A shorter name is like too many others.
_SHORTEST = 7
#: So many characters at both ends show that it is meant to be the same name.
_HEAD, _TAIL = 2, 2
#: In one place the two may differ by so many characters.
_MOST = 3


@dataclass(frozen=True, slots=True)
class _Name:
    """A name like that of the fund, and where it stands."""

    words: str
    kind: Kind
    evidence: Evidence


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    for evaluation in report.evaluations:
        name = _canonical(report, evaluation)
        if name is not None:
            yield from _judge(evaluation, name, list(_found(report, evaluation, name)))


def _canonical(report: Report, evaluation: Evaluation) -> str | None:
    """The fund's name without place and year; None where it is too short or general to be told from others."""
    name = lexicon.pattern("check.fund_name.frame").regex.sub("", evaluation.subject or "")
    region = report.head.region or evaluation.region or ""
    name = name.removeprefix(region)
    fits = lexicon.pattern("check.fund_name.whole").regex.fullmatch(name)
    return name if len(name) >= _SHORTEST and fits and name not in lexicon.words("head.subject.generic") else None


def _found(report: Report, evaluation: Evaluation, name: str) -> Iterator[_Name]:
    """The names of the report that begin and end as this one."""
    span = f"{{{max(0, len(name) - _HEAD - _TAIL - _MOST)},{len(name) - _HEAD - _TAIL + _MOST}}}"
    pattern = regex.compile(rf"{name[:_HEAD]}\p{{Han}}{span}?{name[-_TAIL:]}")
    annex = lexicon.matcher("check.headline.annex")
    for passage in report.passages:
        if evaluation_of(report, passage) in (evaluation.seq, None):
            string = passage.text.string
            kind: Kind = "annex" if annex.match(string) else "title" if passage.seq == 0 else "text"
            for match in pattern.finditer(string):
                yield _Name(match[0], kind, quoted(passage, match.start(), match.end(), around=0))
    place = evaluation.places.get("subject")
    if place is not None and place.source == "table":
        printed = "".join("\f".join(text for _, text in report.pages)[place.start : place.end].split())
        for match in pattern.finditer(printed):
            yield _Name(match[0], "table", Evidence("evaluations", evaluation.seq, place, printed))


def _judge(evaluation: Evaluation, name: str, found: Sequence[_Name]) -> Iterator[Verdict]:
    same = [one for one in found if _like(name, one.words) == "same"]
    others: dict[str, list[_Name]] = {}
    for one in found:
        if _like(name, one.words) == "changed":
            others.setdefault(one.words, []).append(one)
    for words, places in others.items():
        cited = (*(one.evidence for one in same[:1]), *(one.evidence for one in places))
        message = Message.of("The fund “{name}” is also called “{other}”", name=name, other=words)
        shown = {"formula": f"{name} ≠ {words}", "expected": name, "actual": words}
        yield CHECK.inconsistent(evaluation.seq, message, _severity(name, places), evidence=cited, **shown)
    if others:
        return
    cited = tuple(one.evidence for one in same)
    if len(same) > 1:
        message = Message.of("“{name}” has one name in {count} places", name=name, count=len(same))
        yield CHECK.consistent(evaluation.seq, message, evidence=cited)
    elif same:
        message = Message.of("“{name}” is named in one place only", name=name)
        yield CHECK.uncheckable(evaluation.seq, message, evidence=cited)


def _severity(name: str, places: Sequence[_Name]) -> Severity:
    """A word that the text alone leaves out may be left out on purpose."""
    return "note" if all(one.kind == "text" and len(one.words) < len(name) for one in places) else "warning"


def _like(name: str, other: str) -> Literal["same", "changed", "another"]:
    """Whether two names are one, one that was changed in one place, or those of two funds."""
    kind_words = lexicon.matcher("check.fund_name.kind")
    if name == other or kind_words.sub("", name) == kind_words.sub("", other):
        return "same"
    if len(name) == len(other) and sorted(name) == sorted(other):
        return "changed"
    changes = [op for op in SequenceMatcher(None, name, other, autojunk=False).get_opcodes() if op[0] != "equal"]
    if len(changes) != 1:
        return "another"
    _, start, end, first, last = changes[0]
    if lexicon.matcher("check.fund_name.verb").search(other[first:last]):
        return "another"  # 残疾人家庭实施无障碍改造 says what was done
    gone, come = end - start, last - first
    return "changed" if gone == come == 1 or (0 in (gone, come) and max(gone, come) <= _MOST) else "another"


CHECK = Check(id="fund-name-consistency", severity="warning", run=run)
