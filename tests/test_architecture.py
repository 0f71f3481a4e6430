"""The layers are one-way, and each room's own matter stays in it. Every law is shown to fail on a planted breach."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: From left to right; a room may import itself and the rooms to its left. Rooms on one line may not import each other.
LAYERS = (
    ("messages",),
    ("errors", "wall"),
    ("text", "model"),  # Text gives a Span, shapes hold a Text for type checkers alone
    ("lexicon",),
    ("numeral",),
    ("measure",),
    ("figure",),
    ("quantity",),
    ("read",),
    ("find",),
    ("resolve",),
    ("store", "checks", "relate"),
    ("pipeline",),
    ("inputs", "workers"),
    ("batch", "own_checks", "across"),
    ("screens",),
    ("cli",),
)
LEVELS = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
#: Pairs that the order would allow: what the first must know nothing of.
APART = {
    ("find", "read"),
    ("store", "read"),
    ("store", "find"),
    ("store", "resolve"),
    ("checks", "read"),
    ("checks", "find"),
    ("checks", "resolve"),
    ("relate", "read"),
    ("relate", "find"),
    ("relate", "resolve"),
    ("screens", "find"),
    ("screens", "resolve"),
}
#: Within a line of `LAYERS`, a room may import the one before it here.
NEIGHBOURS = {("model", "text"), ("text", "model")}
#: Libraries that belong to one place → the modules that may import them.
OWNERS: dict[str, tuple[str, ...]] = {
    "duckdb": ("extractor.store.",),
    "pdfplumber": ("extractor.read.pdf.",),
    "pdfminer": ("extractor.read.pdf.",),
    "pypdfium2": ("extractor.read.pdf.",),
    "rich": ("extractor.screens.",),
    "matplotlib": ("extractor.screens.plotting.",),
    "jieba": ("extractor.relate.segments.",),
    "prompt_toolkit": ("extractor.screens.prompting.",),
    "pygments": ("extractor.screens.prompting.",),
    "typer": ("cli.", "extractor.screens.usage."),
    "socket": (),
    "urllib": (),
    "http": (),
    "requests": (),
}

Sources = Mapping[str, str]


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


def sources() -> dict[str, str]:
    """Module name → source, of the whole program; scripts beside the code are no part of it."""
    found = {}
    for path in (ROOT / "cli.py", *sorted((ROOT / "extractor").rglob("*.py"))):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if name != "extractor.locale.compile":
            found[name] = path.read_text("utf-8")
    return found


def room(module: str) -> str | None:
    """The room of one of our modules; None for the package itself and for libraries."""
    parts = module.split(".")
    if parts[0] == "cli":
        return "cli"
    return parts[1] if parts[0] == "extractor" and len(parts) > 1 else None


def imports(source: str, modules: Sources) -> Iterator[str]:
    """The modules that a source imports when it runs."""
    for node in _running(parsed(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            base = node.module or ""
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in modules else base


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those for type checkers alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        yield from _running(node)


def wrong_imports(modules: Sources) -> list[str]:
    wrong = []
    for module, source in modules.items():
        here = room(module)
        for imported in imports(source, modules):
            there = room(imported)
            if here is None or there in (None, here):
                continue
            assert there is not None
            to_left = LEVELS[there] < LEVELS[here] or (here, there) in NEIGHBOURS
            if not to_left or (here, there) in APART:
                wrong.append(f"{module} imports {imported}")
    return wrong


def foreign_libraries(modules: Sources) -> list[str]:
    wrong = []
    for module, source in modules.items():
        for imported in imports(source, modules):
            owners = OWNERS.get(imported.split(".")[0])
            if owners is not None and not any(f"{module}.".startswith(owner) for owner in owners):
                wrong.append(f"{module} imports {imported}")
    return wrong


def printing(modules: Sources) -> list[str]:
    """What prints, or takes hold of the standard streams, outside of the screens and the command line."""
    return [
        f"{module} line {node.lineno}"
        for module, source in modules.items()
        if room(module) not in ("cli", "screens")
        for node in ast.walk(parsed(source))
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr"))
    ]


def opening_patterns(modules: Sources) -> list[str]:
    """What names the folder of patterns or a file of its kind, outside of the lexicon."""
    return [
        f"{module} line {node.lineno}"
        for module, source in modules.items()
        if room(module) not in ("lexicon", None)
        for node in _constants(parsed(source))
        if node.value == "patterns" or str(node.value).startswith("patterns/") or str(node.value).endswith(".toml")
    ]


def _constants(tree: ast.AST) -> Iterator[ast.Constant]:
    """String constants that are no documentation."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def blind_excepts(modules: Sources) -> list[str]:
    """`except Exception`, `except BaseException` without raising again, and bare `except`."""
    return [
        f"{module} line {handler.lineno}"
        for module, source in modules.items()
        for handler in ast.walk(parsed(source))
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id in _BLIND))
        and not any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    ]


_BLIND = ("Exception", "BaseException")
MODULES = sources()


def test_every_room_has_its_place() -> None:
    rooms = {room(module) for module in MODULES} - {None}
    assert rooms == set(LEVELS)


@pytest.mark.parametrize("law", [wrong_imports, foreign_libraries, printing, opening_patterns, blind_excepts])
def test_law_holds(law: object) -> None:
    assert callable(law)
    assert law(MODULES) == []


@pytest.mark.parametrize(
    ("law", "module", "planted"),
    [
        (wrong_imports, "extractor.text", "from extractor.lexicon import words"),
        (wrong_imports, "extractor.find.funds.sentences", "from extractor import resolve"),
        (wrong_imports, "extractor.find.funds.sentences", "def late():\n    import extractor.read.files"),
        (wrong_imports, "extractor.checks.base", "import extractor.store.database"),
        (wrong_imports, "extractor.store.rows", "from extractor.checks import catalogue"),
        (wrong_imports, "extractor.batch", "from extractor.screens.console import Screen"),
        (foreign_libraries, "extractor.screens.status", "import duckdb"),
        (foreign_libraries, "extractor.read.files", "from pdfplumber import open"),
        (foreign_libraries, "extractor.pipeline", "from rich.table import Table"),
        (foreign_libraries, "extractor.batch", "import urllib.request"),
        (printing, "extractor.batch", "def f():\n    print('done')"),
        (printing, "extractor.store.database", "import sys\nsys.stderr.write('done')"),
        (opening_patterns, "extractor.checks.base", "from pathlib import Path\nPath('patterns') / 'words.toml'"),
        (blind_excepts, "extractor.batch", "try:\n    pass\nexcept Exception:\n    pass"),
    ],
)
def test_law_fails_on_a_breach(law: object, module: str, planted: str) -> None:
    assert callable(law)
    assert law({**MODULES, module: planted}) != []


def test_an_installation_holds_everything() -> None:
    """Packages and files beside the code are listed by hand, because `patterns` is a package without code."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packages = {name for name in MODULES if (ROOT / name.replace(".", "/")).is_dir()}
    assert set(listed["packages"]) == packages | {"patterns", "patterns.profiles"}
    data = {
        path
        for package, globs in listed["package-data"].items()
        for glob in globs
        for path in (ROOT / package.replace(".", "/")).glob(glob)
    }
    beside = [
        *(ROOT / "patterns").rglob("*"),
        *(ROOT / "extractor").rglob("*.sql"),
        *(ROOT / "extractor").rglob("*.mo"),
    ]
    assert {path for path in beside if path.is_file()} <= data


def test_types_alone_are_no_import() -> None:
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from extractor.screens import console"
    assert wrong_imports({"extractor.text": source}) == []
