"""Document numbers in all their printed forms, codes cut out of running text, lists that share a head."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from money_texts import passages_of

from extractor.find.document_numbers import find_document_numbers, scan
from extractor.find.script import simplified
from extractor.lexicon import folding
from extractor.model import Head
from extractor.text import Text


def numbers(string: str) -> list[str]:
    return [found.normalized for found in scan(folded(string))]


def folded(string: str) -> str:
    return Text.of(string).fold(folding()).tight().string


def forms(string: str) -> set[str]:
    (found,) = scan(folded(string))
    return set(found.form)


#: Printed → normalised, and what is not canonical in it.
FORMS: dict[str, tuple[str, set[str]]] = {
    "云财农〔2031〕106号": ("云财农〔2031〕106号", set()),
    "云财农﹝2031﹞106号": ("云财农〔2031〕106号", set()),
    "云财农[2031]106号": ("云财农〔2031〕106号", {"brackets"}),
    "云财农［2031］106号": ("云财农〔2031〕106号", {"brackets"}),
    "云财农【2031】106号": ("云财农〔2031〕106号", {"brackets"}),
    "云财农(2031)106号": ("云财农〔2031〕106号", {"brackets"}),
    "云财农（2031）106号": ("云财农〔2031〕106号", {"brackets"}),
    "云财农︹2031︺106号": ("云财农〔2031〕106号", set()),
    "云财农〖2031〗106号": ("云财农〔2031〕106号", {"brackets"}),
    "云财农〔2031)106号": ("云财农〔2031〕106号", {"mixed-brackets"}),
    "云财农[2031〕106号": ("云财农〔2031〕106号", {"mixed-brackets"}),
    "云财农〔 2031 〕 106 号": ("云财农〔2031〕106号", set()),
    "云财农〔２０３１〕１０６号": ("云财农〔2031〕106号", set()),
    "云财农〔2031〕第106号": ("云财农〔2031〕106号", {"di"}),
    "云财农〔2031〕0106号": ("云财农〔2031〕106号", {"padded"}),
    "云财农〔2031〕106": ("云财农〔2031〕106号", {"no-hao"}),
    "云财农﹝2031﹞58，": ("云财农〔2031〕58号", {"no-hao"}),
    "云财农〔2031106号": ("云财农〔2031〕106号", {"lost-bracket"}),
    "云财农﹝203158": ("云财农〔2031〕58号", {"lost-bracket", "no-hao"}),
    "云财农2031〕106号": ("云财农〔2031〕106号", {"lost-bracket"}),
    "云财农2031106号": ("云财农〔2031〕106号", {"no-brackets"}),
    "云财农?2031?106号": ("云财农〔2031〕106号", {"replaced-brackets"}),
    "云财农〔2031〕号": ("云财农〔2031〕号", {"no-number"}),
    "云财农〔31〕106号": ("云财农〔2031〕106号", {"short-year"}),
    "云财农〔2031年〕106号": ("云财农〔2031〕106号", set()),
    "雲財農〔2031〕106號": ("云财农〔2031〕106号", set()),
}


@pytest.mark.parametrize("printed", FORMS)
@pytest.mark.parametrize("sentence", ["按照{}文件下达", "《关于下达资金的通知》({})，", "（{}）", "{}"])
def test_form(printed: str, sentence: str) -> None:
    normalized, form = FORMS[printed]
    (found,) = scan(simplified(folded(sentence.format(printed))))
    assert found.normalized == normalized
    assert set(found.form) == form


#: Running text → the numbers in it.
TEXTS: dict[str, list[str]] = {
    "按照省政府云政办函〔2031〕12号精神": ["云政办函〔2031〕12号"],
    "根据财政部财建〔2031〕7号、财建〔2031〕19号文件": ["财建〔2031〕7号", "财建〔2031〕19号"],
    "以川财教〔2018〕267号文件下达我县": ["川财教〔2018〕267号"],
    "市财政局望财农指〔2031〕3号": ["望财农指〔2031〕3号"],
    "国务院办公厅国办发〔2031〕5号": ["国办发〔2031〕5号"],
    "工信部联规〔2031〕8号": ["工信部联规〔2031〕8号"],
    "人社厅发〔2031〕8号": ["人社厅发〔2031〕8号"],
    "云财产业指〔2030〕1177号、〔2031〕960号": ["云财产业指〔2030〕1177号", "云财产业指〔2031〕960号"],
    "云财产业指〔2031〕964、965号": ["云财产业指〔2031〕964号", "云财产业指〔2031〕965号"],
    "望财教[2031]41、181、193": ["望财教〔2031〕41号", "望财教〔2031〕181号", "望财教〔2031〕193号"],
    "2031年望财教[2031]41、181、193下达我市": ["望财教〔2031〕41号", "望财教〔2031〕181号", "望财教〔2031〕193号"],
    "云财农〔2031〕12号和15号": ["云财农〔2031〕12号", "云财农〔2031〕15号"],
    "《关于预拨资金的通知(财社〔2031〕63号)》": ["财社〔2031〕63号"],
    "《关于资金分配的通知》财办农【2031】14号文": ["财办农〔2031〕14号"],
    "财资环2031134号": ["财资环〔2031〕134号"],
    "国发201445号": ["国发〔2014〕45号"],
    "中办发?2012?14号": ["中办发〔2012〕14号"],
    "征求意见稿的函(藏民函203117号)": ["藏民函〔2031〕17号"],
    "上会湘报字(2022)第0001号": ["上会湘报字〔2022〕1号"],
    "****财政局呼财农指【2031】10号文件": ["呼财农指〔2031〕10号"],
    "国发明电〔2031〕5号": ["国发明电〔2031〕5号"],
    "云财社〔2031〕5号3000万元": ["云财社〔2031〕5号"],
    "(云财社〔2030〕165号、云财社〔203143号)": ["云财社〔2030〕165号", "云财社〔2031〕43号"],
    # None of these is a document number.
    "国务院令第722号": [],
    "财政部公告2031年第8号": [],
    "〔2031〕粤0111民初30063号": [],
    "DB42/T1601-2020": [],
    "GB/T 9704-2012": [],
    "x财评〔2031〕8号": [],
    "财绩评【20xx】8号": [],
    "(2031)50万元": [],
    "项目（2031年）3个": [],
    "中山路2031号": [],
    "第106号": [],
    "合同〔2031〕106号": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_text(text: str) -> None:
    assert numbers(text) == TEXTS[text]


def test_shared_heads_are_told() -> None:
    found = scan("望财教〔2031〕41、181号")
    assert [("shared" in one.form) for one in found] == [False, True]
    assert [text for one in found for text in ("望财教〔2031〕41、181号"[one.start : one.end],)] == [
        "望财教〔2031〕41",
        "181号",
    ]


def test_a_number_and_a_sum_in_one_run_stay_open() -> None:
    (found,) = scan("财建〔20312185000万元")
    assert (found.number, "fused" in found.form) == ("", True)


def test_a_number_and_a_sum_in_one_run_are_parted_where_the_sums_prove_it() -> None:
    text = "下达资金7000万元,分别为:财建〔20312185000万元,财农〔2031452000万元。"
    assert numbers(text) == ["财建〔2031〕218号", "财农〔2031〕45号"]
    assert all("parted-by-sum" in one.form for one in scan(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "下达资金3.7425亿元。分批次看,财资环〔2031〕19号8000万元、财资环〔2031〕6412200万元、财资环〔2031〕1079925万元、"
            "财资环〔2031〕1327300万元。",
            ["财资环〔2031〕19号", "财资环〔2031〕64号", "财资环〔2031〕107号", "财资环〔2031〕132号"],
        ),
        (
            "安排资金700万元(云财农[2031]35200万元、云财农[2031]112500万元)。",
            ["云财农〔2031〕35号", "云财农〔2031〕112号"],
        ),
    ],
)
def test_a_number_that_lost_only_its_last_sign_is_parted_likewise(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected
    assert all("lost-bracket" not in one.form for one in scan(text))


def test_sums_that_prove_nothing_part_nothing() -> None:
    assert numbers("下达资金9000万元,分别为:财建〔20312185000万元,财农〔2031452000万元。") == [
        "财建〔2031〕号",
        "财农〔2031〕号",
    ]


def test_own_and_cited() -> None:
    document, passages = passages_of("云工信〔2032〕9号\n根据云财绩〔2032〕6号通知，现将情况报告如下。")
    found = find_document_numbers(document, passages, Head(doc_number="云工信〔2032〕9号"))
    assert [(one.normalized, one.role, one.agency_code, one.year, one.number) for one in found] == [
        ("云工信〔2032〕9号", "own", "云工信", 2032, "9"),
        ("云财绩〔2032〕6号", "cited", "云财绩", 2032, "6"),
    ]


def test_raw_and_place_are_those_of_the_source() -> None:
    source = "根据 云财农 〔2031〕\n106 号文件"
    document, passages = passages_of(source.replace("\n", ""))
    (found,) = find_document_numbers(document, passages, None)
    text = document.pages[0].text
    assert text[found.place.start : found.place.end] == found.raw == "云财农 〔2031〕106 号"


CODES = ["云财农", "望财社指", "财资环", "国办发", "发改", "教基", "林规发", "云政办函", "文旅公共发", "望应急"]


@given(
    st.sampled_from(CODES),
    st.integers(1950, 2049),
    st.integers(1, 99999),
    st.sampled_from(["〔〕", "[]", "【】", "﹝﹞", "()", "（）", "［］", "〖〗"]),
    st.sampled_from(["根据{}，", "《通知》（{}）", "按照{}文件要求", "{}", "其中：{}、", "落实{}和"]),
)
def test_written_and_read_again(code: str, year: int, number: int, brackets: str, sentence: str) -> None:
    printed = f"{code}{brackets[0]}{year}{brackets[1]}{number}号"
    assert numbers(sentence.format(printed)) == [f"{code}〔{year}〕{number}号"]


@pytest.mark.parametrize(
    "text", ["财〔2031〕", "财农2031〕1", "〔2031", "财〔2031〕1、", "财〔20311万元", "号", "财农2031"]
)
def test_long_hostile_text_is_scanned_in_time(text: str) -> None:
    start = time.perf_counter()
    scan(text * (100_000 // len(text)))
    assert time.perf_counter() - start < 20


def test_a_line_of_its_own_may_lack_bracket_and_word() -> None:
    """Known stem or not, a line that is nothing else is a document number; inside a sentence it could be anything."""
    assert [found.normalized for found in scan("汉农计﹝202347")] == ["汉农计〔2023〕47号"]
    assert scan("按照汉农计﹝202347要求") == []
