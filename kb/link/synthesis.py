"""Plans made for training: what a document prints beside its clauses, re-cut until it reads like another city's plan.

A printed task nearly copies its one clause, which no plan does.  So tasks are joined to longer items, words are
dropped on both sides, and sentences about other matters stand between.  A rubric without tasks gives its own parts:
a condition taken out of a clause is an item that serves what is left of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from kb.link.fragments import ClauseText, sentences

GROUPS = (1, 1, 1, 2, 2, 3, 4, 5, 7)  # tasks that one item is made of
SHUFFLED = 0.3  # share of plans that keep no order
DROPPED = 0.25  # share of words
UNITS_DROPPED = 0.4  # share of a clause's units, where tasks copy them
FOREIGN = 0.3  # chance of one more unrelated sentence after each task
SERVING_NOTHING = 0.05  # items of unrelated sentences only, for each item that serves something
# two characters are a word often enough; figures and punctuation stay
WORD = re.compile(r"[一-鿿]{1,2}|[^一-鿿]+")
HAN = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class MadePlan:
    """Items as sentences, the positions of the clauses that each serves, and the clauses as they are to be read."""

    items: list[list[str]]
    serves: list[set[int]]
    clauses: list[ClauseText]


def from_tasks(
    tasks: Sequence[tuple[str, int]], clauses: Sequence[ClauseText], foreign: Sequence[str], seed: int
) -> MadePlan:
    """A plan of printed tasks, each given with the position of its clause."""
    random = Random(seed)
    thinned = [_thinned(clause, random) for clause in clauses]
    return _plan(tasks, thinned, foreign, random)


def from_parts(clauses: Sequence[ClauseText], foreign: Sequence[str], seed: int) -> MadePlan:
    """A plan of units taken out of the clauses: up to half of each clause's."""
    random = Random(seed)
    tasks: list[tuple[str, int]] = []
    left: list[ClauseText] = []
    for number, clause in enumerate(clauses):
        count = len(clause.units)
        taken = set(random.sample(range(count), random.randint(1, max(1, count // 2)))) if count > 1 else set()
        tasks += [(clause.units[n], number) for n in sorted(taken)]
        left.append(_without(clause, taken))
    return _plan(tasks, left, foreign, random)


def _plan(
    tasks: Sequence[tuple[str, int]], clauses: list[ClauseText], foreign: Sequence[str], random: Random
) -> MadePlan:
    ordered = list(tasks)
    if random.random() < SHUFFLED:
        random.shuffle(ordered)
    items: list[list[str]] = []
    serves: list[set[int]] = []
    while ordered:
        size = random.choice(GROUPS)
        group, ordered = ordered[:size], ordered[size:]
        items.append([sentence for text, _ in group for sentence in _told(text, foreign, random)])
        serves.append({clause for _, clause in group})
    for _ in range(round(SERVING_NOTHING * len(items)) if foreign else 0):
        items.append([random.choice(foreign), *_foreign(foreign, random)])
        serves.append(set())
    return MadePlan(items, serves, clauses)


def _told(text: str, foreign: Sequence[str], random: Random) -> Iterator[str]:
    """A task in fewer words, and what may follow it."""
    for sentence in sentences(text):
        words = WORD.findall(sentence)
        kept = [word for word in words if not HAN.match(word) or random.random() >= DROPPED]
        yield "".join(kept) or sentence
    yield from _foreign(foreign, random)


def _foreign(foreign: Sequence[str], random: Random) -> Iterator[str]:
    while foreign and random.random() < FOREIGN:
        yield random.choice(foreign)


def _thinned(clause: ClauseText, random: Random) -> ClauseText:
    """A clause without some of its units; one is always left."""
    dropped = {n for n in range(len(clause.units)) if random.random() < UNITS_DROPPED}
    if len(dropped) == len(clause.units):
        dropped.remove(random.choice(sorted(dropped)))
    return _without(clause, dropped)


def _without(clause: ClauseText, dropped: set[int]) -> ClauseText:
    """A clause without the units at these positions."""
    first = 1 if clause.title else 0
    title = "" if first and 0 in dropped else clause.title
    return ClauseText(title, tuple(text for n, text in enumerate(clause.conditions, first) if n not in dropped))
