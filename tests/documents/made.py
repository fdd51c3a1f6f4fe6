"""A document of a seed: its kind goes round with the seed, everything else is drawn."""

from __future__ import annotations

from collections.abc import Callable

from documents.dice import Dice
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
    (weighted_indicators, True),
)


def made_document(seed: int) -> Paper:
    """The document of a seed."""
    build, tables_only = ROUND[seed % len(ROUND)]
    paper = Paper(seed, tables_only=tables_only)
    build(Dice(seed), paper)
    return paper
