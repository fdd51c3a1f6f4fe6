"""`zhibiao resolve`: out, filled in, back in; what is wrong in a table is one line and changes nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_extractions import made

from extract.records import Assignment
from kb.base import open_base, transaction
from kb.cli import cli
from kb.load import load_document
from kb.sheets import read_sheet, write_sheet

HEADER = ("kind", "region", "left", "right", "verdict")


def zhibiao(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="zhibiao")


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base in the current folder in which one body has two names."""
    monkeypatch.chdir(tmp_path)
    with closing(open_base(tmp_path / "zhibiao.db", create=True)) as connection, transaction(connection):
        other = Assignment("lead", "市质监局", "市技监局", 4, plan_item="1.1")
        load_document(connection, made(extra=(other,)), source="a.txt", sha256="a")
    return tmp_path / "zhibiao.db"


def bodies(database: Path) -> list[str]:
    with closing(open_base(database)) as connection:
        return [row[0] for row in connection.execute("select name from departments where is_group = 0 order by name")]


@pytest.mark.parametrize("name", ["who.csv", "who.xlsx"])
def test_a_filled_in_table_decides(base: Path, name: str) -> None:
    """The command says how many decisions it kept; the bodies are two from then on."""
    result = zhibiao("resolve", "export", name, "--kind", "department")
    assert result.stdout == f"1 pairs in {name}; fill in verdict, then: zhibiao resolve import {name}\n"
    rows = [row | {"verdict": "different"} for row in read_sheet(Path(name), HEADER)]
    write_sheet(Path(name), rows, HEADER)
    assert bodies(base) == ["市技监局"]
    result = zhibiao("resolve", "import", name, "--by", "王")
    assert result.stdout == "1 decisions kept, 0 taken back, 0 rows as before\n"
    assert bodies(base) == ["市技监局", "市质监局"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("body", "330100", "甲", "乙", "same"), "kind is body; it is department or indicator"),
        (("department", "330100", "甲", "甲", "same"), "needs two different names"),
        (("department", "330100", "甲", "乙", "maybe"), "verdict is maybe; it is same, different or empty"),
        (("department", "999999", "甲", "乙", "same"), "no region has the code 999999"),
    ],
)
def test_a_row_that_makes_no_sense_changes_nothing(base: Path, row: tuple[str, ...], message: str) -> None:
    """The line is named, and no row before it is kept."""
    good = ("department", "330100", "市质监局", "市技监局", "different")
    write_sheet(Path("who.csv"), [dict(zip(HEADER, one, strict=True)) for one in (good, row)], HEADER)
    result = zhibiao("resolve", "import", "who.csv")
    assert result.exit_code == 2
    assert f"who.csv line 3: {message}" in result.stderr
    assert bodies(base) == ["市技监局"]


def test_a_file_of_another_kind_is_refused() -> None:
    """One line says which endings there are."""
    result = zhibiao("resolve", "export", "who.txt")
    assert result.exit_code == 2
    assert result.stderr == "Error: who.txt: tables are .csv or .xlsx; choose one of these endings\n"
