"""What took over a function and what that took over itself, when and on whose word; and the bodies that have one."""

from __future__ import annotations

import sqlite3

from kb.evaluation.rows import Row, read_rows

LATER = """
select f.id, f.name, s.succeeded_on, s.source, s.part
from function_successions s
join functions f on f.id = s.successor_id
where s.function_id = ?
order by s.part, s.succeeded_on, f.name
"""
BEFORE = """
select f.id, f.name, s.succeeded_on, s.source, s.part
from function_successions s
join functions f on f.id = s.function_id
where s.successor_id = ?
order by s.part, s.succeeded_on, f.name
"""
BODIES = """
select b.name, b.region_code, b.today_name
from departments b
where b.function_id = ? and b.region_code is ?
order by b.name
"""
TODAY = """
select f.name
from function_heirs h
join functions f on f.id = h.heir_id
where h.function_id = ?1 and h.heir_id <> ?1
  and not exists (select 1 from function_successions s where s.function_id = h.heir_id and s.part = 0)
order by f.name
"""


def later(connection: sqlite3.Connection, function_id: int) -> list[Row]:
    """The functions that took it over, those that took the whole first."""
    return read_rows(connection, LATER, [function_id])


def before(connection: sqlite3.Connection, function_id: int) -> list[Row]:
    """The functions that it took over."""
    return read_rows(connection, BEFORE, [function_id])


def today(connection: sqlite3.Connection, function_id: int) -> list[str]:
    """The functions that hold it now, at the end of all successions; none where it still stands by itself."""
    return [row["name"] for row in read_rows(connection, TODAY, [function_id])]


def bodies_with(connection: sqlite3.Connection, function_id: int, region_code: str | None) -> list[Row]:
    """The bodies of a region that have a function."""
    return read_rows(connection, BODIES, [function_id, region_code])
