"""`export`: every kind holds what the base holds, says where it comes from, masks persons, and overwrites nobody."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import networkx
import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result
from frictionless import Package, system
from gold_base import insert
from openpyxl import load_workbook
from rdflib import DCTERMS, PROV, RDF, SKOS, Graph, Namespace, URIRef
from small_base import small_base

import kb.exports.folders
from kb.base import open_base
from kb.cli import cli
from kb.commands.exporting import KINDS
from kb.exports.export import Wish, export
from kb.exports.tables import LOGS, LOOKUPS, digests, read_tables
from kb.questions import ask, questions
from kb.sheets import MOST_ROWS, Sheet, TooLongSheet, write_book

TERM = Namespace("urn:zhibiao:term:")
PERSONAL = ("13961930000", "0515-86665066", "32040019800101123X", "zhang.san@example.cn")
SAID = f"联系人电话{PERSONAL[0]}、{PERSONAL[1]}，证件{PERSONAL[2]}，邮箱 {PERSONAL[3]}"
FORMULA = '=HYPERLINK("http://example.cn","甲")'
# type in linked data → its rows
LINKED = {
    **{"Document": "documents", "Revision": "revisions", "Passage": "passages", "Clause": "clauses"},
    **{"ScoreRule": "score_rules", "PlanItem": "plan_items", "Threshold": "thresholds", "Assignment": "assignments"},
    **{"Link": "links", "Citation": "citations", "FormField": "form_fields", "Finding": "findings"},
    **{"Region": "regions", "Function": "functions", "Department": "departments", "Indicator": "indicators"},
}
FACTS = ("Clause", "ScoreRule", "PlanItem", "Threshold", "Assignment", "Citation", "FormField", "Finding")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def count(base: sqlite3.Connection, table: str) -> int:
    return int(base.execute(f"select count(*) from {table}").fetchone()[0])


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A small base on disk, one of its documents a digest, with numbers of persons and formulas in its texts."""
    base = small_base()
    base.execute("update documents set origin = 'digest' where id = 'notice'")
    base.execute("update documents set issuer = ? where id = 'plan'", [SAID])
    for table, column in (("passages", "text"), ("plan_items", "text"), ("clauses", "title"), ("findings", "message")):
        base.execute(f"update {table} set {column} = ? || {column} where id = (select min(id) from {table})", [SAID])
    base.execute("update links set evidence = ?", [json.dumps({"item": SAID}, ensure_ascii=False)])
    last = base.execute("select max(id) from plan_items").fetchone()[0]
    base.execute("update plan_items set text = ?, section = ? where id = ?", [FORMULA, "-5\n@甲", last])
    passage = base.execute("select min(id) from passages where document_id = 'plan'").fetchone()[0]
    insert(base, "form_fields", document_id="plan", label="+电话", value=SAID, passage_id=passage)
    for key in ("rubric", "plan", "notice"):
        known = {"sha256": key, "source": f"in/{key}.txt", "format": "txt", "ingested_at": "2024-01-01T00:00:00Z"}
        insert(base, "revisions", document_id=key, revision=1, is_current=1, **known)
    path = tmp_path / "基础.db"
    with closing(sqlite3.connect(path)) as file:
        base.backup(file)
    return path


def written(base: Path, out: Path, kind: str, **wish: Any) -> Path:
    with closing(open_base(base)) as connection:
        return export(connection, base, out, kind, Wish(**wish))


def csv_rows(file: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with file.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def everything(path: Path) -> str:
    """All text of an export, whatever it is packed in."""
    if path.is_dir():
        return "".join(everything(file) for file in sorted(path.rglob("*")) if file.is_file())
    if path.suffix == ".parquet":
        return json.dumps(pyarrow.parquet.read_table(path).to_pylist(), ensure_ascii=False)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist())
    return path.read_text(encoding="utf-8")


BASES = ("hostile", "bundled_path")


@pytest.fixture(params=BASES)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


# ---------------------------------------------------------------- every count is the base's


def test_a_workbook_has_a_sheet_a_question(path: Path, tmp_path: Path) -> None:
    """As many rows as the question answers, in the order of the contents; headers frozen and filtered."""
    book = load_workbook(written(path, tmp_path / "a.xlsx", "xlsx"))
    contents, *sheets = book.worksheets
    assert [sheet.title for sheet in sheets] == [question.title for question in questions()]
    listed = {row[2]: row for row in contents.iter_rows(min_row=6, values_only=True)}
    with closing(open_base(path)) as base:
        for question, sheet in zip(questions(), sheets, strict=True):
            rows = ask(base, question.name)
            assert (sheet.max_row - 1, listed[question.name][3]) == (len(rows), len(rows)), question.name
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref.endswith(str(len(rows) + 1))
            header = [cell.value for cell in sheet[1]]
            assert header[: len(rows[0]) if rows else 0] == [*(rows[0] if rows else ())]
            assert all(7 <= sheet.column_dimensions[cell.column_letter].width <= 61 for cell in sheet[1])
    assert contents.freeze_panes == "A6"
    assert path.name in contents["A1"].value
    assert re.search(r"\d{4}-\d\d-\d\dT", contents["A2"].value)


def test_csv_has_a_file_a_question_and_a_table(path: Path, tmp_path: Path) -> None:
    """Each with a byte-order mark, and as many rows as the base has."""
    out = written(path, tmp_path / "out", "csv")
    with closing(open_base(path)) as base:
        for question in questions():
            assert len(csv_rows(out / "questions" / f"{question.name}.csv")) == len(ask(base, question.name))
        for table in read_tables(base):
            assert len(csv_rows(out / "tables" / f"{table.name}.csv")) == count(base, table.name)
    assert {file.read_bytes()[:3] for file in out.rglob("*.csv")} == {b"\xef\xbb\xbf"}


def test_parquet_has_typed_tables_with_the_values_of_the_base(path: Path, tmp_path: Path) -> None:
    """Rows come back as the base has them, numbers as numbers and null as null."""
    out = written(path, tmp_path / "out", "parquet", with_personal=True)
    with closing(open_base(path)) as base:
        for table in read_tables(base):
            read = pyarrow.parquet.read_table(out / f"{table.name}.parquet")
            order = ", ".join(table.key or ("rowid",))
            rows = base.execute(f"select {', '.join(table.names)} from {table.name} order by {order}")
            assert read.to_pylist() == [dict(row) for row in rows], table.name
            assert json.loads(read.schema.metadata[b"zhibiao.digests"]) == [*digests(base)]
    types = {field.name: str(field.type) for field in pyarrow.parquet.read_schema(out / "thresholds.parquet")}
    assert (types["id"], types["value"], types["text"]) == ("int64", "double", "string")


def test_linked_data_counts_and_leads_back(path: Path, tmp_path: Path) -> None:
    """Every row is a thing; every fact comes from a passage, it from a revision with its hash, it from a document."""
    file = written(path, tmp_path / "a.jsonld", "jsonld")
    graph = Graph().parse(file, format="json-ld")
    types = Counter(str(kind) for kind in graph.objects(None, RDF.type))
    with closing(open_base(path)) as base:
        assert {kind: types[str(TERM[kind])] for kind in LINKED} == {k: count(base, t) for k, t in LINKED.items()}
        linked = count(base, "(select 1 from links group by plan_item_id, clause_id)")
    passages = {*graph.subjects(RDF.type, TERM.Passage)}
    revisions = {*graph.subjects(RDF.type, TERM.Revision)}
    for kind in FACTS:
        for fact in graph.subjects(RDF.type, TERM[kind]):
            assert {*graph.objects(fact, PROV.wasDerivedFrom)} <= passages | revisions, fact
            assert len({*graph.objects(fact, PROV.generatedAtTime)}) == 1
            (reading,) = graph.objects(fact, PROV.wasGeneratedBy)
            assert (reading, RDF.type, PROV.Activity) in graph
            assert graph.value(reading, PROV.wasAssociatedWith) is not None or path.name != "bundled.db"
    for passage in passages:
        (revision,) = graph.objects(passage, PROV.wasDerivedFrom)
        assert graph.value(revision, TERM.sha256) is not None
        document = graph.value(revision, PROV.specializationOf)
        assert graph.value(document, DCTERMS.identifier) is not None
    served = [
        link for link in graph.subjects(RDF.type, TERM.Link) if len([*graph.objects(link, PROV.wasDerivedFrom)]) == 2
    ]
    assert len(served) == linked


def test_a_data_package_is_valid(path: Path, tmp_path: Path) -> None:
    """Frictionless finds nothing wrong: types, required fields, primary keys, references, hashes, sizes."""
    out = written(path, tmp_path / "out", "datapackage")
    with system.use_context(trusted=True):
        report = Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:5]
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    with closing(open_base(path)) as base:
        counted = {one["name"]: one["rowCount"] for one in package["resources"]}
        assert counted == {table.name: count(base, table.name) for table in read_tables(base)}
        marked = [source["id"] for source in package["sources"] if source["origin"] == "digest"]
        assert marked == [*digests(base)]
        assert len(package["sources"]) == count(base, "documents")
    for one in package["resources"]:
        assert len(csv_rows(out / one["path"], "utf-8")) == one["rowCount"]


@pytest.mark.parametrize(("kind", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_graphs_are_those_of_the_graph_command(path: Path, tmp_path: Path, kind: str, read: Any) -> None:
    """The same nodes and edges, although the export carries a mark."""
    made = read(written(path, tmp_path / "a.xml", kind))
    assert run("graph", tmp_path / "b.xml", "--to", kind, "--db", path).exit_code == 0
    other = read(tmp_path / "b.xml")
    assert [*made.nodes(data=True)] == [*other.nodes(data=True)]
    assert made.number_of_edges() == other.number_of_edges() > 0


def test_every_table_goes_out_but_logs(path: Path) -> None:
    """What is left out is named, and no column that only helps look-ups goes out."""
    with closing(open_base(path)) as base:
        tables = read_tables(base)
        known = {row[0] for row in base.execute("select name from sqlite_master where type = 'table'")}
        assert {table.name for table in tables} == {n for n in known if "_fts" not in n and "sqlite" not in n} - LOGS
    assert not LOOKUPS & {name for table in tables for name in table.names}


# ---------------------------------------------------------------- links, digests, formulas


def test_cells_lead_to_rows_of_the_workbook(path: Path, tmp_path: Path) -> None:
    """Every document that is named leads to its row, every clause to its own; no link leads elsewhere."""
    book = load_workbook(written(path, tmp_path / "a.xlsx", "xlsx"))
    followed = Counter[str]()
    for sheet in book.worksheets[1:]:
        header = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.hyperlink is None:
                    continue
                assert cell.hyperlink.target is None
                name, place = re.fullmatch(r"'(.+)'!(A\d+)", cell.hyperlink.location).groups()  # type: ignore[union-attr]
                target = book[name]
                found = {target.cell(1, c).value: target.cell(target[place].row, c).value for c in range(1, 20)}
                column = header[cell.column - 1]
                assert found["clause" if column == "clause" else "document_id"] == cell.value
                followed[column] += 1
            document = row[header.index("document_id")] if "document_id" in header else None
            assert document is None or document.value is None or document.hyperlink is not None
    assert followed["clause"] > 0
    assert [cell.hyperlink.location for cell in book.worksheets[0]["A"][5:]] == [
        f"'{s.title}'!A1" for s in book.worksheets[1:]
    ]


def test_cells_lead_to_a_site(hostile: Path, tmp_path: Path) -> None:
    """With an address every document, clause and place leads to its page."""
    book = load_workbook(written(hostile, tmp_path / "a.xlsx", "xlsx", site="https://example.cn/zb/"))
    targets = {c.hyperlink.target for s in book.worksheets[1:] for r in s.iter_rows() for c in r if c.hyperlink}
    assert {"https://example.cn/zb/document/rubric", "https://example.cn/zb/rubric/rubric/B1"} <= targets
    assert any(re.fullmatch(r"https://example\.cn/zb/document/plan\?at=(\d+)#p\1", target) for target in targets)
    graph = Graph().parse(
        written(hostile, tmp_path / "a.jsonld", "jsonld", site="https://example.cn/zb/"), format="json-ld"
    )
    assert (URIRef("https://example.cn/zb/document/plan"), RDF.type, TERM.Document) in graph


def test_a_digest_is_marked_in_every_kind(hostile: Path, tmp_path: Path) -> None:
    """Rows that name the digest say so, and those that name another say `original`."""
    out = written(hostile, tmp_path / "out", "csv")
    for file in out.glob("questions/*.csv"):
        for row in csv_rows(file):
            if row.get("document_id"):
                assert row["origin"] == ("digest" if row["document_id"] == "notice" else "original"), file.name
    assert {row["id"]: row["origin"] for row in csv_rows(out / "tables" / "documents.csv")}["notice"] == "digest"
    book = load_workbook(written(hostile, tmp_path / "a.xlsx", "xlsx"))
    assert "notice" in book.worksheets[0]["A3"].value
    assert "rubric" not in book.worksheets[0]["A3"].value
    graph = Graph().parse(written(hostile, tmp_path / "a.jsonld", "jsonld"), format="json-ld")
    origins = {str(graph.value(s, DCTERMS.identifier)): str(o) for s, o in graph.subject_objects(TERM.origin)}
    assert origins == {"rubric": "original", "plan": "original", "notice": "digest"}


def test_no_text_becomes_a_formula(hostile: Path, tmp_path: Path) -> None:
    """A text that begins with = + - @ is text in a workbook, quoted in CSV for Excel, exact in a data package."""
    book = load_workbook(written(hostile, tmp_path / "a.xlsx", "xlsx"))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if str(cell.value).startswith("=")} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = [row["text"] for row in csv_rows(written(hostile, tmp_path / "c", "csv") / "tables" / "plan_items.csv")]
    assert f"'{FORMULA}" in texts
    exact = csv_rows(written(hostile, tmp_path / "d", "datapackage") / "data" / "plan_items.csv", "utf-8")
    assert (FORMULA, "-5\n@甲") in {(row["text"], row["section"]) for row in exact}


def test_a_sheet_that_excel_cannot_hold_is_refused(tmp_path: Path) -> None:
    """One row too many is an error with a way out, before anything is written."""
    sheet = Sheet("甲", ["a"], [{"a": 1}] * MOST_ROWS)
    with pytest.raises(TooLongSheet, match="--to csv"):
        write_book(tmp_path / "a.xlsx", [sheet])
    assert not [*tmp_path.iterdir()]


# ---------------------------------------------------------------- indicators


def test_only_a_decision_makes_indicators_one(hostile: Path, tmp_path: Path) -> None:
    """Other printings are altLabel; exactMatch stands where a person said so, and not for `different`."""
    before = Graph().parse(written(hostile, tmp_path / "a.jsonld", "jsonld"), format="json-ld")
    (alternative,) = before.subject_objects(SKOS.altLabel)
    assert (str(before.value(alternative[0], SKOS.prefLabel)), str(alternative[1])) == ("投诉率", "投诉比例")
    assert [*before.subject_objects(SKOS.exactMatch)] == []
    with closing(open_base(hostile, write=True)) as base:
        for one, other, verdict in (("投诉比例", "投诉率", "same"), ("抽检合格率", "投诉率", "different")):
            known = {"left_key": one, "right_key": other, "verdict": verdict, "made_at": "2024-01-01"}
            insert(base, "decisions", kind="indicator", **known)
    after = Graph().parse(written(hostile, tmp_path / "a.jsonld", "jsonld"), format="json-ld")
    ((one, other),) = after.subject_objects(SKOS.exactMatch)
    assert [str(after.value(side, SKOS.prefLabel)) for side in (one, other)] == ["投诉比例", "投诉率"]
    assert (other, RDF.type, TERM.Indicator) in after


# ---------------------------------------------------------------- personal numbers


@pytest.mark.parametrize("kind", KINDS)
def test_personal_numbers_are_masked_unless_asked_for(hostile: Path, tmp_path: Path, kind: str) -> None:
    """No telephone, identity card or e-mail leaves in any kind, and all do where they are asked for."""
    assert run("export", "--to", kind, tmp_path / "masked", "--db", hostile).exit_code == 0
    text = everything(tmp_path / "masked")
    assert [number for number in PERSONAL if number in text] == []
    assert "***********" in text
    assert run("export", "--to", kind, tmp_path / "open", "--db", hostile, "--with-personal").exit_code == 0
    shown = everything(tmp_path / "open")
    assert [number for number in PERSONAL if number not in shown] == []


def test_the_graph_command_masks_too(hostile: Path, tmp_path: Path) -> None:
    """Also where passages are in it."""
    assert run("graph", tmp_path / "a.json", "--text", "--db", hostile).exit_code == 0
    assert not [number for number in PERSONAL if number in (tmp_path / "a.json").read_text(encoding="utf-8")]


def test_figures_are_no_telephone_numbers(hostile: Path, tmp_path: Path) -> None:
    """An amount of eleven digits stays what it is where it is a number."""
    with closing(open_base(hostile, write=True)) as base:
        base.execute("update thresholds set value = 13961930000 where id = 1")
    values = {row["value"] for row in csv_rows(written(hostile, tmp_path / "o", "csv") / "tables" / "thresholds.csv")}
    assert "13961930000" in values


# ---------------------------------------------------------------- places


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_replaces_its_like_and_nothing_else(hostile: Path, tmp_path: Path, kind: str) -> None:
    """A second time it is written over the first; what is something else is refused, and left as it was."""
    out = tmp_path / "out"
    for _ in range(2):
        assert run("export", "--to", kind, out, "--db", hostile).exit_code == 0
    other = tmp_path / "notes"
    if kind in ("csv", "parquet", "datapackage", "gold"):
        (other / "plan").mkdir(parents=True)
        mine = other / "plan" / "mine.txt" if kind == "gold" else other / "mine.txt"
    else:
        mine = other
    mine.write_text("甲", encoding="utf-8")
    refused = run("export", "--to", kind, other, "--db", hostile)
    assert (refused.exit_code, mine.read_text(encoding="utf-8")) == (2, "甲")
    assert "--force" in refused.stderr
    assert "\n" not in refused.stderr.strip()
    assert run("export", "--to", kind, other, "--db", hostile, "--force").exit_code == 0
    assert mine == other or mine.read_text(encoding="utf-8") == "甲"
    assert not [*tmp_path.rglob(".zhibiao-[!e]*")]


def test_what_a_person_changed_is_not_replaced(hostile: Path, tmp_path: Path) -> None:
    """A file edited or added in a folder, or a workbook that another program saved, is somebody's work."""
    out = written(hostile, tmp_path / "out", "csv")
    file = out / "tables" / "clauses.csv"
    file.write_text(file.read_text(encoding="utf-8") + "甲\n", encoding="utf-8")
    assert run("export", "--to", "csv", out, "--db", hostile).exit_code == 2
    book = load_workbook(written(hostile, tmp_path / "a.xlsx", "xlsx"))
    book.properties.lastModifiedBy = "王"
    book.save(tmp_path / "a.xlsx")
    assert run("export", "--to", "xlsx", tmp_path / "a.xlsx", "--db", hostile).exit_code == 2
    assert run("export", "--to", "parquet", out, "--db", hostile).exit_code == 2


def test_a_failed_export_leaves_nothing(hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing breaks off, the older export stands whole and no half of the new one is left."""
    out = written(hostile, tmp_path / "out", "csv")
    before = everything(out)

    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(kb.exports.folders, "rows_of", broken)
    result = run("export", "--to", "csv", out, "--db", hostile)
    assert (result.exit_code, everything(out)) == (2, before)
    assert {file.name for file in tmp_path.iterdir()} <= {"out", "基础.db", "基础.db-wal", "基础.db-shm"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--to", "csv", "--doc", "plan"), "--doc goes with --to gold"),
        (("--to", "csv", "--site", "https://example.cn"), "--site takes the address"),
        (("--to", "xlsx", "--site", "example.cn"), "--site takes the address"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    hostile: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """One line says which goes with what, and nothing is written."""
    result = run("export", *arguments, tmp_path / "out", "--db", hostile)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_parquet_without_its_package_says_what_to_install(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and no half folder."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("export", "--to", "parquet", tmp_path / "out", "--db", hostile)
    assert result.exit_code == 2
    assert "pip install 'zhibiao[parquet]'" in result.stderr
    assert not (tmp_path / "out").exists()
