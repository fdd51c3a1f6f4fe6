"""Docs are kept true: the README's commands are run and print what it shows; its picture is the one drawn now."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from kb.cli import cli

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
COMMANDS = [
    (command.splitlines()[0], command.splitlines()[1:])
    for block in CONSOLE.findall(README)
    for command in block.split("$ ")[1:]
]


def same(shown: str, printed: str) -> bool:
    """A shown line stands for a printed one; … stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, shown.split("…"))), printed) is not None


def test_the_commands_of_the_readme_print_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in their order on one base, the commands succeed; the lines shown are the first lines printed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    assert len(COMMANDS) >= 6
    for command, shown in COMMANDS:
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.output)
        printed = result.output.splitlines()
        for line, text in zip(shown, printed, strict=False):
            assert same(line, text), (command, line, text)
        assert len(printed) >= len(shown) - (shown[-1] == "…"), command


def test_every_command_and_path_of_the_readme_exists() -> None:
    """Commands that the text names are commands, and paths in it are files or folders of the project."""
    assert set(re.findall(r"`zhibiao ([a-z]+)", README)) <= set(cli.commands)
    for path in re.findall(r"[`(]((?:docs|corpus|queries|extract)/[\w./*-]*)[`)]", README):
        assert list(ROOT.glob(path.rstrip("/"))), path


def test_the_picture_is_drawn_from_the_documents_as_they_are_read_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/departments.svg is what docs/picture.py draws."""
    monkeypatch.syspath_prepend(ROOT / "docs")
    from picture import PICTURE, picture

    assert PICTURE.read_text(encoding="utf-8") == picture(), f"run {sys.executable} docs/picture.py"
