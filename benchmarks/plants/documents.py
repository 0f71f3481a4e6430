"""Plants of the checks on document numbers, dates, headings and annexes."""

from __future__ import annotations

from random import Random

from plants.planting import plants, replaced, said
from plants.reports import Made


def _number(rng: Random, report: Made, year: int) -> str:
    return f"{report.place[0]}财{report.code}〔{year}〕{rng.randint(20, 190)}号"


@plants("docno-form")
def docno_form(rng: Random, report: Made) -> Made:
    right = _number(rng, report, report.year)
    wrong = rng.choice(
        (
            right.replace("〔", "[").replace("〕", "]"),
            right.replace("〔", "（").replace("〕", "）"),
            right.replace("〕", "〕第"),
            right.replace("〕", "〕0"),
            right.replace("〔", "【").replace("〕", "】"),
        )
    )
    frame = rng.choice(("按照{}文件要求组织实施。", "根据《关于加强项目管理的通知》（{}），规范了采购程序。"))
    return said(report, "results", frame.format(right), frame.format(wrong), 1)


@plants("docno-year-range")
def docno_year_range(rng: Random, report: Made) -> Made:
    frame = rng.choice(("根据{}要求开展自评。", "按照《关于开展绩效自评的通知》（{}）开展自评。"))
    right, wrong = _number(rng, report, report.year + 1), _number(rng, report, rng.choice((report.year + 3, 1935)))
    return said(report, "results", frame.format(right), frame.format(wrong), 1)


@plants("docno-own-year")
def docno_own_year(rng: Random, report: Made) -> Made:
    n = rng.randint(5, 90)
    stem = f"{report.place[0]}{report.body[0]}"
    right, wrong = (f"{stem}财〔{y}〕{n}号" for y in (report.year + 1, report.year - 1))
    return said(report, "head", right, wrong, rng.choice((0, 1)))


@plants("docno-own-code")
def docno_own_code(rng: Random, report: Made) -> Made:
    codes = {"交通运输局": "交", "教育局": "教", "卫生健康局": "卫健", "农业农村局": "农", "水利局": "水"}
    code = codes.get(report.body, "")
    wrong = rng.choice([c for body, c in codes.items() if body != report.body])
    year, n = report.year + 1, rng.randint(5, 90)
    good = f"{report.place[0]}{code}〔{year}〕{n}号" if code else ""
    return said(report, "head", good, f"{report.place[0]}{wrong}〔{year}〕{n}号", 0)


@plants("docno-repeat-title")
def docno_repeat_title(rng: Random, report: Made) -> Made:
    number = _number(rng, report, report.year)
    one, two = rng.sample(
        ("关于下达项目补助资金的通知", "农村公路养护管理办法", "关于加强政府采购监督的意见", "项目资金管理暂行办法"), 2
    )
    report.text["results"].insert(1, f"根据《{one}》（{number}）组织实施。")
    frame = "项目管理执行《{}》（{}）。"
    return said(report, "problems", frame.format(one, number), frame.format(two, number), 1)


@plants("date-valid")
def date_valid(rng: Random, report: Made) -> Made:
    month, day = rng.choice(((2, 30), (4, 31), (6, 31), (9, 31), (11, 31), (13, 5)))
    right = f"{report.year}年{min(month, 12)}月{min(day, 28)}日"
    wrong = f"{report.year}年{month}月{day}日"
    frame = rng.choice(("项目于{}开工。", "{}通过竣工验收。", "县财政局于{}拨付资金。"))
    return said(report, "results", frame.format(right), frame.format(wrong), 1)


@plants("date-after-period")
def date_after_period(rng: Random, report: Made) -> Made:
    other = report.copy()
    other.text["tail"][-1] = f"{report.year}年{rng.randint(2, 10)}月{rng.randint(1, 28)}日"
    return other


@plants("date-period-cover")
def date_period_cover(rng: Random, report: Made) -> Made:
    frame = rng.choice(("截至{}，项目完成投资{}万元。", "截止{}，支付工程款{}万元。"))
    value = rng.randint(20, 80)
    right, wrong = f"{report.year}年12月31日", f"{report.year + rng.choice((2, 3))}年12月31日"
    return said(report, "results", frame.format(right, value), frame.format(wrong, value), 1)


@plants("year-title-body")
def year_title_body(rng: Random, report: Made) -> Made:
    frame = rng.choice(
        (
            "现将{}年度{}绩效自评情况报告如下。",
            "我局对{}年度{}开展了绩效自评，现将有关情况报告如下。",
            "按照要求，我局完成了{}年度{}绩效自评工作，情况如下。",
        )
    )
    wrong = report.year + rng.choice((-1, 1, -2))
    return said(report, "head", frame.format(report.year, report.fund), frame.format(wrong, report.fund))


@plants("heading-sequence")
def heading_sequence(rng: Random, report: Made) -> Made:
    wrong = rng.choice(("四、", "二、", "五、"))
    return replaced(report, "problems", "三、", wrong)


@plants("annex-listed", ("prose",))
def annex_listed(rng: Random, report: Made) -> Made:
    words = rng.choice(("详见附件3。", "具体情况见附件2《项目明细表》。", "绩效自评表见附件4。"))
    return said(report, "results", "", words, 1)
