"""The groups of a rubric, as yet unprinted: clauses with scoring texts of every shape, and how clauses are numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from documents import readings, words
from documents.dice import Dice
from documents.scoring import SHAPES, Scored, honours_on_top
from documents.truth import OPEN


@dataclass
class Section:
    """A group of clauses."""

    title: str
    clauses: list[Scored]
    kind: str = "scored"

    @property
    def points(self) -> int:
        """The sum of its clauses."""
        return sum(clause.points for clause in self.clauses)


def sections(dice: Dice) -> list[Section]:
    """Two or three groups, perhaps a bonus at the end."""
    made = []
    for _ in range(dice.number(2, 3)):
        clauses = [dice.pick(SHAPES)(dice, dice.number(3, 7) * 2) for _ in range(dice.number(2, 4))]
        made.append(Section(f"{dice.stem()}{dice.pick(words.WORKS)}", clauses))
    if dice.turn((False, True, False)):
        made.append(Section("加分项", [honours_on_top(dice, dice.number(3, 6))], "bonus"))
    return made


def full_marks(made: list[Section]) -> int:
    """The sum of all sections but the bonus."""
    return sum(section.points for section in made if section.kind != "bonus")


def code_of(numbering: str, section: int, at: int, count: int) -> Any:
    """The code of a clause: its number, the path where numbers restart, open where none is printed.

    >>> code_of("through", 2, 1, 4), code_of("restarts", 2, 1, 4)
    ('4', '2.1')
    """
    if numbering == "none":
        return OPEN
    if numbering == "through":
        return str(count)
    return readings.restarted(section, at)
