"""Numbers as reports write them: the amount grammar, comparators, ranges, approximations, tolerance."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import cn2an
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractor import numeral, quantity
from extractor.lexicon import folding
from extractor.measure import decimal, holds, same_unit
from extractor.model import Quantity
from extractor.quantity import Interval
from extractor.text import Text


def folded(string: str) -> str:
    return Text.of(string).fold(folding()).tight().string


def scan(string: str) -> list[Quantity]:
    return quantity.scan(folded(string))


def only(string: str) -> Quantity:
    found = scan(string)
    assert len(found) == 1, found
    return found[0]


def yuan(string: str) -> str:
    value = quantity.money(only(string))
    return "unread" if value is None else format(value.normalize(), "f")


# --- the amount grammar -----------------------------------------------------------------------------------------------

AMOUNTS: dict[str, str] = {
    "34189.52万元": "341895200",
    "187, 248.74万元": "1872487400",
    "187,248.74万元": "1872487400",
    "187，248.74万元": "1872487400",
    "1.2亿": "120000000",
    "资金5000万": "50000000",
    "3亿5000万元": "350000000",
    "60亿8000万元": "6080000000",
    "2亿3千万元": "230000000",
    "1万2千元": "12000",
    "壹佰万元整": "1000000",
    "壹佰万圆整": "1000000",
    "人民币叁仟贰佰元零伍分": "3200.05",
    "叁仟贰佰零伍元伍角": "3205.5",
    "贰拾叁亿叁仟捌佰叁拾伍万伍仟元整": "2338355000",
    "人民币伍万弍仟元正": "52000",
    "十二万元": "120000",
    "一百零八万元": "1080000",
    "两千元": "2000",
    "三点五亿元": "350000000",
    "一百二十亿元": "12000000000",
    "14860.00万元": "148600000",
    "14860万元": "148600000",
    "２３３８３５．５万元": "2338355000",
    "２３３，８３５．５０万元": "2338355000",
    "23.38亿元": "2338000000",
    "15.4235亿元": "1542350000",
    "333,001万元": "3330010000",
    "1883.00万元": "18830000",
    "2472551.80元": "2472551.8",
    "547.615万元": "5476150",
    "139.433578万元": "1394335.78",
    "172.5869144万元": "1725869.144",
    "资金29.6万": "296000",
    "救助站86万": "860000",
    "614 万元": "6140000",
    "6153.46萬元": "61534600",
    "34239萬(wàn)元": "342390000",
    "34239萬（wàn）元": "342390000",
    "3.5千元": "3500",
    "12百万元": "12000000",
    "5千万元": "50000000",
    "8.6百亿元": "86000000000",
    "1.5万亿元": "1500000000000",
    "3千元": "3000",
    "¥1,000,000.00": "1000000",
    "￥1200.50": "1200.5",
    "￥35万元": "350000",
    "RMB 300元": "300",
    "人民币50万元": "500000",
    "0.46万元": "4600",
    "3200元5角2分": "3200.52",
    "3200元5角": "3200.5",
    "5角": "0.5",
    "80块钱": "80",
    "725元/生.年": "725",
    "600元/户": "600",
    "3元/人、天": "3",
    "1,234,567,890.12元": "1234567890.12",
    "约30万元": "300000",
    "近5亿元": "500000000",
    "≥1000万元": "10000000",
    "万元以上的200万元": "2000000",
    "20余万元": "200000",
    "100多亿元": "10000000000",
    "106.5106.5萬元": "unread",
    "12,34万元": "unread",
    "1,2345万元": "unread",
    "财建〔20202185000万元": "unread",
    "120万美元": "unread",
    "US$50万": "unread",
    "300万港元": "unread",
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_amount(text: str) -> None:
    assert yuan(text) == AMOUNTS[text]


@pytest.mark.parametrize("text", AMOUNTS)
def test_amount_between_words(text: str) -> None:
    assert yuan(f"省级下达项目资金{text}，已全部到位") == AMOUNTS[text]


#: Text → (value, unit) of all quantities in it; no money among them.
NOT_MONEY: dict[str, list[tuple[str, str]]] = {
    "13万人次": [("13", "万人次")],
    "服务13万群众": [("13", "万")],
    "参保人数12.5万，": [("12.5", "万")],
    "58.5万辆": [("58.5", "万辆")],
    "3.51万t": [("3.51", "万t")],
    "S447公路": [],
    "G318线": [],
    "三级甲等医院": [],
    "1-4级伤残": [],
    "生物1类新药": [],
    "12345热线": [],
    "第3批": [],
    "第三方机构": [],
    "一是加强领导，二是落实责任": [],
    "三年行动计划": [],
    "十四五规划": [],
    "一汽集团、三省一区": [],
    "二次开发": [],
    "四梁八柱": [],
    "九章平台": [],
    "双碳目标": [],
    "“两个维护”": [],
    "一批重点项目": [],
    "2024年3月25日": [],
    "2024年度": [],
    "2021—2022年": [],
    "3月底前": [],
    "吉财产业指〔2023〕1177号": [],
    "保财教[2021]41、181、193": [],
    "1.2023年中央财政下达": [],
    "2、资金情况": [],
    "附件1": [],
    "5G基站20个": [("20", "个")],
    "12部门联合": [("12", "")],
    "投入100，200人受益": [("100", ""), ("200", "人")],
    "提高1个百分点": [("1", "个百分点")],
    "增长2.5百分点": [("2.5", "百分点")],
    "95.5%": [("95.5", "%")],
    "９５．５％": [("95.5", "%")],
    "控制在1‰以内": [("1", "‰")],
    "百分之三十": [("30", "%")],
    "千分之五": [("5", "‰")],
    "百分之98.5": [("98.5", "%")],
    "三成五": [("3.5", "成")],
    "三分之一": [("1", "/3")],
    "1/3": [("1", "/3")],
    "翻两番": [],
    "6.5次/10万公顷": [("6.5", "次/10万公顷")],
    "500台（套）": [("500", "台(套)")],
    "20个月": [("20", "个月")],
    "3年": [("3", "年")],
    "8℃": [("8", "℃")],
    "35μg/m³": [("35", "μg/m³")],
    "增长率-5.2%": [("-5.2", "%")],
    "一百零八户": [("108", "户")],
    "十二个": [("12", "个")],
    "两家企业": [("2", "家")],
    "百余家": [("100", "家")],
    "0431-88901234": [],
    "17:16": [],
    "2024-12-31": [],
}


@pytest.mark.parametrize("text", NOT_MONEY)
def test_no_money(text: str) -> None:
    found = scan(text)
    assert [(str(one.value), one.unit) for one in found] == NOT_MONEY[text]
    assert not any(quantity.money(one) for one in found)


def test_a_number_without_its_unit_is_no_money() -> None:
    assert quantity.money(only("每人不超过500/年")) is None


def test_trailing_zeros_are_precision_and_no_value() -> None:
    long, short = only("14860.00万元"), only("14860万元")
    assert long.value == short.value
    assert (long.decimals, short.decimals) == (2, 0)


def test_composites_keep_the_precision_of_their_last_scale() -> None:
    found = only("3亿5000万元")
    assert (found.value, found.unit, found.decimals) == (Decimal(35000), "万元", 0)


# --- comparators ------------------------------------------------------------------------------------------------------

AT_LEAST = ["≥", ">=", "》=", "⩾", "≧", "不低于", "不少于", "不小于", "至少"]
MORE = [">", "大于", "超过", "高于", "多于", "超", "逾"]
AT_MOST = ["≤", "<=", "⩽", "≦", "不超过", "不高于", "不多于", "不大于", "控制在", "至多"]
LESS = ["<", "小于", "低于", "少于", "不足"]
EQUAL = ["=", "═", "等于"]


@pytest.mark.parametrize(
    ("word", "operator"),
    [
        (word, sign)
        for words, sign in zip((AT_LEAST, MORE, AT_MOST, LESS, EQUAL), "≥>≤<=", strict=True)
        for word in words
    ],
)
@pytest.mark.parametrize("figure", ["70个", "95.5%", "1,200万元", "12个月"])
def test_words_before(word: str, operator: str, figure: str) -> None:
    assert only(f"支持项目{word}{figure}").operator == operator
    cell = quantity.read(folded(word + figure))
    assert cell is not None
    assert cell.operator == operator


@pytest.mark.parametrize(
    ("text", "operator", "value"),
    [
        ("80%以上", "≥", "80"),
        ("2家及以上", "≥", "2"),
        ("3次（含）以上", "≥", "3"),
        ("5人以上（含）", "≥", "5"),
        ("30天以内", "≤", "30"),
        ("20日内", "≤", "20"),
        ("10%以下", "≤", "10"),
        ("控制在1‰以内", "≤", "1"),
        ("控制在6.5次/10万公顷", "≤", "6.5"),
        ("超500家", ">", "500"),
        ("超过95%", ">", "95"),
        ("突破100万元", ">", "100"),
        ("突破61项技术", None, "61"),
        ("=0件", "=", "0"),
        ("=100%", "=", "100"),
        ("约为0.2次", None, "0.2"),
        ("达到90%", None, "90"),
        ("最高不超过50万元", "≤", "50"),
        ("不得低于60分", "≥", "60"),
        ("节约30万元", None, "30"),
        ("附近3公里", None, "3"),
    ],
)
def test_comparators_in_sentences(text: str, operator: str | None, value: str) -> None:
    found = only(text)
    assert (found.operator, str(found.value)) == (operator, value)


@pytest.mark.parametrize(
    ("actual", "operator", "target", "met"),
    [
        (10, "≥", 10, True),
        (9, "≥", 10, False),
        (10, ">", 10, False),
        (10, "≤", 10, True),
        (11, "≤", 10, False),
        (10, "<", 10, False),
        (10, "=", 10, True),
        (11, "=", 10, False),
        (11, None, 10, True),
        (0, "≤", 0, True),
    ],
)
def test_holding(actual: int, operator: str | None, target: int, met: bool) -> None:
    assert holds(Decimal(actual), operator, Decimal(target)) is met  # type: ignore[arg-type]


# --- ranges -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("10-20万元", "10", "20", "万元"),
        ("13万元～17万元", "13", "17", "万元"),
        ("15%～30%", "15", "30", "%"),
        ("15-30%", "15", "30", "%"),
        ("9亿～16亿元", "9", "16", "亿元"),
        ("20至30个", "20", "30", "个"),
        ("50—60户", "50", "60", "户"),
        ("3到5家", "3", "5", "家"),
        ("100~200人次", "100", "200", "人次"),
        ("1,000–2,000元", "1000", "2000", "元"),
    ],
)
def test_range(text: str, low: str, high: str, unit: str) -> None:
    found = only(text)
    assert (str(found.value), str(found.high), found.unit) == (low, high, unit)


@pytest.mark.parametrize("text", ["从10%提高到30%", "由20家增加到30家", "2021-2023年", "1-4级"])
def test_no_range(text: str) -> None:
    assert all(found.high is None for found in scan(text))


# --- approximations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("近500家", 450, 500),
        ("将近500家", 450, 500),
        ("约500家", 450, 550),
        ("大约500家", 450, 550),
        ("500家左右", 450, 550),
        ("500余家", 500, 600),
        ("超500家", 500, 600),
        ("500多家", 500, 600),
        ("百余家", 100, 120),
        ("逾20多万人次", 200_000, 240_000),
        ("500家", 500, 500),
    ],
)
def test_implied(text: str, low: int, high: int) -> None:
    found = only(text)
    assert quantity.implied(found) == Interval(Fraction(low), Fraction(high))
    assert quantity.approximate(found) is (low != high)


@pytest.mark.parametrize("text", ["近3年支持20家", "最近20家", "签约20家", "其余20家"])
def test_words_that_only_look_like_approximations(text: str) -> None:
    assert not any(quantity.approximate(found) for found in scan(text))


# --- tolerance --------------------------------------------------------------------------------------------------------


def test_a_printed_figure_stands_for_half_its_last_place_to_either_side() -> None:
    found = only("23.38亿元")
    assert found.value is not None
    interval = quantity.interval(found.value, found.decimals, found.unit)
    assert interval == Interval(Fraction(2_337_500_000), Fraction(2_338_500_000))
    exact = only("233835.5万元")
    assert exact.value is not None
    assert interval.overlaps(quantity.interval(exact.value, exact.decimals, exact.unit))


def test_whole_counts_are_exact() -> None:
    assert quantity.interval(Decimal(86), 0, "个") == Interval.exactly(86)
    assert quantity.interval(Decimal(58), 0, "万辆") != Interval.exactly(580_000)
    assert quantity.interval(Decimal("58.5"), 1, "万辆") == Interval(Fraction(584_500), Fraction(585_500))


def test_a_rate_is_held_against_the_interval_of_its_quotient() -> None:
    spent, budget = (quantity.interval(Decimal(v), 2, "万元") for v in ("8.30", "10.43"))
    quotient = spent / budget
    assert quotient is not None
    assert quotient.overlaps(quantity.interval(Decimal("79.6"), 1, "%"))
    assert not quotient.overlaps(quantity.interval(Decimal("79.2"), 1, "%"))


def test_nothing_is_divided_by_what_can_be_zero() -> None:
    assert Interval.exactly(1) / Interval(Fraction(-1), Fraction(1)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("家", "户", True),
        ("个", "项", True),
        ("人", "名", True),
        ("亩", "公顷", True),
        ("%", "百分比", True),
        ("辆", "万辆", True),
        ("个百分点", "百分点", True),
        ("台", "套", True),
        ("万元", "亿元", True),
        ("户", "个", False),
        ("人", "人次", False),
        ("%", "个百分点", False),
        ("千瓦", "千瓦时", False),
        ("吨", "吨标准煤", False),
        ("元", "美元", False),
        ("天", "个工作日", False),
    ],
)
def test_same_unit(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same
    assert same_unit(other, one) is same


@pytest.mark.parametrize(
    ("unit", "base"),
    [
        ("亩", Fraction(2000, 3)),
        ("万亩", Fraction(20_000_000, 3)),
        ("平方公里", Fraction(1_000_000)),
        ("万人次", Fraction(10_000)),
        ("百户", Fraction(100)),
        ("亿立方米", Fraction(100_000_000)),
        ("‰", Fraction(1, 1000)),
        ("元/亩", Fraction(3, 2000)),
        ("万元/公里", Fraction(10_000)),
        ("吉瓦", Fraction(1_000_000)),
        ("万千瓦", Fraction(10_000)),
        ("担", Fraction(1, 20)),
        ("角", Fraction(1, 10)),
    ],
)
def test_base(unit: str, base: Fraction) -> None:
    assert quantity.base(Decimal(1), unit) == base


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value", "unit", "operator"),
    [
        ("≥70个", "70", "个", "≥"),
        ("98%以上", "98", "%", "≥"),
        ("100", "100", "", None),
        (" 1,234.50 ", "1234.50", "", None),
        ("≤90万元", "90", "万元", "≤"),
        ("≥100百分比", "100", "百分比", "≥"),
        ("37人(人数)", "37", "人", None),
        ("-3", "-3", "", None),
        ("5榀", "5", "榀", None),
        ("12个月", "12", "个月", None),
        ("＝100％", "100", "%", "="),
        ("三个", "3", "个", None),
    ],
)
def test_cell(cell: str, value: str, unit: str, operator: str | None) -> None:
    found = quantity.read(folded(cell))
    assert found is not None
    assert (str(found.value), found.unit, found.operator) == (value, unit, operator)


@pytest.mark.parametrize(
    "cell", ["", "显著提升", "2024年12月底前", "完成", "/", "—", "第一季度", "吉财绩〔2025〕106号"]
)
def test_no_number_in_a_cell(cell: str) -> None:
    assert quantity.read(folded(cell)) is None


# --- written and read again -------------------------------------------------------------------------------------------

FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def grouped(digits: str, separator: str) -> str:
    whole, point, places = digits.partition(".")
    return f"{int(whole):,}".replace(",", separator) + point + places


WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda digits: digits,
    "commas": lambda digits: grouped(digits, ","),
    "commas and blanks": lambda digits: grouped(digits, ", "),
    "full-width commas": lambda digits: grouped(digits, "，"),
    "full-width digits": lambda digits: digits.translate(FULL_WIDTH),
    "full-width digits in groups": lambda digits: grouped(digits, ",").translate(FULL_WIDTH),
}


@st.composite
def printed_numbers(draw: st.DrawFn) -> str:
    whole, places = draw(st.integers(0, 10**10)), draw(st.integers(0, 6))
    return f"{whole}.{draw(st.integers(0, 10**places - 1)):0{places}}" if places else str(whole)


@given(
    printed_numbers(),
    st.sampled_from(sorted(WRITINGS)),
    st.sampled_from(["元", "千元", "万元", "百万元", "亿元"]),
    st.sampled_from(["下达资金◇。", "其中：◇，其中", "（◇）", "支出约◇用于道路建设", "，◇", "◇（含）"]),
)
def test_amounts_in_all_writings(digits: str, writing: str, unit: str, sentence: str) -> None:
    blank = " " * (len(digits) % 2)
    found = only(sentence.replace("◇", WRITINGS[writing](digits) + blank + unit))
    assert (found.value, found.unit) == (Decimal(digits), unit)
    assert found.decimals == len(digits.partition(".")[2])
    assert quantity.money(found) == decimal(Fraction(Decimal(digits)) * quantity.base(Decimal(1), unit))


@given(printed_numbers(), st.sampled_from(["元", "万元", "%", "个", "亩"]))
def test_what_is_read_stands_where_it_says(digits: str, unit: str) -> None:
    string = f"目标为不低于{digits}{unit}，"
    found = only(string)
    assert string[found.start : found.end] == found.raw == f"不低于{digits}{unit}"
    assert string[slice(*found.figure)] == digits + unit


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["", "元"]))
def test_composites_of_two_scales(high: int, low: int, yuan_word: str) -> None:
    assume(yuan_word or low >= 1000)
    found = only(f"投入{high}亿{low}万{yuan_word}")
    assert quantity.money(found) == high * 10**8 + low * 10**4
    assert found.unit == "万元"


@given(st.integers(0, 10**12), st.sampled_from(["low", "up"]))
def test_chinese_numerals_agree_with_another_library(value: int, style: str) -> None:
    words = cn2an.an2cn(value, style)
    assert numeral.whole(words) == value
    assert cn2an.cn2an(words, "strict") == value


@given(st.text(alphabet="零一二三四五六七八九十百千万亿", min_size=1, max_size=9))
def test_what_another_library_finds_irregular_is_not_read(words: str) -> None:
    value = numeral.whole(words)
    if value is not None:
        assert numeral.whole(cn2an.an2cn(value, "low")) == value
        assert _canonical(words) == _canonical(cn2an.an2cn(value, "low"))


def _canonical(words: str) -> str:
    """Without what may stand or not: 一十 is 十, and any number of 零 means the same."""
    return words.replace("一十", "十").replace("零", "")


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 11, places=2))
def test_capitals_agree_with_another_library(value: Decimal) -> None:
    assume(value >= 1)
    assert quantity.money(only("人民币" + cn2an.an2cn(str(value), "rmb"))) == value


@given(st.integers(1, 10**9), st.sampled_from(["万元", "亿元"]))
def test_plain_numerals_before_a_scale(value: int, unit: str) -> None:
    assume(value < 10**4 or (unit == "万元" and value < 10**4))
    assert quantity.money(only(cn2an.an2cn(value, "low") + unit)) == value * quantity.base(Decimal(1), unit)


@given(printed_numbers(), printed_numbers())
def test_intervals_hold_what_they_stand_for(one: str, other: str) -> None:
    a, b = (quantity.interval(Decimal(text), len(text.partition(".")[2]), "万元") for text in (one, other))
    exact = [Fraction(Decimal(text)) * 10_000 for text in (one, other)]
    assert exact[0] in a
    assert sum(exact) in a + b
    assert exact[0] - exact[1] in a - b
    assert exact[0] * exact[1] in a * b
    quotient = a / b
    if quotient is not None:
        assert exact[0] / exact[1] in quotient


@given(printed_numbers(), st.integers(0, 4))
def test_a_rounded_figure_overlaps_the_exact_one(digits: str, places: int) -> None:
    exact = Decimal(digits)
    rounded = round(exact, places)
    assert quantity.interval(rounded, places, "亿元").overlaps(Interval.exactly(quantity.base(exact, "亿元")))


@given(st.text(alphabet="0123456789.,，万亿元千百%个约近余不低于≥-～至一二三十 年月日号〔〕()/第", max_size=40))
def test_any_text_is_scanned_in_order(string: str) -> None:
    string = folded(string)
    last = 0
    for found in quantity.scan(string):
        assert last <= found.start < found.end
        assert found.start <= found.figure[0] < found.figure[1] <= max(found.end, found.figure[1])
        assert string[found.start : found.end] == found.raw
        last = found.end


@pytest.mark.parametrize(
    "text", ["1,", "12.", "1万", "一百", "(wàn)", "〔2021", "1/", "第1", "约近", "3亿5", "1-", "一点"]
)
def test_long_hostile_text_is_scanned_in_time(text: str) -> None:
    start = time.perf_counter()
    quantity.scan(text * (100_000 // len(text)))
    assert time.perf_counter() - start < 10
