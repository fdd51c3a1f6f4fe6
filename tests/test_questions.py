"""The ready questions: their files, their answers on a small base, and that none can write."""

from __future__ import annotations

import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest
from small_base import small_base

from kb.ask import with_documents
from kb.errors import FailedQuestion, UnknownDocument, UnknownParameter, UnknownQuestion
from kb.questions import Parameter, Question, ask, put, question, questions, read_question

CHINESE = re.compile("[\u4e00-\u9fff]")
LITERAL = re.compile(r"'[^']*'")
KEYWORD = re.compile(
    r"\b(select|from|where|join|left|on|and|or|not|in|is|null|as|with|recursive|union|all|group|order|by|having"
    r"|case|when|then|else|end|distinct|limit|over|partition|exists|desc|asc)\b",
    re.IGNORECASE,
)
# sums and logs speak of many places or of none; every other row says where its fact stands
WITHOUT_PLACE = {
    *("documents", "department-ranking", "department-partners", "function-ranking", "department-functions"),
    *("coverage-summary", "ingests", "text-coverage", "changes", "corrections", "leaders-by-name", "same-indicator"),
}
EVERY = pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)


@pytest.fixture
def base() -> sqlite3.Connection:
    return small_base()


def code_of(asked: Question) -> str:
    """The select without what is quoted."""
    return LITERAL.sub("''", asked.sql)


def test_every_file_is_a_question() -> None:
    """Each .sql file is listed once, by its file's name; there are at least fourteen."""
    names = {entry.name.removesuffix(".sql") for entry in files("queries").iterdir() if entry.name.endswith(".sql")}
    assert [asked.name for asked in questions()] == sorted(names)
    assert len(names) >= 14


@EVERY
def test_header(asked: Question) -> None:
    """A header gives a Chinese and an English title and a description in Chinese, then English."""
    assert CHINESE.search(asked.title)
    assert asked.title_en
    assert not CHINESE.search(asked.title_en)
    assert CHINESE.match(asked.description[0])
    assert re.search("。 ?[A-Z][A-Za-z ]+", asked.description)


@EVERY
def test_parameters(asked: Question) -> None:
    """Parameters used are those declared; each may be empty, and its description says what that means."""
    used = set(re.findall(r":([a-z_]+)", code_of(asked)))
    assert used == {parameter.name for parameter in asked.params}
    for parameter in asked.params:
        assert f":{parameter.name} = ''" in asked.sql
        assert "留空" in parameter.description
        assert "empty means" in parameter.description


@EVERY
def test_style(asked: Question) -> None:
    """One select in lower case, without a star, with explicit joins and an order."""
    code = code_of(asked)
    assert code == code.lower()
    assert code.startswith(("select", "with"))
    assert "*" not in code
    assert ";" not in code
    assert re.search(r"^order by ", code, re.MULTILINE)
    assert not re.search(r"^from [a-z_ ]+,", code, re.MULTILINE)
    assert all(len(line) <= 120 for line in asked.sql.splitlines())


@EVERY
def test_one_clause_a_line(asked: Question) -> None:
    """At the level of the whole question every line begins one clause."""
    outer = [line for line in code_of(asked).splitlines() if line and not line.startswith((" ", ")"))]
    for line in outer:
        assert len(re.findall(r"\b(select|from|join|where|group by|having|order by)\b", line)) <= 1, line


@EVERY
def test_answers_on_the_small_base(base: sqlite3.Connection, asked: Question) -> None:
    """With nothing given every question has rows, and a row that states a fact says where it stands."""
    rows = ask(base, asked.name)
    assert rows
    if asked.name not in WITHOUT_PLACE:
        assert all(row["document_id"] and row["document"] for row in rows)
        assert any(row["place"] for row in rows)


@EVERY
def test_parameters_narrow(base: sqlite3.Connection, asked: Question) -> None:
    """A value that is nowhere leaves nothing; a parameter is never ignored."""
    for parameter in asked.params:
        assert ask(base, asked.name, {parameter.name: "nowhere"}) == []


@pytest.mark.parametrize(
    ("name", "given", "column", "expected"),
    [
        (
            "department-ranking",
            {"city": "乙市"},
            "department",
            ["市发改委", "市财政局", "市质监局", "领导小组成员单位"],
        ),
        ("department-ranking", {}, "leads", [1, 2, 1, 0]),
        ("function-ranking", {}, "present_function", ["市场监督管理"]),
        ("leaders-by-name", {"city": "乙市"}, "body", ["市财政局", "市发改委", "乙市市场监督管理局"]),
        ("leaders-by-name", {"names": "printed", "department": "市场"}, "body", ["市质监局"]),
        ("who-leads-what", {"department": "市场监督"}, "printed_name", ["市质监局"]),
        ("who-leads-what", {"names": "printed", "role": "support"}, "body", ["市发改委"]),
        ("same-indicator", {"indicator": "投诉比例"}, "indicator", ["投诉率"]),
        ("department-functions", {"department": "市场监督"}, "department", ["市质监局"]),
        ("department-clauses", {"department": "市质监局"}, "clause", ["1"]),
        ("department-clauses", {"department": "市场监督管理局"}, "printed_name", ["市质监局"]),
        ("department-clauses", {"department": "财政", "role": "lead"}, "via", ["named", "printed"]),
        ("clause-departments", {"clause": "1", "document": "rubric"}, "department", ["市质监局", "市发改委"]),
        ("clauses-without-department", {}, "clause", ["B1"]),
        ("tasks-by-deadline", {"year": "2017"}, "plan_item", ["2"]),
        ("tasks-by-deadline", {"department": "发改委"}, "ends_on", ["2016", "2017-06"]),
        ("group-assignments", {}, "department", ["领导小组成员单位"]),
        ("department-pairs", {}, "partner", ["市发改委"]),
        ("department-partners", {"department": "质监"}, "closest", ["市发改委"]),
        ("department-partners", {}, "meetings", [1, 1, 0, 0]),
        ("rubric-tree", {"document": "rubric"}, "depth", [0, 1, 1, 0]),
        ("section-points", {}, "difference", [-5]),
        ("inferred-points", {}, "findings", ["points worked out"]),
        ("score-rules-of-clause", {"clause": "1"}, "mode", ["tier", "tier", "deduction"]),
        ("verification-methods", {}, "method", ["查阅文件", "现场检查"]),
        ("optional-clauses", {}, "clause", ["2"]),
        ("thresholds-by-indicator", {"indicator": "抽检"}, "value", [95, 93]),
        ("strictest-thresholds", {"indicator": "抽检"}, "document_id", ["rubric"]),
        ("strictest-thresholds", {"indicator": "专项经费"}, "unit", ["%"]),
        ("strictest-thresholds", {"indicator": "投诉"}, "direction", ["ceiling"]),
        ("coverage-summary", {"plan": "plan"}, "uncovered", [1]),
        ("coverage-summary", {"plan": "plan"}, "points_excused", [0]),
        ("coverage", {"plan": "plan"}, "status", ["uncovered", "covered", "covered"]),
        ("coverage", {"plan": "plan", "status": "uncovered"}, "clause", ["B1"]),
        ("coverage", {"plan": "plan"}, "leads", [None, "市质监局", "市发改委"]),
        ("compare-thresholds", {"indicator": "抽检"}, "verdict", ["weaker"]),
        ("compare-thresholds", {"indicator": "专项经费"}, "verdict", ["stricter", "missing", "weaker", "missing"]),
        ("links-with-reasons", {"plan": "创建"}, "status", ["proposed", "accepted"]),
        ("citations", {"in_base": "yes"}, "cited_document_id", ["rubric"]),
        ("citations", {"in_base": "no"}, "cited_title", ["质量纲要"]),
        ("findings-by-document", {"kind": "lost_cell"}, "document_id", ["rubric"]),
        ("facts-with-source", {"record": "citations"}, "fact", ["示范城市考核细则", "质量纲要"]),
        ("document-relations", {"document": "notice"}, "relation", ["repeals"]),
        ("changes", {"record": "plan_items"}, "field", ["text"]),
        ("corrections", {"document": "plan"}, "corrected_value", ["抽检"]),
        ("ingests", {"status": "failed"}, "error", ["damaged file"]),
    ],
)
def test_answers(
    base: sqlite3.Connection, name: str, given: dict[str, str], column: str, expected: list[object]
) -> None:
    """What the small base says, narrowed as asked."""
    rows = ask(base, name, given)
    if name == "department-ranking":
        rows.sort(key=lambda row: str(row["department"]))
    if name == "leaders-by-name":
        rows.sort(key=lambda row: len(str(row["body"])))
    assert [row[column] for row in rows] == expected


def test_unknown_names_are_told() -> None:
    """A name that does not exist is one line that gives the ones that do."""
    with pytest.raises(UnknownQuestion, match=r"^nothing: no such question; there are .*rubric-tree") as error:
        question("nothing")
    assert "\n" not in str(error.value)
    with pytest.raises(UnknownParameter, match="rubric-tree: no parameter town; it takes document"):
        ask(small_base(), "rubric-tree", {"town": "x"})


@pytest.mark.parametrize(
    "sql",
    [
        "delete from documents",
        "insert into regions values ('1', 'a', 'a', 'county', null)",
        "pragma query_only = off",
        "attach ':memory:' as other",
        "create temp table taken as select d.id from documents d",
        "select nothing from documents",
        "select d.id from documents d; select 1",
    ],
)
def test_a_question_can_only_read(base: sqlite3.Connection, sql: str) -> None:
    """Whatever a file holds, it writes nothing, and the connection can be written to afterwards."""
    before = base.execute("select count(*) from documents").fetchone()[0]
    with pytest.raises(FailedQuestion, match=r"^bad: "):
        put(base, Question("bad", "", "", "", (), sql), {})
    assert base.execute("select count(*) from documents").fetchone()[0] == before
    base.execute("delete from ingests")
    assert base.execute("select count(*) from ingests").fetchone()[0] == 0


@pytest.mark.parametrize(("named", "found"), [("plan", "plan"), ("乙市", "乙市"), ("", "")])
def test_a_document_may_be_named_as_elsewhere(base: sqlite3.Connection, named: str, found: str) -> None:
    """An id, or a part of a title that may mean several, stays."""
    assert with_documents(base, question("text-coverage"), {"document": named}) == {"document": found}


def test_a_document_is_named_by_its_file_or_not_at_all(base: sqlite3.Connection) -> None:
    """The name of the file becomes the id; a name that fits nothing is refused, where an empty answer would mislead."""
    ((number, source),) = base.execute("select id, source from documents order by id limit 1").fetchall()
    asked = question("plan-items")
    assert with_documents(base, asked, {"document": Path(source).name, "text": "x"}) == {
        "document": number,
        "text": "x",
    }
    with pytest.raises(UnknownDocument, match=r"^xyz: no such document"):
        with_documents(base, asked, {"document": "xyz"})


def test_a_question_without_titles_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists, pages and sheets show the titles."""
    (tmp_path / "mine.sql").write_text("-- title_en: Mine\nselect 1 as one", encoding="utf-8")
    monkeypatch.setattr("kb.questions.files", lambda _: tmp_path)
    with pytest.raises(FailedQuestion, match=r"^queries/mine\.sql: "):
        questions.__wrapped__()


def test_reading_a_file() -> None:
    """A repeated description is one, a comment after the header belongs to the select."""
    text = (
        "-- title: 甲\n-- title_en: A\n-- description: 乙。\n-- description: B.\n-- param: x: y: z\n-- why\nselect 1\n"
    )
    assert read_question("a", text) == Question(
        "a", "甲", "A", "乙。 B.", (Parameter("x", "y: z"),), "-- why\nselect 1"
    )
