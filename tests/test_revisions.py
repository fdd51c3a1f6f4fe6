"""A document read again: facts that stay keep their rows, changes are told by fact, poorer copies are kept beside."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from made_extractions import made, read_made, write_file

from corpus.build import ABOVE, lines
from extract.document import read_document
from extract.records import Assignment, Clause, Extraction, Fact, Finding, PlanItem, ScoreRule, Threshold
from kb.base import memory_base, open_base, transaction
from kb.errors import UnknownDocument
from kb.ingest import Given, Outcome, ingest, refresh
from kb.load import Loaded, load_document, rewrite
from kb.originals import originals_folder
from kb.revise.correcting import correct
from kb.revise.corrections import corrections_of
from kb.revise.forget import forget
from kb.revise.history import UnknownRevision, changes, revisions
from kb.revise.records import RECORDS, facts
from kb.revise.revisions import File
from kb.show import document_named

FACTS = ("clauses", "score_rules", "plan_items", "thresholds", "assignments", "citations")
DIGEST = ROOT / "corpus" / "changzhou-digest.pdf"


def load(connection: sqlite3.Connection, extraction: Extraction, sha256: str = "") -> Loaded:
    """Load one document; without a hash each has its own."""
    with transaction(connection):
        number = connection.execute("select count(*) from revisions").fetchone()[0]
        return load_document(connection, extraction, source=f"in/{number}.txt", sha256=sha256 or f"sha-{number}")


def told(connection: sqlite3.Connection, document_id: str) -> list[tuple[Any, ...]]:
    """What the current revision changed."""
    rows = changes(connection, document_id)
    return [tuple(row[name] for name in ("record", "key", "change", "field", "before", "after")) for row in rows]


def ids(connection: sqlite3.Connection) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Every row of the tables of facts and the passages, by id, without what only tells the reading order."""
    dump = {}
    for table in (*FACTS, "passages", "links", "form_fields"):
        rows = [dict(row) for row in connection.execute(f"select * from {table}")]
        dump[table] = {row.pop("id"): tuple(value for name, value in row.items() if name != "position") for row in rows}
    return dump


@pytest.fixture
def base() -> sqlite3.Connection:
    return memory_base()


# ---------------------------------------------------------------- facts that stay


def test_the_same_facts_keep_their_rows(base: sqlite3.Connection) -> None:
    """Another file of the same content is a revision that changes no row of a fact and tells nothing."""
    load(base, made())
    before = ids(base)
    second = load(base, made())
    assert second.status == "revised"
    assert ids(base) == before
    assert told(base, second.document_id) == []


ITEM = PlanItem("1.1", "提高抽查合格率至96%", 5, section="质量管理", starts_on="2014", ends_on="2015", clause="1")


@pytest.mark.parametrize(
    ("kinds", "extra", "edits", "expected"),
    [
        (
            (Clause, ScoreRule, Threshold, Assignment, PlanItem),
            (
                Clause("1", "scored", "抽查合格率", 3, parent="S1", points=25.0, points_status="printed"),
                Clause("S1", "section", "质量管理", 2, points=30.0, points_status="printed"),
            ),
            {3: "抽查合格率达到95%以上，得25分；每低1%扣2分", 4: "略", 5: "略", 7: "略"},
            [("clauses", "1", "changed", "points", "20", "25"), ("clauses", "V1", "removed")],
        ),
        (
            (ScoreRule,),
            (ScoreRule("1", 1, "tier", 18.0, "抽查合格率达到95%以上", 3),),
            {3: "抽查合格率达到95%以上，得18分"},
            [("score_rules", "1 / 2", "removed"), ("score_rules", "1 / 1", "changed", "points", "20", "18")],
        ),
        (
            (Threshold,),
            (
                Threshold("抽查合格率", ">=", "达到97%以上", 3, 97.0, unit="%", clause="1", rule=1),
                Threshold("抽查合格率", "=", "合格率至96%", 5, 96.0, unit="%", period="2016", plan_item="1.1"),
            ),
            {3: "抽查合格率达到97%以上，得20分；每低1%扣2分"},
            [
                ("thresholds", "1 / 抽查合格率", "changed", "value", "95", "97"),
                ("thresholds", "1.1 / 抽查合格率", "changed", "period", "2015", "2016"),
            ],
        ),
        (
            (Assignment,),
            (
                Assignment("lead", "市工商局", "市工商局", 4, plan_item="1.1"),
                Assignment("support", "有关单位", "有关单位", 4, plan_item="1.1", is_group=True),
                Assignment("lead", "市质监局", "市质监局", 4, clause="1"),
            ),
            {4: "市工商局、市质监局、有关单位"},
            [("assignments", "1.1 / 市工商局", "changed", "department", "市质监局", "市工商局")],
        ),
    ],
    ids=["clauses", "score rules", "thresholds", "assignments"],
)
def test_a_change_is_told_by_field(
    base: sqlite3.Connection,
    kinds: tuple[type[Fact], ...],
    extra: tuple[Fact, ...],
    edits: dict[int, str],
    expected: list[tuple[str, ...]],
) -> None:
    """Record, readable key, field, before and after; the changed fact keeps its row."""
    load(base, made())
    before = ids(base)
    again = load(base, made(without=kinds, extra=extra, edits=edits))
    assert again.status == "revised"
    found = told(base, again.document_id)
    for row in expected:
        assert row in [change[: len(row)] for change in found], found
        if row[2] == "changed":
            key = {fact.key: fact.id for fact in facts(base, again.document_id, row[0])}[row[1]]
            assert key in before[row[0]]


def many(codes: list[str], texts: list[str]) -> Extraction:
    """A plan of items with these codes and texts."""
    items = tuple(PlanItem(code, text, 5, section="任务") for code, text in zip(codes, texts, strict=True))
    kinds = (PlanItem, Assignment, Threshold)
    return made(without=kinds, extra=items, edits={5: "；".join(texts)})


def test_an_inserted_item_shifts_no_others(base: sqlite3.Connection) -> None:
    """Items behind it are the same items under new numbers, told in one row, and keep their rows."""
    texts = [f"第{n}项工作由各部门按职责推进{'甲乙丙丁戊己庚辛'[n]}类产品检验" for n in range(8)]
    load(base, many([str(n) for n in range(1, 9)], texts))
    before = {row["text"]: row["id"] for row in base.execute("select id, text from plan_items")}
    shifted = [*texts[:3], "新增一项完全不同的任务", *texts[3:]]
    again = load(base, many([str(n) for n in range(1, 10)], shifted))
    after = {row["text"]: row["id"] for row in base.execute("select id, text from plan_items")}
    assert {text: after[text] for text in texts} == before
    changed = [row for row in told(base, again.document_id) if row[0] == "plan_items"]
    assert changed == [
        ("plan_items", "4", "added", None, None, "新增一项完全不同的任务"),
        ("plan_items", "5…9", "changed", "code", "4…8", "5…9"),
    ]
    read = [row["code"] for row in base.execute("select code from plan_items order by position, id")]
    assert read == [str(n) for n in range(1, 10)]


def test_an_inserted_clause_shifts_no_others(base: sqlite3.Connection) -> None:
    """Clauses behind it keep rows, rules and links, though every code is taken by another one now."""

    def rubric(titles: list[str]) -> Extraction:
        clauses = tuple(Clause(str(n), "scored", title, 3, points=5.0) for n, title in enumerate(titles, 1))
        rules = tuple(ScoreRule(str(n), 1, "additive", 5.0, title, 3) for n, title in enumerate(titles, 1))
        kinds = (Clause, ScoreRule, Threshold, PlanItem, Assignment)
        return made(without=kinds, extra=(*clauses, *rules), edits={3: "；".join(titles)})

    titles = ["计量体系", "标准化工作", "认证认可", "检验检测"]
    load(base, rubric(titles))
    before = {row["title"]: row["id"] for row in base.execute("select id, title from clauses")}
    rules = {row["condition"]: row["id"] for row in base.execute("select id, condition from score_rules")}
    load(base, rubric(["首席质量官", *titles]))
    after = {row["title"]: row["id"] for row in base.execute("select id, title from clauses")}
    assert {title: after[title] for title in titles} == before
    assert rules.items() <= {row["condition"]: row["id"] for row in base.execute("select * from score_rules")}.items()
    assert base.execute("select code from clauses where title = '检验检测'").fetchone()[0] == "5"


def test_a_link_that_a_person_decided_about_stays(base: sqlite3.Connection) -> None:
    """A printed link keeps its row and status; one that is printed no more stays as the person's own."""
    load(base, made())
    base.execute("update links set status = 'accepted'")
    load(base, made())
    assert [tuple(row) for row in base.execute("select id, method, status from links")] == [(1, "printed", "accepted")]
    loose = PlanItem("1.1", "提高抽查合格率至96%", 5, section="质量管理", starts_on="2014", ends_on="2015")
    kept = tuple(fact for fact in made().facts if not (isinstance(fact, PlanItem) and fact.code == "1.1"))
    again = made()
    load(base, Extraction(again.head, "txt", again.passages, (), (*kept, loose, Finding("x", "info", "x"))))
    assert [tuple(row) for row in base.execute("select id, method, status from links")] == [(1, "reviewed", "accepted")]


# ---------------------------------------------------------------- a plan edited by hand


def flattened() -> str:
    """The bundled task table as text copied from a word processor: a cell a line behind a tab, merged ones blank.

    Of a row that has lost its title the first cell with a text stands on a line without a tab, as in the original's.
    """
    copied: list[str] = []
    for part in tomllib.loads(DIGEST.with_suffix(".toml").read_text(encoding="utf-8"))["part"]:
        copied += [line for _, line in lines(part)]
        for row in part["rows"]:
            cells = ["" if text == ABOVE else text.replace("\n", "\n\n") for text in row]
            if not row[1]:
                first = 3 if row[3] else 4
                copied += ["", "", row[first].replace("\n", ""), "", "\t"]
                cells = cells[first + 1 :]
            copied += [*(f"\t{text}" for text in cells), ""]
        copied.append("")
    return "\n".join(copied)


def edited(*replaced: tuple[str, str]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        for old, new in replaced:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        return text

    return edit


FIVE_EDITS = edited(
    ("达到1‰得30分", "达到2‰得30分"),
    ("11.2农业标准化生产普及率达到30%", "11.2农业标准化生产普及率达到45%"),
    ("33.1其他工程一次验收合格率达到98%", "33.1其他工程一次验收合格率达到99%"),
    ("\t市旅游局", "\t市商务局"),
    ("12.1计量体系基本满足全市发展所需", "12.1计量体系基本满足全市产业发展与民生所需"),
)


def test_five_edits_are_five_edits(base: sqlite3.Connection, tmp_path: Path) -> None:
    """Three figures, a department and a task: each is told with every record it touches, and all else keeps its row.

    A correction that was made before stands, and says so where the source was changed under it.
    """
    plan = tmp_path / "plan.txt"
    plan.write_text(flattened(), encoding="utf-8")
    first = load(base, read_document(plan))
    with transaction(base):
        correct(base, given(first.document_id, "thresholds", "33.1 / 其他工程一次验收合格率", "value", "97"))
        correct(base, given(first.document_id, "clauses", "2", "points", "31"))
    before = ids(base)
    assert [len(before[table]) for table in ("clauses", "plan_items")] == [10 + 50, 108]  # the text is read as a table
    plan.write_text(FIVE_EDITS(plan.read_text(encoding="utf-8")), encoding="utf-8")
    second = load(base, read_document(plan))
    assert second == Loaded(first.document_id, "revised")
    found = {(record, key, field): (old, new) for record, key, _, field, old, new in told(base, first.document_id)}
    assert {key: found[key] for key in EDITED} == EDITED
    touched = {(record, key) for record, key, _ in EDITED}
    assert {(record, key) for record, key, _ in found} == touched, found
    assert {row[2] for row in told(base, first.document_id)} == {"changed"}
    after = ids(base)
    for table in FACTS:
        same = {number for number, row in before[table].items() if after[table].get(number) == row}
        assert before[table].keys() == after[table].keys(), table
        assert len(before[table]) - len(same) <= 4, table
    assert (
        base.execute("select value from thresholds where text like '其他工程%99%' and plan_item_id").fetchone()[0] == 97
    )
    assert base.execute("select points from clauses where code = '2'").fetchone()[0] == 31
    outdated = base.execute("select message from findings where kind = 'correction_outdated'").fetchall()
    assert [row[0] for row in outdated] == [
        "correction of thresholds 33.1 / 其他工程一次验收合格率 value: 98 was put right to 97; the source now reads 99"
    ]


FUND = (
    "城市政府每年为落实国务院《质量发展纲要（2011-2020年）》、本城市的质量发展规划或质量强市创建安排专项经费，"
    "且经费数额占年度公共财政预算收入比例达到"
)
FUND_REST = "得30分，达到0.6‰得20分，达到0.3‰得10分；上述工作没有专项经费保障的得0分。"
EDITED: dict[tuple[str, str, str | None], tuple[str | None, str | None]] = {
    ("clauses", "3", "text"): (f"{FUND}1‰{FUND_REST}", f"{FUND}2‰{FUND_REST}"),
    ("score_rules", "3 / 1", "condition"): (f"{FUND}1‰", f"{FUND}2‰"),
    ("thresholds", "3 / 经费数额占年度公共财政预算收入比例", "value"): ("1", "2"),
    ("plan_items", "11.2", "text"): ("农业标准化生产普及率达到30%以上。", "农业标准化生产普及率达到45%以上。"),
    ("thresholds", "11.2 / 农业标准化生产普及率", "value"): ("30", "45"),
    ("plan_items", "33.1", "text"): ("其他工程一次验收合格率达到98%。", "其他工程一次验收合格率达到99%。"),
    ("thresholds", "33.1 / 其他工程一次验收合格率", "value"): ("98", "99"),
    ("assignments", "13.14 / 市商务局", "department"): ("市旅游局", "市商务局"),
    ("plan_items", "12.1", "text"): ("计量体系基本满足全市发展所需。", "计量体系基本满足全市产业发展与民生所需。"),
}


def given(document: str, record: str, key: str, field: str, value: str) -> dict[str, str]:
    row = {"document": document, "record": record, "key": key, "field": field, "value": value}
    return row | {"because": "checked against the print"}


def natural(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every fact in reading order with what it refers to by name instead of by id."""
    place = "(select p.ordinal from passages p where p.id = {0}.passage_id)"
    clause, item = (
        f"(select {table[0]}.code from {table} {table[0]} where {table[0]}.id = {{0}}.{column})"
        for table, column in (("clauses", "clause_id"), ("plan_items", "plan_item_id"))
    )
    queries = {
        "passages": "select ordinal, kind, text, raw, page, line, boxes, confidence from passages x order by ordinal",
        "clauses": f"select code, kind, title, text, points, points_status, verification, position, {place},"
        " (select p.code from clauses p where p.id = x.parent_id) from clauses x order by position",
        "score_rules": f"select {clause}, ordinal, mode, points, condition, position, {place} from score_rules x"
        " order by position",
        "plan_items": f"select code, section, text, starts_on, ends_on, position, {place} from plan_items x"
        " order by position",
        "thresholds": f"select {clause}, {item}, indicator, comparator, value, unit, period, text, position, {place},"
        " (select s.ordinal from score_rules s where s.id = x.score_rule_id),"
        " (select n.name from indicators n where n.id = x.indicator_id) from thresholds x order by position",
        "assignments": f"select {clause}, {item}, role, raw, position, {place},"
        " (select d.name from departments d where d.id = x.department_id) from assignments x order by position",
        "citations": f"select cited_title, cited_number, position, {place} from citations x order by position",
        "links": f"select {clause}, {item}, method, status from links x order by 1, 2",
        "fields": f"select field, {place} from document_fields x order by field",
        "findings": f"select kind, message, {place} from findings x order by 1, 2, 3",
        "shared": "select name from departments x union all select name from indicators order by 1",
        "leftovers": "select kind, text, page, line from leftovers x order by 1, 2, 3, 4",
    }
    return {name: [tuple(row) for row in connection.execute(sql.format("x"))] for name, sql in queries.items()}


def test_a_rewritten_document_is_what_a_fresh_one_is(tmp_path: Path) -> None:
    """Whatever was there before, the facts of a revision are those of a base that read nothing else."""
    text, plan = flattened(), tmp_path / "plan.txt"
    lines = text.splitlines()
    versions = [text, FIVE_EDITS(text), "\n".join(lines[:300]), "\n".join([*lines[:60], *lines[120:]]), text]
    base = memory_base()
    for version in versions:
        plan.write_text(version, encoding="utf-8")
        extraction, fresh = read_document(plan), memory_base()
        # a part of a text may count as a poorer copy: what is tested here is the writing
        with transaction(base):
            known = base.execute("select id from documents").fetchone()
            if known is None:
                load_document(base, extraction, source="a", sha256="a")
            else:
                rewrite(base, extraction, known[0], File("a", "txt", "a"), 2)
        load(fresh, extraction)
        assert natural(base) == natural(fresh)
        assert base.execute("pragma foreign_key_check").fetchall() == []


# ---------------------------------------------------------------- copies


def test_the_bytes_of_any_revision_are_unchanged(base: sqlite3.Connection) -> None:
    """Nothing is written, and the note says which revision supplies the facts."""
    first = load(base, made(), "a")
    load(base, made(edits={2: "一、质量管理水平（30分）"}), "b")
    before = ids(base), base.execute("select count(*) from revisions").fetchone()[0]
    again = load(base, made(), "a")
    assert again == Loaded(
        first.document_id, "unchanged", "these bytes are revision 1; revision 2 is current, from in/1.txt"
    )
    assert (ids(base), base.execute("select count(*) from revisions").fetchone()[0]) == before


def test_a_copy_that_reads_worse_is_kept_beside(base: sqlite3.Connection) -> None:
    """It is a revision that is not current, the facts stay as they are, and the note says why."""
    first = load(base, made())
    before = ids(base)
    again = load(base, made(extra=(Finding("lost_cell", "warning", "another cell was lost", 3),)))
    assert again == Loaded(first.document_id, "kept", "2 places lost, the current one has 1; kept as revision 2")
    assert ids(base) == before
    assert [(row["revision"], row["current"]) for row in revisions(base, first.document_id)] == [(1, "yes"), (2, "")]
    assert base.execute("select revision from documents").fetchone()[0] == 1


def test_a_folder_of_copies_ends_stable(tmp_path: Path) -> None:
    """A second run of the same folder, poorer copies in it, writes nothing but its log."""
    base = memory_base()
    files = [Given(write_file(tmp_path / f"{n}.txt", note=f"n{n}"), f"{n}.txt") for n in range(3)]
    list(ingest(base, None, files, reader=read_made))
    before = ids(base), [tuple(row) for row in base.execute("select * from revisions")]
    assert [outcome.status for outcome in ingest(base, None, files, reader=read_made)] == ["unchanged"] * 3
    assert (ids(base), [tuple(row) for row in base.execute("select * from revisions")]) == before


# ---------------------------------------------------------------- history


def test_diff_takes_a_range_of_revisions(base: sqlite3.Connection) -> None:
    """Without a range it tells what the current revision changed; a range adds the revisions up."""
    titles = ["甲市质量工作考核方案", "甲市质量工作的考核方案", "甲市质量工作之考核方案"]
    for title in titles:
        document_id = load(base, made(title)).document_id
    one = [(2, "title", *titles[:2])]
    two = [(3, "title", *titles[1:])]

    def found(start: int | None = None, end: int | None = None) -> list[tuple[Any, ...]]:
        rows = changes(base, document_id, start, end)
        return [tuple(row[name] for name in ("revision", "field", "before", "after")) for row in rows]

    assert (found(), found(1), found(1, 2), found(end=2), found(end=1)) == (two, one + two, one, one, [])
    for start, end in ((3, 2), (0, 1), (1, 9), (2, 2)):
        with pytest.raises(UnknownRevision, match="1 to 3"):
            changes(base, document_id, start, end)


def ingested(connection: sqlite3.Connection, path: Path, *files: Path) -> list[Outcome]:
    return list(ingest(connection, path, [Given(file, file.name) for file in files], reader=read_made))


def test_refresh_reads_again_what_other_rules_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the kept originals; what changed is a revision with its changes, all is read by the new rules now."""
    path = tmp_path / "kb.db"
    connection = open_base(path, create=True)
    ingested(
        connection,
        path,
        write_file(tmp_path / "a.txt"),
        write_file(tmp_path / "b.txt", "乙市方案", "乙政发〔2014〕1号"),
    )
    (tmp_path / "a.txt").unlink()
    assert list(refresh(connection, path, reader=read_made)) == []
    monkeypatch.setattr("extract.rules.extractor_version", lambda: "newer")

    def better(file: Path) -> Extraction:
        extraction = read_made(file)
        rule = ScoreRule("V1", 1, "deduction", None, "发生重大事故的", 7)
        return extraction if "乙" in extraction.head.title else made(extra=(rule,))

    one, two = refresh(connection, path, reader=better)
    assert (one.status, two.status) == ("revised", "unchanged")
    assert [row["key"] for row in changes(connection, str(one.document_id))] == ["V1 / 1"]
    assert [tuple(row) for row in connection.execute("select extractor_version, revision from documents")] == [
        ("newer", 2),
        ("newer", 1),
    ]
    assert list(refresh(connection, path, reader=better)) == []
    connection.close()


def test_refresh_never_writes_an_old_file_over_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that another process revised while its old file was read again stays as that process left it."""
    path = tmp_path / "kb.db"
    connection = open_base(path, create=True)
    ingested(connection, path, write_file(tmp_path / "a.txt"))
    monkeypatch.setattr("extract.rules.extractor_version", lambda: "newer")

    def slow(file: Path) -> Extraction:
        ingested(connection, path, write_file(tmp_path / "b.txt", "甲市质量工作的考核方案"))
        return read_made(file)

    (outcome,) = refresh(connection, path, reader=slow)
    assert (outcome.status, outcome.note) == ("unchanged", "another process wrote it meanwhile")
    assert connection.execute("select title, revision from documents").fetchone()[:] == ("甲市质量工作的考核方案", 2)
    connection.close()


def test_refresh_without_the_original_fails_for_that_document_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kept file that is gone is one line; its facts stay."""
    path = tmp_path / "kb.db"
    connection = open_base(path, create=True)
    ingested(connection, path, write_file(tmp_path / "a.txt"))
    for file in originals_folder(path).iterdir():
        file.unlink()
    monkeypatch.setattr("extract.rules.extractor_version", lambda: "newer")
    (outcome,) = refresh(connection, path, reader=read_made)
    assert (outcome.status, connection.execute("select count(*) from clauses").fetchone()[0]) == ("failed", 3)
    assert str(outcome.error).endswith("ingest the file itself again")
    connection.close()


def test_the_file_of_a_former_revision_names_its_document(tmp_path: Path) -> None:
    """A new edition from another file does not take the first one's name away."""
    path = tmp_path / "kb.db"
    with closing(open_base(path, create=True)) as connection:
        (first,) = ingested(connection, path, write_file(tmp_path / "a.txt"))
        (second,) = ingested(connection, path, write_file(tmp_path / "new.txt", note="2"))
        assert (second.status, second.document_id) == ("revised", first.document_id)
        assert {document_named(connection, name) for name in ("a.txt", "new")} == {first.document_id}


def test_forget_leaves_nothing_of_the_document(tmp_path: Path) -> None:
    """Facts, history, corrections and files go; what others share stays, and citations of it are open again."""
    path = tmp_path / "kb.db"
    connection = open_base(path, create=True)
    ingested(connection, path, write_file(tmp_path / "b.txt", "乙部质量纲要", "乙质发〔2012〕7号"))
    untouched = ids(connection), sorted(file.name for file in originals_folder(path).iterdir())
    first = ingested(connection, path, write_file(tmp_path / "a.txt"), write_file(tmp_path / "a.txt", note="2"))
    document_id = str(first[0].document_id)
    with transaction(connection):
        correct(connection, given(document_id, "clauses", "1", "points", "18"))
    gone = forget(connection, path, document_id)
    assert {name: gone[name] for name in ("clauses", "thresholds", "corrections", "files")} == {
        **{"clauses": 3, "thresholds": 2, "corrections": 1, "files": 1}
    }
    assert (ids(connection), sorted(file.name for file in originals_folder(path).iterdir())) == untouched
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    for table in ("changes", "corrections", "document_fields"):
        assert (
            connection.execute(f"select count(*) from {table} where document_id = ?", (document_id,)).fetchone()[0] == 0
        )
    with pytest.raises(UnknownDocument):
        document_named(connection, document_id)
    assert ingested(connection, path, tmp_path / "a.txt")[0].document_id == document_id
    connection.close()


def test_forget_opens_citations_again(base: sqlite3.Connection, tmp_path: Path) -> None:
    """Who cited the document cites nothing in the base afterwards, or the digest that stood behind it."""
    load(base, made())
    digest = load(base, made("乙部纲要", "乙质发〔2012〕7号", origin="digest", cites=()))
    original = load(base, made("乙部纲要", "乙质发〔2012〕7号", cites=()))
    forget(base, tmp_path / "kb.db", original.document_id)
    assert base.execute("select cited_document_id from citations").fetchone()[0] == digest.document_id
    forget(base, tmp_path / "kb.db", digest.document_id)
    assert base.execute("select cited_document_id from citations").fetchone()[0] is None


def test_every_record_names_its_facts_apart(base: sqlite3.Connection) -> None:
    """No two facts of a record have one key, and every fact of the document has one."""
    document_id = load(base, read_document(DIGEST)).document_id
    for record in RECORDS:
        keys = [fact.key for fact in facts(base, document_id, record)]
        assert keys
        assert len(set(keys)) == len(keys), record
    assert corrections_of(base) == []


# ---------------------------------------------------------------- the real documents

FILLED = (1, 18, 24, 27, 34, 35, 37, 39, 41, 43, 44, 45, 48, 50)  # corpus/native/README.md: titles and points filled in


def test_the_rebuilt_task_table_fills_what_the_text_lost(shared: Path) -> None:
    """Five texts, then two of them as PDF: two second revisions; the changes are the cells that were filled in.

    The same PDF and the text again are unchanged, whichever is current.
    """
    base = memory_base()
    texts = [Given(file, file.name) for file in sorted((shared / "corpus" / "text").iterdir())]
    assert [outcome.status for outcome in ingest(base, None, texts)] == ["added"] * 5
    native = [Given(shared / "corpus" / "native" / name, name) for name in ("changzhou.pdf", "zhengzhou.pdf")]
    assert [outcome.status for outcome in ingest(base, None, native)] == ["revised"] * 2
    revised = {
        Path(row["source"]).stem: row["id"] for row in base.execute("select * from documents where revision = 2")
    }
    assert sorted(revised) == ["changzhou", "zhengzhou"]
    found = told(base, revised["changzhou"])
    titles = {key for record, key, change, field, before, _ in found if field == "title" and not before}
    assert titles == {str(number) for number in FILLED}
    # what stands in the filled titles themselves: conditions and a cited document
    others = {(record, change) for record, _, change, field, _, _ in found if field not in ("title", "points_status")}
    assert others == {("thresholds", "added"), ("citations", "added")}
    assert told(base, revised["zhengzhou"]) == []
    before = ids(base)
    again = list(ingest(base, None, [*native, *(file for file in texts if file.path.stem in revised)]))
    assert [outcome.status for outcome in again] == ["unchanged"] * 4
    assert [bool(outcome.note) for outcome in again] == [False, False, True, True]
    assert ids(base) == before


@pytest.mark.slow
def test_the_scan_of_the_notice_is_kept_beside(shared: Path) -> None:
    """Recognised characters never replace a text, however well they were recognised."""
    base = memory_base()
    files = [shared / "corpus" / "text" / "notice-2013.txt", shared / "corpus" / "native" / "notice-2013.scan.pdf"]
    outcomes = list(ingest(base, None, [Given(file, file.name) for file in files]))
    assert [outcome.status for outcome in outcomes] == ["added", "kept"]
    assert "recognised from pictures" in str(outcomes[1].note)
    (again,) = ingest(base, None, [Given(files[1], files[1].name)])
    assert again.status == "unchanged"
