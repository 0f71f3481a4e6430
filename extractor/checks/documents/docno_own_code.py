"""The agency code in the report's own number, and the body that signs it.

Compares: the code of the report's own document number (吉工信规划) with the name of the signing body: the character of
    the province in front, and the word of the body's field (财, 工信, 教 …) behind the place.
Formula: the code holds a stem of the body's field; its province is the body's province.
Tolerance: none.
False alarms: a body that was reformed may keep its old code; a government's number on a department's paper; characters
    that two places share (宁, 青) and codes that nobody lists say nothing; a code that begins with a character of the
    body's own place is that place's.
Example: 吉发改规划〔2025〕49号 under a report of 吉林省工业和信息化厅.
Source: 条例 of official documents (中办发〔2012〕14号): the code is that of the issuing or leading body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor import lexicon
from extractor.checks.base import Check, evidence, head_evidence
from extractor.checks.documents.agencies import (
    Field,
    body,
    central,
    fields_of_body,
    fields_shown,
    province,
    province_of,
)
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import DocNumber, Evidence, Head, Report, Verdict

ZH = """本文字号的机关代字与署名单位。

核对内容：报告自身发文字号的机关代字（吉工信规划）与署名单位名称：代字首字所示的省份，地名之后所示的部门（财、工信、教等）。
公式：代字含有该单位所属部门的字；代字所示省份即该单位所在省份。
容差：无。
易误报：机构改革后沿用原代字；部门文件用政府的字号；两地共用的字（宁、青）和未列出的代字无法判断；
    以本地地名用字开头的代字属于本地。
例：吉林省工业和信息化厅的报告，字号为吉发改规划〔2025〕49号。
依据：《党政机关公文处理工作条例》（中办发〔2012〕14号）：发文机关代字为发文机关（联合行文的为主办机关）的代字。
"""

_LETTER = regex.compile("关于|自评")


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    own = next((number for number in report.doc_numbers if number.role == "own"), None)
    if own is not None:
        yield _judge(report, own)


def _judge(report: Report, own: DocNumber) -> Verdict:
    signer = _signer(report.head)
    cited = (evidence(own), *head_evidence(report.head, "issuer", signer or ""))
    names = {"number": own.normalized, "body": signer or ""}
    reason = _not_comparable(own, signer)
    if reason is not None or signer is None:
        return CHECK.uncheckable(own.evaluation, reason or _UNSIGNED, evidence=cited)
    code = own.agency_code
    place = _other_province(code, signer, report.head.region or "")
    if place is not None:
        message = Message.of(
            "{number} has the code of {place}, and the report is signed by {body}", place=place, **names
        )
        return _finding(own, message, signer, place, cited)
    own_fields = fields_of_body(signer)
    stems = {stem for field in own_fields for stem in field.stems}
    shown = fields_shown(code, signer + (report.head.region or ""))
    if any(field in own_fields or mark in stems for mark, field in shown) or _held(code, stems, shown):
        message = Message.of("{number} has a code of the field of {body}", **names)
        return CHECK.consistent(own.evaluation, message, formula=f"{code} = {signer}", evidence=cited)
    if not own_fields or not shown or _government(shown[0][1], *own_fields):
        message = Message.of("Nothing says whose code {number} has, and whether it is that of {body}", **names)
        return CHECK.uncheckable(own.evaluation, message, evidence=cited)
    other = shown[0][1].words[0]
    message = Message.of("{number} has a code of bodies for {field}, and {body} signs", field=other, **names)
    return _finding(own, message, signer, body(code) or other, cited)


_UNSIGNED = Message.of("The report prints its number and no signing body")


def _signer(head: Head) -> str | None:
    """The signing body. A body at the beginning of a title signs only where the title is that of its own letter."""
    title, place = head.places.get("title"), head.places.get("issuer")
    in_title = title is not None and place is not None and title.start <= place.start < title.end
    return None if in_title and not _LETTER.search(head.title or "") else head.issuer


def _not_comparable(own: DocNumber, signer: str | None) -> Message | None:
    if signer is None:
        return _UNSIGNED
    masked = lexicon.matcher("check.masked")
    if "masked" in own.form or masked.search(own.raw) or masked.search(signer):
        return Message.of("{number} has a masked code", number=own.raw)
    if central(own.agency_code) and (body(own.agency_code) or "") not in signer:
        return Message.of("{number} has a code that bodies of the centre use", number=own.raw)
    return None


def _other_province(code: str, signer: str, region: str) -> str | None:
    """The province whose character begins the code, where the body that signs belongs to another one."""
    of_code, of_body = province(code), province_of(signer) or province_of(region)
    if of_code is None or of_body is None or of_code.shared or of_code.name == of_body.name:
        return None
    own_place = code[0] in signer or code[0] in region
    built = body(code) is not None or bool(fields_shown(code, code[0]))
    return of_code.name if built and not own_place else None


def _held(code: str, stems: set[str], shown: Sequence[object]) -> bool:
    """Whether a code that shows no field where it is expected holds a stem of the body's field."""
    return not shown and any(stem in code for stem in stems)


def _government(*fields: Field) -> bool:
    """Whether one of the two is the government itself, whose number its departments' papers may carry."""
    return any(field.name == "government" for field in fields)


def _finding(own: DocNumber, message: Message, signer: str, actual: str, cited: tuple[Evidence, ...]) -> Verdict:
    formula = f"{own.agency_code} ≠ {signer}"
    return CHECK.inconsistent(own.evaluation, message, formula=formula, expected=signer, actual=actual, evidence=cited)


CHECK = Check(id="docno-own-code", severity="note", run=run)
