"""The command line: what each command prints, to where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_extractions import read_made, write_file

import extract.document
import kb.serve
from kb.ask import parameters
from kb.base import open_base
from kb.cli import cli
from kb.demo import NEXT
from kb.questions import Parameter, Question, question, questions
from kb.site.configuration import canned_name, metadata

ROOT = Path(__file__).resolve().parent.parent
READ_DOCUMENT = extract.document.read_document  # the real one, for the bundled documents
COMMANDS = (
    *("ingest", "demo", "show", "query", "findings", "export", "evaluate", "serve"),
    *("history", "diff", "forget", "correct", "search", "link", "why", "review"),
    *("graph", "path", "partners", "resolve"),
    *("coverage", "weak", "compare", "gap", "simulate", "spans"),
    *("words", "doctor", "watch", "completion"),
)


def zhibiao(*arguments: object) -> Result:
    """Run one command in this process, in the current folder."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="zhibiao")


@pytest.fixture(autouse=True)
def made_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read as hand-made documents, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(extract.document, "read_document", read_made)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A base with two documents."""
    write_file(tmp_path / "one.txt")
    write_file(tmp_path / "two.txt", "乙市质量工作方案", "乙政发〔2014〕1号", note="两份文件")
    assert zhibiao("ingest", "one.txt", "two.txt", "--jobs", 1).exit_code == 0
    return tmp_path / "zhibiao.db"


@pytest.mark.parametrize("command", [(), *((command,) for command in COMMANDS)])
def test_help_is_there_for_every_command(command: tuple[str, ...]) -> None:
    """Every command explains itself in English."""
    result = zhibiao(*command, "--help")
    assert result.exit_code == 0
    assert "Usage: zhibiao" in result.stdout


# ---------------------------------------------------------------- ingest


def test_ingest_tells_each_file_and_sums_up(tmp_path: Path) -> None:
    """Progress goes to standard error, the summary to standard output; a second time all is unchanged."""
    write_file(tmp_path / "in.txt")
    result = zhibiao("ingest", "in.txt", "--db", "a.db")
    assert result.exit_code == 0
    assert result.stderr.startswith("[1/1] added 330100-2014-")
    assert result.stdout.startswith("1 added, 0 revised, 0 unchanged, 0 failed; 7 passages")
    assert "base a.db" in result.stdout
    assert (tmp_path / "a.files").is_dir()
    assert "0 added, 0 revised, 1 unchanged" in zhibiao("ingest", "in.txt", "--db", "a.db").stdout


def test_ingest_of_a_folder_with_a_bad_file_fails_but_stores_the_rest(tmp_path: Path) -> None:
    """One failure makes the exit code 1, and the other files are in the base."""
    folder = tmp_path / "in"
    folder.mkdir()
    write_file(folder / "1.txt", fail="unreadable")
    write_file(folder / "2.txt")
    (folder / "data.json").write_text("{}")
    result = zhibiao("ingest", "in")
    assert result.exit_code == 1
    assert "passed over 1 files of other formats (.json)" in result.stderr
    assert f"failed {Path('in/1.txt')}: 1.txt: damaged" in result.stderr
    assert result.stdout.startswith("1 added, 0 revised, 0 unchanged, 1 failed")
    assert zhibiao("show", "2").exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        *("show x", "findings", "query documents", "export --to gold out", "serve", "evaluate g"),
        *("history x", "diff x", "forget x --yes", "correct", "correct --undo 1"),
    ],
)
def test_a_missing_base_is_one_line(tmp_path: Path, command: str) -> None:
    """Commands that read make no base; they say how one is made, and end with 2."""
    result = zhibiao(*command.split(), "--db", "none.db")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: none.db: no knowledge base there; make one with `zhibiao ingest FILE --db none.db`\n"
    )
    assert result.stdout == ""
    assert not Path("none.db").exists()


def test_nothing_to_ingest_is_told(tmp_path: Path) -> None:
    """An empty folder makes no base."""
    (tmp_path / "empty").mkdir()
    result = zhibiao("ingest", "empty")
    assert (result.exit_code, Path("zhibiao.db").exists()) == (2, False)
    assert "no files to read" in result.stderr


# ---------------------------------------------------------------- show


@pytest.mark.parametrize("name", ["one", "one.txt.", "甲市质量", "甲政发[2014]3号", "330100-2014-"])
def test_show_finds_a_document_by_many_names(base: Path, name: str) -> None:
    """The stem or name of its file, a part of its title, its 文号; a name that fits two lists both."""
    result = zhibiao("show", name.removesuffix("."), "--format", "json")
    if name.startswith("330100"):
        assert result.exit_code == 2
        assert result.stderr.startswith("Error: 330100-2014-: fits 2 documents")
        assert result.stderr.count("\n  330100-2014-") == 2
    else:
        shown = {row["code"]: row["text"] for row in json.loads(result.stdout) if row["part"] == "document"}
        assert shown["title"] == "甲市质量工作考核方案"
        assert zhibiao("show", shown["id"]).exit_code == zhibiao("show", shown["id"][:-1]).exit_code == 0


def test_show_lays_out_head_counts_tree_and_tasks(base: Path) -> None:
    """Children stand below their section with their points, tasks with their time and departments."""
    lines = zhibiao("show", "one").stdout.splitlines()
    assert lines[0] == "甲市质量工作考核方案"
    assert "  doc_number   甲政发〔2014〕3号" in lines
    assert "  7 passages, 1 leftovers, 3 clauses, 2 score rules" in "\n".join(lines)
    section = lines.index("  S1 [30] 质量管理 (section)")
    assert lines[section + 1] == "    1 [20] 抽查合格率 (scored; 查阅文件)"
    assert lines[section + 2].startswith("  V1 ")
    task = lines.index("  1.1 提高抽查合格率至96%")
    assert lines[task + 1] == "      2014 to 2015; lead 市质监局; support 有关单位"


def test_show_reads_a_file_without_a_base(tmp_path: Path) -> None:
    """A file is shown as it would be ingested, and nothing is written; a bad one is one line."""
    write_file(tmp_path / "new.txt")
    assert zhibiao("show", "new.txt").stdout.startswith("甲市质量工作考核方案\n")
    write_file(tmp_path / "bad.txt", fail="unreadable")
    result = zhibiao("show", "bad.txt")
    assert (result.exit_code, result.stderr) == (2, "Error: bad.txt: bad.txt: damaged; get it again\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.txt", "new.txt"]


def test_show_without_a_name_lists_the_documents(base: Path) -> None:
    """The list has ids, titles and counts."""
    rows = json.loads(zhibiao("show", "--format", "json").stdout)
    assert {row["title"]: row["findings"] for row in rows} == {"甲市质量工作考核方案": 3, "乙市质量工作方案": 4}


def test_a_file_that_cannot_be_written_is_one_line(base: Path) -> None:
    """A listing for a folder that does not exist ends with 2 and names the path."""
    result = zhibiao("show", "--output", "nowhere/out.csv", "--format", "csv")
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: nowhere/out.csv: No such file or directory; check the path\n",
    )


def test_an_unknown_document_is_one_line(base: Path) -> None:
    """The line says how to find the right name."""
    for command in (("show", "丙"), ("findings", "丙"), ("export", "--to", "gold", "out", "--doc", "丙")):
        result = zhibiao(*command)
        assert (result.exit_code, result.stderr) == (
            2,
            "Error: 丙: no such document in the base; `zhibiao show` lists them\n",
        )


# ---------------------------------------------------------------- listings


def test_findings_are_chosen_by_document_severity_and_kind(base: Path) -> None:
    """Each choice narrows the list; the gravest come first."""

    def kinds(*options: str) -> list[str]:
        return [row["kind"] for row in json.loads(zhibiao("findings", *options, "--format", "json").stdout)]

    assert kinds()[:2] == ["lost_cell", "lost_cell"]
    assert sorted(kinds()[2:]) == ["extra", "link_to_no_leaf", "link_to_no_leaf", "no_date", "no_date"]
    assert kinds("two", "--severity", "info") == ["no_date", "extra", "link_to_no_leaf"]
    assert kinds("one", "--kind", "lost_cell") == ["lost_cell"]
    assert kinds("--kind", "nothing") == []


@pytest.mark.parametrize("command", ["findings", "show", "show one", "query", "query documents"])
def test_every_listing_has_four_formats(base: Path, command: str) -> None:
    """The same rows as a table, CSV, JSON and Markdown, on the screen or in a file."""
    rows = json.loads(zhibiao(*command.split(), "--format", "json").stdout)
    assert rows
    read = list(csv.DictReader(io.StringIO(zhibiao(*command.split(), "--format", "csv").stdout)))
    assert [list(row) for row in read] == [list(row) for row in rows]
    assert len(zhibiao(*command.split(), "--format", "md").stdout.splitlines()) == len(rows) + 2
    assert zhibiao(*command.split()).stdout
    assert zhibiao(*command.split(), "--format", "csv", "--output", "out.csv").stdout == ""
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


# ---------------------------------------------------------------- query

QUESTION = Question(
    "plans", "规划", "Plans", "", (Parameter("city", ""), Parameter("least_points", "")), "select 1 as one"
)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ((), {}),
        (("--city", "甲市"), {"city": "甲市"}),
        (("--city=甲=市", "--least-points", "-5"), {"city": "甲=市", "least_points": "-5"}),
        (("--least_points=",), {"least_points": ""}),
    ],
)
def test_parameters_are_read_from_free_options(words: tuple[str, ...], values: dict[str, str]) -> None:
    """A value follows its name or an equals sign; hyphens and underscores are alike."""
    assert parameters(QUESTION, words) == values


@pytest.mark.parametrize("words", [("--town", "x"), ("x",), ("--city",), ("-city", "x")])
def test_a_wrong_parameter_names_the_right_ones(words: tuple[str, ...]) -> None:
    """One line with every parameter that the question takes."""
    with pytest.raises(Exception, match=r"plans takes --city, --least_points$"):
        parameters(QUESTION, words)


def test_query_asks_the_base(base: Path) -> None:
    """Parameters reach the question, before or after the options of the command."""
    rows = json.loads(zhibiao("query", "documents", "--format", "json", "--city", "杭州").stdout)
    assert len(rows) == 2
    assert json.loads(zhibiao("query", "documents", "--city=无锡", "--format", "json").stdout) == []


def test_a_question_tells_what_it_takes() -> None:
    """`query NAME --help` is about the question, `query --help` about the command; both need no base."""
    told = zhibiao("query", "plan-items", "--help").stdout
    assert question("plan-items").title in told
    assert all(f"--{param.name} " in told for param in question("plan-items").params)
    assert "--format" in zhibiao("query", "-h").stdout


def test_query_without_a_name_lists_the_questions() -> None:
    """The list needs no base and has every question with its parameters."""
    rows = json.loads(zhibiao("query", "--format", "json").stdout)
    assert [row["name"] for row in rows] == [question.name for question in questions()]
    assert "city" in {row["name"]: row["parameters"] for row in rows}["documents"]


@pytest.mark.parametrize("words", [("nothing",), ("documents", "--town", "x")])
def test_a_wrong_question_or_parameter_is_one_line(base: Path, words: tuple[str, ...]) -> None:
    """The line names what would have been right, and the exit code is 2."""
    result = zhibiao("query", *words)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "documents" in result.stderr


# ---------------------------------------------------------------- export, evaluate


def test_what_is_exported_evaluates_to_one(base: Path) -> None:
    """The base agrees with its own annotations in every kind, and names what a wrong match misses."""
    exported = zhibiao("export", "--to", "gold", "gold", "--doc", "one")
    assert exported.exit_code == 0
    (folder,) = Path("gold").iterdir()
    assert str(folder) in exported.stdout
    matched = f"{folder.name}=one.txt"
    figures = json.loads(zhibiao("evaluate", folder, "--match", matched, "--json").stdout)
    assert {row["kind"] for row in figures} >= {"clauses", "score_rules", "thresholds", "plan_items", "assignments"}
    assert {row["kind"]: row["f1"] for row in figures if row["f1"] != 1.0} == {}
    wrong = zhibiao("evaluate", folder, "--match", f"{folder.name}=two.txt", "--misses", 1)
    assert "\ndocument_fields\n  - " in wrong.stdout
    assert zhibiao("evaluate", folder, "--match", "nonsense").exit_code == 2


# ---------------------------------------------------------------- demo


def test_demo_shows_the_bundled_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents with counts, who leads, findings, questions and three commands; a second run starts afresh."""
    monkeypatch.setattr(extract.document, "read_document", READ_DOCUMENT)
    database = Path("demo.db")
    bundled = [path.name for path in (ROOT / "corpus").glob("*-digest.*") if path.suffix != ".toml"]
    for _ in range(2):
        result = zhibiao("demo", "--db", database)
        assert result.exit_code == 0
        for heading in ("Documents (", "Who leads most\n", "Coverage: ", "Contradictions\n", "Findings\n", "Next ("):
            assert heading in result.stdout
        assert result.stdout.count("Coverage: ") == 2
        assert result.stdout.count(f"--db {database}") == 1 + len(NEXT)
        with closing(open_base(database)) as connection:
            sources = [row["source"] for row in connection.execute("select source from documents order by source")]
            assert sources == sorted(f"corpus/{name}" for name in bundled)
            assert connection.execute("select count(*) from ingests").fetchone()[0] == len(bundled)


def test_demo_overwrites_nobodys_documents(base: Path) -> None:
    """A base with other documents is left as it is, and so is a file that is no base."""
    before = base.read_bytes()
    result = zhibiao("demo", "--db", base)
    assert (result.exit_code, base.read_bytes()) == (2, before)
    assert "holds other documents" in result.stderr
    Path("notes.txt").write_text("mine " * 500)
    assert zhibiao("demo", "--db", "notes.txt").exit_code == 2
    assert Path("notes.txt").read_text() == "mine " * 500


# ---------------------------------------------------------------- serve


def test_serve_tells_a_port_in_use(base: Path) -> None:
    """A port that somebody listens on is refused before anything starts."""
    with socket.socket() as taken:
        taken.bind((kb.serve.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = zhibiao("serve", "--port", port)
    assert result.exit_code == 2
    assert f"port {port} cannot be used" in result.stderr


def test_the_questions_are_canned_queries(base: Path) -> None:
    """Every question is a canned query of the base, Chinese title first, with its parameters."""
    queries = metadata(base.stem)["databases"]["zhibiao"]["queries"]
    assert list(queries) == [canned_name(one.name) for one in questions()]
    for one in questions():
        query = queries[canned_name(one.name)]
        assert query["title"] == f"{one.title} / {one.title_en}"
        assert query["params"] == [parameter.name for parameter in one.params]


def test_serve_publishes_tables_and_questions(base: Path) -> None:
    """The server answers on the loopback address alone, for a table and for a question."""
    with socket.socket() as free:
        free.bind((kb.serve.HOST, 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-m", "kb.cli", "serve", "--db", str(base), "--port", str(port)]
    server = subprocess.Popen(run, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://{kb.serve.HOST}:{port}/{base.stem}"
        table = json.loads(fetched(f"{address}/documents.json?_shape=array"))
        assert len(table) == 2
        answer = json.loads(fetched(f"{address}/documents-or-question.json", missing=True) or "{}")
        assert answer.get("status") == 404
        found = json.loads(fetched(f"{address}/departments.json?_shape=array&_search=%E8%B4%A8%E7%9B%91"))
        assert [row["name"] for row in found] == ["市质监局"] * len(found) != []
        question = json.loads(fetched(f"{address}/department-ranking.json?_shape=array"))
        assert question[0]["department"] == "市质监局"
    finally:
        server.terminate()
        server.wait(10)


def fetched(address: str, missing: bool = False) -> str:
    """The body of a page, waiting up to 15 s for the server to come up."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return str(response.read().decode())
        except urllib.error.HTTPError as error:
            if missing:
                return str(error.read().decode())
            raise
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")
