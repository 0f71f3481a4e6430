"""One's own checks: a folder of `.sql` files, each a query whose rows are findings, with a head of comments.

```sql
-- id: large-carryover
-- severity: warning
-- title: More than a third of the money was carried over
-- text: {label}: {raw} of {budget} was carried over
SELECT f.document_id, f.evaluation_id, f.label, f.raw, b.raw AS budget,
       [{'table': 'funds', 'seq': f.seq}, {'table': 'funds', 'seq': b.seq}] AS evidence
FROM …
```

The database runs the query (`extractor/own_checks.py`); here is what stands in the file, and what a row becomes. The
format is described for users in `docs/own-checks.md`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any, cast, get_args

from extractor.checks import catalogue
from extractor.checks.base import evidence
from extractor.checks.documentation import SECTIONS, Explanation
from extractor.errors import UsageError
from extractor.messages import Message
from extractor.model import Box, Evidence, Outcome, Passage, Place, Report, Severity, Source, Verdict
from extractor.text import is_wide

OwnRow = Mapping[str, Any]
#: The family that one's own checks are selected by.
FAMILY = "own"

_LINE = re.compile(r"--\s?(?P<indent>\s*)(?P<words>.*?)\s*")
_KEYED = re.compile(r"(?P<key>[\w ]+?)\s*[:：]\s*(?P<value>.*)")
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NEEDED = ("id", "severity", "title", "text")
#: Lines of the head in either language → what they are; the sections are those of a built-in check.
_KEYS = {
    **{name: name for name in _NEEDED},
    **dict(zip(("编号", "程度", "标题", "说明"), _NEEDED, strict=True)),
    **{name.lower(): name for name in SECTIONS["en"]},
    **dict(zip(SECTIONS["zh"], SECTIONS["en"], strict=True)),
}
_SEVERITIES: dict[str, Severity] = {
    "error": "error", "warning": "warning", "note": "note", "错误": "error", "警告": "warning", "提示": "note",
}  # fmt: skip
#: Columns of a row that are fields of the verdict as they stand.
_TEXTS = ("formula", "expected", "actual", "difference", "tolerance")
#: Tables of facts that evidence may name.
_FACTS = ("amounts", "doc_numbers", "funds", "indicators", "passages", "rates")


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """A check of the user's: what its file says of it, and its query. `file` is its name, for messages."""

    id: str
    severity: Severity
    title: str
    #: The sentence of a finding; `{column}` stands for a column of its row.
    text: str
    sql: str
    file: str
    sections: Mapping[str, str] = field(default_factory=dict, hash=False)

    def explanation(self, language: str) -> Explanation:
        """What the file says of the check; its words are the user's own and the same in every language."""
        names = dict(zip(SECTIONS["en"], SECTIONS[language], strict=True))
        return Explanation(self.title, {names[name]: text for name, text in self.sections.items()})

    # --- what the query gives -----------------------------------------------------------------------------------------

    def fit(self, columns: Collection[str]) -> None:
        """Hold the query's columns to what is needed of them. Raises `UsageError`."""
        if "document_id" not in columns:
            raise self._wrong(Message.of("{name}: the query gives no column document_id.", name=self.file))
        for name in _named(self.text):
            if name not in columns:
                lacking = Message.of(
                    "{name}: the text names “{column}”, a column that the query does not give.",
                    name=self.file,
                    column=name,
                )
                raise self._wrong(lacking)

    def document_of(self, row: OwnRow, known: Collection[str]) -> str:
        """The document of a row. Raises `UsageError` where there is none such."""
        document_id = row["document_id"]
        if document_id not in known:
            raise self._wrong(
                Message.of("{name}: a row names the document {id}, which there is not.", name=self.file, id=document_id)
            )
        return str(document_id)

    def verdict(self, row: OwnRow, report: Report) -> Verdict:
        """The verdict of a row on its report. Raises `UsageError` where a column holds what it cannot."""
        values = {name: _text(row[name]) for name in _named(self.text)}
        hint = row.get("hint")
        return Verdict(
            self.id,
            self._evaluation(row, report),
            cast("Outcome", self._one_of(row, "outcome", get_args(Outcome), "inconsistent")),
            cast("Severity", self._one_of(row, "severity", get_args(Severity), self.severity)),
            Message(self.text, values),
            **self._texts(row),
            evidence=tuple(self._evidence(row.get("evidence"), report)),
            hint=None if hint is None else Message("{text}", {"text": _text(hint)}),
        )

    def _texts(self, row: OwnRow) -> dict[str, Any]:
        found: dict[str, Any] = {name: _text(row[name]) for name in _TEXTS if row.get(name) is not None}
        return found

    def _evaluation(self, row: OwnRow, report: Report) -> int | None:
        named = row.get("evaluation_id")
        if named is None:
            return None
        ids = {f"{report.document_id}-{evaluation.seq}": evaluation.seq for evaluation in report.evaluations}
        if named not in ids:
            raise self._wrong(
                Message.of("{name}: a row names the evaluation {id}, which there is not.", name=self.file, id=named)
            )
        return ids[str(named)]

    def _one_of(self, row: OwnRow, column: str, allowed: Sequence[str], otherwise: str) -> str:
        value = row.get(column)
        if value is None:
            return otherwise
        if value not in allowed:
            wrong = Message.of(
                "{name}: the column {column} holds “{value}”: it may hold {allowed}.",
                name=self.file,
                column=column,
                value=value,
                allowed=", ".join(allowed),
            )
            raise self._wrong(wrong)
        return str(value)

    # --- evidence -----------------------------------------------------------------------------------------------------

    def _evidence(self, given: Any, report: Report) -> Iterator[Evidence]:
        items = [] if given is None else given if isinstance(given, list) else [given]
        for item in items:
            if not isinstance(item, Mapping):
                raise self._wrong(self._no_evidence(item))
            found = _fact(item, report) if item.get("table") is not None else _spot(item, report)
            if found is None:
                raise self._wrong(self._no_evidence(item))
            yield found

    def _no_evidence(self, item: object) -> Message:
        return Message.of(
            "{name}: a row names evidence that there is not ({item}): give a table and a seq, or char_start, char_end.",
            name=self.file,
            item=item,
        )

    def _wrong(self, message: Message) -> UsageError:
        return UsageError(message)


def _fact(item: Mapping[str, Any], report: Report) -> Evidence | None:
    """A row of a table of facts, as the built-in checks show it."""
    table, seq = item["table"], item.get("seq")
    facts = getattr(report, table) if table in _FACTS else ()
    fact = next((one for one in facts if one.seq == seq), None)
    if fact is None:
        return None
    quote = item.get("quote")
    if isinstance(fact, Passage):
        words = fact.text.string if quote is None else _text(quote)
        return Evidence(table, fact.seq, fact.place(0, len(fact.text)), words)
    return evidence(fact, None if quote is None else _text(quote), item.get("part"))


def _spot(item: Mapping[str, Any], report: Report) -> Evidence | None:
    """Any place in the text; `page`, `bbox` and `source` as in the tables."""
    start, end = item.get("char_start"), item.get("char_end")
    text = "\f".join(page for _, page in report.pages)
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= len(text):
        return None
    box = item.get("bbox")
    corners = cast("Box", tuple(box[name] for name in ("x0", "top", "x1", "bottom"))) if box else None
    source: Source = "table" if item.get("source") == "table" else "prose"
    quote = item.get("quote")
    words = text[start:end] if quote is None else _text(quote)
    return Evidence("pages", 0, Place(item.get("page"), start, end, corners, source), words)


def _text(value: object) -> str:
    """A value of a column in words: decimals with all their digits and without the zeros that the column adds."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        written = format(value, "f")
        return written.rstrip("0").rstrip(".") if "." in written else written
    return str(value)


# --- files ------------------------------------------------------------------------------------------------------------


def read(folders: Iterable[Path]) -> tuple[OwnCheck, ...]:
    """The checks of the `.sql` files in these folders, by id.

    Raises `UsageError`, one sentence that names the file, where something is wrong with one of them.
    """
    found: dict[str, OwnCheck] = {}
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(Message.of("{path} is no folder: give a folder that holds .sql files.", path=folder))
        for path in sorted(folder.glob("*.sql")):
            check = _read(path)
            if check.id in found:
                twice = Message.of(
                    "{name}: the id {id} stands in {other} as well.", name=path, id=check.id, other=found[check.id].file
                )
                raise UsageError(twice)
            found[check.id] = check
    return tuple(found[id_] for id_ in sorted(found))


def _read(path: Path) -> OwnCheck:
    try:
        return parsed(path.read_text("utf-8-sig"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Message.of("{path} cannot be read as UTF-8 text: {reason}.", path=path, reason=error)
        ) from error


def parsed(content: str, name: str) -> OwnCheck:
    """The check that a file's content describes. Raises `UsageError`."""
    head, sql = _split(content, name)
    for key in _NEEDED:
        if not head.get(key):
            raise UsageError(Message.of("{name}: the head lacks its line “-- {key}: …”.", name=name, key=key))
    id_, severity = head["id"], _SEVERITIES.get(head["severity"])
    if not _ID.fullmatch(id_):
        raise UsageError(
            Message.of("{name}: “{id}” is no id: use small letters, digits and hyphens.", name=name, id=id_)
        )
    if id_ in catalogue.CHECKS or id_ in catalogue.RETIRED or id_ in (FAMILY, *_families()):
        raise UsageError(Message.of("{name}: the id {id} is taken: choose another.", name=name, id=id_))
    if severity is None:
        raise UsageError(
            Message.of(
                "{name}: there is no severity {severity}: choose error, warning or note.",
                name=name,
                severity=head["severity"],
            )
        )
    if not sql.strip():
        raise UsageError(Message.of("{name}: there is no query behind the head.", name=name))
    _named(head["text"], name)
    sections = {section: head[section] for section in SECTIONS["en"] if head.get(section)}
    return OwnCheck(id_, severity, head["title"], head["text"], sql.strip(), name, sections)


def _families() -> set[str]:
    return {module.partition(".")[0] for module in catalogue.CHECKS.values()}


def _split(content: str, name: str) -> tuple[dict[str, str], str]:
    """The lines of the head by key, and the query. A line that is indented goes on with the one before it."""
    head: dict[str, str] = {}
    last: str | None = None
    lines = content.splitlines()
    for at, line in enumerate(lines):
        comment = _LINE.fullmatch(line.strip())
        if comment is None:
            if line.strip():
                return head, "\n".join(lines[at:])
            continue
        words = comment["words"]
        if comment["indent"] and last is not None:
            head[last] += words if head[last] and is_wide(head[last][-1]) else f" {words}"
            continue
        keyed = _KEYED.fullmatch(words)
        if keyed is None:
            last = None
            continue
        last = _KEYS.get(keyed["key"].lower())
        if last is None:
            raise UsageError(Message.of("{name}: the head knows no line “{key}:”.", name=name, key=keyed["key"]))
        if last in head:
            raise UsageError(Message.of("{name}: the line “{key}:” stands twice.", name=name, key=keyed["key"]))
        head[last] = keyed["value"]
    return head, ""


def _named(text: str, file: str | None = None) -> list[str]:
    """The columns that a text names in braces. With `file`, raises `UsageError` for braces that name none."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        parts = [("", "", None, None)]
    names = [name for _, name, _, _ in parts if name is not None]
    if file is not None and not all(
        name.isidentifier() and not spec and not how for _, name, spec, how in parts if name is not None
    ):
        raise UsageError(Message.of("{name}: the text has braces that name no column of the query.", name=file))
    return names
