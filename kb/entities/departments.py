"""Bodies: found by the names under which a document speaks of them, one row for each body of a region.

A document's names come first (`department_ids`); when its facts are written, the names of every region it touched are
gathered anew (`settle_departments`): the result depends on what the base holds and not on the order of its coming.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.regions import region
from extract.text import compact
from kb.entities.decisions import department_key, verdicts
from kb.entities.identity_sets import NameSet, Same, Verdicts, name_sets
from kb.entities.regions import ensure_region
from kb.entities.successions import function_id


def department_ids(
    connection: sqlite3.Connection, region_code: str | None, bodies: Sequence[tuple[str, bool]]
) -> dict[str, int]:
    """The ids of bodies by their names without the layout's white space; new ones are written.

    `bodies` are pairs of name and is-group; a body is a group as soon as one document says so.  A body of another
    region (省质监局, 国家质检总局, 盐城海关 in a city's plan) belongs there.
    """
    ids: dict[str, int] = {}
    for name, is_group in dict.fromkeys((compact(name), is_group) for name, is_group in bodies):
        home = region_code if is_group else ensure_region(connection, _home_code(name, region_code))
        ids[name] = _known(connection, home, name) or _new_department(connection, home, name)
        if is_group:
            connection.execute("update departments set is_group = 1 where id = ?", (ids[name],))
    return ids


def _home_code(name: str, region_code: str | None) -> str | None:
    """The region whose body a name means in a document of `region_code`."""
    from extract.departments.identities import identity  # brings the gazetteer, which only writing needs

    home = identity(name, None if region_code is None else region(region_code)).region
    return region_code if home is None else home.code


def _known(connection: sqlite3.Connection, region_code: str | None, name: str) -> int | None:
    """The body of a region that has this name, as its own or as another one."""
    row = connection.execute(
        "select d.id from departments d where d.region_code is :region and d.name = :name union all"
        " select d.id from department_aliases n join departments d on d.id = n.department_id"
        " where d.region_code is :region and n.name = :name limit 1",
        {"region": region_code, "name": name},
    ).fetchone()
    return None if row is None else int(row[0])


def _new_department(connection: sqlite3.Connection, region_code: str | None, name: str) -> int:
    """Write a body with what is known of it: full name and function stay null where the words do not tell."""
    cursor = connection.execute("insert into departments (name, region_code) values (?, ?)", (name, region_code))
    number = int(cursor.lastrowid or 0)
    _describe(connection, number, region_code, name)
    return number


def _describe(connection: sqlite3.Connection, number: int, region_code: str | None, name: str) -> None:
    """Give a body its name and what the words of the domain know of it."""
    from extract.departments.identities import identity, present_name

    found = identity(name, None if region_code is None else region(region_code))
    function = None if found.function is None else function_id(connection, found.function)
    connection.execute(
        "update departments set name = ?, full_name = ?, function_id = ?, today_name = ? where id = ?",
        (name, found.full_name, function, present_name(found), number),
    )


# ---------------------------------------------------------------- which names are one body


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A name that documents use for a body of one region, and the body it stands at now, called `current`."""

    name: str
    department_id: int
    current: str
    is_group: bool


def settle_departments(connection: sqlite3.Connection, region_codes: Iterable[str | None]) -> None:
    """Gather the names of every body of these regions: one row a body, called by its shortest name."""
    decided = verdicts(connection, "department")
    for region_code in set(region_codes):
        named = list(_named_bodies(connection, region_code))
        _rewrite(connection, region_code, named, body_sets(region_code, named, decided))


def _named_bodies(connection: sqlite3.Connection, region_code: str | None) -> Iterator[NamedBody]:
    rows = connection.execute(
        "select distinct coalesce(a.name, d.name) as name, d.id, d.name as current, d.is_group from assignments a"
        " join departments d on d.id = a.department_id where d.region_code is ? order by d.id, 1",
        (region_code,),
    )
    for row in rows:
        yield NamedBody(row["name"], row["id"], row["current"], bool(row["is_group"]))


def body_sets(region_code: str | None, named: Sequence[NamedBody], decided: Verdicts) -> list[NameSet]:
    """The names of one region in sets, one for each body; keys of decisions are names behind the region's code."""
    keys = list(dict.fromkeys(department_key(region_code, one.name) for one in named))
    return name_sets(keys, _by_official_name(region_code, named), decided)


def _by_official_name(region_code: str | None, named: Iterable[NamedBody]) -> Iterator[Same]:
    """Names that stand for one official name: 市质监局 and 市质量技术监督局; groups are what they are called."""
    from extract.departments.identities import identity

    place = None if region_code is None else region(region_code)
    alike: dict[str, list[str]] = defaultdict(list)
    for one in named:
        official = None if one.is_group else identity(one.name, place).official
        if official is not None:
            alike[official].append(department_key(region_code, one.name))
    for official, keys in alike.items():
        for left, right in pairwise(dict.fromkeys(keys)):
            yield Same(left, right, "official_name", 1.0, f"both stand for {official.replace('{}', '…')}")


def _rewrite(
    connection: sqlite3.Connection, region_code: str | None, named: Sequence[NamedBody], sets: Sequence[NameSet]
) -> None:
    """Give each set one row, of those it had the oldest; rows that no name stands at any more go."""
    start = len(department_key(region_code, ""))
    held: dict[str, set[int]] = defaultdict(set)
    for one in named:
        held[one.name].add(one.department_id)
    current = {one.department_id: one.current for one in named}
    everywhere = {key[start:] for found in sets for key in found.names}
    taken: set[int] = set()
    chosen: list[tuple[int, str, NameSet]] = []
    for found in sets:
        names = [key[start:] for key in found.names]
        free = {number for name in names for number in held[name]} - taken
        # a row stays with the set that holds the name it has now
        free = {number for number in free if current[number] in names or current[number] not in everywhere}
        name = min(names, key=lambda text: (len(text), text))
        number = min(free) if free else _placeholder(connection, region_code, name)
        taken.add(number)
        chosen.append((number, name, found))
        moved = [(number, old, text) for text in names for old in held[text] if old != number]
        connection.executemany(
            "update assignments set department_id = ? where department_id = ?"
            " and coalesce(name, (select d.name from departments d where d.id = department_id)) = ?",
            moved,
        )
    drop_unused_departments(connection)
    _rename(connection, region_code, chosen, start)


def _placeholder(connection: sqlite3.Connection, region_code: str | None, name: str) -> int:
    """A new row for a body that was held to be another one; it gets its name when all others have theirs."""
    cursor = connection.execute(
        "insert into departments (name, region_code, is_group) values (?, ?, 0)", (f"+{name}", region_code)
    )
    return int(cursor.lastrowid or 0)


def _rename(
    connection: sqlite3.Connection, region_code: str | None, chosen: Sequence[tuple[int, str, NameSet]], start: int
) -> None:
    """Names, descriptions and aliases of the bodies of a region; in two steps, for a name may pass from row to row."""
    for number, name, _ in chosen:
        connection.execute("update departments set name = '+' || id where id = ? and name <> ?", (number, name))
    for number, name, found in chosen:
        _describe(connection, number, region_code, name)
        connection.execute("delete from department_aliases where department_id = ?", (number,))
        connection.executemany(
            "insert into department_aliases (department_id, name, method, reason) values (?, ?, ?, ?)",
            [(number, key[start:], *_why(found, key, key[start:] == name)) for key in found.names],
        )


def _why(found: NameSet, key: str, own: bool) -> tuple[str, str]:
    merge = None if own else found.why(key)
    return ("name", "its own name") if merge is None else (merge.method, merge.reason)


def drop_unused_departments(connection: sqlite3.Connection) -> None:
    """Forget bodies that no document assigns anything to any more."""
    unused = "not exists (select 1 from assignments a where a.department_id = {})"
    connection.execute(f"delete from department_aliases where {unused.format('department_aliases.department_id')}")
    connection.execute(f"delete from departments where {unused.format('departments.id')}")
