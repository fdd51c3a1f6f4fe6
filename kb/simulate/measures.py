"""What a clause measures: its thresholds gathered by the measured thing, and whether a figure meets one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.indicator_names import comparable, unit_family
from extract.terms import terms
from kb.check.demands import SCALE
from kb.simulate.answers import Figure, in_unit, sense_of, size
from kb.simulate.rubric import Bound, Clause

FIGURES = (">=", ">", "<=", "<", "=", "between", "rank<=", "increase", "decrease")
RANKS = ("名", "位")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured thing of a clause, with every bound that the clause or its rules set to it."""

    bounds: tuple[Bound, ...]

    @property
    def name(self) -> str:
        """The longest of its names: the others leave out what stands before."""
        return max((bound.indicator for bound in self.bounds), key=len)

    @property
    def unit(self) -> str | None:
        """The unit that it is asked in."""
        return next((bound.unit for bound in self.bounds if bound.unit), None)

    @property
    def is_rank(self) -> bool:
        """Whether it is a place in an order: the lower the better."""
        return any(bound.comparator == "rank<=" for bound in self.bounds)

    def read(self, figure: Figure) -> Figure | None:
        """A reported figure in the measure's unit; None where it measures something else."""
        if self.is_rank and figure.unit in (None, *RANKS):
            return Figure(figure.value, self.unit)
        return in_unit(figure, self.unit)


def measures(clause: Clause) -> list[Measure]:
    """The measured things of a clause that are asked with a figure."""
    groups: list[list[Bound]] = []
    for bound in _bounds(clause):
        if bound.value is None or bound.comparator not in FIGURES:
            continue
        group = next((group for group in groups if any(_same(bound, other) for other in group)), None)
        if group is None:
            groups.append([bound])
        else:
            group.append(bound)
    return [Measure(tuple(group)) for group in groups]


def _bounds(clause: Clause) -> Sequence[Bound]:
    """Those of the rules first: they say best what is asked."""
    return [*(bound for rule in clause.rules for bound in rule.bounds), *clause.bounds]


def _same(one: Bound, other: Bound) -> bool:
    """Whether two bounds of one clause are set to one thing: by its row in the base, or by the end of its name.

    A place in an order (排名20名以外) is that of the order that the clause asks for (前10名); the words of a step
    (每下降0.5%) name nothing, and are set to the thing before.
    """
    if [one.comparator, other.comparator].count("rank<=") == 1 and {one.unit, other.unit} <= set(RANKS):
        return True
    if unit_family(one.unit) != unit_family(other.unit):
        return False
    if sense_of(one.indicator, "shortfall") or sense_of(one.indicator, "excess"):
        return True
    return one.indicator_id == other.indicator_id or same_name(one.indicator, other.indicator)


def same_name(one: str, other: str) -> bool:
    """Whether one name is the other, or what it ends in.

    >>> same_name("达标率", "工业企业标准化达标率"), same_name("达标率", "合格率")
    (True, False)
    """
    left, right = comparable(one), comparable(other)
    return left.endswith(right) or right.endswith(left)


def meets(bound: Bound, figure: Figure) -> bool:
    """Whether a figure in the bound's unit is what the bound demands.

    >>> bound = Bound(1, "合格率", "between", 95, 98, "%", "95%以上不足98%")
    >>> [meets(bound, Figure(value, "%")) for value in (94.9, 95, 97.9, 98)]
    [False, True, True, False]
    """
    value, low = size(figure), size(Figure(bound.value or 0.0, bound.unit))
    match bound.comparator:
        case ">=" | "increase" | "decrease":
            return value >= low
        case ">":
            return value > low
        case "<=" | "rank<=":
            return value <= low
        case "<":
            return value < low
        case "between":
            high = size(Figure(bound.high or 0.0, bound.unit))
            return low <= value and (value < high if _excludes_high(bound) else value <= high)
        case _:  # a share of 100 % cannot be passed, a count can
            return value >= low if bound.unit in SCALE and low > 0 else value == low


def _excludes_high(bound: Bound) -> bool:
    return any(word in bound.text for word in (*terms("comparators")["below"]["before"], "不含", "＜"))
