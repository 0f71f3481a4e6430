"""Plants of the checks of the text against the indicators and against itself."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from plants.indicators import _total
from plants.planting import plants, said
from plants.reports import Made


@plants("narrative-vs-indicator-number")
def narrative_vs_indicator(rng: Random, report: Made) -> Made:
    row = rng.choice((report.rows[0], report.rows[4]))
    unit = row.actual.lstrip("0123456789.")
    value = int(row.actual.removesuffix(unit))
    frame = rng.choice(("全年{n}{v}{u}。", "{n}{v}{u}，完成年度任务。", "本年度共{n}{v}{u}，群众反映良好。"))
    wrong = value + rng.choice((-12, 17, 23))
    good, bad = (frame.format(n=row.name, v=v, u=unit) for v in (value, wrong))
    return said(report, "problems", good, bad, 1)


@plants("narrative-vs-annex", ("both",))
def narrative_vs_annex(rng: Random, report: Made) -> Made:
    row = rng.choice((report.rows[0], report.rows[2], report.rows[4]))
    line = rng.choice(("{n}：目标值{t}，实际完成值{a}。", "{n}{t}，全年实际完成{a}。"))
    digits = "".join(c for c in row.actual if c.isdigit() or c == ".")
    wrong = row.actual.replace(digits, str(Decimal(digits) + (Decimal("0.6") if "%" in row.actual else 13)))
    good, bad = (line.format(n=row.name, t=row.target, a=a) for a in (row.actual, wrong))
    return said(report, "results", good, bad)


def _met(report: Made) -> None:
    """All targets reached."""
    row = report.rows[1]
    number = int("".join(c for c in row.target if c.isdigit()))
    if report.kind == "prose":
        at = next(i for i, line in enumerate(report.text["results"]) if row.name in line)
        report.text["results"][at] = f"{row.name}：目标值{row.target}，实际完成值{number + 4}份，完成预期指标。"
    row.actual, row.score, row.reason = f"{number + 4}份", row.weight, ""
    _total(report)


@plants("all-met-claim")
def all_met_claim(rng: Random, report: Made) -> Made:
    words = rng.choice(
        ("各项绩效指标均已完成。", "全部绩效指标均达到预期目标。", "年度绩效目标全部完成。", "所有指标均已完成。")
    )
    report.text["results"].insert(1, words)
    other = report.copy()
    _met(report)
    return other


@plants("no-deviation-claim")
def no_deviation_claim(rng: Random, report: Made) -> Made:
    words = rng.choice(("绩效目标无偏离。", "各项指标未偏离绩效目标。", "不存在偏离绩效目标的情况。"))
    report.text["problems"].insert(1, words)
    other = report.copy()
    _met(report)
    return other


@plants("some-all-words")
def some_all_words(rng: Random, report: Made) -> Made:
    good, bad = rng.choice(
        (("个别指标未完成。", "大部分指标未完成。"), ("个别绩效指标未达到目标值。", "全部绩效指标未达到目标值。"))
    )
    return said(report, "problems", good, bad, 1)


@plants("count-of-projects")
def count_of_projects(rng: Random, report: Made) -> Made:
    a, b, c = rng.randint(4, 30), rng.randint(4, 30), rng.randint(2, 9)
    frame = rng.choice(
        (
            "共实施项目{t}个，其中道路类{a}个、桥梁类{b}个、排水类{c}个。",
            "全县安排项目{t}个：续建{a}个、新建{b}个、改建{c}个。",
            "补助对象{t}人，其中学前{a}人、小学{b}人、初中{c}人。",
            "建设点位{t}处，其中城区{a}处、乡镇{b}处、村级{c}处。",
        )
    )
    good, bad = (frame.format(t=a + b + c + x, a=a, b=b, c=c) for x in (0, rng.choice((1, 2, -3))))
    return said(report, "results", good, bad, 1)


@plants("problem-vs-score", ("both", "prose"))
def problem_vs_score(rng: Random, report: Made) -> Made:
    words = rng.choice(("部分指标完成率偏低。", "部分绩效指标完成率较低。", "指标完成率不高。"))
    report.text["problems"].insert(1, words)
    other = report.copy()
    _met(other)
    return other


@plants("alias-consistency")
def alias_consistency(rng: Random, report: Made) -> Made:
    full = f"{report.place}县公共资源交易服务中心"
    one, two = "县交易中心", "县资源中心"
    report.text["results"].insert(1, f"{full}（以下简称“{one}”）负责招标。")
    frame = rng.choice(("由{f}（以下简称“{a}”）组织评审。", "{f}（简称“{a}”）完成备案。"))
    return said(report, "problems", frame.format(f=full, a=one), frame.format(f=full, a=two), 1)


@plants("fund-name-consistency")
def fund_name_consistency(rng: Random, report: Made) -> Made:
    core = report.fund.removeprefix(f"{report.place}县").removesuffix("项目")
    wrong = core[:-1] if rng.random() < 0.5 else core[:2] + core[3:]
    other = report.copy()
    other.text["funds"][1] = other.text["funds"][1].replace(core, wrong)
    return other


@plants("typo-candidates")
def typo_candidates(rng: Random, report: Made) -> Made:
    right, wrong = rng.choice(
        (
            ("智能网联汽车", "智能网汽车"),
            ("国家药品集采", "国家药品采集"),
            ("预算绩效管理", "预算绩管理"),
            ("国库集中支付", "国库中支付"),
            ("账户", "帐户"),
        )
    )
    frame = rng.choice(("严格落实{}要求。", "持续推进{}工作。"))
    return said(report, "results", frame.format(right), frame.format(wrong), 1)


@plants("template-residue")
def template_residue(rng: Random, report: Made) -> Made:
    right = f"{report.place}县{report.body}"
    wrong = rng.choice(("XX县" + report.body, "××局", "**县" + report.body, "XX局"))
    frame = rng.choice(("{}成立了绩效自评工作小组。", "自评工作由{}组织实施。"))
    return said(report, "results", frame.format(right), frame.format(wrong), 1)


@plants("cross-indicator-sum", ("prose",))
def cross_indicator_sum(rng: Random, report: Made) -> Made:
    a, b = rng.randint(20, 60), rng.randint(20, 60)
    report.text["results"] += [
        f"建设示范工厂：目标值≥{a}个，实际完成值{a}个。",
        f"建设示范车间：目标值≥{b}个，实际完成值{b}个。",
    ]
    good, bad = (f"全年建设示范工厂和示范车间共{x}个。" for x in (a + b, a + b + 4))
    return said(report, "problems", good, bad, 1)
