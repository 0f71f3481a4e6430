"""What a copied template leaves behind: placeholders, other places, other years. The finders of `template-residue`.

No check of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor import lexicon
from extractor.checks.base import evidence, head_evidence, quoted
from extractor.checks.documents.agencies import fields_shown, province, province_of
from extractor.checks.documents.timing import evaluated
from extractor.checks.narrative.claimed import evaluation_of, sentence
from extractor.checks.wording import Passages
from extractor.messages import Message
from extractor.model import Evaluation, Evidence, Fund, Passage, Report

#: A text with so many masked words was made unreadable on purpose.
_MASKED = 3
#: With so many other places of one level the report is about all of them.
_MANY = 3
#: Figures with fewer digits are equal by chance.
_DIGITS = 4
#: A shorter name is like too many others.
_NAME = 6
#: The title and the opening, which say what the report is on.
_OPENING = 3
#: Words beside two spans of years that show that both are of one thing.
_BESIDE, _SHARED = 8, 4


@dataclass(frozen=True, slots=True)
class Residue:
    """Something that belongs to another text; `formula` shows it beside what belongs there."""

    message: Message
    formula: str
    evidence: tuple[Evidence, ...]
    evaluation: int | None = None


# --- placeholders -----------------------------------------------------------------------------------------------------


def placeholders(report: Report) -> tuple[list[tuple[str, Evidence]], int]:
    """Words that were left to be filled in (XX局, 某某单位, **); and how many masks a masked text has, else 0."""
    found: list[tuple[str, Evidence]] = []
    masks = 0
    dates = lexicon.pattern("check.date.placeholder").regex
    for passage in report.passages:
        string = passage.text.string
        dated = [match.span() for match in dates.finditer(string)]
        masks += len(lexicon.pattern("check.residue.mask").regex.findall(string))
        found += [
            (match[0], quoted(passage, match.start(), match.end(), around=4))
            for match in lexicon.pattern("check.residue.placeholder").regex.finditer(string)
            if not any(start < match.end() and match.start() < end for start, end in dated)
        ]
    stars = sum(1 for words, _ in found if set(words) <= set("*＊"))
    # Who names its own place and masks nothing by stars left the rest to be filled in.
    total = len(found) + masks
    masked = stars + masks >= _MASKED or (total >= _MASKED and not own_places(report))
    return found, total if masked else 0


# --- other places -----------------------------------------------------------------------------------------------------


def _parts(place: str) -> dict[str, str]:
    """The places that a name begins with, by their level: 吉林省长春市财政局 → 省, 市."""
    begun = lexicon.pattern("head.region").regex.match(place)
    found = lexicon.pattern("check.residue.level").regex.finditer(begun["region"] if begun is not None else "")
    return {match["level"]: match[0] for match in found}


def own_places(report: Report) -> dict[str, str]:
    """The report's own places by level, as its title, its signing body and its evaluated body name them."""
    names = [report.head.title, report.head.issuer, *(one.department for one in report.evaluations)]
    found: dict[str, str] = {}
    for name in names:
        for level, place in _parts("".join((name or "").split())).items():
            found.setdefault(level, place)
    return found


def other_places(report: Report) -> Iterator[Residue]:
    """Bodies of another place that act or order where the report's own would, and a signature of another place."""
    own = own_places(report)
    yield from _signature(report)
    named = [
        (passage, match)
        for passage in report.passages
        for match in lexicon.pattern("check.residue.body").regex.finditer(passage.text.string)
        if _is_other(match["level"], match["place"], own) and not _is_together(passage.text.string, match)
    ]
    for level in own:
        others = {match["place"]: (passage, match) for passage, match in reversed(named) if match["level"] == level}
        for place, (passage, match) in others.items() if len(others) < _MANY else ():
            message = Message.of(
                "{body} is of another place than the report ({place})", body=match["whole"], place=own[level]
            )
            cited = (quoted(passage, *match.span("whole")), *_own_evidence(report))
            yield Residue(message, f"{place} ≠ {own[level]}", cited, passage.evaluation)


def _is_other(level: str, place: str, own: dict[str, str]) -> bool:
    mine = own.get(level)
    return mine is not None and not mine.endswith(place) and not place.endswith(mine)


def _is_together(string: str, match: regex.Match[str]) -> bool:
    """Whether the sentence tells of work with the other place."""
    start, end = sentence(string, match.start(), match.end())
    return lexicon.matcher("check.residue.together").search(string[start:end]) is not None


def _own_evidence(report: Report) -> tuple[Evidence, ...]:
    title = head_evidence(report.head, "title", report.head.title or "")
    return title or head_evidence(report.head, "issuer", report.head.issuer or "")


def _signature(report: Report) -> Iterator[Residue]:
    head = report.head
    title, issuer = (_parts("".join((name or "").split())) for name in (head.title, head.issuer))
    for level, place in issuer.items():
        if _is_other(level, place, title):
            message = Message.of("{body} signs a report of {place}", body=head.issuer, place=title[level])
            cited = (*head_evidence(head, "title", head.title or ""), *head_evidence(head, "issuer", head.issuer or ""))
            if cited:
                yield Residue(message, f"{place} ≠ {title[level]}", cited)
            return


def other_codes(report: Report) -> Iterator[Residue]:
    """Document numbers of another province's bodies."""
    home = province_of(report.head.title or "") or province_of(report.head.issuer or "")
    for number in report.doc_numbers if home is not None else ():
        of_code = province(number.agency_code)
        if home is None or of_code is None or of_code.shared or of_code.name == home.name or number.role == "own":
            continue
        names = "".join(filter(None, (report.head.title, report.head.issuer)))
        if number.agency_code[0] not in names and fields_shown(number.agency_code, number.agency_code[0]):
            message = Message.of(
                "{number} is of {place}, and the report of {own}",
                number=number.normalized,
                place=of_code.name,
                own=home.name,
            )
            formula = f"{of_code.name} ≠ {home.name}"
            yield Residue(message, formula, (evidence(number), *_own_evidence(report)), number.evaluation)


# --- other years ------------------------------------------------------------------------------------------------------


def other_years(report: Report) -> Iterator[Residue]:
    """The budget of another year with this year's amount, and one name under two spans of years."""
    passages = Passages.of(report)
    for evaluation in report.evaluations:
        years = evaluated(report, evaluation)
        if years is not None:
            yield from _budgets(report, passages, evaluation, years)
            yield from _named(report, evaluation, years)
    yield from _spans(report)


def _budgets(report: Report, passages: Passages, evaluation: Evaluation, years: tuple[int, int]) -> Iterator[Residue]:
    """2021年下达386.275万元 in a report on 2022 whose own budget is 386.275万元."""
    budgets = [
        (fund, _year_before(passages, fund))
        for fund in report.funds
        if fund.evaluation == evaluation.seq and fund.role in ("budget", "received") and fund.parent_seq is None
    ]
    for fund, year in budgets:
        digits = len(fund.value.normalize().as_tuple().digits)
        if year is None or years[0] <= year <= years[1] or digits < _DIGITS:
            continue
        twin = next(
            (one for one, its in budgets if one.yuan == fund.yuan and its is not None and years[0] <= its <= years[1]),
            None,
        )
        if twin is not None and fund.yuan is not None:
            message = Message.of(
                "{amount} is called the money of {other}, elsewhere that of {year}",
                amount=fund.raw,
                other=str(year),
                year=str(years[0]),
            )
            yield Residue(message, f"{year} ≠ {years[0]}", (evidence(fund), evidence(twin)), evaluation.seq)


def _year_before(passages: Passages, fund: Fund) -> int | None:
    """The one year that the fund's sentence names before its amount; None where it names none, several or a day."""
    if fund.place.source != "prose":
        return None
    words = passages.before(fund.place) + fund.label
    years = {int(match["year"]) for match in lexicon.pattern("check.residue.year").regex.finditer(words)}
    other = lexicon.matcher("check.residue.other_year").search(words + passages.after(fund.place))
    return years.pop() if len(years) == 1 and other is None else None


def _named(report: Report, evaluation: Evaluation, years: tuple[int, int]) -> Iterator[Residue]:
    """2023年度 before the fund's own name, in what the report on 2024 says of its own fund."""
    name = (evaluation.subject or "").removeprefix(report.head.region or "")
    if len(name) < _NAME:
        return
    place = regex.escape(report.head.region or "")
    pattern = regex.compile(rf"(?<!\d)(?P<year>20\d\d)年度?(?:的|{place})?{regex.escape(name)}")
    headline = lexicon.matcher("check.headline.annex")
    for passage in report.passages[1:]:
        string = passage.text.string
        own = evaluation_of(report, passage) == evaluation.seq and not headline.match(string)
        for match in pattern.finditer(string) if own else ():
            start, end = sentence(string, match.start(), match.end())
            words = string[start:end]
            told = any(str(year) in words for year in range(years[0], years[1] + 1))
            if int(match["year"]) < years[0] and not told and not _of_that_year(words):
                message = Message.of(
                    "The fund of {year} is called that of {other}", year=str(years[0]), other=match["year"]
                )
                cited = (quoted(passage, match.start(), match.end()), *_own_evidence(report))
                yield Residue(message, f"{match['year']} ≠ {years[0]}", cited, evaluation.seq)
                return


def _of_that_year(words: str) -> bool:
    """Whether a sentence speaks of the other year on purpose."""
    marks = any(mark in words for mark in ("《", "结果", "报告如下"))
    return marks or lexicon.matcher("check.residue.other_year").search(words) is not None


def _spans(report: Report) -> Iterator[Residue]:
    """2020—2021年冬令救济 beside 2021—2022年冬令救济: two spans of one length that overlap, beside the same words."""
    pattern = lexicon.pattern("check.residue.span").regex
    found = [(passage, match) for passage in report.passages for match in pattern.finditer(passage.text.string)]
    for at, (passage, match) in enumerate(found):
        for earlier, first in (one for one in found[:at] if one[0].seq < _OPENING):
            one, other = ((int(m["from"]), int(m["to"])) for m in (first, match))
            shifted = (
                one != other and one[1] - one[0] == other[1] - other[0] and abs(one[0] - other[0]) <= one[1] - one[0]
            )
            if shifted and _share(_words(earlier, first), _words(passage, match)):
                message = Message.of(
                    "One name stands under {one} and under {other}", one=first["span"], other=match["span"]
                )
                cited = (quoted(earlier, *first.span()), quoted(passage, *match.span()))
                yield Residue(message, f"{first['span']} ≠ {match['span']}", cited, evaluation_of(report, passage))
                return


def _words(passage: Passage, match: regex.Match[str]) -> str:
    """The words of a span's clause, before and behind it."""
    string = passage.text.string
    start, end = sentence(string, match.start(), match.end())
    return string[max(start, match.start() - 2 * _BESIDE) : min(end, match.end() + 2 * _BESIDE)]


def _share(one: str, other: str) -> bool:
    """Whether two texts have a run of Chinese characters in common that names something."""
    runs = (one[i : i + _SHARED] for i in range(len(one) - _SHARED + 1))
    return any(run in other and regex.fullmatch(r"\p{Han}+", run) for run in runs)
