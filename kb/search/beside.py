"""What stands beside hits: their texts and places, and what the documents that they stand in can be narrowed to."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.evaluation.rows import Row, read_rows
from kb.search.bounded import FILTERS, YEAR, Found, Hit, passage_column
from kb.search.hits import OF_DOCUMENT

FACETS = ("region", "level", "doc_kind", "campaign", "year")
SHARED_TEXTS = {
    "departments": (
        "select t.id, t.name, t.full_name, t.is_group, t.region_code, r.short_name as region, f.name as function"
        " from departments t left join regions r on r.code = t.region_code"
        " left join functions f on f.id = t.function_id"
    ),
    "indicators": (
        "select t.id, t.name, t.unit, (select count(*) from thresholds h where h.indicator_id = t.id) as thresholds"
        " from indicators t"
    ),
}
DOCUMENTS = (
    "select d.id, d.title, d.origin, d.region_code as region, r.short_name, d.level, d.kind as doc_kind, d.campaign,"
    f" {YEAR} as year from documents d left join regions r on r.code = d.region_code"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a search can be narrowed to: how it is called, and how much is left then."""

    value: str
    label: str
    count: int


def texts(connection: sqlite3.Connection, hits: Sequence[Hit]) -> dict[tuple[str, int], Row]:
    """The rows of some hits by kind and id: texts, codes, and the place of what stands in a document."""
    found: dict[tuple[str, int], Row] = {}
    for kind in {hit.kind for hit in hits}:
        ids = json.dumps([hit.id for hit in hits if hit.kind == kind])
        for row in read_rows(connection, f"{_select(kind)} where t.id in (select value from json_each(?))", [ids]):
            found[kind, row["id"]] = row
    return found


def _select(kind: str) -> str:
    if kind in SHARED_TEXTS:
        return SHARED_TEXTS[kind]
    code, text = OF_DOCUMENT[kind]
    points = "t.points, t.points_status" if kind == "clauses" else "null as points, null as points_status"
    return (
        f"select t.id, t.document_id, {code} as code, {text} as text, w.place, p.ordinal, {points} from {kind} t"
        f" left join passages p on p.id = {passage_column(kind)} left join passage_places w on w.passage_id = p.id"
    )


def documents(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Row]:
    """Documents by id, with what they can be narrowed to."""
    rows = read_rows(
        connection, f"{DOCUMENTS} where d.id in (select value from json_each(?))", [json.dumps(sorted(set(ids)))]
    )
    return {row["id"]: row for row in rows}


def facets(connection: sqlite3.Connection, found: Found, kept: Mapping[str, str], most: int) -> dict[str, list[Choice]]:
    """For each filter that is not set its commonest values, with how many hits each has.

    Where not every hit was looked at: with how many documents each has among those that the filters leave.
    """
    given = {name: value for name, value in kept.items() if value}
    if found.is_whole:
        weights = Counter(hit.document_id for hit in found.hits if hit.document_id is not None)
        rows = documents(connection, list(weights))
        counts = {name: _of_hits(rows, weights, name) for name in FACETS if name not in given}
    else:
        counts = {name: _of_documents(connection, given, name, most) for name in FACETS if name not in given}
    names = {row["code"]: row["short_name"] for row in read_rows(connection, "select code, short_name from regions")}
    return {
        name: [Choice(value, names.get(value, value), count) for value, count in counted.most_common(most)]
        for name, counted in counts.items()
        if len(counted) > 1
    }


def _of_hits(rows: Mapping[str, Row], weights: Counter[str], name: str) -> Counter[str]:
    """How many hits stand in documents with each value."""
    counts: Counter[str] = Counter()
    for document_id, weight in weights.items():
        if rows[document_id][name]:
            counts[rows[document_id][name]] += weight
    return counts


def _of_documents(connection: sqlite3.Connection, given: Mapping[str, str], name: str, most: int) -> Counter[str]:
    """How many documents have each of the commonest values."""
    where = "".join(f" and {FILTERS[filtered]} = :{filtered}" for filtered in given)
    rows = connection.execute(
        f"select {FILTERS[name]} as value, count(*) from documents d where value <> ''{where}"
        f" group by 1 order by 2 desc limit {most}",
        given,
    )
    return Counter(dict(tuple(row) for row in rows))
