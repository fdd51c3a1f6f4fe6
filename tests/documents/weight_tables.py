"""A rubric as a table of indicators with weights, their type and what is to be reached."""

from __future__ import annotations

from dataclasses import replace

from documents import readings, words
from documents.dice import Dice
from documents.heads import begin, foot
from documents.paper import Cell, Grid, Paper
from documents.truth import Clause, Threshold


def weighted_indicators(dice: Dice, paper: Paper) -> None:
    """Quantitative and qualitative indicators, each with its weight; the weights are a hundred in all."""
    begin(dice, paper, dice.pick(("评价指标体系", "考核指标体系")), "rubric")
    paper.shapes.add("weights")
    weights = [10, 15, 5, 20, 10, 15, 25]
    dice.random.shuffle(weights)
    if not paper.tables_only:
        paper.say("paragraph", "各项指标权重合计100分，逐项打分后相加。")
        foot(dice, paper)
        paper.say("annex", "附件")
        paper.say("caption", f"{dice.theme}指标一览")
    columns = ["number", "title", *dice.random.sample(["nature", "weight", "goal"], 3)]
    heads = {
        "number": "序号", "title": dice.pick(("指标名称", "评价指标")), "nature": dice.pick(("指标类型", "指标性质")),
        "weight": dice.pick(("权重", "分值")), "goal": dice.pick(("目标值", "目标要求")),
    }  # fmt: skip
    cells = [Cell(heads[name], 0, at) for at, name in enumerate(columns)]
    for row, weight in enumerate(weights, 1):
        title, goal, nature = _indicator(dice, paper)
        paper.truth.clauses.append(Clause(title, "scored", weight, "printed", None, str(row)))
        texts = {"number": str(row), "title": title, "nature": nature, "weight": str(weight), "goal": goal}
        cells += [Cell(texts[name], row, at) for at, name in enumerate(columns)]
    paper.truth.head = replace(paper.truth.head, total_points=readings.unprinted(100) if paper.tables_only else 100)
    paper.blocks.append(Grid(tuple(cells), tuple({"title": 4.0, "number": 1.0}.get(name, 2.0) for name in columns)))


def _indicator(dice: Dice, paper: Paper) -> tuple[str, str, str]:
    if dice.chance(0.3):
        return dice.stem() + dice.pick(words.VIRTUES), dice.pick(words.GOALS), "定性"
    name, unit = dice.pick([one for one in words.MEASURES if one[1] in ("%", "公里", "公顷", "户")])
    title, value = dice.stem() + name, dice.number(60, 98)
    sign, comparator = dice.pick((("≥", ">="), ("不低于", ">="), (">", ">")))
    paper.truth.thresholds.append(Threshold(title, title, comparator, value, unit=unit))
    return title, f"{sign}{value}{unit}", "定量"
