"""Files into the base: found, read by workers, written by this process in the order in which they were given.

One document is one transaction.  A file that fails leaves the base as it was and a row in `ingests`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from extract.errors import UnreadableFile
from extract.patterns import Patterns, active, using
from kb.base import UnwritableBase, raise_unwritable, transaction
from kb.load import Loaded, load_document, reload_document, seen_before
from kb.loading import insert
from kb.originals import file_digest, keep_original, kept_original, originals_folder
from kb.patterns import kept_patterns, with_patterns
from kb.revise.revisions import now
from kb.workers import FileReading, Reader, in_turn, one_line, read_extraction, read_file

Status = Literal["added", "revised", "unchanged", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class Given:
    """A file to ingest and the source it is recorded under: the path as it was given."""

    path: Path
    source: str
    in_folder: bool = False  # found in a folder that was given, not named itself
    error: str | None = None  # why there is no file behind an address


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `note` says why it did not become the current revision."""

    source: str
    status: Status
    document_id: str | None = None
    error: str | None = None
    note: str | None = None


def fetched(urls: Iterable[str], folder: Path, *, private: bool) -> Iterator[Given]:
    """The files behind addresses, fetched into `folder`; one that cannot be fetched is given with its error."""
    from kb.fetch import UnfetchedPage, fetch

    for url in urls:
        try:
            yield Given(fetch(url, folder, private=private), url)
        except UnfetchedPage as error:
            yield Given(folder / "none", url, error=str(error))


def given_files(paths: Iterable[Path]) -> Iterator[Given]:
    """The files behind paths, a folder's in the order of their names; hidden ones are left out.

    A path that does not exist is given too: it fails when it is read, alone and with its name.
    """
    for path in paths:
        if not path.is_dir():
            yield Given(path, shown(path))
            continue
        for file in sorted(path.rglob("*")):
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts):
                yield Given(file, shown(file), in_folder=True)


def readable(files: Iterable[Given]) -> tuple[list[Given], list[Given]]:
    """The files to read, and those of a folder that are of a format nobody reads; files named one by one are read."""
    from extract.formats import ENDINGS_READ

    read: list[Given] = []
    passed_over: list[Given] = []
    for file in files:
        (passed_over if file.in_folder and file.path.suffix.lower() not in ENDINGS_READ else read).append(file)
    return read, passed_over


def shown(path: Path) -> str:
    """The path as text that can be stored: bytes that are no UTF-8 become question marks."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def ingest(
    connection: sqlite3.Connection,
    base: Path | None,
    files: Sequence[Given],
    *,
    jobs: int = 1,
    reader: Reader = read_extraction,
) -> Iterator[Outcome]:
    """Ingest files one after the other and tell what became of each; `base` is where originals are kept, if at all.

    Bytes that are a revision of a document already are not read again.  The user's patterns of the base take part.
    """
    patterns = active() if base is None else kept_patterns(base)
    reader = with_patterns(patterns, reader)
    skipped = [file.error is not None or _seen(connection, file.path) is not None for file in files]
    readings = in_turn([file.path for file, skip in zip(files, skipped, strict=True) if not skip], jobs, reader)
    for file, skip in zip(files, skipped, strict=True):
        if file.error is not None:
            yield _store(connection, base, file, FileReading(None, None, file.error, now()), patterns)
            continue
        seen = _seen(connection, file.path) if skip else None
        if seen is not None:
            yield _unchanged(connection, base, file, *seen)
        else:  # a skipped file whose document was forgotten in the meantime is read after all
            reading = read_file(file.path, reader) if skip else next(readings)
            yield _store(connection, base, file, reading, patterns)


def refresh(
    connection: sqlite3.Connection, base: Path, *, jobs: int = 1, reader: Reader = read_extraction
) -> Iterator[Outcome]:
    """Read again, from the kept originals, every document whose facts other rules read than these."""
    from extract.rules import extractor_version

    patterns = kept_patterns(base)
    with using(patterns):
        version = extractor_version()
    documents = connection.execute(
        "select id, source, sha256 from documents where extractor_version is not ? order by rowid", (version,)
    ).fetchall()
    originals = [kept_original(base, document["sha256"]) for document in documents]
    readings = in_turn(originals, jobs, with_patterns(patterns, reader))
    for document, original, reading in zip(documents, originals, readings, strict=True):
        if not original.is_file():
            lost = f"its kept original is not in {originals_folder(base)}; ingest the file itself again"
            reading = replace(reading, extraction=None, error=lost)
        yield _store(connection, None, Given(original, document["source"]), reading, patterns, document["id"])


def _seen(connection: sqlite3.Connection, path: Path) -> tuple[str, Loaded] | None:
    """Hash and document of a file whose bytes are one of that document's revisions, or None."""
    with suppress(UnreadableFile):
        digest = file_digest(path)
        seen = seen_before(connection, digest)
        return None if seen is None else (digest, seen)
    return None


def _unchanged(connection: sqlite3.Connection, base: Path | None, file: Given, digest: str, seen: Loaded) -> Outcome:
    """Log a file that needed no reading; the kept original comes back where it was lost."""
    if base is not None:
        with suppress(UnreadableFile):
            keep_original(base, file.path, digest)
    outcome = Outcome(file.source, "unchanged", seen.document_id, note=seen.note)
    with transaction(connection):
        _log(connection, file.source, digest, outcome, now())
    return outcome


def _store(
    connection: sqlite3.Connection,
    base: Path | None,
    file: Given,
    reading: FileReading,
    patterns: Patterns,
    again: str | None = None,
) -> Outcome:
    """Write one reading and its line of the log in one transaction; a failure leaves only its line of the log.

    `again` is the document whose current file was read once more.
    """
    try:
        if reading.extraction is None or reading.sha256 is None:
            raise UnreadableFile(reading.error or "nothing was read")
        if base is not None:
            keep_original(base, file.path, reading.sha256)
        with using(patterns), transaction(connection):
            if again is not None:
                loaded = reload_document(connection, reading.extraction, again, sha256=reading.sha256)
            else:
                loaded = load_document(connection, reading.extraction, source=file.source, sha256=reading.sha256)
            outcome = Outcome(file.source, loaded.status, loaded.document_id, note=loaded.note)
            _log(connection, file.source, reading.sha256, outcome, reading.started_at)
    except UnwritableBase:  # nor could the next file be stored
        raise
    except Exception as error:  # whatever it is, the next file is not to blame
        raise_unwritable(error)
        outcome = Outcome(file.source, "failed", error=one_line(error))
        with transaction(connection):
            _log(connection, file.source, reading.sha256, outcome, reading.started_at)
    return outcome


def _log(connection: sqlite3.Connection, source: str, sha256: str | None, outcome: Outcome, started_at: str) -> None:
    row = {"source": source, "sha256": sha256, "document_id": outcome.document_id, "status": outcome.status}
    row |= {"error": outcome.error, "note": outcome.note}
    insert(connection, "ingests", [row | {"started_at": started_at, "finished_at": now()}])
