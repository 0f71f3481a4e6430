"""The indicator block of a form: heads, rows with their levels, placeholders, the total; and its other parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from contents import EXPLANATIONS, LEVELS, MORE, OLD_LEVELS, OLD_MORE, Project
from facts import BLANKS, NOTHING, Row, Value, folded
from figures import Figure, points, reason, score, target_and_actual, weight
from sheet import Box, Look, Sheet, edges, jittered

WIDTHS = {
    "sequence": 0.05,
    "level1": 0.09,
    "level2": 0.1,
    "level1_max": 0.06,
    "level2_max": 0.06,
    "name": 0.19,
    "explanation": 0.17,
    "operator": 0.07,
    "target": 0.13,
    "unit": 0.075,
    "actual": 0.13,
    "status": 0.09,
    "ratio": 0.08,
    "max_score": 0.065,
    "score": 0.07,
    "other": 0.07,
    "reason": 0.16,
}
#: Columns that two-line heads put under one head of their own.
_GROUPS = (
    (("level1", "level2", "name"), "绩效指标"),
    (("operator", "target", "unit"), "年度指标值"),
)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The block as a layout has it."""

    heads: tuple[tuple[str, str], ...]
    #: Words beside the block, left of it.
    left: str = "绩效指标"
    #: Points behind the names of first levels.
    marks: bool = False
    #: What stands before each name; `{n}` counts within a second level.
    ordinal: str = ""
    #: Lines that the form left open.
    placeholders: tuple[str, ...] = ()
    old_tree: bool = False
    total: str = ""
    grade: bool = False
    decimals: bool = False
    #: Some rows are parents that have the points, with children that have the values.
    parents: bool = False
    groups: tuple[tuple[tuple[str, ...], str], ...] = _GROUPS
    always_two_lines: bool = False


@dataclass(slots=True)
class Line:
    """One printed row: its cells by concept, and the indicator that it is, if it is one."""

    level1: str
    level2: str
    cells: dict[str, str]
    row: Row | None = None


@dataclass(slots=True)
class Block:
    """What the block came to: for the total and for the edges that other blocks fit to."""

    columns: list[float]
    most: Decimal = Decimal(0)
    got: Decimal = Decimal(0)
    scored: bool = False
    lines: list[Line] = field(default_factory=list)


def shaped(block: Indicators, look: Look) -> Indicators:
    """The block with the columns that the look asks for."""
    heads = list(block.heads)
    concepts = [concept for concept, _ in heads]
    if look.split and "operator" not in concepts and "target" in concepts:
        at = concepts.index("target")
        if look.split in ("both", "unit"):
            heads.insert(at + 1, ("unit", "度量单位"))
        if look.split in ("both", "sign"):
            heads.insert(at, ("operator", "指标性质"))
    concepts = [concept for concept, _ in heads]
    if look.points_first and "max_score" in concepts and "target" in concepts:
        points_head = heads.pop(concepts.index("max_score"))
        concepts = [concept for concept, _ in heads]
        first = min(concepts.index(c) for c in ("operator", "target", "unit") if c in concepts)
        heads.insert(first, points_head)
    return replace(block, heads=tuple(heads))


def columns_of(rng: Random, block: Indicators, look: Look) -> list[float]:
    """The edges of the block's columns."""
    left = 0.05 if block.left and look.left_label else 0.0
    return edges(jittered(rng, [WIDTHS[concept] for concept, _ in block.heads]), left)


def indicator_block(
    sheet: Sheet, rng: Random, look: Look, block: Indicators, project: Project, columns: list[float]
) -> Block:
    """Draw the block and promise its rows."""
    result = Block(columns)
    result.lines = _lines(rng, look, block, project, result)
    start = len(sheet.bands)
    _heads(sheet, look, block, columns)
    sheet.heads = (start, len(sheet.bands))
    _rows(sheet, look, block, columns, result.lines)
    if columns[0] > 0:
        sheet.beside(block.left, start, columns[0])
    sheet.promise.rows += [line.row for line in result.lines if line.row is not None]
    if block.total:
        _total(sheet, rng, block, result)
    return result


# --- lines ------------------------------------------------------------------------------------------------------------


def _chosen(rng: Random, look: Look, block: Indicators, project: Project) -> list[tuple[str, str, str]]:
    """The layout's own rows and some more, ordered by level; in forms without values none of them has one."""
    pool = OLD_MORE if block.old_tree else MORE
    more = rng.sample(pool, min(look.more, len(pool)))
    levels = OLD_LEVELS if block.old_tree else LEVELS
    concepts = {concept for concept, _ in block.heads}
    rows = [*project.rows, *more]
    if "target" not in concepts:
        rows = [(level, name, "none") for level, name, _ in rows]
    order = list(levels)
    return sorted((row for row in rows if row[0] in levels), key=lambda row: order.index(row[0]))


def _lines(rng: Random, look: Look, block: Indicators, project: Project, result: Block) -> list[Line]:
    levels = OLD_LEVELS if block.old_tree else LEVELS
    lines: list[Line] = []
    counted, before = 0, ""
    chosen = _chosen(rng, look, block, project)
    for place, (level, name, spec) in enumerate(chosen):
        level1, level2 = levels[level]
        counted, before = (counted + 1 if level == before else 1), level
        prefix = block.ordinal.format(n=counted)
        if block.parents and rng.random() < 0.25:
            lines += _family(rng, block, (level1, level2, name), spec, result)
        else:
            lines.append(_line(rng, block, (level1, level2, prefix, name), spec, result))
        if block.placeholders and (place + 1 == len(chosen) or chosen[place + 1][0] != level):
            for words in block.placeholders[: rng.randint(0, len(block.placeholders))]:
                lines.append(Line(level1, level2, {"name": words.format(n=counted + 1)}))
    for number, line in enumerate(lines):
        line.cells.setdefault("sequence", str(number + 1))
    return lines


def _family(rng: Random, block: Indicators, said: tuple[str, str, str], spec: str, result: Block) -> list[Line]:
    """A parent with the points and its children with the values."""
    level1, level2, name = said
    parent = _line(rng, block, (level1, level2, "", name), "none", result)
    lines = [parent]
    for child in ("其中东片区", "其中西片区"):
        figure, actual = target_and_actual(rng, spec, bare_actual=False)
        cells = {"name": child, **_values(block, figure, actual)}
        row = Row(level1, level2, child, _target([concept for concept, _ in block.heads], figure, cells), actual)
        lines.append(Line(level1, level2, cells, row))
    return lines


def _line(rng: Random, block: Indicators, said: tuple[str, str, str, str], spec: str, result: Block) -> Line:
    level1, level2, prefix, name = said
    concepts = [concept for concept, _ in block.heads]
    figure, actual = target_and_actual(rng, spec, bare_actual="unit" in concepts and rng.random() < 0.7)
    cells: dict[str, str] = {"name": prefix + name, **_values(block, figure, actual)}
    most, got, full = None, None, True
    scored = "max_score" in concepts or "score" in concepts
    empty = spec != "none" and rng.random() < 0.04
    if empty:
        actual = NOTHING
        cells["actual"] = rng.choice(BLANKS)
    if scored:
        most = weight(rng)
        got, full = score(rng, most)
        if rng.random() < 0.03:
            got, cells["score"] = None, rng.choice(BLANKS)
        else:
            cells["score"] = points(rng, got, decimals=block.decimals)
        cells["max_score"] = points(rng, most, decimals=block.decimals)
        cells["other"] = points(rng, (got or most), decimals=block.decimals)
        result.most += most
        result.got += got or Decimal(0)
        result.scored = True
    why = reason(rng, needed=not full) if "reason" in concepts else ""
    cells["reason"] = why or rng.choice(("", "", "-", "/"))
    cells["explanation"] = rng.choice(EXPLANATIONS)
    cells["status"] = "完成" if full else "部分完成"
    row = Row(
        level1 if "level1" in concepts else None,
        level2 if "level2" in concepts else None,
        folded(name),
        _target(concepts, figure, cells),
        actual,
        most if "max_score" in concepts else None,
        got if "score" in concepts else None,
        folded(why) or None,
    )
    return Line(level1, level2, cells, row)


def _values(block: Indicators, figure: Figure, actual: Value) -> dict[str, str]:
    """The cells of target and result, whole or parted as the block has its columns."""
    concepts = [concept for concept, _ in block.heads]
    sign, number, unit = figure.sign, figure.number, figure.unit
    cells = {"actual": actual.printed}
    if "operator" not in concepts and "unit" not in concepts:
        return {**cells, "target": figure.value.printed}
    if figure.value.number is None:
        return {**cells, "operator": sign if "operator" in concepts else "", "target": number, "unit": ""}
    parts = {"operator": sign, "target": number, "unit": unit}
    if "operator" not in concepts:
        parts["target"] = sign + number
    if "unit" not in concepts:
        parts["target"] += unit
    return {**cells, **parts}


def _target(concepts: Sequence[str], figure: Figure, cells: dict[str, str]) -> Value:
    """The target that the printed cells say."""
    if "target" not in concepts:
        return NOTHING
    value = figure.value
    if "operator" not in concepts and "unit" not in concepts:
        return value
    if value.number is None:
        return Value(cells["target"])
    signs = {"≥": "≥", "≤": "≤", "=": "=", "＝": "=", "═": "=", ">=": "≥", "<=": "≤", "‹=": "≤", "≧": "≥"}
    joined = "".join(folded(cells[key]) for key in ("operator", "target", "unit") if key in concepts)
    return Value(joined, signs.get(figure.sign), value.number, folded(figure.unit) or None)


# --- drawing ----------------------------------------------------------------------------------------------------------


def _heads(sheet: Sheet, look: Look, block: Indicators, columns: Sequence[float]) -> None:
    concepts = [concept for concept, _ in block.heads]
    groups = [
        (min(at), max(at) + 1, words)
        for members, words in block.groups
        if len(at := [i for i, concept in enumerate(concepts) if concept in members]) > 1
        and max(at) - min(at) + 1 == len(at)
    ]
    two = bool(groups) and (look.two_lines or block.always_two_lines)
    upper: list[Box] = []
    lower: list[Box] = []
    for i, (_, words) in enumerate(block.heads):
        group = next((g for g in groups if g[0] <= i < g[1]), None) if two else None
        own = Box(columns[i], columns[i + 1], words, 1 if group or not two else 2, "head")
        if group is None:
            upper.append(own)
        else:
            lower.append(own)
            if group[0] == i:
                upper.append(Box(columns[i], columns[group[1]], group[2], 1, "head"))
    sheet.add(*upper)
    if two:
        sheet.add(*lower)


def _rows(sheet: Sheet, look: Look, block: Indicators, columns: Sequence[float], lines: Sequence[Line]) -> None:
    open_after = _open_column(block) if look.open_columns else -1
    level1_runs = _runs([line.level1 for line in lines])
    level2_runs = _runs([line.level1 + line.level2 for line in lines])
    for number, line in enumerate(lines):
        band: list[Box] = []
        for i, (concept, _) in enumerate(block.heads):
            left, right = columns[i], columns[i + 1]
            text, rows, kind = line.cells.get(concept, ""), 1, "value"
            if concept.startswith("level"):
                runs = level1_runs if concept.startswith("level1") else level2_runs
                rows = runs.get(number, 0)
                text = _level_text(look, block, concept, line, lines, number, rows or 1)
                kind = "level"
                if look.levels != "merged":
                    text = text if rows or (look.levels == "repeated" and not concept.endswith("max")) else ""
                    rows = 1
                elif not rows:
                    continue
            elif concept == "name":
                kind = "name"
            elif concept in ("reason", "explanation"):
                kind = "words"
            band.append(Box(left, right, text, rows, kind, i == open_after))  # type: ignore[arg-type]
        sheet.add(*band)


def _open_column(block: Indicators) -> int:
    """The column of points whose rule to the next one is left out, -1 where no two columns of figures are side by side."""
    concepts = [concept for concept, _ in block.heads]
    for left, right in (("max_score", "score"), ("target", "actual"), ("score", "other")):
        if left in concepts and concepts.index(left) + 1 < len(concepts):
            at = concepts.index(left)
            if concepts[at + 1] == right:
                return at
    return -1


def _runs(keys: Sequence[str]) -> dict[int, int]:
    """First row → number of rows, for rows that say the same one after the other."""
    runs: dict[int, int] = {}
    start = 0
    for number, key in enumerate(keys):
        if key != keys[start]:
            start = number
        runs[start] = number + 1 - start
    return runs


def _level_text(
    look: Look, block: Indicators, concept: str, line: Line, lines: Sequence[Line], number: int, rows: int
) -> str:
    if concept.endswith("max"):
        own = [other.row.max_score for other in lines[number : number + rows] if other.row is not None]
        return format(sum((most for most in own if most is not None), Decimal(0)), "f")
    text = line.level1 if concept == "level1" else line.level2
    if concept == "level2":
        # Long names are broken by hand before their last word.
        return text.replace("指标", "\n指标") if len(text) > 5 else text
    mark = "（50分）" if block.marks else ""
    if look.upright:
        return "\n".join(text) + ("\n" + mark if mark else "")
    return text + ("\n" if mark else "") + mark


def _total(sheet: Sheet, rng: Random, block: Indicators, result: Block) -> None:
    """The row of the total: its label reaches to the first column of points."""
    concepts = [concept for concept, _ in block.heads]
    columns = result.columns
    numbers = {"max_score": result.most, "score": result.got, "other": result.got}
    if "level1_max" in concepts:
        numbers |= {"level1_max": result.most, "level2_max": result.most}
    first = next((i for i, concept in enumerate(concepts) if concept in numbers), None)
    if first is None:
        return
    boxes = [Box(0, columns[first], block.total, kind="label")]
    for i in range(first, len(concepts)):
        text = ""
        if concepts[i] in numbers and result.scored:
            text = points(rng, numbers[concepts[i]], decimals=block.decimals)
        if block.grade and i == len(concepts) - 1:
            text = "优"
        boxes.append(Box(columns[i], columns[i + 1], text))
    sheet.add(*boxes)
    if "score" in concepts:
        sheet.promise.fields["total_score"] = format(result.got, "f")
    if block.grade:
        sheet.promise.fields["grade"] = "优"


# --- other parts ------------------------------------------------------------------------------------------------------


def field_row(sheet: Sheet, *cells: tuple[str, str]) -> None:
    """Labels of the head with their values; the last value takes the rest of the width."""
    widths = [part for _ in cells for part in (0.15, 0.35)]
    at = edges(widths)
    if len(cells) == 1:
        at = [0.0, 0.15, 1.0]
    boxes: list[Box] = []
    for number, (label, value) in enumerate(cells):
        boxes.append(Box(at[2 * number], at[2 * number + 1], label, kind="label"))
        boxes.append(Box(at[2 * number + 1], at[2 * number + 2], value, kind="words"))
    sheet.add(*boxes)


def goals(sheet: Sheet, label: str, heads: tuple[str, str], words: tuple[str, str]) -> None:
    """The year's aim and what became of it, in words."""
    sheet.add(
        Box(0, 0.1, label, 2, "label"), Box(0.1, 0.55, heads[0], kind="head"), Box(0.55, 1, heads[1], kind="head")
    )
    sheet.add(Box(0.1, 0.55, words[0], kind="words"), Box(0.55, 1, words[1], kind="words"))


MANAGEMENT = (
    ("分配科学性", "按因素法分配，分配结果公开", "无"),
    ("下达及时性", "收到指标后30日内下达", "无"),
    ("拨付合规性", "按规定程序拨付", "无"),
    ("使用规范性", "专款专用，未发现挤占挪用", "无"),
    ("执行准确性", "严格按照预算执行", "无"),
    ("预算绩效管理情况", "已开展绩效监控和自评", "无"),
    ("支出责任履行情况", "按支出责任足额安排", "无"),
)


def management(sheet: Sheet) -> None:
    """Seven rows of words about how the money was managed."""
    start = len(sheet.bands)
    sheet.add(
        Box(0.1, 0.35, "", kind="head"),
        Box(0.35, 0.7, "情况说明", kind="head"),
        Box(0.7, 1, "存在问题和改进措施", kind="head"),
    )
    for label, said, problem in MANAGEMENT:
        sheet.add(
            Box(0.1, 0.35, label, kind="label"), Box(0.35, 0.7, said, kind="words"), Box(0.7, 1, problem, kind="words")
        )
    sheet.beside("资金管理\n情况", start, 0.1)


def remark(sheet: Sheet, label: str, words: str) -> None:
    """A label with words in one row."""
    sheet.add(Box(0, 0.15, label, kind="label"), Box(0.15, 1, words, kind="words"))
