"""The words that name an amount, verbatim: 中央补助资金, 实际支出, 支持公租房建设.

A verb of spending or receiving belongs to the name (实际支出); a verb of releasing, its receiver, the document it
rests on, the year and 合计 do not.
"""

from __future__ import annotations

import regex

from extractor.find.funds.statements import Statement
from extractor.lexicon import pattern

_EDGES = frozenset(" ,，、;；。:□的")
_NAME_ENDS = frozenset(",，、;；。、:()")
_LONGEST = 60

#: Where a name stands in the passage's string.
_Range = tuple[int, int]


def label_of(statement: Statement) -> str:
    """The amount's name: before it, else behind it (500万元为中央资金), else in the clause before."""
    string = statement.wording.string
    before = _before(statement)
    if before[0] < before[1] and not pattern("funds.label.empty").regex.fullmatch(string, *before):
        return _printed(statement, before)
    behind = _behind(statement)
    if behind[0] < behind[1]:
        return _printed(statement, behind)
    return _printed(statement, _earlier(statement)) or _printed(statement, before)


def _printed(statement: Statement, at: _Range) -> str:
    return statement.wording.passage.text.string[slice(*at)]


def _before(statement: Statement) -> _Range:
    return _trim(statement.wording.string, statement.clause_start, statement.name_end)


def _trim(string: str, start: int, end: int) -> _Range:
    """The range of the name without what stands around it."""
    cited = pattern("funds.label.cited").regex.match(string, start, end)
    start, end = _strip(string, cited.end() if cited else start, end)
    start = max(start, end - _LONGEST)
    previous = None
    while previous != (start, end):
        previous = (start, end)
        start = _end(pattern("funds.label.lead").regex.match(string[start:end]), start)
        start, end = _strip(string, start, end)
        trail = pattern("funds.label.trail").regex.search(string[start:end])
        start, end = _strip(string, start, start + trail.start() if trail else end)
    return start, end


def _end(match: regex.Match[str] | None, start: int) -> int:
    return start + match.end() if match else start


def _strip(string: str, start: int, end: int) -> _Range:
    while start < end and (string[start] in _EDGES or string[start] == ")"):
        start += 1
    while start < end and string[end - 1] in _EDGES:
        end -= 1
    return start, end


def _behind(statement: Statement) -> _Range:
    """The name behind the amount: 为…, 用于…, 支持…, or the noun itself."""
    string = statement.wording.string
    at = begin = statement.end
    while at < min(statement.stop, begin + _LONGEST) and string[at] not in _NAME_ENDS:
        at += 1
    match = pattern("funds.label.behind").regex.match(string, begin, at)
    return _strip(string, *match.span("name")) if match else (begin, begin)


def _earlier(statement: Statement) -> _Range:
    """The name in the clause before (下达补助资金19项,总金额…万元)."""
    end = statement.clause_start
    floor = max(statement.floor, statement.sentence)
    if end - 1 <= floor:
        return end, end
    start = statement.wording.clause_start(end - 1, floor)
    return _trim(statement.wording.string, start, end - 1)
