"""The table that somebody filled in → what is reported on each clause, and what of it is asked nowhere.

A row answers a rule (`clause`, `rule`) or gives a figure of an `indicator`, which counts wherever that is asked.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.indicator_names import comparable
from extract.text import compact, squeezed
from kb.sheets import read_sheet
from kb.simulate.answers import Answer, Figure, WrongAnswer, read_answer, size
from kb.simulate.asking import measured, question
from kb.simulate.measures import Measure, measures
from kb.simulate.reported import Reported
from kb.simulate.rubric import Clause, Rubric, Rule

KEYS = ("clause", "rule", "indicator", "condition")


@dataclass(frozen=True, slots=True)
class Row:
    """One filled-in row; `line` names it in messages."""

    line: str
    clause: str
    rule: str
    indicator: str
    condition: str
    answer: Answer


@dataclass(slots=True)
class Read:
    """What a table reports, by the code of the clause, and the rows that the rubric does not ask for."""

    answers: dict[str, dict[int, Answer]] = field(default_factory=lambda: defaultdict(dict))
    figures: dict[str, dict[Measure, Figure]] = field(default_factory=lambda: defaultdict(dict))
    unused: list[tuple[str, str]] = field(default_factory=list)

    def on(self, clause: Clause) -> Reported:
        """What is reported on one clause."""
        return Reported(self.answers.get(clause.code, {}), self.figures.get(clause.code, {}))


def read_values(connection: sqlite3.Connection, rubric: Rubric, path: Path) -> Read:
    """What a filled-in table reports on a rubric; raises WrongAnswer for a row that is wrong or contradicts another."""
    found = Read()
    clauses = {clause.code: clause for clause in rubric.clauses}
    rows = list(_rows(path))
    for row in rows:
        if row.clause:
            _answer(found, clauses, row)
    for row in rows:
        if not row.clause:
            _indicator(found, rubric, row, _ids(connection, row.indicator))
    return found


def _rows(path: Path) -> Iterator[Row]:
    """The rows with an answer; the column of answers may be called `value`."""
    for number, row in enumerate(read_sheet(path, ()), 2):
        line = f"{path} line {number}"
        if "answer" not in row and "value" not in row:
            raise WrongAnswer(f"{path}: lacks the column answer; `zhibiao simulate RUBRIC --template FILE` writes one")
        printed = row.get("answer") or row.get("value") or ""
        if not printed:
            continue
        answer = read_answer(printed, row.get("unit") or None)
        if answer is None:
            raise WrongAnswer(f"{line}: “{printed}” is no answer; write yes, no, n/a or a figure")
        if not row.get("clause") and not row.get("indicator"):
            raise WrongAnswer(f"{line}: names neither clause nor indicator; keep the keys of the template")
        clause, rule, indicator, condition = (row.get(name, "") for name in KEYS)
        yield Row(line, clause, rule, indicator, condition, answer)


# ---------------------------------------------------------------- rows that answer a rule


def _answer(found: Read, clauses: Mapping[str, Clause], row: Row) -> None:
    clause, rule = _asked(clauses, row)
    answer = row.answer
    if not isinstance(answer, Figure):
        _keep(found, clause, rule, answer, row)
        return
    asked = question(clause, rule)
    if asked.kind in ("count", "points"):
        if answer.value < 0 or answer.unit not in (None, asked.unit):
            raise WrongAnswer(f"{row.line}: {answer}; a count of {asked.unit or 'cases'} is asked, 0 or more")
        _keep(found, clause, rule, Figure(answer.value, asked.unit), row)
        return
    things = measured(clause, rule)
    if len(things) != 1:
        if answer.value in (0, 1) and answer.unit is None:  # how a spreadsheet may write no and yes
            _keep(found, clause, rule, "yes" if answer.value else "no", row)
            return
        raise WrongAnswer(f"{row.line}: {answer} for a question that takes yes or no; answer it so")
    figure = things[0].read(answer)
    if figure is None:
        raise WrongAnswer(f"{row.line}: {things[0].name} is asked in {things[0].unit}, not in {answer.unit}")
    _set(found, clause, things[0], figure, row)


def _asked(clauses: Mapping[str, Clause], row: Row) -> tuple[Clause, Rule]:
    """The clause and the rule that a row answers."""
    clause = clauses.get(row.clause)
    if clause is None:
        raise WrongAnswer(f"{row.line}: the rubric has no judged clause {row.clause}; keep the keys of the template")
    if not row.rule and row.answer == "n/a":
        return clause, Rule(0, "whole", clause.points, clause.title)
    rule = next((one for one in clause.asked if str(one.ordinal or "") == row.rule.removesuffix(".0")), None)
    if rule is None:
        numbers = "、".join(str(one.ordinal) for one in clause.asked if one.ordinal)
        raise WrongAnswer(
            f"{row.line}: clause {row.clause} has no rule {row.rule or '(empty)'}; it has {numbers or 'none'}"
        )
    if row.condition and squeezed(row.condition) != squeezed(rule.condition):
        raise WrongAnswer(
            f"{row.line}: clause {row.clause} rule {row.rule} asks “{rule.condition}”, not what the row prints;"
            " a spreadsheet may have changed the code, use .xlsx"
        )
    return clause, rule


def _keep(found: Read, clause: Clause, rule: Rule, answer: Answer, row: Row) -> None:
    before = found.answers[clause.code].setdefault(rule.ordinal, answer)
    if before != answer:
        raise WrongAnswer(f"{row.line}: clause {clause.code} rule {row.rule}: {answer} here, {before} before; keep one")


# ---------------------------------------------------------------- rows that give an indicator


def _indicator(found: Read, rubric: Rubric, row: Row, ids: set[int]) -> None:
    """Give the figure of an indicator to every clause that asks for it; what no clause asks is kept as unused."""
    if not isinstance(row.answer, Figure):
        found.unused.append((row.indicator, f"{row.line}: an indicator takes a figure, not {row.answer}"))
        return
    units: set[str] = set()
    used = False
    for clause in rubric.clauses:
        for thing in measures(clause):
            if not _is_named(thing, row.indicator, ids):
                continue
            figure = thing.read(row.answer)
            if figure is None:
                units.add(thing.unit or "(no unit)")
                continue
            _set(found, clause, thing, figure, row)
            used = True
    if not used:
        why = f"asked in {'、'.join(sorted(units))}, not in {row.answer.unit}" if units else _nowhere(rubric, row, ids)
        found.unused.append((row.indicator, f"{row.line}: {row.answer}: {why}"))


def _nowhere(rubric: Rubric, row: Row, ids: set[int]) -> str:
    """Why an indicator is used nowhere."""
    for clause in rubric.clauses:
        for rule in clause.rules:
            for bound in rule.bounds:
                if bound.indicator_id in ids:
                    return f"clause {clause.code} rule {rule.ordinal} asks it without a figure; answer that rule"
    return "the rubric does not ask it" if ids else "no such indicator in the base"


def _is_named(thing: Measure, name: str, ids: set[int]) -> bool:
    return any(bound.indicator_id in ids or comparable(bound.indicator) == comparable(name) for bound in thing.bounds)


def _ids(connection: sqlite3.Connection, name: str) -> set[int]:
    """The indicators of the base that a name means: by a printing of it, else by what printings are compared by."""
    for column, key in (("printed", compact(name)), ("comparable", comparable(name))):
        rows = connection.execute(f"select indicator_id from indicator_aliases where {column} = ?", (key,))
        if found := {int(row[0]) for row in rows}:
            return found
    return set()


def _set(found: Read, clause: Clause, thing: Measure, figure: Figure, row: Row) -> None:
    before = found.figures[clause.code].setdefault(thing, figure)
    if size(before) != size(figure):
        raise WrongAnswer(
            f"{row.line}: {thing.name} (clause {clause.code}) is {figure} here, {before} before; keep one"
        )
