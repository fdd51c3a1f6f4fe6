"""The pages about documents: the list, the text with its facts, page pictures, tasks, revisions, findings."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from browsing import bundled_base
from hypothesis import given
from hypothesis import strategies as st
from made_pdfs import printed
from PIL import Image
from site_base import get, page, rows, site

from extract.text import squeezed
from kb.base import open_base
from kb.ingest import Given, ingest
from kb.revise.history import changes
from kb.site import links
from kb.site.grids import grid
from kb.site.marks import marked
from kb.site.pages.documents import CHOSEN_BY
from kb.site.placed import LONGEST, SIGNS


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_base(tmp_path_factory.mktemp("documents") / "demo.db")


@pytest.fixture(scope="module")
def shown(base: Path) -> Any:
    return site(base)


@pytest.fixture(scope="module")
def longest(base: Path) -> str:
    """The document with the most passages: its text takes several pages."""
    return str(rows(base, "select document_id from passages group by 1 order by count(*) desc")[0]["document_id"])


def pages(shown: Any, address: str) -> Iterator[Any]:
    """A page and those that follow it."""
    while address:
        tree = page(shown, address)
        yield tree
        address = next(iter(tree.xpath("//nav[@class='pager']/a[@rel='next']/@href")), "")


def said(passage: Any) -> str:
    """What a passage says on its page, without the signs of its facts."""
    (text,) = passage.xpath("./span[@class='as-read']")
    for sign in text.xpath(".//span[@class='sign'] | ./a[@class='whole']"):
        sign.drop_tree()
    return squeezed(text.text_content())


def find_passages(tree: Any) -> list[Any]:
    return tree.xpath("//*[contains(concat(' ', @class, ' '), ' passage ')][@id]")  # type: ignore[no-any-return]


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize("name", CHOSEN_BY)
def test_a_filter_leaves_the_documents_it_names(base: Path, shown: Any, name: str) -> None:
    """Every choice of a filter leaves as many documents as it says, and all choices together leave all."""
    tree = page(shown, links.documents())
    options = tree.xpath(f"//select[@name='{name}']/option[@value != '']")
    numbers = {option.get("value"): int(re.findall(r"\((\d+)\)$", option.text.strip())[0]) for option in options}
    for value, number in numbers.items():
        left = page(shown, links.documents(**{name: value}))
        assert len(left.xpath("//table/tbody/tr")) == number
    joined = "documents d left join regions r on r.code = d.region_code"
    known = rows(base, f"select count(*) as n from {joined} where {CHOSEN_BY[name]} <> ''")
    assert sum(numbers.values()) == known[0]["n"]


def test_the_list_counts_what_is_read_out(base: Path, shown: Any) -> None:
    """The row of a document has the numbers of its clauses, tasks, thresholds and findings; a digest says so."""
    tree = page(shown, links.documents())
    for row in tree.xpath("//table/tbody/tr"):
        key = row.xpath("./td[1]/a/@href")[0].split("/")[2]
        (counted,) = rows(
            base, "select clauses, plan_items, thresholds, findings, origin from document_facts where id = ?", key
        )
        numbers = [int(cell.text_content().strip() or 0) for cell in row.xpath("./td[@class='number']")]
        assert numbers == [counted[name] for name in ("clauses", "plan_items", "thresholds", "findings")]
        assert bool(row.xpath(".//*[contains(@class, 'digest')]")) == (counted["origin"] == "digest")


def test_words_are_looked_for_in_title_number_and_issuer(base: Path, shown: Any) -> None:
    """A word of one title leaves that document; a word of none leaves none, and that is a page too."""
    (one,) = rows(base, "select id, title from documents order by id limit 1")
    tree = page(shown, links.documents(text=one["title"]))
    assert [link.split("/")[-1] for link in tree.xpath("//table/tbody/tr/td[1]/a/@href")] == [one["id"]]
    assert not page(shown, links.documents(text="没有这样的标题")).xpath("//table")


# ---------------------------------------------------------------- the text


def test_every_passage_is_shown_once_in_reading_order(base: Path, shown: Any, longest: str) -> None:
    """Page after page, the text is that of the passages, sign for sign, and no id stands twice on a page."""
    found: list[tuple[int, str]] = []
    for tree in pages(shown, links.document(longest)):
        ids = tree.xpath("//@id")
        assert [key for key, times in Counter(ids).items() if times > 1] == []
        found += [(int(passage.get("id")[1:]), said(passage)) for passage in find_passages(tree)]
    passages = rows(base, "select ordinal, text from passages where document_id = ? order by ordinal", longest)
    assert found == [(row["ordinal"], squeezed(row["text"])) for row in passages]


def test_a_table_on_a_later_page_has_its_header_and_whole_rows(base: Path, shown: Any, longest: str) -> None:
    """A page begins with a row of a table, never within one, below the header that stands on an earlier page."""
    second = page(shown, links.document(longest, page=2))
    first = int(find_passages(second)[0].get("id")[1:])
    around = "select table_no, row_no from passages where document_id = ? and ordinal in (?, ?) order by ordinal"
    before, after = rows(base, around, longest, first - 1, first)
    assert after["table_no"] is None or before != after
    if after["row_no"]:
        header = rows(
            base,
            "select text from passages where document_id = ? and table_no = ? and row_no = 0",
            longest,
            after["table_no"],
        )
        cells = second.xpath("(//div[contains(@class, 'text-table')])[1]//tr[@class='header']/th")
        assert [said(cell) for cell in cells] == [squeezed(row["text"]) for row in header]


def test_a_passage_that_is_asked_for_is_marked_on_its_page(base: Path, shown: Any, longest: str) -> None:
    """`at` leads to the page that holds the passage, from the first to the last, also around the ends of pages."""
    ordinals = [1]
    for tree in pages(shown, links.document(longest)):
        held = [int(passage.get("id")[1:]) for passage in find_passages(tree)]
        ordinals += [held[0], held[-1]]
    for ordinal in ordinals:
        tree = page(shown, links.document(longest, ordinal).partition("#")[0])
        (marked_one,) = tree.xpath("//*[contains(concat(' ', @class, ' '), ' at ')]")
        assert marked_one.get("id") == f"p{ordinal}"
        assert tree.xpath("//aside[@id='place']")
    assert get(shown, f"/document/{longest}?at={ordinals[-1] + 1}").status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in SIGNS if kind not in ("form_fields", "document_fields")])
def test_facts_are_marked_and_lead_to_their_pages(base: Path, shown: Any, kind: str) -> None:
    """The facts of every kind stand in the text of their document, and the first link of a kind leads to a page."""
    query = (
        "select count(*) as n, p.document_id from passages p join {} f on f.passage_id = p.id group by p.document_id"
    )
    best = max(rows(base, query.format(kind)), key=lambda row: row["n"])
    hrefs: list[str] = []
    for tree in pages(shown, links.document(best["document_id"])):
        hrefs += tree.xpath(f"//div[@class='text']//a[contains(@class, 'f-{kind}')]/@href")
        hrefs += tree.xpath(f"//div[@class='text']//span[contains(@class, 'f-{kind}')]/a[@class='open']/@href")
    assert hrefs
    for href in {hrefs[0], hrefs[-1]}:
        answer = get(shown, href.partition("#")[0])
        assert answer.status_code == 200, href


def test_findings_stand_at_their_passage(base: Path, shown: Any) -> None:
    """A finding about a passage is shown with the passage."""
    joined = "findings f join passages p on p.id = f.passage_id"
    for row in rows(base, f"select f.document_id, p.ordinal, f.message from {joined} order by f.id limit 5"):
        tree = page(shown, links.document(row["document_id"], row["ordinal"]).partition("#")[0])
        (passage,) = tree.xpath(f"//*[@id='p{row['ordinal']}']")
        assert squeezed(row["message"])[:60] in squeezed(passage.text_content())


def test_a_digest_says_that_it_is_none_of_the_originals(shown: Any, longest: str) -> None:
    """Every bundled document is a digest, and its page begins with that."""
    assert page(shown, links.document(longest)).xpath("//p[@class='banner']")


@pytest.mark.parametrize(
    "address", ["/document/none", "/document/none/items", "/document/none/diff", "/document/none/page/1.png"]
)
def test_no_document_no_page(shown: Any, address: str) -> None:
    """An unknown document is told in one line."""
    assert get(shown, address).status_code == 404


def test_an_endless_passage_is_cut_and_shown_whole_when_asked(tmp_path: Path) -> None:
    """A passage of 100,000 characters is cut with a link, and behind the link it is whole."""
    long = "质量" * 50_000
    shown, key = ingested(tmp_path, "long.txt", f"关于质量工作的通知\n\n{long}\n")
    tree = page(shown, links.document(key))
    cut = max(find_passages(tree), key=lambda passage: len(passage.text_content()))
    assert LONGEST <= len(said(cut)) < LONGEST + 10
    (whole,) = page(shown, links.document(key)).xpath("//a[@class='whole']/@href")
    assert any(said(passage) == long for passage in find_passages(page(shown, whole.partition("#")[0])))


def ingested(folder: Path, name: str, text: str | bytes) -> tuple[Any, str]:
    """A site over a base with one document, and the document's id."""
    base, file = folder / "one.db", folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with closing(open_base(base, create=True)) as connection:
        (outcome,) = ingest(connection, base, [Given(file, name)])
        assert outcome.status == "added", outcome
    return site(base), str(outcome.document_id)


# ---------------------------------------------------------------- marks and grids


TEXTS = st.text(alphabet="甲乙丙 丁\n，", max_size=30)


@given(TEXTS, st.lists(st.tuples(st.sampled_from(sorted(SIGNS)), st.integers(0, 30), st.integers(1, 8)), max_size=8))
def test_marks_nest_and_leave_the_text_as_it_was(text: str, cuts: list[tuple[str, int, int]]) -> None:
    """Whatever the facts, the runs of text are the text, every mark ends within the one it began in, none is lost."""
    facts = [{"kind": kind, "words": text[start : start + length]} for kind, start, length in cuts]
    pieces, beside = marked(text, facts)
    assert "".join(piece.text for piece in pieces) == text
    opened: list[Any] = []
    for piece in pieces:
        if piece.mark is None:
            continue
        if piece.is_end:
            assert opened.pop() is piece.mark
        else:
            opened.append(piece.mark)
    assert not opened
    firsts = [piece.mark.fact for piece in pieces if piece.mark and not piece.is_end and piece.mark.is_first]
    assert len(firsts) + len(beside) == len(facts)
    assert all(not fact["words"].strip() for fact in beside)


def cells(
    *places: tuple[int, int], boxes: dict[tuple[int, int], tuple[float, ...]] | None = None
) -> list[dict[str, Any]]:
    return [
        {"row_no": row, "column_no": column, "boxes": boxes and f'[{{"page": 1, "bbox": {list(boxes[row, column])}}}]'}
        for row, column in places
    ]


BOXES = {
    (1, 1): (0, 0, 10, 30),
    (1, 2): (10, 0, 30, 10),
    (2, 2): (10, 10, 20, 20),
    (2, 3): (20, 10, 30, 20),
    (3, 3): (20, 20, 30, 30),
}


@pytest.mark.parametrize(
    ("given_cells", "expected"),
    [
        # what begins a row and is blank belongs to the cells above it
        (cells((1, 1), (1, 2), (2, 2)), [[(2, 1), (1, 1)], [(1, 1)]]),
        # a blank between cells is a blank
        (cells((1, 1), (1, 2), (1, 3), (2, 1), (2, 3)), [[(1, 1)] * 3, [(1, 1)] * 3]),
        # a cell alone in its row, below which another row begins, takes the row
        (cells((1, 1), (2, 1), (2, 2)), [[(1, 2)], [(1, 1), (1, 1)]]),
        # a header of two lines: its columns begin again
        (cells((0, 1), (0, 2), (0, 2), (1, 1), (1, 2)), [[(2, 1), (1, 1)], [(1, 1)], [(1, 1), (1, 1)]]),
        # boxes tell exactly; the blank that no box covers stays
        (cells(*BOXES, boxes=BOXES), [[(3, 1), (1, 2)], [(1, 1), (1, 1)], [(1, 1), (1, 1)]]),
    ],
)
def test_cells_reach_as_far_as_they_were_printed(
    given_cells: list[dict[str, Any]], expected: list[list[tuple[int, int]]]
) -> None:
    """Rows and columns that every cell takes up."""
    assert [[(cell.rows, cell.columns) for cell in line.cells] for line in grid(given_cells)] == expected


# ---------------------------------------------------------------- pictures


def test_the_page_of_a_pdf_is_drawn_with_the_passage_outlined(tmp_path: Path) -> None:
    """The picture of a page has the passage's outline on it, and covers the passage that holds a telephone number."""
    file = printed(
        tmp_path / "in.pdf",
        lambda paper: paper.lines(
            70, 100, ["关于开展质量工作的通知", "", "联系电话：13912345678", "", "请认真落实。"], 16, 40
        ),
    )
    shown, key = ingested(tmp_path, "page.pdf", file.read_bytes())
    passages = rows(tmp_path / "one.db", "select ordinal, text, boxes from passages order by ordinal")
    first, number = passages[0], next(row for row in passages if "139" in row["text"])
    place = page(shown, links.document(key, first["ordinal"]).partition("#")[0])
    (address,) = place.xpath("//aside//img/@src")
    answer = get(shown, address)
    assert answer.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert picture.width == pytest.approx(595 * 110 / 72, abs=2)
    colours = Counter(picture.get_flattened_data() if hasattr(picture, "get_flattened_data") else picture.getdata())
    assert colours[(200, 0, 60)] > 100
    x0, top, x1, bottom = (float(side) * 110 / 72 for side in re.findall(r"[\d.]+", number["boxes"])[1:5])
    assert picture.getpixel((int(x0 + x1) // 2, int(top + bottom) // 2)) == (90, 90, 90)
    assert get(shown, links.page_picture(key, 2)).status_code == 404
    assert get(shown, links.page_picture(key, 0)).status_code == 404


def test_a_text_has_no_page_pictures(base: Path, shown: Any) -> None:
    """A format without pages has none to show, and its text shows none."""
    (found,) = rows(base, "select id from documents where format = 'html'")
    assert get(shown, links.page_picture(found["id"], 1)).status_code == 404
    assert not page(shown, f"/document/{found['id']}?at=1").xpath("//aside//img")


# ---------------------------------------------------------------- tasks


def test_every_task_is_shown_with_its_bodies_and_clauses(base: Path, shown: Any) -> None:
    """Over the pages of a plan: every task once, as many bodies and clauses as the base holds for it."""
    for (key,) in [(row["document_id"],) for row in rows(base, "select distinct document_id from plan_items")]:
        found: dict[str, Any] = {}
        for tree in pages(shown, links.items(key)):
            found |= {item.get("id"): item for item in tree.xpath("//li[contains(@class, 'task')]")}
        tasks = rows(base, "select id, code from plan_items where document_id = ?", key)
        assert len(found) == len(tasks)
        for task in tasks:
            item = found[links.item_anchor(task["code"])]
            (bodies,) = rows(base, "select count(*) as n from assignments where plan_item_id = ?", task["id"])
            (claims,) = rows(base, "select count(*) as n from links where plan_item_id = ?", task["id"])
            assert len(item.xpath(".//a[starts-with(@href, '/department/')]")) == bodies["n"]
            assert len(item.xpath(".//div[@class='served-by']/div[contains(@class, 'served')]")) == claims["n"]


def test_a_task_that_is_asked_for_is_on_the_page(base: Path, shown: Any) -> None:
    """The address of a task leads to the page that holds it, however many tasks go before."""
    query = "select code, document_id from plan_items where document_id = ? order by position desc limit 1"
    (most,) = rows(base, "select document_id from plan_items group by 1 order by count(*) desc limit 1")
    (last,) = rows(base, query, most["document_id"])
    address, _, anchor = links.items(last["document_id"], last["code"]).partition("#")
    assert page(shown, address).xpath(f"//li[@id='{anchor}'][contains(@class, ' at')]")


def test_a_rubric_has_no_tasks(base: Path, shown: Any) -> None:
    """Where there are no tasks there is no such page."""
    for row in rows(base, "select id from documents where id not in (select document_id from plan_items)"):
        assert get(shown, links.items(row["id"])).status_code == 404


# ---------------------------------------------------------------- revisions and findings


EDITION = """# 甲市质量工作方案

| 序号 | 工作任务 | 完成时间 | 牵头单位 |
|---|---|---|---|
| 1 | 监督抽查合格率达到{}%以上。 | 2016 | 市质监局 |
| 2 | 召开质量工作联席会议。 | 2016 | 市政府办公室 |
"""


def test_a_revision_is_told_fact_by_fact(tmp_path: Path) -> None:
    """After a second edition the page lists both, and as many changes as the base has, with both sides."""
    base, file = tmp_path / "two.db", tmp_path / "plan.md"
    with closing(open_base(base, create=True)) as connection:
        for number in (95, 96):
            file.write_text(EDITION.format(number), encoding="utf-8")
            (outcome,) = ingest(connection, base, [Given(file, "plan.md")])
        key = str(outcome.document_id)
        told = changes(connection, key)
    shown = site(base)
    tree = page(shown, links.differences(key))
    found = tree.xpath("//table[contains(@class, 'changes')]/tbody/tr")
    assert outcome.status == "revised"
    assert len(found) == len(told) > 0
    assert ("95", "96") in {(row[2].text_content(), row[3].text_content()) for row in found}
    assert len(tree.xpath("(//table)[1]/tbody/tr")) == 2
    assert page(shown, links.differences(key, 1, 2)).xpath("//ins")
    assert get(shown, links.differences(key, 2, 1)).status_code == 404
    assert get(shown, links.differences(key, 1, 7)).status_code == 404


def test_findings_are_counted_and_have_their_places(base: Path, shown: Any) -> None:
    """All findings over all pages; a filter leaves those it names; each leads to the passage it is about."""
    found = [row for tree in pages(shown, links.findings()) for row in tree.xpath("//table/tbody/tr")]
    (every,) = rows(base, "select count(*) as n, count(passage_id) as placed from findings")
    assert len(found) == every["n"]
    assert sum(bool(row.xpath(".//a[@class='source']")) for row in found) == every["placed"]
    for group in rows(base, "select kind, severity, count(*) as n from findings group by 1, 2"):
        tree = page(shown, links.findings(kind=group["kind"], severity=group["severity"]))
        assert len(tree.xpath("//table/tbody/tr")) == group["n"]
    for group in rows(base, "select document_id, count(*) as n from findings group by 1"):
        tree = page(shown, links.findings(document=group["document_id"]))
        assert len(tree.xpath("//table/tbody/tr")) >= group["n"]
    assert not page(shown, links.findings(kind="no-such-kind")).xpath("//table")
