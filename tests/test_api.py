"""`from kb import KnowledgeBase`: frames hold what the commands print, and have the columns that docstrings promise."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas
import pytest
from click.testing import CliRunner
from conftest import ROOT

from extract.errors import ZhibiaoError
from kb import KnowledgeBase
from kb.base import open_base
from kb.cli import cli
from kb.questions import ask, questions

CITY, OTHER, INDICATOR = "常州", "郑州", "农业标准化生产普及率"
PAIR = ("320400:2.1", "100000-2013:1")
# a call, and the command that prints the same rows
CALLS: dict[str, tuple[tuple[str, ...], dict[str, object], tuple[str, ...]]] = {
    "questions": ((), {}, ("query",)),
    "documents": ((), {}, ("query", "documents")),
    "search": (("首席质量官",), {}, ("search", "首席质量官")),
    "findings": ((), {}, ("findings",)),
    "who_leads": ((CITY,), {"today": True}, ("query", "who-leads-what", "--city", CITY, "--role", "lead")),
    "coverage": ((OTHER,), {}, ("coverage", OTHER)),
    "weak_promises": ((CITY,), {}, ("weak", CITY)),
    "gap": ((CITY, OTHER), {}, ("gap", CITY, OTHER)),
    "why": (PAIR, {}, ("why", *PAIR)),
    "thresholds": ((INDICATOR,), {}, ("query", "thresholds-by-indicator", "--indicator", INDICATOR)),
    "compare": ((INDICATOR,), {}, ("compare", INDICATOR)),
}


@pytest.fixture
def base(bundled_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(bundled_path) as opened:
        yield opened


def printed(path: Path, *arguments: str) -> list[list[str]]:
    """What a command prints as CSV: header and rows."""
    result = CliRunner().invoke(cli, [*arguments, "--db", str(path), "--format", "csv"])
    assert result.exit_code == 0, result.output
    return list(csv.reader(io.StringIO(result.stdout)))


def promised(method: str) -> list[str]:
    """The columns that a docstring names, those of each city aside."""
    text = " ".join((getattr(KnowledgeBase, method).__doc__ or "").split())
    return re.split(r",\s*", re.search(r"Columns: ([\w, ]+)[.;]", text)[1])  # type: ignore[index]


@pytest.mark.parametrize("method", CALLS)
def test_a_frame_is_what_the_command_prints(base: KnowledgeBase, method: str) -> None:
    """The same columns, the same number of rows in the same order, at least one."""
    arguments, options, command = CALLS[method]
    frame = getattr(base, method)(*arguments, **options)
    header, *rows = printed(base.path, *command)
    assert isinstance(frame, pandas.DataFrame)
    assert [*frame.columns] == header
    assert len(frame) == len(rows) > 0
    text = max(header, key=lambda name: sum(len(row[header.index(name)]) for row in rows))
    said = ["" if pandas.isna(value) else str(value).split() for value in frame[text]]
    assert [one or [] for one in said] == [row[header.index(text)].split() for row in rows]


@pytest.mark.parametrize("method", [*CALLS, "ingest"])
def test_docstrings_name_the_columns(base: KnowledgeBase, tmp_path: Path, method: str) -> None:
    """What `help(KnowledgeBase.method)` promises is what comes."""
    if method == "ingest":
        with KnowledgeBase(tmp_path / "new.db", create=True) as empty:
            columns = [*empty.ingest([])]
    else:
        arguments, options, _ = CALLS[method]
        columns = [*getattr(base, method)(*arguments, **options)]
    names = promised(method)
    assert columns[: len(names)] == names
    of_cities = [
        f"{city} {name}" for city in (CITY, OTHER) for name in ("status", "score", "best_item", "promised", "leads")
    ]
    assert columns[len(names) :] == (of_cities if method == "gap" else [])


def test_every_question_can_be_asked(base: KnowledgeBase) -> None:
    """As many rows as the base answers, and columns where there are none."""
    with closing(open_base(base.path)) as connection:
        for question in questions():
            frame = base.ask(question.name)
            assert len(frame.columns) > 1, question.name
            assert len(frame) == len(ask(connection, question.name)), question.name
    assert len(base.ask("documents", city=CITY)) == 1


def test_counts_are_those_of_the_base(base: KnowledgeBase) -> None:
    """Facts counted by the frames are facts counted in the tables."""
    with closing(open_base(base.path)) as connection:
        tables = {
            name: connection.execute(f"select count(*) from {name}").fetchone()[0]
            for name in ("thresholds", "findings")
        }
        shared = connection.execute("select sum(clauses), sum(plan_items) from document_facts").fetchone()
    documents = base.documents()
    assert (int(documents.clauses.sum()), int(documents.plan_items.sum())) == tuple(shared)
    assert (len(base.thresholds()), len(base.findings())) == (tables["thresholds"], tables["findings"])


def test_names_of_today_and_of_the_time(base: KnowledgeBase) -> None:
    """As many duties either way, under other names."""
    then, today = base.who_leads(CITY), base.who_leads(CITY, today=True)
    assert len(then) == len(today)
    assert {*then.body} != {*today.body}
    assert {*then.role} == {*today.role} == {"lead"}


def test_what_is_not_found_is_one_line(base: KnowledgeBase, tmp_path: Path) -> None:
    """Unknown cities, rubrics, indicators, parameters and bases raise an error that says what to do."""
    for wrong in (
        lambda: base.coverage("无此市"),
        lambda: base.coverage(CITY, rubric="无此文"),
        lambda: base.compare("无此指标名"),
        lambda: base.gap(CITY),
        lambda: base.search(" "),
        lambda: base.ask("documents", town=CITY),
        lambda: base.findings("无此文"),
        lambda: KnowledgeBase(tmp_path / "none.db"),
    ):
        with pytest.raises(ZhibiaoError) as error:
            wrong()
        assert "\n" not in str(error.value)
    assert not (tmp_path / "none.db").exists()


def test_a_base_is_filled_and_revised(tmp_path: Path) -> None:
    """A new file is added, the same again unchanged, another edition revised, a bad one failed; frames follow."""
    file, bad = tmp_path / "plan.txt", tmp_path / "bad.pdf"
    lines = [
        "关于印发质量工作方案的通知",
        "常政发〔2014〕3号",
        "各辖市、区人民政府，各有关单位：",
        "为做好本年度的质量工作，现制定本方案，请认真组织实施，按期报送进展。",
        "一、工业产品抽检合格率达到95%以上。",
        "二、由市质监局牵头，年底前完成重点企业的质量档案建设工作。",
        "2014年5月6日",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    bad.write_bytes(b"%PDF-1.4 nothing")
    with KnowledgeBase(tmp_path / "a.db", create=True) as base:
        assert [*base.ingest(file).status] == ["added"]
        assert [*base.ingest([str(file), bad]).status] == ["unchanged", "failed"]
        assert len(base.documents()) == 1
        before = len(base.thresholds())
        file.write_text("\n".join(lines).replace("95%", "97%"), encoding="utf-8")
        assert [*base.ingest(file).status] == ["revised"]
        assert [*base.thresholds().value] == [97.0] * before
        assert not base.ask("changes").empty


def test_personal_numbers_are_masked_unless_asked_for(tmp_path: Path) -> None:
    """Texts of frames show no telephone of a person but with `with_personal`."""
    file = tmp_path / "notice.txt"
    file.write_text("关于质量工作的通知\n联系人：某某，电话 13961930000。\n", encoding="utf-8")
    with KnowledgeBase(tmp_path / "a.db", create=True) as base:
        base.ingest(file)
        assert "***********" in " ".join(base.search("联系人").text)
        assert "13961930000" not in " ".join(base.search("联系人").text)
    with KnowledgeBase(tmp_path / "a.db", with_personal=True) as base:
        assert "13961930000" in " ".join(base.search("联系人").text)


def test_reasons_come_in_words_too(base: KnowledgeBase) -> None:
    """The frame carries the fragments and what the base holds of the pair."""
    words = base.why(*PAIR).attrs["words"]
    assert any("inferred link" in line for line in words)


def test_the_package_loads_pandas_only_for_frames(tmp_path: Path) -> None:
    """Importing the way in is light, and without pandas the error says what to install."""
    code = (
        "import sys; from kb import KnowledgeBase; assert 'pandas' not in sys.modules; sys.modules['pandas'] = None\n"
        f"base = KnowledgeBase({str(tmp_path / 'a.db')!r}, create=True)\n"
        "try: base.documents()\nexcept Exception as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "pip install 'zhibiao[notebook]'" in done.stdout
