"""Names that may be one and are not: what only a person can decide, the likeliest first, each with its reason."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from extract.indicator_names import comparable, contrast, unit_family
from kb.entities.decisions import Kind, department_key, verdicts
from kb.entities.identity_sets import Same, pair
from kb.evaluation.similarity import bare, bigrams, dice

LIKELY = 0.6  # of the bigrams in common: below that hardly two indicators are one thing
ALIKE = 0.75  # of two bodies that are in no list: companies of one city have much in common
SAME_WORK = 0.5  # two bodies of one region that do the same: one renamed, or one inside the other
_NUMBERS = re.compile(r"[一二三四五六七八九十\d]+")
_RARE = 60  # a bigram of more names than these brings no two together: 率 and its kind


def indicator_proposals(connection: sqlite3.Connection) -> list[Same]:
    """Pairs of indicators that nobody has decided on, by how much their names and units have in common."""
    rows = connection.execute("select id, name, unit from indicators order by id").fetchall()
    near = _neighbours([row["name"] for row in rows], comparable)
    return _open(connection, "indicator", (_indicators(rows[one], rows[other]) for one, other in near))


def _indicators(one: sqlite3.Row, other: sqlite3.Row) -> Same | None:
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


def department_proposals(connection: sqlite3.Connection) -> list[Same]:
    """Pairs of bodies of one region that nobody has decided on: they do the same, or are unknown and called alike."""
    rows = connection.execute(
        "select d.region_code, d.name, f.name as function from departments d"
        " left join functions f on f.id = d.function_id where d.is_group = 0 order by d.id"
    ).fetchall()
    regions: dict[str | None, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        regions[row["region_code"]].append(row)
    return _open(connection, "department", (same for found in regions.values() for same in _bodies(found)))


def _bodies(rows: Sequence[sqlite3.Row]) -> Iterator[Same]:
    """The proposals of one region."""
    work: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["function"] is not None:
            work[row["function"]].append(department_key(row["region_code"], row["name"]))
    for function, keys in work.items():
        for left, right in combinations(keys, 2):
            yield Same(left, right, "function", SAME_WORK, f"both do {function}")
    for one, other in _neighbours([row["name"] for row in rows], bare):
        left, right = (department_key(row["region_code"], row["name"]) for row in (rows[one], rows[other]))
        score = dice(bare(rows[one]["name"]), bare(rows[other]["name"]))
        unknown = rows[one]["function"] is None or rows[other]["function"] is None
        if unknown and score >= ALIKE and not _two_by_name(rows[one]["name"], rows[other]["name"]):
            reason = f"{score:.0%} of their characters in common"
            yield Same(left, right, "similarity", round(score, 3), reason)


def _two_by_name(one: str, other: str) -> bool:
    """Whether two names say themselves that they are two: other numbers, or a body and its office.

    >>> _two_by_name("第二医院", "第三医院"), _two_by_name("领导小组", "领导小组办公室")
    (True, True)
    """
    return _NUMBERS.findall(one) != _NUMBERS.findall(other) or f"{one}办公室" == other or f"{other}办公室" == one


def _neighbours(names: Sequence[str], reduced: Callable[[str], str]) -> list[tuple[int, int]]:
    """Places of names that share a bigram which is not everywhere."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        for part in bigrams(reduced(name)):
            holders[part].append(number)
    return sorted({two for places in holders.values() if len(places) <= _RARE for two in combinations(places, 2)})


def _open(connection: sqlite3.Connection, kind: Kind, found: Iterable[Same | None]) -> list[Same]:
    """The proposals that no decision has settled, the likeliest first."""
    decided = verdicts(connection, kind)
    settled = {*decided.same, *decided.different}
    likely = [same for same in found if same is not None and pair(same.left, same.right) not in settled]
    return sorted(likely, key=lambda same: (-same.score, same.left, same.right))
