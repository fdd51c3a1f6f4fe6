"""A plan in prose: background, targets, numbered measures with those who do them, perhaps a table in an annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from documents import readings, words
from documents.bodies import assigned
from documents.dice import Dice, chinese
from documents.duties import STYLES, Duty, Style, deadline
from documents.heads import background, begin, foot
from documents.paper import Paper
from documents.plan_tables import target_table, task_table
from documents.targets import target_sentence
from documents.truth import Item, Threshold

SECTIONS = 3  # of measures, each with its own way to print duties
ANNEXES = (("指标表", target_table), ("任务分工表", task_table))


class Plan:
    """One plan under construction."""

    def __init__(self, dice: Dice, paper: Paper, styles: Sequence[Style]) -> None:
        self.dice, self.paper = dice, paper
        # a rule that is said once for all that follows comes last
        self.styles = sorted(styles, key=lambda style: style.binds)
        self.style = self.styles[0]
        self.section = 0
        self.measures = 0

    def heading(self, text: str) -> None:
        """A section's heading with the next numeral."""
        self.section += 1
        self.paper.say("heading", f"{chinese(self.section)}、{text}")

    def targets(self) -> None:
        """A section of targets in prose."""
        self.paper.shapes.add("targets in prose")
        self.heading(self.dice.pick(("主要目标", "工作目标", "总体目标")))
        for _ in range(self.dice.number(1, 2)):
            text, found = target_sentence(self.dice, None, self.dice.number(3, 5), self.paper.shapes)
            self.paper.say("paragraph", text)
            self.paper.truth.thresholds += found

    def take_style(self, at: int) -> None:
        """Print duties in this way from now on, and say what is said once for all of them."""
        self.style = self.styles[at]
        self.measures = 0
        if self.style.said_once:
            self.paper.say("paragraph", self.style.said_once)

    def measure(self, number: str, level: int, *, body_below: bool = False) -> None:
        """A numbered measure and who does it."""
        duty = self.style.draw(self.dice, self.paper.shapes, self.measures == 0)
        self.measures += 1
        self.paper.shapes.add(self.style.shape)
        heading = self.dice.deed()
        body, ends_on, thresholds = self._body(duty)
        if body_below:
            self.paper.shapes.add("body below its heading")
            self.paper.say("heading", number + heading, level)
            self.paper.say("paragraph", body + duty.sentence + duty.bracket)
            texts = [body, heading + body]
        else:
            self.paper.say("paragraph", f"{number}{heading}。{body}{duty.sentence}{duty.bracket}")
            texts = [f"{heading}。{body}"]
        for line in duty.lines:
            self.paper.say("paragraph", line)
        self._record(readings.measure(texts, duty.sentence), duty, ends_on, thresholds)

    def _body(self, duty: Duty) -> tuple[str, Any, list[Threshold]]:
        """What is to be done, until when, perhaps with a target."""
        dice, body, ends_on = self.dice, self.dice.sentence(), duty.ends_on
        if ends_on is None and dice.chance(0.15):
            self.paper.shapes.add("deadline in the text")
            until, ends_on = deadline(dice)
            body = f"{body.removesuffix('。')}，{until}完成。"
        if dice.chance(0.6):
            return body, ends_on, []
        target, found = target_sentence(dice, None, 1, self.paper.shapes)
        return body + target, ends_on or readings.end_of_target(target), found

    def _record(self, text: Any, duty: Duty, ends_on: Any, thresholds: list[Threshold]) -> None:
        """What the measure says."""
        truth = self.paper.truth
        truth.items.append(Item(text, ends_on=ends_on))
        truth.thresholds += [replace(one, owner=text) for one in thresholds]
        for role, listed in duty.lists:
            truth.assignments += assigned(text, role, listed)


def measures_in_sections(dice: Dice, paper: Paper) -> None:
    """Sections 一、 with measures （一）, or with groups （一） of measures 1.; annexes may follow."""
    begin(dice, paper, dice.pick(("行动方案", "实施方案", "工作方案")), "plan")
    plan = Plan(dice, paper, [dice.turn(STYLES, 2 * dice.turns + at) for at in range(SECTIONS)])
    plan.section = background(dice, paper)
    if dice.chance(0.8):
        plan.targets()
    fill = groups_of_measures(dice, paper, plan) if dice.turn((False, True)) else plain_measures(dice, paper, plan)
    for at in range(SECTIONS):
        plan.heading(dice.pick(("重点任务", "主要举措")) if at == 0 else f"{dice.stem()}{dice.pick(words.WORKS)}")
        plan.take_style(at)
        next(fill)
    annexes(dice, paper)


def plain_measures(dice: Dice, paper: Paper, plan: Plan) -> Iterator[None]:
    """Measures （一）, （二） … section by section."""
    paper.shapes.add("measures （一）")
    body_below = dice.turn((True, True, False))
    while True:
        for number in range(1, dice.number(2, 4) + 1):
            plan.measure(f"（{chinese(number)}）", 2, body_below=body_below)
        yield


def groups_of_measures(dice: Dice, paper: Paper, plan: Plan) -> Iterator[None]:
    """Groups （一）, （二） of measures whose numbers go through or begin again, section by section."""
    paper.shapes.add("groups （一） of measures 1.")
    form, restarts, number = dice.pick(("{}.", "{}．", "{}、", "（{}）")), dice.chance(), 0
    while True:
        for group in (1, 2):
            paper.say("heading", f"（{chinese(group)}）{dice.stem()}{dice.pick(words.WORKS)}", 2)
            number = 0 if restarts else number
            for _ in range(2):
                number += 1
                plan.measure(form.format(number), 3)
        yield


def annexes(dice: Dice, paper: Paper) -> None:
    """The list of annexes, the signature where it stands at the end, and the tables."""
    drawn = dice.random.sample(ANNEXES, dice.turn((1, 2, 0)))
    numbers = [str(at) for at in range(1, len(drawn) + 1)] if len(drawn) > 1 else [""]
    for number, (name, _) in zip(numbers, drawn, strict=False):
        numbered = f"{number}." if number else ""
        paper.say("paragraph", ("附件：" if number in ("", "1") else "") + f"{numbered}{dice.theme}{name}")
    foot(dice, paper)
    paper.shapes |= {("", "annex with a table", "two annexes")[len(drawn)]} - {""}
    for number, (name, draw) in zip(numbers, drawn, strict=False):
        paper.say("annex", "附件" + number)
        paper.say("caption", f"{dice.theme}{name}")
        draw(dice, paper, in_annex=True)


def articles(dice: Dice, paper: Paper) -> None:
    """Articles 第N条, of which one has sub-items."""
    begin(dice, paper, dice.pick(("若干措施", "行动方案")), "plan")
    plan = Plan(dice, paper, [dice.turn(STYLES, 6)])
    plan.take_style(0)
    paper.shapes.add("articles")
    many = dice.number(4, 6)
    with_items = dice.number(2, many)
    for number in range(1, many + 1):
        if number == with_items:
            paper.shapes.add("sub-items of an article")
            paper.say("paragraph", f"第{chinese(number)}条　{dice.stem()}{dice.pick(words.WORKS)}方面，做好下列事项：")
            for at in range(1, dice.number(2, 3) + 1):
                plan.measure(f"（{chinese(at)}）", 2)
        else:
            plan.measure(f"第{chinese(number)}条　", 1)
    foot(dice, paper)
