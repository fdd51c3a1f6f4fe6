"""`zhibiao coverage`, `weak`, `compare`, `gap`: what they print, in every format, and what they refuse."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from covered_base import covered_base
from openpyxl import load_workbook

from kb.cli import cli


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The hand-made base as a file, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    with closing(covered_base()) as made, closing(sqlite3.connect(tmp_path / "zhibiao.db")) as file:
        made.commit()
        made.backup(file)
    return tmp_path / "zhibiao.db"


def zhibiao(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="zhibiao")


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("arguments", "column", "expected"),
    [
        (("coverage", "乙"), "clause", ["4", "5", "2", "1", "3", "V1", "B1", "6"]),
        (("coverage", "甲", "乙", "--sums"), "points_at_risk", [0, 10, 10, None, None, 10, 50, 10, 60, None, None, 10]),
        (("weak", "甲", "乙"), "kind", ["lesser_post", "rarer", "lower_figure"]),
        (("compare", "抽检"), "verdict", ["weaker", "stricter"]),
        (("gap", "甲", "乙"), "甲 status", ["uncovered"] * 2 + ["covered"] * 3 + ["uncovered"] * 3),
        (("gap", "甲", "乙", "--sums", "--rubric", "考核细则"), "city", ["甲"] * 6 + ["乙"] * 6),
    ],
)
def test_every_listing_as_json(arguments: tuple[str, ...], column: str, expected: list[object]) -> None:
    """JSON holds all rows; CSV and Markdown have a line for each."""
    result = zhibiao(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    assert [row[column] for row in json.loads(result.output)] == expected
    for form, more in (("csv", 1), ("md", 2)):
        assert len(zhibiao(*arguments, "--format", form).output.splitlines()) == len(expected) + more


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("coverage", "乙"), "评分条款 scored clauses: probably uncovered"),
        (("coverage", "乙", "--sums"), "合计 all scored"),
        (("weak", "甲"), "3 weak promises"),
        (("weak", "乙"), "no weak promises"),
        (("compare", "抽检"), "    stricter     乙 >= 96% b 一、1"),
        (("gap", "乙", "甲"), "○ ○ 4 [15] 口岸能力建设"),
    ],
)
def test_for_a_screen(arguments: tuple[str, ...], shown: str) -> None:
    """Without a format the rows are laid out in lines."""
    result = zhibiao(*arguments)
    assert result.exit_code == 0, result.output
    assert shown in result.output


@pytest.mark.parametrize(
    ("arguments", "sheets"),
    [
        (("coverage", "甲", "乙"), ["甲", "乙", "合计 sums"]),
        (("weak", "甲", "乙"), ["甲", "乙"]),
        (("compare", "抽检"), ["Sheet"]),
        (("gap", "甲", "乙"), ["对照 side by side", "甲", "乙", "合计 sums"]),
    ],
)
def test_a_workbook_has_a_sheet_for_each_city(base: Path, arguments: tuple[str, ...], sheets: list[str]) -> None:
    """With a name that ends in .xlsx; the rows are those of the listing."""
    file = base.with_name("out.xlsx")
    assert zhibiao(*arguments, "--output", str(file)).exit_code == 0
    book = load_workbook(file)
    assert book.sheetnames == sheets
    assert book[sheets[-1]].max_row > 1 or arguments[0] == "weak"


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gap", "甲"), "gap holds cities side by side; name two or more"),
        (("coverage", "丙"), "丙: no such document in the base"),
        (("coverage", "甲", "--rubric", "考核办法"), "no links from this plan to older; there are links to:"),
        (("compare", "无此指标"), "no figures of an indicator of this name"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: tuple[str, ...], message: str) -> None:
    """Exit code 2, what is wrong and what would be right."""
    result = zhibiao(*arguments)
    assert result.exit_code == 2
    assert message in result.output
