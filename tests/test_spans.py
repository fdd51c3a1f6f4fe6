"""Spans for spaCy's users and patterns of their own: what is marked is what is extracted, and nothing else."""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner, Result
from spacy.tokens import DocBin
from spacy.training import Example

from extract.departments import department_list, find_departments
from extract.patterns import UnreadablePatterns, named, patterns_in, read_patterns, using
from extract.rules import extractor_version
from extract.spans import LABELS, Context, Mark, marks
from extract.spans.pipeline import Marked, marks_of, pipeline, read, read_docbin, rendered, write_docbin
from extract.text import squeezed
from extract.thresholds import thresholds
from kb.base import memory_base, open_base, transaction
from kb.cli import cli
from kb.demo import ingest_bundled
from kb.patterns import keep_patterns, kept_patterns, patterns_file
from kb.revise.correcting import correct
from kb.spans import Passage, passages, reviewed, span_rows

PLAN = """某市质量工作方案

| 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时间 |
| --- | --- | --- | --- | --- |
| 1 | 建成三个公共检测平台，政务上云90%。 | 星海共创 | 市财政局 | 2027年底前 |
| 2 | 清理沿河排口，排口溯源完成率达到95%以上。 | 市水利局、星海共创 | 市财政局 | 2028年底前 |
"""
DEPARTMENT = '{"label": "DEPARTMENT", "pattern": "星海共创", "id": "市星海共创中心"}'
INDICATOR = '{"label": "INDICATOR", "pattern": "政务上云"}'


def zhibiao(*arguments: object) -> Result:
    """Run one command in this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="zhibiao")


@pytest.fixture(scope="module")
def bundled() -> Iterator[sqlite3.Connection]:
    """The bundled documents, in memory."""
    with closing(memory_base()) as connection:
        assert all(outcome.status == "added" for outcome in ingest_bundled(connection, None))
        yield connection


@pytest.fixture(scope="module")
def found(bundled: sqlite3.Connection) -> list[Passage]:
    """The passages of all bundled documents with their spans."""
    documents = [row[0] for row in bundled.execute("select id from documents order by id")]
    return [passage for document in documents for passage in passages(bundled, document)]


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan with a body and an indicator that nobody knows, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.md").write_text(PLAN, "utf-8")
    (tmp_path / "own.jsonl").write_text(f"{DEPARTMENT}\n\n{INDICATOR}\n", "utf-8")
    return tmp_path / "plan.md"


# ---------------------------------------------------------------- one recogniser


@pytest.mark.parametrize("label", ["DEPARTMENT", "INDICATOR", "THRESHOLD", "CITATION"])
def test_every_fact_printed_in_its_passage_is_a_span_there(found: list[Passage], label: str) -> None:
    """What extraction read is what the components mark; a citation's span holds its number besides."""
    told = missed = 0
    for passage in found:
        spans = [squeezed(passage.text[m.start : m.end]) for m in passage.marks if m.label == label]
        for fact in passage.facts:
            words = squeezed(fact.words)
            if fact.label != label or words not in squeezed(passage.text):
                continue
            told += 1
            missed += not (any(words in span for span in spans) if label == "CITATION" else words in spans)
    assert told > 20
    assert missed == 0


def test_every_deadline_of_a_task_is_a_span_of_its_document(bundled: sqlite3.Connection, found: list[Passage]) -> None:
    """The dates of plan items are readings of deadlines that are marked."""
    read_there = {(p.document_id, mark.name) for p in found for mark in p.marks if mark.label == "DEADLINE"}
    items = bundled.execute("select document_id, starts_on, ends_on from plan_items where ends_on is not null")
    dates = {(document, "/".join(filter(None, (start, end)))) for document, start, end in items}
    assert len(dates) > 5
    assert dates <= read_there


def test_hardly_a_threshold_is_marked_that_is_no_fact(found: list[Passage]) -> None:
    """The recogniser of thresholds finds no second truth: nineteen in twenty of its spans are facts."""
    rows = [row for row in span_rows(found, personal=False) if row["label"] == "THRESHOLD"]
    assert len(rows) > 200
    assert sum(row["fact"] == "" for row in rows) <= len(rows) / 20


def test_spans_lie_inside_their_texts(found: list[Passage]) -> None:
    """Every span has text in its passage that does not begin or end with white space."""
    for passage in found:
        for mark in passage.marks:
            words = passage.text[mark.start : mark.end]
            assert words == words.strip() != ""


def test_components_write_a_group_of_all_and_one_a_label() -> None:
    """A pipeline is blank, over characters, and each component fills its own group."""
    nlp = pipeline()
    assert nlp.pipe_names == [f"zhibiao_{label.lower()}" for label in LABELS]
    doc = nlp("由市质监局牵头，抽检合格率达到95%以上\n（5分），2028年底前完成，见《质量发展纲要》。")
    assert len(doc) > 30
    assert {span.label_ for span in doc.spans["zhibiao"]} == set(LABELS)
    for label in LABELS:
        assert [span.text for span in doc.spans[label.lower()]] == [
            span.text for span in doc.spans["zhibiao"] if span.label_ == label
        ]
    assert marks_of(doc) == marks(doc.text)


def test_what_a_cell_holds_comes_from_outside() -> None:
    """A cell of names is read as a list: a name without the ending of a body is one there, and none in prose."""
    text = "市发改委、星海共创"
    assert [m.name for m in marks(text, Context(holds="names"))] == ["市发改委", "星海共创"]
    assert [m.name for m in marks_of(read(pipeline(["DEPARTMENT"]), text))] == ["市发改委"]


# ---------------------------------------------------------------- patterns


def test_a_pattern_names_a_body_in_lists_and_in_prose() -> None:
    """The named body is known, counted under its id, and hands on the level that it prints."""
    with using(read_patterns([DEPARTMENT, '{"label": "DEPARTMENT", "pattern": "市智汇谷"}'])):
        listed = [(d.raw, d.name, d.known) for d in department_list("市发改委、星海\n共创")]
        said = [(d.raw, d.start) for d in find_departments("由星海共创牵头，市智汇谷、财政局配合。")]
        names = [d.name for d in department_list("市智汇谷、财政局")]
    assert listed == [("市发改委", "市发改委", True), ("星海共创", "市星海共创中心", True)]
    assert said == [("星海共创", 1), ("市智汇谷", 8), ("财政局", 13)]
    assert names == ["市智汇谷", "市财政局"]
    assert [d.known for d in department_list("星海共创")] == [False]


@pytest.mark.parametrize(
    ("text", "without", "with_it"),
    [
        ("政务上云90%", [], [("政务上云", 90.0)]),
        ("加快提升产业政务上云达到90%以上", [("加快提升产业政务上云", 90.0)], [("政务上云", 90.0)]),
        ("覆盖率达到80%", [("覆盖率", 80.0)], [("覆盖率", 80.0)]),
    ],
)
def test_a_pattern_names_what_is_measured(
    text: str, without: list[tuple[str, float]], with_it: list[tuple[str, float]]
) -> None:
    """A named indicator is measured, and is the whole name; others are read as before."""
    assert [(t.indicator, t.value) for t in thresholds(text)] == without
    with using(read_patterns([INDICATOR])):
        assert [(t.indicator, t.value) for t in thresholds(text)] == with_it


TOKENS: list[list[dict[str, object]]] = [
    [{"TEXT": "市"}, {"TEXT": {"REGEX": "^[一-龥]$"}, "OP": "{2,3}"}, {"ORTH": "院"}],
    [{"TEXT": {"IN": ["省", "市"]}}, {}, {"TEXT": "院", "OP": "+"}],
    [{"TEXT": {"NOT_IN": ["省", "市"]}}, {"TEXT": {"REGEX": "省|市"}, "OP": "?"}, {"TEXT": "院"}],
    [{"TEXT": {"REGEX": r"\d"}, "OP": "*"}, {"TEXT": "院"}],
]


@pytest.mark.parametrize("tokens", TOKENS, ids=str)
def test_patterns_of_tokens_mean_what_spacy_means(tokens: list[dict[str, object]]) -> None:
    """Every place is one of SpanRuler's over characters, and none of its places is left uncovered."""
    nlp = pipeline(())
    row = {"label": "DEPARTMENT", "pattern": tokens}
    nlp.add_pipe("span_ruler").add_patterns([row])
    own, chance = read_patterns([json.dumps(row)]), random.Random(3)
    seen = 0
    for _ in range(200):
        text = "".join(chance.choice("省市院研究1") for _ in range(12))
        doc = nlp(text)
        theirs = {(span.start, span.end) for span in doc.spans["ruler"]}
        with using(own):
            ours = {(match.start, match.end) for match in named("DEPARTMENT", text)}
        assert ours <= theirs
        assert all(any(a < end and start < b for a, b in ours) for start, end in theirs)
        seen += len(ours)
    assert seen > 50


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("市数据局", "no JSON"),
        ("[1]", 'takes "label"'),
        ('{"label": "DEPARTMENT"}', 'takes "label"'),
        ('{"label": "DEPARTMENT", "pattern": "市数据局", "ids": 1}', 'takes "label"'),
        ('{"label": "POINTS", "pattern": "10分"}', "DEPARTMENT or INDICATOR"),
        ('{"label": [], "pattern": "10分"}', "DEPARTMENT or INDICATOR"),
        ('{"label": "INDICATOR", "pattern": "上云", "id": "x"}', '"id"'),
        ('{"label": "DEPARTMENT", "pattern": " 局 "}', "two or more characters"),
        ('{"label": "DEPARTMENT", "pattern": []}', "a list of tokens"),
        ('{"label": "DEPARTMENT", "pattern": [{"TEXT": "数据"}]}', "one character"),
        ('{"label": "DEPARTMENT", "pattern": [{"TEXT": {"REGEX": "(a+)+"}}]}', "one character"),
        ('{"label": "DEPARTMENT", "pattern": [{"POS": "NOUN"}]}', "takes TEXT or ORTH"),
        ('{"label": "DEPARTMENT", "pattern": [{"TEXT": "局", "OP": "!"}]}', "OP !"),
        ('{"label": "DEPARTMENT", "pattern": [{"TEXT": "局", "OP": "*"}]}', "may all be missing"),
        ('{"label": "DEPARTMENT", "pattern": [{"TEXT": "局", "OP": "{3,2}"}]}', "no pattern"),
        ('{"label": "DEPARTMENT", "pattern": [{"TEXT": {"REGEX": "[z-a]"}}]}', "no pattern"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    """One line that names the file, the number of the line and what is wrong."""
    file = tmp_path / "own.jsonl"
    file.write_text(f"{DEPARTMENT}\n\n{line}\n", "utf-8")
    with pytest.raises(UnreadablePatterns) as error:
        patterns_in(file)
    message = str(error.value)
    assert message.startswith(f"{file}, line 3: ")
    assert said in message
    assert "\n" not in message


# ---------------------------------------------------------------- patterns of a base


def bodies(database: Path) -> set[tuple[str, str]]:
    """The assignments of a base: as printed, and under which name."""
    with closing(open_base(database)) as connection:
        return {tuple(row) for row in connection.execute("select raw, name from assignments")}


def test_patterns_survive_in_their_base(plan: Path) -> None:
    """They are kept beside the base, take part in later readings, and --refresh knows who read without them."""
    base = plan.with_name("a.db")
    assert zhibiao("ingest", plan, "--db", base, "--no-link").exit_code == 0
    assert ("星海共创", "市星海共创中心") not in bodies(base)
    assert "unknown_department" in zhibiao("findings", "--db", base).stdout
    again = zhibiao("ingest", "--refresh", "--patterns", "own.jsonl", "--db", base, "--no-link")
    assert "1 documents read again: 1 revised" in again.stdout
    assert patterns_file(base).read_bytes() == Path("own.jsonl").read_bytes()
    assert ("星海共创", "市星海共创中心") in bodies(base)
    assert "unknown_department" not in zhibiao("findings", "--db", base).stdout
    with closing(open_base(base)) as connection:
        measured = {row[0] for row in connection.execute("select indicator from thresholds")}
    assert "政务上云" in measured
    assert "0 documents read again" in zhibiao("ingest", "--refresh", "--db", base, "--no-link").stdout
    Path("own.jsonl").write_text("", "utf-8")
    gone = zhibiao("ingest", "--refresh", "--patterns", "own.jsonl", "--db", base, "--no-link")
    assert "1 documents read again: 1 revised" in gone.stdout
    assert not patterns_file(base).exists()
    assert ("星海共创", "市星海共创中心") not in bodies(base)


def test_patterns_reach_the_processes_that_read(plan: Path) -> None:
    """Two files read by two processes both know the body."""
    plan.with_name("other.md").write_text(PLAN.replace("某市质量", "某市水利"), "utf-8")
    base = plan.with_name("a.db")
    files = (plan, plan.with_name("other.md"))
    run = zhibiao("ingest", *files, "--jobs", 2, "--patterns", "own.jsonl", "--db", base, "--no-link")
    assert run.exit_code == 0, run.output
    with closing(open_base(base)) as connection:
        rows = connection.execute(
            "select count(distinct i.document_id) from assignments a join plan_items i on i.id = a.plan_item_id"
            " where a.name = '市星海共创中心'"
        )
        assert rows.fetchone()[0] == 2


def test_a_broken_file_of_patterns_makes_no_base(plan: Path) -> None:
    """The command ends with one line and nothing is written."""
    Path("bad.jsonl").write_text(DEPARTMENT + "\n{}\n", "utf-8")
    run = zhibiao("ingest", plan, "--patterns", "bad.jsonl", "--db", "b.db")
    assert run.exit_code == 2
    assert "bad.jsonl, line 2: " in run.stderr
    assert not Path("b.db").exists()


def test_other_patterns_are_another_version(plan: Path) -> None:
    """The version of the rules tells patterns apart, not their order, and none from any."""
    base = plan.with_name("a.db")
    keep_patterns(base, plan.with_name("own.jsonl"))
    with using(kept_patterns(base)):
        kept = extractor_version()
    with using(read_patterns([INDICATOR, DEPARTMENT])):
        assert extractor_version() == kept
    with using(read_patterns([INDICATOR])):
        assert extractor_version() not in (kept, kept.rpartition(".")[0])
    assert extractor_version() == kept.rpartition(".")[0]


# ---------------------------------------------------------------- out of the house


def test_the_page_is_escaped_and_needs_no_other(plan: Path) -> None:
    """Texts are escaped, no space parts Chinese characters, every label has its colour, nothing is fetched."""
    text = "<script>alert(1)</script>由市质监局\n牵头&覆盖率达到95%以上。"
    page = rendered("<b>题</b>", [Marked("<i>1</i>", text, marks(text))])
    assert "<script>" not in page
    assert "<b>题" not in page
    assert "<i>1" not in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    shown = re.sub(r"<u[^>]*>.*?</u>|<[^>]+>", "", page[page.index("<section>") :])
    assert "由市质监局 牵头&amp;覆盖率达到95%以上。" in shown
    assert "\ufdd0" not in page
    for label in LABELS:
        assert f">{label}</li>" in page


def test_the_command_lists_draws_and_bins(plan: Path) -> None:
    """A FILE is read for itself, patterns and all; personal numbers are starred out unless asked for."""
    with plan.open("a", encoding="utf-8") as file:
        file.write("\n联系人见《质量工作手册13961930000》。\n")
    rows = json.loads(zhibiao("spans", plan, "--patterns", "own.jsonl", "--format", "json").stdout)
    assert {"星海共创", "政务上云", "2027年底前"} <= {row["text"] for row in rows}
    assert all(row["end"] - row["start"] == len(row["text"]) for row in rows)
    assert {row["reading"] for row in rows if row["text"] == "星海共创"} == {"市星海共创中心"}
    assert zhibiao("spans", plan, "--html", "p.html", "--docbin", "p.spacy").exit_code == 0
    drawn = Path("p.html").read_text("utf-8")
    assert zhibiao("spans", plan, "--html").stdout.strip() == drawn.strip()
    page = re.sub(r"<[^>]+>", "", drawn)
    docs = read_docbin(Path("p.spacy"), spacy.blank("zh").vocab)
    trained = "".join([doc.text + "".join(mark.name for mark in marks_of(doc)) for doc in docs])
    for left in (page, trained):
        assert "质量工作手册***********" in left
        assert "13961930000" not in left
    assert zhibiao("spans", plan, "--with-personal", "--format", "csv").stdout.count("13961930000") >= 1
    assert "13961930000" not in zhibiao("spans", plan, "--format", "csv").stdout


def test_without_spacy_the_command_says_what_to_install(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and the exit code of a command that could not be carried out."""
    real = importlib.util.find_spec
    monkeypatch.setattr("kb.spans.find_spec", lambda name: None if name == "spacy" else real(name))
    run = zhibiao("spans", plan)
    assert run.exit_code == 2
    assert run.stderr.strip().endswith("pip install 'zhibiao[spans]'")
    assert len(run.stderr.strip().splitlines()) == 1


def test_training_data_loads_with_a_blank_vocabulary_and_trains(tmp_path: Path, found: list[Passage]) -> None:
    """Spans come back as they went, and a SpanCategorizer learns from them."""
    texts = [Marked("", passage.text, passage.marks) for passage in found if passage.marks][:40]
    assert write_docbin(tmp_path / "out.spacy", texts) == len(texts)
    nlp = spacy.blank("zh")
    docs = list(DocBin().from_disk(tmp_path / "out.spacy").get_docs(nlp.vocab))
    assert [(doc.text, marks_of(doc)) for doc in docs] == [(one.text, list(one.marks)) for one in texts]
    examples = [Example(nlp.make_doc(doc.text) if len(doc) < 1 else doc.copy(), doc) for doc in docs]
    nlp.add_pipe("spancat", config={"spans_key": "zhibiao"})
    optimizer = nlp.initialize(lambda: examples)
    assert set(nlp.get_pipe("spancat").labels) == {mark.label for one in texts for mark in one.marks}
    losses: list[float] = []
    for _ in range(3):
        losses.append(nlp.update(examples, sgd=optimizer)["spancat"])
    assert losses[-1] < losses[0]


def test_only_what_is_reviewed_becomes_training_data(bundled: sqlite3.Connection, found: list[Passage]) -> None:
    """A passage that a finding doubts is left out; what a person put right comes with the right words."""
    doubted = {
        row[0] for row in bundled.execute("select passage_id from findings where severity in ('warning', 'error')")
    }
    kept = {one.title for one in reviewed(bundled, found, personal=True)}
    with_facts = {f"{p.document_id} {p.ordinal}" for p in found if p.facts}
    left_out = {f"{p.document_id} {p.ordinal}" for p in found if p.facts and p.id in doubted}
    assert left_out
    assert kept <= with_facts - left_out
    assert len(kept) > 100


def test_corrections_are_applied(plan: Path) -> None:
    """The words that a person put in place of those that were read are the span."""
    base = plan.with_name("a.db")
    assert zhibiao("ingest", plan, "--db", base, "--no-link").exit_code == 0
    with closing(open_base(base, write=True)) as connection:
        document = connection.execute("select id from documents").fetchone()[0]
        given = {"record": "thresholds", "key": "2 / 排口溯源完成率", "field": "indicator", "value": "溯源完成率"}
        with transaction(connection):
            correct(connection, given | {"document": document})
        texts = list(reviewed(connection, list(passages(connection, document)), personal=False))
    said = {one.text[m.start : m.end] for one in texts for m in one.marks if m.label == "INDICATOR"}
    assert "溯源完成率" in said
    assert "排口溯源完成率" not in said


def test_marks_are_found_in_full_width_print() -> None:
    """Offsets are those of the print, whatever its width."""
    text = "合格率达到９５％以上，２０２８年 底前完成"
    assert Mark(11, 19, "DEADLINE", "2028") in marks(text)
    assert "合格率达到９５％以上" in [text[m.start : m.end] for m in marks(text) if m.label == "THRESHOLD"]
