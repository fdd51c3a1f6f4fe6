"""The pages of the ready questions: answers as the questions give them, narrowed, linked, drawn, taken along."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from browsing import bundled_base
from openpyxl import load_workbook
from site_base import get, page, site

import kb.site.answers
from kb.base import open_base, transaction
from kb.questions import GROUPS, Chart, ask, part, question, questions, read_chart
from kb.site import answers, links
from kb.site.charts import picture
from kb.site.columns import COLUMNS
from kb.sql.comments import tables

EVERY = pytest.mark.parametrize("name", [one.name for one in questions()])
MARK = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("questions") / "demo.db")


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    return site(base)


@pytest.fixture
def connection(base: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(base)) as opened:
        yield opened


def nothing(name: str) -> dict[str, str]:
    return {param.name: "" for param in question(name).params}


def test_every_question_stands_in_a_group(shown: Any) -> None:
    """The list shows each question once, under one of the groups, with both its titles."""
    assert {one.group for one in questions()} == set(GROUPS)
    cards = page(shown, "/ask").xpath("//li[contains(@class, 'card')]/h3")
    told = sorted((card.xpath("a/text()")[0], card.xpath("span/text()")[0]) for card in cards)
    assert told == sorted((one.title, one.title_en) for one in questions())


@EVERY
def test_a_part_of_an_answer_is_the_answer(connection: sqlite3.Connection, name: str) -> None:
    """Parts in their order make the whole, and a column narrows to the rows that hold the value."""
    whole, asked = ask(connection, name), question(name)
    first = part(connection, asked, nothing(name), {}, 7)
    assert [*first, *part(connection, asked, nothing(name), {}, 100_000, 7)] == whole
    for column in whole[0] if whole else ():
        value = whole[-1][column]
        if isinstance(value, str):
            wanted = [row for row in whole if row[column] == value]
            assert part(connection, asked, nothing(name), {column: value}, 100_000) == wanted, column


@EVERY
def test_the_page_gives_the_answer(shown: Any, connection: sqlite3.Connection, name: str) -> None:
    """As many rows as the question gives, every link of the first and last answers, and no bare number of a row."""
    rows = ask(connection, name)
    tree = page(shown, links.question(name))
    lines = tree.xpath("//div[contains(@class, 'answer')]//tbody/tr")
    assert len(lines) == min(len(rows), 100)
    heads = [head.text_content() for head in tree.xpath("//div[contains(@class, 'answer')]//th[@scope='col']")]
    assert not any(head.endswith("passage id") for head in heads)
    for line in lines[:1] + lines[-1:]:
        for href in line.xpath(".//a/@href"):
            assert get(shown, href.partition("#")[0]).status_code == 200, href


@EVERY
def test_the_files_are_the_answer(shown: Any, connection: sqlite3.Connection, name: str) -> None:
    """CSV, JSON and workbook hold all rows and columns of the question."""
    rows = ask(connection, name)
    assert json.loads(get(shown, links.question(name, "json")).text) == rows
    body = get(shown, links.question(name, "csv")).content
    assert body.startswith(MARK)
    assert not body[3:].startswith(MARK)
    read = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(read) == len(rows)
    assert not rows or list(read[0]) == list(rows[0])
    sheet = load_workbook(io.BytesIO(get(shown, links.question(name, "xlsx")).content)).worksheets[0]
    assert sheet.max_row == len(rows) + 1


def test_facets_leave_what_they_promise(shown: Any, connection: sqlite3.Connection) -> None:
    """Each value's count is the number of rows that its link leaves, together with what is narrowed already."""
    whole = ask(connection, "department-duties")
    tree = page(shown, links.question("department-duties"))
    counts = Counter(str(row["role"]) for row in whole)
    for dd in tree.xpath("//details[contains(@class, 'facets')]//dd[a[contains(@href, '_role=')]]"):
        for link, note in zip(dd.xpath("a/@href"), dd.xpath("span/text()"), strict=True):
            role = link.rpartition("_role=")[2]
            assert int(note) == counts.pop(role)
            left = json.loads(get(shown, links.question("department-duties", "json", _role=role)).text)
            assert len(left) == int(note)
    assert not counts


def test_what_the_question_does_not_know_is_told(shown: Any) -> None:
    """An unknown question or column is one line; a field that is no parameter is left aside."""
    for address in ("/ask/nothing", "/ask/nothing.csv", "/ask/documents?_nowhere=1", "/ask/documents?_a%22b=1"):
        answer = get(shown, address)
        assert answer.status_code == 404, address
        assert "no such" in answer.text
    assert get(shown, "/ask/documents?town=x").status_code == 200
    assert "Nothing fits" in get(shown, links.question("documents", city="没有这个词呀")).text


def test_a_long_answer_goes_on(
    base: Path, shown: Any, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where more rows are than are counted, pages follow each other to the end and miss none."""
    monkeypatch.setattr(kb.site.answers, "LOOKED_AT", 150)
    monkeypatch.setattr(kb.site.answers, "ON_A_PAGE", 60)
    put = answers.Put(question("facts-with-source"), nothing("facts-with-source"), {})
    whole, met, number = ask(connection, "facts-with-source"), [], 1
    while True:
        found = answers.answer(connection, put, number)
        met += found.rows
        assert (found.counted, found.is_whole) == (150, False)
        if found.pages == number:
            break
        number += 1
    assert met == whole


def test_an_answer_that_takes_too_long_is_told(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form stays, so that less can be asked for."""
    monkeypatch.setattr(kb.site.answers, "MOST_SECONDS", -1.0)
    monkeypatch.setattr(kb.site.answers, "STEPS", 10)
    tree = page(shown, links.question("facts-with-source", document="too-long"))
    assert "too much" in tree.text_content()
    assert tree.xpath("//form//input[@name='document']")


def test_forms_ask_as_the_header_says(shown: Any) -> None:
    """Words that the header lists are choices; names are suggested while one types; what was asked stays there."""
    tree = page(shown, links.question("department-clauses", department="质监", role="lead"))
    assert tree.xpath("//select[@name='role']/option/@value") == ["", "lead", "support", "member", "supervise"]
    assert tree.xpath("//select[@name='role']/option[@selected]/@value") == ["lead"]
    box = tree.xpath("//form//input[@name='department']")[0]
    assert (box.get("value"), box.get("data-suggest")) == ("质监", "/suggest?kind=departments")
    assert {label.get("for") for label in tree.xpath("//form//label")} >= {"p-role", "p-city", "p-department"}
    for one in questions():
        for param in one.params:
            assert param.choices == () or len(param.choices) > 1


def test_what_is_taken_along_is_told(shown: Any) -> None:
    """Snippets and citation hold the whole address of what was asked, with the date of the newest ingestion."""
    address = links.question("department-clauses", city="常州")
    tree = page(shown, address)
    assert f"http://localhost{address}" in tree.xpath("//*[@id='citation']")[0].text_content()
    told = tree.xpath("//*[@id='in-pandas']")[0].text_content()
    assert f"http://localhost{links.question('department-clauses', 'json', city='常州')}" in told
    assert tree.xpath("//*[@id='sql']")[0].text_content() == question("department-clauses").sql


# ---------------------------------------------------------------- pictures


def test_every_chart_can_be_drawn(connection: sqlite3.Connection) -> None:
    """Columns of a chart are columns of the answer; at least eight questions have one."""
    charts = [one for one in questions() if one.chart is not None]
    assert len(charts) >= 8
    for one in charts:
        assert one.chart is not None
        rows = ask(connection, one.name)
        given = {param.name: "x" for param in one.params}
        drawn = picture(one.chart, rows, given, True)
        assert drawn is not None, one.name
        assert drawn.points
        assert one.chart.when in ("", *given)


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("bar x=a,b y=c", [{"a": 2, "b": 0, "c": "甲"}], [("甲", "a", 2), ("甲", "b", 0)]),
        (
            "bar x=a y=c color=d",
            [{"a": 0, "c": "甲", "d": "lead"}, {"a": 1, "c": "乙", "d": "lead"}],
            [("乙", "lead", 1)],
        ),
        ("bar x=count() y=c", [{"c": "甲"}, {"c": "乙"}, {"c": "乙"}], [("乙", "", 2), ("甲", "", 1)]),
        (
            "bar x=a:year y=count() color=c",
            [{"a": "2016-05", "c": "甲"}, {"a": "2016", "c": "甲"}],
            [("2016", "甲", 2)],
        ),
        ("point x=a y=b+c", [{"a": 1.5, "b": None, "c": "甲"}, {"a": None, "b": "乙", "c": "甲"}], [("– 甲", "", 1.5)]),
    ],
)
def test_what_a_chart_shows(text: str, rows: list[dict[str, Any]], expected: list[tuple[str, str, Any]]) -> None:
    """Columns side by side, counts, years; what is not there is not drawn."""
    drawn = picture(read_chart(text), rows, {}, True)
    assert drawn is not None
    assert [(point.label, point.part, point.value) for point in drawn.points] == expected


def test_no_picture_where_it_would_mislead() -> None:
    """Counts of a part, an answer that mixes what cannot be compared, columns that are not there, nothing."""
    counts, mixed = read_chart("bar x=count() y=c"), Chart("point", ("a",), ("c",), when="indicator")
    rows: list[dict[str, Any]] = [{"a": 1, "c": "甲"}]
    assert picture(counts, rows, {}, False) is None
    assert picture(mixed, rows, {"indicator": ""}, True) is None
    assert picture(mixed, rows, {"indicator": "率"}, True) is not None
    assert picture(counts, [], {}, True) is None


def test_the_page_holds_the_picture_and_its_figures(shown: Any) -> None:
    """The specification is data in the page, and a table says the same."""
    tree = page(shown, links.question("department-ranking"))
    (spec,) = tree.xpath("//figure[@class='chart']/script[@type='application/json']/text()")
    values = json.loads(spec)["data"]["values"]
    rows = tree.xpath("//details[@class='figures-of']//tbody/tr")
    assert len(values) == len(rows) > 0


# ---------------------------------------------------------------- words, formulas, personal numbers


def test_every_column_has_its_word(connection: sqlite3.Connection) -> None:
    """Tables, views and answers have no column without a Chinese name."""
    names = {name for one in questions() for row in ask(connection, one.name)[:1] for name in row}
    for table in tables():
        names |= {row[1] for row in connection.execute(f"pragma table_info({table})")}
    assert names <= set(COLUMNS)


def test_files_hold_no_formula_and_no_personal_number(tmp_path: Path) -> None:
    """A text that a spreadsheet would compute stays text; telephone numbers are starred out in every form."""
    path = bundled_base(tmp_path / "own.db")
    with closing(open_base(path, write=True)) as writable, transaction(writable):
        writable.execute(
            "update plan_items set text = '=1+1 电话13961930000' where id = (select min(id) from plan_items)"
        )
        writable.execute("update plan_items set text = '＝1+1' where id = (select max(id) from plan_items)")
    own = site(path)
    body = get(own, links.question("plan-items", "csv")).content.decode("utf-8-sig")
    texts = [row["text"] for row in csv.DictReader(io.StringIO(body))]
    assert "'=1+1 电话***********" in texts
    assert "'＝1+1" in texts
    book = load_workbook(io.BytesIO(get(own, links.question("plan-items", "xlsx")).content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert "=1+1 电话***********" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
    assert "13961930000" not in get(own, links.question("plan-items", "json")).text
    assert "13961930000" not in get(own, links.question("plan-items")).text


def test_the_graph_as_a_file(shown: Any, connection: sqlite3.Connection) -> None:
    """GraphML with every clause."""
    answer = get(shown, "/graph.graphml")
    assert answer.status_code == 200
    clauses = connection.execute("select count(*) from clauses").fetchone()[0]
    assert answer.text.count('<node id="clause:') == clauses


def given_parameters() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each question with each of its choices."""
    for one in questions():
        for param in one.params:
            yield from ((one.name, {param.name: choice}) for choice in param.choices)


def test_every_choice_is_a_value(connection: sqlite3.Connection) -> None:
    """What a form offers is what the column of that name holds."""
    met = 0
    for name, given in given_parameters():
        ((column, choice),) = given.items()
        rows = [row for row in ask(connection, name, given) if column in row]
        assert {row[column] for row in rows} <= {choice}, (name, given)
        met += len(rows)
    assert met > 100
