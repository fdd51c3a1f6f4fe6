"""The reconciliation service: certain is only what is certain; the protocol of OpenRefine; open to other sites."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from browsing import bundled_base
from site_base import get, site

from kb.base import memory_base
from kb.entities.likeness import KINDS, Candidate, Entity, candidates, read_names
from kb.site.routes import MOST_SENT

ELSEWHERE = {"origin": "https://refine.example", "sec-fetch-site": "cross-site"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("reconcile") / "demo.db")


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    return site(base)


def names_base() -> sqlite3.Connection:
    """Two cities with a body of one name, a national one, a group, and three indicators."""
    connection = memory_base()
    connection.executescript("""
        insert into regions values ('100000', '全国', '全国', 'national', null),
          ('320400', '江苏省常州市', '常州', 'municipal', null), ('410100', '河南省郑州市', '郑州', 'municipal', null);
        insert into departments (id, name, full_name, region_code) values
          (1, '市质监局', '常州市质量技术监督局', '320400'), (2, '市质监局', '郑州市质量技术监督局', '410100'),
          (3, '国家质检总局', '国家质量监督检验检疫总局', '100000'), (4, '成员单位', null, '320400'),
          (5, '市财政局', '常州市财政局', '320400');
        insert into department_aliases values (1, '市质量技监局', 'decided', 'a person said so');
        insert into indicators values (1, '产品抽检合格率', '%'), (2, '工程合格率', '%'), (3, '工程一次合格率', '%');
        insert into indicator_aliases values ('产品抽检合格率', 1, '产品抽检合格率', 'name', 1, ''),
          ('全市产品抽检合格率', 1, '产品抽检合格率', 'rule', 1, ''), ('工程合格率', 2, '工程合格率', 'name', 1, '');
    """)
    return connection


def best(query: str, region: str | None = None, kinds: Any = KINDS) -> Candidate:
    return candidates(read_names(names_base()), query, kinds, region, 5)[0]


@pytest.mark.parametrize(
    ("query", "region", "key"),
    [
        ("市质监局", "320400", "department/320400/市质监局"),
        ("质监局", "410100", "department/410100/市质监局"),
        ("常州市质监局", None, "department/320400/市质监局"),
        ("常州市质量技术监督局", None, "department/320400/市质监局"),
        ("郑州市 质量技术监督局", "320400", "department/410100/市质监局"),
        ("市质量技监局", "320400", "department/320400/市质监局"),
        ("国家质检总局", None, "department/100000/国家质检总局"),
        ("成员单位", "320400", "department/320400/成员单位"),
        ("产品抽检合格率", None, "indicator/产品抽检合格率"),
        ("全市“产品抽检”合格率", None, "indicator/产品抽检合格率"),
    ],
)
def test_what_is_certain(query: str, region: str | None, key: str) -> None:
    """The same name or official name in a known region, and the same words of an indicator."""
    found = best(query, region)
    assert (found.entity.key, found.score, found.is_certain) == (key, 100.0, True)


@pytest.mark.parametrize(
    ("query", "region"),
    [
        ("市质监局", None),
        ("质量技术监督局", None),
        ("成员单位", None),
        ("市质检局", "320400"),
        ("产品抽查合格率", None),
        ("工程第一次合格率", None),
        ("市财政局", "410100"),
        ("常州市", None),
    ],
)
def test_what_is_not_certain(query: str, region: str | None) -> None:
    """A body of an unknown region, another region's body, a name that is only alike: offered, never matched."""
    found = candidates(read_names(names_base()), query, KINDS, region, 5)
    assert found
    assert not any(one.is_certain for one in found)
    assert all(0 < one.score < 100 for one in found)


def test_a_body_elsewhere_scores_less() -> None:
    """With the region known its own body comes first, the other city's of the same name behind it."""
    found = candidates(read_names(names_base()), "市质监局", ["Department"], "410100", 5)
    assert [(one.entity.region_code, one.is_certain) for one in found[:2]] == [("410100", True), ("320400", False)]
    assert found[1].score < 70


@pytest.mark.parametrize("query", ["", "  ", "《》", "x" * 5000, "\x00"])
def test_strange_queries(query: str) -> None:
    """Nothing, marks alone, endless text: no candidates and no error."""
    assert candidates(read_names(names_base()), query, KINDS, "320400", 5) == []


def test_keys_are_made_of_names() -> None:
    """No row number is an identifier: they change when a base is made anew."""
    assert Entity("Department", "领导小组", None).key == "department/-/领导小组"


# ---------------------------------------------------------------- the protocol


def post(shown: Any, address: str, **fields: str) -> Any:
    async def asked() -> Any:
        await shown.invoke_startup()
        return await shown.client.post(address, data=fields, headers=ELSEWHERE)

    return asyncio.run(asked())


def test_the_manifest(shown: Any) -> None:
    """Everything that version 0.2 asks for, with addresses that answer."""
    answer = get(shown, "/reconcile", origin="https://refine.example")
    manifest = json.loads(answer.text)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "0.2" in manifest["versions"]
    assert {"name", "identifierSpace", "schemaSpace", "defaultTypes", "view", "preview", "suggest"} <= set(manifest)
    assert [one["id"] for one in manifest["defaultTypes"]] == ["Department", "Indicator"]
    assert manifest["view"]["url"].startswith("http://localhost/reconcile/view?id={{id}}")
    for name, service in manifest["suggest"].items():
        found = get(
            shown, f"{service['service_url']}{service['service_path']}?prefix=".removeprefix("http://localhost")
        )
        assert found.status_code == 200, name
        assert "result" in json.loads(found.text)


@pytest.mark.parametrize("way", ["get", "post"])
def test_a_batch_of_queries(shown: Any, base: Path, way: str) -> None:
    """Each query gets its candidates under its key, by GET and, from other sites too, by POST."""
    with closing(sqlite3.connect(base)) as connection:
        code, name = connection.execute(
            "select region_code, name from departments where full_name is not null order by id"
        ).fetchone()
    queries = {
        "q0": {"query": name, "type": "Department", "limit": 2, "properties": [{"pid": "region", "v": code}]},
        "q1": {"query": "没有这样的名称呀", "type": [{"id": "Indicator"}]},
        "q2": {"query": name, "type": "Person"},
        "q3": {"query": 7, "limit": "x", "properties": "x"},
    }
    fields = {"queries": json.dumps(queries)}
    answer = get(shown, f"/reconcile?{urlencode(fields)}") if way == "get" else post(shown, "/reconcile", **fields)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    found = json.loads(answer.text)
    assert set(found) == set(queries)
    first = found["q0"]["result"][0]
    assert (first["id"], first["match"], first["score"]) == (f"department/{code}/{name}", True, 100.0)
    assert first["type"][0]["id"] == "Department"
    assert len(found["q0"]["result"]) <= 2
    assert not any(one["match"] for one in found["q1"]["result"])
    assert found["q2"]["result"] == []


def test_view_preview_and_suggestions(shown: Any, base: Path) -> None:
    """An id leads to its page, is previewed in a frame of another site, and is suggested by its name."""
    with closing(sqlite3.connect(base)) as connection:
        code, name = connection.execute("select region_code, name from departments order by id").fetchone()
    key = quote(f"department/{code}/{name}", safe="")
    view = get(shown, f"/reconcile/view?id={key}")
    assert view.status_code == 302
    assert get(shown, view.headers["location"]).status_code == 200
    preview = get(shown, f"/reconcile/preview?id={key}")
    assert name in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert "'unsafe-inline'" not in preview.headers["content-security-policy"]
    offered = json.loads(get(shown, f"/reconcile/suggest/entity?prefix={name}").text)["result"]
    assert f"department/{code}/{name}" in {one["id"] for one in offered}
    for address in ("/reconcile/view?id=department/1/x", "/reconcile/preview?id=", "/reconcile/suggest/nothing"):
        assert get(shown, address).status_code == 404


def test_a_script_for_old_clients(shown: Any) -> None:
    """JSONP with a plain name of a function only, as a script, with nothing in it that ends a tag or a line."""
    queries = json.dumps({"q0": {"query": "</script><!--\u2028"}})
    answer = get(shown, f"/reconcile?{urlencode({'queries': queries, 'callback': 'jQuery.cb_1'})}")
    assert answer.headers["content-type"].startswith("application/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text.startswith("/**/jQuery.cb_1({")
    assert not set("<>\u2028") & set(answer.text)
    for name in ("alert(1)", "a b", "名", "a;b", "x" * 200):
        assert get(shown, f"/reconcile?{urlencode({'callback': name})}").status_code == 404, name


def test_what_is_no_question(shown: Any) -> None:
    """Text that is no JSON, too many queries, a form without end: refused in one line."""
    many = json.dumps({f"q{number}": {"query": "x"} for number in range(101)})
    for queries in ("{", "[1]", many):
        assert get(shown, f"/reconcile?{urlencode({'queries': queries})}").status_code == 404
    assert post(shown, "/reconcile", queries="x" * (MOST_SENT + 1)).status_code == 413


def test_only_this_address_is_open(shown: Any) -> None:
    """No other page may be read by other sites, and none takes a form from them."""
    for address in ("/", "/search?q=标准", "/suggest?q=标准", "/ask/documents.json", "/reconcile/view?id=x"):
        assert "access-control-allow-origin" not in get(shown, address, origin="https://refine.example").headers
    for address in ("/search", "/reconcile/preview", "/reconcile/suggest/entity"):
        assert post(shown, address, q="x").status_code in (403, 404, 405), address
