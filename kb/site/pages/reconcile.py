"""An OpenRefine reconciliation service over the bodies and indicators of the base: the W3C API, version 0.2.

In OpenRefine: column menu → Reconcile → Start reconciling… → Add standard service…, and give the address
`http://…/reconcile` of this site.  Choose the type `Department` or `Indicator`; for departments name a column that
holds the city (name or code) under “Also use relevant details from other columns” as the property `region`: 市质监局
alone is a body of no city, and is matched by itself only where the city is known.

A POST asks, as a GET does, and changes nothing; so it needs no token, and pages of other sites may read the answer.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from kb.entities.likeness import KINDS, Candidate, Entity, Kind, Names, candidates, read_names
from kb.evaluation.rows import read_rows
from kb.personal import WITH_PERSONAL, masked
from kb.site import links
from kb.site.kept import kept
from kb.site.page import Asked, Elsewhere, File, NoSuchPage, Page

NAME = "指标 zhibiao"
MOST_QUERIES = 100  # of one request
MOST_CANDIDATES = 25
USUAL = 6
CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,3}", re.ASCII)
TYPES = [{"id": "Department", "name": "部门 Department"}, {"id": "Indicator", "name": "指标 Indicator"}]
PROPERTIES = [{"id": "region", "name": "地区 Region"}]
DUTIES = """
select a.role as word, count(*) as number
from departments d
join assignments a on a.department_id = d.id
where d.name = ? and d.region_code is ?
group by a.role
order by number desc
"""
MEASURED = """
select 'thresholds' as word, count(*) as number
from indicators n
join thresholds t on t.indicator_id = n.id
where n.name = ?
"""
OPEN = {"access-control-allow-origin": "*"}
FRAMED = OPEN | {"x-zhibiao-page": "framed"}  # OpenRefine shows the preview in a frame


def service(connection: sqlite3.Connection, asked: Asked) -> File:
    """The manifest, or the candidates of every query that is asked."""
    if "queries" not in asked.query:
        return _told(asked, _manifest(asked.site))
    try:
        queries = json.loads(asked.query["queries"])
    except json.JSONDecodeError as error:
        raise NoSuchPage(f"queries 不是 JSON。 queries is no JSON: {error}.") from None
    if not isinstance(queries, dict) or len(queries) > MOST_QUERIES:
        raise NoSuchPage(f"queries 应为对象，最多 {MOST_QUERIES} 个。 queries is an object of at most {MOST_QUERIES}.")
    names = _names(connection, asked)
    return _told(asked, {str(key): {"result": _found(names, query)} for key, query in queries.items()})


def _names(connection: sqlite3.Connection, asked: Asked) -> Names:
    return kept(asked.base, "names to reconcile with", lambda: read_names(connection))


def _manifest(site: str) -> dict[str, Any]:
    """What the service is and does; `site` is the address of the site's root."""
    here = f"{site.rstrip('/')}/reconcile"
    suggested = {
        name: {"service_url": here, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": NAME,
        "identifierSpace": f"{here}/view?id=",
        "schemaSpace": f"{here}#",
        "defaultTypes": TYPES,
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 420, "height": 180},
        "suggest": suggested,
    }


def _found(names: Names, query: Any) -> list[dict[str, Any]]:
    """The candidates of one query, as the API words them."""
    asked = query if isinstance(query, dict) else {"query": query}
    text, limit = str(asked.get("query") or ""), asked.get("limit")
    most = min(limit, MOST_CANDIDATES) if isinstance(limit, int) and limit > 0 else USUAL
    region_code = _region(asked.get("properties"))
    return [_worded(one) for one in candidates(names, text, _kinds(asked.get("type")), region_code, most)]


def _kinds(wanted: Any) -> Sequence[Kind]:
    """The types that are asked for; all of them where none is."""
    listed = wanted if isinstance(wanted, list) else [wanted]
    ids = [one.get("id") if isinstance(one, dict) else one for one in listed]
    return [kind for kind in KINDS if kind in ids] or ([] if any(ids) else KINDS)


def _region(properties: Any) -> str | None:
    """The code of the region that a query gives, by name or code; None where none, or none that is known."""
    from extract.regions import find_region, region

    for given in properties if isinstance(properties, list) else ():
        if isinstance(given, dict) and given.get("pid") == "region":
            value = given.get("v")
            value = value[0] if isinstance(value, list) and value else value
            text = str(value.get("name") or value.get("id") or "") if isinstance(value, dict) else str(value or "")
            place = region(text.strip()) or find_region(text)
            return None if place is None else place.code
    return None


def _worded(one: Candidate) -> dict[str, Any]:
    return _entity(one.entity) | {
        "type": [kind for kind in TYPES if kind["id"] == one.entity.kind],
        "score": one.score,
        "match": one.is_certain,
        "features": [{"id": name, "value": value} for name, value in one.features.items()],
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {"id": entity.key, "name": entity.name, "description": entity.description}


def suggestions(connection: sqlite3.Connection, asked: Asked) -> File:
    """What OpenRefine offers while one types: entities by likeness, types and properties by name."""
    prefix, what = asked.query.get("prefix", "").strip(), asked.path["what"]
    if what == "entity":
        found = candidates(_names(connection, asked), prefix, KINDS, None, MOST_CANDIDATES) if prefix else []
        listed = [_entity(one.entity) | {"notable": [one.entity.kind]} for one in found]
    else:
        known = TYPES if what == "type" else PROPERTIES
        listed = [dict(one) for one in known if prefix.lower() in one["name"].lower()]
    return _told(asked, {"result": listed})


def preview(connection: sqlite3.Connection, asked: Asked) -> Mapping[str, Any]:
    """A few lines about an entity, for a small frame."""
    entity = _known(connection, asked)
    sql, given = (
        (MEASURED, [entity.name]) if entity.kind == "Indicator" else (DUTIES, [entity.name, entity.region_code])
    )
    return {"entity": entity, "href": _address(entity), "counts": read_rows(connection, sql, given)}


def view(connection: sqlite3.Connection, asked: Asked) -> Elsewhere:
    """The page about an entity."""
    return Elsewhere(_address(_known(connection, asked)))


def _known(connection: sqlite3.Connection, asked: Asked) -> Entity:
    entity = _names(connection, asked).entities.get(asked.query.get("id", ""))
    if entity is None:
        raise NoSuchPage(f"没有这个编号：{asked.query.get('id', '')}。 There is no such id.")
    return entity


def _address(entity: Entity) -> str:
    if entity.kind == "Indicator":
        return links.indicator(entity.name)
    return links.department(entity.region_code, entity.name)


def _told(asked: Asked, answer: Mapping[str, Any]) -> File:
    """The answer as JSON; as a script for old clients that give the name of a function.

    Scripts are not masked on their way out, so they are here.  The comment in front, the plain name and no sign that
    ends a line or a tag in another language leave a browser nothing else to take it for.
    """
    text = json.dumps(answer, ensure_ascii=False)
    callback = asked.query.get("callback", "")
    if not callback:
        return File(text.encode(), "application/json; charset=utf-8")
    if not CALLBACK.fullmatch(callback):
        raise NoSuchPage("callback 不是函数名。 callback is no name of a function.")
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    body = f"/**/{callback}({text});".encode()
    shown = body if os.environ.get(WITH_PERSONAL) else masked(body)
    return File(shown, "application/javascript; charset=utf-8")


PAGES = (
    Page("/reconcile", "", service, is_question=True, vary=OPEN),
    Page("/reconcile/suggest/(?P<what>entity|type|property)", "", suggestions, vary=OPEN),
    Page("/reconcile/preview", "preview.html", preview, vary=FRAMED),
    Page("/reconcile/view", "", view),
)
