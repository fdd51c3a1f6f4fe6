"""Where an export is put: written beside its place and moved there when it is complete; nobody's work is overwritten.

A folder that was written carries `MARK`, which lists its files with their hashes; a file carries a mark of its kind.
What was changed since it was written, or never was an export, is replaced only where that is asked for, and a folder's
other files stay even then.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from extract.errors import ZhibiaoError

MARK = ".zhibiao-export.json"
MADE_BY = "zhibiao export"
ENDS = 4096  # bytes at either end of a text file, one of which holds the mark


class PlaceTaken(ZhibiaoError):
    """Something else stands where the export is to go."""


@contextmanager
def new_file(out: Path, is_ours: Callable[[Path], bool], *, force: bool = False) -> Iterator[Path]:
    """A place to write a file; it is moved to `out` at the end, and gone where an exception leaves.

    Raises PlaceTaken, before anything is written, where `out` is something that no export made.
    """
    out = out.resolve()
    if out.is_dir():
        raise PlaceTaken(f"{out}: is a folder; name a file")
    if out.exists() and not force and not is_ours(out):
        raise PlaceTaken(f"{out}: exists and is no unchanged export; name another file, or overwrite it with --force")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".zhibiao-") as making:
        made = Path(making, out.name)
        yield made
        made.replace(out)


@contextmanager
def new_folder(out: Path, kind: str, *, force: bool = False) -> Iterator[Path]:
    """A place to write a folder; it is moved to `out` at the end, and gone where an exception leaves.

    An unchanged export of the same kind is replaced as a whole.  Raises PlaceTaken for any other folder that holds
    something; with `force` the new files are put into it and the others stay.
    """
    out = out.resolve()
    if out.exists() and not out.is_dir():
        raise PlaceTaken(f"{out}: is a file; name a folder")
    is_free = not out.exists() or not any(out.iterdir()) or _is_unchanged(out, kind)
    if not is_free and not force:
        raise PlaceTaken(f"{out}: holds other files; name a new folder, or write into it with --force")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".zhibiao-") as making:
        made = Path(making, "new")
        made.mkdir()
        yield made
        mark = {"made_by": MADE_BY, "to": kind, "files": _hashes(made)}
        (made / MARK).write_text(json.dumps(mark, indent=1) + "\n", encoding="utf-8")
        if is_free:
            _swap(made, out, Path(making, "old"))
        else:
            _put_into(made, out)


def _swap(made: Path, out: Path, old: Path) -> None:
    """Put the new folder in the place of the old one, which comes back where that fails."""
    if not out.exists():
        made.rename(out)
        return
    out.rename(old)
    try:
        made.rename(out)
    except OSError:
        old.rename(out)
        raise


def _put_into(made: Path, out: Path) -> None:
    for file in sorted(made.rglob("*")):
        if file.is_file():
            target = out / file.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)


def _is_unchanged(folder: Path, kind: str) -> bool:
    """Whether a folder is an export of this kind, and every file in it as it was written."""
    mark: Mapping[str, object] = {}
    with suppress(OSError, ValueError):
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
    return mark.get("made_by") == MADE_BY and mark.get("to") == kind and mark.get("files") == _hashes(folder)


def _hashes(folder: Path) -> dict[str, str]:
    """Every file of a folder, the mark aside, by its path in there."""
    files = (file for file in folder.rglob("*") if file.is_file() and file != folder / MARK)
    return {file.relative_to(folder).as_posix(): _hash(file) for file in sorted(files)}


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def is_marked_text(file: Path) -> bool:
    """Whether a text file carries the mark at its beginning or its end."""
    with file.open("rb") as content:
        begins = content.read(ENDS)
        content.seek(max(0, file.stat().st_size - ENDS))
        return MADE_BY.encode() in begins + content.read()


def is_marked_workbook(file: Path) -> bool:
    """Whether a workbook was last saved by an export: Excel writes there who saved it after that."""
    try:
        with zipfile.ZipFile(file) as parts:
            return f"<cp:lastModifiedBy>{MADE_BY}<".encode() in parts.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError):
        return False
