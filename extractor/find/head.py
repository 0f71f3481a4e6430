"""What a report says of itself: title, issuer, region, own number, date; and the fund and year that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from extractor import numeral
from extractor.find.document_numbers import find_document_numbers
from extractor.find.script import simplified
from extractor.lexicon import pattern, words
from extractor.model import Document, Head, Passage, Place
from extractor.text import Text

#: The head ends at the first heading, or after so many passages where there is none.
_HEAD_PASSAGES = 15
#: A title is set on at most so many lines over its last one.
_TITLE_LINES = 3
_LONGEST_LINE = 45
#: Lines between the signing body and the date.
_SIGNATURE = 2
#: What stands between the parts of a title.
_MARKS = " 的—-:：“”《》"
#: The opening of a text without title: the sentences that say what was evaluated.
_OPENING = 400


def find_head(document: Document, passages: Sequence[Passage]) -> Head:
    """The head of the report; fields that the text does not give are None."""
    opening = list(_opening(passages))
    places: dict[str, Place] = {}
    title = _title(opening)
    if title is not None:
        places["title"] = _place(document, title)
    number = _own_number(document, opening, places)
    signature, issued = _signature(passages)
    issued_raw = issued.string if issued is not None else None
    if issued is not None:
        places["issued_on"] = _place(document, issued)
    issuer = _issuer(passages, opening, title, signature, issued)
    if issuer is not None:
        places["issuer"] = _place(document, issuer)
    region = _region(title, issuer)
    return Head(
        title.string if title is not None else None,
        issuer.string if issuer is not None else None,
        region,
        number,
        _date(issued_raw) if issued_raw is not None else None,
        places,
        issued_raw,
    )


def _place(document: Document, text: Text) -> Place:
    span = text.span()
    return document.place(span.start, span.end)


def _opening(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages before the first heading."""
    for passage in passages[:_HEAD_PASSAGES]:
        if passage.level in (0, 1, 2):
            return
        yield passage


# --- title ------------------------------------------------------------------------------------------------------------


def _title(opening: Sequence[Passage]) -> Text | None:
    """The title, joined where it is set on several lines."""
    expression = pattern("head.title").regex
    for index, passage in enumerate(opening):
        match = expression.match(simplified(passage.text.string))
        if match is None or _is_prose(passage.text.string, match.end("title")):
            continue
        last = passage.text.slice(0, match.end("title"))
        return _with_lines_above(opening, index, last)
    return None


def _is_prose(string: str, end: int) -> bool:
    """Whether the words go on as a sentence behind what looked like a title."""
    return string.startswith("如下", end) or "。" in string[:end]


def _with_lines_above(opening: Sequence[Passage], index: int, last: Text) -> Text:
    parts = [last]
    for above in reversed(opening[max(0, index - _TITLE_LINES) : index]):
        string = simplified(above.text.string)
        if len(string) > _LONGEST_LINE or pattern("head.title.not_begun").regex.search(string):
            break
        if _is_number_line(string) or not _goes_on(string, parts[0].string):
            break
        parts.insert(0, above.text)
    return Text.join(parts) if len(parts) > 1 else last


def _is_number_line(string: str) -> bool:
    return "号" in string[-3:] and any(sign in string for sign in "〔[【(﹝")


def _goes_on(above: str, below: str) -> bool:
    """Whether a title's line goes on in the next: that one has no year of its own, or this one has none."""
    if pattern("head.title").regex.match(above):
        return False
    year = pattern("head.year.title").regex
    if pattern("head.issuer").regex.match(above):
        return year.match(below) is not None  # the body's name over its report of the year
    return not (year.search(above) and year.search(below))


# --- number, date, issuer, region -------------------------------------------------------------------------------------


def _own_number(document: Document, opening: Sequence[Passage], places: dict[str, Place]) -> str | None:
    """The number that stands on a line of its own, behind 文号, or in brackets behind the title."""
    for number in find_document_numbers(document, opening, None):
        passage = next(
            p for p in opening if p.text.span().start <= number.place.start and number.place.end <= p.text.span().end
        )
        string = passage.text.string.replace(" ", "")
        raw = number.raw.replace(" ", "")
        line = pattern("head.number_line").regex.match(string)
        alone = line is not None and len(line["number"]) - len(raw) <= 2
        behind_title = pattern("head.title").regex.match(simplified(string)) is not None and string.endswith(
            (f"({raw})", f"{raw})", raw)
        )
        if raw in string and (alone or behind_title or f"文号:{raw}" in string or f"文号：{raw}" in string):
            places["doc_number"] = number.place
            return number.normalized
    return None


def _signature(passages: Sequence[Passage]) -> tuple[int | None, Text | None]:
    """The passage with the date of signing (the last one), and the date as printed."""
    line, field = pattern("head.date_line").regex, pattern("head.date.field").regex
    for index in range(len(passages) - 1, -1, -1):
        passage = passages[index]
        if passage.source != "prose" or len(passage.text) > 2 * _LONGEST_LINE:
            continue
        match = line.match(passage.text.string.replace("\n", "")) or field.search(passage.text.string)
        if match:
            return index, passage.text.slice(*match.span("date"))
    return None, None


def _date(printed: str) -> date | None:
    """The day of the calendar that is printed, None where there is none (2月30日, months left open)."""
    match = pattern("head.date.digits").regex.match(printed)
    if match is not None:
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    else:
        match = pattern("head.date.chinese").regex.match(printed)
        if match is None:
            return None
        year = int("".join(str(_DIGITS.get(c, 0)) for c in match["year"]))
        month, day = (_small(match[name]) for name in ("month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}


def _small(printed: str) -> int:
    """A month or a day in digits or Chinese numerals; 0, which is no month, where it cannot be read."""
    if printed.isdecimal():
        return int(printed)
    return numeral.whole(printed.replace("廿", "二十").replace("二十十", "二十")) or 0


def _issuer(
    passages: Sequence[Passage],
    opening: Sequence[Passage],
    title: Text | None,
    signature: int | None,
    issued: Text | None,
) -> Text | None:
    """The signing body: above the date, on the date's line, among a web copy's lines, at the title's beginning."""
    if signature is not None and issued is not None:
        own = pattern("head.date_line").regex.match(passages[signature].text.string)
        if own is not None and own["issuer"]:
            return passages[signature].text.slice(*own.span("issuer")).strip()
        for above in reversed(passages[max(0, signature - _SIGNATURE) : signature]):
            match = pattern("head.issuer").regex.match(above.text.string)
            if match is not None and above.level is None:
                return above.text.slice(*match.span("issuer"))
    for passage in opening:
        match = pattern("head.issuer.field").regex.search(passage.text.string)
        if match is not None:
            return passage.text.slice(*match.span("issuer"))
    if title is not None:
        match = pattern("head.issuer.title").regex.match(title.string)
        if match is not None:
            return title.slice(*match.span("issuer"))
    return None


def _region(title: Text | None, issuer: Text | None) -> str | None:
    for text in (title, issuer):
        match = pattern("head.region").regex.match(simplified(text.string)) if text is not None else None
        if text is not None and match is not None:
            return text.string[slice(*match.span("region"))]
    return None


# --- subject and year -------------------------------------------------------------------------------------------------


def find_subject(passages: Sequence[Passage]) -> tuple[str | None, int | None, dict[str, Place]]:
    """The fund or project that the running text is about, the evaluated year, and the places of both."""
    opening = list(_opening(passages))
    title = _title(opening)
    places: dict[str, Place] = {}
    subject = _subject(title, opening)
    if subject is not None:
        places["subject"] = _place_in(passages, subject)
    year = _year(title, passages)
    if year is not None:
        places["fiscal_year"] = _place_in(passages, year)
    return (
        subject.string if subject is not None else None,
        int(year.string) if year is not None else None,
        places,
    )


def _place_in(passages: Sequence[Passage], text: Text) -> Place:
    """The place of words that were cut out of one of the passages (a title's first line, if it has several)."""
    start = text.span().start
    for passage in passages:
        span = passage.text.span()
        if span.start <= start < span.end:
            at = next(i for i, origin in enumerate(passage.text.origin) if origin >= start)
            end = min(len(passage.text), at + len(text))
            return passage.place(at, end)
    return Place(None, start, text.span().end)


def _subject(title: Text | None, opening: Sequence[Passage]) -> Text | None:
    named = _subject_of_title(title) if title is not None else None
    subtitle = _subtitle(opening)
    generic = title is not None and _is_generic(title)
    if named is not None and not generic:
        return named
    if subtitle is not None:
        return subtitle
    for passage in opening:
        match = pattern("head.subject.sentence").regex.search(simplified(passage.text.string[:_OPENING]))
        if match is not None:
            return passage.text.slice(*match.span("subject"))
    return named


def _subject_of_title(title: Text) -> Text | None:
    """The title without year, kind of document and the words of a letter: what stands behind the year, or before it."""
    string = simplified(title.string)
    tail = pattern("head.subject.tail").regex.search(string)
    body = title.slice(0, tail.start()) if tail is not None else title
    lead = pattern("head.subject.lead").regex.match(simplified(body.string))
    if lead is not None:
        body = body.slice(lead.end(), len(body))
    year = pattern("head.year.title").regex.search(body.string)
    if year is None:
        return _trimmed(body)
    end = year.end() + (1 if body.string[year.end() : year.end() + 1] == "度" else 0)
    behind, before = _trimmed(body.slice(end, len(body))), _trimmed(body.slice(0, year.start()))
    if behind is not None and (behind.string not in words("head.subject.generic") or before is None):
        return behind
    return before or behind


def _is_generic(title: Text) -> bool:
    """Whether the title names only a kind of evaluation (项目支出, 部门整体支出) and no fund."""
    tail = pattern("head.subject.tail").regex.search(simplified(title.string))
    body = title.string[: tail.start()] if tail is not None else title.string
    return any(body == word or body.endswith(("年" + word, "年度" + word)) for word in words("head.subject.generic"))


def _trimmed(text: Text) -> Text | None:
    string = text.string
    left = len(string) - len(string.lstrip(_MARKS))
    right = max(left, len(string.rstrip(_MARKS)))
    return text.slice(left, right) if right - left > 1 else None


def _subtitle(opening: Sequence[Passage]) -> Text | None:
    """A line in brackets under the title that names the fund."""
    for passage in opening:
        string = passage.text.string
        if string[:1] == "(" and string[-1:] == ")" and string[:-1].endswith(("资金", "项目", "经费", "补助", "补贴")):
            return passage.text.slice(1, len(passage.text) - 1)
    return None


def _year(title: Text | None, passages: Sequence[Passage]) -> Text | None:
    """The evaluated year: the title's, or the opening's where no title has one or the text names it more often."""
    in_title = _year_in(title, "head.year.title") if title is not None else None
    opening = [passage.text for passage in passages[:_HEAD_PASSAGES] if len(passage.text) > 1]
    said = next((year for text in opening if (year := _year_in(text, "head.year.opening")) is not None), None)
    if in_title is not None and (said is None or said.string == in_title.string):
        return in_title
    if in_title is not None and said is not None:
        counted = _years_named(passages)
        return said if counted[said.string] > counted[in_title.string] else in_title
    noticed = next((year for text in opening if (year := _year_in(text, "head.year.notice")) is not None), None)
    named = next((y for t in opening if (y := _year_in(_unquoted(t), "head.year.title"))), None)
    return said or noticed or named or _most_named(passages)


def _year_in(text: Text, id_: str) -> Text | None:
    match = pattern(id_).regex.search(simplified(text.string))
    return text.slice(*match.span("year")) if match is not None else None


def _unquoted(text: Text) -> Text:
    """Without the titles of other documents."""
    depth, kept = 0, []
    for i, character in enumerate(text.string):
        depth += character == "《"
        if not depth:
            kept.append(i)
        depth -= character == "》" and depth > 0
    wanted = set(kept)
    return text.keep(lambda i: i in wanted)


def _most_named(passages: Sequence[Passage]) -> Text | None:
    """The year that the names of budget notices give most often, at its first place."""
    for year, _ in _years_named(passages).most_common(1):
        return next((y for p in passages if (y := _year_in(p.text, "head.year.title")) and y.string == year), None)
    return None


def _years_named(passages: Sequence[Passage]) -> Counter[str]:
    """How often each year is named outside of dates."""
    expression = pattern("head.year.title").regex
    return Counter(match["year"] for passage in passages for match in expression.finditer(passage.text.string))
