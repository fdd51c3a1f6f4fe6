"""Docs are kept true: what they show is run and compared, what they name exists, what is drawn or written is as now."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT

import extract.document
from extract.document import read_document
from extract.records import Assignment, Extraction, PlanItem
from kb.cli import cli

README, CONTRIBUTING = ROOT / "README.md", ROOT / "CONTRIBUTING.md"
PAGES = [README, ROOT / "README.zh.md", CONTRIBUTING, *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [page for page in PAGES if page.name != "data-dictionary.md"]  # written whole, and tested as such
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SUFFIXES = {"markdown": ".md", "html": ".html", "text": ".txt"}  # of the documents in rules.md, by their fences


def name_of(page: Path) -> str:
    return page.name


def same(shown: str, printed: str) -> bool:
    """A shown line stands for a printed one; … stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, shown.split("…"))), printed) is not None


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


# ---------------------------------------------------------------- commands and what they print


def steps(page: Path) -> Iterator[tuple[str, list[str]]]:
    """What a page does, in order: `write NAME` with the lines of a file, or a command with the lines shown of it."""
    for language, name, content in FENCE.findall(page.read_text(encoding="utf-8")):
        if language == "csv" and name:
            yield f"write {name}", content.splitlines()
        elif language == "console":
            for command in content.removeprefix("$ ").split("\n$ "):
                first, *shown = command.splitlines()
                yield first, shown


@pytest.mark.parametrize("page", [page for page in PAGES if any(steps(page))], ids=name_of)
def test_the_commands_of_a_page_print_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run in their order in one fresh folder, the commands succeed; the lines shown are the first lines printed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    for command, shown in steps(page):
        program, *arguments = shlex.split(command)
        if program == "write":
            Path(arguments[0]).write_text("\n".join(shown) + "\n", encoding="utf-8")
            continue
        if program == "sed":
            subprocess.run(command, shell=True, check=True)
            continue
        assert program == "zhibiao", command
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, (command, result.output)
        printed = result.output.splitlines()
        for line, text in zip(shown, printed, strict=False):
            assert same(line, text), (command, line, text)
        assert shown, f"{command}: show a line of what it prints"
        assert len(printed) >= len(shown) - (shown[-1] == "…"), command


def test_the_python_of_the_readme_runs(bundled_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a base of the bundled documents under the name that the examples use."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(bundled_path, "zhibiao.db")
    blocks = [text for language, _, text in FENCE.findall(README.read_text(encoding="utf-8")) if language == "python"]
    assert blocks
    for block in blocks:
        exec(block, {})


def test_the_family_of_the_contributing_page_reads_and_measures_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Added to `doing` as the page says, it gives its items with bodies and dates, and no paragraph is read twice."""
    (code,) = [
        content for language, _, content in FENCE.findall(CONTRIBUTING.read_text("utf-8")) if language == "python"
    ]
    scope: dict[str, Any] = {}
    exec(compile(code, CONTRIBUTING.name, "exec"), scope)
    others = extract.document.task_tables
    monkeypatch.setattr(extract.document, "task_tables", lambda *given: chain(others(*given), scope["pledges"](*given)))
    path = tmp_path / "a.txt"
    path.write_text(
        "滨河县便民工作方案\n\n一、公开承诺\n\n新建幼儿园20所，2027年底前完成，由县教育局负责。\n\n修好全部站点。\n\n"
        "二、工作措施\n\n（一）加强督查。由县政府办公室牵头，每月督查一次。\n",
        encoding="utf-8",
    )
    facts = read_document(path).facts
    items = [(fact.code, fact.ends_on) for fact in facts if isinstance(fact, PlanItem)]
    assert items == [("P1", "2027"), ("P2", None), ("二（一）", None)]
    led = [(fact.plan_item, fact.name) for fact in facts if isinstance(fact, Assignment)]
    assert led == [("P1", "县教育局"), ("二（一）", "县政府办公室")]


def test_the_readme_and_the_tutorial_show_commands() -> None:
    """The comparison above has something to compare."""
    for page, least in ((README, 6), (ROOT / "docs" / "tutorial.md", 12)):
        assert len(list(steps(page))) >= least, page.name


# ---------------------------------------------------------------- commands and options that the text names


def named(page: Path) -> Iterator[list[str]]:
    """The words of every command that the text names in backticks: `zhibiao link --train`, `--review`."""
    for span in re.findall(r"`([^`]+)`", prose(page)):
        words = " ".join(span.split())
        if re.match(r"zhibiao(?: |$)|--[a-z]", words):
            yield re.findall(r"[^\s\[\]|]+", words)


def command_at(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that words begin with, subcommands included, and the words behind it."""
    found: click.Command = cli
    for place, word in enumerate(words):
        if not isinstance(found, click.Group) or word.startswith("-"):
            return found, words[place:]
        assert word in found.commands, f"{word}: no such command"
        found = found.commands[word]
    return found, []


@cache
def options(command: click.Command) -> frozenset[str]:
    """The options of a command and of all below it."""
    own = {option for parameter in command.params for option in parameter.opts} | {"-h", "--help", "--version"}
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return frozenset(own).union(*map(options, below))


OF_OTHERS = {"--setting", "--host", "--port", "--no-build-isolation"}  # of Datasette and pip


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_and_option_that_the_text_names_exists(page: Path) -> None:
    """A command in backticks is one of the program's; so is each option behind it, and each option by itself."""
    for words in named(page):
        program = words[0] == "zhibiao"
        command, rest = command_at(words[1:] if program else words)
        for word in rest:
            if re.match(r"--?[a-z]", word):
                option = word.rstrip(",;.").partition("=")[0]
                assert option in options(command) or (not program and option in OF_OTHERS), (page.name, words, option)


# ---------------------------------------------------------------- links and paths


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page are linked."""
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.replace("`", "").lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "data-dictionary.md"], ids=name_of)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """A link inside the project names a file or folder that is there, and a heading that stands in it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), (page.name, target)
        assert ROOT in [there, *there.parents], (page.name, target)
        assert not heading or heading in anchors(there), (page.name, target)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_path_that_the_text_names_exists(page: Path) -> None:
    """Paths in backticks are files or folders of the project."""
    for path in re.findall(r"[`(]((?:docs|corpus|queries|extract|kb|bench|tests)/[\w./*-]*)[`)]", prose(page)):
        assert list(ROOT.glob(path.rstrip("/"))), (page.name, path)


# ---------------------------------------------------------------- the rules of reading


def examples() -> Iterator[tuple[str, str, str]]:
    """The documents in rules.md with the records shown behind each: language, document, records."""
    blocks = FENCE.findall((ROOT / "docs" / "rules.md").read_text(encoding="utf-8"))
    for (language, _, document), (following, _, records) in pairwise(blocks):
        if language in SUFFIXES and following == "records":
            yield language, document, records


def records(found: Extraction, kind: str) -> list[dict[str, str]]:
    """The records of a kind as rules.md prints them: the fields that hold something, figures without a .0."""
    facts = [fact for fact in found.facts if type(fact).__name__ == kind]
    return [
        {
            field.name: f"{value:g}" if isinstance(value, float) else str(value)
            for field in fields(fact)
            if (value := getattr(fact, field.name)) is not None
        }
        for fact in facts
    ]


def shown_records(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines of a block of records: a kind, then fields as name=value; values may hold spaces."""
    for line in text.splitlines():
        kind, *parts = re.split(r" (?=[a-z_]+=)", line)
        yield kind, dict(part.split("=", 1) for part in parts)


@pytest.mark.parametrize("example", list(examples()))
def test_an_example_of_the_rules_is_read_as_it_is_shown(example: tuple[str, str, str], tmp_path: Path) -> None:
    """Every record of a kind that is shown is shown, in reading order; a field that is shown has that value."""
    language, document, text = example
    path = tmp_path / f"example{SUFFIXES[language]}"
    path.write_text(document, encoding="utf-8")
    found = read_document(path)
    shown = list(shown_records(text))
    for kind in dict.fromkeys(kind for kind, _ in shown):
        expected = [values for name, values in shown if name == kind]
        read = records(found, kind)
        assert [{name: now.get(name) for name in then} for now, then in zip(read, expected, strict=False)] == expected
        assert len(read) == len(expected), (kind, read)


def test_the_rules_have_examples() -> None:
    """Each section of rules.md that reads something has an example behind it, and none is left out by a wrong fence."""
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert len(list(examples())) == text.count("```records\n") >= 8


# ---------------------------------------------------------------- what is drawn and written


def test_the_picture_is_drawn_from_the_documents_as_they_are_read_now(
    bundled_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/coverage.svg is what docs/picture.py draws."""
    monkeypatch.syspath_prepend(ROOT / "docs")
    from picture import PICTURE, picture

    assert PICTURE.read_text(encoding="utf-8") == picture(bundled_path), f"run {sys.executable} docs/picture.py"


NOTHING_TO_FIND = "the annotations hold none"  # why such a floor is 0


@pytest.mark.parametrize("page", [README, ROOT / "README.zh.md"], ids=name_of)
def test_the_figures_of_the_readme_are_those_of_the_floors(page: Path) -> None:
    """The lowest and the highest floor of each kind of record, as the page lists them."""
    floors = json.loads((ROOT / "tests" / "floors.json").read_text(encoding="utf-8"))
    documents = [document for several in floors.values() for document in several]
    listed = re.findall(
        r"^ *\| `(\w+)`[^|]*\| ([\d.]+) \| ([\d.]+) \|$", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(listed) >= 5
    for kind, lowest, highest in listed:
        kept = [
            document["f1"][kind]
            for document in documents
            if kind in document["f1"]
            and not document.get("lowered", {}).get(kind, {}).get("because", "").startswith(NOTHING_TO_FIND)
        ]
        assert (f"{min(kept):.3f}", f"{max(kept):.3f}") == (lowest, highest), kind


@pytest.mark.parametrize("page", [README, ROOT / "README.zh.md", ROOT / "docs" / "links.md"], ids=name_of)
def test_the_figures_of_the_links_are_those_measured(page: Path) -> None:
    """A figure with its interval stands in bench/README.md."""
    measured = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"0\.\d{3} \[[^\]]+\]", page.read_text(encoding="utf-8"))
    assert len(shown) >= 2
    assert all(figure in measured for figure in shown)


def table_cells(page: str, heading: str, column: int) -> list[str]:
    """What stands in backticks in one column of the tables below a heading of a page of docs."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[column] for line in text.splitlines() if line.startswith("|")]
    return [cell for row in rows for cell in re.findall(r"`([^`]+)`", row)]


def test_the_addresses_that_the_docs_list_are_those_of_the_site() -> None:
    """Every page that a reader may call is listed in site.md, and every listed address has a page."""
    from kb.site.routes import pages

    fitting = {"ID": "a-1", "CODE": "1", "NAME": "a", "N": "1"}
    listed = [re.sub(r"\b(ID|CODE|NAME|N)\b", lambda match: fitting[match[1]], address)
              for address in table_cells("site.md", "Addresses", 1)]  # fmt: skip
    routes = [page.route for page in pages()]
    for address in listed:
        assert any(re.fullmatch(route, address) for route in routes), address
    inner = ("/record/", "/suggest", "/reconcile/", "/review")  # for the site itself, and told elsewhere
    for route in routes:
        assert route.startswith(inner) or any(re.fullmatch(route, address) for address in listed), route


def test_the_limits_that_the_docs_list_are_those_of_the_site() -> None:
    """Seconds of a query, rows of an answer and of a page."""
    from kb.site import SETTINGS

    text = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    assert f"| {SETTINGS['sql_time_limit_ms'] / 1000:g} seconds |" in text
    assert f"| {SETTINGS['max_returned_rows']:,} |" in text
    assert f"| {SETTINGS['default_page_size']} |" in text


def test_the_features_and_bounds_that_the_docs_list_are_those_of_the_links() -> None:
    """links.md names every feature once, and the bounds of coverage."""
    from kb.base import memory_base
    from kb.link.decision import BEST_OF_ITEM
    from kb.link.features import FEATURES

    assert sorted(table_cells("links.md", "How a link is made", 2)) == sorted(FEATURES)
    text = (ROOT / "docs" / "links.md").read_text(encoding="utf-8")
    assert f"claimed from {BEST_OF_ITEM} of" in text
    with closing(memory_base()) as base:
        covered, doubtful = base.execute("select covered, doubtful from coverage_bounds").fetchone()
    assert f"link counts {covered} or more" in text
    assert f"link or candidate counts {doubtful} or more" in text


def test_the_data_dictionary_is_that_of_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/data-dictionary.md is what docs/dictionary.py writes."""
    monkeypatch.syspath_prepend(ROOT / "docs")
    from dictionary import DICTIONARY, dictionary

    assert DICTIONARY.read_text(encoding="utf-8") == dictionary(), "run `python docs/dictionary.py`"
