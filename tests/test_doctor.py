"""The doctor: what is installed, what a base holds, and every way in which it can be out of order."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_extractions import read_made, write_file

import extract.document
import extract.rules
import kb.doctor.installed as machine
from kb.base import SCHEMA_VERSION
from kb.cli import cli
from kb.originals import originals_folder

BASE = Path("zhibiao.db")


def zhibiao(*arguments: str) -> Result:
    """Run one command in this process, in the current folder."""
    return CliRunner().invoke(cli, arguments, prog_name="zhibiao")


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a base of two documents in order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(extract.document, "read_document", read_made)
    write_file(tmp_path / "one.txt")
    write_file(tmp_path / "two.txt", "乙市质量工作方案", "乙政发〔2014〕1号", note="两份文件")
    assert zhibiao("ingest", "one.txt", "two.txt", "--jobs", "1").exit_code == 0
    return tmp_path / BASE


def lines(*arguments: str) -> dict[tuple[str, str], dict[str, str]]:
    """What the doctor says, by part and name."""
    result = zhibiao("doctor", "--format", "json", *arguments)
    found = {(row["part"], row["name"]): row for row in json.loads(result.stdout)}
    is_broken = any(row["status"] == "broken" for row in found.values())
    assert result.exit_code == int(is_broken), result.stdout
    return found


def order() -> dict[str, str]:
    """How the base stands, by what was looked at."""
    return {name: row["status"] for (part, name), row in lines().items() if part == "order"}


def change(statement: str) -> None:
    """Another program that writes to the base."""
    connection = sqlite3.connect(BASE)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_base_in_order_is_said_to_be() -> None:
    """Every line of its order is ok, and the figures are those of the tables."""
    assert set(order().values()) == {"ok"}
    found = lines()
    assert found["base", "documents"]["found"] == "2 in 2 revisions, 14 passages"
    assert found["base", "zhibiao.db"]["found"].endswith(f"schema {SCHEMA_VERSION}")
    assert found["order", "originals"]["found"].startswith("2 kept files")


def test_the_screen_shows_every_line_below_its_heading() -> None:
    """The listing as a table is for reading: a status, the thing, what it means."""
    shown = zhibiao("doctor").stdout.splitlines()
    assert [line for line in shown if line and line[0] != " "] == ["Installed", "Settings", "The base", "Its order"]
    assert sum(line.startswith("  ") for line in shown) == len(lines())


@pytest.mark.parametrize(
    ("arguments", "status"), [((), "missing"), (("--db", "other.db"), "broken")], ids=["usual", "named"]
)
def test_a_base_that_is_not_there_is_broken_only_where_it_was_named(
    base: Path, arguments: tuple[str, ...], status: str
) -> None:
    """A newcomer has none yet; the advice makes one, and the doctor makes none."""
    base.unlink()
    found = lines(*arguments)
    name = arguments[1] if arguments else "zhibiao.db"
    assert (found["base", name]["status"], found["base", name]["means"]) == (
        status,
        f"make one: zhibiao ingest FILE --db {name}",
    )
    assert not Path(name).exists()
    assert not any(part == "order" for part, _ in found)


def test_a_file_that_is_no_base_is_broken(base: Path) -> None:
    """Text, and a base whose pages are overwritten."""
    Path("text.db").write_text("no base")
    assert lines("--db", "text.db")["base", "text.db"]["status"] == "broken"
    content = bytearray(base.read_bytes())
    content[8192 : len(content) // 2] = bytes(len(content) // 2 - 8192)
    base.write_bytes(content)
    assert "broken" in {row["status"] for (part, _), row in lines().items() if part in ("base", "order")}


def test_an_older_base_is_due(base: Path) -> None:
    """It is whole, and writing brings it up to date."""
    change("pragma user_version = 1")
    row = lines()["base", "zhibiao.db"]
    assert (row["status"], "zhibiao ingest --refresh --db zhibiao.db" in row["found"]) == ("due", True)


def test_a_reference_that_leads_nowhere_is_broken(base: Path) -> None:
    """Another program does not mind foreign keys."""
    change("update citations set cited_document_id = 'gone'")
    change("insert into document_relations values ('gone', 'replaces', 'gone', null)")
    assert order()["references"] == "broken"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("drop table clauses_fts", "clauses has none"),
        ("drop trigger passages_fts_update", "passages: lacks passages_fts_update"),
        ("delete from indicators_fts_docsize", "indicators: 1 rows not indexed, 0 indexed that are gone"),
        ("insert into departments_fts_docsize values (999, x'00')", "departments: 0 rows not indexed, 1 indexed"),
    ],
)
def test_an_index_that_is_not_the_tables_is_broken_and_mended(statement: str, told: str) -> None:
    """Counts differ, or a part is gone; building it anew puts it in order."""
    change(statement)
    row = lines()["order", "search"]
    assert (row["status"], row["means"]) == ("broken", "build it anew: zhibiao doctor --mend")
    assert told in row["found"]
    assert lines("--mend")["order", "search"]["status"] == "ok"


def test_an_index_behind_its_texts_is_broken() -> None:
    """The counts agree, but a sample is not found by its own text."""
    change("drop trigger passages_fts_update")
    change("update passages set text = '完全不同的一段文字'")
    change("create trigger passages_fts_update after update of text on passages begin select 1; end")
    assert "passages: 14 of 200 rows at most" in lines()["order", "search"]["found"]


def lose(file: Path) -> None:
    """A kept file that somebody deleted."""
    file.unlink()


def spoil(file: Path) -> None:
    """A kept file that somebody wrote to."""
    file.write_text("other")


@pytest.mark.parametrize(("harm", "told"), [(lose, "missing: 1 ("), (spoil, "changed: 1 (")])
def test_an_original_that_is_lost_or_changed_is_broken(base: Path, harm: Callable[[Path], None], told: str) -> None:
    """Deleting what is left of it and ingesting the file again brings it back."""
    kept = sorted(originals_folder(base).iterdir())[0]
    harm(kept)
    row = lines()["order", "originals"]
    assert (row["status"], row["found"].startswith(told)) == ("broken", True)
    kept.unlink(missing_ok=True)
    assert "2 unchanged" in zhibiao("ingest", "one.txt", "two.txt", "--jobs", "1").stdout
    assert order()["originals"] == "ok"


def test_readings_of_other_rules_are_due() -> None:
    """Until the kept originals are read again."""
    change("update documents set extractor_version = 'older'")
    row = lines()["order", "readings"]
    assert (row["status"], row["means"], "2 (" in row["found"]) == ("due", "zhibiao ingest --refresh", True)
    assert zhibiao("ingest", "--refresh").exit_code == 0
    assert order()["readings"] == "ok"


def test_links_of_other_texts_are_due() -> None:
    """A changed text makes them so, linking ends it."""
    change("update documents set campaign = '质量强市'")
    assert zhibiao("link").exit_code == 0
    assert order()["links"] == "ok"
    change("drop trigger plan_items_fts_update")
    change("update plan_items set text = text || '，并公布结果'")
    assert lines()["order", "links"]["means"] == "zhibiao link"
    assert order()["links"] == "due"
    assert zhibiao("link").exit_code == 0
    assert order()["links"] == "ok"


def test_decisions_about_what_is_gone_are_due() -> None:
    """A decision whose item or whose clause the documents no longer have."""
    change(
        "insert into link_decisions select d.id, 'X.9', 'none', d.id, '1', 'accept', null, null, 'a', '2024'"
        " from documents d limit 1"
    )
    assert order()["reviews"] == "due"


def test_corrections_that_the_source_overtook_are_due() -> None:
    """The finding that says so is what is counted."""
    change("insert into findings (kind, severity, message) values ('correction_outdated', 'warning', 'x')")
    assert order()["corrections"] == "due"


def test_a_model_that_is_none_is_broken() -> None:
    """The one beside the base is used for linking: a broken one is told."""
    Path("zhibiao.db.model.json").write_text("{}")
    row = lines()["order", "base"]
    assert (row["status"], "zhibiao link --train" in row["found"]) == ("broken", True)


def test_a_broken_file_of_words_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No document can be read before it is corrected."""
    (tmp_path / "made.toml").write_text("words = [", encoding="utf-8")
    for module in ("kb.doctor.installed", "extract.terms"):
        monkeypatch.setattr(f"{module}.files", lambda _: tmp_path)
    words = {line.name: line for line in machine.installed()}["words"]
    assert words.status == "broken"
    assert "extract/terms/made.toml" in words.found


def test_what_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that are not there are missing, not broken, and each line has its package."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = {line.name: line for line in machine.installed()}
    for name, package in {
        "LibreOffice": "libreoffice-writer",
        "antiword": "antiword",
        "tesseract": "tesseract-ocr-chi-sim",
        "Chinese fonts": "fonts-noto-cjk",
    }.items():
        assert (found[name].status, package in found[name].means) == ("missing", True)


def test_a_package_that_is_not_there_is_broken_and_an_extra_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what is always needed nothing works; an extra is a choice."""
    wanted = ["nosuch-a>=1", 'nosuch-b>=2; extra == "ocr"', 'nosuch-c; extra == "dev"']
    monkeypatch.setattr(machine, "requires", lambda name: wanted)
    found = {line.name: line for line in machine.installed()}
    assert (found["packages"].status, found["packages"].found) == ("broken", "nosuch-a")
    assert (found["extra ocr"].status, "pip install 'zhibiao[ocr]'" in found["extra ocr"].means) == ("missing", True)
    assert "extra dev" not in found


def test_patterns_that_came_later_make_readings_due() -> None:
    """The patterns of a base are a part of the rules; a broken file of them is told."""
    Path("mine.jsonl").write_text('{"label": "DEPARTMENT", "pattern": "甲市质量专班"}\n', encoding="utf-8")
    assert zhibiao("ingest", "one.txt", "--patterns", "mine.jsonl").exit_code == 0
    assert order()["readings"] == "due"
    assert zhibiao("ingest", "--refresh").exit_code == 0
    assert order()["readings"] == "ok"
    Path("zhibiao.patterns.jsonl").write_text("no JSON")
    assert order()["base"] == "broken"
