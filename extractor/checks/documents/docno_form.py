"""A document number that is not in canonical form.

Compares: each document number as printed with its canonical form; numbers with the same flaw are one finding.
Formula: code〔year〕number号: six-angle brackets, the year in four digits, no 第, no padding zero, 号 behind.
Tolerance: none; blanks, small forms of the brackets and 号文 are usual.
False alarms: orders (令), announcements (公告) and firms' reports have rules of their own; numbers that share the code
    or the year of the one before them; a masked code cannot be compared. A lost bracket, two that do not match, a
    missing number and a year of two digits are warnings, the rest is a note.
Example: 湘政办发[2020]12号; 冀地税发〔2012〕号.
Source: GB/T 9704-2012, 7.2.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor import lexicon
from extractor.checks.base import Check, evidence
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import DocNumber, Report, Severity, Verdict

ZH = """发文字号书写不规范。

核对内容：每个发文字号的书写形式与规范形式；同一种毛病合为一条。
公式：机关代字〔年份〕序号号：六角括号，四位年份，不加“第”，不编虚位，末尾有“号”。
容差：无；空格、小型括号和“号文”属常见写法，不计。
易误报：令、公告和中介机构报告另有编号规则；承前省略代字或年份的字号；打码的代字无法核对。
    括号缺失或前后不配对、序号缺失、两位年份的作警告，其余作提示。
例：湘政办发[2020]12号；冀地税发〔2012〕号。
依据：GB/T 9704-2012 第7.2.5条。
"""

#: Mark of a flaw → what it is called; the first of a number's marks that stands here leads its finding.
_FLAWS = {
    "no-number": Message.of("The number itself is missing: {quotes}"),
    "mixed-brackets": Message.of("The brackets around the year do not match: {quotes}"),
    "lost-bracket": Message.of("One of the brackets around the year is missing: {quotes}"),
    "short-year": Message.of("The year is not written in four digits: {quotes}"),
    "replaced-brackets": Message.of("Another sign stands for the brackets around the year: {quotes}"),
    "no-brackets": Message.of("The brackets around the year are missing: {quotes}"),
    "brackets": Message.of("The year stands in other brackets than 〔〕: {quotes}"),
    "di": Message.of("第 stands before the number: {quotes}"),
    "padded": Message.of("The number is padded with zeros: {quotes}"),
    "no-hao": Message.of("号 is missing behind the number: {quotes}"),
}
#: Flaws by which the number may be misread.
_GRAVE = frozenset({"no-number", "mixed-brackets", "lost-bracket", "short-year"})
#: So many numbers are named in a message.
_NAMED = 3


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    flawed: dict[tuple[str, ...], list[DocNumber]] = {}
    for number in report.doc_numbers:
        reason = _not_comparable(number)
        flaws = tuple(name for name in _FLAWS if name in number.form)
        if reason is not None:
            yield CHECK.uncheckable(number.evaluation, reason, evidence=(evidence(number),))
        elif flaws:
            flawed.setdefault(flaws, []).append(number)
        else:
            message = Message.of("{number} is in canonical form", number=number.normalized)
            yield CHECK.consistent(number.evaluation, message, evidence=(evidence(number),))
    for flaws, numbers in flawed.items():
        yield _finding(flaws, numbers)


def _not_comparable(number: DocNumber) -> Message | None:
    """Why the form says nothing: another series, a masked code, or a number that ran into a sum."""
    if lexicon.pattern("check.docno.other_series").regex.search(number.agency_code):
        return Message.of("{number} belongs to a series with rules of its own", number=number.raw)
    if "masked" in number.form or lexicon.matcher("check.masked").search(number.raw):
        return Message.of("{number} has a masked code", number=number.raw)
    if "fused" in number.form and "parted-by-sum" not in number.form:
        return Message.of("{number} runs into the sum behind it, so that its end is unknown", number=number.raw)
    return None


def _finding(flaws: Sequence[str], numbers: Sequence[DocNumber]) -> Verdict:
    severity: Severity = "warning" if _GRAVE & set(flaws) else "note"
    once = list({number.normalized: number for number in reversed(numbers)}.values())[::-1]
    quotes = "、".join(number.raw for number in once[:_NAMED]) + (" …" if len(once) > _NAMED else "")
    return CHECK.inconsistent(
        numbers[0].evaluation,
        Message.of(_FLAWS[flaws[0]].key, quotes=quotes),
        severity,
        formula="; ".join(f"{number.raw} → {number.normalized}" for number in once),
        expected="、".join(number.normalized for number in once),
        actual="、".join(number.raw for number in once),
        evidence=tuple(evidence(number) for number in numbers),
    )


CHECK = Check(id="docno-form", severity="warning", run=run)
