"""What is reported on one clause: answers to its rules, and figures of what it measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.simulate.answers import Answer, Figure, WrongAnswer, in_unit
from kb.simulate.asking import question
from kb.simulate.conditions import figures_say
from kb.simulate.measures import Measure
from kb.simulate.rubric import Bound, Clause, Rule


@dataclass(frozen=True, slots=True)
class Reported:
    """Answers by the number of the rule (0: the clause as a whole), figures by measured thing."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    figures: Mapping[Measure, Figure] = field(default_factory=dict)

    def of(self, bound: Bound) -> Figure | None:
        """The figure that a bound is held against, in its unit."""
        for thing, figure in self.figures.items():
            if bound in thing.bounds:
                return Figure(figure.value, bound.unit) if thing.is_rank else in_unit(figure, bound.unit)
        return None

    def held(self, clause: Clause, rule: Rule) -> bool | None:
        """Whether a rule's condition is met: as answered, else as the figures say; a contradiction is refused."""
        answer = self.answers.get(rule.ordinal)
        asked = question(clause, rule)
        said = None if asked.bound is not None else figures_say(rule, self.of) if rule.bounds else None
        if isinstance(answer, Figure):
            return answer.value > 0
        if answer in (None, "n/a"):
            return said
        if said is not None and said != (answer == "yes"):
            given = "、".join(str(figure) for bound in rule.bounds if (figure := self.of(bound)) is not None)
            raise contradiction(clause, rule, str(answer), given)
        return answer == "yes"


def contradiction(clause: Clause, rule: Rule, answer: str, figure: str) -> WrongAnswer:
    """The error for a word that does not go with a figure."""
    name = f"clause {clause.code} rule {rule.ordinal}" if rule.ordinal else f"clause {clause.code}"
    return WrongAnswer(
        f"{name} ({rule.condition}): answered {answer}, but the figure is {figure}; correct one of the two"
    )
