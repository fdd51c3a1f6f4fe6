"""A plan in prose: background, targets, numbered measures with those who do them, perhaps a table in an annex."""

from __future__ import annotations

from collections.abc import Sequence
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
from documents.truth import Item, OneOf, Threshold


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
        dice, paper = self.dice, self.paper
        duty = self.style.draw(dice, paper.shapes, self.measures == 0)
        self.measures += 1
        paper.shapes.add(self.style.shape)
        heading, body = f"{dice.deed()}。", dice.sentence()
        target = target_sentence(dice, None, 1, paper.shapes) if dice.chance(0.4) else ("", [])
        ends_on = duty.ends_on
        if ends_on is None and dice.chance(0.15):
            paper.shapes.add("deadline in the text")
            until, ends_on = deadline(dice)
            body = f"{body.removesuffix('。')}，{until}完成。"
        body += target[0]
        ends_on = readings.end_of_target(target[0]) if ends_on is None else ends_on
        text: Any = OneOf(heading + body, heading + body + duty.sentence)
        if body_below:
            paper.shapes.add("body below its heading")
            paper.say("heading", number + heading.rstrip("。"), level)
            paper.say("paragraph", body + duty.sentence + duty.bracket)
            text = OneOf(*text, body, body + duty.sentence, *(one.replace("。", "", 1) for one in text))
        else:
            paper.say("paragraph", number + heading + body + duty.sentence + duty.bracket)
        for line in duty.lines:
            paper.say("paragraph", line)
        self.record(text, duty, ends_on, target[1])

    def record(self, text: Any, duty: Duty, ends_on: Any, thresholds: list[Threshold]) -> None:
        """What the measure says."""
        truth = self.paper.truth
        truth.items.append(Item(text, ends_on=ends_on))
        truth.thresholds += [replace(one, owner=text) for one in thresholds]
        for role, listed in duty.lists:
            truth.assignments += assigned(text, role, listed)


def measures_in_sections(dice: Dice, paper: Paper) -> None:
    """Sections 一、 with measures （一）, or with groups （一） of measures 1. ; an annex may follow."""
    begin(dice, paper, dice.pick(("行动方案", "实施方案", "工作方案")), "plan")
    plan = Plan(dice, paper, [dice.turn(STYLES, 2 * dice.turns + at) for at in range(SECTIONS)])
    background(dice, paper, 1)
    plan.section = sum(1 for one in paper.blocks if getattr(one, "kind", "") == "heading")
    if dice.chance(0.8):
        plan.targets()
    grouped, body_below = dice.turn((False, True)), dice.turn((True, True, False))
    through = 0
    restarts = dice.chance()
    form = dice.pick(("{}.", "{}．", "{}、", "（{}）"))
    for at in range(SECTIONS):
        plan.heading(dice.pick(("重点任务", "主要举措")) if at == 0 else f"{dice.stem()}{dice.pick(words.WORKS)}")
        plan.take_style(at)
        if grouped:
            paper.shapes.add("groups （一） of measures 1.")
            for group in (1, 2):
                paper.say("heading", f"（{chinese(group)}）{dice.stem()}{dice.pick(words.WORKS)}", 2)
                through = 0 if restarts else through
                for _ in range(2):
                    through += 1
                    plan.measure(form.format(through), 3)
        else:
            paper.shapes.add("measures （一）")
            for number in range(1, dice.number(2, 4) + 1):
                plan.measure(f"（{chinese(number)}）", 2, body_below=body_below)
    draws = dice.random.sample(ANNEXES, dice.turn((1, 2, 0)))
    if draws:
        titles = [f"{dice.theme}{name}" for name, _ in draws]
        listed = titles if len(draws) == 1 else [f"{at}.{title}" for at, title in enumerate(titles, 1)]
        paper.say("paragraph", f"附件：{listed[0]}")
        for one in listed[1:]:
            paper.say("paragraph", one)
    foot(dice, paper)
    for at, (name, draw) in enumerate(draws, 1):
        paper.shapes |= {"annex with a table"} | ({"two annexes"} if len(draws) > 1 else set())
        paper.say("annex", "附件" + (str(at) if len(draws) > 1 else ""))
        paper.say("caption", f"{dice.theme}{name}")
        draw(dice, paper, in_annex=True)


SECTIONS = 3  # of measures, each with its own way to print duties
ANNEXES = (("指标表", target_table), ("任务分工表", task_table))


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
