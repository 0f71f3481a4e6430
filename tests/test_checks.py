"""The checks: their cases (`tests/cases/<id>.toml`), and the laws that every entry of the catalogue keeps.

A case gives `name`, `outcome` and either `text` (read by the whole program) or facts (see `report_builder`). `outcome`:
'inconsistent' (at least one finding), 'consistent' (something was compared and holds, no finding), 'uncheckable' (one
such verdict, no finding), 'none' (nothing of the check's business: no verdict at all). Further keys, each optional:
`count` (of findings), `severity` (of all findings), `profile` (the id of a local one), and `message`, `formula`,
`expected`, `actual`, `difference`, `tolerance`, `hint`, `quote`: words that must stand in that field of a verdict with
the case's outcome.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import report_builder

from extractor import lexicon
from extractor.checks import catalogue, documentation
from extractor.checks.base import Check
from extractor.messages import LANGUAGES
from extractor.model import Report, Verdict

CASES = Path(__file__).parent / "cases"
ROOM = Path(catalogue.__file__).parent
#: Every id that ever stood in the catalogue, one a line; only ever added to.
EVER = Path(__file__).parent / "check_ids.txt"
OUTCOMES = ("consistent", "inconsistent", "uncheckable")
RANK = {"note": 0, "warning": 1, "error": 2}
WORDS = ("message", "formula", "expected", "actual", "difference", "tolerance", "hint", "quote")
_FRAME = {"name", "outcome", "text", "count", "severity", "profile", *WORDS}


@cache
def cases(check_id: str) -> tuple[dict[str, Any], ...]:
    path = CASES / f"{check_id}.toml"
    return tuple(tomllib.loads(path.read_text("utf-8")).get("case", ())) if path.is_file() else ()


def report_of(case: Mapping[str, Any]) -> Report:
    if "text" in case:
        return report_builder.from_text(case["text"])
    return report_builder.build({key: value for key, value in case.items() if key not in _FRAME})


def field_of(verdict: Verdict, name: str) -> str:
    if name in ("message", "hint"):
        message = getattr(verdict, name)
        return message.text("en") if message else ""
    if name == "quote":
        return "\n".join(item.quote for item in verdict.evidence)
    return str(getattr(verdict, name) or "")


PARAMETERS = [
    pytest.param(check_id, case, id=f"{check_id}: {case.get('name')}")
    for check_id in catalogue.CHECKS
    for case in cases(check_id)
]


@pytest.mark.parametrize(("check_id", "case"), PARAMETERS)
def test_case(check_id: str, case: dict[str, Any]) -> None:
    report = report_of(case)
    profile = lexicon.profile(case.get("profile", lexicon.NATIONAL))
    verdicts = list(catalogue.check(check_id).run(report, profile))
    shown = "\n".join(f"{v.outcome} {v.severity}: {v.message.text('en')} {v.formula}" for v in verdicts)
    outcome = case["outcome"]
    matching = [verdict for verdict in verdicts if verdict.outcome == outcome]
    findings = [verdict for verdict in verdicts if verdict.outcome == "inconsistent"]
    if outcome == "none":
        assert not verdicts, shown
        return
    assert matching, shown or "no verdict at all"
    if outcome != "inconsistent":
        assert not findings, shown
    if outcome == "inconsistent":
        assert len(findings) == case.get("count", len(findings)), shown
    if "severity" in case:
        assert {verdict.severity for verdict in findings} == {case["severity"]}, shown
    for name in WORDS:
        if name in case:
            found = [field_of(verdict, name) for verdict in matching]
            assert any(case[name] in words for words in found), f"{name}: {found}\n{shown}"
    for verdict in verdicts:
        assert not list(flaws(verdict, catalogue.check(check_id), report)), shown


def flaws(verdict: Verdict, check: Check, report: Report) -> Iterable[str]:
    """What no verdict may be, whichever check makes it."""
    if verdict.check_id != check.id:
        yield f"the verdict says that it is of {verdict.check_id}"
    if RANK[verdict.severity] > RANK[check.severity]:
        yield f"{verdict.severity} is more than the check's own {check.severity}"
    if verdict.outcome == "inconsistent" and not verdict.evidence:
        yield "a finding shows no evidence"
    for message in (verdict.message, verdict.hint):
        for language in LANGUAGES if message else ():
            if not message or "{" in message.text(language):
                yield f"a message is not filled in in {language}"
    length = sum(len(text) + 1 for _, text in report.pages)
    for item in verdict.evidence:
        if not item.quote or not 0 <= item.place.start <= item.place.end <= length:
            yield f"evidence stands nowhere: {item}"


# --- the laws of the catalogue ----------------------------------------------------------------------------------------


def law_module(check_id: str, path: str) -> Iterable[str]:
    """The file is named by the id, and the check in it carries the id."""
    if path.rpartition(".")[2] != check_id.replace("-", "_"):
        yield f"{check_id} stands in {path}, not in a file of its name"


def law_check(check_id: str, module: ModuleType) -> Iterable[str]:
    """There is a CHECK of this id whose severity is known."""
    check = getattr(module, "CHECK", None)
    if not isinstance(check, Check) or check.id != check_id or check.severity not in RANK:
        yield f"{check_id} has no CHECK of its id"


def law_documented(check_id: str, module: ModuleType) -> Iterable[str]:
    """Both languages have a title and all sections, in order, each with a text."""
    for language, text in (("en", module.__doc__), ("zh", getattr(module, "ZH", None))):
        explained = documentation.parse((text or "").strip(), language)
        names = documentation.SECTIONS[language]
        if not explained.title or tuple(explained.sections) != names or not all(explained.sections.values()):
            yield f"{check_id} lacks its title or a section in {language}: {list(explained.sections)}"


def law_cases(check_id: str, given: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """There is a case that passes, one that fails and one that cannot be checked; names are unique."""
    given = list(given)
    lacking = [outcome for outcome in OUTCOMES if not any(case.get("outcome") == outcome for case in given)]
    if lacking:
        yield f"{check_id} has no case that is {', '.join(lacking)}"
    names = [case.get("name") for case in given]
    if len(set(names)) != len(names) or not all(names):
        yield f"{check_id}: cases need names of their own"
    for case in given:
        if case.get("outcome") not in (*OUTCOMES, "none"):
            yield f"{check_id}: {case.get('name')} has no known outcome"


def law_severity(check: Check, given: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Some case shows the check's worst finding."""
    shown = {case.get("severity") for case in given if case.get("outcome") == "inconsistent"}
    if check.severity not in shown:
        yield f"{check.id} has no case whose findings are of severity {check.severity}"


def law_sorted(ids: Iterable[str]) -> Iterable[str]:
    """The table is sorted."""
    ids = list(ids)
    if ids != sorted(ids):
        yield "the catalogue is not sorted"


def law_ids(listed: Iterable[str], retired: Mapping[str, str], ever: Iterable[str]) -> Iterable[str]:
    """No id is used again: whatever once stood in the catalogue stands there still, or is retired with a reason."""
    listed, ever = list(listed), list(ever)
    yield from (f"{id_} is retired and in use" for id_ in listed if id_ in retired)
    yield from (f"{id_} is retired without a reason" for id_, reason in retired.items() if not reason.strip())
    yield from (f"{id_} is gone: retire it" for id_ in ever if id_ not in listed and id_ not in retired)
    yield from (f"{id_} is new: add it to {EVER.name}" for id_ in (*listed, *retired) if id_ not in ever)


def law_listed(defining: Iterable[str], listed: Iterable[str]) -> Iterable[str]:
    """Every file that defines a check is listed."""
    listed = set(listed)
    yield from (f"{name} defines a check that the catalogue does not list" for name in defining if name not in listed)


def defining(folder: Path) -> Iterable[str]:
    """The modules below the folder that define a CHECK."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        targets = [t for node in tree.body if isinstance(node, ast.Assign) for t in node.targets]
        if any(isinstance(target, ast.Name) and target.id == "CHECK" for target in targets):
            yield ".".join(path.relative_to(folder).with_suffix("").parts)


def law_keys(name: str, source: str) -> Iterable[str]:
    """Keys of messages are literals, or taken from a message whose key is one: translators see no others."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "of":
            continue
        key = node.args[0] if node.args else None
        literal = isinstance(key, ast.Constant) and isinstance(key.value, str)
        taken = isinstance(key, ast.Attribute) and key.attr == "key"
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "Message" and not literal and not taken:
            yield f"{name}, line {node.lineno}: the key of a message is no literal"


def law_pure(check_id: str, source: str) -> Iterable[str]:
    """A check compares facts: it reads no file, no document and no database."""
    foreign = ("extractor.read", "extractor.find", "extractor.store", "extractor.pipeline", "duckdb", "pathlib", "os")
    for node in ast.walk(ast.parse(source)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if any(name == other or name.startswith(other + ".") for other in foreign):
                yield f"{check_id} imports {name}"


@pytest.mark.parametrize("check_id", catalogue.CHECKS)
def test_a_check_keeps_the_laws(check_id: str) -> None:
    module = catalogue.module(check_id)
    assert module.__file__
    broken = [
        *law_module(check_id, catalogue.CHECKS[check_id]),
        *law_check(check_id, module),
        *law_documented(check_id, module),
        *law_cases(check_id, cases(check_id)),
        *law_severity(module.CHECK, cases(check_id)),
        *law_pure(check_id, Path(module.__file__).read_text("utf-8")),
    ]
    assert not broken


def test_the_catalogue_is_sorted() -> None:
    assert not list(law_sorted(catalogue.CHECKS))


def test_no_id_is_used_again() -> None:
    assert not list(law_ids(catalogue.CHECKS, catalogue.RETIRED, EVER.read_text("utf-8").split()))


def test_every_check_is_listed() -> None:
    assert not list(law_listed(defining(ROOM), catalogue.CHECKS.values()))


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: path.stem)
def test_keys_can_be_translated(path: Path) -> None:
    assert not list(law_keys(path.name, path.read_text("utf-8")))


def test_every_file_of_cases_belongs_to_a_check() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} <= set(catalogue.CHECKS)


# Each law is shown to fail on an entry that breaks it.


def planted(**attributes: Any) -> ModuleType:
    module = ModuleType("planted", attributes.pop("doc", None))
    module.__dict__.update(attributes)
    return module


GOOD_CASES = [{"name": outcome, "outcome": outcome} for outcome in OUTCOMES]


def test_the_law_of_names_fails() -> None:
    assert not list(law_module("sum-parts", "funds.sum_parts"))
    assert list(law_module("sum-parts", "funds.sums"))


def test_the_law_of_checks_fails() -> None:
    assert list(law_check("sum-parts", planted()))
    assert list(law_check("sum-parts", planted(CHECK=Check("sum-part", "error", catalogue.check))))  # type: ignore[arg-type]


def test_the_law_of_documentation_fails() -> None:
    sections = "\n".join(f"{name}: x" for name in documentation.SECTIONS["en"])
    chinese = "\n".join(f"{name}：某" for name in documentation.SECTIONS["zh"])
    good = planted(doc=f"Title.\n\n{sections}", ZH=f"标题。\n\n{chinese}")
    assert not list(law_documented("x", good))
    assert list(law_documented("x", planted(doc=f"Title.\n\n{sections}")))
    assert list(law_documented("x", planted(doc="Title.", ZH=good.ZH)))
    assert list(law_documented("x", planted(doc=good.__doc__, ZH=good.ZH.replace("例：某", "例："))))


def test_the_law_of_cases_fails() -> None:
    assert not list(law_cases("x", GOOD_CASES))
    assert list(law_cases("x", GOOD_CASES[:2]))
    assert list(law_cases("x", [*GOOD_CASES, GOOD_CASES[0]]))
    assert list(law_cases("x", [*GOOD_CASES, {"name": "odd", "outcome": "fine"}]))


def test_the_law_of_severity_fails() -> None:
    check = Check("x", "error", catalogue.check)  # type: ignore[arg-type]
    assert not list(law_severity(check, [{"outcome": "inconsistent", "severity": "error"}]))
    assert list(law_severity(check, [{"outcome": "inconsistent", "severity": "note"}]))
    assert list(law_severity(check, [{"outcome": "consistent", "severity": "error"}]))


def test_the_law_of_order_fails() -> None:
    assert not list(law_sorted(["a", "b"]))
    assert list(law_sorted(["b", "a"]))


def test_the_law_of_ids_fails() -> None:
    assert not list(law_ids(["a"], {"b": "never right"}, ["a", "b"]))
    assert list(law_ids(["a"], {"a": "never right"}, ["a"]))
    assert list(law_ids(["a"], {"b": " "}, ["a", "b"]))
    assert list(law_ids(["a"], {}, ["a", "b"]))
    assert list(law_ids(["a", "c"], {}, ["a"]))


def test_the_law_of_listing_fails(tmp_path: Path) -> None:
    (tmp_path / "funds").mkdir()
    (tmp_path / "funds" / "planted.py").write_text("CHECK = 1\n", "utf-8")
    (tmp_path / "funds" / "shared.py").write_text("OTHER = 1\n", "utf-8")
    assert list(defining(tmp_path)) == ["funds.planted"]
    assert list(law_listed(["funds.planted"], ["funds.other"]))
    assert not list(law_listed(["funds.planted"], ["funds.planted"]))


def test_the_law_of_keys_fails() -> None:
    assert not list(law_keys("x", "Message.of('all is well')\nMessage.of(_SLIPS[name].key, quote=quote)"))
    assert list(law_keys("x", "Message.of(key)"))
    assert list(law_keys("x", "Message.of('one' if many else 'two')"))


def test_the_law_of_purity_fails() -> None:
    assert not list(law_pure("x", "from extractor.model import Report\nfrom decimal import Decimal"))
    assert list(law_pure("x", "import duckdb"))
    assert list(law_pure("x", "from extractor.find import funds"))
