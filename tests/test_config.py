"""Defaults of options: the file, the environment, which goes before which, and what is wrong with them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.base import open_base
from kb.cli import cli
from kb.settings import SHARED, settings


def zhibiao(*arguments: str, **environment: str) -> Result:
    """Run one command with these variables."""
    return CliRunner(env=environment).invoke(cli, arguments, prog_name="zhibiao")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with two bases, and no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for name in ("ZHIBIAO_CONFIG", *(f"ZHIBIAO_{key.upper()}" for key in SHARED)):
        monkeypatch.delenv(name, raising=False)
    for name in ("file.db", "variable.db"):
        open_base(tmp_path / name, create=True).close()
    return tmp_path


def used(command: str, parameter: str) -> object:
    """What the file and the environment make of one parameter."""
    found = settings(cli, os.environ)
    assert found.error is None
    table = found.default_map
    for name in command.split():
        table = table.get(name, {})
    return table.get(parameter)


def test_without_a_file_the_built_in_defaults_hold() -> None:
    """Nothing is set, and the message names the usual base."""
    assert settings(cli, {}).default_map == {}
    assert "zhibiao.db: no knowledge base there" in zhibiao("show").stderr


def test_a_key_at_the_top_is_for_every_command_that_has_it(folder: Path) -> None:
    """The base of `demo` is made anew: the common key leaves it alone."""
    Path("zhibiao.toml").write_text('db = "file.db"\nformat = "csv"\n')
    assert used("show", "database") == used("review export", "database") == "file.db"
    assert used("findings", "form") == "csv"
    assert used("demo", "database") is None
    assert zhibiao("findings").stdout == "severity,kind,message,document_id,place\n"


def test_a_table_is_for_one_command(folder: Path) -> None:
    """It goes before the key at the top, also where it stands below another table; groups nest."""
    Path("zhibiao.toml").write_text(
        'db = "file.db"\n[ingest]\njobs = 3\nno-link = true\n[show]\ndb = "variable.db"\n[review.export]\nall = true\n'
    )
    assert (used("ingest", "jobs"), used("ingest", "is_linked")) == (3, False)
    assert (used("show", "database"), used("findings", "database")) == ("variable.db", "file.db")
    assert used("review export", "every") is True


def test_command_line_then_environment_then_file(folder: Path) -> None:
    """Each goes before the next."""
    Path("zhibiao.toml").write_text('format = "csv"\ndb = "file.db"\n')
    by_file, by_variable = zhibiao("findings"), zhibiao("findings", ZHIBIAO_FORMAT="json")
    given = zhibiao("findings", "--format", "table", ZHIBIAO_FORMAT="json")
    assert (by_file.stdout[:8], by_variable.stdout, given.stdout) == ("severity", "[]\n", "(none)\n")
    missing = zhibiao("findings", ZHIBIAO_DB="none.db")
    assert "none.db: no knowledge base there" in missing.stderr


def test_a_variable_names_another_file(folder: Path) -> None:
    """Paths in it are taken from its own folder."""
    (folder / "elsewhere").mkdir()
    open_base(folder / "elsewhere" / "own.db", create=True).close()
    (folder / "elsewhere" / "mine.toml").write_text('db = "own.db"\n')
    Path("zhibiao.toml").write_text('db = "file.db"\n')
    lines = json.loads(zhibiao("doctor", "--format", "json", ZHIBIAO_CONFIG="elsewhere/mine.toml").stdout)
    assert next(line["name"] for line in lines if line["part"] == "base") == str(Path("elsewhere/own.db"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# none\n\njobz = 2", "zhibiao.toml line 3: jobz: no such option; at the top stand db, jobs"),
        ("limit = 2", "zhibiao.toml line 1: limit: no such option"),
        ("[ingest]\njobz = 2", "line 2: [ingest] jobz: no such option; ingest takes allow-private, db, jobs"),
        ("[review.export]\nplam = 'x'", "zhibiao.toml line 2: [review.export] plam: no such option"),
        ("[nosuch]\nx = 1", "zhibiao.toml line 1: nosuch: no such option"),
        ("[ingest]\njobs = 'two'", "[ingest] jobs: takes a whole number"),
        ("[ingest]\njobs = true", "[ingest] jobs: takes a whole number"),
        ("[ingest]\njobs = 0", "[ingest] jobs: 0 is not in the range"),
        ("[watch]\nevery = 'often'", "[watch] every: takes a number"),
        ("[ingest]\nrefresh = 1", "[ingest] refresh: takes true or false"),
        ("ocr = 'some'", "ocr: 'some' is not one of 'auto', 'always', 'never'"),
        ("db = 5", "db: takes a text in quotes"),
        ("db = ['a']", "db: takes one value"),
        ("db = {a = 1}", "db: takes one value"),
        ("x = 1\ndb = \n", "zhibiao.toml: is no TOML: Invalid value (at line 2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line(text: str, told: str) -> None:
    """It names the line and the key, and no command runs; help and the doctor still do."""
    Path("zhibiao.toml").write_text(text)
    result = zhibiao("show")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert told in result.stderr
    assert zhibiao("--help").exit_code == zhibiao("completion", "zsh").exit_code == 0
    lines = json.loads(zhibiao("doctor", "--format", "json").stdout)
    assert [line["status"] for line in lines if line["part"] == "settings"] == ["broken"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ZHIBIAO_PORT", "http", "ZHIBIAO_PORT: 'http' is not a valid integer"),
        ("ZHIBIAO_FORMAT", "xml", "ZHIBIAO_FORMAT: 'xml' is not one of"),
        ("ZHIBIAO_CONFIG", "none.toml", "ZHIBIAO_CONFIG: there is no file none.toml"),
    ],
)
def test_a_wrong_variable_is_one_line(name: str, value: str, told: str) -> None:
    """It is named."""
    result = zhibiao("show", **{name: value})
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert told in result.stderr


def test_a_file_in_another_encoding_is_one_line() -> None:
    """UTF-8 with or without its mark is read, nothing else."""
    Path("zhibiao.toml").write_bytes('db = "库.db"'.encode("gb18030"))
    assert "is not UTF-8" in zhibiao("show").stderr
    Path("zhibiao.toml").write_bytes('db = "库.db"'.encode("utf-8-sig"))
    assert "库.db: no knowledge base there" in zhibiao("show").stderr


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("query text-c", "text-coverage"),
        ("show 3301", "330100-2014-abcdef"),
        ("show not", "notice"),
        ("show --db none.db 3301", ""),
        ("show --db text.db 3301", ""),
    ],
)
def test_the_shell_is_offered_documents_and_questions(folder: Path, words: str, offered: str) -> None:
    """Of the base that the file names, too; a base that is not there offers nothing and says nothing."""
    connection = open_base(folder / "file.db", write=True)
    connection.execute(
        "insert into documents (id, title, source, format, sha256, revision, ingested_at)"
        " values ('330100-2014-abcdef', '甲州方案', 'in/notice.pdf', 'pdf', 'x', 1, '2024')"
    )
    connection.close()
    Path("zhibiao.toml").write_text('db = "file.db"\n')
    Path("text.db").write_text("no base")
    typed = ["zhibiao", *words.split()]
    asked = {"_ZHIBIAO_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(typed), "COMP_CWORD": str(len(typed) - 1)}
    lines = zhibiao(**asked).stdout.splitlines()
    assert [line for line in lines if line] == ([f"plain,{offered}"] if offered else [])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_calls_the_program(shell: str) -> None:
    """The script asks `zhibiao` by the variable that click answers to."""
    script = zhibiao("completion", shell).stdout
    assert f"_ZHIBIAO_COMPLETE={shell}_complete" in script
