"""A published folder is complete, read-only, masked, and served by plain Datasette; nothing else is overwritten."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from browsing import bundled_base
from conftest import ROOT
from datasette.app import Datasette
from site_base import get

from kb.base import open_base
from kb.ingest import Given, ingest
from kb.questions import questions
from kb.site import links
from kb.site.publish import FolderInUse, publish

NUMBERS = "联系人：某某，电话 0515-86665066，手机 13961930000，邮箱 someone@example.cn，身份证 320902197001011234。"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled documents and one with personal numbers."""
    folder = tmp_path_factory.mktemp("base")
    path = bundled_base(folder / "demo.db")
    letter = folder / "letter.txt"
    letter.write_text(f"甲市人民政府关于质量工作的通知\n\n{NUMBERS}\n", encoding="utf-8")
    with closing(open_base(path, write=True)) as connection:
        assert [one.status for one in ingest(connection, path, [Given(letter, "letter.txt")])] == ["added"]
    return path


@pytest.fixture(scope="module")
def folder(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base as a published folder."""
    found = tmp_path_factory.mktemp("site") / "published"
    with closing(open_base(base)) as connection:
        publish(connection, base, found)
    return found


def test_plain_datasette_serves_the_folder(folder: Path) -> None:
    """Without zhibiao on its path Datasette answers from the folder alone, the code of the plugin with it."""
    lost = f"import sys; sys.path[:] = [p for p in sys.path if p != {str(ROOT)!r}]; "
    lost += "sys.meta_path[:] = [f for f in sys.meta_path if 'editable' not in repr(f)]; "
    command = [sys.executable, "-P", "-c", lost + "from datasette.cli import cli; cli()"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    asked = ["serve", str(folder), "--get", "/documents"]
    done = subprocess.run([*command, *asked], capture_output=True, text=True, env=environment, cwd=folder, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "摘编" in done.stdout


def test_a_published_page_is_kept_by_browsers(folder: Path) -> None:
    """An immutable base gives an ETag and an hour; asked with that tag the server answers with nothing new."""
    shown = Datasette(config_dir=folder)
    first = get(shown, "/documents")
    assert (first.status_code, first.headers["cache-control"]) == (200, "public, max-age=3600")
    again = get(shown, "/documents", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert get(shown, "/cities").headers["etag"] != first.headers["etag"]


def test_a_published_base_cannot_be_written_or_taken(folder: Path) -> None:
    """No download, no review, no writing."""
    shown = Datasette(config_dir=folder)
    assert get(shown, "/zhibiao.db").status_code in (403, 404)
    assert get(shown, "/review").status_code == 404
    assert [database.is_mutable for name, database in shown.databases.items() if name == "zhibiao"] == [False]


def test_personal_numbers_stay_at_home(base: Path, folder: Path) -> None:
    """They stand in the base and neither in the published file nor on its pages; with the option they do."""
    numbers = ("86665066", "13961930000", "someone@example.cn", "320902197001011234")
    published = (folder / "zhibiao.db").read_bytes()
    assert all(number.encode() not in published for number in numbers)
    assert all(number.encode() in base.read_bytes() + Path(f"{base}-wal").read_bytes() if Path(f"{base}-wal").exists()
               else number.encode() in base.read_bytes() for number in numbers)  # fmt: skip
    with closing(sqlite3.connect(folder / "zhibiao.db")) as connection:
        (key,) = connection.execute("select id from documents where source = 'letter.txt'").fetchone()
    page = get(Datasette(config_dir=folder), links.document(key))
    assert page.status_code == 200
    assert "***********" in page.text
    assert not any(number in page.text for number in numbers)


def test_both_lines_find_their_configuration(folder: Path) -> None:
    """Every question is a canned query in what 0.65 reads and in what 1.0 reads."""
    names = {question.name for question in questions()}
    for name in ("metadata.yaml", "datasette.yaml"):
        described = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        asked = described["databases"]["zhibiao"]["queries"]  # one that is called as a table has another name
        assert {name.removesuffix("-question") for name in asked} == names


def test_another_folder_is_left_alone(base: Path, folder: Path, tmp_path: Path) -> None:
    """A folder with other files is refused; a published one is replaced."""
    (tmp_path / "thesis.txt").write_text("mine")
    with closing(open_base(base)) as connection:
        with pytest.raises(FolderInUse, match="holds other files"):
            publish(connection, base, tmp_path)
        publish(connection, base, folder)
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    assert (folder / "inspect-data.json").is_file()
