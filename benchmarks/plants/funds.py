"""Plants of the checks on money."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from plants.planting import FORMS, number, odd, plants, replaced, said
from plants.reports import Made, rounded

_NAMES = ("设备购置", "人员培训", "工程监理", "宣传推广", "信息系统维护", "质量检测", "档案整理", "勘察设计")
_UNITS = (("万元", 0), ("万元", 2), ("万元", 1), ("元", 2), ("亿元", 4))


def _list(rng: Random, count: int) -> tuple[list[str], list[Decimal], str, int]:
    unit, places = rng.choice(_UNITS)
    low, high = {"万元": (20, 900), "元": (8000, 90000), "亿元": (1, 8)}[unit]
    return rng.sample(_NAMES, count), [number(rng, low, high, places) for _ in range(count)], unit, places


@plants("sum-parts")
def sum_parts(rng: Random, report: Made) -> Made:
    names, values, unit, _ = _list(rng, rng.randint(2, 5))
    wrong = list(values)
    wrong[rng.randrange(len(wrong))] = odd(rng, max(values))
    frame = rng.choice(
        (
            "同期另安排配套资金{total}{unit}，其中：{list}。",
            "配套资金{total}{unit}，分别为{list}。",
            "项目单位使用配套资金{total}{unit}，包括{list}。",
            "配套资金{total}{unit}（其中{list}）。",
            "{list}，合计使用配套资金{total}{unit}。",
        )
    )
    joint = rng.choice(("、", "，"))

    def line(parts: list[Decimal]) -> str:
        listed = joint.join(f"{name}{value}{unit}" for name, value in zip(names, parts, strict=True))
        return frame.format(total=sum(values), unit=unit, list=listed)

    return said(report, "funds", line(values), line(wrong))


@plants("subset-bound")
def subset_bound(rng: Random, report: Made) -> Made:
    unit, places = rng.choice(_UNITS)
    whole = number(rng, 100, 900, places)
    part = rounded(whole * Decimal("0.3"), places)
    much = rounded(whole * Decimal("1.4"), places)
    frame = rng.choice(
        (
            "配套资金{0}{2}（含上年结转{1}{2}）。",
            "投入配套资金{0}{2}，含设备购置{1}{2}。",
            "全县配套资金{0}{2}，其中仅设备购置就有{1}{2}。",
            "配套资金{0}{2}，其中含自筹资金{1}{2}。",
        )
    )
    return said(report, "funds", frame.format(whole, part, unit), frame.format(whole, much, unit))


@plants("budget-vs-released")
def budget_vs_released(rng: Random, report: Made) -> Made:
    """The orders stand in sentences of their own; as parts of their total they belong to sum-parts."""
    first = rounded(report.total * Decimal("0.6"), report.places)
    second = rounded(report.total, report.places) - first
    wrong = odd(rng, second)
    one, two = (f"{report.place[0]}财{report.code}〔{report.year}〕{rng.randint(200, 400) + n * 7}号" for n in (0, 30))
    frames = rng.choice(
        (
            ("全年共下达{f}资金{t}。", "{one}下达{f}资金{a}。", "{two}下达{f}资金{b}。"),
            ("{f}全年预算{t}。", "县财政局以{one}下达{f}资金{a}。", "又以{two}追加下达{f}资金{b}。"),
        )
    )
    report.text["funds"] = report.text["funds"][:1]
    report.text["score"] = report.text["score"] if report.kind == "both" else []
    other = report.copy()
    for target, value in ((report, second), (other, wrong)):
        words = {"f": report.fund, "t": report.money(report.total), "one": one, "two": two}
        words |= {"a": report.money(first), "b": report.money(value)}
        target.text["funds"] += [frame.format(**words) for frame in frames]
    return other


def _three(rng: Random) -> tuple[Decimal, Decimal, str, int]:
    unit, places = rng.choice(_UNITS)
    low, high = {"万元": (200, 4000), "元": (20000, 900000), "亿元": (2, 9)}[unit]
    budget = number(rng, low, high, places)
    return budget, rounded(budget * Decimal(rng.randint(800, 960)) / 1000, places), unit, places


@plants("arrival-rate")
def arrival_rate(rng: Random, report: Made) -> Made:
    budget, arrived, unit, _ = _three(rng)
    places = rng.choice((0, 1, 2))
    rate = rounded(arrived / budget * 100, places)
    frame = rng.choice(
        (
            "配套资金预算{0}{3}，实际到位{1}{3}，资金到位率{2}%。",
            "应到位配套资金{0}{3}，到位{1}{3}，到位率为{2}%。",
            "配套资金计划安排{0}{3}，截至年底到位资金{1}{3}，资金到位率达到{2}%。",
        )
    )
    wrong = rate + rng.choice((-7, -5, 3, 4))
    return said(report, "funds", frame.format(budget, arrived, rate, unit), frame.format(budget, arrived, wrong, unit))


@plants("execution-rate")
def execution_rate(rng: Random, report: Made) -> Made:
    rate = report.rate
    wrong = rate + rng.choice((-8, -4, 1)) if rate < 98 else rate - rng.choice((3, 5, 8))
    return replaced(report, "funds", f"执行率{rate}%", f"执行率{wrong}%")


@plants("execution-rate", FORMS)
def execution_rate_of_form(rng: Random, report: Made) -> Made:
    other = report.copy()
    wrong = report.rate - rng.choice((2, 6, 11))
    for row in other.funds[:2]:
        row[5] = f"{wrong}%"
    return other


@plants("execution-missing", ("prose",))
def execution_missing(rng: Random, report: Made) -> Made:
    report.text["funds"][-1] = rng.choice(
        (
            "资金管理规范，专款专用，预算执行情况良好。",
            "资金使用合规，预算执行情况较好，不存在执行数偏离预算数较多的问题。",
            "项目资金支出及时，预算执行到位，资金支出进度较快。",
        )
    )
    other = report.copy()
    report.text["funds"].append(f"实际支出{report.money(report.spent)}，预算执行率{report.rate}%。")
    return other


@plants("exec-over-budget")
def exec_over_budget(rng: Random, report: Made) -> Made:
    much = rounded(report.total * Decimal(rng.randint(104, 130)) / 100, report.places)
    frame = rng.choice(("全年实际支出{}。", "截至年底，项目已支出{}。", "全年执行数{}。", "项目资金实际支付{}。"))
    report.text["funds"] = [*report.text["funds"][:2], frame.format(report.money(report.spent))]
    other = report.copy()
    other.text["funds"][-1] = frame.format(report.money(much))
    if report.kind == "both":
        for one, value in ((report, report.spent), (other, much)):
            for row in one.funds[:2]:
                row[3] = f"{rounded(value, report.places)}"
    return other


@plants("exec-over-budget", FORMS)
def exec_over_budget_of_form(rng: Random, report: Made) -> Made:
    other = report.copy()
    much = f"{rounded(report.total * Decimal('1.12'), report.places)}"
    for row in other.funds[:2]:
        row[3] = much
    return other


@plants("arrival-over-budget")
def arrival_over_budget(rng: Random, report: Made) -> Made:
    much = rounded(report.total * Decimal(rng.randint(110, 140)) / 100, report.places)
    frame = rng.choice(
        ("项目资金实际到位{}。", "截至年底，项目单位收到项目资金{}。", "{}项目资金已于年内全部到位。", "资金到位{}。")
    )
    good, bad = (frame.format(report.money(value)) for value in (report.total, much))
    return said(report, "funds", good, bad, 2)


@plants("exec-over-arrival")
def exec_over_arrival(rng: Random, report: Made) -> Made:
    little = rounded(report.spent * Decimal(rng.randint(80, 95)) / 100, report.places)
    frame = rng.choice(
        ("项目资金实际到位{}。", "截至年底，项目单位收到项目资金{}。", "年内到位项目资金{}。", "资金到位{}。")
    )
    good, bad = (frame.format(report.money(value)) for value in (report.total, little))
    return said(report, "funds", good, bad, 2)


@plants("fund-source-sum", FORMS)
def fund_source_sum(rng: Random, report: Made) -> Made:
    report.funds[2][1:4] = ["20", "20", "20"]
    for column, value in enumerate((report.total, report.total, report.spent), start=1):
        whole = rounded(value + 20, report.places)
        report.funds[0][column] = f"{whole}"
    rate = rounded((report.spent + 20) / (report.total + 20) * 100, 2)
    report.funds[0][5] = f"{rate}%"
    points = rounded(rate / 10, 2)
    report.form_total += points - Decimal(report.funds[0][6])
    report.funds[0][6] = f"{points}"
    if report.kind == "both":
        report.text = {
            **report.text,
            "funds": report.text["funds"][:1],
            "score": [f"项目自评得分{report.form_total}分。"],
        }
    other = report.copy()
    row = rng.choice((1, 2))
    column = rng.choice((2, 3))
    other.funds[row][column] = f"{Decimal(other.funds[row][column]) + rng.choice((3, 5, 12))}"
    return other


@plants("central-local-split")
def central_local_split(rng: Random, report: Made) -> Made:
    """Sums named by their level with a total, not listed under it: such a list belongs to sum-parts."""
    unit, places = rng.choice(_UNITS)
    low, high = {"万元": (100, 900), "元": (9000, 90000), "亿元": (1, 9)}[unit]
    central, local = number(rng, low, high, places), number(rng, low, high, places)
    frame = rng.choice(
        (
            "配套项目中央资金{a}{unit}，地方资金{b}{unit}，合计{total}{unit}。",
            "中央财政安排{a}{unit}、省级财政安排{b}{unit}，两级财政共安排配套资金{total}{unit}。",
            "配套资金中，中央补助{a}{unit}，市级配套{b}{unit}，总投资{total}{unit}。",
        )
    )
    total = central + local
    good = frame.format(total=total, a=central, b=local, unit=unit)
    return said(report, "funds", good, frame.format(total=odd(rng, total), a=central, b=local, unit=unit))


@plants("total-restated")
def total_restated(rng: Random, report: Made) -> Made:
    total = report.money(report.total)
    wrong = report.money(odd(rng, rounded(report.total, report.places)))
    frame = rng.choice(
        (
            "{fund}资金{total}已全部纳入预算管理。",
            "本次自评范围为{year}年下达的{fund}资金{total}。",
            "{year}年{fund}共安排资金{total}，专款专用。",
        )
    )
    words = {"fund": report.fund, "year": report.year}
    return said(report, "problems", frame.format(total=total, **words), frame.format(total=wrong, **words), 1)


@plants("budget-adjust-path")
def budget_adjust_path(rng: Random, report: Made) -> Made:
    unit, places = rng.choice(_UNITS[:4])
    low = 100 if unit == "万元" else 10000
    start, more, less = (number(rng, k * low, k * low * 3, places) for k in (5, 2, 1))
    frame = rng.choice(
        (
            "配套项目年初预算{0}{4}，年中追加{1}{4}，调减{2}{4}，调整后预算{3}{4}。",
            "配套项目年初安排{0}{4}，追加预算{1}{4}，追减{2}{4}，调整后全年预算{3}{4}。",
            "配套项目年初预算数{0}{4}，执行中调增{1}{4}、调减{2}{4}，调整预算数为{3}{4}。",
        )
    )
    end = start + more - less
    good = frame.format(start, more, less, end, unit)
    return said(report, "funds", good, frame.format(start, more, less, odd(rng, end), unit))


@plants("carryover-balance")
def carryover_balance(rng: Random, report: Made) -> Made:
    left = report.money(report.total - report.spent)
    wrong = report.money(odd(rng, rounded((report.total - report.spent) * 2, report.places)))
    word = rng.choice(("结转下年使用", "结转下年", "年末结余"))
    report.text["funds"][-1] = report.text["funds"][-1].replace("结转下年使用", word)
    return replaced(report, "funds", f"{word}{left}", f"{word}{wrong}")


@plants("components-vs-table", FORMS)
def components_vs_table(rng: Random, report: Made) -> Made:
    half = rounded(report.total / 2, report.places)
    rest = rounded(report.total, report.places) - half
    names = rng.sample(_NAMES, 2)
    frame = rng.choice(
        (
            "全年预算{total}{unit}，其中{a}{x}{unit}，{b}{y}{unit}。",
            "申请预算{total}{unit}，其中：{a}{x}{unit}、{b}{y}{unit}。",
        )
    )
    words = {"total": rounded(report.total, report.places), "unit": report.unit, "a": names[0], "b": names[1]}
    report.remark = frame.format(x=half, y=rest, **words)
    other = report.copy()
    other.remark = frame.format(x=half, y=odd(rng, rest), **words)
    return other


_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def _capital(value: int) -> str:
    words, places = "", ("", "拾", "佰", "仟")
    for group, name in ((value // 10000, "万"), (value % 10000, "")):
        if not group:
            continue
        said_ = "".join(_DIGITS[int(d)] + (places[3 - i] if d != "0" else "") for i, d in enumerate(f"{group:04}"))
        while "零零" in said_:
            said_ = said_.replace("零零", "零")
        words += (said_.strip("零") if not words else said_.rstrip("零")) + name
    return words + "元整"


@plants("capital-vs-digits")
def capital_vs_digits(rng: Random, report: Made) -> Made:
    value = rng.randint(12, 98) * 10000 + rng.randint(1, 9) * 1000
    frame = rng.choice(
        (
            "合同价款人民币{0}（¥{1:,}.00）。",
            "中标金额{0}（小写：{1}元）。",
            "支付设备款{0}（¥{1}元）。",
            "合同总价{1}元（大写：{0}）。",
        )
    )
    wrong = value + rng.choice((1000, 10000, 100000, -9000))
    return said(report, "funds", frame.format(_capital(value), value), frame.format(_capital(value), wrong))


@plants("scale-slip")
def scale_slip(rng: Random, report: Made) -> Made:
    value = Decimal(rng.randint(10001, 99989)) / 10
    unit, other = rng.choice((("万元", "元"), ("万元", "亿元")))
    frame = rng.choice(
        (
            ("配套资金下达{0}。", "已下达的配套资金{0}全部拨付。"),
            ("安排设备采购资金{0}。", "设备采购资金{0}已列入年度预算。"),
            ("项目带动社会投资{0}。", "全年带动社会投资{0}，效果较好。"),
        )
    )
    report.text["funds"].append(frame[0].format(f"{value}{unit}"))
    return said(report, "problems", frame[1].format(f"{value}{unit}"), frame[1].format(f"{value}{other}"), 1)


@plants("unit-missing-amount")
def unit_missing_amount(rng: Random, report: Made) -> Made:
    value = rng.randint(11, 99) * 100
    frame = rng.choice(
        (
            "另安排专项资金{0}，用于设备购置。",
            "县级配套资金{0}，用于场地维修。",
            "追加预算{0}，用于人员培训。",
            "拨付补助资金{0}，用于购买服务。",
        )
    )
    return said(report, "funds", frame.format(f"{value}元"), frame.format(value))


@plants("all-paid-claim")
def all_paid_claim(rng: Random, report: Made) -> Made:
    words = rng.choice(("资金已全部支付完毕。", "项目资金已全部支出。", "专项资金全部支出完毕。"))
    return said(report, "funds", "", words)


@plants("docno-same-number")
def docno_same_number(rng: Random, report: Made) -> Made:
    unit, places = rng.choice(_UNITS[:3])
    a, b = number(rng, 100, 900, places), number(rng, 100, 900, places)
    one, two = (f"{report.place[0]}财{report.code}〔{report.year}〕{n}号" for n in rng.sample(range(200, 400), 2))
    frame = rng.choice(
        (
            "配套资金{total}{u}，其中：道路工程{a}{u}（{one}），桥梁工程{b}{u}（{two}）。",
            "下达配套资金{total}{u}，其中设备购置{a}{u}（{one}）、人员培训{b}{u}（{two}）。",
        )
    )
    words = {"total": a + b, "a": a, "b": b, "u": unit, "one": one}
    return said(report, "funds", frame.format(two=two, **words), frame.format(two=one, **words))


@plants("docno-order-year-fund")
def docno_order_year_fund(rng: Random, report: Made) -> Made:
    frame = rng.choice(
        (
            "以{p}财{c}〔{y}〕{n}号文件下达配套资金{v}万元。",
            "根据{p}财{c}〔{y}〕{n}号，安排配套资金{v}万元。",
        )
    )
    words = {"p": report.place[0], "c": report.code, "n": rng.randint(20, 90), "v": rng.randint(30, 90)}
    return said(report, "funds", frame.format(y=report.year, **words), frame.format(y=report.year - 4, **words))
