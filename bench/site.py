"""The site with a million assignments: own pages, and canned queries as JSON, beside Datasette's own table page.

    PYTHONPATH=. python bench/site.py FOLDER [--python OTHER/bin/python] [--cities 500] [--tasks 500]

The base is made in FOLDER once and kept.  `zhibiao serve` shows it, on each interpreter in turn (its environment decides
which Datasette that is), to one client that asks for another city each time.  Writes its table into the README.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.questions import questions
from kb.site import links

ROOT = Path(__file__).parent.parent
README = ROOT / "bench" / "README.md"
BEGIN, END = "<!-- site: written by bench/site.py -->", "<!-- end of site -->"
WARM, REQUESTS = 3, 40
MOST_SECONDS = 12.0  # for one line of the table; a slow page gets fewer requests, five at least
GOALS = {"page": 0.100, "JSON": 0.020}  # of the 95th percentile
STOCK = "assignments, 100 rows (Datasette's own page)"
CITIES = """
select i.document_id as plan, d.region_code, b.name as department, n.name as indicator, f.name as function,
  r.short_name as city, i.passage_id, p.ordinal, i.code
from documents d
join regions r on r.code = d.region_code
join plan_items i on i.document_id = d.id
join thresholds t on t.plan_item_id = i.id
join indicators n on n.id = t.indicator_id
join passages p on p.id = i.passage_id
join assignments a on a.plan_item_id = i.id and a.role = 'lead'
join departments b on b.id = a.department_id and b.is_group = 0
join functions f on f.id = b.function_id
where d.kind = 'task_table'
group by d.id
order by d.region_code % 97, d.id
limit 60
"""
CLAUSES = "select code from clauses where document_id = ? and kind = 'scored' order by id"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what is asked for, as an address for each of the cities."""

    name: str
    kind: str  # page | JSON | stock
    address: Callable[[Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that a kind of answer took: the first one after the server began, half of the rest, 95 in 100."""

    first: float
    half: float
    most: float
    status: int
    size: int


def lines(name: str) -> Iterator[Line]:
    """What is measured in a base of this name."""
    yield Line(STOCK, "stock", lambda one: f"/{name}/assignments?_size=100")
    for page, address in PAGES.items():
        yield Line(page, "page", address)
    for question in questions():
        given = [param.name for param in question.params]
        yield Line(
            f"ask/{question.name}",
            "page",
            lambda one, question=question, given=given: links.question(
                question.name, **_given(question.name, given, one)
            ),
        )
    for question in questions():
        given = [param.name for param in question.params]
        yield Line(
            question.name,
            "JSON",
            lambda one, question=question, given=given: links.with_query(
                f"/{name}/{question.name}.json", **_given(question.name, given, one)
            ),
        )
