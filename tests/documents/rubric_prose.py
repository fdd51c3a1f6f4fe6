"""A rubric in prose: points in the titles of sections and clauses, the scoring text behind or below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from documents.bodies import assigned, bodies, printed
from documents.dice import Dice, chinese
from documents.heads import begin, foot
from documents.paper import Paper
from documents.sections import Section, code_of, full_marks, sections
from documents.truth import Clause


def rubric_in_prose(dice: Dice, paper: Paper) -> None:
    """Sections 一、…（30分） with clauses 1.…（10分） or （一）…（10分）."""
    dice.breaks_lines = False
    begin(dice, paper, dice.pick(("考核细则", "评分办法")), "rubric")
    made = sections(dice)
    total = full_marks(made)
    paper.truth.head = replace(paper.truth.head, total_points=total)
    paper.say("paragraph", f"考核每年举行一次，总分为{total}分。")
    paper.shapes.add("rubric in prose")
    below, numbering, departments = (
        dice.turn((False, False, True)),
        dice.turn(("through", "restarts")),
        dice.chance(0.4),
    )
    count = 0
    paper.shapes.add("numbering restarts" if below else f"numbering {numbering}")
    for at, section in enumerate(made, 1):
        _section(paper, section, at)
        for number, clause in enumerate(section.clauses, 1):
            count += 1
            code = code_of(numbering, at, number, count)
            printed_number = f"（{chinese(number)}）" if below else f"{count if numbering == 'through' else number}."
            if below:
                code = code_of("restarts", at, number, count)
            duty = _duty(dice, paper, clause.title) if departments else ""
            title = f"{printed_number}{clause.title}（{clause.points}分）"
            if below:
                paper.say("heading", title, 2)
                paper.say("paragraph", clause.text + duty)
            else:
                paper.say("paragraph", f"{title}。{clause.text}{duty}")
            _record(paper, section, clause, code)
    foot(dice, paper)


def _section(paper: Paper, section: Section, number: int) -> None:
    paper.say("heading", f"{chinese(number)}、{section.title}（{section.points}分）")
    paper.truth.clauses.append(Clause(section.title, "section", section.points, "printed", code=f"S{number}"))


def _record(paper: Paper, section: Section, clause: Any, code: Any) -> None:
    paper.shapes |= {clause.shape, "points in title"}
    paper.truth.clauses.append(Clause(clause.title, section.kind, clause.points, "printed", section.title, code))
    paper.truth.rules += clause.rules
    paper.truth.thresholds += clause.thresholds


def _duty(dice: Dice, paper: Paper, title: str) -> str:
    listed = bodies(dice, dice.number(1, 2), paper.shapes)
    paper.shapes.add("clause departments")
    paper.truth.assignments += assigned(title, "lead", listed)
    return f"（责任单位：{printed(listed)}）"
