"""One document number with two titles, or one title with two numbers.

Compares: each title in 《》 with the document number right behind or before it, over the whole report.
Formula: one number, one title; one title, one number.
Tolerance: titles are compared without 关于印发 … 的通知, the issuing body, marks and blanks; a title that leaves out
    words of the other is the same one abridged.
False alarms: a rule that was amended or issued anew has two numbers under one title; notices of money go out under one
    title in several batches; several numbers behind one title belong to nobody in particular.
Example: 《项目支出绩效评价管理办法》（财预〔2020〕10号） and 《中央部门预算绩效目标管理办法》（财预〔2020〕10号）.
Source: GB/T 9704-2012, 7.2.5: a number is given to one document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor import lexicon
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.naming import likeness
from extractor.checks.wording import Passages
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import DocNumber, Evidence, Report, Severity, Verdict

ZH = """同一文号两个标题，或同一标题两个文号。

核对内容：全文中每个《》内的文件标题与紧接其后（或其前）的发文字号。
公式：一个文号对应一个标题，一个标题对应一个文号。
容差：比较标题时不计“关于印发……的通知”、发文机关名称、标点和空格；省略部分词语的视为同一标题。
易误报：制度修订或重新印发后，同一标题有两个文号；资金文件常以同一标题分批下达；一个标题后跟几个文号的无法对应。
例：《项目支出绩效评价管理办法》与《中央部门预算绩效目标管理办法》都标为财预〔2020〕10号。
依据：GB/T 9704-2012 第7.2.5条：一个发文字号只编给一份公文。
"""

#: Titles that are this alike differ by a slip of the pen and not in the document.
_SLIP = 0.75
#: A shorter title may be any document's.
_SHORTEST = 5
_UNSURE = {"masked", "fused", "no-number", "shared"}


@dataclass(frozen=True, slots=True)
class _Cited:
    """A title and its number. `core`: the title without what frames it."""

    title: str
    core: str
    number: DocNumber
    amended: bool
    evidence: tuple[Evidence, Evidence]


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    cited = list(_cited(report))
    by_number: dict[str, list[_Cited]] = {}
    by_title: dict[str, list[_Cited]] = {}
    for one in cited:
        by_number.setdefault(one.number.normalized, []).append(one)
        by_title.setdefault(one.core, []).append(one)
    for several in by_number.values():
        if len(several) > 1:
            yield _one_number(several)
    for several in by_title.values():
        if len({one.number.normalized for one in several}) > 1:
            yield from _one_title(several)


def _cited(report: Report) -> Iterator[_Cited]:
    passages = Passages.of(report)
    for number in report.doc_numbers:
        passage = passages.at(number.place)
        if passage is None or number.raw == "" or _UNSURE & set(number.form):
            continue
        string, origin = passage.text.string, passage.text.origin
        start, end = bisect_left(origin, number.place.start), bisect_left(origin, number.place.end)
        match = lexicon.pattern("check.docno.title_before").regex.search(string, 0, start)
        if match is None or _goes_on(string, end):
            match = lexicon.pattern("check.docno.title_behind").regex.match(string, end)
        if match is None:
            continue
        core = _core(match["title"])
        if len(core) >= _SHORTEST:
            amended = lexicon.matcher("check.docno.amended").search(string) is not None
            here = (quoted(passage, match.start("title"), match.end("title"), around=0), evidence(number))
            yield _Cited(match["title"], core, number, amended, here)


def _goes_on(string: str, end: int) -> bool:
    """Whether a second number follows behind the one that a title is followed by."""
    return string[end : end + 1] in ("、", "，", ",", "和")


def _core(title: str) -> str:
    """The title without the issuing body, 关于印发 … 的通知, marks and blanks."""
    inner = lexicon.pattern("check.docno.title_inner").regex.search(title)
    words = inner["title"] if inner is not None else title
    framed = lexicon.pattern("check.docno.title_frame").regex.sub("", words)
    return lexicon.pattern("check.name.noise").regex.sub("", framed)


def _one_number(several: Sequence[_Cited]) -> Verdict:
    """A number that is cited more than once."""
    first = several[0]
    number = first.number.normalized
    other = next((one for one in several[1:] if not _same(first.core, one.core)), None)
    if other is None:
        message = Message.of("{number} has one title wherever it is cited", number=number)
        cited = tuple(item for one in several for item in one.evidence)
        return CHECK.consistent(first.number.evaluation, message, evidence=cited)
    message = Message.of(
        "{number} is the number of “{one}” and of “{other}”", number=number, one=first.title, other=other.title
    )
    severity: Severity | None = "note" if likeness(first.core, other.core) >= _SLIP else None
    shown = {"formula": f"{first.title} ≠ {other.title}", "expected": first.title, "actual": other.title}
    cited = (*first.evidence, *other.evidence)
    return CHECK.inconsistent(first.number.evaluation, message, severity, evidence=cited, **shown)


def _one_title(several: Sequence[_Cited]) -> Iterator[Verdict]:
    """A title that is cited with two numbers."""
    first = several[0]
    other = next(one for one in several if one.number.normalized != first.number.normalized)
    cited = (*first.evidence, *other.evidence)
    numbers = {"one": first.number.normalized, "other": other.number.normalized}
    if lexicon.matcher("check.docno.batches").search(first.title):
        message = Message.of("Notices of one title may be several, {one} and {other}", **numbers)
        yield CHECK.uncheckable(first.number.evaluation, message, evidence=cited)
    elif first.amended or other.amended:
        message = Message.of("“{title}” was amended and may have two numbers", title=first.title)
        yield CHECK.uncheckable(first.number.evaluation, message, evidence=cited)
    else:
        message = Message.of("“{title}” is cited as {one} and as {other}", title=first.title, **numbers)
        shown = {"formula": "{one} ≠ {other}".format(**numbers), "expected": numbers["one"], "actual": numbers["other"]}
        yield CHECK.inconsistent(first.number.evaluation, message, None, evidence=cited, **shown)


def _same(one: str, other: str) -> bool:
    """Whether one title is the other, or leaves out words of it."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return all(character in rest for character in shorter)


CHECK = Check(id="docno-repeat-title", severity="warning", run=run)
