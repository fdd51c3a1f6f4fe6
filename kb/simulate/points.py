"""Points as a range, lowest to highest, and why: what a rule gives or takes as far as it is known."""

from __future__ import annotations

import math
from dataclasses import dataclass

from extract.text import compact
from kb.listing import plain
from kb.simulate.rubric import Rule


@dataclass(frozen=True, slots=True)
class Points:
    """The least and the most that is given, and the reasons in words; an infinite end has no limit."""

    low: float
    high: float
    why: tuple[str, ...] = ()

    def __str__(self) -> str:
        return shown(self.low) if self.low == self.high else f"{shown(self.low)}…{shown(self.high)}"

    def within(self, least: float, most: float) -> Points:
        """Both ends held between two limits; where nothing is left of a known value, the reason is told.

        >>> str(Points(-3, 12).within(0, 10)), exactly(14).within(0, 10).why
        ('0…10', ('held to 10 at most',))
        """
        held = Points(min(max(self.low, least), most), min(max(self.high, least), most), self.why)
        if self.low > most:
            return Points(held.low, held.high, (*self.why, f"held to {shown(most)} at most"))
        if self.high < least:
            return Points(held.low, held.high, (*self.why, f"held to {shown(least)} at least"))
        return held


def exactly(value: float, *why: str) -> Points:
    """A known number of points."""
    return Points(value, value, why)


def shown(value: float) -> str:
    """Points as they are printed.

    >>> shown(2.50), shown(math.inf)
    ('2.5', 'no limit')
    """
    return "no limit" if math.isinf(value) else plain(round(value, 6))


def told(rule: Rule, said: str) -> str:
    """A reason that names its rule by number and condition."""
    name = f"rule {rule.ordinal}" if rule.ordinal else "the clause"
    return f"{name} “{compact(rule.condition)}”: {said}"


def whole_steps(amount: float, step: float, begun: bool = False) -> int:
    """How often a step is wholly contained in an amount; `begun`: steps that are only begun count too.

    >>> whole_steps(0.8, 0.5), whole_steps(1.5, 0.5), whole_steps(0.3, 0.1), whole_steps(0.8, 0.5, begun=True)
    (1, 3, 3, 2)
    """
    steps = round(amount / step, 6)
    return max(0, math.ceil(steps) if begun else math.floor(steps))
