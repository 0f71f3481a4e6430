"""Document numbers (发文字号), own and cited, in all the forms they are printed in → DocNumber, normalised.

A number is found by its year in brackets (or what is left of them); its code is the end of the Chinese characters
before it. Where number and a sum are one run of digits (财建〔20202185000万元) the number stays open and is told as
'fused', unless the sums of the passage leave one way to part them: see `fused`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor import lexicon
from extractor.find.fused import part
from extractor.find.script import simplified
from extractor.model import DocNumber, Document, Head, Passage

_PAIRS = {
    "〔": "〕",
    "[": "]",
    "【": "】",
    "﹝": "﹞",
    "(": ")",
    "〖": "〗",
    "「": "」",
    "{": "}",
    "<": ">",
    "《": "》",
}
_PAIRS |= {"︹": "︺", "﹛": "﹜"}
#: Small forms of 〔〕 are only another glyph.
_CANONICAL = frozenset("〔〕﹝﹞")
_LONGEST_CODE = 14
#: Without a known stem a code beside running text is not longer than this.
_LONGEST_UNKNOWN = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A document number in a string: `start` and `end` cover it as printed; `number` is '' where it was lost."""

    start: int
    end: int
    code: str
    year: int
    number: str
    form: tuple[str, ...]

    @property
    def normalized(self) -> str:
        """The canonical form: 吉财绩〔2025〕106号."""
        return f"{self.code}〔{self.year}〕{self.number}号"


def find_document_numbers(document: Document, passages: Sequence[Passage], head: Head | None) -> list[DocNumber]:
    """All document numbers of the passages in reading order; that of the head is 'own', all others are 'cited'."""
    source = "\f".join(page.text for page in document.pages)
    own = head.doc_number if head is not None else None
    numbers: list[DocNumber] = []
    for passage in passages:
        for found in scan(simplified(passage.text.string)):
            place = passage.place(found.start, found.end)
            printed = " ".join(source[place.start : place.end].replace("\f", "\n").split("\n"))
            raw = printed if len(printed) <= 2 * (found.end - found.start) + 20 else ""
            numbers.append(
                DocNumber(
                    len(numbers),
                    passage.evaluation,
                    raw or passage.text.string[found.start : found.end],
                    found.normalized,
                    found.code,
                    found.year,
                    found.number,
                    "own" if found.normalized == own else "cited",
                    place,
                    found.form,
                )
            )
    return numbers


def scan(string: str) -> list[Found]:
    """All document numbers of a tight, folded text, from left to right."""
    if "号" not in string and not any(sign in string for sign in "〔【﹝〕】﹞︹["):
        return []
    found: list[Found] = []
    for name, core in _cores(string):
        if found and core.start() < found[-1].end:
            continue
        first = _first(string, name, core, found[-1].end if found else 0)
        if first is None:
            continue
        found.append(first)
        if name != "fused":
            found.extend(_more(string, first))
    return _parted(string, found)


def _cores(string: str) -> Iterator[tuple[str, regex.Match[str]]]:
    """The years with their numbers, in order of place; of two at one place the one that is more fully printed."""
    cores = [
        (match.start(), rank, pattern.id.rpartition(".")[2], match)
        for rank, pattern in enumerate(lexicon.family("document_numbers.core"))
        for match in pattern.regex.finditer(string)
    ]
    for _, _, name, match in sorted(cores, key=lambda core: core[:2]):
        yield name, match


def _first(string: str, name: str, core: regex.Match[str], floor: int) -> Found | None:
    """The number with its own code; None where none stands before it or it is of another kind."""
    groups = core.groupdict()
    start, code, certain = _code(string, core.start(), floor)
    if not code:
        return None
    weak = name in ("bare", "replaced") or (groups.get("open") or groups.get("close") or "(") in "(<《{)>》}"
    if weak and not (certain and groups.get("hao")):
        return None
    alone = start == 0 and core.end() == len(string.rstrip())
    if name == "closing_lost" and not groups.get("hao") and not certain and not alone:
        return None
    form = _form(name, groups)
    if string[start - 1 : start] == "*" and start:
        form = (*form, "masked")
    end = core.end() if name != "fused" else core.start("run")
    number = groups.get("number") or ""
    return Found(start, end, code, _year(core["year"]), _unpadded(number), form)


def _year(printed: str) -> int:
    """Two digits are read as this century up to 49."""
    year = int(printed)
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _unpadded(number: str) -> str:
    return number.lstrip("0") or number


def _form(name: str, groups: dict[str, str | None]) -> tuple[str, ...]:
    """What is not canonical in the printed form."""
    if name == "fused":
        return ("no-hao", "fused") if groups.get("close") else ("lost-bracket", "no-hao", "fused")
    number = groups.get("number") or ""
    flags = {
        "di": bool(groups.get("di")),
        "padded": len(number) > 1 and number.startswith("0"),
        "short-year": len(groups.get("year") or "") == 2,
        "no-number": not number,
        "no-hao": bool(number) and not groups.get("hao"),
    }
    return (*_bracket_form(name, groups), *(flag for flag, holds in flags.items() if holds))


def _bracket_form(name: str, groups: dict[str, str | None]) -> tuple[str, ...]:
    """What is not canonical in its brackets."""
    opening, closing = groups.get("open"), groups.get("close")
    if name in ("closing_lost", "opening_lost"):
        return ("lost-bracket",)
    if name in ("bare", "replaced"):
        return ("replaced-brackets",) if opening or closing else ("no-brackets",)
    if not opening or not closing:
        return ()
    if _PAIRS[opening] != closing:
        return ("mixed-brackets",)
    return () if opening in _CANONICAL else ("brackets",)


def _more(string: str, first: Found) -> Iterator[Found]:
    """The numbers that share the first one's code (and, where they print none, its year)."""
    pattern = lexicon.pattern("document_numbers.more").regex
    at, year = first.end, first.year
    while match := pattern.match(string, at):
        year = int(match["year"]) if match["year"] else year
        start = match.start("open") if match["open"] else match.start("number")
        groups = match.groupdict()
        form = _form("bracketed" if match["open"] else "", groups)
        if not match["hao"] and not match["open"]:
            form = tuple(flag for flag in form if flag != "no-hao")
        yield Found(start, match.end(), first.code, year, _unpadded(match["number"]), (*form, "shared"))
        at = match.end()


# --- the code ---------------------------------------------------------------------------------------------------------


def _code(string: str, end: int, floor: int) -> tuple[int, str, bool]:
    """Where the code before `end` begins, the code, and whether it holds a known stem. No code: ''."""
    while end > floor and string[end - 1] == " ":
        end -= 1
    match = lexicon.pattern("document_numbers.code").regex.search(string, max(floor, end - 20), end)
    if match is None or lexicon.pattern("document_numbers.excluded").regex.search(match[0]):
        return end, "", False
    run, start = match[0], match.start()
    if start > floor and lexicon.pattern("document_numbers.anonymous").regex.search(string, max(0, start - 2), start):
        return end, "", False
    bounded = start == 0 or string[start - 1] not in "0123456789" or start > end - 20
    cut = _cut(run)
    code = run[cut:]
    known = _stem(code)
    if not known and (len(code) > _LONGEST_UNKNOWN or not bounded):
        shorter = next(
            (i for i in range(len(run)) if _stem(run[i:]) and run[i] in lexicon.words("document_numbers.provinces")),
            None,
        )
        cut = shorter if shorter is not None else max(0, len(run) - _LONGEST_UNKNOWN)
        code = run[cut:]
    if len(code) > _LONGEST_CODE or len(code) < 2:
        return end, "", False
    return start + cut, code, known


def _stem(code: str) -> bool:
    """Whether it is built as a code or holds a known one, at its start or behind one to three characters of a place."""
    placed = code[:1] in lexicon.words("document_numbers.provinces") and 3 <= len(code) <= 5
    built = placed and code[-1] in lexicon.words("document_numbers.series")
    return (
        built
        or (code.endswith("字") and 3 <= len(code) <= 6)
        or any(
            code.startswith(stem, i)
            for i in range(min(4, len(code)))
            for stem in lexicon.words("document_numbers.stems")
        )
    )


def _cut(run: str) -> int:
    """How many characters before the code belong to the text: names of bodies, 根据, 按照 …"""
    guarded = _guarded(run)
    best = 0
    for at in range(1, len(run) - 1):
        if at in guarded:
            continue
        before, code = run[:at], run[at:]
        body = any(
            before.endswith(word) and (len(word) > 1 or len(before) >= 3)
            for word in lexicon.words("document_numbers.bodies")
        )
        leading = any(
            before.endswith(word) and (len(word) > 1 or _opens(code))
            for word in lexicon.words("document_numbers.leading")
        )
        if (body or leading) and (_opens(code) or not _opens(run[best:])):
            best = at
    return best


def _opens(code: str) -> bool:
    """Whether a code begins as codes do: a known stem, alone or behind one or two characters of a place."""
    return any(
        code.startswith(stem, i) for i in range(min(3, len(code))) for stem in lexicon.words("document_numbers.stems")
    )


def _guarded(run: str) -> frozenset[int]:
    """Positions inside a known code of three and more characters: nothing is cut there (工信部联, 人社厅发)."""
    inside: set[int] = set()
    for stem in lexicon.words("document_numbers.stems"):
        if len(stem) > 2 and stem in run:
            at = run.rfind(stem)
            inside.update(range(at + 1, at + len(stem)))
    return frozenset(inside)


# --- numbers and sums in one run --------------------------------------------------------------------------------------


def _parted(string: str, found: list[Found]) -> list[Found]:
    """Fused numbers completed where the sums of the text leave one way to part them."""
    if not any("fused" in one.form for one in found):
        return found
    parts = part(string)
    return [
        Found(
            one.start,
            parts[one.end].number_end,
            one.code,
            one.year,
            parts[one.end].number,
            (*one.form, "parted-by-sum"),
        )
        if "fused" in one.form and one.end in parts
        else one
        for one in found
    ]
