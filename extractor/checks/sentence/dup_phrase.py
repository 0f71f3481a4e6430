"""The same words twice, one behind the other.

Compares: neighbouring strings of two or more Chinese characters in running text and in names of indicators, and the
    words that open a list (其中：其中).
Formula: the text holds XX for a string X.
Tolerance: none.
False alarms: reduplication (研究研究, 一步一步), numerals (二〇二〇), words whose end is the next word's beginning
    (发展 + 发展改革委), cells of a form that ran together or stand side by side; a full name with its short form behind
    it is no repetition.
Example: 红旗品牌产值贡献红旗品牌产值贡献≥550亿元.
Source: slips of copying that proofreaders mark; a name that is doubled no longer matches the name in the target form.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor import lexicon
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.wording import running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Verdict

ZH = """词语重复。

核对内容：正文和指标名称中紧邻的两段相同文字（两个汉字以上），以及引出列举的词语重复（其中：其中）。
公式：文中出现 XX（X 为任一段文字）。
容差：无。
易误报：重叠式用法（研究研究、一步一步）、数字（二〇二〇）、前词之尾与后词之首相同（发展＋发展改革委）、
    表格单元格连写或并排；全称后接简称不算重复。
例：红旗品牌产值贡献红旗品牌产值贡献≥550亿元。
依据：校对常见的复制差错；名称重复后与绩效目标表中的名称不再一致。
"""

_BLANKS = regex.compile(r"\p{Han}[ \t\u00a0\u3000]+\p{Han}")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    found: dict[str, list[tuple[int | None, Evidence]]] = {}
    source = "\f".join(text for _, text in report.pages)
    for passage in running(report):
        for start, end, phrase in repetitions(passage.text.string):
            span = passage.text.span(start, end)
            if _in_columns(source[span.start : span.end]):
                continue
            found.setdefault(phrase, []).append((passage.evaluation, quoted(passage, start, end)))
    for indicator in report.indicators:
        for _, _, phrase in repetitions(indicator.name):
            cited = evidence(indicator)
            if not _in_columns(source[cited.place.start : cited.place.end]) and all(
                not _within(cited, other) for _, other in found.get(phrase, ())
            ):
                found.setdefault(phrase, []).append((indicator.evaluation, cited))
    for phrase, places in found.items():
        message = Message.of("“{phrase}” is printed twice in a row", phrase=phrase)
        cited_places = tuple(place for _, place in places)
        yield CHECK.inconsistent(places[0][0], message, formula=f"{phrase}|{phrase}", evidence=cited_places)
    if not report.passages and not report.indicators:
        yield CHECK.uncheckable(None, Message.of("No running text was read"))
    elif not found:
        count = len(report.passages)
        message = Message.of("No words are repeated in {count} paragraphs", count=count)
        yield CHECK.consistent(None, message)


def _in_columns(printed: str) -> bool:
    """Whether the words are printed with blanks between them: cells side by side, and no repetition."""
    return _BLANKS.search(printed) is not None


def _within(inner: Evidence, outer: Evidence) -> bool:
    return outer.place.start <= inner.place.end and inner.place.start <= outer.place.end


def repetitions(string: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, phrase) of what is printed twice in a row."""
    for frame in lexicon.pattern("check.dup.frame").regex.finditer(string):
        yield frame.start(), frame.end(), frame["phrase"]
    pattern = lexicon.pattern("check.dup.phrase").regex
    at = 0
    while (match := pattern.search(string, at)) is not None:
        if _is_slip(string, match):
            yield match.start(), match.end(), match["phrase"]
            at = match.end()
        else:
            at = match.start() + 1


def _is_slip(string: str, match: regex.Match[str]) -> bool:
    phrase = match["phrase"]
    if len(set(phrase)) == 1 or lexicon.pattern("check.dup.counting").regex.search(phrase):
        return False
    around = string[max(0, match.start() - 2) : match.end() + 6]
    start = match.start() - max(0, match.start() - 2)
    allowed = lexicon.matcher("check.dup.allowed").finditer(around)
    return not any(word.start() <= start and start + 2 * len(phrase) <= word.end() for word in allowed)


CHECK = Check(id="dup-phrase", severity="warning", run=run)
