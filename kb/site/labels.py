"""Names and places of what the rows of an answer speak of, read together: what links and labels are made of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

TITLES = "select id, title from documents where id in (select value from json_each(?))"
PASSAGES = "select id, document_id, ordinal from passages where id in (select value from json_each(?))"
REGIONS = "select name, code, short_name from regions where name in (select value from json_each(?))"
INDICATORS = "select name from indicators where name in (select value from json_each(?))"
FUNCTIONS = "select name from functions where name in (select value from json_each(?))"
BODIES_THERE = """
select d.region_code, d.name
from json_each(?) p
join departments d on d.region_code = json_extract(p.value, '$[0]') and d.name = json_extract(p.value, '$[1]')
"""
BODIES_ANYWHERE = """
select d.name, min(d.region_code)
from departments d
where d.name in (select value from json_each(?))
group by d.name
having count(*) = 1
"""


class Place(NamedTuple):
    """Where a passage stands."""

    document_id: str
    ordinal: int


class Named(NamedTuple):
    """A region."""

    code: str
    short_name: str


@dataclass(slots=True)
class Spoken:
    """What rows speak of: ids of documents and passages, full names of regions, bodies with the region beside them."""

    documents: set[str] = field(default_factory=set)
    passages: set[int] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    bodies: set[tuple[str, str]] = field(default_factory=set)
    indicators: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Labels:
    """What the base knows of it; of a body the code of its region, None where that is not known."""

    documents: Mapping[str, str]
    passages: Mapping[int, Place]
    regions: Mapping[str, Named]
    bodies: Mapping[tuple[str, str], str | None]
    indicators: Collection[str]
    functions: Collection[str]


def labels(connection: sqlite3.Connection, spoken: Spoken) -> Labels:
    """Names and places, by a fixed number of queries."""
    regions = {row[0]: Named(*row[1:]) for row in _read(connection, REGIONS, spoken.regions)}
    return Labels(
        {row[0]: row[1] for row in _read(connection, TITLES, spoken.documents)},
        {row[0]: Place(*row[1:]) for row in _read(connection, PASSAGES, spoken.passages)},
        regions,
        _bodies(connection, spoken.bodies, regions),
        {row[0] for row in _read(connection, INDICATORS, spoken.indicators)},
        {row[0] for row in _read(connection, FUNCTIONS, spoken.functions)},
    )


def _bodies(
    connection: sqlite3.Connection, spoken: set[tuple[str, str]], regions: Mapping[str, Named]
) -> dict[tuple[str, str], str | None]:
    """The bodies that are known: of the region beside them, else of the only region that has one of that name."""
    codes = {pair: (regions[pair[0]].code, pair[1]) for pair in spoken if pair[0] in regions}
    there = set(map(tuple, _read(connection, BODIES_THERE, set(codes.values()))))
    found: dict[tuple[str, str], str | None] = {pair: code[0] for pair, code in codes.items() if code in there}
    left = {name for region, name in spoken if (region, name) not in found}
    anywhere = {row[0]: row[1] for row in _read(connection, BODIES_ANYWHERE, left)}
    return found | {pair: anywhere[pair[1]] for pair in spoken if pair not in found and pair[1] in anywhere}


def _read(connection: sqlite3.Connection, sql: str, wanted: Collection[Any]) -> list[Any]:
    return connection.execute(sql, (json.dumps(list(wanted), ensure_ascii=False),)).fetchall() if wanted else []
