"""Plants of the checks within a sentence."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from plants.planting import number, odd, plants, said
from plants.reports import Made, rounded

_UNITS = ("万元", "亿元", "吨", "万人次", "公顷")


@plants("difference-explained")
def difference_explained(rng: Random, report: Made) -> Made:
    whole, a, b = rng.randint(60, 200), rng.randint(3, 9), rng.randint(2, 9)
    left = whole - a - b
    frame = rng.choice(
        (
            "共收到申报项目{w}个，剔除重复申报{a}个、不符合条件{b}个，实际认定{l}个。",
            "全县原有站点{w}个，扣除撤并{a}个、停用{b}个，现有站点{l}个。",
            "登记对象{w}人，除去迁出{a}人、死亡{b}人，实际发放{l}人。",
        )
    )
    wrong = left + rng.choice((1, 2, -2))
    good, bad = (frame.format(w=whole, a=a, b=b, l=x) for x in (left, wrong))
    return said(report, "results", good, bad, 1)


@plants("growth-recompute")
def growth_recompute(rng: Random, report: Made) -> Made:
    unit, places = rng.choice(_UNITS), rng.choice((0, 1, 2))
    before = number(rng, 200, 900, places)
    up = rng.random() < 0.7
    now = rounded(before * Decimal(rng.randint(105, 160) if up else rng.randint(60, 95)) / 100, places)
    rate = rounded(abs(now - before) / before * 100, rng.choice((1, 2)))
    word = "增长" if up else "下降"
    frame = rng.choice(
        (
            "全县旅游收入由上年的{a}{u}{w}到{b}{u}，{w}{r}%。",
            "处理量从{a}{u}{w}到{b}{u}，{w}{r}%。",
            "产量{b}{u}，上年为{a}{u}，{w}{r}%。",
            "供应量达到{b}{u}，比上年的{a}{u}{w}{r}%。",
        )
    )
    frame = frame.replace("{w}到", "增加到" if up else "下降到")
    good, bad = (frame.format(a=before, b=now, u=unit, w=word, r=r) for r in (rate, rate + rng.choice((7, 11))))
    return said(report, "results", good, bad, 1)


@plants("share-recompute")
def share_recompute(rng: Random, report: Made) -> Made:
    whole = rng.randint(60, 500)
    part = rng.randint(20, whole - 10)
    places = rng.choice((0, 1, 2))
    rate = rounded(Decimal(part) / whole * 100, places)
    frame = rng.choice(
        (
            "全县{w}个行政村中有{p}个已通达，占{r}%。",
            "抽查{w}处，合格{p}处，占比{r}%。",
            "共有{w}户，其中{p}户享受补助，占总户数的{r}%。",
            "发放问卷{w}份，表示支持的{p}份，占{r}%。",
        )
    )
    good, bad = (frame.format(w=whole, p=part, r=r) for r in (rate, rate + (9 if rate < 85 else -9)))
    return said(report, "results", good, bad, 1)


@plants("unit-price-recompute")
def unit_price_recompute(rng: Random, report: Made) -> Made:
    count, price = rng.randint(12, 90), rng.randint(3, 40)
    total = count * price
    frame = rng.choice(
        (
            "{n}个村每村补助{p}万元，共补助{t}万元。",
            "购置设备{n}台，每台{p}万元，共{t}万元。",
            "按每户{p}万元的标准补助{n}户，合计{t}万元。",
            "维修水塘{n}座，单价{p}万元，计{t}万元。",
        )
    )
    good, bad = (frame.format(n=count, p=price, t=t) for t in (total, odd(rng, Decimal(total))))
    return said(report, "results", good, bad, 1)


@plants("average-recompute")
def average_recompute(rng: Random, report: Made) -> Made:
    count = rng.randint(20, 300)
    each = number(rng, 2, 30, 2)
    total = rounded(each * count, 2)
    frame = rng.choice(
        (
            "{n}户共增收{t}万元，户均增收{e}万元。",
            "培训{n}人，经费{t}万元，人均{e}万元。",
            "建设{n}个站点，总投入{t}万元，平均每个{e}万元。",
        )
    )
    good, bad = (frame.format(n=count, t=total, e=e) for e in (each, odd(rng, each)))
    return said(report, "results", good, bad, 1)


@plants("list-count")
def list_count(rng: Random, report: Made) -> Made:
    ending = rng.choice(("", "镇"))
    names = [
        name + ending
        for name in rng.sample(("安山", "北流", "城关", "东桥", "富水", "高台", "和平"), rng.randint(3, 6))
    ]
    frame = rng.choice(
        (
            "在{l}{n}个乡镇开展了试点。",
            "建成{l}等{n}个示范点。",
            "试点选在{l}{n}个乡镇。",
            "主要做法有{n}项：{c}。",
        )
    )
    counted = "；".join(f"{x}是健全{name}片区制度" for x, name in zip("一二三四五六", names, strict=False))
    right, wrong = len(names), len(names) - 1
    digits = "零一二三四五六七"
    chinese = rng.random() < 0.4
    good, bad = (frame.format(l="、".join(names), n=digits[n] if chinese else n, c=counted) for n in (right, wrong))
    return said(report, "results", good, bad, 1)


@plants("ordinal-sequence")
def ordinal_sequence(rng: Random, report: Made) -> Made:
    items = rng.sample(("加强调度", "强化监管", "规范采购", "严格验收", "及时公开"), rng.randint(3, 5))
    style = rng.choice(("{}是{}", "（{}）{}", "第{}，{}"))
    marks = "一二三四五六" if style != "（{}）{}" else "123456"
    wrong = rng.choice(
        ([*marks[: len(items) - 1], marks[len(items)]], [*marks[: len(items) - 1], marks[len(items) - 2]])
    )

    def line(chosen: list[str] | str) -> str:
        return "；".join(style.format(m, item) for m, item in zip(chosen, items, strict=False)) + "。"

    return said(report, "problems", line(marks), line(wrong), 1)


@plants("dup-phrase")
def dup_phrase(rng: Random, report: Made) -> Made:
    before, word, behind = rng.choice(
        (
            ("项目实施后", "群众出行", "更加便利。"),
            ("严格按照", "管理办法", "使用资金。"),
            ("有力推动了", "产业发展", "。"),
            ("严格执行采购制度，", "其中：", "设备采购全部公开招标。"),
            ("项目建设", "质量得到", "保证。"),
        )
    )
    return said(report, "results", before + word + behind, before + word + word + behind, 1)


@plants("near-dup-name")
def near_dup_name(rng: Random, report: Made) -> Made:
    full, short = rng.choice(
        (
            (f"{report.place}县农业技术推广中心", "农技推广中心"),
            (f"{report.place}县疾病预防控制中心", "疾控中心"),
            (f"{report.place}省工业技术研究院", "工研院"),
            (f"{report.place}县人力资源和社会保障局", "人社局"),
        )
    )
    frame = rng.choice(("{}承担了技术指导工作。", "由{}负责组织实施。"))
    return said(report, "results", frame.format(full), frame.format(full + short), 1)


@plants("number-format")
def number_format(rng: Random, report: Made) -> Made:
    right, wrong = rng.choice(
        (
            ("187,248.74万元", "187, 248.74万元"),
            ("1,234.56万元", "1,23.456万元"),
            ("12,345.6万元", "12,345,6万元"),
            ("3,456,789元", "3,456,78元"),
            ("2,560.00万元", "2, 560.00万元"),
        )
    )
    frame = rng.choice(("全县同类投资累计{}。", "近三年共投入{}。", "社会各界累计投入{}。"))
    return said(report, "results", frame.format(right), frame.format(wrong), 1)


@plants("range-order")
def range_order(rng: Random, report: Made) -> Made:
    low = rng.randint(5, 40)
    high = low + rng.randint(5, 30)
    frame = rng.choice(
        ("每村补助{}-{}万元。", "单个项目投资在{}～{}万元之间。", "培训规模为{}-{}人。", "工期一般为{}至{}天。")
    )
    return said(report, "results", frame.format(low, high), frame.format(high, low), 1)


@plants("bounded-rate")
def bounded_rate(rng: Random, report: Made) -> Made:
    frame = rng.choice(("群众满意度达到{}%。", "产品抽检合格率{}%。", "行政村覆盖率为{}%。", "服务对象满意率{}%。"))
    return said(report, "results", frame.format(rng.randint(90, 99)), frame.format(rng.randint(101, 130)), 1)


@plants("approx-consistency")
def approx_consistency(rng: Random, report: Made) -> Made:
    count = rng.randint(3, 9) * 100
    name, unit = rng.choice((("服务企业", "家"), ("培训学员", "人"), ("接待游客", "人次")))
    words = rng.choice(("超", "超过"))
    report.text["problems"].insert(1, f"全年{name}{words}{count}{unit}。")
    good, bad = (f"{name}{value}{unit}，较好满足了需求。" for value in (count + 12, count - 14))
    return said(report, "problems", good, bad, 2)


@plants("multiple-wording")
def multiple_wording(rng: Random, report: Made) -> Made:
    before = rng.randint(12, 60)
    times = rng.randint(2, 5)
    frame = rng.choice(
        (
            "参与企业由{a}家增加到{b}家，增长{t}倍。",
            "年产量从{a}吨增至{b}吨，增长了{t}倍。",
            "服务人次由{a}人次提高到{b}人次，增加{t}倍。",
        )
    )
    good, bad = (frame.format(a=before, b=before * m, t=times) for m in (times + 1, times))
    return said(report, "results", good, bad, 1)


@plants("pct-vs-point")
def pct_vs_point(rng: Random, report: Made) -> Made:
    before = rng.randint(40, 70)
    more = rng.randint(6, 20)
    frame = rng.choice(
        (
            "覆盖率由{a}%提高到{b}%，提高{m}{w}。",
            "合格率从{a}%上升到{b}%，上升了{m}{w}。",
            "满意度由上年的{a}%提升至{b}%，提升{m}{w}。",
        )
    )
    good, bad = (frame.format(a=before, b=before + more, m=more, w=word) for word in ("个百分点", "%"))
    return said(report, "results", good, bad, 1)


@plants("direction-words")
def direction_words(rng: Random, report: Made) -> Made:
    a = number(rng, 200, 900, rng.choice((0, 1, 2)))
    b = rounded(a * Decimal("1.08"), -int(a.as_tuple().exponent))
    frames = (
        ("决算数{b}万元，预算数{a}万元，决算数{w}预算数。", "大于", "小于"),
        ("本年接待量{b}万人次，上年{a}万人次，同比{w}。", "增长", "下降"),
        ("今年处理{b}万吨，去年处理{a}万吨，较去年{w}。", "增加", "减少"),
    )
    frame, right, wrong = rng.choice(frames)
    good, bad = (frame.format(a=a, b=b, w=w) for w in (right, wrong))
    return said(report, "results", good, bad, 1)
