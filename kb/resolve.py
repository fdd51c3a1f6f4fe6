"""What documents share: regions, departments, indicators, and the documents that citations name.

These rows are found by name or made; names that differ stay different until a person says they are one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from extract.regions import lineage, region
from extract.text import compact


def ensure_region(connection: sqlite3.Connection, code: str | None) -> str | None:
    """Write the region and all that hold it, the widest first; the code, or None where no such region is known."""
    place = None if code is None else region(code)
    if place is None:
        return None
    for entry in reversed(list(lineage(place))):
        connection.execute(
            "insert into regions (code, name, short_name, level, parent_code) values (?, ?, ?, ?, ?)"
            " on conflict do nothing",
            (entry.code, entry.name, entry.short_name, entry.level, entry.parent_code),
        )
    return code


def indicator_ids(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, int]:
    """The id of every indicator by its name without the layout's white space; new names are written."""
    return {name: _named(connection, "indicators", name) for name in dict.fromkeys(map(compact, names))}


def _named(connection: sqlite3.Connection, table: str, name: str) -> int:
    """The id of the row with that name in a table of unique names, written where it is new."""
    connection.execute(f"insert into {table} (name) values (?) on conflict do nothing", (name,))
    return int(connection.execute(f"select id from {table} where name = ?", (name,)).fetchone()[0])


def used_indicators(connection: sqlite3.Connection, document_id: str) -> list[int]:
    """The ids of the indicators that a document has thresholds for."""
    rows = connection.execute(
        "select distinct indicator_id from thresholds where document_id = ? and indicator_id is not null",
        (document_id,),
    )
    return [int(row[0]) for row in rows]


def settle_indicators(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Give these indicators the unit they have most often (of equals the first in code order); drop the unused ones."""
    rows = [(number,) for number in ids]
    connection.executemany(
        "update indicators set unit = (select unit from thresholds"
        " where indicator_id = indicators.id and unit is not null"
        " group by unit order by count(*) desc, unit limit 1) where id = ?",
        rows,
    )
    connection.executemany(
        "delete from indicators where id = ?"
        " and not exists (select 1 from thresholds where indicator_id = indicators.id)",
        rows,
    )


def department_ids(
    connection: sqlite3.Connection, region_code: str | None, bodies: Sequence[tuple[str, bool]]
) -> dict[str, int]:
    """The ids of bodies of one region by their names without the layout's white space.

    `bodies` are pairs of name and is-group; a body is a group as soon as one document says so.
    """
    ids: dict[str, int] = {}
    for name, is_group in dict.fromkeys((compact(name), is_group) for name, is_group in bodies):
        row = connection.execute(
            "select id from departments where region_code is ? and name = ?", (region_code, name)
        ).fetchone()
        if row is None:
            ids[name] = _new_department(connection, region_code, name)
        else:
            ids[name] = int(row[0])
        if is_group:
            connection.execute("update departments set is_group = 1 where id = ?", (ids[name],))
    return ids


def _new_department(connection: sqlite3.Connection, region_code: str | None, name: str) -> int:
    """Write a body with what is known of it: full name and function stay null where the words do not tell."""
    function, full_name = _described(name, region_code)
    cursor = connection.execute(
        "insert into departments (name, full_name, region_code, function_id) values (?, ?, ?, ?)",
        (name, full_name, region_code, None if function is None else _named(connection, "functions", function)),
    )
    return int(cursor.lastrowid or 0)


def _described(name: str, region_code: str | None) -> tuple[str | None, str | None]:
    """Function and full name of a body, each None where the words of the domain do not tell."""
    from extract.departments.official_names import (  # brings the gazetteer, which only writing needs
        full_name,
        function_of,
    )

    return function_of(name), full_name(name, None if region_code is None else region(region_code))


def drop_unused_departments(connection: sqlite3.Connection) -> None:
    """Forget bodies that no document assigns anything to any more."""
    connection.execute(
        "delete from departments where not exists (select 1 from assignments where department_id = departments.id)"
    )


def resolve_citations(connection: sqlite3.Connection, document_id: str) -> None:
    """Tie citations to documents of the base: those of this document, and those of others that name it or did so.

    A 文号 decides; without one in the base the title does, where the document it names does not print another 文号.
    An original goes before a digest; of two that fit equally well neither is taken.
    """
    affected = connection.execute(
        "select q.id, q.document_id, q.title_key, q.number_key from citations q join documents d on d.id = ?"
        " where q.document_id = d.id or q.cited_document_id = d.id"
        " or q.number_key = d.number_key or q.title_key = d.title_key",
        (document_id,),
    ).fetchall()
    for citation in affected:
        cited = cited_document(connection, citation)
        connection.execute("update citations set cited_document_id = ? where id = ?", (cited, citation["id"]))


def cited_document(connection: sqlite3.Connection, citation: sqlite3.Row) -> str | None:
    """The document that a citation means, or None."""
    number, title = citation["number_key"], citation["title_key"]
    rows = connection.execute(
        "select id, origin, number_key is not null and number_key is :number as by_number from documents"
        " where id <> :citing and (number_key = :number"
        " or (title_key = :title and (:number is null or number_key is null)))",
        {"number": number, "title": title, "citing": citation["document_id"]},
    ).fetchall()
    for by_number, origin in ((1, "original"), (1, "digest"), (0, "original"), (0, "digest")):
        fitting = [row for row in rows if row["by_number"] == by_number and row["origin"] == origin]
        if fitting:
            return str(fitting[0]["id"]) if len(fitting) == 1 else None
    return None
