"""`kb.load`: records become rows that point at their passages, documents are known again, names find each other."""

from __future__ import annotations

import json
import re
import sqlite3
from itertools import permutations
from typing import Any

import pytest
from made_extractions import made, passages

from extract.records import Assignment, Citation, Clause, Extraction, Fact, Finding, PlanItem, ScoreRule, Threshold
from kb.base import memory_base, transaction
from kb.load import Loaded, load_document
from kb.loading import BrokenExtraction

# references that are no edge of the graph, with the reason
NO_EDGE = {
    "revisions": "log",
    "changes": "log",
    "ingests": "log",
    "corrections": "log",
    "assignments": "is an edge itself",
    "links": "is an edge itself",
    "link_candidates": "is an edge itself",
    "citations": "is an edge itself",
    "document_relations": "is an edge itself",
    "stated_relations": "what document_relations is made of",
    "document_fields": "is an edge itself",
    "function_successions": "is an edge itself",
    "department_aliases": "names of a thing",
    "indicator_aliases": "names of a thing",
}


def load(connection: sqlite3.Connection, extraction: Extraction, sha256: str = "") -> Loaded:
    """Load one document; without a hash each has its own."""
    with transaction(connection):
        number = connection.execute("select count(*) from revisions").fetchone()[0]
        return load_document(connection, extraction, source="in/a.txt", sha256=sha256 or f"sha-{number}")


def rows(connection: sqlite3.Connection, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a query as tuples."""
    return [tuple(row) for row in connection.execute(sql, parameters)]


def tables(connection: sqlite3.Connection, kind: str = "table") -> list[str]:
    """The tables or views by name, without those of the search index."""
    named = "select name from sqlite_master where type = ? and name not glob '*_fts*' order by name"
    return [name for (name,) in rows(connection, named, kind)]


def everything(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, times left out."""
    dump = {}
    for table in tables(connection):
        names = [row["name"] for row in connection.execute(f"pragma table_info({table})")]
        kept = ", ".join(name for name in names if not name.endswith("_at"))
        dump[table] = rows(connection, f"select {kept} from {table} order by rowid")
    return dump


@pytest.fixture
def base() -> sqlite3.Connection:
    return memory_base()


def test_every_record_is_stored_and_no_reference_is_broken(base: sqlite3.Connection) -> None:
    """Each fact becomes one row; foreign keys hold over the whole base."""
    loaded = load(base, made())
    facts = dict(base.execute("select * from document_facts").fetchone())
    expected = {"passages": 7, "leftovers": 1, "clauses": 3, "score_rules": 2, "thresholds": 2, "plan_items": 2}
    expected |= {
        "assignments": 3,
        "links": 1,
        "citations": 1,
        "findings": 3,
        "id": loaded.document_id,
        "region": "杭州",
    }
    assert {name: facts[name] for name in expected} == expected
    assert rows(base, "pragma foreign_key_check") == []


def test_every_fact_points_to_a_passage_of_its_own_document(base: sqlite3.Connection) -> None:
    """With two documents in the base, no fact stands on a passage of the other one, and its text is in its passage."""
    load(base, made())
    load(base, made("乙市方案", "乙政发〔2014〕1号"))
    for table, text in (("clauses", "title"), ("plan_items", "text"), ("thresholds", "text")):
        found = rows(
            base,
            f"select f.document_id = p.document_id and instr(p.text, f.{text}) > 0 from {table} f"
            " join passages p on p.id = f.passage_id",
        )
        assert found == [(1,)] * rows(base, f"select count(*) from {table}")[0][0] != []
    owned = "select c.document_id = p.document_id from score_rules s join clauses c on c.id = s.clause_id"
    assert rows(base, f"{owned} join passages p on p.id = s.passage_id") == [(1,)] * 4


def test_a_passage_keeps_its_place_its_boxes_and_its_raw_characters(base: sqlite3.Connection) -> None:
    """Boxes are JSON with every place the cell was put together from; null where the format has none."""
    load(base, made())
    cell = base.execute("select * from passages where ordinal = 3").fetchone()
    assert (cell["page"], cell["line"], cell["table_no"], cell["row_no"], cell["column_no"]) == (1, 3, 1, 3, 2)
    assert cell["raw"] == f"${cell['text']}$"
    assert json.loads(cell["boxes"])[1] == {"page": 2, "bbox": [10.0, 40.0, 90.5, 60.0]}
    assert rows(base, "select boxes, raw from passages where ordinal = 1") == [(None, None)]
    assert rows(base, "select kind, text, page, line from leftovers") == [("page_number", "— 1 —", 1, 9)]


def test_the_head_is_stored_with_where_it_was_read(base: sqlite3.Connection) -> None:
    """Lists are joined with ；, fields point at their passage, the region brings those that hold it, widest first."""
    load(base, made())
    assert rows(base, "select issuer, addressees, total_points, revision from documents") == [
        ("甲市人民政府；甲市质监局", None, 30.0, 1)
    ]
    fields = "select f.field, p.ordinal from document_fields f join passages p on p.id = f.passage_id"
    assert rows(base, fields) == [("title", 1)]
    assert rows(base, "select code, parent_code from regions order by rowid") == [
        ("100000", None),
        ("330000", "100000"),
        ("330100", "330000"),
    ]


def test_an_unknown_region_is_a_finding(base: sqlite3.Connection) -> None:
    """A code that no region has is not stored as one."""
    load(base, made(region="999999"))
    assert rows(base, "select region_code from documents") == [(None,)]
    assert rows(base, "select message from findings where kind = 'unknown_region'") == [
        ("no region has the code 999999",)
    ]


def test_clauses_find_parents_that_stand_after_them(base: sqlite3.Connection) -> None:
    """The tree is built by code, in whatever order clauses come."""
    load(base, made())
    tree = "select c.code, p.code from clauses c left join clauses p on p.id = c.parent_id order by c.code"
    assert rows(base, tree) == [("1", "S1"), ("S1", None), ("V1", None)]


@pytest.mark.parametrize(
    ("clause", "linked"),
    [
        (Clause("9", "scored", "合格率", 3), True),
        (Clause("9", "veto", "合格率", 3), True),
        (Clause("9", "basic", "合格率", 3), True),
        (Clause("9", "bonus", "合格率", 3), True),
        (Clause("9", "section", "合格率", 3), False),
        (Clause("9", "catalogue", "合格率", 3), False),
    ],
)
def test_a_printed_link_goes_to_judged_leaves_alone(base: sqlite3.Connection, clause: Clause, linked: bool) -> None:
    """Sections and the catalogue are not served; that the document names them is a finding."""
    item = PlanItem("7", "提高", 5, clause="9")
    load(base, made(extra=(clause, item), without=(PlanItem, Assignment, Threshold)))
    links = rows(base, "select relation, method, score, rank, status from links")
    assert links == ([("primary", "printed", 1.0, 1, "proposed")] if linked else [])
    assert len(rows(base, "select 1 from findings where kind = 'link_to_no_leaf'")) == (0 if linked else 1)
    for (evidence,) in rows(base, "select evidence from links"):
        assert json.loads(evidence) == {"why": "printed in the same row", "plan_item": "7", "clause": "9"}


def test_a_basic_condition_that_holds_others_is_no_leaf(base: sqlite3.Connection) -> None:
    """A clause with children is not served itself."""
    tree = (Clause("B1", "basic", "合格率", 3), Clause("B1.1", "basic", "合格率", 3, parent="B1"))
    load(base, made(extra=(*tree, PlanItem("7", "提高", 5, clause="B1"), PlanItem("8", "提高", 5, clause="B1.1"))))
    linked = (
        "select i.code, c.code from links l join plan_items i on i.id = plan_item_id join clauses c on c.id = clause_id"
    )
    assert rows(base, f"{linked} order by i.code") == [("1.1", "1"), ("8", "B1.1")]


# ---------------------------------------------------------------- what does not hold together


@pytest.mark.parametrize(
    "fact",
    [
        Clause("9", "scored", "合格率", 99),
        ScoreRule("1", 3, "tier", 1.0, "合格率", 99),
        Threshold("合格率", ">=", "合格率", 99, 1.0),
        PlanItem("9", "提高", 99),
        Assignment("lead", "市质监局", "市质监局", 99, plan_item="1.1"),
        Citation("某纲要", None, 99),
        Finding("odd", "info", "odd", 99),
        Clause("9", "scored", "合格率", 0),
    ],
)
def test_a_fact_without_its_passage_rejects_the_document(base: sqlite3.Connection, fact: Fact) -> None:
    """Nothing of the document is stored, and the message names fact and passage."""
    before = everything(base)
    with pytest.raises(BrokenExtraction, match=rf"{type(fact).__name__} stands on passage {fact.passage}\b"):
        load(base, made(extra=(fact,)))
    assert everything(base) == before


def test_a_head_field_or_an_ordinal_that_does_not_hold_rejects_the_document(base: sqlite3.Connection) -> None:
    """Fields of the head stand on passages too, and an ordinal names one passage."""
    good = made()
    good.head.fields["issued_on"] = 99
    with pytest.raises(BrokenExtraction, match="head field issued_on"):
        load(base, good)
    twice = Extraction(made().head, "txt", (*passages(), passages()[0]), (), ())
    with pytest.raises(BrokenExtraction, match="one ordinal"):
        load(base, twice)


@pytest.mark.parametrize(
    ("fact", "table", "stored"),
    [
        (Clause("9", "scored", "合格率", 3, parent="S8"), "clauses where code = '9' and parent_id is null", 1),
        (ScoreRule("8", 1, "tier", 1.0, "合格率", 3), "score_rules where condition = '合格率'", 0),
        (Threshold("普及率", ">=", "普及率", 3, 1.0, clause="8", rule=1), "thresholds where indicator = '普及率'", 1),
        (Threshold("普及率", ">=", "普及率", 3, 1.0, clause="1", rule=8), "thresholds where indicator = '普及率'", 1),
        (Threshold("普及率", ">=", "普及率", 3, 1.0, plan_item="8"), "thresholds where indicator = '普及率'", 1),
        (PlanItem("9", "提高", 5, clause="8"), "plan_items where code = '9'", 1),
        (Assignment("lead", "市商务局", "市商务局", 4, clause="8"), "assignments where raw = '市商务局'", 0),
    ],
)
def test_a_name_that_leads_nowhere_is_a_finding(base: sqlite3.Connection, fact: Fact, table: str, stored: int) -> None:
    """What can be kept is kept without its reference; one finding says what was named."""
    load(base, made(extra=(fact,)))
    assert rows(base, f"select count(*) from {table}") == [(stored,)]
    dangling = rows(base, "select severity, passage_id is not null from findings where kind = 'dangling_reference'")
    assert dangling == [("error", 1)]


def test_an_assignment_to_nothing_is_a_finding(base: sqlite3.Connection) -> None:
    """A name without a plan item or clause cannot be stored as an assignment, nor silently dropped."""
    load(base, made(extra=(Assignment("lead", "市商务局", "市商务局", 4),)))
    (message,) = rows(base, "select message from findings where kind = 'unattached_assignment'")[0]
    assert "市商务局" in message


def test_codes_that_stand_twice_are_findings(base: sqlite3.Connection) -> None:
    """A second clause of one code is told and not stored; a second plan item is stored and told."""
    load(base, made(extra=(Clause("1", "bonus", "加分", 3), PlanItem("1.1", "再提高", 5))))
    assert rows(base, "select count(*) from clauses where code = '1'") == [(1,)]
    assert rows(base, "select count(*) from plan_items where code = '1.1'") == [(2,)]
    assert len(rows(base, "select 1 from findings where kind = 'duplicate_code'")) == 2


# ---------------------------------------------------------------- what documents share


def test_an_indicator_has_the_unit_it_has_most_often(base: sqlite3.Connection) -> None:
    """Names are shared without the white space of the layout; units are counted over all documents."""
    load(base, made(extra=(Threshold("抽查 合格率", ">=", "达到95%以上", 3, 1.0, unit="‰"),)))
    assert rows(base, "select name, unit from indicators") == [("抽查合格率", "%")]
    more = tuple(Threshold("抽查合格率", ">=", "达到95%以上", 3, float(n), unit="‰") for n in range(4))
    load(base, made("乙市方案", "乙政发〔2014〕1号", extra=more))
    assert rows(base, "select name, unit from indicators") == [("抽查合格率", "‰")]


def test_departments_belong_to_their_region(base: sqlite3.Connection) -> None:
    """One name in one region is one body over all documents; the same name elsewhere is another one."""
    load(base, made())
    load(base, made("甲市另一方案", "甲政发〔2015〕9号"))
    load(base, made("乙市方案", "乙政发〔2014〕1号", region="330200"))
    load(base, made("无区划方案", "丙政发〔2014〕1号", region=None))
    load(base, made("无区划另一方案", "丙政发〔2014〕2号", region=None))
    found = rows(base, "select name, region_code, is_group from departments order by id")
    bodies = [("市质监局", 0), ("有关单位", 1)]
    assert found == [(name, code, group) for code in ("330100", "330200", None) for name, group in bodies]


KNOWN = [
    (made(number="甲政发[2014]3号"), True),
    (made(number="甲政发（２０１４）３ 号", title="甲市质量方案（修订）"), True),
    (made(number="甲政发〔2014〕13号"), False),
    (made(number="甲政发〔2014〕3号", origin="digest"), False),
    (made(number=None), True),
    (made("甲市《质量工作》考核 方案", None), True),
    (made(number=None, issued_on="2015-01"), False),
    (made(number=None, region="330200"), False),
    (made(number=None, origin="digest"), False),
    (made("甲市质量工作考核方案（征求意见稿）", None), False),
    (made("", None), False),
]


@pytest.mark.parametrize(("again", "is_known"), KNOWN)
def test_a_document_is_known_again(base: sqlite3.Connection, again: Extraction, is_known: bool) -> None:
    """By 文号 whatever its brackets, else by title, region and year; a digest is never its original."""
    first, second = load(base, made()), load(base, again)
    assert second.status == ("revised" if is_known else "added")
    assert (first.document_id == second.document_id) == is_known


def test_a_title_that_fits_two_documents_fits_none(base: sqlite3.Connection) -> None:
    """Without a 文号 a third document of that title is one of its own, and known again as itself."""
    load(base, made(number="甲政发〔2014〕3号"))
    load(base, made(number="甲政发〔2014〕4号"))
    third = load(base, made(number=None))
    assert third.status == "added"
    assert load(base, made(number=None)) == Loaded(third.document_id, "revised")


def test_documents_without_a_title_stay_apart(base: sqlite3.Connection) -> None:
    """Having no title is nothing that two documents have in common."""
    first, second = load(base, made("", None)), load(base, made("《》", None))
    assert (first.status, second.status) == ("added", "added")
    assert first.document_id != second.document_id


def test_an_id_is_short_and_fit_for_an_address(base: sqlite3.Connection) -> None:
    """Region, year and six hex digits; where these are taken by another document, more digits."""
    first = load(base, made())
    assert re.fullmatch(r"330100-2014-[0-9a-f]{6}", first.document_id)
    base.execute("update documents set title = '另一份', doc_number = '丁发〔2014〕9号', region_code = '330000'")
    longer = load(base, made(), sha256="another")
    assert re.fullmatch(first.document_id + "[0-9a-f]{2}", longer.document_id)
    assert re.fullmatch(r"doc-[0-9a-f]{6}", load(base, made("无名", None, region=None, issued_on=None)).document_id)


# ---------------------------------------------------------------- new content


def test_the_same_bytes_change_nothing(base: sqlite3.Connection) -> None:
    """A file that supplies a document's facts already is unchanged, and the base stays as it is."""
    first = load(base, made(), sha256="a")
    before = everything(base)
    assert load(base, made(), sha256="a") == Loaded(first.document_id, "unchanged")
    assert everything(base) == before


def test_new_content_replaces_the_facts(base: sqlite3.Connection) -> None:
    """The document keeps its id, counts a revision, and nothing of the old facts stays behind."""
    first = load(base, made(), sha256="a")
    edits = {3: "抽查合格率稳定提高，得20分；酌情扣分", 4: "各有关方面", 5: "提高抽查合格率"}
    new = Finding("new", "info", "new")
    second = load(base, made(without=(Threshold, Assignment), extra=(new,), edits=edits), sha256="b")
    assert second == Loaded(first.document_id, "revised")
    assert rows(base, "select revision, sha256, is_current from revisions") == [(1, "a", 0), (2, "b", 1)]
    assert rows(base, "select revision, sha256 from documents") == [(2, "b")]
    assert rows(base, "select count(*) from clauses") == [(3,)]
    assert rows(base, "select count(*) from passages") == [(7,)]
    for table in ("thresholds", "assignments", "indicators", "departments"):
        assert rows(base, f"select * from {table}") == [], table
    assert rows(base, "select 1 from findings where kind = 'new'") == [(1,)]
    assert rows(base, "pragma foreign_key_check") == []


def test_going_back_and_forth_leaves_the_same_facts(base: sqlite3.Connection) -> None:
    """After a change and its withdrawal the facts are those of the beginning, ids too; only history has grown."""
    load(base, made(), sha256="a")
    facts = {"clauses", "score_rules", "thresholds", "plan_items", "assignments", "links", "citations", "findings"}
    before = {table: dump for table, dump in everything(base).items() if table in facts}
    load(base, made(extra=(Finding("new", "info", "new"),)), sha256="b")
    load(base, made(), sha256="c")
    assert {table: dump for table, dump in everything(base).items() if table in facts} == before
    assert rows(base, "select revision from documents") == [(3,)]


@pytest.mark.parametrize(("without", "links", "candidates"), [((), 3, 1), ((Clause, ScoreRule), 1, 0)])
def test_links_of_others_stay_with_their_clauses(
    base: sqlite3.Connection, without: tuple[type[Fact], ...], links: int, candidates: int
) -> None:
    """A plan's links and candidates to a rubric's clauses survive its next revision, and go where the clauses go."""
    load(base, made("某部细则", "某质发〔2013〕1号"), sha256="a")
    load(base, made(), sha256="b")
    clause = rows(base, "select id from clauses where code = 'V1' order by id limit 1")[0][0]
    item = rows(base, "select max(id) from plan_items")[0][0]
    with transaction(base):
        base.execute(
            "insert into links (plan_item_id, clause_id, relation, method, score, rank, evidence)"
            " values (?, ?, 'primary', 'inferred', 0.5, 1, '{}')",
            (item, clause),
        )
        base.execute("insert into link_candidates values (?, ?, 0.4, 2, '{}')", (item, clause))
    edits = {2: "二、结果运用", 3: "另行通知", 7: "发布之日起施行"}
    again = made("某部细则", "某质发〔2013〕1号", without=without, edits=edits if without else {})
    assert load(base, again, sha256="c").status == "revised"
    assert rows(base, "select count(*) from links") == [(links,)]
    assert rows(base, "select count(*) from link_candidates") == [(candidates,)]
    assert rows(base, "pragma foreign_key_check") == []


# ---------------------------------------------------------------- citations

A = made("甲市方案", "甲政发〔2014〕3号", cites=(("乙部质量纲要", "乙质发[2012]7号"), ("丙部质量标准", None)))
B = made(
    "乙部关于印发纲要的通知", "乙质发〔2012〕7号", cites=((None, "甲政发〔2014〕3号"), ("《丙部 质量标准》", None))
)
C = made("丙部质量标准", None, cites=(("甲市方案", None), ("无人所知的文件", None)), issued_on="2010")
EDGES = [("A", "B"), ("A", "C"), ("B", "A"), ("B", "C"), ("C", None)]


@pytest.mark.parametrize("order", list(permutations("ABC")))
def test_citations_find_their_document_in_every_order(base: sqlite3.Connection, order: tuple[str, ...]) -> None:
    """Documents that cite each other are tied by 文号, else by title, whichever comes first.

    A title alone does not mean a document that prints a 文号 only where the citation names another one.
    """
    extractions = {"A": A, "B": B, "C": C}
    ids = {load(base, extractions[name], sha256=name).document_id: name for name in order}
    found = rows(base, "select document_id, cited_document_id from citations")
    named = {(ids[citing], ids.get(cited)) for citing, cited in found}
    assert named == {*EDGES, ("C", "A")}


def test_a_citation_prefers_the_original(base: sqlite3.Connection) -> None:
    """A digest stands in for its original until that arrives."""
    digest = load(base, made("乙部纲要", "乙质发〔2012〕7号", origin="digest", cites=()))
    load(base, made())
    assert rows(base, "select cited_document_id from citations") == [(digest.document_id,)]
    original = load(base, made("乙部纲要", "乙质发〔2012〕7号", cites=()))
    assert rows(base, "select cited_document_id from citations") == [(original.document_id,)]


def test_a_citation_that_fits_two_documents_fits_none(base: sqlite3.Connection) -> None:
    """Of two documents with the cited title none is guessed; a revision under another title unties it."""
    load(base, made(cites=(("质量工作要点", None),)))
    load(base, made("质量工作要点", None, region="330200", cites=()), sha256="a")
    assert rows(base, "select cited_document_id is null from citations") == [(0,)]
    load(base, made("质量工作要点", None, region="330300", cites=()), sha256="b")
    assert rows(base, "select cited_document_id is null from citations") == [(1,)]


@pytest.mark.parametrize("order", list(permutations("AB")))
def test_a_citation_finds_the_notice_that_issues_the_title(base: sqlite3.Connection, order: tuple[str, ...]) -> None:
    """A cited title is found in the notice that issues it, in either order; a document of that title goes first."""
    both = {
        "A": made(cites=(("安静城市评价指南", None),)),
        "B": made("乙部关于印发《安静城市评价指南》的通知", "乙质发〔2012〕7号", cites=()),
    }
    ids = {name: load(base, both[name], sha256=name).document_id for name in order}
    assert rows(base, "select cited_document_id from citations") == [(ids["B"],)]
    itself = load(base, made("安静城市评价指南", None, cites=()), sha256="c").document_id
    assert rows(base, "select cited_document_id from citations") == [(itself,)]


def test_a_document_does_not_cite_itself(base: sqlite3.Connection) -> None:
    """Naming its own title or 文号 ties a document to nothing."""
    load(base, made(cites=(("甲市质量工作考核方案", "甲政发〔2014〕3号"),)))
    assert rows(base, "select cited_document_id from citations") == [(None,)]


# ---------------------------------------------------------------- the base as a whole


def full_base(base: sqlite3.Connection) -> None:
    """A base in which every reference of every table stands at least once."""
    first = load(base, made(cites=(("乙部纲要", "乙质发〔2012〕7号"),)))
    second = load(base, made("乙部纲要", "乙质发〔2012〕7号"))
    with transaction(base):
        base.execute("insert into link_candidates values (1, 3, 0.4, 2, '{}')")
        base.execute(
            "insert into document_relations values (?, 'replaces', ?, 1)", (first.document_id, second.document_id)
        )


def test_every_reference_is_an_edge(base: sqlite3.Connection) -> None:
    """For each column that points at a thing there is an edge between the two kinds, in one direction or the other."""
    full_base(base)
    prefixes = {
        frozenset((source.partition(":")[0], target.partition(":")[0]))
        for source, target in rows(base, "select source, target from edges")
    }
    singular = {table: table.removesuffix("s") for table in tables(base)}
    for table in tables(base):
        if table in NO_EDGE:
            continue
        for reference in base.execute(f"pragma foreign_key_list({table})").fetchall():
            pair = frozenset((singular[table], singular[reference["table"]]))
            assert pair in prefixes, f"{table}.{reference['from']}"


def test_the_graph_has_every_relation(base: sqlite3.Connection) -> None:
    """Each relation of the view has rows, and both ends of every edge exist."""
    full_base(base)
    relations = {relation for (relation,) in rows(base, "select distinct relation from edges")}
    assert relations == {
        *("part_of", "in_region", "in_document", "printed_at", "replaces", "scores", "demands", "promises", "tests"),
        *("measures", "succeeded_by", "has_function", "lead", "support", "serves", "may_serve", "cites", "about"),
    }
    ends = {end for pair in rows(base, "select source, target from edges") for end in pair}
    for end in ends:
        prefix, _, number = end.partition(":")
        key = {"region": "code"}.get(prefix, "id")
        assert rows(base, f"select 1 from {prefix}s where {key} = ?", number) == [(1,)], end


def test_rejected_links_are_no_edges(base: sqlite3.Connection) -> None:
    """What a person rejected is not in the graph; a secondary link has a relation of its own."""
    load(base, made())
    base.execute("update links set relation = 'secondary'")
    assert rows(base, "select 1 from edges where relation = 'contributes_to'") == [(1,)]
    base.execute("update links set status = 'rejected'")
    assert rows(base, "select 1 from edges where relation in ('serves', 'contributes_to')") == []


def test_the_views_show_each_fact_once(base: sqlite3.Connection) -> None:
    """Joining labels neither drops nor doubles a fact."""
    full_base(base)
    for view in tables(base, "view"):
        if view.endswith("_facts"):
            table = view.removesuffix("_facts") + "s"
            assert rows(base, f"select id from {view} order by id") == rows(base, f"select id from {table} order by id")
    assert rows(base, "select place from clause_facts where code = '1' limit 1") == [
        ("page 1, line 3, table 1, row 3, column 2",)
    ]


def test_two_bases_of_the_same_documents_are_the_same() -> None:
    """Loading the same documents in the same order gives the same rows, times aside."""
    dumps = []
    for _ in range(2):
        base = memory_base()
        for extraction in (A, B, C, made()):
            load(base, extraction)
        dumps.append(everything(base))
    assert dumps[0] == dumps[1]


def test_a_known_body_has_its_full_name_and_function(base: sqlite3.Connection) -> None:
    """What the words of the domain know of a name is stored beside it; unknown bodies and groups have neither."""
    stranger = Assignment("lead", "市星海办", "市星海办", 4, plan_item="1.1")
    load(base, made(extra=(stranger,)))
    bodies = "select d.name, d.full_name, f.name from departments d left join functions f on f.id = d.function_id"
    assert rows(base, f"{bodies} order by d.id") == [
        ("市质监局", "杭州市质量技术监督局", "质量技术监督"),
        ("有关单位", None, None),
        ("市星海办", None, None),
    ]
