"""Scoring texts: how the points of one clause are given or taken away, each shape a function of the points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from documents import readings, words
from documents.dice import Dice, chinese, plain
from documents.truth import Rule, Threshold


@dataclass
class Scored:
    """A clause's title, its scoring text, and what that text says."""

    shape: str
    title: str
    points: int
    text: str = ""
    rules: list[Rule] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)

    def rule(self, condition: str, mode: Any, points: float | None, **more: Any) -> None:
        """A rule of the clause."""
        self.rules.append(Rule(self.title, condition, mode, points, **more))

    def threshold(self, indicator: str, comparator: Any, value: float, unit: str, high: float | None = None) -> None:
        """A requirement that stands in a rule of the clause."""
        self.thresholds.append(Threshold(self.title, indicator, comparator, value, high, unit))


def _measured(dice: Dice) -> str:
    return dice.stem() + dice.pick([name for name, unit in words.MEASURES if unit == "%"])


def _gives(dice: Dice) -> str:
    return dice.pick(("得", "得", "计", "记"))


def _until(dice: Dice) -> tuple[str, float | None]:
    """How far a deduction goes, and the floor that says so."""
    return dice.pick((("，扣完为止", 0.0), ("，直至0分", 0.0), ("，扣完本项分值为止", 0.0), ("", None)))


def deduction_per_step(dice: Dice, points: int) -> Scored:
    """Full marks at a rate, less for each step below it, until nothing is left."""
    title = _measured(dice)
    made, goal, less = Scored("deduction per step", title, points), dice.number(85, 98), dice.pick((0.5, 1, 2))
    made.rule(f"{title}达到{goal}%", readings.ONLY_RULE, points)
    made.threshold(title, ">=", goal, "%")
    step, verb = dice.pick((1, 2, 0.5)), dice.pick(("扣", "减"))
    printed, unit = dice.pick(((f"{plain(step)}个百分点", readings.POINTS_OF_A_PERCENTAGE), (f"{plain(step)}%", "%")))
    end, floor = _until(dice)
    condition = f"每{dice.pick(('低', '降低', '少'))}{printed}"
    made.rule(condition, "deduction", less, step=step, step_unit=unit, floor=floor)
    made.text = f"{title}达到{goal}%的，{_gives(dice)}{points}分；{condition}{verb}{plain(less)}分{end}。"
    return made


def deduction_above(dice: Dice, points: int) -> Scored:
    """Full marks up to a limit, less for each step above it."""
    name, unit = dice.pick([one for one in words.EVILS if one[1] in ("起", "件")])
    title, limit, less = dice.stem() + name, dice.number(3, 9), dice.pick((0.5, 1))
    made = Scored("deduction above a limit", title, points)
    made.rule(f"{title}不超过{limit}{unit}", readings.ONLY_RULE, points)
    made.threshold(title, "<=", limit, unit)
    end, floor = _until(dice)
    made.rule(f"每超过1{unit}", "deduction", less, step=1, step_unit=unit, floor=floor)
    made.text = f"{title}不超过{limit}{unit}的，得{points}分；每超过1{unit}扣{plain(less)}分{end}。"
    return made


def deduction_per_case(dice: Dice, points: int) -> Scored:
    """Less for each case that is found, up to a cap or until nothing is left."""
    made = Scored("deduction per case", dice.deed(), points)
    unit, less = dice.pick(("起", "处", "例")), dice.pick((0.5, 1, 2))
    cap = dice.number(2, points)
    end, more = dice.pick(
        (
            (f"，最多扣{cap}分", {"cap": cap}),
            (f"，累计扣分不超过{cap}分", {"cap": cap}),
            ("，扣完为止", {"floor": 0.0}),
        )
    )
    condition = f"每{dice.pick(('发现', '出现', '发生'))}1{unit}{dice.pick(words.FAULTS)}"
    made.rule(condition, "deduction", less, step=1, step_unit=unit, **more)
    made.text = f"{condition}扣{plain(less)}分{end}。"
    return made


def part_with_deductions(dice: Dice, points: int) -> Scored:
    """Points for something done, less for each piece that lacks."""
    made = Scored("part with deductions", dice.deed(), points)
    unit, less, condition = dice.pick(("册", "份", "次")), dice.pick((0.5, 1)), dice.deed()
    made.rule(condition, readings.ONLY_RULE, points)
    missing = f"每{dice.pick(('缺', '少'))}1{unit}"
    made.rule(missing, "deduction", less, step=1, step_unit=unit, floor=0.0)
    made.text = f"{condition}的，得{points}分，{missing}扣{plain(less)}分，扣完为止。"
    return made


def deductions_by_fault(dice: Dice, points: int) -> Scored:
    """Two faults, each with what it costs, and one at the judge's discretion."""
    made = Scored("discretionary deduction", dice.deed(), points)
    faults = dice.some(words.FAULTS, 2, 3)
    costs: list[int | None] = [dice.number(1, 3) for _ in faults[1:]]
    parts = []
    for fault, cost in zip(faults, [*costs, None], strict=True):
        made.rule(fault, "deduction", cost)
        parts.append(f"{fault}的，" + ("酌情扣分" if cost is None else f"扣{cost}分"))
    made.text = "；".join(parts) + "。"
    return made


def parts_that_add_up(dice: Dice, points: int) -> Scored:
    """Parts with their points in brackets, in a line or numbered."""
    made = Scored("additive parts", dice.deed(), points)
    parts = 3 if points >= 9 else 2
    shares = [points // parts] * (parts - 1)
    shares.append(points - sum(shares))
    numbered = dice.breaks_lines and dice.chance()
    lines = []
    for number, share in enumerate(shares, 1):
        condition = dice.deed()
        made.rule(condition, "additive", share)
        lines.append((f"{number}.{condition}" if numbered else condition) + f"（{share}分）")
    made.text = ("；\n" if numbered else "；").join(lines) + "。"
    return made


def tiers_by_range(dice: Dice, points: int) -> Scored:
    """Falling ranges of a rate, the lowest worth nothing."""
    title = _measured(dice)
    made, top = Scored("tiers by range", title, points), dice.number(85, 95)
    low, half = top - dice.pick((5, 10, 15)), points // 2
    first, second, third = f"{title}达到{top}%以上", f"{low}%以上不足{top}%", f"不足{low}%"
    made.rule(first, "tier", points)
    made.rule(second, "tier", half)
    made.rule(third, "tier", 0)
    made.threshold(title, ">=", top, "%")
    made.threshold(title, "between", low, "%", top)
    made.threshold(title, "<", low, "%")
    gives = _gives(dice)
    made.text = f"{first}的，{gives}{points}分；{second}的，{gives}{half}分；{third}的，不得分。"
    return made


def tiers_by_grade(dice: Dice, points: int) -> Scored:
    """Grades, each with its points."""
    made = Scored("tiers by grade", dice.deed(), points)
    grades = dice.pick(words.GRADES)
    steps = (points, points * 2 // 3, points // 3)
    conditions = [f"评为{grades[0]}", *grades[1:]]
    for condition, step in zip(conditions, steps, strict=True):
        made.rule(condition, "tier", step)
    made.text = "，".join(f"{one}的得{step}分" for one, step in zip(conditions, steps, strict=True)) + "。"
    return made


def points_per_unit(dice: Dice, points: int) -> Scored:
    """Points for each unit up to a cap."""
    made = Scored("points per unit", dice.deed(), points)
    thing, unit, each = dice.stem(), dice.pick(("处", "座", "项")), dice.pick((1, 2, 0.5))
    condition = f"每{dice.pick(words.DEEDS)}1{unit}{thing}"
    cap = dice.pick(("最高不超过", "累计不超过", "最高得"))
    made.rule(condition, readings.ONLY_RULE, each, step=1, step_unit=unit, cap=points)
    made.text = f"{condition}得{plain(each)}分，{cap}{points}分。"
    return made


def one_condition(dice: Dice, points: int) -> Scored:
    """One condition for all points; a count in characters or figures is demanded."""
    made = Scored("count demanded", dice.deed(), points)
    times = dice.number(3, 9)
    indicator = f"{dice.stem()}{dice.pick(words.MEETINGS)}次数"
    printed = dice.pick((chinese(times), str(times)))
    condition = f"{indicator}不少于{printed}次"
    made.rule(condition, readings.ONLY_RULE, points)
    made.threshold(indicator, ">=", times, "次")
    made.text = f"{condition}的，得{points}分。"
    return made


def honours_on_top(dice: Dice, points: int) -> Scored:
    """Bonus: points for each honour, up to a sum."""
    made = Scored("bonus", dice.stem() + words.VIRTUES[-1], points)
    honour, each = dice.pick(words.HONOURS), dice.pick((1, 2))
    condition = f"每获得1项{honour}"
    made.rule(condition, readings.ONLY_RULE, each, step=1, step_unit="项", cap=points)
    made.text = f"{condition}加{each}分，累计不超过{points}分。"
    return made


SHAPES: tuple[Callable[[Dice, int], Scored], ...] = (
    deduction_per_step,
    deduction_above,
    deduction_per_case,
    part_with_deductions,
    deductions_by_fault,
    parts_that_add_up,
    tiers_by_range,
    tiers_by_grade,
    points_per_unit,
    one_condition,
)
