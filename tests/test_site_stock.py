"""Datasette's own pages, and what it is told of a base: labels, links to our pages, questions, hidden tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from browsing import bundled_base
from datasette.app import Datasette
from site_base import get, page

from kb.base import memory_base
from kb.questions import ask, questions
from kb.search.index import INDEXED
from kb.site import SETTINGS, SITE, links
from kb.site.configuration import HIDDEN, SHOWN, canned_name, configuration, metadata
from kb.site.pages.records import WAYS
from kb.sql.comments import tables

IS_ONE = int(version("datasette").partition(".")[0]) >= 1


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("stock") / "demo.db")


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    """The site as it is configured, on the line of Datasette that is installed."""
    return Datasette(
        [str(base)],
        plugins_dir=str(SITE / "plugins"),
        template_dir=str(SITE / "templates"),
        static_mounts=[("static", str(SITE / "static"))],
        metadata=metadata(base.stem),
        **({"config": configuration(base.stem)} if IS_ONE else {"settings": SETTINGS}),
    )


@pytest.fixture
def connection(base: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(base)) as opened:
        yield opened


def test_the_schema_tells_what_it_holds() -> None:
    """Tables, columns and references that are read out of its text are those of a base made with it."""
    base = memory_base()
    made = dict(base.execute("select name, type from sqlite_master where type in ('table', 'view')"))
    assert {name: "view" if table.is_view else "table" for name, table in tables().items()} == {
        name: kind for name, kind in made.items() if "_fts" not in name and not name.startswith("sqlite_")
    }
    for name, table in tables().items():
        if not table.is_view:
            assert list(table.columns) == [row["name"] for row in base.execute(f"pragma table_info({name})")]
            assert {column: told.refers_to for column, told in table.columns.items() if told.refers_to} == {
                row["from"]: row["table"] for row in base.execute(f"pragma foreign_key_list({name})")
            }


def test_what_is_told_of_tables_is_there() -> None:
    """Labels, orders and facets name columns that the tables and views have; every table is described."""
    base = memory_base()
    for name, told in SHOWN.items():
        columns = {row["name"] for row in base.execute(f"pragma table_info({name})")}
        named = {told[key] for key in ("label_column", "sort", "sort_desc") if key in told}
        assert named | set(told.get("facets", ())) <= columns, name
    described = metadata("x")["databases"]["x"]["tables"]
    assert set(described) >= {name for name, table in tables().items() if not table.is_view} | set(HIDDEN)
    assert set(HIDDEN) >= {f"{name}_fts" for name in INDEXED}
    assert json.loads(json.dumps(metadata("x"))) == metadata("x")
    assert json.loads(json.dumps(configuration("x"))) == configuration("x")


def test_both_lines_are_told_the_same() -> None:
    """One source: the questions and the way tables are shown do not differ between metadata and configuration."""
    old, new = metadata("x")["databases"]["x"], configuration("x")["databases"]["x"]
    assert old["queries"] == new["queries"]
    assert [*old["queries"]] == [canned_name(one.name) for one in questions()]
    assert not set(old["queries"]) & set(tables())
    for name, told in new["tables"].items():
        assert {key: old["tables"][name][key] for key in told} == told


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_questions_are_canned_queries(shown: Any, base: Path, connection: sqlite3.Connection, name: str) -> None:
    """Each answers as JSON what the question answers, and its page leads to ours."""
    address = f"/{base.stem}/{canned_name(name)}"
    answer = json.loads(get(shown, f"{address}.json?_shape=array&_size=max").text)
    rows = ask(connection, name)
    assert answer == rows[: SETTINGS["max_returned_rows"]]
    links_there = page(shown, address).xpath(f"//a[contains(@href, 'ask/{name}')]/@href")
    assert links_there == [f"../ask/{name}"]


def test_index_tables_are_hidden(shown: Any, base: Path) -> None:
    """The list of tables shows no index and no table that only the program reads."""
    found = json.loads(get(shown, f"/{base.stem}.json").text)
    listed = {table["name"] for table in found["tables"] if not table["hidden"]}
    assert not {name for name in listed if "_fts" in name} | listed & set(HIDDEN)
    assert {"clauses", "assignments", "departments"} <= listed


@pytest.mark.parametrize("table", [name for name in tables() if name not in ("edges", "nodes")])
def test_references_are_labelled_links(shown: Any, base: Path, table: str) -> None:
    """On the page of every table and view a reference is a link to our page, under a name and not under a number."""
    tree = page(shown, f"/{base.stem}/{table}?_size=5")
    assert tree.xpath("//form[@role='search']//input[@name='q']")
    assert tree.xpath("//link[contains(@href, 'stock.css')]")
    for name, column in tables()[table].columns.items():
        cells = tree.xpath(f"//td[contains(concat(' ', @class, ' '), ' col-{name} ')]")
        if column.refers_to is None or not tables()[table].columns or name == next(iter(tables()[table].columns)):
            continue
        for cell in cells:
            if cell.text_content().strip():
                (link,) = cell.xpath(".//a")
                assert link.get("href").startswith(f"/record/{column.refers_to}/")
                key = link.get("href").rpartition("/")[2]
                assert link.text_content() != key or column.refers_to == "documents", (table, name)


@pytest.mark.parametrize("table", sorted(WAYS))
def test_rows_have_pages(shown: Any, connection: sqlite3.Connection, table: str) -> None:
    """The first and the last row of a table lead to a page that answers; a row that is not there to one line."""
    key = "code" if table == "regions" else "id"
    for (value,) in connection.execute(
        f"select {key} from (select min({key}) as {key} from {table} union select max({key}) from {table})"
        f" where {key} is not null"
    ):
        answer = get(shown, links.record(table, value))
        assert answer.status_code == 302, (table, value)
        assert get(shown, answer.headers["location"].partition("#")[0]).status_code == 200
    assert get(shown, links.record(table, 10**9)).status_code == 404
    assert get(shown, "/record/ingests/1").status_code == 404


def test_cells_of_queries_are_links_too(shown: Any, base: Path) -> None:
    """In the answer of a query a document is a link by its id beside the title, a clause by the rubric beside it."""
    tree = page(shown, f"/{base.stem}/department-clauses?role=lead")
    (first,) = tree.xpath("//table//tbody/tr[1]")
    hrefs = first.xpath(".//a/@href")
    assert any(href.startswith("/rubric/") for href in hrefs)
    assert any(href.startswith("/document/") for href in hrefs)
    for href in {href for href in hrefs if href.startswith("/")}:
        assert get(shown, href.partition("#")[0]).status_code in (200, 302), href


def test_other_databases_are_left_alone(tmp_path: Path) -> None:
    """A database that is no base of ours is shown as Datasette shows it."""
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("create table clauses (id integer primary key, document_id text, parent_id integer)")
        other.execute("insert into clauses values (1, 'x', 1)")
        other.commit()
    plain = Datasette([str(file)], plugins_dir=str(SITE / "plugins"), template_dir=str(SITE / "templates"))
    assert not page(plain, "/other/clauses").xpath("//td//a[starts-with(@href, '/record')]")


def test_labels_are_escaped(shown: Any, tmp_path: Path) -> None:
    """A title that looks like a page is text on Datasette's pages."""
    path = bundled_base(tmp_path / "own.db")
    with closing(sqlite3.connect(path)) as writable:
        writable.execute("update documents set title = '<script>alert(1)</script>' || char(8238)")
        writable.commit()
    own = Datasette(
        [str(path)], plugins_dir=str(SITE / "plugins"), template_dir=str(SITE / "templates"), metadata=metadata("own")
    )
    for address in (
        "/own/clauses?_size=3",
        "/own/document_facts?_size=3",
        "/own?sql=select+title,id+as+document_id+from+documents",
    ):
        text = get(own, address).text
        assert "<script>alert" not in text
        assert "\u202e" not in text or "document_facts" in address
