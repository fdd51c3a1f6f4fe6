"""Tables of a plan: who does what until when; and indicators with the figures of a base year and a target year."""

from __future__ import annotations

from typing import Any

from documents import readings, words
from documents.bodies import Body, assigned, bodies, printed
from documents.dice import Dice
from documents.duties import deadline
from documents.heads import begin
from documents.paper import Cell, Grid, Paper
from documents.targets import SCALES
from documents.truth import OPEN, Item, Threshold

TASK_HEADERS = {
    "number": ("序号", "编号"),
    "section": ("重点任务", "工作类别", "任务类别"),
    "text": ("工作内容", "具体举措", "工作任务"),
    "lead": ("牵头单位", "责任单位", "责任部门"),
    "support": ("配合单位", "配合部门"),
    "ends": ("完成时限", "完成时间"),
}
TASK_SHARES = {"number": 1, "section": 2.4, "text": 6, "lead": 3, "support": 3, "ends": 2.4}
SEPARATORS = ("、", "\n", " ")


def task_table(dice: Dice, paper: Paper, *, in_annex: bool = False) -> None:
    """Rows of tasks under merged groups, with those who do them and until when."""
    paper.shapes.add("task table")
    rest = dice.random.sample(["lead", "ends"], 2)
    rest.insert(rest.index("lead") + 1, "support")
    columns = ["number", "section", "text", *rest]
    if dice.chance():
        columns.remove("section")
    if dice.chance(0.3):
        columns.remove("ends")
    cells = [Cell(dice.pick(TASK_HEADERS[name]), 0, at) for at, name in enumerate(columns)]
    row = 1
    for _ in range(dice.number(2, 3)):
        rows = dice.number(2, 3)
        if "section" in columns:
            paper.shapes.add("merged task group")
            cells.append(Cell(dice.stem() + dice.pick(words.WORKS), row, columns.index("section"), rows))
        for _ in range(rows):
            cells += _task_row(dice, paper, columns, row, in_annex)
            row += 1
    paper.blocks.append(Grid(tuple(cells), tuple(TASK_SHARES[name] for name in columns)))


def _task_row(dice: Dice, paper: Paper, columns: list[str], row: int, in_annex: bool) -> list[Cell]:
    text = dice.sentence()
    texts = {"number": str(row), "text": text}
    starts_on: Any = None
    ends_on: Any = None
    if "ends" in columns:
        texts["ends"], starts_on, ends_on = period(dice)
        paper.shapes |= {"deadline column"} | ({"period from to"} if starts_on else set())
    listed: list[Body] = []
    for role in ("lead", "support"):
        separator = dice.pick(SEPARATORS)
        paper.shapes.add(f"separator {separator!r}")
        listed = bodies(dice, dice.number(1, 2), paper.shapes, but=listed, shared_sign=separator == "、")
        texts[role] = printed(listed, separator)
        paper.truth.assignments += assigned(text, role, listed)
    # beside numbered measures the numbers of a table are not unique, and the code is open
    paper.truth.items.append(Item(text, starts_on, ends_on, OPEN if in_annex else str(row)))
    return [Cell(texts[name], row, at) for at, name in enumerate(columns) if name in texts]


def period(dice: Dice) -> tuple[str, Any, Any]:
    """A time as a table prints it: until when, or from when to when; with its beginning and end in ISO form."""
    if dice.chance():
        printed, end = deadline(dice)
        return printed.removesuffix("前") if dice.chance() else printed, None, end
    year, month = dice.number(2024, 2027), dice.number(1, 6)
    dash = dice.pick(("-", "—", "－", "至"))
    return dice.pick(
        (
            (f"{year}{dash}{year + 2}年", str(year), str(year + 2)),
            (f"{year}年{month}月{dash}{year}年{month + 6}月", f"{year}-{month:02}", f"{year}-{month + 6:02}"),
        )
    )


def target_table(dice: Dice, paper: Paper, *, in_annex: bool = False) -> None:
    """Indicators with a unit, the figures of a base year and a target year, growth a year, and their nature."""
    paper.shapes.add("target table")
    base = dice.number(2015, 2021)
    goal = base + dice.pick((3, 5))
    columns = ["number", "indicator", "unit", "base", "goal", "growth", "nature"]
    for name in ("number", "growth", "nature"):
        if dice.chance(0.4):
            columns.remove(name)
    heads = {
        "number": "序号", "indicator": dice.pick(("指标名称", "指标")), "unit": dice.pick(("单位", "计量单位")),
        "base": f"{base}年{dice.pick(('', '实际', '基期值'))}", "goal": f"{goal}年{dice.pick(('', '目标', '目标值'))}",
        "growth": dice.pick(("年均增长（%）", "年均增长", "年均增速")), "nature": "指标属性",
    }  # fmt: skip
    shares = {"number": 1, "indicator": 4, "unit": 1.5, "base": 1.5, "goal": 1.5, "growth": 2, "nature": 2}
    cells = [Cell(heads[name], 0, at) for at, name in enumerate(columns)]
    for row in range(1, dice.number(4, 6) + 1):
        cells += _target_row(dice, paper, columns, row, goal, heads["growth"])
    paper.blocks.append(Grid(tuple(cells), tuple(shares[name] for name in columns)))


def _target_row(dice: Dice, paper: Paper, columns: list[str], row: int, goal: int, growth_head: str) -> list[Cell]:
    name, unit = dice.pick(words.MEASURES)
    indicator = dice.stem() + name
    before = dice.number(40, 60)
    after = before + dice.number(5, 30)
    sign = dice.pick(("≥", ""))
    grows = dice.number(2, 9) if unit != "%" else None
    texts = {
        "number": str(row), "indicator": indicator, "unit": unit, "base": str(before), "goal": f"{sign}{after}",
        "growth": "—" if grows is None else str(grows) if "%" in growth_head else f"{grows}%",
        "nature": dice.pick(("约束性", "预期性")),
    }  # fmt: skip
    scale, base_unit = SCALES.get(unit, (1, unit))
    comparator, until = ">=" if sign else readings.BARE, readings.deadline(goal)
    paper.truth.items.append(Item(indicator))
    paper.truth.thresholds.append(
        Threshold(indicator, indicator, comparator, after * scale, unit=base_unit, baseline=OPEN, period=until)
    )
    if grows is not None and "growth" in columns:
        paper.shapes.add("growth column")
        paper.truth.thresholds.append(
            Threshold(indicator, readings.growth(indicator), "increase", grows, unit="%", baseline=OPEN, period=OPEN)
        )
    return [Cell(texts[name], row, at) for at, name in enumerate(columns)]


def only_tasks(dice: Dice, paper: Paper) -> None:
    """A task table and its title, nothing else."""
    begin(dice, paper, "任务分解表", "task_table")
    task_table(dice, paper)


def only_targets(dice: Dice, paper: Paper) -> None:
    """A table of indicators and its title, nothing else."""
    begin(dice, paper, "目标指标表", OPEN)  # type: ignore[arg-type]
    target_table(dice, paper)
