"""Names from elsewhere held against the bodies and indicators of a base: candidates with scores, and which are certain.

Only this module knows RapidFuzz.  A body is certain where its region is known, from the name itself or from beside it,
and its official name there is the same; an indicator where the same words are left of both (`comparable`).  All else is
a likeness of characters, never certain, however high it scores.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from kb.evaluation.rows import read_rows
from kb.evaluation.similarity import bare

Kind = Literal["Department", "Indicator"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST = 99.0  # the score of a likeness that is not certain
FEW = 40.0  # a score below which nothing is offered
ELSEWHERE = 0.6  # of a likeness, for a body of another region than the one that is asked for
LOOKED_AT = 200  # names of a base that are alike, before they are told apart by region
BODIES = """
select d.id, d.name, d.full_name, d.today_name, d.region_code, r.short_name as region, f.name as function
from departments d
left join regions r on r.code = d.region_code
left join functions f on f.id = d.function_id
order by d.id
"""
ALIASES = "select department_id, name from department_aliases order by department_id, name"
INDICATORS = "select id, name, unit from indicators order by id"
PRINTINGS = "select indicator_id, printed, comparable from indicator_aliases order by indicator_id, printed"


@dataclass(frozen=True, slots=True)
class Entity:
    """A body or an indicator: its key is made of printed names, never of row numbers."""

    kind: Kind
    name: str
    region_code: str | None = None
    description: str = ""

    @property
    def key(self) -> str:
        """What identifies it from one ingestion to the next.

        >>> Entity("Department", "市质监局", "320400").key, Entity("Indicator", "抽检合格率").key
        ('department/320400/市质监局', 'indicator/抽检合格率')
        """
        if self.kind == "Indicator":
            return f"indicator/{self.name}"
        return f"department/{self.region_code or '-'}/{self.name}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean: a score from 0 to 100, whether it is certain, and what the score rests on."""

    entity: Entity
    score: float
    is_certain: bool
    features: Mapping[str, float | bool]


Held = dict[str, list[Entity]]


@dataclass(slots=True)
class Names:
    """The names of a base: entities by key and by every bare name, bodies by region, indicators by what is compared."""

    entities: dict[str, Entity] = field(default_factory=dict)
    by_name: dict[Kind, Held] = field(default_factory=lambda: {kind: defaultdict(list) for kind in KINDS})
    by_region: Held = field(default_factory=lambda: defaultdict(list))
    by_comparable: Held = field(default_factory=lambda: defaultdict(list))

    def add(self, entity: Entity, names: Sequence[str | None]) -> None:
        """Take in an entity under all its names."""
        self.entities[entity.key] = entity
        for name in dict.fromkeys(map(bare, filter(None, names))):
            self.by_name[entity.kind][name].append(entity)
        if entity.region_code is not None:
            self.by_region[entity.region_code].append(entity)


def read_names(connection: sqlite3.Connection) -> Names:
    """Every name of every body and indicator of a base."""
    found = Names()
    other: dict[int, list[str]] = defaultdict(list)
    for row in read_rows(connection, ALIASES):
        other[row["department_id"]].append(row["name"])
    for row in read_rows(connection, BODIES):
        told = " · ".join(filter(None, (row["region"], row["full_name"], row["function"], row["today_name"])))
        entity = Entity("Department", row["name"], row["region_code"], told)
        found.add(entity, [row["name"], row["full_name"], *other[row["id"]]])
    printed: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in read_rows(connection, PRINTINGS):
        printed[row["indicator_id"]].append((row["printed"], row["comparable"]))
    for row in read_rows(connection, INDICATORS):
        entity = Entity("Indicator", row["name"], None, row["unit"] or "")
        found.add(entity, [row["name"], *(name for name, _ in printed[row["id"]])])
        for comparable in dict.fromkeys(comparable for _, comparable in printed[row["id"]]):
            found.by_comparable[comparable].append(entity)
    return found


def candidates(names: Names, query: str, kinds: Sequence[Kind], region_code: str | None, limit: int) -> list[Candidate]:
    """The entities that a name may mean, the likeliest first; at most one of them is certain."""
    found = [one for kind in kinds for one in _ranked(names, query, kind, region_code)]
    certain = {one.entity.key for one in found if one.is_certain}
    if len(certain) > 1:
        found = [Candidate(one.entity, one.score, False, one.features) for one in found]
    order = sorted(found, key=lambda one: (not one.is_certain, -one.score, len(one.entity.name), one.entity.key))
    return order[:limit]


def _ranked(names: Names, query: str, kind: Kind, region_code: str | None) -> Iterator[Candidate]:
    """Every entity of a kind that is the same or alike, once, with its best score."""
    same, home = _same_bodies(names, query, region_code) if kind == "Department" else _same_indicators(names, query)
    likenesses = dict.fromkeys(same, 100.0) | _alike(names, query, kind)
    for entity, likeness in likenesses.items():
        is_home = home in (None, entity.region_code)
        score = 100.0 if entity in same else min(likeness, MOST) * (1 if is_home else ELSEWHERE)
        if score >= FEW:
            features: dict[str, float | bool] = {"name_similarity": round(likeness, 1), "same_name": entity in same}
            known = features if home is None else features | {"region": is_home}
            yield Candidate(entity, round(score, 1), entity in same, known)


def _alike(names: Names, query: str, kind: Kind) -> dict[Entity, float]:
    """Entities with a name of like characters, each with its best likeness."""
    from rapidfuzz import fuzz, process

    known = names.by_name[kind]
    found: dict[Entity, float] = {}
    near = process.extract(bare(query), known.keys(), scorer=fuzz.ratio, limit=LOOKED_AT, score_cutoff=FEW)
    for name, likeness, _ in near:
        for entity in known[name]:
            found[entity] = max(found.get(entity, 0.0), likeness)
    return found


def _same_bodies(names: Names, query: str, region_code: str | None) -> tuple[list[Entity], str | None]:
    """The bodies with this name or official name in the region that the name says or that is asked for; that region."""
    from extract.departments.identities import identity
    from extract.regions import region
    from extract.text import compact

    asked = identity(compact(query), region(region_code) if region_code else None)
    if asked.region is None or not bare(query):
        return [], region_code
    named = {bare(query), bare(asked.full_name)} - {""}
    there = names.by_region.get(asked.region.code, [])
    same = {entity for name in named for entity in names.by_name["Department"].get(name, ()) if entity in there}
    if asked.official is not None:
        same |= {one for one in there if identity(one.name, asked.region).official == asked.official}
    return sorted(same, key=lambda entity: entity.key), asked.region.code


def _same_indicators(names: Names, query: str) -> tuple[list[Entity], None]:
    """The indicators with this name, or of which the rules leave the same words."""
    from extract.indicator_names import comparable
    from extract.text import compact

    if not bare(query):
        return [], None
    named = names.by_name["Indicator"].get(bare(query), [])
    return list(dict.fromkeys([*named, *names.by_comparable.get(comparable(compact(query)), [])])), None
