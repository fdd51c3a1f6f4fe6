"""Functions: what bodies of several cities do alike, whatever they are called, and what became of it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from kb.evaluation.rows import Row, read_rows
from kb.site.counted import Duties, duties
from kb.site.duties import Answered, answered, listed
from kb.site.kept import kept
from kb.site.page import Asked, NoSuchPage, Page
from kb.site.paging import span
from kb.site.successions import before, later, today
from kb.site.tasks import first_led

ON_A_PAGE = 12  # bodies, each with what it leads
MOST_TASKS = 3
MOST_RUBRICS = 8
MOST_CLAUSES = 80  # that are listed unasked; beyond it those of one rubric
BODIES_OF_ALL = "select id, function_id, region_code from departments where function_id is not null"
SUCCESSIONS = """
select s.function_id, f.name, s.part
from function_successions s
join functions f on f.id = s.successor_id
order by s.part, f.name
"""
COUNT = "select count(*) from departments where function_id = ?"
BODIES = """
select b.id, b.name, b.full_name, b.today_name, b.region_code, r.short_name as region
from departments b
left join regions r on r.code = b.region_code
where b.function_id = ?
order by b.region_code, b.name
limit ? offset ?
"""


def functions(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """Every function with its bodies, their duties and what took it over."""
    return {"functions": kept(asked.base, "functions", lambda: _functions(connection, asked))}


def _functions(connection: sqlite3.Connection, asked: Asked) -> list[Row]:
    counts = duties(connection, asked.base)
    bodies: dict[int, list[Row]] = defaultdict(list)
    for row in read_rows(connection, BODIES_OF_ALL):
        bodies[row["function_id"]].append(row)
    heirs: dict[int, list[Row]] = defaultdict(list)
    for row in read_rows(connection, SUCCESSIONS):
        heirs[row["function_id"]].append(row)
    rows = [
        row | _numbers(bodies[row["id"]], counts) | {"later": heirs[row["id"]]}
        for row in read_rows(connection, "select id, name from functions order by name")
    ]
    return sorted(rows, key=lambda row: (-row["lead"], -row["support"], -row["bodies"], row["name"]))


def _numbers(bodies: list[Row], counts: dict[int, Duties]) -> dict[str, int]:
    each = [counts.get(body["id"], Duties()) for body in bodies]
    sums = {role: sum(getattr(one, role) for one in each) for role in Duties._fields}
    return {"bodies": len(bodies), "regions": len({body["region_code"] for body in bodies})} | sums


def function(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """One function: the bodies that have it city by city, what they lead, and who had it before and after."""
    row = next(iter(read_rows(connection, "select id, name from functions where name = ?", [asked.path["name"]])), None)
    if row is None:
        raise NoSuchPage("没有这项职能。 There is no such function.")
    total = connection.execute(COUNT, [row["id"]]).fetchone()[0]
    start, number, pages = span(total, asked.number("page", 1), ON_A_PAGE)
    counts = duties(connection, asked.base)
    bodies = [
        body | {"duties": counts.get(body["id"], Duties()), "led": first_led(connection, body["id"], MOST_TASKS)}
        for body in read_rows(connection, BODIES, [row["id"], ON_A_PAGE, start])
    ]

    def led() -> list[Answered]:
        return answered(connection, [body["id"] for body in bodies], "lead")

    rubrics = kept(asked.base, ("function", row["id"], number), led)
    return {
        "function": row,
        "bodies": bodies,
        "by_id": {body["id"]: body for body in bodies},
        "total": total,
        "number": number,
        "pages": pages,
        "answered": rubrics[:MOST_RUBRICS],
        "rubrics": len(rubrics),
        "listed": listed(rubrics, asked.query.get("rubric", ""), MOST_CLAUSES),
        "later": later(connection, row["id"]),
        "before": before(connection, row["id"]),
        "today": today(connection, row["id"]),
    }


PAGES = (
    Page("/functions", "functions.html", functions),
    Page("/function/(?P<name>[^/]+)", "function.html", function),
)
