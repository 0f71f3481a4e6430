"""The words that name an amount, verbatim: 中央补助资金, 实际支出, 支持公租房建设.

A verb of spending or receiving belongs to the name (实际支出); a verb of releasing, its receiver, the year and 合计 do
not.
"""

from __future__ import annotations

from extractor.find.fund_statements import Statement
from extractor.lexicon import pattern

_EDGES = " ,，、;；。:□的"
_NAME_ENDS = frozenset(",，;；。、:()")
_LONGEST = 60


def label_of(statement: Statement) -> str:
    """The amount's name: before it, else behind it (500万元为中央资金), else in the clause before."""
    before = _before(statement)
    if before and not pattern("funds.label.empty").regex.fullmatch(before):
        return before
    behind = _behind(statement)
    if behind:
        return behind
    return _earlier(statement) or before


def _before(statement: Statement) -> str:
    start = statement.clause_start
    return _trim(statement.wording.string[start : statement.name_end])


def _trim(words: str) -> str:
    """The name without what stands around it."""
    words = words.strip(_EDGES)
    if len(words) > _LONGEST:
        words = words[-_LONGEST:]
    previous = None
    while previous != words:
        previous = words
        words = pattern("funds.label.lead").regex.sub("", words).strip(_EDGES)
        words = pattern("funds.label.trail").regex.sub("", words).strip(_EDGES)
    return words


def _behind(statement: Statement) -> str:
    """The name behind the amount: 为…, 用于…, 支持…, or the noun itself."""
    string = statement.wording.string
    at = begin = statement.end
    while at < min(statement.stop, begin + _LONGEST) and string[at] not in _NAME_ENDS:
        at += 1
    words = string[begin:at]
    match = pattern("funds.label.behind").regex.match(words)
    return match["name"].strip(_EDGES) if match else ""


def _earlier(statement: Statement) -> str:
    """The name in the clause before (下达补助资金19项,总金额…万元)."""
    end = statement.clause_start
    floor = max(statement.floor, statement.sentence)
    if end - 1 <= floor:
        return ""
    start = statement.wording.clause_start(end - 1, floor)
    return _trim(statement.wording.string[start : end - 1])
