"""Pages that are made from the code are current, and show all that they are to show."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from extractor import lexicon
from extractor.checks import catalogue, documentation
from extractor.store import schema

DOCS = Path(__file__).parents[1] / "docs"


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = _generator()


@pytest.mark.parametrize("name", GENERATE.PAGES)
def test_the_page_is_current(name: str) -> None:
    file, make = GENERATE.PAGES[name]
    assert (DOCS / file).read_text("utf-8") == make(), f"run: python docs/generate.py {name}"


def test_a_changed_docstring_changes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before = GENERATE.checks()
    module = catalogue.module("sum-parts")
    monkeypatch.setattr(module, "__doc__", (module.__doc__ or "").replace("Formula: ", "Formula: planted "))
    assert GENERATE.checks() != before
    monkeypatch.undo()
    monkeypatch.setattr(module, "ZH", module.ZH.replace("公式：", "公式：某"))
    assert GENERATE.checks() != before


def test_every_check_has_its_place_on_the_page() -> None:
    page = GENERATE.checks()
    families = {module.partition(".")[0] for module in catalogue.CHECKS.values()}
    assert families == set(GENERATE.FAMILIES)
    for check_id in catalogue.CHECKS:
        assert page.count(f"\n### {check_id}\n") == 1
        assert f"({'#' + check_id})" in page
    for names in documentation.SECTIONS.values():
        for name in names:
            assert page.count(f"- *{name}*") == len(catalogue.CHECKS)


def test_every_table_column_and_view_is_described() -> None:
    page = GENERATE.database()
    for table in schema.tables().values():
        assert f"\n## {table.name}\n" in page
        assert table.comment
        for column in table.columns:
            assert column.comment, f"{table.name}.{column.name} has no comment"
    for view in schema.views().values():
        assert f"| `{view.name}` | " in page
        assert view.comment


def test_every_profile_and_threshold_is_described() -> None:
    page = GENERATE.profiles()
    for profile in lexicon.lexicon().profiles.values():
        assert f"\n## {profile.id}\n" in page
    for id_ in lexicon.profile().bases:
        assert page.count(f"\n| `{id_}` | ") >= 1


def test_an_unknown_page_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert GENERATE.main(["planted"]) == 2
    assert "planted" in capsys.readouterr().err
