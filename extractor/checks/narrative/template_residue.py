"""What was left over from another report: placeholders, another place's or another year's name.

Compares: the text with signs of a template: words to be filled in (XX局, 某某单位, **), bodies of another place of the
    same level that act or sign where the report's own would, numbers of another province's bodies, the year's money
    under another year.
Formula: no placeholder; place = the report's place; year = the evaluated year.
Tolerance: none.
False alarms: names that were made unreadable before publication: with three and more masks nothing is told of them;
    places that work together, money released in advance. Years in titles and headlines belong to year-title-body, dates
    to be filled in to date-valid, the code of the report's own number to docno-own-code.
Example: “清溪县财政局联合制定资金管理细则” in a report of 绥川县.
Source: reviewers of published reports: figures and names of another body's template, 70 projects in a unit with 17.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.base import Check
from extractor.checks.narrative.residues import other_codes, other_places, other_years, own_places, placeholders
from extractor.lexicon import Profile
from extractor.messages import Message
from extractor.model import Report, Verdict

ZH = """套用模板的残留。

核对内容：文中的模板痕迹：待填写的词语（XX局、某某单位、**），以本单位口吻行事或署名的同级外地机关，外省机关的文号，
    写在其他年度名下的当年资金。
公式：没有待填写的词语；地名为本地；年度为评价年度。
容差：无。
易误报：公开前打码的文本：有三处以上打码的不再报告；与外地合作、协作的；提前下达的资金。标题和开头等处的年度由
    year-title-body 核对，未填写的日期由 date-valid 核对，本文字号的代字由 docno-own-code 核对。
例：绥川县的报告写“清溪县财政局联合制定资金管理细则”。
依据：复核公开报告所见：套用其他单位模板的数字和名称未改。
"""


def run(report: Report, profile: Profile) -> Iterator[Verdict]:
    found, masked = placeholders(report)
    cited = tuple(evidence for _, evidence in found)
    if masked:
        message = Message.of("{count} words of the text are masked", count=masked)
        yield CHECK.uncheckable(None, message, evidence=cited)
    elif found:
        words = "、".join(dict.fromkeys(words for words, _ in found))
        message = Message.of("Words were left to be filled in: {words}", words=words)
        yield CHECK.inconsistent(None, message, None, formula=words, evidence=cited)
    residues = [] if masked else [*other_places(report), *other_codes(report)]
    residues += other_years(report)
    for residue in residues:
        yield CHECK.inconsistent(
            residue.evaluation, residue.message, None, formula=residue.formula, evidence=residue.evidence
        )
    if not found and not masked and not residues and report.passages and own_places(report):
        message = Message.of("Nothing of another report was found in {count} paragraphs", count=len(report.passages))
        yield CHECK.consistent(None, message)


CHECK = Check(id="template-residue", severity="warning", run=run)
