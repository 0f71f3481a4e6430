"""The laws of `patterns/`: entries keep what they promise, and no expression hangs on a hostile text."""

from __future__ import annotations

import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import regex

from extractor import lexicon
from extractor.errors import PatternError
from extractor.find.funds.sentences import find_funds
from extractor.find.outline import passages
from extractor.lexicon import Pattern
from extractor.model import Fund
from extractor.read.files import read_document

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "patterns").glob("*.toml"))
ENTRIES: dict[str, dict[str, Any]] = {path.name: tomllib.loads(path.read_text("utf-8")) for path in FILES}
PATTERNS = list(lexicon.lexicon().patterns.values())
CODE = "\n".join(path.read_text("utf-8") for path in (*ROOT.glob("*.py"), *(ROOT / "extractor").rglob("*.py")))

#: Seconds that one expression may take for a text of `LENGTH` characters, on a slow machine.
BOUND = 1.0
LENGTH = 100_000


# --- the laws: each gives the faults that it finds --------------------------------------------------------------------


def examples(pattern: Pattern) -> Iterator[str]:
    """An expression has examples, hits each `yes` and no `no`."""
    if not pattern.yes:
        yield f"{pattern.id} has no example"
    yield from (fault.text("en") for fault in pattern.faults())


def groups(pattern: Pattern) -> Iterator[str]:
    """Each named group is filled by some `yes`."""
    filled = {
        name
        for text in pattern.yes
        for match in pattern.regex.finditer(text)
        for name, value in match.groupdict().items()
        if value
    }
    yield from (f"{pattern.id}: no example fills {name}" for name in pattern.regex.groupindex if name not in filled)


def counterexamples(pattern: Pattern) -> Iterator[str]:
    """An entry says what it must not hit."""
    if not pattern.no:
        yield f"{pattern.id} has no counterexample"


def doubled(entries: dict[str, dict[str, Any]]) -> Iterator[str]:
    """No id, fragment or unit name stands twice: the later one would silently replace the earlier one."""
    names = Counter(
        (kind, entry["id"]) for file in entries.values() for kind in ("pattern", "term") for entry in file.get(kind, ())
    )
    names.update(("fragment", name) for file in entries.values() for name in file.get("fragment", {}))
    names.update(
        ("unit", name)
        for file in entries.values()
        for entry in file.get("unit", ())
        for name in (entry["name"], *entry.get("aliases", ()))
    )
    yield from (f"{kind} {name} stands {times} times" for (kind, name), times in names.items() if times > 1)


def wordless(entries: dict[str, dict[str, Any]]) -> Iterator[str]:
    """A term has words, each once and none empty, and a reason."""
    for file in entries.values():
        for term in file.get("term", ()):
            if not term["words"] or not all(term["words"]):
                yield f"{term['id']} has an empty word, or none"
            if len(set(term["words"])) < len(term["words"]):
                yield f"{term['id']} has a word twice"
            if not term["why"].strip():
                yield f"{term['id']} has no reason"


def idle_fragments(entries: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Each fragment is used, and has no groups of its own."""
    sources = [entry["regex"] for file in entries.values() for entry in file.get("pattern", ())]
    fragments = {name: text for file in entries.values() for name, text in file.get("fragment", {}).items()}
    used = set(re.findall(r"\{([a-z_]\w*)\}", "\n".join((*sources, *fragments.values()))))
    yield from (f"fragment {name} is not used" for name in fragments if name not in used)
    yield from (
        f"fragment {name} has a group"
        for name, text in fragments.items()
        if regex.compile(re.sub(r"\{[a-z_]\w*\}", "x", text), regex.VERSION1).groups
    )


def idle_entries(ids: Iterable[str], code: str) -> Iterator[str]:
    """Each entry is asked for in the code: by its id, or by a longer or shorter part of it that the code completes."""
    for id_ in ids:
        parts = id_.split(".")
        prefixes = {".".join(parts[:n]) for n in range(min(2, len(parts)), len(parts) + 1)}
        asked = any(re.search(rf'"{re.escape(prefix)}\.?(?:\{{\w+\}}[^"]*)?"', code) for prefix in prefixes)
        if not asked:
            yield f"{id_} is not used"


def slow(pattern: Pattern, bound: float = BOUND, length: int = LENGTH) -> Iterator[str]:
    """Repetitions of an entry's own examples, and of digits, blanks and brackets, are searched through in time."""
    for text in sorted(hostile_texts(pattern)):
        string = (text * (length // len(text) + 1))[:length]
        start = time.perf_counter()
        try:
            for _ in pattern.regex.finditer(string, timeout=bound):
                pass
        except TimeoutError:
            yield f"{pattern.id} is slow on {text!r}"
        else:
            if time.perf_counter() - start > bound:
                yield f"{pattern.id} is slow on {text!r}"


def hostile_texts(pattern: Pattern) -> set[str]:
    """What a text can repeat to make an expression try again and again."""
    texts = {"1", "1,", "12 ", " ", "(", "((1)", "〔20", "一", "零一百", "的", "元,", "、。"}
    texts.update(example for example in pattern.yes if example)
    texts.update(example[:-1] for example in pattern.yes if len(example) > 1)
    return texts


# --- the laws hold ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_examples_and_groups(pattern: Pattern) -> None:
    assert [*examples(pattern), *groups(pattern), *counterexamples(pattern)] == []


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_no_expression_hangs(pattern: Pattern) -> None:
    assert list(slow(pattern)) == []


def test_names_are_given_once() -> None:
    assert list(doubled(ENTRIES)) == []


def test_terms_have_words() -> None:
    assert list(wordless(ENTRIES)) == []


def test_fragments_are_used() -> None:
    assert list(idle_fragments(ENTRIES)) == []


def test_entries_are_used() -> None:
    assert list(idle_entries((*lexicon.lexicon().patterns, *lexicon.lexicon().terms), CODE)) == []


# --- and each law can fail --------------------------------------------------------------------------------------------


def planted(regex_: str, yes: tuple[str, ...] = ("x",), no: tuple[str, ...] = (), **data: object) -> Pattern:
    return Pattern("planted", regex_, "to be found out", yes, no, data)


@pytest.mark.parametrize(
    "pattern",
    [
        planted("预算", yes=("决算",)),
        planted("预算", yes=("预算",), no=("预算单位",)),
        planted("预算", yes=()),
        planted("预算", yes=("预算数",), whole=True),
    ],
)
def test_wrong_examples_are_found_out(pattern: Pattern) -> None:
    assert list(examples(pattern))


def test_whole_examples_are_matched_from_end_to_end() -> None:
    assert not list(examples(planted("(?:即|计)*", yes=("即", ""), no=("即将",), whole=True)))


def test_a_group_that_no_example_fills_is_found_out() -> None:
    assert list(groups(planted("(?P<a>x)|(?P<b>y)", yes=("x",)))) == ["planted: no example fills b"]


def test_a_pattern_without_counterexample_is_found_out() -> None:
    assert list(counterexamples(planted("x")))


def test_names_given_twice_are_found_out() -> None:
    twice = {
        "a.toml": {"pattern": [{"id": "x"}], "fragment": {"n": "1"}, "unit": [{"name": "个", "aliases": ["個"]}]},
        "b.toml": {"pattern": [{"id": "x"}], "fragment": {"n": "2"}, "unit": [{"name": "個"}]},
    }
    assert len(list(doubled(twice))) == 3


@pytest.mark.parametrize(
    ("words", "why"), [([], "w"), (["甲", ""], "w"), (["甲", "甲"], "w"), (["甲"], " ")], ids=range(4)
)
def test_terms_without_words_or_reason_are_found_out(words: list[str], why: str) -> None:
    assert list(wordless({"a.toml": {"term": [{"id": "t", "words": words, "why": why}]}}))


@pytest.mark.parametrize("fragment", ["(a)", "(?P<n>a)"])
def test_groups_in_fragments_are_found_out(fragment: str) -> None:
    assert list(idle_fragments({"a.toml": {"fragment": {"f": fragment}, "pattern": [{"regex": "{f}"}]}}))


def test_idle_fragments_and_entries_are_found_out() -> None:
    assert list(idle_fragments({"a.toml": {"fragment": {"f": "[(]"}}})) == ["fragment f is not used"]
    assert list(idle_entries(["a.b.c", "x.y.z"], 'family("a.b")')) == ["x.y.z is not used"]
    assert not list(idle_entries(["x.y.z"], 'words(f"x.y.{kind}")'))


def test_backtracking_is_found_out() -> None:
    assert list(slow(planted("(?:1+)+x", no=("y",)), bound=0.1, length=2_000))
    assert not list(slow(planted("1x", no=("y",))))


# --- a folder of one's own --------------------------------------------------------------------------------------------


@pytest.fixture
def own_folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    lexicon.use()


def test_entries_of_an_own_folder_add_and_replace(own_folder: Path) -> None:
    (own_folder / "own.toml").write_text(
        "[[pattern]]\nid = 'funds.role.own'\nrole = 'received'\nregex = '打进来'\nwhy = 'said here'\nyes = ['打进来']\n"
        "[[term]]\nid = 'numbers.slogan'\nwords = ['个抓手']\nwhy = 'said here'\n",
        "utf-8",
    )
    lexicon.use(own_folder)
    assert "funds.role.own" in [pattern.id for pattern in lexicon.family("funds.role")]
    assert lexicon.words("numbers.slogan") == ("个抓手",)


@pytest.mark.parametrize(
    "text",
    [
        "[[pattern]]\nid = 'x'",
        "[[pattern]]\nid = 'x'\nregex = 'a'\nwhy = ''\nyes = []",
        "[[pattern]]\nid = 'x'\nregex = '{nothing}'\nwhy = 'w'\nyes = []",
        "[[term]]\nid = 'x'\nwords = 3\nwhy = 'w'",
        "no = toml = at all",
        "[fragment]\na = '{b}'\nb = '{a}'\n[[pattern]]\nid = 'x'\nregex = '{a}'\nwhy = 'w'\nyes = []",
        "[[fold]]\nfrom = 'ab'\nto = 'c'",
        "[[pattern]]\nid = 'x'\nregex = '('\nwhy = 'w'\nyes = []",
        "[[pattern]]\nid = 'x'\nregex = '预算'\nwhy = 'w'\nyes = ['决算']",
        "[[pattern]]\nid = 'x'\nregex = '预算'\nwhy = 'w'\nyes = ['预算']\nno = ['预算单位']",
    ],
    ids=range(10),
)
def test_a_wrong_entry_is_one_sentence(own_folder: Path, text: str) -> None:
    (own_folder / "own.toml").write_text(text, "utf-8")
    with pytest.raises(PatternError) as caught:
        lexicon.use(own_folder)
    assert "\n" not in str(caught.value)


def test_a_wrong_expression_is_one_sentence() -> None:
    with pytest.raises(PatternError, match="planted"):
        assert planted("(").regex


README = (ROOT / "patterns" / "README.md").read_text("utf-8")


BLOCKS = [block for kind, block in re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL) if kind != "sh"]


def test_the_example_of_the_manual_works(own_folder: Path) -> None:
    note, entry, _ = BLOCKS
    report = own_folder / "note.txt"
    report.write_text(note, "utf-8")
    assert [fund.role for fund in _funds(report)] == ["budget", "budget"]
    words = own_folder / "my-words"
    words.mkdir()
    (words / "spent.toml").write_text(entry, "utf-8")
    lexicon.use(words)
    assert [fund.role for fund in _funds(report)] == ["budget", "spent"]


def test_the_profile_of_the_manual_works(own_folder: Path) -> None:
    (own_folder / "own.toml").write_text(BLOCKS[2], "utf-8")
    lexicon.use(own_folder)
    chosen = lexicon.profile_for("某某县", 2024)
    assert (chosen.id, str(chosen["overachieve.completion"])) == ("our-county", "1.5")
    assert str(chosen.ladder("score.cap").at(Decimal("0.7"))) == "89"
    assert chosen["execution.weight"] == lexicon.profile()["execution.weight"]


def _funds(path: Path) -> list[Fund]:
    document = read_document(path)
    return find_funds(document, passages(document), ())


def test_the_manual_names_every_file() -> None:
    assert [path.stem for path in FILES if f"`{path.stem}`" not in README] == []
