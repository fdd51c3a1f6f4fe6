"""Which export writes what: every kind by its name, as a file or a folder that stands once it is complete."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.exports.placing import is_marked_text, is_marked_workbook, new_file, new_folder

FOLDERS = ("csv", "parquet", "datapackage")


@dataclass(frozen=True, slots=True)
class Wish:
    """How an export is wanted: with links to a site, with personal numbers, over what stands there."""

    site: str = ""
    with_personal: bool = False
    force: bool = False


PLAIN = Wish()


def export(connection: sqlite3.Connection, base: Path, out: Path, kind: str, wish: Wish = PLAIN) -> Path:
    """Write a base, as it is at one moment, and tell where; `base` is its file, by whose name it is called.

    Raises PlaceTaken where something else stands at `out`.  Annotations are written by `export_annotations`.
    """
    with _one_moment(connection):
        if kind in FOLDERS:
            with new_folder(out, kind, force=wish.force) as folder:
                _write_folder(connection, base, folder, kind, wish)
        else:
            is_ours = is_marked_workbook if kind == "xlsx" else is_marked_text
            with new_file(out, is_ours, force=wish.force) as file:
                _write_file(connection, base, file, kind, wish)
    return out


def export_annotations(
    connection: sqlite3.Connection, out: Path, document_id: str | None, wish: Wish = PLAIN
) -> Iterator[Path]:
    """Write every document, or one, as annotations into a folder of its own in `out`, and tell each."""
    from kb.evaluation.export import export_document, wanted_folders
    from kb.personal import masked_text

    with _one_moment(connection):
        for one, name in wanted_folders(connection, document_id).items():
            with new_folder(out / name, "gold", force=wish.force) as folder:
                export_document(connection, folder, name, one, str if wish.with_personal else masked_text)
            yield out / name


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all reading see the base as it is now, whatever is written meanwhile."""
    connection.execute("begin")
    try:
        yield
    finally:
        connection.rollback()


def _write_folder(connection: sqlite3.Connection, base: Path, folder: Path, kind: str, wish: Wish) -> None:
    from kb.exports.folders import write_csv_folder, write_package, write_parquet_folder

    match kind:
        case "csv":
            write_csv_folder(connection, folder, with_personal=wish.with_personal)
        case "parquet":
            write_parquet_folder(connection, base, folder, with_personal=wish.with_personal)
        case _:
            write_package(connection, base, folder, with_personal=wish.with_personal)


def _write_file(connection: sqlite3.Connection, base: Path, file: Path, kind: str, wish: Wish) -> None:
    from kb.exports.linked_data import write_linked_data
    from kb.exports.workbook import write_workbook
    from kb.graph.files import save_whole_graph

    match kind:
        case "xlsx":
            write_workbook(connection, base, file, site=wish.site, with_personal=wish.with_personal)
        case "jsonld":
            write_linked_data(connection, base, file, site=wish.site, with_personal=wish.with_personal)
        case _:
            save_whole_graph(connection, file, kind, with_personal=wish.with_personal)
