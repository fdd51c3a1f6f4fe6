"""A document of a seed: its kind goes round with the seed, everything else is drawn."""

from __future__ import annotations

from collections.abc import Callable

from documents.dice import Dice
from documents.habits import print_by_habit
from documents.paper import Paper
from documents.plan_tables import only_targets, only_tasks
from documents.plans import articles, measures_in_sections
from documents.rubric_prose import rubric_in_prose
from documents.rubric_tables import rubric_in_a_table
from documents.weight_tables import weighted_indicators

Build = Callable[[Dice, Paper], None]

# what a seed makes, and whether it is nothing but tables
ROUND: tuple[tuple[Build, bool], ...] = (
    (rubric_in_a_table, False),
    (measures_in_sections, False),
    (rubric_in_a_table, True),
    (articles, False),
    (only_tasks, True),
    (rubric_in_prose, False),
    (measures_in_sections, False),
    (only_targets, True),
    (weighted_indicators, False),
    (measures_in_sections, False),
)


def _before(seed: int, build: Build) -> int:
    """How many documents of the same kind come before that of a seed."""
    kinds = [one for one, _ in ROUND]
    rounds, place = divmod(seed, len(ROUND))
    return rounds * kinds.count(build) + kinds[:place].count(build)


def made_document(seed: int) -> Paper:
    """The document of a seed."""
    build, tables_only = ROUND[seed % len(ROUND)]
    dice = Dice(seed, _before(seed, build))
    paper = Paper(seed, tables_only=tables_only or (build is weighted_indicators and dice.chance()))
    build(dice, paper)
    print_by_habit(dice, paper)
    return paper
