"""A base as a folder that plain Datasette serves: `datasette FOLDER`, on 0.65 and on 1.0, without zhibiao installed.

The folder holds a read-only copy of the base, the originals whose pages can be shown, configuration for both lines,
templates, static files, the plugin, and the code that the plugin needs.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import requires
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from extract.errors import ZhibiaoError
from kb.ask import answer_columns
from kb.evaluation.rows import read_rows
from kb.originals import kept_original, originals_folder
from kb.personal import masked
from kb.questions import questions
from kb.search import index
from kb.site import SETTINGS, SITE
from kb.site.configuration import configuration, metadata

COUNTS = "inspect-data.json"  # by which Datasette takes the base as immutable
NAME = "zhibiao"  # of the published base: addresses of its tables begin with it
CODE = ("extract", "kb", "queries", "corpus")
PICTURED = ("pdf", "scan")  # formats whose pages can be shown
NEEDED = (
    *("datasette", "jieba", "networkx", "numpy", "openpyxl", "pillow", "pyahocorasick", "pypdfium2", "rapidfuzz"),
    *("setuptools", "sqlite-utils"),
)
# those of the search index are left out: triggers keep it
TABLES = "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and instr(name, '_fts') = 0"
README = """# {title}

    pip install -r requirements.txt
    datasette . --host 127.0.0.1 --port 8001

The folder is complete: {documents} documents in zhibiao.db, read-only.  Behind a web server, give its prefix with
`--setting base_url /prefix/`.  Personal numbers are {personal}.
"""


class FolderInUse(ZhibiaoError):
    """The folder to publish into holds something else."""


def publish(connection: sqlite3.Connection, base: Path, folder: Path, *, with_personal: bool = False) -> None:
    """Write the folder, over an older one that was published there only when the new one is complete.

    Raises FolderInUse for a folder that holds other files, FailedQuestion for a ready question that cannot be answered.
    """
    for asked in questions():
        answer_columns(connection, asked)
    if folder.exists() and any(folder.iterdir()) and not (folder / COUNTS).exists():
        raise FolderInUse(f"{folder}: holds other files; name a new folder, or an earlier published one")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as making:
        made = Path(making, folder.name)
        _write(connection, base, made, with_personal)
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)


def _write(connection: sqlite3.Connection, base: Path, folder: Path, with_personal: bool) -> None:
    for part in ("templates", "plugins", "static"):
        shutil.copytree(SITE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for package in CODE:
        shutil.copytree(Path(str(files(package))), folder / "lib" / package, ignore=_no_code)
    if with_personal:
        (folder / "plugins" / "with_personal.py").write_text(_SHOWN, encoding="utf-8")
    copy = folder / f"{NAME}.db"
    copy_base(connection, copy, with_personal=with_personal)
    _keep_pictured(connection, base, folder)
    _write_configuration(copy, folder, with_personal)


_SHOWN = '"""Shows personal numbers on this site."""\n\nimport os\n\nos.environ["ZHIBIAO_WITH_PERSONAL"] = "1"\n'
_no_code = shutil.ignore_patterns("__pycache__", "*-digest.*")


def copy_base(connection: sqlite3.Connection, copy: Path, *, with_personal: bool) -> None:
    """A copy of the base in one file, personal numbers starred out in every text of it."""
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(copy, isolation_level=None)) as target:
        connection.backup(target)
        index.register(target)
        target.row_factory = sqlite3.Row
        target.execute("pragma journal_mode = delete")
        if not with_personal:
            target.create_function("masked", 1, _masked, deterministic=True)
            target.execute("begin")
            for table, column in _texts(target):
                target.execute(f"update {table} set {column} = masked({column}) where {column} <> masked({column})")
            target.execute("commit")
        target.execute("analyze")
        target.execute("vacuum")


def _masked(value: Any) -> Any:
    return masked(value.encode()).decode() if isinstance(value, str) else value


def _texts(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every column of printed text of every table; not ids, codes and hashes."""
    for table in [row["name"] for row in read_rows(connection, TABLES)]:
        for column in read_rows(connection, f"select name from pragma_table_info('{table}') where type = 'TEXT'"):
            if not column["name"].endswith(("sha256", "_key", "_id", "_code")) and column["name"] not in ("id", "code"):
                yield table, column["name"]


def _keep_pictured(connection: sqlite3.Connection, base: Path, folder: Path) -> None:
    """Copy the originals that have pages to show."""
    target = originals_folder(folder / f"{NAME}.db")
    target.mkdir(exist_ok=True)
    marks = ", ".join("?" * len(PICTURED))
    for row in read_rows(connection, f"select sha256 from revisions where format in ({marks})", PICTURED):
        original = kept_original(base, row["sha256"])
        if original.is_file():
            shutil.copy2(original, target / original.name)


def _write_configuration(copy: Path, folder: Path, with_personal: bool) -> None:
    """What both lines of Datasette read: metadata and settings for 0.65, datasette.yaml for 1.0, and the counts."""
    with closing(sqlite3.connect(copy)) as connection:
        tables = [row["name"] for row in read_rows(connection, "select name from sqlite_master where type = 'table'")]
        count = 'select count(*) as count from "{}"'
        counts = {table: read_rows(connection, count.format(table))[0] for table in tables}
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    inspected = {NAME: {"hash": digest, "size": copy.stat().st_size, "file": copy.name, "tables": counts}}
    described = metadata(NAME)
    texts = {
        "metadata.yaml": _yaml(described),
        "datasette.yaml": _yaml(configuration(NAME)),
        "settings.json": json.dumps(SETTINGS, indent=1),
        COUNTS: json.dumps(inspected, indent=1),
        "requirements.txt": "\n".join(sorted(_requirements())) + "\n",
        "README.md": README.format(
            title=described["title"],
            documents=counts["documents"]["count"],
            personal="shown" if with_personal else "masked",
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _yaml(described: Any) -> str:
    return str(yaml.safe_dump(described, allow_unicode=True, sort_keys=False, width=120))


def _requirements() -> Iterator[str]:
    """What the site needs, in the versions that this zhibiao asks for."""
    for line in requires("zhibiao") or ():
        if "extra ==" not in line and line.startswith(NEEDED):
            yield line
