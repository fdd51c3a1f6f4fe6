"""The site as a reader meets it: Debian's Chromium on the bundled documents, desk and phone, mouse and keyboard."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from browsing import DESK, PHONE, Visit, bundled_base, chromium, served
from site_base import rows

from kb.questions import ask, questions
from kb.site import links

SEARCHES = ["标准", "计量", "化标", "首席质量官", "牵头 首席质量官"]
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("site") / "demo.db")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(base: Path) -> Iterator[str]:
    with served(base) as found:
        yield found


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """A window at a desk; nothing may have gone wrong in it."""
    opened = Visit(browser, address, DESK)
    yield opened
    opened.context.close()
    assert opened.wrong == []


def kinds_of_pages(base: Path) -> dict[str, str]:
    """One address of every kind of page; documents of every format."""
    documents = rows(base, "select id, kind, format, region_code from documents order by id")
    rubric = next(one["id"] for one in documents if one["kind"] == "rubric")
    plan = next(one for one in documents if one["kind"] == "plan")
    (clause,) = rows(base, "select code from clauses where document_id = ? and kind = 'scored' limit 1", rubric)
    (leader,) = rows(
        base,
        "select d.region_code, d.name from assignments a join departments d on d.id = a.department_id"
        " group by d.id order by count(*) desc, d.id limit 1",
    )
    (measured,) = rows(
        base,
        "select n.name from indicators n join thresholds t on t.indicator_id = n.id"
        " group by n.id order by count(distinct t.document_id) desc, n.id limit 1",
    )
    (function,) = rows(base, "select name from functions order by id limit 1")
    return {
        "home": "/", "documents": "/documents", "cities": "/cities", "departments": "/departments",
        "functions": "/functions", "indicators": "/indicators", "questions": "/ask", "findings": "/findings",
        "search": links.search("标准"), "nothing found": links.search("没有这个词呀"), "empty search": "/search",
        "rubric": links.rubric(rubric), "clause": links.rubric(rubric, clause["code"]), "matrix": links.matrix(rubric),
        "city": links.city(plan["region_code"]), "department": links.department(**leader),
        "function": links.function(function["name"]), "indicator": links.indicator(measured["name"]),
        "items": links.items(plan["id"]), "differences": links.differences(plan["id"]),
        **{f"document {one['format']}": links.document(one["id"], 8) for one in documents},
    }  # fmt: skip


def test_every_page_is_whole_on_desk_and_phone(base: Path, browser: Any, address: str) -> None:
    """No console error, no request off the host, no failed answer, and no sideways scroll at 390 pixels."""
    wide = []
    for size in (DESK, PHONE):
        visit = Visit(browser, address, size)
        for kind, path in kinds_of_pages(base).items():
            visit.go(path)
            if visit.is_wider_than_the_screen():
                wide.append((kind, size["width"]))
        visit.context.close()
        assert visit.wrong == []
    assert wide == []


def test_every_question_is_a_page(browser: Any, address: str) -> None:
    """Each ready question answers as a page, without an error, and fits a phone."""
    visit, wide = Visit(browser, address, PHONE), []
    for question in questions():
        page = visit.go(links.question(question.name))
        assert question.title in page.inner_text("h1")
        if visit.is_wider_than_the_screen():
            wide.append(question.name)
    visit.context.close()
    assert (visit.wrong, wide) == ([], [])


def test_no_page_has_a_serious_fault_of_accessibility(base: Path, browser: Any, address: str) -> None:
    """Axe finds nothing serious or critical on any kind of page, the forms of questions among them."""
    from axe_playwright_python.sync_playwright import Axe

    pages = kinds_of_pages(base) | {"question": links.question("department-ranking")}
    found = []
    visit = Visit(browser, address, DESK)
    visit.context.close()
    visit.context = browser.new_context(viewport=DESK, bypass_csp=True)  # Axe is put into the page
    visit.page = visit.context.new_page()
    for kind, path in pages.items():
        result = Axe().run(visit.go(path)).response["violations"]
        found += [(kind, one["id"], one["nodes"][0]["html"][:160]) for one in result if one["impact"] in SERIOUS]
    visit.context.close()
    assert found == []


@pytest.mark.parametrize("words", SEARCHES)
def test_searches_find_exactly_what_holds_the_words(base: Path, visit: Visit, words: str) -> None:
    """The counts of the page are those of plain substring search, and the words are marked in every hit."""
    page = visit.go(links.search(words, kind="passages"))
    each = words.split()
    held = " and ".join(["instr(lower(text), ?) > 0"] * len(each))
    (wanted,) = rows(base, f"select count(*) as n from passages where {held}", *each)
    shown = page.inner_text(".kinds [aria-current=true] b")
    assert int(shown) == wanted["n"]
    marks = set(page.locator(".hit mark").all_inner_texts())
    assert marks or wanted["n"] == 0
    assert all(any(part in word or word in part for part in each) for word in marks)


def test_a_clause_leads_to_its_cell(base: Path, visit: Visit) -> None:
    """From a clause of a PDF one click shows the passage that prints it, marked, beside the picture of its page."""
    (clause,) = rows(
        base,
        "select c.document_id, c.code, p.ordinal, p.text from clauses c join passages p on p.id = c.passage_id"
        " join documents d on d.id = c.document_id where d.format = 'pdf' and p.boxes is not null and c.kind = 'scored'"
        " and c.title <> '' order by c.id limit 1",
    )
    page = visit.go(links.rubric(clause["document_id"], clause["code"]))
    page.locator(".facts-line a.source").click()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith(f"#p{clause['ordinal']}")
    shown = iter("".join(page.inner_text(f"#p{clause['ordinal']}").split()))  # with the signs of what was read in it
    assert all(sign in shown for sign in "".join(clause["text"].split()))
    picture = page.locator("img[src*='/page/']").first
    assert picture.evaluate("image => image.naturalWidth") > 400


def test_the_matrix_names_every_clause_and_city(base: Path, visit: Visit) -> None:
    """A row a judged clause, a column a city, and in the cells words, not colours alone."""
    (rubric,) = rows(base, "select id from documents where kind = 'rubric'")
    (judged,) = rows(base, "select count(*) as n from judged_clauses where rubric_id = ?", rubric["id"])
    (plans,) = rows(base, "select count(distinct plan_id) as n from clause_coverage where rubric_id = ?", rubric["id"])
    page = visit.go(links.matrix(rubric["id"]))
    statuses = page.locator("td").all_inner_texts()
    assert sum(bool(re.search("覆盖|存疑", text)) for text in statuses) == judged["n"] * plans["n"]


def test_an_answer_is_taken_away_as_csv(base: Path, visit: Visit) -> None:
    """The CSV of a question begins with the mark by which Excel knows Chinese, and reads back as the answer."""
    page = visit.go(links.question("department-ranking", city="常州"))
    with page.expect_download() as download:
        page.locator("a[href*='.csv']").first.click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    with closing(sqlite3.connect(base)) as connection:
        connection.row_factory = sqlite3.Row
        wanted = ask(connection, "department-ranking", {"city": "常州"})
    assert [(row["department"], float(row["leads"])) for row in read] == [
        (row["department"], float(str(row["leads"]))) for row in wanted
    ]


def test_a_reader_needs_no_mouse(visit: Visit) -> None:
    """By keys alone from the home page through the search to a clause and to the place it was read from."""
    page = visit.go("/")
    page.keyboard.press("/")
    page.keyboard.type("标准化")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for destination in ("/rubric/", "/document/"):
        for _ in range(300):
            page.keyboard.press("Tab")
            if destination in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert destination in page.url


def test_the_review_by_keys(base: Path, browser: Any, tmp_path: Path) -> None:
    """Accepting a clause makes a reviewed link, undoing takes it back; who has not the token may neither see nor do."""
    import shutil

    own = tmp_path / "demo.db"
    shutil.copy(base, own)
    decided = "select verdict from link_decisions"
    with served(own, "--review") as opening:
        visit = Visit(browser, opening, DESK)
        stranger = visit.page.request.post(f"{visit.root}/review", form={"action": "undo"})
        assert stranger.status == 403
        visit.page.goto(opening)
        with visit.page.expect_navigation():
            visit.page.keyboard.press("1")
        assert [row["verdict"] for row in rows(own, decided)] == ["accept"]
        assert rows(own, "select count(*) as n from links where status = 'accepted'")[0]["n"] == 1
        with visit.page.expect_navigation():
            visit.page.keyboard.press("u")
        assert rows(own, decided) == []
        visit.context.close()
        assert visit.wrong == []
