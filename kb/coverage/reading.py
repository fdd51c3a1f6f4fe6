"""Plans read against a rubric: one of its own for each, or one that all of them share."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from kb.coverage.answers import Answers, read_answers
from kb.coverage.naming import Plan, Rubric, plan_named, rubric_for
from kb.coverage.standing import standings
from kb.evaluation.rows import Row


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan, the rubric it is held against, the others it could be held against, and what was found."""

    label: str
    plan: Plan
    rubric: Rubric
    others: Sequence[Rubric]
    answers: Answers
    rows: Sequence[Row]


def read_each(connection: sqlite3.Connection, names: Sequence[str], rubric: str | None) -> list[Reading]:
    """Each plan against the rubric that is named, or else the one that suits it best."""
    plans = _plans(connection, names)
    return _labelled([_read(connection, plan, *rubric_for(connection, [plan], rubric)) for plan in plans])


def read_together(connection: sqlite3.Connection, names: Sequence[str], rubric: str | None) -> list[Reading]:
    """All plans against one rubric that all are tied to."""
    plans = _plans(connection, names)
    against, others = rubric_for(connection, plans, rubric)
    return _labelled([_read(connection, plan, against, others) for plan in plans])


def _plans(connection: sqlite3.Connection, names: Sequence[str]) -> list[Plan]:
    """The plans in the order of their names, each once."""
    return list(dict.fromkeys(plan_named(connection, name) for name in names))


def _read(connection: sqlite3.Connection, plan: Plan, rubric: Rubric, others: Sequence[Rubric]) -> Reading:
    answers = read_answers(connection, plan.id, rubric.id)
    return Reading("", plan, rubric, others, answers, standings(answers, plan, rubric))


def _labelled(readings: Sequence[Reading]) -> list[Reading]:
    """Readings called by their cities; by the plan's id where there is no city or two plans of one."""
    cities = [reading.plan.city for reading in readings]
    return [
        Reading(
            city if city and cities.count(city) == 1 else one.plan.id,
            *(one.plan, one.rubric, one.others, one.answers, one.rows),
        )
        for one, city in zip(readings, cities, strict=True)
    ]
