"""Requirements in prose: what is to be reached, held, kept below, grown, each shape a function that draws one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from documents import readings, words
from documents.dice import Dice, chinese
from documents.truth import Threshold

SCALES = {"亿元": (1e8, "元"), "万户": (1e4, "户"), "万吨": (1e4, "吨")}


@dataclass(frozen=True)
class Target:
    """A fragment of a sentence and what it demands; the owner is filled in by who prints it."""

    shape: str
    text: str
    demands: list[Threshold] = field(default_factory=list)


def _amount(dice: Dice, percent: bool | None = None) -> tuple[str, str, float, str]:
    """An indicator of which more is better, and an amount: name, as printed, value, unit."""
    choices = [one for one in words.MEASURES if percent is None or (one[1] == "%") == percent]
    name, unit = dice.pick(choices)
    number = dice.number(70, 99) if unit == "%" else dice.number(12, 900)
    scale, base = SCALES.get(unit, (1, unit))
    return dice.stem() + name, f"{number}{unit}", number * scale, base


def _evil(dice: Dice) -> tuple[str, str, float, str]:
    name, unit = dice.pick(words.EVILS)
    number = dice.number(2, 40)
    return dice.stem() + name, f"{number}{unit}", number, unit


def _one(shape: str, text: str, indicator: Any, comparator: Any, value: float | None, unit: Any, **more: Any) -> Target:
    return Target(shape, text, [Threshold(None, indicator, comparator, value, unit=unit, **more)])


def at_least(dice: Dice) -> Target:
    """达到…以上, 不低于, 稳定在…以上."""
    name, printed, value, unit = _amount(dice)
    text = dice.pick((f"达到{printed}以上", f"不低于{printed}", f"稳定在{printed}以上", f"达到{printed}"))
    return _one("at least", name + text, name, ">=", value, unit)


def more_than(dice: Dice) -> Target:
    """超过, 突破."""
    name, printed, value, unit = _amount(dice, percent=False)
    return _one("more than", f"{name}{dice.pick(('超过', '突破'))}{printed}", name, ">", value, unit)


def everything(dice: Dice) -> Target:
    """达到100%."""
    name, _, _, _ = _amount(dice, percent=True)
    return _one("everything", f"{name}达到100%", name, "=", 100, "%")


def at_most(dice: Dice) -> Target:
    """控制在…以内, 降至…以下."""
    name, printed, value, unit = _evil(dice)
    text = dice.pick((f"控制在{printed}以内", f"降至{printed}以下", f"不超过{printed}"))
    return _one("at most", name + text, name, "<=", value, unit)


def growth(dice: Dice) -> Target:
    """年均增长…%."""
    name, _, _, _ = _amount(dice, percent=False)
    value = dice.number(3, 15)
    return _one(
        "growth a year", f"{name}年均增长{value}%", readings.growth(name), "increase", value, "%",
        baseline=readings.YEARLY, period=readings.YEAR_OF_GROWTH,
    )  # fmt: skip


def change_since(dice: Dice) -> Target:
    """较2020年增长…%, 下降…%."""
    grows, year, value = dice.chance(), dice.number(2015, 2022), dice.number(5, 30)
    name = (_amount(dice, percent=False) if grows else _evil(dice))[0]
    text = f"{name}{dice.pick(('较', '比'))}{year}年{'增长' if grows else '下降'}{value}%"
    comparator = "increase" if grows else "decrease"
    return _one("change since", text, name, comparator, value, "%", baseline=readings.reference_year(year))


def share(dice: Dice) -> Target:
    """…占比达到."""
    name, value = f"{dice.stem()}岁入占比", dice.number(20, 60)
    return _one("share", f"{name}达到{value}%以上", name, ">=", value, "%")


def raised_to(dice: Dice) -> Target:
    """提高到…%: a bare number."""
    name, printed, value, unit = _amount(dice, percent=True)
    return _one("raised to", f"{name}提高到{printed}", name, readings.BARE, value, unit)


def between(dice: Dice) -> Target:
    """保持在…至…之间."""
    name, low = _evil(dice)[0], dice.number(5, 20)
    name = name[:2] + "折损率"
    high = low + dice.number(3, 9)
    made = _one("range", f"{name}保持在{low}%至{high}%之间", name, "between", low, "%", value_high=high)
    return made


def relative(dice: Dice) -> Target:
    """高于全省平均水平."""
    name = _amount(dice, percent=True)[0]
    reference = dice.pick(("高于全省平均水平", "高于全国平均水平"))
    return _one("relative", name + reference, name, "relative", None, None, baseline=reference)


def rank(dice: Dice) -> Target:
    """排名进入全省前五位."""
    name, place = dice.stem() + "巡养指数", dice.number(3, 10)
    group = dice.pick(("全省", "全国"))
    printed = dice.pick((str(place), chinese(place)))
    return _one(
        "rank", f"{name}排名进入{group}前{printed}位", readings.ranked(name), "rank<=", place,
        readings.RANK_UNIT, baseline=group,
    )  # fmt: skip


def two_with_one_predicate(dice: Dice) -> Target:
    """…、…分别达到…和…, …和…均达到…以上."""
    (one, first, value, unit), (other, second, more, _) = _amount(dice, percent=True), _amount(dice, percent=True)
    if dice.chance():
        text, values, comparator = f"{one}、{other}分别达到{first}和{second}", (value, more), ">="
    else:
        text, values, comparator = f"{one}和{other}均达到{first}以上", (value, value), ">="
    demands = [Threshold(None, name, comparator, it, unit=unit) for name, it in zip((one, other), values, strict=True)]
    return Target("shared predicate", text, demands)


SHAPES: tuple[Callable[[Dice], Target], ...] = (
    at_least, more_than, everything, at_most, growth, change_since, share, raised_to, between, relative, rank,
    two_with_one_predicate,
)  # fmt: skip


def target_sentence(dice: Dice, owner: Any, count: int, shapes: set[str]) -> tuple[str, list[Threshold]]:
    """A sentence of so many targets, perhaps with a year at its beginning that holds for all of them."""
    chosen = dice.random.sample(SHAPES, count)
    if count > 1 and dice.turn(SHAPES) not in chosen:
        chosen[0] = dice.turn(SHAPES)
    made = [shape(dice) for shape in chosen]
    shapes |= {one.shape for one in made}
    year = dice.number(2025, 2030) if dice.chance(0.7) else None
    found = [replace(demand, owner=owner) for one in made for demand in one.demands]
    if year is not None:
        shapes.add("year for all")
        until = dice.pick(("到{}年，", "到{}年底，")).format(year)
        found = [replace(one, period=readings.with_year(one.period, year)) for one in found]
        return until + "，".join(one.text for one in made) + "。", found
    return "，".join(one.text for one in made) + "。", found
