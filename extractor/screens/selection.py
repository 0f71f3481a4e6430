"""Which checks a person means by ids, families and patterns: `sum-parts`, `funds`, `score-*`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from extractor.checks import catalogue
from extractor.checks.own import FAMILY, OwnCheck
from extractor.errors import UsageError
from extractor.messages import Message
from extractor.model import Severity
from extractor.screens.words import SEVERITIES


def family(check_id: str) -> str:
    """The family of a check: the folder of a built-in one, `own` for the others."""
    module = catalogue.CHECKS.get(check_id)
    return module.partition(".")[0] if module is not None else FAMILY


def chosen(select: Iterable[str], ignore: Iterable[str], owned: Sequence[OwnCheck] = ()) -> set[str]:
    """The checks that `--select` (all without it) and `--ignore` leave. Raises `UsageError` for what names none."""
    known = (*catalogue.CHECKS, *(check.id for check in owned))
    wanted = _meant(select, known)
    return (wanted or set(known)) - _meant(ignore, known)


def _meant(given: Iterable[str], known: Sequence[str]) -> set[str]:
    """What the words mean, several in one option parted by commas."""
    found: set[str] = set()
    for word in (word.strip() for words in given for word in words.split(",")):
        meant = {id_ for id_ in known if family(id_) == word or fnmatchcase(id_, word)} if word else set()
        if word and not meant:
            raise UsageError(unknown_check(word, known))
        found |= meant
    return found


def unknown_check(name: str, known: Sequence[str] = tuple(catalogue.CHECKS)) -> Message:
    """That there is no check of this name, and which one may be meant."""
    near = get_close_matches(name, (*known, *sorted({family(id_) for id_ in known})), n=1)
    if near:
        return Message.of("There is no check {id}: did you mean {near}?", id=name, near=near[0])
    return Message.of("There is no check {id}: `jixiao explain` lists them.", id=name)


def severity(name: str) -> Severity:
    """The severity of this name. Raises `UsageError` where there is none."""
    for one in SEVERITIES:
        if one == name:
            return one
    raise UsageError(Message.of("There is no severity {name}: choose error, warning or note.", name=name))
