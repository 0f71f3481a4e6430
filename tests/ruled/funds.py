"""Fund blocks as the layouts print them, each with the sums that it has to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from facts import Sum, folded
from figures import points, printed
from sheet import Box, Look, Sheet, edges, near_edges

#: Columns of sums; the others of a block are rates and points.
MONEY = ("initial_budget", "budget", "received", "spent", "carryover", "moved")


@dataclass(frozen=True, slots=True)
class Funds:
    """A block of rows of sums. `label` stands left of it, `corner` over the labels of its rows."""

    label: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    unit: str = "万元"
    corner: str = ""
    #: What part rows print where the total has its points.
    dash: str = ""
    #: Part rows print their own rate.
    part_rates: bool = True
    #: Words of the label stand in a row over the block, not beside it.
    over: bool = False


def draw_lots(rng: Random, unit: str) -> Decimal:
    """A budget."""
    if unit == "元":
        return Decimal(rng.randint(20_000, 9_000_000)).quantize(Decimal("0.01"))
    whole = Decimal(rng.choice((rng.randint(5, 99), rng.randint(100, 999), rng.randint(1000, 250_000))))
    return whole + Decimal(rng.choice((0, 0, rng.randint(1, 99)))).scaleb(-2)


def money(rng: Random, value: Decimal, unit: str, *, commas: bool) -> str:
    """The sum as printed."""
    return f"{value:,.2f}" if unit == "元" or commas else printed(value)


def amounts(rng: Random, columns: Sequence[str], unit: str) -> dict[str, Decimal]:
    """A row's sums: the budget, what came and what was spent of it."""
    budget = draw_lots(rng, unit)
    cent = Decimal("0.01")
    spent = (budget * rng.choice((100, 100, rng.randint(60, 99))) / 100).quantize(cent)
    found = {
        "initial_budget": (budget * rng.choice((100, 100, 90, 120)) / 100).quantize(cent),
        "budget": budget,
        "received": budget,
        "spent": spent,
        "carryover": budget - spent,
        "moved": (budget / 10).quantize(cent),
    }
    return {column: found[column].normalize() + 0 for column in columns if column in MONEY}


def fund_block(sheet: Sheet, rng: Random, look: Look, funds: Funds, given: Sequence[float]) -> Decimal | None:
    """Draw the block; the points that the total row got, None where it prints none. `given`: edges to fit to."""
    left = 0.1 if not funds.over else 0.0
    own = edges([2.2, *(1.0 for _ in funds.heads)], left)
    columns = near_edges(own, given) if look.aligned else own
    if funds.over:
        sheet.add(Box(0, 1, funds.label, kind="label"))
    start = len(sheet.bands)
    heads = [Box(columns[i + 1], columns[i + 2], words, kind="head") for i, (_, words) in enumerate(funds.heads)]
    sheet.add(Box(columns[0], columns[1], funds.corner, kind="head"), *heads)
    concepts = [concept for concept, _ in funds.heads]
    commas = rng.random() < 0.2
    total: Decimal | None = None
    for number, label in enumerate(funds.rows):
        empty = number > 0 and rng.random() < 0.35
        sums = {} if empty else amounts(rng, concepts, funds.unit)
        texts: list[str] = []
        for concept in concepts:
            if concept in MONEY:
                text = money(rng, sums[concept], funds.unit, commas=commas) if sums else ""
                if sums and concept != "moved":
                    column = Sum(folded(label).rstrip(":"), concept, Decimal(text.replace(",", "")), funds.unit)
                    sheet.promise.sums.append(column)
            else:
                text, got = _side(rng, funds, concept, number, sums)
                total = got if got is not None else total
            texts.append(text)
        boxes = [Box(columns[i + 1], columns[i + 2], text) for i, text in enumerate(texts)]
        sheet.add(Box(columns[0], columns[1], label, kind="label"), *boxes)
    if not funds.over:
        sheet.beside(funds.label, start, left)
    return total


def _side(rng: Random, funds: Funds, concept: str, number: int, sums: dict[str, Decimal]) -> tuple[str, Decimal | None]:
    """A rate or points, and the points where they are the total's."""
    if concept in ("rate", "arrival_rate"):
        if not sums or (number and not funds.part_rates):
            return (funds.dash, None)
        top, base = ("spent", "budget") if concept == "rate" else ("received", "budget")
        share = sums[top] * 100 / sums[base]
        return (printed(share.quantize(Decimal("0.01"))) + "%", None)
    if number:
        return (funds.dash, None)
    if concept == "max_score":
        return ("10", None)
    if concept == "score":
        got = (sums["spent"] * 10 / sums["budget"]).quantize(Decimal("0.01"))
        return (points(rng, got.normalize() + 0, decimals=False), got)
    return ("", None)


def source_columns(sheet: Sheet, rng: Random) -> None:
    """Sources of money as columns of one row, the total and what was spent of it behind them."""
    heads = ("中央", "省地", "本级", "其他", "合计", "执行数", "执行率")
    columns = edges([1.0] * len(heads), 0.14)
    start = len(sheet.bands)
    sheet.add(*(Box(columns[i], columns[i + 1], head, kind="head") for i, head in enumerate(heads)))
    parts = [amounts(rng, ["budget"], "万元")["budget"] for _ in range(4)]
    total = sum(parts, Decimal(0))
    spent = (total * rng.randint(70, 100) / 100).quantize(Decimal("0.01")).normalize() + 0
    texts = [*(printed(part) for part in parts), printed(total), printed(spent)]
    rate = printed((spent * 100 / total).quantize(Decimal("0.1"))) + "%"
    sheet.add(*(Box(columns[i], columns[i + 1], text) for i, text in enumerate([*texts, rate])))
    sheet.beside("项目资金\n（万元）", start, 0.14)
    for label, part in zip(heads, [*parts, total], strict=False):
        sheet.promise.sums.append(Sum(label, "budget", part, "万元"))
    sheet.promise.sums.append(Sum("合计", "spent", spent, "万元"))


def labelled_sums(sheet: Sheet, rng: Random) -> None:
    """Budget and execution on two lines, each with its sum beside its head."""
    columns = (0.12, 0.4, 0.6, 0.82, 1.0)
    sums = amounts(rng, ["budget", "spent"], "万元")
    start = len(sheet.bands)
    for concept, head in (("budget", "转移支付预算数（A）"), ("spent", "转移支付执行数（B）")):
        first = concept == "budget"
        tail = "万" if rng.random() < 0.5 else ""
        share = printed((sums["spent"] * 100 / sums["budget"]).quantize(Decimal("0.1"))) + "%"
        sheet.add(
            Box(columns[0], columns[1], head, kind="label"),
            Box(columns[1], columns[2], printed(sums[concept]) + tail),
            Box(columns[2], columns[3], "预算执行率（B/A）" if first else "", kind="label"),
            Box(columns[3], columns[4], share if first else ""),
        )
        sheet.promise.sums.append(Sum(folded(head), concept, sums[concept], "万元"))
    sheet.beside("预算执行\n情况\n（万元）", start, columns[0])


def three_blocks(sheet: Sheet, rng: Random) -> None:
    """Budget, arrived and spent money side by side, each with its own labels."""
    columns = edges([1.3, 1.0, 1.3, 1.0, 1.3, 1.0, 1.0], 0.12)
    start = len(sheet.bands)
    heads = ("预算安排情况（调整后）", "资金到位情况", "资金执行情况")
    over = [Box(columns[2 * i], columns[2 * i + 2], head, kind="head") for i, head in enumerate(heads)]
    sheet.add(*over, Box(columns[6], columns[7], "预算执行进度（%）", kind="head"))
    for number, labels in enumerate((("预算数", "到位数", "执行数"), ("其中：财政资金",) * 3, ("其他",) * 3)):
        sums = amounts(rng, ["budget", "received", "spent"], "万元")
        boxes: list[Box] = []
        for i, column in enumerate(("budget", "received", "spent")):
            text = f"{sums[column]:.2f}"
            boxes += [
                Box(columns[2 * i], columns[2 * i + 1], labels[i], kind="label"),
                Box(columns[2 * i + 1], columns[2 * i + 2], text),
            ]
            sheet.promise.sums.append(Sum(folded(labels[0]), column, Decimal(text), "万元"))
        share = f"{sums['spent'] * 100 / sums['budget']:.2f}" if number == 0 else ""
        sheet.add(*boxes, Box(columns[6], columns[7], share))
    sheet.beside("二、预算执行情况", start, 0.12)


def sums_by_source(sheet: Sheet, rng: Random) -> None:
    """Planned, arrived, spent and left money, each by five sources: heads over heads, one row of sums."""
    sources = ("小计", "中央", "省级", "市级", "其他")
    groups = (("budget", "计划投入"), ("received", "实际到位"), ("spent", "实际支出"), ("carryover", "结余"))
    columns = edges([1.0] * 20, 0.06)
    start = len(sheet.bands)
    sheet.add(*(Box(columns[5 * i], columns[5 * i + 5], head, kind="head") for i, (_, head) in enumerate(groups)))
    sheet.add(*(Box(columns[i], columns[i + 1], sources[i % 5], kind="head") for i in range(20)))
    texts: list[str] = []
    for column, _ in groups:
        parts = [Decimal(rng.randint(3, 400)) for _ in sources[1:]]
        for source, part in zip(sources, [sum(parts, Decimal(0)), *parts], strict=True):
            texts.append(printed(part))
            sheet.promise.sums.append(Sum(source, column, part, "万元"))
    sheet.add(*(Box(columns[i], columns[i + 1], text) for i, text in enumerate(texts)))
    sheet.beside("资金情况\n（万元）", start, 0.06)


def by_source(sheet: Sheet, rng: Random, look: Look, given: Sequence[float]) -> None:
    """The same as rows of sources under four heads."""
    heads = (("budget", "计划投入"), ("received", "实际到位"), ("spent", "实际支出"), ("carryover", "结余"))
    rows = ("资金总额", "其中：中央资金", "省级资金", "市级资金", "其他资金")
    fund_block(sheet, rng, look, Funds("资金情况（万元）", heads, rows, corner="资金来源"), given)
