"""A fixed phrase with one character dropped, exchanged or changed.

Compares: running text and names of indicators with a list of fixed phrases of the field (国库集中支付, 智能网联汽车)
    and with a list of usual slips (帐户 for 账户).
Formula: a string is one step away from a phrase: a character left out, two neighbours exchanged, in long phrases and in
    designations one character replaced.
Tolerance: none; two characters at each end must be as they are, but in designations and behind a mark.
False alarms: legitimate variants, which are listed; names of others. All of it is a note, and nothing is corrected.
Example: 智能网汽车 (智能网联汽车), 国家药品采集 (国家药品集采).
Source: slips of copying and typing that proofreaders mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor import lexicon
from extractor.checks.base import Check, evidence, quoted
from extractor.checks.wording import running
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Evidence, Report, Verdict

ZH = """疑似错别字（固定词语缺字、倒字、错字）。

核对内容：正文和指标名称，与本领域固定词语表（国库集中支付、智能网联汽车等）和常见错字表（帐户—账户）。
公式：与固定词语只差一步：缺一个字、相邻两字颠倒，较长词语和专用名称中一个字不同。
容差：无；词语首尾各两个字应相同，专用名称或标点之后的除外。
易误报：合理的变体（已列出）、他人名称。均只作提示，不作更改。
例：智能网汽车（智能网联汽车）、国家药品采集（国家药品集采）。
依据：校对常见的录入差错。
"""

#: From this length on one replaced character leaves no doubt what is meant.
_LONG = 7
#: From this length on a phrase may lack its first character, behind a mark.
_WHOLE = 8
#: So many characters at both ends of a phrase are as they ought to be.
_BESIDE = 2
_HAN = regex.compile(r"\p{Han}+")
_MARKS = "。；;，,、：:(（“”《》!？?\n "


@dataclass(frozen=True, slots=True)
class _Slip:
    wrong: str
    right: str
    evaluation: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The fixed phrases; `halves`: what a step leaves whole of a phrase → the phrases that begin or end with it."""

    right: regex.Pattern[str]
    halves: dict[str, tuple[str, ...]]
    finder: regex.Pattern[str]
    designations: frozenset[str]
    allowed: frozenset[str]
    slips: dict[str, str]


@lexicon.remembered
def _phrases() -> _Phrases:
    designations = frozenset(lexicon.words("check.typo.designations"))
    phrases = sorted({*lexicon.words("check.typo.phrases"), *designations}, key=lambda phrase: -len(phrase))
    halves: dict[str, list[str]] = {}
    for phrase in phrases:
        middle = len(phrase) // 2
        # One step leaves a half whole, or where it exchanges the two at the middle, what is before or behind them.
        for half in (phrase[:middle], phrase[middle:], phrase[: middle - 1], phrase[middle + 1 :]):
            if len(half) > 1:
                halves.setdefault(half, []).append(phrase)
    pairs = lexicon.lexicon().terms["check.typo.slips"].data["right"]
    return _Phrases(
        regex.compile("|".join(map(regex.escape, phrases))),
        {half: tuple(owners) for half, owners in halves.items()},
        regex.compile(r"\L<halves>", halves=list(halves)),
        designations,
        frozenset(lexicon.words("check.typo.allowed")),
        dict(pairs),
    )


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    found: dict[str, list[_Slip]] = {}
    right: list[Evidence] = []
    texts = 0
    for passage in running(report):
        texts += 1
        string = passage.text.string
        right += [quoted(passage, m.start(), m.end(), around=0) for m in _phrases().right.finditer(string)]
        for start, end, phrase in slips(string):
            cited = quoted(passage, start, end)
            found.setdefault(string[start:end], []).append(_Slip(string[start:end], phrase, passage.evaluation, cited))
    for indicator in report.indicators:
        for start, end, phrase in slips(indicator.name):
            wrong = indicator.name[start:end]
            if wrong not in found:
                found[wrong] = [_Slip(wrong, phrase, indicator.evaluation, evidence(indicator))]
    yield from map(_finding, found.values())
    if not texts and not report.indicators:
        yield CHECK.uncheckable(None, Message.of("No running text was read"))
    elif not found and right:
        message = Message.of("{count} fixed phrases are printed as they ought to be", count=len(right))
        yield CHECK.consistent(None, message, evidence=tuple(right))


def _finding(slips_: list[_Slip]) -> Verdict:
    first = slips_[0]
    message = Message.of("“{wrong}” may be a slip for “{right}”", wrong=first.wrong, right=first.right)
    cited = tuple(slip.evidence for slip in slips_)
    shown = {"formula": f"{first.wrong} ≈ {first.right}", "expected": first.right, "actual": first.wrong}
    return CHECK.inconsistent(first.evaluation, message, None, evidence=cited, **shown)


def slips(string: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, phrase) of what is one step away from a phrase."""
    known = _phrases()
    for wrong, right in known.slips.items():
        start = -1
        while (start := string.find(wrong, start + 1)) >= 0:
            yield start, start + len(wrong), right
    printed = [match.span() for match in known.right.finditer(string)]
    told = 0
    for match in known.finder.finditer(string, overlapped=True):
        for phrase in known.halves[match[0]]:
            hit = _near(string, match.start(), match[0], phrase)
            if hit is not None and hit[0] >= told and not any(_crosses(span, hit) for span in printed):
                told = hit[1]
                yield *hit, phrase


def _crosses(printed: tuple[int, int], hit: tuple[int, int]) -> bool:
    """Whether a phrase printed as it ought to be holds the place or reaches into it; it may stand within it."""
    apart = hit[1] <= printed[0] or printed[1] <= hit[0]
    return not apart and not (hit[0] <= printed[0] and printed[1] <= hit[1])


def _near(string: str, at: int, half: str, phrase: str) -> tuple[int, int] | None:
    """Where around a half of it a string stands that is one step away from the phrase."""
    first = phrase.startswith(half)
    for length in (len(phrase), len(phrase) - 1):
        start = at if first else at + len(half) - length
        window = string[start : start + length] if start >= 0 else ""
        behind_mark = start == 0 or string[start - 1 : start] in _MARKS
        if len(window) == length and _is_step(window, phrase, behind_mark):
            return start, start + length
    return None


def _is_step(window: str, phrase: str, behind_mark: bool) -> bool:
    """Whether the window is the phrase with one step taken that a slip of the pen takes."""
    known = _phrases()
    if window in known.allowed or not _HAN.fullmatch(window):
        return False
    if len(window) < len(phrase):
        gone = [i for i in range(len(phrase)) if phrase[:i] + phrase[i + 1 :] == window]
        if gone and gone[0] == 0:
            return behind_mark and len(phrase) >= _WHOLE
        return any(_is_inside(i, phrase) for i in gone)
    differ = [i for i, (one, other) in enumerate(zip(window, phrase, strict=True)) if one != other]
    if len(differ) == 2 and differ[1] == differ[0] + 1:
        return window[differ[0]] == phrase[differ[1]] and window[differ[1]] == phrase[differ[0]]
    long = len(phrase) >= _LONG and len(differ) == 1 and _is_inside(differ[0], phrase)
    return len(differ) == 1 and (long or phrase in known.designations)


def _is_inside(at: int, phrase: str) -> bool:
    """Whether enough of the phrase stands on both sides of a place: 应管理能力 may be the end of 相应管理能力."""
    return _BESIDE <= at < len(phrase) - _BESIDE


CHECK = Check(id="typo-candidates", severity="note", run=run)
