"""Whether the condition of a rule is met by reported figures: yes, no, or not to be told from figures alone.

A condition is cut at its commas and 并且 into demands, all of which must hold, and each of these at 或 into ways to
meet it.  A way is a bound, or words that no figure can answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extract.numbers import NUMBER
from extract.text import compact
from kb.simulate.answers import Figure, sense_of
from kb.simulate.measures import FIGURES, meets
from kb.simulate.rubric import Bound, Rule

Reported = Callable[[Bound], Figure | None]

_MASK = "\ue000"  # a bound in a condition; the next characters of the private area are the further ones
_DEMANDS = re.compile(r"[，,；;。](?!或)|并且|而且|且|(?<![合一])并(?=[^且非])")
_WAYS = re.compile(r"[，,；;]?或者?")
_JOINT = re.compile(f"(?:{_DEMANDS.pattern}|{_WAYS.pattern})")
_REMARK = re.compile(r"[（(][^（()）\ue000-\uf8ff]*[)）]")
_IDLE = re.compile(r"[的达到为是在了时等（()）“”：:\s]")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to meet a demand: bounds that must all hold, and whether words stand beside them."""

    bounds: tuple[Bound, ...]
    words: str

    def held(self, reported: Reported) -> bool | None:
        """Whether figures show that it holds."""
        said = [None if (figure := reported(bound)) is None else meets(bound, figure) for bound in self.bounds]
        return both([*said, *([None] if self.words else [])])


def both(said: Sequence[bool | None]) -> bool | None:
    """All of several statements: False where one is, None where one is not known.

    >>> both([True, None]), both([None, False]), both([])
    (None, False, True)
    """
    return False if False in said else None if None in said else True


def either(said: Sequence[bool | None]) -> bool | None:
    """One of several statements.

    >>> either([True, None]), either([None, False]), either([])
    (True, None, False)
    """
    return True if True in said else None if None in said else False


def figures_say(rule: Rule, reported: Reported) -> bool | None:
    """Whether the reported figures decide that the condition of a rule is met or not; None where they do not."""
    return both([either([way.held(reported) for way in ways]) for ways in demands(rule)])


def is_figure(rule: Rule) -> bool:
    """Whether figures alone answer a rule: no word of its condition asks for anything else."""
    found = list(demands(rule))
    return bool(found) and all(way.bounds and not way.words for ways in found for way in ways)


def demands(rule: Rule) -> Iterator[list[Way]]:
    """The demands of a condition, each as the ways to meet it; what only says who found the figure is left out.

    >>> bound = Bound(1, "比例", ">=", 1, None, "‰", "经费比例达到1‰")
    >>> rule = Rule(1, "tier", 30, "安排专项经费，且经费比例达到1‰", bounds=(bound,))
    >>> [[way.words for way in ways] for ways in demands(rule)]
    [['安排专项经费'], ['']]
    """
    text, masks = _masked(rule)
    parts = [part for part in _DEMANDS.split(text) if _IDLE.sub("", part)]
    last = max((i for i, part in enumerate(parts) if masks.keys() & set(part)), default=-1)
    for i, part in enumerate(parts):
        if i < last and not masks.keys() & set(part) and sense_of(part, "found_by"):
            continue
        ways = [_way(way, masks) for way in _WAYS.split(part)]
        yield [way for way in ways if way.bounds or way.words]


def _way(text: str, masks: dict[str, tuple[Bound, ...]]) -> Way:
    bounds = tuple(bound for mask in masks if mask in text for bound in masks[mask])
    for mask in masks:
        text = text.replace(mask, "")
    return Way(bounds, _IDLE.sub("", text))


def _masked(rule: Rule) -> tuple[str, dict[str, tuple[Bound, ...]]]:
    """The condition with one character for each fragment that sets bounds, and what that character stands for."""
    text = compact(rule.condition)
    fragments: dict[str, list[Bound]] = {}
    for bound in rule.bounds:
        if bound.value is not None and bound.comparator in FIGURES:
            fragments.setdefault(_fragment(bound, text), []).append(bound)
    masks: dict[str, tuple[Bound, ...]] = {}
    for number, printed in enumerate(sorted((one for one in fragments if one), key=len, reverse=True)):
        mask = chr(ord(_MASK) + number)
        if printed in text:
            text = text.replace(printed, mask)
            masks[mask] = tuple(fragments[printed])
    return _REMARK.sub("", text), masks


def _fragment(bound: Bound, text: str) -> str:
    """The end of the bound's fragment that stands in the condition, from the last joint that is not in its name on.

    What stands before the joint asks for something else, or above a list.
    """
    printed = compact(bound.text)
    printed = next((printed[start:] for start in range(len(printed)) if printed[start:] in text), "")
    name = printed.find(compact(bound.indicator))
    named = range(name, name + len(compact(bound.indicator))) if name >= 0 else range(0)
    figures = [0, 0, *(match.start() for match in re.finditer(NUMBER, printed))]
    figure = figures[-1 if bound.high is None else -2]  # a range has two
    ends = [m.end() for m in _JOINT.finditer(printed, 0, figure) if m.start() not in named]
    return printed[max(ends, default=0) :]
