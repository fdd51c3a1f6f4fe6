"""Bodies that answer for something, and how lists of them are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents import readings, words
from documents.dice import Dice
from documents.truth import Assignment

ENTERPRISES = ("实业集团公司", "控股有限公司", "投资有限公司")
INSTITUTES = ("研究院", "设计研究院")
TOWNSHIPS = ("镇人民政府", "乡人民政府", "街道办事处")


@dataclass(frozen=True)
class Body:
    """A body as printed, and the name that is meant: 市 is shared by the rest of a list."""

    raw: str
    name: Any


def office(dice: Dice) -> str:
    """An office of the document's level: 市苔径巡养局."""
    return dice.level.sign + dice.stem() + dice.pick(words.WORKS) + dice.pick(dice.level.offices)


def other_body(dice: Dice, *, printed_sign: bool = True) -> tuple[str, str]:
    """A shape and a body that is no office of the government; behind a shared sign none that prints the sign again."""
    stem = dice.stem()
    shapes = {
        "party": f"{dice.level.sign}委{stem}工作部",
        "enterprise": stem + dice.pick(ENTERPRISES),
        "institute": stem + dice.pick(INSTITUTES),
        "township": stem + dice.pick(TOWNSHIPS),
        "group": stem + readings.MEMBERS,
        "all of a kind": f"各{stem}公所",
    }
    if printed_sign:
        shapes["department as printed"] = f"{dice.level.sign}{stem}主管部门"
    shape = dice.pick(sorted(shapes))
    return shape, shapes[shape]


def bodies(
    dice: Dice, count: int, shapes: set[str], but: Sequence[Body] = (), *, shared_sign: bool = True
) -> list[Body]:
    """Bodies of one list: offices first, of which all but the first may leave out the sign, then perhaps another.

    An office may come again in another list of the document, but none of those engaged for the same thing (`but`).
    """
    if count == 1 and dice.chance(0.1):
        shape, name = other_body(dice)
        shapes |= {shape, "no office in a list"}
        return [Body(name, readings.member_group(name))]
    engaged = {body.name for body in but}
    known = [name for name in dice.bodies if name not in engaged and dice.chance(0.15)][:1]
    while len(known) < count:
        known.append(office(dice))
        dice.bodies.append(known[-1])
    drops = shared_sign and count > 1 and dice.chance()
    found = [Body(known[0], known[0])] + [Body(name[1:] if drops else name, name) for name in known[1:]]
    shapes |= {f"level {dice.level.sign}"} | ({"shared sign"} if drops else set())
    if dice.chance(0.4):
        shape, name = other_body(dice, printed_sign=not drops)
        shapes.add(shape)
        found.append(Body(name, readings.member_group(name)))
    return found


def printed(listed: list[Body], separator: str = "、") -> str:
    """A list of bodies."""
    return separator.join(body.raw for body in listed)


def assigned(owner: object, role: object, listed: list[Body]) -> list[Assignment]:
    """The truth of a list."""
    return [Assignment(owner, role, body.raw, body.name) for body in listed]
