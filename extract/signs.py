"""What a text looks like, whether or not something was read out of it: a duty, points, a target, a task.

The words are those of `terms/signs.toml`; a sign says which of them stand in the text and how sure they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extract.outline import unnumbered
from extract.terms import terms
from extract.text import compact
from extract.thresholds.quantities import any_of, quantities

Kind = Literal["duty", "points", "target", "task"]
SHORTEST_TASK = 10  # characters: 建设局 and 加强管理 are names and titles
TARGETS = frozenset({"rate", "money", "count", "measure"})


@dataclass(frozen=True, slots=True)
class Sign:
    """The words by which a text looks like something; `sure` where they hardly stand anywhere else."""

    kind: Kind
    words: str
    sure: bool = True


def signs(text: str) -> Iterator[Sign]:
    """All that a text looks like, the strongest first, each kind once.

    >>> [(sign.kind, sign.words) for sign in signs("加强抽查，合格率达到98%以上，由县农业局牵头")]
    [('duty', '由县农业局牵头'), ('target', '达到98%以上'), ('task', '加强')]
    """
    plain = compact(text)
    for found in (_worded("duty", plain), _worded("points", plain), _target(plain), _task(plain)):
        if found is not None:
            yield found


@cache
def _patterns(kind: Kind) -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((re.compile(entry["pattern"]), entry["sure"]) for entry in terms("signs")[kind]["words"])


def _worded(kind: Kind, text: str) -> Sign | None:
    for pattern, sure in _patterns(kind):
        if match := pattern.search(text):
            return Sign(kind, match[0].rstrip("：:"), sure)
    return None


def _target(text: str) -> Sign | None:
    """A quantity with a word of comparison and a unit that plans are measured by."""
    no_target = re.compile("|".join(terms("signs")["target"]["except"]))
    for quantity in quantities(text):
        printed = text[slice(*quantity.span)]
        if quantity.comparator and quantity.unit and quantity.kind in TARGETS and not no_target.search(printed):
            return Sign("target", printed)
    return None


def _task(text: str) -> Sign | None:
    """A verb of doing that begins the text behind its numbering and its title, or a date by which to finish."""
    words = terms("signs")["task"]
    body = unnumbered(text)
    if len(body) < SHORTEST_TASK or re.search(words["except"], body):
        return None
    if match := re.search(words["deadline"], body):
        return Sign("task", match[0])
    verbs = any_of(words["verbs"])
    # the number may stand before a title: 3. 宣传。开展…
    if match := re.match(f"(?:[^，。；]{{2,20}}。)?({verbs})", body):
        return Sign("task", match[1])
    match = re.search(f"[，。；]({verbs})", body)
    return Sign("task", match[1], sure=False) if match else None
