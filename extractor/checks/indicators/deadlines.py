"""Dates that stand as targets and actual values, as days that they can mean. No check of its own.

A date is read as a span of days, so that month and day can be compared: `2023年1月` is any day of January. A deadline
is the last day that keeps it: 12月底前 is 31 December, 9月前 may mean the end of August or of September.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace

import regex

from extractor import lexicon

#: Month and day; the year stands apart, because it is often left out.
Day = tuple[int, int]

_QUARTERS = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}
#: Parts of a month: their first and last day (None: the month's last).
_PARTS: dict[str, tuple[int, int | None]] = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, None),
    "初": (1, 10),
    "底": (21, None),
    "末": (21, None),
    "中": (11, 20),
}
_NEW_YEAR, _MIDSUMMER, _NEW_YEARS_EVE = (1, 1), (6, 30), (12, 31)


@dataclass(frozen=True, slots=True)
class When:
    """A printed date: the first and the last day that it can mean. `before`: up to then (…前); `monthly`: 每月20日."""

    year: int | None
    first: Day
    last: Day
    before: bool = False
    monthly: bool = False

    def deadline(self) -> tuple[Day, Day]:
        """The last day that keeps it, as the strict and as the loose reading have it."""
        if self.before and self.first[1] == 1 and self.last[1] > 10 and self.first[0] == self.last[0]:
            return _day_before(self.first), self.last
        return self.last, self.last

    def in_year(self, year: int) -> When:
        """The same date in a year that is not printed."""
        return self if self.year is not None else replace(self, year=year)


def _day_before(day: Day) -> Day:
    month = day[0] - 1
    return (month, _length(month)) if month else (0, 31)


def _length(month: int, year: int | None = None) -> int:
    """The days of a month; 29 for February without a year."""
    return monthrange(year or 2000, month)[1]


def read(words: str) -> When | None:
    """The date that a cell gives, the last one where it gives a span; None where it gives none of the calendar."""
    found = [_when(match) for match in lexicon.pattern("check.deadline").regex.finditer(words)]
    if not found or None in found:
        return None
    last = found[-1]
    if last is None or len(found) == 1:
        return last
    first = next((one.year for one in found if one is not None and one.year is not None), None)
    return last if last.year is not None or first is None else last.in_year(first)


def _when(match: regex.Match[str]) -> When | None:
    part = match.groupdict()
    year = int(part["year"]) if part["year"] else None
    before = part["before"] is not None
    if part["each"]:
        day = int(part["day_of_each"])
        return When(None, (1, day), (1, day), before, monthly=True) if 1 <= day <= 31 else None
    if part["quarter"]:
        month = _QUARTERS[part["quarter"]]
        return When(year, (month - 2, 1), (month, _length(month)), before)
    if part["half"]:
        return When(year, _NEW_YEAR, _MIDSUMMER if part["half"] == "上" else _NEW_YEARS_EVE, before)
    if part["end"]:
        return When(year, (12, 21) if part["end"] in ("底", "末") else _NEW_YEAR, _NEW_YEARS_EVE, before)
    month = int(part["month"])
    if not 1 <= month <= 12:
        return None
    length = _length(month, year)
    if part["day"]:
        day = int(part["to"] or part["day"])
        return When(year, (month, day), (month, day), before) if 1 <= day <= length else None
    first, last = _PARTS.get(part["part"] or "", (1, None))
    return When(year, (month, first), (month, last or length), before)


def lateness(deadline: When, done: When) -> bool | None:
    """True: done after the deadline on any reading; False: in time on any; None: the printed dates leave it open.

    Both have their year, or neither; both are of each month, or neither.
    """
    strict, loose = deadline.deadline()
    due, done_year = deadline.year or 0, done.year or 0
    first = (done_year, done.first) if not done.before else (0, (0, 0))
    if first > (due, loose):
        return True
    return False if (done_year, done.last) <= (due, strict) else None
