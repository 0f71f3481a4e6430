"""Write the pages that are made from the code: `python docs/generate.py [NAME…]`, all of them by default.

`docs/checks.md` comes from the docstrings of the checks, `docs/schema.md` from schema.sql and views.sql,
`docs/profiles.md` from patterns/profiles.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from extractor import lexicon
from extractor.checks import catalogue
from extractor.checks.documentation import Explanation, explanation
from extractor.lexicon import Profile
from extractor.model import Severity
from extractor.store import schema

HERE = Path(__file__).parent
_MADE = "<!-- Made by docs/generate.py; a test compares it with the code. -->"

#: Folder below extractor/checks → what its checks are about, in the order of the page.
FAMILIES = {
    "funds": "Money",
    "indicators": "Indicators",
    "scores": "Scores and weights",
    "narrative": "Text against indicators and tables",
    "sentence": "Within a sentence",
    "documents": "Document numbers, dates and years",
}
SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "警告", "note": "提示"}


def checks() -> str:
    """The page of all checks: a table, then each check with its sections in English and Chinese."""
    return "\n".join(_checks()) + "\n"


def _checks() -> Iterator[str]:
    yield "# Checks"
    yield ""
    yield _MADE
    yield ""
    yield f"Jixiao has {len(catalogue.CHECKS)} checks. `jixiao explain ID` prints the same texts in the terminal."
    yield ""
    yield "Every comparison leaves a verdict: consistent, inconsistent (a finding), or uncheckable with the reason. The"
    yield "severity below is that of a check's worst finding; each finding says its own. An error stands only where"
    yield "printed figures contradict each other beyond rounding on any reading."
    yield ""
    yield "| check | severity | what it finds | 核对 |"
    yield "| --- | --- | --- | --- |"
    for check_id in catalogue.CHECKS:
        titles = [_cell(explanation(check_id, language).title) for language in ("en", "zh")]
        yield f"| [{check_id}](#{check_id}) | {catalogue.check(check_id).severity} | {' | '.join(titles)} |"
    for family, heading in FAMILIES.items():
        yield from ("", f"## {heading}")
        for check_id in _of_family(family):
            yield from ("", f"### {check_id}", "")
            yield from _check(check_id)
    if catalogue.RETIRED:
        yield from ("", "## Retired", "")
        yield from (f"- `{check_id}`: {reason}" for check_id, reason in sorted(catalogue.RETIRED.items()))


def _of_family(family: str) -> list[str]:
    return [check_id for check_id, module in catalogue.CHECKS.items() if module.startswith(f"{family}.")]


def _check(check_id: str) -> Iterator[str]:
    severity = catalogue.check(check_id).severity
    english, chinese = (explanation(check_id, language) for language in ("en", "zh"))
    yield f"**{_text(english.title)}.** Severity: {severity}."
    yield ""
    yield from _sections(english, ": ")
    yield ""
    yield f"**{_text(chinese.title)}**（{SEVERITIES[severity]}）"
    yield ""
    yield from _sections(chinese, "：")


def _sections(told: Explanation, colon: str) -> Iterator[str]:
    return (f"- *{name}*{colon}{_text(text)}" for name, text in told.sections.items())


def _text(words: str) -> str:
    """Without signs that Markdown reads as marks."""
    return re.sub(r"([*<\[\]])", r"\\\1", words)


def _cell(words: str) -> str:
    return _text(words).replace("|", "\\|")


def database() -> str:
    """The page of the database: tables and views with their columns."""
    return "\n".join(_database()) + "\n"


def _database() -> Iterator[str]:
    yield "# Tables and views"
    yield ""
    yield _MADE
    yield ""
    yield f"The database is one DuckDB file; this is version {schema.VERSION} of its schema. The same descriptions"
    yield "stand inside it: `SELECT table_name, column_name, comment FROM duckdb_columns()`."
    yield ""
    yield from (f"- [{table.name}](#{table.name}): {_text(table.comment)}" for table in schema.tables().values())
    for table in schema.tables().values():
        yield from ("", f"## {table.name}", "", _text(table.comment), "")
        yield from ("| column | type | NULL | what it holds |", "| --- | --- | --- | --- |")
        for column in table.columns:
            null = "yes" if column.nullable else ""
            yield f"| `{column.name}` | {_cell(column.type)} | {null} | {_cell(column.comment)} |"
    yield from ("", "## Views", "")
    yield from ("| view | what it shows |", "| --- | --- |")
    yield from (f"| `{view.name}` | {_cell(view.comment)} |" for view in schema.views().values())


def profiles() -> str:
    """The page of the built-in profiles: when each is chosen, and the thresholds that it sets."""
    return "\n".join(_profiles()) + "\n"


def _profiles() -> Iterator[str]:
    yield "# Profiles"
    yield ""
    yield _MADE
    yield ""
    yield "Thresholds and local rules are data: `patterns/profiles/*.toml`. `--profile NAME` names one; without it each"
    yield "report is judged by the profile that fits its region and fiscal year most closely, and by the national one"
    yield "where none does. `jixiao explain CHECK` shows the values that a check looks at, with their sources. How to"
    yield "write a profile of your own stands in [patterns/README.md](../patterns/README.md#a-profile-of-your-own)."
    national = lexicon.profile()
    for profile in lexicon.lexicon().profiles.values():
        yield from (
            "",
            f"## {profile.id}",
            "",
            f"**{_text(profile.title)}** ({profile.title_zh}). {_chosen(profile)}",
            "",
        )
        yield from ("| threshold | value | what it is for | source |", "| --- | --- | --- | --- |")
        for id_, basis in profile.bases.items():
            if profile is national or basis is not national.bases.get(id_):
                value = str(profile.ladders[id_]) if id_ in profile.ladders else f"{profile.values[id_]:f}"
                told = f"{basis.what}<br>{basis.what_zh}", f"{basis.source}<br>{basis.source_zh}"
                yield f"| `{id_}` | {value.replace('<', '&lt;')} | {' | '.join(told)} |"


def _chosen(profile: Profile) -> str:
    if profile.id == lexicon.NATIONAL:
        return "The others extend it."
    if not profile.regions:
        return "Chosen with `--profile` alone."
    since = f", fiscal years from {profile.years[0]} on" if profile.years[0] else ""
    return f"Chosen for reports from {'、'.join(profile.regions)}{since}."


#: Name on the command line → file and what makes it.
PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "checks": ("checks.md", checks),
    "schema": ("schema.md", database),
    "profiles": ("profiles.md", profiles),
}


def main(names: list[str]) -> int:
    """Write the named pages. Returns 2 where one of the names is unknown."""
    unknown = [name for name in names if name not in PAGES]
    if unknown:
        print(f"There is no page {unknown[0]}: choose of {', '.join(PAGES)}.", file=sys.stderr)
        return 2
    for name in names or PAGES:
        file, make = PAGES[name]
        (HERE / file).write_text(make(), "utf-8")
        print(HERE / file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
