"""Bodies that work together: how central each is, and which communities they form.

Two bodies meet where both are assigned to one plan item or to one clause, whatever their roles.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection

from kb.evaluation.rows import Row, read_rows
from kb.graph.network import Edge, Network, Node
from kb.graph.networkx_door import Shared, betweenness, communities

COLUMNS = ("region", "department", "is_group", "tasks", "leads", "partners", "meetings", "betweenness", "community")
COMMUNITY_COLUMNS = ("community", "region", "bodies", "inside", "outside", "departments")
BODIES = (
    "select b.id, r.short_name as region, b.name as department, b.is_group,"
    " count(distinct coalesce('i' || a.plan_item_id, 'c' || a.clause_id)) as tasks,"
    " count(distinct case a.role when 'lead' then coalesce('i' || a.plan_item_id, 'c' || a.clause_id) end) as leads"
    " from departments b join assignments a on a.department_id = b.id"
    " left join regions r on r.code = b.region_code group by b.id"
)
# indexes are named (and kept to by +): statistics mislead SQLite where most clauses name nobody
MEETINGS = (
    "select one, other, count(*) as tasks from ("
    "select distinct a.department_id as one, b.department_id as other, 'i' || a.plan_item_id as task"
    " from assignments a cross join assignments b indexed by assignments_plan_item"
    " on b.plan_item_id = a.plan_item_id and +b.department_id > a.department_id{among}"
    " union select distinct a.department_id, b.department_id, 'c' || a.clause_id"
    " from assignments a cross join assignments b indexed by assignments_clause"
    " on b.clause_id = a.clause_id and +b.department_id > a.department_id{among}"
    ") group by one, other order by one, other"
)
# of one body with each other one: on how many tasks they meet, how many of them the one leads, and how many the other
MEETINGS_OF_ONE = (
    "select other as id, count(*) as tasks, sum(leads) as leads, sum(is_led) as is_led from ("
    "select b.department_id as other, max(a.role = 'lead') as leads, max(b.role = 'lead') as is_led"
    " from assignments a cross join assignments b indexed by assignments_plan_item"
    " on b.plan_item_id = a.plan_item_id and b.department_id <> a.department_id"
    " where a.department_id = :body group by b.department_id, a.plan_item_id"
    " union all select b.department_id, max(a.role = 'lead'), max(b.role = 'lead')"
    " from assignments a cross join assignments b indexed by assignments_clause"
    " on b.clause_id = a.clause_id and b.department_id <> a.department_id"
    " where a.department_id = :body group by b.department_id, a.clause_id"
    ") group by other"
)
PARTNERS_OF_ONE = (
    "select m.id, b.name as department, b.is_group, b.region_code, r.short_name as region, m.tasks, m.leads, m.is_led"
    f" from ({MEETINGS_OF_ONE}) m join departments b on b.id = m.id left join regions r on r.code = b.region_code"
    " order by m.tasks desc, m.id"
)


def partners(connection: sqlite3.Connection) -> list[Row]:
    """Every body that is assigned anything, the most central of each region first; see COLUMNS.

    `partners` counts bodies it meets, `meetings` the tasks shared with each of them, `betweenness` says how often it
    lies between two others; `community` is empty for a body that works alone.
    """
    rows = _bodies(connection, shared_tasks(connection)).values()
    in_order = sorted(
        rows, key=lambda row: (row["region"] or "", -row["betweenness"], -row["meetings"], row["department"])
    )
    return [{name: row[name] for name in COLUMNS} for row in in_order]


def _bodies(connection: sqlite3.Connection, shared: Shared) -> dict[int, Row]:
    """Every body by its id, with how central it is."""
    between, community = betweenness(shared), _numbered(shared)
    met: dict[int, list[int]] = defaultdict(list)
    for pair, tasks in shared.items():
        for body in pair:
            met[body].append(tasks)
    return {
        body: row
        | {"partners": len(met[body]), "meetings": sum(met[body])}
        | {"betweenness": round(between.get(body, 0.0), 4), "community": community.get(body)}
        for row in read_rows(connection, BODIES)
        for body in [row["id"]]
    }


def partners_of(connection: sqlite3.Connection, body: int) -> list[Row]:
    """The bodies that one body shares tasks with, those that share most first.

    `tasks` are shared, `leads` those of them that the one body leads, `is_led` those that the other one leads.
    """
    return read_rows(connection, PARTNERS_OF_ONE, {"body": body})


def partner_network(connection: sqlite3.Connection) -> Network:
    """The bodies as a graph of its own: how central each is, and on how many tasks two of them meet."""
    shared = shared_tasks(connection)
    nodes = {}
    for body, row in _bodies(connection, shared).items():
        label = f"{row['department']}（{row['region']}）" if row["region"] else row["department"]
        values = tuple((name, row[name]) for name in COLUMNS if name not in ("department", "is_group"))
        nodes[f"department:{body}"] = Node(f"department:{body}", "department", label, values=values)
    edges = (
        Edge(f"department:{one}", "works_with", f"department:{other}", tasks) for (one, other), tasks in shared.items()
    )
    return Network(nodes, tuple(edges))


def partner_communities(connection: sqlite3.Connection) -> list[Row]:
    """The communities, the largest first: their bodies, those with most meetings first, and how close they are.

    `inside` are the meetings between its bodies, `outside` those of its bodies with others.
    """
    shared = shared_tasks(connection)
    community, names = _numbered(shared), {row["id"]: row for row in read_rows(connection, BODIES)}
    inside, outside, meetings = Counter[int](), Counter[int](), Counter[int]()
    for (one, other), tasks in shared.items():
        meetings += Counter({one: tasks, other: tasks})
        if community[one] == community[other]:
            inside[community[one]] += tasks
        else:
            outside += Counter({community[one]: tasks, community[other]: tasks})
    rows = []
    for number in sorted(set(community.values())):
        bodies = sorted(
            (body for body in community if community[body] == number), key=lambda body: (-meetings[body], body)
        )
        regions = dict.fromkeys(names[body]["region"] or "" for body in bodies)
        rows.append(
            {"community": number, "region": "、".join(regions), "bodies": len(bodies)}
            | {"inside": inside[number], "outside": outside[number]}
            | {"departments": "、".join(names[body]["department"] for body in bodies)}
        )
    return rows


def shared_tasks(connection: sqlite3.Connection, among: Collection[int] | None = None) -> dict[tuple[int, int], int]:
    """On how many tasks two bodies meet, the one with the smaller id first; of these bodies or of all."""
    ids = ",".join("?" * len(among or ()))
    only = "" if among is None else f" where a.department_id in ({ids}) and +b.department_id in ({ids})"
    rows = read_rows(connection, MEETINGS.format(among=only), [*(among or ())] * 4)
    return {(row["one"], row["other"]): row["tasks"] for row in rows}


def _numbered(shared: Shared) -> dict[int, int]:
    """The number of each body's community, from 1."""
    return {body: number for number, bodies in enumerate(communities(shared), 1) for body in bodies}
