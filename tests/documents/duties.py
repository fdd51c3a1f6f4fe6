"""Who does a measure, printed in every way: brackets, sentences, lines below, a rule said once for the whole text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from documents import readings
from documents.bodies import Body, bodies, printed
from documents.dice import Dice


@dataclass
class Duty:
    """What is printed behind a measure, and what it says."""

    bracket: str = ""  # behind the last sentence of the measure
    sentence: str = ""  # a last sentence of the measure
    lines: list[str] = field(default_factory=list)  # paragraphs below the measure
    lists: list[tuple[str, list[Body]]] = field(default_factory=list)
    ends_on: Any = None


@dataclass(frozen=True)
class Style:
    """A way to print duties: its name, what is said once before all measures, how one is drawn."""

    shape: str
    draw: Callable[[Dice, set[str], bool], Duty]
    said_once: str = ""

    @property
    def binds(self) -> bool:
        """Whether a rule is said once for all that follows."""
        return self.shape.startswith("first leads") or bool(self.said_once)


def deadline(dice: Dice) -> tuple[str, Any]:
    """A time of completion as printed, and in ISO form."""
    year, month, day = dice.number(2025, 2030), dice.number(1, 12), dice.number(1, 28)
    return dice.pick(
        (
            (f"{year}年底前", readings.end_of_year(year)),
            (f"{year}年12月底前", readings.end_of_month(year, 12)),
            (f"{year}年{month}月底前", readings.end_of_month(year, month)),
            (f"{year}年{month}月{day}日前", f"{year}-{month:02}-{day:02}"),
        )
    )


def _lists(dice: Dice, shapes: set[str], *roles: str) -> list[tuple[str, list[Body]]]:
    lists: list[tuple[str, list[Body]]] = []
    for role in roles:
        engaged = [body for _, listed in lists for body in listed]
        lists.append((role, bodies(dice, dice.number(1, 2), shapes, but=engaged)))
    return lists


def labelled_bracket(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """（责任单位：…；配合单位：…；完成时限：…）."""
    lists = _lists(dice, shapes, "lead", *(["support"] if dice.chance(0.7) else []))
    labels = {"lead": dice.pick(("责任单位", "牵头单位", "责任部门")), "support": dice.pick(("配合单位", "配合部门"))}
    parts = [f"{labels[role]}：{printed(listed)}" for role, listed in lists]
    duty = Duty(lists=lists)
    if dice.chance(0.7):
        shapes.add("deadline in bracket")
        text, duty.ends_on = deadline(dice)
        parts.append(f"完成时限：{text}")
    duty.bracket = f"（{'；'.join(parts)}）"
    return duty


def bracket_sentence(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """（…牵头，…配合）, （…牵头，…按职责分工负责）."""
    lists = _lists(dice, shapes, "lead", "support")
    lead, support = (printed(listed) for _, listed in lists)
    said = dice.pick(
        (
            f"{lead}牵头，{support}配合",
            f"{lead}牵头，{support}按职责分工负责",
            f"{lead}牵头，{support}参与",
            f"{lead}会同{support}负责",
        )
    )
    return Duty(f"（{said}）", lists=lists)


def in_a_sentence(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """由…牵头，…配合。 as the last sentence of the measure."""
    lists = _lists(dice, shapes, "lead", "support")
    lead, support = (printed(listed) for _, listed in lists)
    return Duty(sentence=f"由{lead}牵头，{support}{dice.pick(('配合', '协同配合'))}。", lists=lists)


def first_leads(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """（…、…、…负责，列第一位的为牵头单位，下同）, afterwards the list alone."""
    listed = bodies(dice, dice.number(2, 3), shapes)
    rule = dice.pick(("，列第一位的为牵头单位，下同", "，排在第一位的为牵头单位，下同")) if first else ""
    return Duty(f"（{printed(listed)}负责{rule}）", lists=[("lead", listed[:1]), ("support", listed[1:])])


def first_leads_by_preface(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """（责任单位：…、…） under a preface that says that the first leads."""
    listed = bodies(dice, dice.number(2, 3), shapes)
    return Duty(f"（责任单位：{printed(listed)}）", lists=[("lead", listed[:1]), ("support", listed[1:])])


def all_answer(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """（责任单位：…、…） under a preface that says that each answers for its part."""
    listed = bodies(dice, dice.number(2, 3), shapes)
    return Duty(f"（责任单位：{printed(listed)}）", lists=[("lead", listed)])


def all_by_their_duties(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """（…、…按职责分工负责）: each answers for its part."""
    listed = bodies(dice, dice.number(2, 3), shapes)
    return Duty(f"（{printed(listed)}按职责分工负责）", lists=[("lead", listed)])


def marked_lead(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """（责任单位：…（牵头）、…）: the lead is marked in its list."""
    lead, *rest = bodies(dice, dice.number(2, 3), shapes)
    label = dice.pick(("责任单位", "责任部门"))
    return Duty(f"（{label}：{lead.raw}（牵头）、{printed(rest)}）", lists=[("lead", [lead]), ("support", rest)])


def lines_below(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """牵头单位：… and 配合单位：… as paragraphs of their own."""
    lists = _lists(dice, shapes, "lead", "support")
    lead, support = (printed(listed) for _, listed in lists)
    duty = Duty(lists=lists, lines=[f"{dice.pick(('牵头单位', '责任部门'))}：{lead}", f"配合单位：{support}"])
    if dice.chance():
        shapes.add("deadline below")
        text, duty.ends_on = deadline(dice)
        duty.lines.append(f"完成时限：{text}")
    return duty


def hosts_and_watchers(dice: Dice, shapes: set[str], first: bool) -> Duty:
    """主办单位, 协办单位, 督办单位; or 承办单位 and 督办单位."""
    if dice.chance():
        lists = _lists(dice, shapes, "lead", "support", "supervise")
        labels = ("主办单位", "协办单位", "督办单位")
    else:
        lists, labels = _lists(dice, shapes, "lead", "supervise"), ("承办单位", "督办单位")
        shapes.add("承办")
    said = [f"{label}：{printed(listed)}" for label, (_, listed) in zip(labels, lists, strict=True)]
    return Duty(lists=lists, lines=said) if dice.chance() else Duty(f"（{'；'.join(said)}）", lists=lists)


# a rule that is said once binds all that follows: of any three in a row, at most one says such a rule
STYLES = (
    Style("first leads, said at the first", first_leads),
    Style("labelled bracket", labelled_bracket),
    Style("bracket sentence", bracket_sentence),
    Style("first leads, said before", first_leads_by_preface, "各项举措的责任单位中，列第一位的为牵头单位。"),
    Style("duty in a sentence", in_a_sentence),
    Style("all by their duties", all_by_their_duties),
    Style("all by their duties, said before", all_answer, "各项举措由责任单位按职责分工负责。"),
    Style("marked lead", marked_lead),
    Style("lines below", lines_below),
    Style("hosts and watchers", hosts_and_watchers),
)
