"""Plants of the checks on indicators: in a line of the text, or in a row of the form."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from plants.planting import ALL, FORMS, plants, said
from plants.reports import Made, Row, rounded

_COUNTS = (
    ("新建公共厕所", "座"),
    ("改造老旧管网", "公里"),
    ("组织巡回义诊", "场次"),
    ("采购图书", "册"),
    ("栽植树木", "株"),
)


def _line(rng: Random, name: str, target: str, actual: str, behind: str = "") -> str:
    return rng.choice(
        (
            f"{name}：目标值{target}，实际完成值{actual}{behind}。",
            f"{name}{target}，全年实际完成{actual}{behind}。",
            f"{name}年初目标值为{target}，实际完成值为{actual}{behind}。",
            f"{name}目标{target}，实际{actual}{behind}。",
        )
    )


def _told(
    rng: Random, report: Made, level2: str, name: str, good: tuple[str, str, str], bad: tuple[str, str, str]
) -> Made:
    """One more indicator: a line of the text, or a row of the form without points of its own."""
    other = report.copy()
    state = rng.getstate()
    for one, (target, actual, behind) in ((report, good), (other, bad)):
        rng.setstate(state)
        if report.kind == "prose":
            mark = f"（{'一二三四五六七八九'[sum(x.startswith('（') for x in one.text['results'])]}）{level2}。"
            one.text["results"] += [mark, _line(rng, name, target, actual, behind)]
        else:
            level1 = "满意度指标" if "满意" in level2 else "效益指标" if "效益" in level2 else "产出指标"
            at = next((i for i, row in enumerate(one.rows) if row.level2 == level2), len(one.rows) - 1)
            moved = one.rows[at]
            weight = moved.weight / 2
            share = moved.score / moved.weight
            moved.weight, moved.score = weight, rounded(share * weight, 2)
            claim = behind.strip("，")
            one.rows.insert(at + 1, Row(level1, level2, name, target, actual, weight, weight, claim=claim))
            _total(one)
    return other


def _total(report: Made) -> None:
    report.form_total = Decimal(report.funds[0][6]) + sum((row.score for row in report.rows), Decimal(0))
    if report.text.get("score"):
        report.text["score"] = [f"项目自评得分{report.form_total}分。"]


def _count(rng: Random) -> tuple[str, str, int]:
    name, unit = rng.choice(_COUNTS)
    return name, unit, rng.randint(20, 400)


@plants("indicator-met", ("prose",))
def indicator_met(rng: Random, report: Made) -> Made:
    claim = rng.choice(("，完成预期指标", "，已完成", "，达成年度指标", "，完成年度任务"))
    if rng.random() < 0.5:
        name, unit, aim = _count(rng)
        good, bad = (f"≥{aim}{unit}", f"{aim + 3}{unit}", claim), (f"≥{aim}{unit}", f"{aim * 8 // 10}{unit}", claim)
        return _told(rng, report, "数量指标", name, good, bad)
    aim = rng.choice((90, 95, 98))
    sign = rng.choice(("≥{}%", "不低于{}%", "{}%以上"))
    good, bad = ((sign.format(aim), f"{aim + x}%", claim) for x in (1, -6))
    return _told(rng, report, "质量指标", "设备运行完好率", good, bad)


@plants("indicator-unit-same-dim", ALL)
def indicator_unit_same_dim(rng: Random, report: Made) -> Made:
    name, unit, aim = _count(rng)
    wrong = rng.choice(("万元", "%", "平方米", "吨"))
    good, bad = ((f"≥{aim}{unit}", f"{aim + 2}{u}", "") for u in (unit, wrong))
    return _told(rng, report, "数量指标", name, good, bad)


@plants("indicator-unit-word", ALL)
def indicator_unit_word(rng: Random, report: Made) -> Made:
    name, one, two = rng.choice((("扶持困难家庭", "户", "人"), ("举办培训", "期", "次"), ("修建水池", "座", "户")))
    aim = rng.randint(5, 40)
    return _told(
        rng, report, "数量指标", name, (f"≥{aim}{one}", f"{aim}{one}", ""), (f"≥{aim}{one}", f"{aim}{two}", "")
    )


@plants("indicator-name-unit", ALL)
def indicator_name_unit(rng: Random, report: Made) -> Made:
    name, fit, wrong = rng.choice(
        (
            ("支持项目数量", "个", "户"),
            ("培训人数", "人", "个"),
            ("惠及农户数", "户", "场次"),
            ("硬化道路里程", "公里", "个"),
            ("群众知晓率", "%", "人"),
        )
    )
    aim = rng.randint(20, 80)
    good, bad = ((f"≥{aim}{u}", f"{aim + 2}{u}", "") for u in (fit, wrong))
    return _told(rng, report, "数量指标", name, good, bad)


@plants("completion-rate", ("prose",))
def completion_rate(rng: Random, report: Made) -> Made:
    name, unit, aim = _count(rng)
    actual = aim + rng.randint(1, 9)
    rate = rounded(Decimal(actual) / aim * 100, rng.choice((1, 2)))
    word = rng.choice(("，完成率{}%", "，完成率为{}%", "，指标完成率{}%"))
    good, bad = ((f"≥{aim}{unit}", f"{actual}{unit}", word.format(r)) for r in (rate, rate - 12))
    return _told(rng, report, "数量指标", name, good, bad)


@plants("deviation-rate", ("prose",))
def deviation_rate(rng: Random, report: Made) -> Made:
    name, unit, aim = _count(rng)
    actual = aim + rng.randint(3, 9)
    rate = rounded(Decimal(actual - aim) / aim * 100, 2)
    word = rng.choice(("，偏差率{}%", "，偏差率为{}%", "，偏离度{}%"))
    good, bad = ((f"≥{aim}{unit}", f"{actual}{unit}", word.format(r)) for r in (rate, rate + 17))
    return _told(rng, report, "数量指标", name, good, bad)


@plants("overachieve", ALL)
def overachieve(rng: Random, report: Made) -> Made:
    name, unit, aim = _count(rng)
    good, bad = ((f"≥{aim}{unit}", f"{aim * x // 10}{unit}", "") for x in (11, rng.randint(22, 60)))
    return _told(rng, report, "数量指标", name, good, bad)


@plants("overachieve-unexplained", ALL)
def overachieve_unexplained(rng: Random, report: Made) -> Made:
    name, unit, aim = _count(rng)
    good, bad = ((f"≥{aim}{unit}", f"{aim * x // 10}{unit}", "") for x in (11, rng.randint(35, 60)))
    return _told(rng, report, "数量指标", name, good, bad)


@plants("under-unexplained", FORMS)
def under_unexplained(rng: Random, report: Made) -> Made:
    other = report.copy()
    row = other.rows[1]
    row.reason = rng.choice(("", "无", "/", "-"))
    return other


@plants("target-equals-actual-all", ALL)
def target_equals_actual_all(rng: Random, report: Made) -> Made:
    other = report.copy()
    extra = rng.sample(_COUNTS, 3)
    for one, copied in ((report, False), (other, True)):
        for row in one.rows:
            if copied:
                row.actual, row.score, row.reason = row.target.lstrip("≥"), row.weight, ""
        if one.kind == "prose":
            lines = [x for x in one.text["results"] if not x.startswith("（") or "指标" not in x][:1]
            for row in one.rows:
                claim = "" if row.reason else "，完成预期指标"
                why = f"，原因是{row.reason}" if row.reason else ""
                lines.append(f"{row.name}：目标值{row.target}，实际完成值{row.actual}{claim}{why}。")
            for number, (name, unit) in enumerate(extra):
                aim = 30 + number
                lines.append(f"{name}：目标值≥{aim}{unit}，实际完成值{aim if copied else aim + 2}{unit}。")
            one.text["results"] = lines
        else:
            for number, (name, unit) in enumerate(extra):
                aim = 30 + number
                actual = f"{aim if copied else aim + 2}{unit}"
                whole = one.rows[4]
                whole.weight, whole.score = whole.weight - 5, whole.score - 5
                one.rows.insert(2, Row("产出指标", "数量指标", name, f"≥{aim}{unit}", actual, Decimal(5), Decimal(5)))
            _total(one)
    return other


@plants("sub-indicator-bound", ("prose",))
def sub_indicator_bound(rng: Random, report: Made) -> Made:
    whole, part, unit = rng.choice(
        (
            ("培训人数", "培训女性人数", "人"),
            ("发放补贴户数", "发放补贴脱贫户数", "户"),
            ("新建学校数量", "新建村级学校数量", "所"),
        )
    )
    aim = rng.randint(100, 400)
    frame = "{w}：目标值≥{a}{u}，实际完成值{b}{u}。"
    report.text["results"].append(frame.format(w=whole, a=aim, b=aim + 5, u=unit))
    good = frame.format(w=f"其中{part.removeprefix('其中')}", a=aim // 2, b=aim // 2 + 3, u=unit)
    bad = frame.format(w=f"其中{part.removeprefix('其中')}", a=aim // 2, b=aim + 60, u=unit)
    return said(report, "results", good, bad)


@plants("duplicate-indicator", ALL)
def duplicate_indicator(rng: Random, report: Made) -> Made:
    name, unit, aim = _count(rng)
    behind = rng.choice(("", "数量"))
    other = _told(
        rng,
        report,
        "数量指标",
        name + behind,
        (f"≥{aim}{unit}", f"{aim + 1}{unit}", ""),
        (f"≥{aim}{unit}", f"{aim + 1}{unit}", ""),
    )
    return _told(
        rng,
        other,
        "质量指标",
        name + behind,
        (f"≥{aim}{unit}", f"{aim + 1}{unit}", ""),
        (f"≥{aim}{unit}", f"{aim + 1}{unit}", ""),
    )


@plants("indicator-type-fit", ALL)
def indicator_type_fit(rng: Random, report: Made) -> Made:
    name, unit, fit, wrong = rng.choice(
        (
            ("新建便民服务站数量", "个", "数量指标", "质量指标"),
            ("产品检验合格率", "%", "质量指标", "数量指标"),
            ("培训场次", "场次", "数量指标", "质量指标"),
            ("服务群众满意度", "%", "服务对象满意度指标", "质量指标"),
        )
    )
    aim = rng.randint(81, 89)
    values = (f"≥{aim}{unit}", f"{aim + 2}{unit}", "")
    other = report.copy()
    _told(rng, other, wrong, name, values, values)
    _told(rng, report, fit, name, values, values)
    return other


@plants("missing-type", ALL)
def missing_type(rng: Random, report: Made) -> Made:
    other = report.copy()
    kind = rng.choice(("满意度", "效益", "时效"))
    if report.kind == "prose":
        keep, skip = [], False
        for line in other.text["results"]:
            if line.startswith("（"):
                skip = kind in line
            if not skip:
                keep.append(line)
        other.text["results"] = keep
    else:
        gone = [row for row in other.rows if kind in row.level1 + row.level2]
        other.rows = [row for row in other.rows if row not in gone]
        other.rows[0].weight += sum((row.weight for row in gone), Decimal(0))
        other.rows[0].score = other.rows[0].weight
        _total(other)
    return other


@plants("qualitative-grade-word", ALL)
def qualitative_grade_word(rng: Random, report: Made) -> Made:
    name = rng.choice(("村容村貌", "居民出行条件", "基层治理能力", "群众健康意识"))
    good = rng.choice(("明显改善", "有所提升", "达成预期指标", "效果显著"))
    bad = rng.choice(("12.5", "38", "96", "5"))
    return _told(rng, report, "社会效益指标", name, ("明显改善", good, ""), ("明显改善", bad, ""))


@plants("time-target-met", ALL)
def time_target_met(rng: Random, report: Made) -> Made:
    month = rng.randint(6, 11)
    target = rng.choice((f"{report.year}年{month}月底前", f"{report.year}年{month}月30日前"))
    late = rng.choice((f"{report.year}年{month + 1}月{rng.randint(5, 25)}日", f"{report.year + 1}年1月"))
    good = f"{report.year}年{month}月{rng.randint(5, 25)}日"
    claim = "，完成预期指标" if report.kind == "prose" else ""
    return _told(
        rng,
        report,
        "时效指标",
        rng.choice(("工程完工时间", "资金拨付时间", "设备交付时间")),
        (target, good, claim),
        (target, late, claim),
    )


@plants("inverse-direction", ALL)
def inverse_direction(rng: Random, report: Made) -> Made:
    name, unit, level2 = rng.choice(
        (
            ("投诉次数", "次", "质量指标"),
            ("安全事故起数", "起", "质量指标"),
            ("单位养护成本", "元/公里", "成本指标"),
            ("办理时限", "天", "时效指标"),
        )
    )
    aim = rng.randint(8, 90)
    sign = rng.choice(("≤{}", "不超过{}"))
    claim = "，完成预期指标" if report.kind == "prose" else ""
    good, bad = ((sign.format(f"{aim}{unit}"), f"{v}{unit}", claim) for v in (aim - 2, aim + max(3, aim // 4)))
    return _told(rng, report, level2, name, good, bad)


@plants("cost-lower-bound", ALL)
def cost_lower_bound(rng: Random, report: Made) -> Made:
    name, unit = rng.choice(
        (("项目总成本", "万元"), ("每公里养护成本", "万元"), ("人均培训成本", "元"), ("单位面积造价", "元"))
    )
    aim = rng.randint(200, 900)
    good, bad = ((f"{sign}{aim}{unit}", f"{aim}{unit}", "") for sign in ("≤", "≥"))
    return _told(rng, report, "成本指标", name, good, bad)


@plants("actual-missing", ("prose",))
def actual_missing(rng: Random, report: Made) -> Made:
    other = report.copy()
    if report.kind == "prose":
        at = next(i for i, line in enumerate(other.text["results"]) if report.rows[2].name in line)
        other.text["results"][at] = f"{report.rows[2].name}：目标值{report.rows[2].target}。"
        report.text["results"][at] = (
            f"{report.rows[2].name}：目标值{report.rows[2].target}，实际完成值{report.rows[2].actual}。"
        )
    else:
        other.rows[2].actual = rng.choice(("", "-", "/"))
    return other


@plants("rate-vs-levels-indicators", ("prose",))
def rate_vs_levels(rng: Random, report: Made) -> Made:
    name, unit = rng.choice((("接待游客", "万人次"), ("粮食产量", "吨"), ("蔬菜产值", "万元")))
    before = rng.randint(200, 500)
    now = before + rng.randint(20, 60)
    rate = rounded(Decimal(now - before) / before * 100, 1)
    report.text["results"].append(f"{name}：目标值≥{before}{unit}，实际完成值{now}{unit}。")
    report.text["problems"].insert(1, f"{report.year - 1}年{name}{before}{unit}，基础较好。")
    line = f"{{n}}增长率：目标值≥{rate - 1}%，实际完成值{{r}}%。"
    return said(report, "results", line.format(n=name, r=rate), line.format(n=name, r=rate + 9))


@plants("cross-indicator-equal", ("prose",))
def cross_indicator_equal(rng: Random, report: Made) -> Made:
    value = rounded(report.spent, report.places)
    wrong = value + Decimal(1).scaleb(-report.places) * 7
    name = rng.choice(("项目总成本", "项目成本", "总成本"))
    line = "{n}：目标值≤{v}{u}，实际完成值{a}{u}。"
    return said(
        report,
        "results",
        line.format(n=name, v=rounded(report.total, report.places), a=value, u=report.unit),
        line.format(n=name, v=rounded(report.total, report.places), a=wrong, u=report.unit),
    )
