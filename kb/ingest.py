"""Files into the base: found, read in worker processes, written by this one in the order in which they were given.

One document is one transaction.  A file that fails leaves the base as it was and a row in `ingests`.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from extract.errors import UnreadableFile, ZhibiaoError
from extract.pages import Ocr
from extract.records import Extraction
from kb.base import transaction
from kb.load import Loaded, load_document, reload_document, seen_before
from kb.loading import insert
from kb.originals import file_digest, keep_original, kept_original
from kb.revise.revisions import now

Status = Literal["added", "revised", "unchanged", "kept", "failed"]
Reader = Callable[[Path], Extraction]


@dataclass(frozen=True, slots=True)
class Given:
    """A file to ingest and the source it is recorded under: the path as it was given."""

    path: Path
    source: str
    in_folder: bool = False  # found in a folder that was given, not named itself


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a worker hands back: the hash of the bytes, and the extraction or the reason why there is none."""

    sha256: str | None
    extraction: Extraction | None
    error: str | None
    started_at: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `note` says why it did not become the current revision."""

    source: str
    status: Status
    document_id: str | None = None
    error: str | None = None
    note: str | None = None


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


def read_extraction(path: Path, ocr: Ocr = "auto") -> Extraction:
    """One document read by `extract`, imported here so that nothing else pays for the readers."""
    from extract.document import read_document

    return read_document(path, ocr)


def read_file(path: Path, reader: Reader = read_extraction) -> FileReading:
    """Read one file in whatever process this is; every failure comes back as one line, none is raised."""
    started, digest = now(), None
    try:
        digest = file_digest(path)
        return FileReading(digest, reader(path), None, started)
    except Exception as error:  # a file that no reader expected fails alone
        return FileReading(digest, None, one_line(error), started)


def one_line(error: BaseException) -> str:
    """An error as one line; those that are not meant for users carry their type.

    >>> one_line(UnreadableFile("damaged")), one_line(KeyError("S1"))
    ('damaged', "KeyError: 'S1'")
    """
    text = " ".join(str(error).split())
    return text if isinstance(error, ZhibiaoError) else f"{type(error).__name__}: {text}"


def ingest(
    connection: sqlite3.Connection,
    base: Path | None,
    files: Sequence[Given],
    *,
    jobs: int = 1,
    reader: Reader = read_extraction,
) -> Iterator[Outcome]:
    """Ingest files one after the other and tell what became of each; `base` is where originals are kept, if at all.

    Bytes that are a revision of a document already are not read again.
    """
    skipped = [_seen(connection, file.path) is not None for file in files]
    readings = _in_turn([file.path for file, skip in zip(files, skipped, strict=True) if not skip], jobs, reader)
    for file, skip in zip(files, skipped, strict=True):
        seen = _seen(connection, file.path) if skip else None
        if seen is not None:
            yield _unchanged(connection, file, *seen)
        else:  # a skipped file whose document was forgotten in the meantime is read after all
            reading = read_file(file.path, reader) if skip else next(readings)
            yield _store(connection, base, file, reading)


def refresh(
    connection: sqlite3.Connection, base: Path, *, jobs: int = 1, reader: Reader = read_extraction
) -> Iterator[Outcome]:
    """Read again, from the kept originals, every document whose facts other rules read than these."""
    from extract.rules import extractor_version

    documents = connection.execute(
        "select id, source, sha256 from documents where extractor_version is not ? order by rowid",
        (extractor_version(),),
    ).fetchall()
    originals = [kept_original(base, document["sha256"]) for document in documents]
    readings = _in_turn(originals, jobs, reader)
    for document, original, reading in zip(documents, originals, readings, strict=True):
        yield _store(connection, None, Given(original, document["source"]), reading, document["id"])


def _seen(connection: sqlite3.Connection, path: Path) -> tuple[str, Loaded] | None:
    """Hash and document of a file whose bytes are one of that document's revisions, or None."""
    with suppress(UnreadableFile):
        digest = file_digest(path)
        seen = seen_before(connection, digest)
        return None if seen is None else (digest, seen)
    return None


def _unchanged(connection: sqlite3.Connection, file: Given, digest: str, seen: Loaded) -> Outcome:
    """Log a file that needed no reading."""
    outcome = Outcome(file.source, "unchanged", seen.document_id, note=seen.note)
    with transaction(connection):
        _log(connection, file.source, digest, outcome, now())
    return outcome


def _store(
    connection: sqlite3.Connection, base: Path | None, file: Given, reading: FileReading, again: str | None = None
) -> Outcome:
    """Write one reading and its line of the log in one transaction; a failure leaves only its line of the log.

    `again` is the document whose current file was read once more.
    """
    try:
        if reading.extraction is None or reading.sha256 is None:
            raise UnreadableFile(reading.error or "nothing was read")
        if base is not None:
            keep_original(base, file.path, reading.sha256)
        with transaction(connection):
            if again is not None:
                loaded = reload_document(connection, reading.extraction, again)
            else:
                loaded = load_document(connection, reading.extraction, source=file.source, sha256=reading.sha256)
            outcome = Outcome(file.source, loaded.status, loaded.document_id, note=loaded.note)
            _log(connection, file.source, reading.sha256, outcome, reading.started_at)
    except Exception as error:  # whatever it is, the next file is not to blame
        outcome = Outcome(file.source, "failed", error=one_line(error))
        with transaction(connection):
            _log(connection, file.source, reading.sha256, outcome, reading.started_at)
    return outcome


def _log(connection: sqlite3.Connection, source: str, sha256: str | None, outcome: Outcome, started_at: str) -> None:
    row = {"source": source, "sha256": sha256, "document_id": outcome.document_id, "status": outcome.status}
    row |= {"error": outcome.error, "note": outcome.note}
    insert(connection, "ingests", [row | {"started_at": started_at, "finished_at": now()}])


# ---------------------------------------------------------------- reading side by side


def _in_turn(paths: Sequence[Path], jobs: int, reader: Reader) -> Iterator[FileReading]:
    """The readings of all paths in their order, made by up to `jobs` processes that run a little ahead."""
    if jobs <= 1 or len(paths) <= 1:
        yield from (read_file(path, reader) for path in paths)
        return
    position = 0
    while position < len(paths):
        for reading in _until_broken(paths[position:], jobs, reader):
            yield reading
            position += 1
        if position < len(paths):  # a worker died: nobody knows over which file, so the next one is read alone
            yield _read_alone(paths[position], reader)
            position += 1


def _until_broken(paths: Sequence[Path], jobs: int, reader: Reader) -> Iterator[FileReading]:
    """Readings in order from one pool; ends early where a worker of it was killed."""
    ahead: deque[Future[FileReading]] = deque()
    with _pool(min(jobs, len(paths))) as pool:
        try:
            for path in paths:
                ahead.append(pool.submit(read_file, path, reader))
                if len(ahead) > 2 * jobs:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _read_alone(path: Path, reader: Reader) -> FileReading:
    """Read one file in a process of its own, which it may take down."""
    started = now()
    with _pool(1) as pool:
        try:
            return pool.submit(read_file, path, reader).result()
        except BrokenProcessPool:
            error = "the process that read it was killed (out of memory?); try it alone, with more memory"
            return FileReading(None, None, error, started)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Worker processes that are started afresh, not forked: the same on every system, no open base inside."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
