"""patterns/*.toml → Pattern, Term, Unit, Profile. The only module that opens `patterns/`.

Entries are read once a process; a regular expression is compiled when it is first used. `use()` adds a user's own
folder, whose entries add to the built-in ones and replace those with the same id; it holds them to their examples at
once, so that a slip is told before anything is read. The format is described in `patterns/README.md`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import regex

from extractor.errors import PatternError
from extractor.messages import Message

_P = ParamSpec("_P")
_R = TypeVar("_R")

#: The built-in folder stands beside this package, in a checkout as in an installation.
_ROOT = Path(__file__).parents[1] / "patterns"
#: The profile that the others extend, and that holds where no other one fits.
NATIONAL = "national"
#: The last fiscal year of a rule that has no end.
LAST_YEAR = 9999
_FRAGMENT = re.compile(r"\{([a-z_]\w*)\}")


@dataclass(frozen=True)
class Pattern:
    """A regular expression with its reason and its examples; `{name}` stands for the fragment of that name."""

    id: str
    source: str
    why: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    #: Further keys of the entry, for whoever uses the pattern (role = "budget").
    data: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def regex(self) -> regex.Pattern[str]:
        """The compiled expression. Raises `PatternError` where it is none."""
        try:
            return regex.compile(self.source, regex.VERSION1)
        except regex.error as error:
            reason = Message.of("The expression of {id} is no regular expression: {reason}.", id=self.id, reason=error)
            raise PatternError(reason) from error

    def faults(self) -> Iterator[Message]:
        """The examples that the expression does not keep: a `yes` that it misses, a `no` that it hits.

        With `whole = true` an example is matched from end to end: for expressions that must fill a whole string.
        """
        tried = self.regex.fullmatch if self.data.get("whole") else self.regex.search
        for text in self.yes:
            if not tried(text):
                yield Message.of("{id} does not find its own example “{text}” (yes).", id=self.id, text=text)
        for text in self.no:
            if tried(text):
                yield Message.of("{id} finds “{text}”, which it must not find (no).", id=self.id, text=text)


@dataclass(frozen=True, slots=True)
class Term:
    """A concept and the words that stand for it, longest first (`table.column.actual`: 实际完成值, 全年完成值 …)."""

    id: str
    words: tuple[str, ...]
    why: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: `factor` base units of `dimension`. Units of one `group` are words for the same thing."""

    name: str
    dimension: str
    factor: Fraction
    group: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a threshold or ladder is for, and the rule that it rests on: in English and, where there is one, Chinese."""

    what: str
    source: str
    what_zh: str = ""
    source_zh: str = ""

    def told(self, language: str) -> tuple[str, str]:
        """(what it is for, the rule) in `language`."""
        if language == "zh":
            return self.what_zh or self.what, self.source_zh or self.source
        return self.what, self.source


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps of a rule: a figure below a step's limit (and not below an earlier one) gets its value.

    The last step may have no limit (None). Limits and values are exact; a value is a number or a word (优).
    """

    steps: tuple[tuple[Decimal | None, Decimal | str], ...]

    def at(self, figure: Decimal | Fraction) -> Decimal | str | None:
        """The value for a figure, None above the last limit."""
        exact = Fraction(figure)
        return next((value for limit, value in self.steps if limit is None or exact < Fraction(limit)), None)

    def __str__(self) -> str:
        """`< 60: 差; < 80: 中; …: 优`, in signs that are read in every language."""
        return "; ".join(f"{f'< {limit:f}' if limit is not None else '…'}: {value}" for limit, value in self.steps)


@dataclass(frozen=True, slots=True)
class Profile:
    """The numbers of local rules: thresholds by id in `values`, ladders by id, with the rule that each rests on.

    `regions` are beginnings of the names of places where it holds, `years` the first and last fiscal year: by both a
    profile is chosen for a report, unless one is named.
    """

    id: str
    title: str
    values: Mapping[str, Decimal]
    bases: Mapping[str, Basis]
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    title_zh: str = ""
    regions: tuple[str, ...] = ()
    years: tuple[int, int] = (0, LAST_YEAR)

    def __getitem__(self, threshold: str) -> Decimal:
        return self.values[threshold]

    def get(self, threshold: str) -> Decimal | None:
        """The threshold, None where this profile sets none."""
        return self.values.get(threshold)

    def ladder(self, id_: str) -> Ladder:
        """The ladder; one without steps where this profile sets none."""
        return self.ladders.get(id_, Ladder(()))

    def name(self, language: str) -> str:
        """The title in `language`."""
        return (self.title_zh if language == "zh" else "") or self.title

    def fits(self, region: str, year: int | None) -> int:
        """How closely it fits a report of this region and year: the length of the place's name, 0 where it does not.

        A report that prints no year is taken for one of those in which the profile holds.
        """
        if year is not None and not self.years[0] <= year <= self.years[1]:
            return 0
        return max((len(name) for name in self.regions if region.startswith(name)), default=0)


@dataclass(frozen=True)
class Lexicon:
    """All entries of the built-in folder and of the folders that were added, in file and entry order."""

    patterns: Mapping[str, Pattern]
    terms: Mapping[str, Term]
    units: Mapping[str, Unit]
    folding: Mapping[int, str]
    profiles: Mapping[str, Profile]


class _Builder:
    """Collects the entries of one or more folders; a later entry of the same id replaces the earlier one."""

    def __init__(self) -> None:
        self.fragments: dict[str, str] = {}
        self.patterns: dict[str, dict[str, Any]] = {}
        self.terms: dict[str, Term] = {}
        self.units: dict[str, Unit] = {}
        self.folding: dict[int, str] = {}
        self.profiles: dict[str, Profile] = {}

    def read(self, name: str, text: str) -> None:
        try:
            content = tomllib.loads(text)
            self._entries(content)
        except tomllib.TOMLDecodeError as error:
            raise PatternError(Message.of("{name} is no valid TOML: {reason}.", name=name, reason=error)) from error
        except KeyError as error:
            lacking = Message.of("An entry of {name} lacks its line {key} = …", name=name, key=error.args[0])
            raise PatternError(lacking) from error
        except (TypeError, ValueError, AttributeError) as error:
            wrong = Message.of("An entry of {name} is wrong: {reason}.", name=name, reason=error)
            raise PatternError(wrong) from error

    def _entries(self, content: dict[str, Any]) -> None:
        self.fragments.update(content.get("fragment", {}))
        for entry in content.get("pattern", ()):
            if not str(entry["why"]).strip():
                raise ValueError(f"{entry['id']} gives no reason (why)")
            self.patterns[entry["id"]] = entry
        for entry in content.get("term", ()):
            words = tuple(sorted(entry["words"], key=lambda word: -len(word)))
            data = {key: value for key, value in entry.items() if key not in ("id", "words", "why")}
            self.terms[entry["id"]] = Term(entry["id"], words, entry["why"], data)
        for entry in content.get("unit", ()):
            for name in (entry["name"], *entry.get("aliases", ())):
                factor = Fraction(str(entry.get("factor", 1)))
                self.units[name] = Unit(name, entry["dimension"], factor, entry.get("group", entry["name"]))
        for entry in content.get("fold", ()):
            for before, after in zip(entry["from"], entry.get("to") or [""] * len(entry["from"]), strict=True):
                self.folding[ord(before)] = after
        if "profile" in content:
            made = _profile(content, self.profiles)
            self.profiles[made.id] = made

    def expand(self, source: str, owner: str, depth: int = 0) -> str:
        if depth > 20:
            raise PatternError(Message.of("The fragments of {id} refer to each other in a circle.", id=owner))

        def fragment(match: re.Match[str]) -> str:
            if match[1] not in self.fragments:
                unknown = Message.of(
                    "{id} uses the fragment {fragment}, which there is not.", id=owner, fragment=match[1]
                )
                raise PatternError(unknown)
            return f"(?:{self.expand(self.fragments[match[1]], owner, depth + 1)})"

        return _FRAGMENT.sub(fragment, source)

    def build(self) -> Lexicon:
        patterns = {}
        for id_, entry in self.patterns.items():
            data = {key: value for key, value in entry.items() if key not in ("id", "regex", "why", "yes", "no")}
            source = self.expand(entry["regex"], id_)
            patterns[id_] = Pattern(id_, source, entry["why"], tuple(entry["yes"]), tuple(entry.get("no", ())), data)
        return Lexicon(patterns, self.terms, self.units, self.folding, self.profiles)


def _profile(content: dict[str, Any], known: Mapping[str, Profile]) -> Profile:
    """The profile of one file: what it does not set itself is as in the one that it extends, by default the national.

    Raises KeyError for a line that lacks, ValueError for one that means nothing.
    """
    head = content["profile"]
    extends = head.get("extends", "" if head["id"] == NATIONAL else NATIONAL)
    if extends and extends not in known:
        raise ValueError(f"it extends {extends}, which there is not")
    base = known.get(extends)
    values, ladders = (dict(base.values), dict(base.ladders)) if base else ({}, {})
    bases = dict(base.bases) if base else {}
    for entry in content.get("threshold", ()):
        values[entry["id"]] = _exact(entry["value"])
        bases[entry["id"]] = _basis(entry)
    for entry in content.get("ladder", ()):
        ladders[entry["id"]] = _ladder(entry)
        bases[entry["id"]] = _basis(entry)
    years = head.get("years", {})
    return Profile(
        head["id"],
        head["title"],
        values,
        bases,
        ladders,
        head.get("title_zh", ""),
        tuple(head.get("regions", ())),
        (int(years.get("from", 0)), int(years.get("to", LAST_YEAR))),
    )


def _basis(entry: dict[str, Any]) -> Basis:
    source = str(entry["source"]).strip()
    if not source:
        raise ValueError(f"{entry['id']} gives no source")
    return Basis(entry.get("what", entry["id"]), source, entry.get("what_zh", ""), entry.get("source_zh", ""))


def _ladder(entry: dict[str, Any]) -> Ladder:
    steps = [(_exact(step["below"]) if "below" in step else None, _value(step["value"])) for step in entry["steps"]]
    limits = [limit for limit, _ in steps]
    if None in limits[:-1] or any(a >= b for a, b in pairwise(one for one in limits if one is not None)):
        raise ValueError(f"the steps of {entry['id']} do not rise")
    return Ladder(tuple(steps))


def _exact(value: object) -> Decimal:
    """The number as it is written, in quotation marks or not."""
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{value} is no number") from error
    if not number.is_finite():
        raise ValueError(f"{value} is no number")
    return number


def _value(value: object) -> Decimal | str:
    try:
        return _exact(value)
    except ValueError:
        return str(value)


def _load(folders: tuple[Path, ...]) -> Lexicon:
    builder = _Builder()
    builtin = sorted(_ROOT.glob("*.toml"))
    # The national profile is the one that the others extend.
    profiles = sorted(_ROOT.glob("profiles/*.toml"), key=lambda path: (path.stem != NATIONAL, path.name))
    for path in (*builtin, *profiles):
        builder.read(path.name, path.read_text("utf-8"))
    known = builder.build()
    if not folders:
        return known
    for folder in folders:
        _read_folder(builder, folder)
    extended = builder.build()
    for entry in extended.patterns.values():
        fault = next(entry.faults(), None) if entry != known.patterns.get(entry.id) else None
        if fault is not None:
            raise PatternError(fault)
    return extended


def _read_folder(builder: _Builder, folder: Path) -> None:
    if not folder.is_dir():
        raise PatternError(Message.of("{path} is no folder: give a folder that holds .toml files.", path=folder))
    for path in sorted(folder.rglob("*.toml")):
        try:
            builder.read(str(path), path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            unreadable = Message.of("{path} cannot be read as UTF-8 text: {reason}.", path=path, reason=error)
            raise PatternError(unreadable) from error


#: The user's own folders, set once by `use`.
_added: list[Path] = []


#: Caches that hold something made from entries: `use` empties them.
_remembered: list[Callable[[], None]] = []


def remembered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Like `functools.cache`, for functions that work on entries: forgets when a folder of patterns is added."""
    cached = cache(function)
    _remembered.append(cached.cache_clear)
    return cached  # type: ignore[return-value]  # typeshed's wrapper takes any hashable arguments


#: So many answers of a question are kept: reports ask for the same words and figures many times.
_KEPT = 8192


def kept(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Like `remembered`, for questions without end (any figure, any cell): only the last answers are kept."""
    cached = lru_cache(maxsize=_KEPT)(function)
    _remembered.append(cached.cache_clear)
    return cached  # type: ignore[return-value]  # as above


@cache
def _lexicon(folders: tuple[Path, ...]) -> Lexicon:
    return _load(folders)


def forget_with_patterns(clear: Callable[[], None]) -> None:
    """Call this whenever other patterns come into use: what it clears rested on those before."""
    _remembered.append(clear)


def use(*folders: Path) -> None:
    """Add the user's own folders of patterns, for this process.

    Raises `PatternError` where one of them is no folder of such files, or an entry does not keep its examples.
    """
    _lexicon(folders)
    _added[:] = folders
    for forget in (pattern, family, words, matcher, unit, folding):
        forget.cache_clear()
    for clear in _remembered:
        clear()


def lexicon() -> Lexicon:
    """The entries in force."""
    return _lexicon(tuple(_added))


@cache
def pattern(id_: str) -> Pattern:
    """The pattern with this id."""
    return lexicon().patterns[id_]


@cache
def family(prefix: str) -> tuple[Pattern, ...]:
    """The patterns whose id begins with `prefix` and a dot, in file order."""
    return tuple(p for id_, p in lexicon().patterns.items() if id_.startswith(prefix + "."))


@cache
def words(id_: str) -> tuple[str, ...]:
    """The words of a term, longest first."""
    return lexicon().terms[id_].words


@cache
def matcher(id_: str) -> regex.Pattern[str]:
    """An expression that finds any word of the term (literally, the longest at each place)."""
    return regex.compile("|".join(regex.escape(word) for word in words(id_)))


@cache
def unit(name: str) -> Unit | None:
    """The unit of this name, None where the word is no known unit."""
    return lexicon().units.get(name)


def vocabulary() -> Path:
    """The word list of the field, in the format of jieba's dictionaries."""
    return _ROOT / "words.txt"


@cache
def folding() -> Mapping[int, str]:
    """Code point → what it is read as (full-width forms, Kangxi radicals …); Chinese punctuation stays."""
    return lexicon().folding


def profile(id_: str = NATIONAL) -> Profile:
    """The profile of this name. Raises `PatternError` where there is none."""
    profiles = lexicon().profiles
    if id_ not in profiles:
        known = ", ".join(sorted(profiles))
        raise PatternError(Message.of("There is no profile {id}: choose one of {known}.", id=id_, known=known))
    return profiles[id_]


def profile_for(region: str | None, year: int | None) -> Profile:
    """The profile that fits a report's region and fiscal year most closely, the national one where none does.

    Of several that fit alike it is the one whose rule is the youngest.
    """
    profiles = lexicon().profiles
    fitting = [(one.fits(region or "", year), one.years[0], one.id) for one in profiles.values()]
    closest = max(fitting)
    return profiles[closest[2] if closest[0] else NATIONAL]
