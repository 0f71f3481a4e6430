"""A body's full name with its short name right behind it.

Compares: names of bodies in running text (研究院, 委员会, 中心, 局 …) with the words behind them.
Formula: the words behind the name are made of characters of the name, in their order, and end as it does:
    工业技术研究院 and 工研院.
Tolerance: none.
False alarms: short names in brackets or behind 简称 are introduced and no slip; a name that is repeated in full belongs
    to dup-phrase; another body's name has characters of its own.
Example: 吉林省工业技术研究院工研院.
Source: slips of copying that proofreaders mark: one of the two names was meant to replace the other.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor import lexicon
from extractor.checks.base import Check, quoted
from extractor.checks.wording import running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Verdict

ZH = """全称后紧接简称。

核对内容：正文中的机构名称（研究院、委员会、中心、局等）与其后紧接的文字。
公式：其后的文字由该名称中的字按原有次序组成，且以同一字结尾：工业技术研究院与工研院。
容差：无。
易误报：括号内的简称、“简称”引出的名称不算；名称整体重复归 dup-phrase；其他机构的名称另有不同的字。
例：吉林省工业技术研究院工研院。
依据：校对常见的复制差错：两个名称本应只留其一。
"""

_LONGEST = 24
_SHORT = range(3, 7)
_HAN = regex.compile(r"\p{Han}+$")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    found: dict[tuple[str, str], list[tuple[int | None, Evidence]]] = {}
    names = 0
    for passage in running(report):
        string = passage.text.string
        for match in lexicon.matcher("check.body.ending").finditer(string):
            names += 1
            run_before = _HAN.search(string, max(0, match.end() - _LONGEST), match.end())
            full = run_before[0] if run_before else match[0]
            short = _short(full, string[match.end() : match.end() + _SHORT.stop])
            if short:
                cited = quoted(passage, match.end() - len(full), match.end() + len(short), around=4)
                found.setdefault((full, short), []).append((passage.evaluation, cited))
    for (full, short), places in found.items():
        message = Message.of("“{full}” is followed by its short name “{short}”", full=full, short=short)
        yield CHECK.inconsistent(
            places[0][0], message, formula=f"{full}|{short}", evidence=tuple(cited for _, cited in places)
        )
    if not report.passages:
        yield CHECK.uncheckable(None, Message.of("No running text was read"))
    elif names and not found:
        yield CHECK.consistent(None, Message.of("No name of a body is followed by its short name"))


def _short(full: str, behind: str) -> str | None:
    """The words behind a name that are its short form: its characters in their order, ending with its last one."""
    for length in _SHORT:
        words = behind[:length]
        if len(words) == length and words[-1] == full[-1] and not full.endswith(words) and _is_within(words, full):
            return words
    return None


def _is_within(words: str, full: str) -> bool:
    """Whether the characters stand in the full name in this order."""
    rest = iter(full)
    return all(character in rest for character in words)


CHECK = Check(id="near-dup-name", severity="note", run=run)
