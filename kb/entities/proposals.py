"""Indicators that may be one and are not: what only a person can decide, the likeliest first, each with its reason."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from extract.indicator_names import comparable, contrast, unit_family
from kb.entities.decisions import verdicts
from kb.entities.identity_sets import Same, pair
from kb.evaluation.similarity import bigrams, dice

LIKELY = 0.6  # of the bigrams in common: below that hardly a pair is one thing
_RARE = 60  # a bigram of more indicators than these brings no two together: 率 and its kind


def proposals(connection: sqlite3.Connection) -> list[Same]:
    """Pairs of indicators that nobody has decided on, by how much their names and units have in common."""
    rows = connection.execute("select id, name, unit from indicators order by id").fetchall()
    decided = verdicts(connection, "indicator")
    settled = {*decided.same, *decided.different}
    found = (_proposal(rows[one], rows[other]) for one, other in _neighbours([row["name"] for row in rows]))
    likely = [same for same in found if same is not None and pair(same.left, same.right) not in settled]
    return sorted(likely, key=lambda same: (-same.score, same.left, same.right))


def _neighbours(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of names that share a bigram which is not everywhere."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        for part in bigrams(comparable(name)):
            holders[part].append(number)
    together = {two for places in holders.values() if len(places) <= _RARE for two in combinations(places, 2)}
    yield from sorted(together)


def _proposal(one: sqlite3.Row, other: sqlite3.Row) -> Same | None:
    """Two indicators as a proposal; None where units or a word part them, or too little is common."""
    left, right = comparable(one["name"]), comparable(other["name"])
    families = {unit_family(one["unit"]), unit_family(other["unit"])} - {None}
    score = dice(left, right)
    if score < LIKELY or len(families) > 1 or contrast(left, right) is not None:
        return None
    reason = f"{score:.0%} of their characters in common"
    if one["unit"] and other["unit"]:
        reason += f"; both in {one['unit']}" if one["unit"] == other["unit"] else f"; {one['unit']} and {other['unit']}"
    return Same(one["name"], other["name"], "similarity", round(score, 3), reason)
