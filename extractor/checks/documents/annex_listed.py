"""An annex that the report names and that is not there, or that is numbered otherwise.

Compares: the list of annexes at the end of the text (附件：1.… 2.…) with what stands behind it in the file: tables,
    forms and lines 附件1, 附件2; and with the annexes that the text refers to (详见附件2).
Formula: something stands behind the list; the list counts from 1; every numbered annex of the list has its line where
    the file has such lines; no reference is to a number beyond the list.
Tolerance: none.
False alarms: a file that holds the text alone, whose annexes are files of their own; annexes that are pictures or that
    could not be read count as being there. All of it is a note.
Example: “附件：…绩效目标自评表” as the last line of a file.
Source: GB/T 9704-2012, 7.3.4 and 7.3.7: annexes are listed under the text with their numbers, and follow it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon
from extractor.checks.base import Check, quoted
from extractor.checks.documents.annexes import Annex, Listed, listed
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Verdict

ZH = """附件未附或序号不符。

核对内容：文末附件说明（附件：1.…… 2.……）与其后的内容（表格、附件1、附件2等标识），以及正文引用的附件（详见附件2）。
公式：附件说明之后有附件内容；附件说明从1起连续编号；文件中标有附件序号的，说明中的每个附件都有；
    正文引用的序号不超出附件说明。
容差：无。
易误报：文件只含正文、附件另存的；附件为图片或未能读出的视为已附。均只作提示。
例：文件最后一行为“附件：……绩效目标自评表”，其后没有表格。
依据：GB/T 9704-2012 第7.3.4条、第7.3.7条：附件说明列出附件序号和名称，附件置于正文之后。
"""

_UNREAD = {"unread_table", "scanned_page", "garbled_page"}
#: More running text than this behind the list, signature and date left out, is an annex in words.
_MUCH = 200


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    found = listed(report)
    references = list(_references(report))
    if found is None:
        if references:
            yield _without_list(report, references)
        return
    if any(annex.number is not None for annex in found.annexes):
        yield _numbering(found)
    yield _presence(report, found)
    beyond = [(number, cited) for number, cited in references if number is not None and number > len(found.annexes)]
    if beyond:
        number, cited = beyond[0]
        message = Message.of("The text refers to annex {number} of {count}", number=number, count=len(found.annexes))
        shown = {"expected": f"≤ {len(found.annexes)}", "actual": str(number)}
        evidence = (cited, *(annex.evidence for annex in found.annexes))
        yield CHECK.inconsistent(None, message, None, evidence=evidence, **shown)


def _references(report: Report) -> Iterator[tuple[int | None, Evidence]]:
    """The annexes that the running text refers to; the number is None where it names none."""
    pattern = lexicon.pattern("check.annex.reference").regex
    for passage in report.passages:
        for match in pattern.finditer(passage.text.string):
            number = int(match["number"]) if match["number"] else None
            yield number, quoted(passage, match.start(), match.end())


def _without_list(report: Report, references: Sequence[tuple[int | None, Evidence]]) -> Verdict:
    cited = tuple(evidence for _, evidence in references)
    if _tables_behind(report, 0) or _unread(report):
        message = Message.of("The text refers to an annex, and the file holds a table")
        return CHECK.consistent(None, message, evidence=cited)
    message = Message.of("The text refers to an annex, and the file neither names nor holds one")
    return CHECK.inconsistent(None, message, evidence=cited)


def _numbering(found: Listed) -> Verdict:
    cited = tuple(annex.evidence for annex in found.annexes)
    numbers = [annex.number for annex in found.annexes if annex.number is not None]
    if numbers == list(range(1, len(numbers) + 1)):
        message = Message.of("The annexes of the list are numbered from 1 to {count}", count=len(numbers))
        return CHECK.consistent(None, message, evidence=cited)
    printed = "、".join(map(str, numbers))
    message = Message.of("The annexes are numbered {numbers}", numbers=printed)
    expected = "、".join(str(number) for number in range(1, len(numbers) + 1))
    return CHECK.inconsistent(None, message, formula=printed, expected=expected, actual=printed, evidence=cited)


def _presence(report: Report, found: Listed) -> Verdict:
    cited = tuple(annex.evidence for annex in found.annexes)
    headed = set(_headed(report, found))
    if headed:
        missing = [annex for annex in found.annexes if annex.number is not None and annex.number not in headed]
        if missing and max(headed) <= len(found.annexes):
            return _missing(missing)
        message = Message.of("Every annex of the list has its line")
        return CHECK.consistent(None, message, evidence=cited)
    if not _something_behind(report, found):
        return _missing(found.annexes)
    if len(found.annexes) > 1:
        message = Message.of("{count} annexes are listed, and the file does not number them", count=len(found.annexes))
        return CHECK.uncheckable(None, message, evidence=cited)
    message = Message.of("The annex that is named stands behind the text")
    return CHECK.consistent(None, message, evidence=cited)


def _missing(annexes: Sequence[Annex]) -> Verdict:
    names = "、".join(annex.name for annex in annexes)
    message = Message.of("“{name}” is named as an annex and is not in the file", name=names)
    return CHECK.inconsistent(None, message, evidence=tuple(annex.evidence for annex in annexes))


def _headed(report: Report, found: Listed) -> Iterator[int]:
    """The numbers of the lines 附件1, 附件2 behind the list."""
    pattern = lexicon.pattern("check.annex.heading").regex
    for passage in report.passages:
        match = pattern.match(passage.text.string) if passage.text.span().start >= found.end else None
        if match is not None:
            yield int(match["number"])


def _something_behind(report: Report, found: Listed) -> bool:
    behind = [p for p in report.passages if p.text.span().start >= found.end]
    words = sum(len(passage.text) for passage in behind if "。" in passage.text.string)
    return _tables_behind(report, found.end) or words > _MUCH or _unread(report)


def _tables_behind(report: Report, end: int) -> bool:
    places = [row.place for row in report.indicators]
    places += [fund.place for fund in report.funds]
    places += [weight.place for weight in report.weights]
    return any(place.source == "table" and place.start >= end for place in places)


def _unread(report: Report) -> bool:
    """Whether something of the file could not be read: the annex may be there."""
    return any(gap.kind in _UNREAD for gap in report.gaps)


CHECK = Check(id="annex-listed", severity="note", run=run)
