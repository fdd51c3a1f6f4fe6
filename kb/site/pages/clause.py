"""One clause of a rubric: what it asks for and how it scores, and how every city answers it, figure by figure."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.coverage.evidence import read_evidence
from kb.coverage.figures import Aim, aims, same_thing, verdict
from kb.evaluation.rows import Row, read_rows
from kb.site.held import held, statuses, tied
from kb.site.page import Asked, NoSuchPage, Page
from kb.site.pages.rubrics import ancestors, read_rubric, tree
from kb.site.paging import Paged, page_of

ON_A_PAGE = 8  # cities
MOST_CLAIMS, MOST_CANDIDATES = 20, 5  # of each city
MOST_BODIES = 8  # that support an item
RULES = """
select s.ordinal as number, s.mode, s.points, s.step, s.step_unit, s.cap, s.floor, s.condition, p.ordinal, w.place
from score_rules s
left join passages p on p.id = s.passage_id
left join passage_places w on w.passage_id = s.passage_id
where s.clause_id = ?
order by s.ordinal
"""
THRESHOLDS = """
select
  t.id, t.indicator, n.name, t.comparator, t.value, t.value_high, t.unit, t.baseline, t.period, t.text,
  s.ordinal as rule, p.ordinal, w.place,
  exists (select 1 from demanded_thresholds q where q.threshold_id = t.id) as is_demand
from thresholds t
left join indicators n on n.id = t.indicator_id
left join score_rules s on s.id = t.score_rule_id
left join passages p on p.id = t.passage_id
left join passage_places w on w.passage_id = t.passage_id
where t.clause_id = ?
order by t.position, t.id
"""
# + keeps the search with the items of these few plans: a clause may have answers in a thousand others
ANSWERS = """
with answers as (
  select
    a.plan_id, a.plan_item_id, a.is_claim, a.weight, a.relation, a.method, a.status, a.evidence,
    row_number() over (partition by a.plan_id, a.is_claim order by a.weight desc, a.plan_item_id) as place_from_top
  from clause_answers a
  where +a.clause_id = ? and a.plan_id in ({plans})
)
select
  a.plan_id, a.plan_item_id, a.is_claim, a.weight, a.relation, a.method, a.status, a.evidence,
  coalesce(i.code, '') as code, i.text, i.section, p.ordinal, w.place
from answers a
join plan_items i on i.id = a.plan_item_id
left join passages p on p.id = i.passage_id
left join passage_places w on w.passage_id = i.passage_id
where a.place_from_top <= iif(a.is_claim, ?, ?)
order by a.is_claim desc, a.weight desc, i.position, i.id
"""
DUTIES = """
select a.plan_item_id, a.clause_id, a.role, b.name, b.region_code, b.today_name, p.ordinal, w.place, d.id as document_id
from assignments a
join departments b on b.id = a.department_id
left join passages p on p.id = a.passage_id
left join passage_places w on w.passage_id = a.passage_id
left join documents d on d.id = p.document_id
where {owner}
order by a.role <> 'lead', a.position, a.id
"""
PLACES = """
select t.id, p.ordinal, w.place
from thresholds t
join passages p on p.id = t.passage_id
join passage_places w on w.passage_id = p.id
where t.id in ({ids})
"""


@dataclass(frozen=True, slots=True)
class Promised:
    """What an item promises where a clause demands, and how the two stand to each other."""

    aim: Aim
    item: Row
    verdict: str
    place: Row | None


@dataclass(frozen=True, slots=True)
class City:
    """How one plan answers the clause."""

    tie: Row
    brief: Row  # status, weight, claims
    claims: Sequence[Row]
    candidates: Sequence[Row]
    promised: Mapping[int, Sequence[Promised]]  # by demand

    @property
    def leads(self) -> list[Row]:
        """The bodies that lead the items that serve the clause, each once."""
        found = (duty for item in self.claims if item["status"] != "rejected" for duty in item["leads"])
        return [*{duty["name"]: duty for duty in found}.values()]

    def verdict(self, demand_id: int) -> str:
        """The best that is promised for a demand; '' where nothing serves the clause."""
        order = ("stricter", "equal", "weaker", "incomparable")
        found = {promise.verdict for promise in self.promised.get(demand_id, ())}
        return next((one for one in order if one in found), "missing" if self.claims else "")


def clause(connection: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """A clause with its rules and figures, its neighbours in the rubric, and the cities."""
    rubric = read_rubric(connection, asked.path["document"])
    clauses = tree(connection, rubric["id"])
    number = next((at for at, row in enumerate(clauses) if row["code"] == asked.path["code"]), None)
    if number is None:
        raise NoSuchPage("这份评分标准没有这一条。 The rubric has no such clause.")
    found = clauses[number]
    below = [row for row in clauses if row["parent_id"] == found["id"]]
    is_counted = any(row["is_judged"] for row in below)
    return {
        "rubric": rubric,
        "clause": found,
        "above": ancestors(found, {row["id"]: row for row in clauses})[::-1],
        "below": below,
        "statuses": statuses(connection, asked, rubric["id"]) if is_counted else {},
        "previous": clauses[number - 1] if number else None,
        "next": clauses[number + 1] if number + 1 < len(clauses) else None,
        "rules": read_rows(connection, RULES, [found["id"]]),
        "thresholds": read_rows(connection, THRESHOLDS, [found["id"]]),
        "named": _duties(connection, "a.clause_id", [found["id"]]).get(found["id"], []),
        **_side_by_side(connection, asked, found),
    }


def _side_by_side(connection: sqlite3.Connection, asked: Asked, clause: Row) -> dict[str, Any]:
    """A page of the cities that are held against the rubric, and what the clause demands of them."""
    rubric_id = clause["document_id"]
    page = page_of(
        tied(connection, asked, rubric_id) if clause["is_judged"] else [], asked.number("page", 1), ON_A_PAGE
    )
    demands = [aim for aim in aims(connection, rubric_id) if aim.clause_id == clause["id"] and aim.is_demand]
    cities = _cities(connection, asked, clause, demands, page)
    counts = Counter(city.brief["status"] for city in cities) if page.pages == 1 else None
    return {"page": page, "demands": demands, "cities": cities, "counts": counts}


def _cities(
    connection: sqlite3.Connection, asked: Asked, clause: Row, demands: Sequence[Aim], page: Paged[Row]
) -> list[City]:
    answers = _answers(connection, clause["id"], [tie["plan_id"] for tie in page.rows])
    found = []
    for tie in page.rows:
        brief = held(connection, asked, tie).clauses.get(clause["id"])
        if brief is None:  # the rubric was read again meanwhile
            continue
        own = answers.get(tie["plan_id"], [])
        claims = [row for row in own if row["is_claim"]]
        serving = [row for row in claims if row["status"] != "rejected"]
        found.append(
            City(
                tie,
                brief,
                claims,
                [row for row in own if not row["is_claim"]],
                _promised(connection, tie["plan_id"], serving, demands) if serving and demands else {},
            )
        )
    return found


def _answers(connection: sqlite3.Connection, clause_id: int, plans: Sequence[str]) -> dict[str, list[Row]]:
    """The items that answer the clause, by plan, each with why and who does it."""
    sql = ANSWERS.format(plans=_marks(plans))
    rows = read_rows(connection, sql, [clause_id, *plans, MOST_CLAIMS, MOST_CANDIDATES])
    duties = _duties(connection, "a.plan_item_id", [row["plan_item_id"] for row in rows])
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        said = read_evidence(row["evidence"])
        bodies = duties.get(row["plan_item_id"], [])
        leads = [body for body in bodies if body["role"] == "lead"]
        who = {"leads": leads, "others": bodies[len(leads) : len(leads) + MOST_BODIES], "bodies": len(bodies)}
        found[row["plan_id"]].append(row | {"said": said, "cut": _cut(row["text"], said.get("item"))} | who)
    return found


def _cut(text: str, fragment: object) -> tuple[str, str, str]:
    """A text before, at and after the words that a tie rests on; all of it before where they are not in it.

    >>> _cut("开展抽检，公布结果。", "公布结果")
    ('开展抽检，', '公布结果', '。')
    """
    return text.partition(fragment) if isinstance(fragment, str) and fragment else (text, "", "")


def _duties(connection: sqlite3.Connection, owner: str, ids: Sequence[int]) -> dict[int, list[Row]]:
    """Who answers for items or clauses, by their ids."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in read_rows(connection, DUTIES.format(owner=f"{owner} in ({_marks(ids)})"), ids):
        found[row[owner.removeprefix("a.")]].append(row)
    return found


def _promised(
    connection: sqlite3.Connection, plan_id: str, items: Sequence[Row], demands: Sequence[Aim]
) -> dict[int, list[Promised]]:
    """By demand: what the items promise for the same thing."""
    by_id = {item["plan_item_id"]: item for item in items}
    promises = [aim for aim in aims(connection, plan_id) if aim.plan_item_id in by_id]
    places = {
        row["id"]: row
        for row in read_rows(connection, PLACES.format(ids=_marks(promises)), [aim.id for aim in promises])
    }
    return {
        demand.id: [
            Promised(aim, by_id[aim.plan_item_id], verdict(aim, demand), places.get(aim.id))
            for aim in promises
            if aim.plan_item_id is not None and same_thing(aim, demand)
        ]
        for demand in demands
    }


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


PAGES = (Page("/rubric/(?P<document>[^/]+)/(?P<code>[^/]+)", "clause.html", clause),)
