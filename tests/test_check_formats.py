"""What `check` writes for other programs: JSON, SARIF, CSV, the workbook 复核问题清单, and the counts."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import report_builder
from small_reports import HOSTILE, RIGHT, WRONG

from extractor import pipeline
from extractor.checks import catalogue
from extractor.errors import UsageError
from extractor.model import Gap
from extractor.screens import forms, problem_list, records, sarif, selection
from extractor.screens.console import Screen
from extractor.screens.records import Checks
from extractor.screens.reviews import Review, Selection, Unread
from extractor.store.verdicts import finding_ids

CAUSE = (
    "云岭省科技创新专项资金2023年度绩效自评报告\n\n一、资金情况\n"
    "2023年，省财政下达科技创新专项资金4758.00万元，其中：企业研发2380.00万元，平台建设1260.00万元，"
    "人才引进1145.00万元。\n科技创新专项资金收到4785.00万元，资金到位率100%。\n"
)
SAMPLE = Path(__file__).parents[1] / "samples" / "heyan-water-2024.pdf"


def review(folder: Path, text: str = WRONG, name: str = "错 误.txt") -> Review:
    (folder / name).write_text(text, "utf-8")
    return of_file(folder / name)


def of_file(path: Path) -> Review:
    result = pipeline.process(path, pipeline.Settings())
    assert result.report is not None
    made = Review.of(result.report, result.verdicts)
    return replace(made, profile=pipeline.profile_of(result.report))


def written(given: list[Review | Unread], output: Path, everything: bool = False, **more: Any) -> str:
    """The file that is written of these reviews."""
    form = forms.chosen(None, output, everything, more.pop("counts", False))
    with forms.writer(Screen(**more), form, Checks.of(more.get("language", "en")), catalogue.CHECKS) as writer:
        for one in given:
            writer.add(one)
    return output.read_text("utf-8-sig") if output.suffix != ".xlsx" else ""


# --- json -------------------------------------------------------------------------------------------------------------


def test_json_holds_every_figure_as_text(tmp_path: Path) -> None:
    made = json.loads(written([review(tmp_path)], tmp_path / "a.json"))
    (report,) = made["reports"]
    found = {finding["check"]: finding for finding in report["findings"]}
    total = found["sum-parts"]
    assert (total["expected"], total["actual"], total["difference"]) == ("1,100 万元", "1,000 万元", "100 万元")
    assert (total["page"], total["line"], total["severity"]) == (None, 4, "error")
    assert [item["quote"] for item in total["evidence"]] == ["1000万元", "600万元", "500万元"]
    assert total["evidence"][1]["row"] == "支持企业研发"
    assert report["coverage"]["compared"] <= report["coverage"]["figures"]
    assert report["profile"] == "national"
    assert made["summary"]["findings"] == {"error": 1, "warning": 0, "note": 1}
    assert sum(report["comparisons"].values()) == sum(
        row[name] for row in made["statistics"] for name in ("consistent", "inconsistent", "uncheckable")
    )
    for number in numbers(made):
        assert isinstance(number, int)


def numbers(value: Any) -> Iterator[object]:
    """All numbers of a document but the corners of boxes."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from () if name == "bbox" else numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner)
    elif isinstance(value, int | float):
        yield value


def test_json_is_as_its_page_says(tmp_path: Path) -> None:
    """Every name of the page stands in the file, and every name of the file on the page."""
    page = (Path(__file__).parents[1] / "docs" / "formats.md").read_text("utf-8")
    given: list[Review | Unread] = [review(tmp_path), Unread("/x.pdf", Gap("damaged_file", "x"))]
    made = json.loads(written(given, tmp_path / "a.json", everything=True))
    names = {name for name in keys(made) if name not in catalogue.CHECKS}
    told = set(re.findall(r"\w+", " ".join(re.findall(r"```text\n(.*?)```", page, re.DOTALL))))
    assert names - told == set()


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_what_follows_stands_in_its_finding(tmp_path: Path) -> None:
    made = json.loads(written([review(tmp_path, CAUSE)], tmp_path / "a.json"))
    (finding,) = [one for one in made["reports"][0]["findings"] if one["check"] == "sum-parts"]
    assert finding["consequences"]
    assert made["summary"]["findings"]["error"] == 1
    ids = [one["finding_id"] for one in made["reports"][0]["findings"]]
    assert not {one["finding_id"] for one in finding["consequences"]} & set(ids)


def test_everything_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    given = review(tmp_path)
    plain = json.loads(written([given], tmp_path / "a.json"))["reports"][0]
    assert "consistent" not in plain
    whole = json.loads(written([given], tmp_path / "b.json", everything=True))["reports"][0]
    for outcome in ("consistent", "uncheckable"):
        assert len(whole[outcome]) == whole["comparisons"][outcome] > 0


def test_the_language_of_the_screen_is_that_of_the_messages(tmp_path: Path) -> None:
    made = json.loads(written([review(tmp_path)], tmp_path / "a.json", language="zh"))
    assert "各分项之和与总额不符" in made["reports"][0]["findings"][0]["message"]


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.json", "a.sarif", "a.csv"):
        once = written([review(tmp_path)], tmp_path / name)
        assert written([review(tmp_path)], tmp_path / name) == once


# --- sarif ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("sarif")
    given: list[Review | Unread] = [review(folder), review(folder, CAUSE, "b.txt"), of_file(SAMPLE)]
    given.append(Unread(str(folder / "x.pdf"), Gap("damaged_file", "broken")))
    return json.loads(written(given, folder / "a.sarif", everything=True))


def test_sarif_has_the_shape_of_the_standard(log: Any) -> None:
    """What the schema of SARIF 2.1.0 asks for, by hand: the whole schema was tried when this was written."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "jixiao"
    rules = driver["rules"]
    assert [rule["id"] for rule in rules] == sorted(catalogue.CHECKS)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["kind"] in ("fail", "pass", "open")
        assert (result["level"] == "none") == (result["kind"] != "fail")
        assert result["message"]["text"]
        assert re.fullmatch("[0-9a-f]{16}", result["fingerprints"]["jixiaoFinding/v1"])
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            artifact = location["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
        unique = [json.dumps(one, sort_keys=True) for one in result.get("relatedLocations", ())]
        assert len(unique) == len(set(unique))
    for artifact in run["artifacts"]:
        assert artifact["location"]["uri"].startswith("file:///")
        assert re.fullmatch("[0-9a-f]{64}", artifact["hashes"]["sha-256"])
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"


def test_a_place_is_a_line_or_a_page(log: Any) -> None:
    located = [
        location
        for result in log["runs"][0]["results"]
        for location in (*result["locations"], *result.get("relatedLocations", ()))
        if "properties" in location
    ]
    for location in located:
        is_text = location["physicalLocation"]["artifactLocation"]["uri"].endswith(".txt")
        assert ("region" in location["physicalLocation"]) == is_text
        assert ("page" in location["properties"]) != is_text
    lines = {one["physicalLocation"]["region"]["startLine"] for one in located if "region" in one["physicalLocation"]}
    assert 4 in lines


def test_fingerprints_are_the_ids_of_the_database(log: Any, tmp_path: Path) -> None:
    given = review(tmp_path)
    ids = {v.check_id: id_ for v, id_ in zip(given.verdicts, finding_ids(given.verdicts), strict=True)}
    found = {
        result["ruleId"]: result["fingerprints"]["jixiaoFinding/v1"]
        for result in log["runs"][0]["results"]
        if result["locations"][0]["physicalLocation"]["artifactLocation"]["index"] == 0 and result["kind"] == "fail"
    }
    assert found["sum-parts"] == ids["sum-parts"]


def test_a_name_of_a_file_is_a_uri(tmp_path: Path) -> None:
    assert sarif.uri(str(tmp_path / "错 误#1.txt")).endswith("/%E9%94%99%20%E8%AF%AF%231.txt")


def test_what_was_dismissed_is_suppressed(tmp_path: Path) -> None:
    given = review(tmp_path)
    ids = finding_ids(given.verdicts)
    wrong = next(i for v, i in zip(given.verdicts, ids, strict=True) if v.check_id == "sum-parts")
    dismissed = Review.of(given.report, given.verdicts, {wrong: "as agreed"})
    results = json.loads(written([dismissed], tmp_path / "a.sarif", everything=True))["runs"][0]["results"]
    (result,) = [one for one in results if one["fingerprints"]["jixiaoFinding/v1"] == wrong]
    assert result["suppressions"] == [{"kind": "external", "justification": "as agreed"}]
    plain = json.loads(written([dismissed], tmp_path / "b.sarif"))["runs"][0]["results"]
    assert wrong not in [one["fingerprints"]["jixiaoFinding/v1"] for one in plain]


# --- csv --------------------------------------------------------------------------------------------------------------


def test_csv_has_a_row_a_verdict(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(written([review(tmp_path, CAUSE)], tmp_path / "a.csv"))))
    total = next(row for row in rows if row["check"] == "sum-parts")
    assert (total["actual"], total["line"], total["cause"]) == ("4,758.00 万元", "4", "")
    follows = [row for row in rows if row["cause"]]
    assert follows
    assert {row["cause"] for row in follows} == {total["finding_id"]}
    assert "“" in total["quotes"]


# --- the workbook -----------------------------------------------------------------------------------------------------

_NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Book:
    """A workbook as it was written: the cells of its sheets, and what the sheets say of themselves."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as parts:
            self.sheets = [
                sheet.get("name") for sheet in self._root(parts, "workbook").iterfind("m:sheets/m:sheet", _NAMES)
            ]
            strings = self._root(parts, "sharedStrings")
            self._strings = ["".join(one.itertext()) for one in strings.iterfind("m:si", _NAMES)]
            self._roots = [self._root(parts, f"worksheets/sheet{i + 1}") for i in range(len(self.sheets))]

    @staticmethod
    def _root(parts: zipfile.ZipFile, name: str) -> ET.Element:
        return ET.fromstring(parts.read(f"xl/{name}.xml"))  # noqa: S314  # our own file

    def rows(self, sheet: int) -> list[list[str]]:
        rows = self._roots[sheet].iterfind("m:sheetData/m:row", _NAMES)
        return [[self._value(cell) for cell in row.iterfind("m:c", _NAMES)] for row in rows]

    def _value(self, cell: ET.Element) -> str:
        value = cell.findtext("m:v", "", _NAMES)
        return self._strings[int(value)] if cell.get("t") == "s" else value

    def holds(self, sheet: int, path: str) -> bool:
        return self._roots[sheet].find(path, _NAMES) is not None


def test_the_workbook_is_the_list_of_the_field(tmp_path: Path) -> None:
    given: list[Review | Unread] = [review(tmp_path, CAUSE), review(tmp_path, RIGHT, "right.txt")]
    written(given, tmp_path / "a.xlsx")
    book = Book(tmp_path / "a.xlsx")
    assert book.sheets == ["复核问题清单", "汇总"]
    head, *rows = book.rows(0)
    assert head[:8] == ["等级", "复核维度", "对象", "位置", "复核发现", "事实及判定", "处理建议", "核验依据"]
    assert head[8:] == ["核对项", "文件", "SHA-256", "问题编号"]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows), "worst first"
    row = dict(zip(head, rows[0], strict=True))
    assert (row["等级"], row["复核维度"], row["对象"]) == ("P0", "资金", "云岭省科技创新专项资金")
    assert row["位置"] == "第4行"
    assert "各分项之和与总额不符" in row["复核发现"]
    facts = row["事实及判定"]
    assert "2,380.00 + 1,260.00 + 1,145.00 = 4,785.00 ≠ 4,758.00 万元" in facts
    assert "相差 27.00 万元" in facts
    assert "判定：不符" in facts
    assert "同一原因：" in facts
    assert "4,785.00" in row["处理建议"]
    assert "公式：" in row["核验依据"]
    assert row["SHA-256"] == given[0].report.sha256  # type: ignore[union-attr]
    for sheet in (0, 1):
        assert not book.holds(sheet, ".//m:f"), "a formula"
        assert book.holds(sheet, ".//m:autoFilter")
        assert book.holds(sheet, ".//m:pane[@state='frozen']")


def test_what_holds_is_in_the_workbook_where_it_is_asked_for(tmp_path: Path) -> None:
    given = review(tmp_path)
    written([given], tmp_path / "a.xlsx", everything=True)
    levels = [row[0] for row in Book(tmp_path / "a.xlsx").rows(0)[1:]]
    holding = sum(verdict.outcome == "consistent" for verdict in given.verdicts)
    assert levels.count("通过") == holding > 0
    assert levels.count("无法核对") == sum(verdict.outcome == "uncheckable" for verdict in given.verdicts)
    written([given], tmp_path / "b.xlsx")
    assert {row[0] for row in Book(tmp_path / "b.xlsx").rows(0)[1:]} <= {"P0", "P1", "P2"}


def test_the_summary_counts_by_file_and_by_dimension(tmp_path: Path) -> None:
    given: list[Review | Unread] = [review(tmp_path), review(tmp_path, RIGHT, "right.txt")]
    written(given, tmp_path / "a.xlsx")
    head, wrong, right, total, dimensions, *by_dimension = [
        row for row in Book(tmp_path / "a.xlsx").rows(1) if any(row)
    ]
    assert head[2:7] == dimensions[2:7] == ["P0", "P1", "P2", "通过", "无法核对"]
    assert wrong[0] == "错 误.txt"
    assert wrong[2] == total[2] == "1"
    assert right[2] == "0"
    assert ["资金", "", "1"] in [row[:3] for row in by_dimension]
    assert wrong[-2] == "全国通用"


def test_text_in_the_workbook_is_text(tmp_path: Path) -> None:
    """Words that a spreadsheet would compute, and what it could not hold."""
    given = review(tmp_path, HOSTILE.replace("500万元，支持", "600万元，支持"), "=1+1.txt")
    written([given], tmp_path / "a.xlsx", everything=True)
    book = Book(tmp_path / "a.xlsx")
    assert "=1+1.txt" in [row[9] for row in book.rows(0)]
    assert not book.holds(0, ".//m:f")
    assert not book.holds(0, ".//m:hyperlink")


def test_a_cell_that_is_too_long_is_marked() -> None:
    assert problem_list._fitting("字" * 40_000) == "字" * 32_766 + "…"
    assert problem_list._fitting("字" * 32_767) == "字" * 32_767


def test_many_rows_of_a_table_are_counted() -> None:
    item = {"page": 3, "line": None, "source": "table"}
    evidence = [{**item, "row": f"指标{i}"} for i in range(5)]
    assert problem_list._places({"evidence": evidence}) == ["第3页 表格“指标0”、“指标1”、“指标2”等5行"]
    assert problem_list._places({"evidence": evidence[:1]}) == ["第3页 表格“指标0”"]


# --- counts -----------------------------------------------------------------------------------------------------------


def test_statistics_count_by_check_and_outcome(tmp_path: Path) -> None:
    given = review(tmp_path)
    rows = list(csv.DictReader(io.StringIO(written([given], tmp_path / "a.csv", counts=True))))
    assert [row["check"] for row in rows] == sorted({verdict.check_id for verdict in given.verdicts})
    for row in rows:
        for outcome in ("consistent", "inconsistent", "uncheckable"):
            wanted = sum((v.check_id, v.outcome) == (row["check"], outcome) for v in given.verdicts)
            assert int(row[outcome]) == wanted
    by_check = {row["check"]: row for row in rows}
    assert by_check["sum-parts"]["errors"] == "1"
    assert json.loads(written([given], tmp_path / "a.json", counts=True))[0]["check"] == rows[0]["check"]


# --- what is chosen ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        (["sum-parts"], [], {"sum-parts"}),
        (["sum-parts,date-valid"], [], {"sum-parts", "date-valid"}),
        (["docno-*"], ["docno-form"], {id_ for id_ in catalogue.CHECKS if id_.startswith("docno-")} - {"docno-form"}),
        (["scores"], ["score-*"], {id_ for id_, m in catalogue.CHECKS.items() if m.startswith("scores.")} - {
            id_ for id_ in catalogue.CHECKS if id_.startswith("score-")}),
        ([], ["*"], set()),
        ([], [], set(catalogue.CHECKS)),
    ],
)  # fmt: skip
def test_checks_are_chosen_by_id_family_and_pattern(select: list[str], ignore: list[str], chosen: set[str]) -> None:
    assert selection.chosen(select, ignore) == chosen


@pytest.mark.parametrize(
    ("name", "words"),
    [("sum-part", "did you mean sum-parts?"), ("fund", "did you mean funds?"), ("x-*", "explain` lists them")],
)
def test_a_name_that_means_no_check_is_told(name: str, words: str) -> None:
    with pytest.raises(UsageError, match=re.escape(words)):
        selection.chosen([name], [])


@pytest.mark.parametrize(("least", "left"), [("error", 1), ("warning", 1), ("note", 2)])
def test_the_least_severity_leaves_out_lesser_findings(tmp_path: Path, least: str, left: int) -> None:
    wanted = Selection(set(catalogue.CHECKS), selection.severity(least))
    kept = wanted.of(review(tmp_path))
    assert len(kept.findings()) == left
    assert kept.others() == review(tmp_path).others(), "what holds has no severity"


def test_what_follows_stands_by_itself_where_its_cause_is_not_shown(tmp_path: Path) -> None:
    given = review(tmp_path, CAUSE)
    root = next(finding for finding in given.findings() if finding.follows)
    others = set(catalogue.CHECKS) - {root.verdict.check_id}
    without = Selection(others).of(given)
    assert {finding.item.id for finding in without.findings()} >= {item.id for item in root.follows}
    dismissed = Review.of(given.report, given.verdicts, {root.item.id: "right as printed"})
    assert {finding.item.id for finding in dismissed.findings()} >= {item.id for item in root.follows}


def test_what_was_seen_is_left_out_with_what_follows_from_it(tmp_path: Path) -> None:
    given = review(tmp_path, CAUSE)
    everything = {item.id for finding in given.findings() for item in finding.items}
    document = given.report.document_id
    assert Selection(catalogue.CHECKS, seen={document: everything}).of(given).findings() == []
    root = next(finding for finding in given.findings() if finding.follows)
    partly = everything - {root.follows[0].id}
    (left,) = Selection(catalogue.CHECKS, seen={document: partly}).of(given).findings()
    assert left.item.id == root.item.id, "something new follows from it"


# --- the format and its file ------------------------------------------------------------------------------------------


def test_the_format_is_the_one_named_or_that_of_the_file() -> None:
    assert forms.chosen(None, None, False, False).name == "text"
    assert forms.chosen(None, Path("a.SARIF"), False, False).name == "sarif"
    assert forms.chosen(None, Path("a.txt"), False, False).name == "text"
    assert forms.chosen("csv", Path("a.txt"), False, False).name == "csv"
    for name, output, counts in (("pdf", None, False), ("xlsx", None, False), ("sarif", None, True)):
        with pytest.raises(UsageError):
            forms.chosen(name, output, False, counts)


def test_text_goes_to_a_file_without_colours(tmp_path: Path) -> None:
    made = written([review(tmp_path)], tmp_path / "a.txt", language="zh")
    assert "sum-parts#" in made
    assert "\x1b" not in made


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    for name in ("a.txt", "a.json", "a.xlsx", "a.csv"):
        with pytest.raises(UsageError, match="cannot be written"):
            written([review(tmp_path)], tmp_path / "none" / name)


def test_numbers_of_many_digits_stay_whole(tmp_path: Path) -> None:
    digits = "12345678901234567890.12"
    total = f"省财政下达资金{digits}万元，其中：甲1万元，乙2万元。"
    made = Review.of(
        report := report_builder.from_text("云岭省资金2023年度绩效自评报告\n" + total), pipeline.check(report)
    )
    words = json.dumps(records.of_review(made, "en"))
    assert f"{Decimal(digits):,}" in words
