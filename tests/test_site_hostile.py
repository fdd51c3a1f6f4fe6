"""A document whose text is hostile is shown on every page of the site without harm.

Scripts, handlers, `javascript:` addresses, SQL in names, cells of 100,000 characters, signs that turn the direction of
writing: first as a file that is ingested, then behind every text that a base keeps of documents.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, deque
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from browsing import bundled_base
from lxml import html
from site_base import get, site

from kb.base import open_base
from kb.ingest import Given, ingest
from kb.link.linking import link_due
from kb.link.model import shipped_model
from kb.site import links
from kb.site.routes import pages

HOSTILE = (
    '<script>alert(1)</script>"\'><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
    "</textarea></title><svg onload=alert(1)>{{ 7 * 7 }}'; drop table documents; --\u202e\u2066\x1b[31m\x07"
)
ENTITIES = (
    HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\x1b", "").replace("\x07", "")
)
LONG = "长" * 100_000
FILE = f"""<html><body><h1>甲市质量工作考核细则{ENTITIES}</h1>
<p>根据《质量发展纲要{ENTITIES}》制定。</p>
<table><tr><th>序号</th><th>考核内容</th><th>分值</th><th>评分标准</th><th>工作任务</th><th>完成时间</th>
<th>牵头单位</th><th>配合单位</th></tr>
<tr><td>1</td><td>监督抽查合格率稳定{ENTITIES}</td><td>20</td><td>监督抽查合格率{ENTITIES}达到95%以上的得20分；达到90%以上的得10分。</td>
<td>1.1开展监督抽查{ENTITIES}，监督抽查合格率达到95%以上。</td><td>2016</td>
<td>市质监局'; drop table departments; --</td><td>市{ENTITIES}局</td></tr>
<tr><td>2</td><td>建立联席会议制度{LONG}</td><td>10</td><td>建立联席会议制度的得10分。</td>
<td>2.1召开联席会议{LONG}。</td><td>2016</td><td>市政府办公室</td><td>市质监局</td></tr>
</table></body></html>"""
# what a base keeps of the words of documents and of what people and rules say of them
KEPT = {
    "documents": "title issuer addressees campaign doc_number source",
    "revisions": "source",
    "passages": "text raw",
    "clauses": "code title text verification nature",
    "score_rules": "condition step_unit",
    "indicators": "name unit",
    "indicator_aliases": "printed reason",
    "thresholds": "indicator unit baseline period text",
    "plan_items": "code section text nature",
    "departments": "name full_name today_name",
    "department_aliases": "name reason",
    "assignments": "raw name",
    "citations": "cited_title cited_number",
    "stated_relations": "cited_title",
    "form_fields": "label value",
    "findings": "message",
    "leftovers": "text",
    "ingests": "source error note",
}
LENGTHENED = {
    "passages": "text",
    "clauses": "title",
    "plan_items": "text",
    "score_rules": "condition",
    "findings": "message",
}
MOST_OF_A_ROUTE = 5  # addresses of one kind of page that are looked at
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled documents and the hostile one, linked; then hostile words behind all that is kept."""
    folder = tmp_path_factory.mktemp("hostile")
    path, file = bundled_base(folder / "hostile.db"), folder / "hostile.html"
    file.write_text(FILE, encoding="utf-8")
    with closing(open_base(path, write=True)) as connection:
        (outcome,) = ingest(connection, path, [Given(file, 'javascript:alert(1)//"><script>alert(1)</script>')])
        assert outcome.status == "added", outcome
        list(link_due(connection, shipped_model()))
        read = " ".join(
            row[0]
            for row in connection.execute("select text from passages where document_id = ?", [outcome.document_id])
        )
        assert "<script>" in read
        assert "drop table" in read
        assert connection.execute(
            "select count(*) from clauses where document_id = ?", [outcome.document_id]
        ).fetchone()[0]
        _spoil(connection)
    return path


def _spoil(connection: sqlite3.Connection) -> None:
    """Put hostile words behind every text, and 100,000 characters behind the last ones."""
    for table, columns in KEPT.items():
        for column in columns.split():
            connection.execute(f"update {table} set {column} = {column} || ? where {column} is not null", [HOSTILE])
    for table, column in LENGTHENED.items():
        connection.execute(
            f"update {table} set {column} = {column} || ? where id = (select max(id) from {table})", [LONG]
        )
    said = dict.fromkeys(("item", "clause", "why", "same_indicator", "thresholds", "decided_by", "note"), HOSTILE)
    for table in ("links", "link_candidates"):
        connection.execute(f"update {table} set evidence = ?", [json.dumps(said | {"shared": [HOSTILE, "质量"]})])
    keys = [row[0] for row in connection.execute("select id from documents")]
    for key in keys:
        told = {"id": key, "words": HOSTILE}
        connection.execute(
            "insert into changes values (:id, 1, 'clauses', :words, 'changed', 'title', :words, :words || 'x')", told
        )
        columns = ("read_value", "corrected_value", "made_by", "made_at", "reason", "key")
        connection.execute(
            f"insert into corrections (document_id, record, field, {', '.join(columns)})"
            f" values (:id, 'clauses', 'title'{', :words' * len(columns)})",
            told,
        )
    connection.commit()


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    return site(base)


def is_own(address: str) -> str:
    """The route of the page of the site that an address leads to, or ''."""
    return next((page.route for page in pages() if re.fullmatch(page.route, urlsplit(address).path)), "")


def harm(text: str) -> list[str]:
    """What of a page could run, load from elsewhere, or show another text than is there."""
    tree = html.fromstring(text)
    found = [f"sign {sign!r}" for sign in UNSEEN.findall(text)]
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script":
            is_data = element.get("type") == "application/json"
            if not is_data and not (element.get("src", "").startswith("/static/") and not (element.text or "").strip()):
                found.append(f"script {html.tostring(element)[:80]!r}")
        if element.tag in ("iframe", "object", "embed", "base", "style", "template") or element.get("http-equiv"):
            found.append(f"element {element.tag}")
        for name, value in element.attrib.items():
            plain = re.sub(r"[\s\x00-\x20]", "", value).lower()
            if name.startswith("on") or name in ("style", "srcdoc"):
                found.append(f"{element.tag} {name}={value[:60]!r}")
            if name in ("href", "src", "action", "formaction", "poster", "data", "xlink:href"):
                is_link = element.tag == "a" and plain.startswith(("https://", "http://"))
                if not (plain.startswith(("/", "#", "?")) and not plain.startswith("//")) and not is_link:
                    found.append(f"{element.tag} {name}={value[:60]!r}")
    return found


def crawled(shown: Any) -> dict[str, Any]:
    """Answers of the pages of the site that links lead to from the home page, some of every kind."""
    waiting, met, answers = deque(["/", "/findings", "/documents", "/search?q=质量"]), Counter[str](), dict[str, Any]()
    while waiting:
        address = waiting.popleft()
        route = is_own(address)
        if not route or address in answers or met[route] >= MOST_OF_A_ROUTE:
            continue
        met[route] += 1
        answers[address] = answer = get(shown, address)
        if answer.headers.get("content-type", "").startswith("text/html"):
            hrefs = html.fromstring(answer.text).xpath("//a/@href")
            waiting.extend(href.partition("#")[0] for href in dict.fromkeys(hrefs) if href.startswith("/"))
    return answers


@pytest.mark.parametrize(
    "page", [HOSTILE, f'<p title="{HOSTILE}">', "<a href=' java\tscript:alert(1)'>", "<p style='a'>"]
)
def test_harm_is_seen(page: str) -> None:
    """A page that shows the words as they are would not pass."""
    assert harm(f"<html><body>{page}</body></html>")


def test_no_page_does_harm(shown: Any) -> None:
    """Every kind of page that links lead to shows the hostile words as words, and none is endless."""
    answers = crawled(shown)
    assert len(answers) > 30
    pages_of_text = {
        at: one for at, one in answers.items() if one.headers.get("content-type", "").startswith("text/html")
    }
    assert {at: one.status_code for at, one in answers.items() if one.status_code >= 400} == {}
    assert {at: found[:3] for at, one in pages_of_text.items() if (found := harm(one.text))} == {}
    assert {at: len(one.text) for at, one in pages_of_text.items() if len(one.text) > 1_500_000} == {}
    assert sum("alert(1)" in one.text for one in pages_of_text.values()) > 20
    for one in pages_of_text.values():
        assert "script-src 'self';" in one.headers["content-security-policy"]


def test_the_pages_of_the_document_show_it(base: Path, shown: Any) -> None:
    """Text, tasks, revisions and findings of every document: passages asked for one by one, and the long one whole."""
    with closing(sqlite3.connect(base)) as connection:
        keys = [row[0] for row in connection.execute("select id from documents")]
        plans = {row[0] for row in connection.execute("select distinct document_id from plan_items")}
        (key, ordinal) = connection.execute(
            "select document_id, ordinal from passages order by id desc limit 1"
        ).fetchone()
    addresses = [
        links.document(key, ordinal).partition("#")[0],
        links.document(key, ordinal, whole=1).partition("#")[0],
    ]
    for key in keys:
        addresses += [
            links.document(key),
            f"/document/{key}?at=1",
            links.differences(key),
            links.findings(document=key),
        ]
        addresses += [links.items(key)] if key in plans else []
    for address in addresses:
        answer = get(shown, address)
        assert (answer.status_code, harm(answer.text)) == (200, []), address
        assert "alert(1)" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/documents?text={}", "/documents?region={}&kind={}", "/findings?kind={}&document={}", "/search?q={}",
        "/document/{}", "/document/{}/items", "/document/{}/diff", "/rubric/{}", "/city/{}", "/department/-/{}",
        "/function/{}", "/indicator/{}", "/document/{}/page/1.png",
    ],
)  # fmt: skip
def test_hostile_questions_are_answered_without_harm(shown: Any, address: str) -> None:
    """What is asked for is shown as words too."""
    answer = get(shown, address.replace("{}", quote(HOSTILE, safe="")))
    assert answer.status_code < 500
    assert harm(answer.text) == []
