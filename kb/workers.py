"""Files read in worker processes, in the order in which they were given; a file that cannot be read fails alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from extract.errors import ZhibiaoError
from extract.pages import Ocr
from extract.records import Extraction
from kb.originals import file_digest
from kb.revise.revisions import now

Reader = Callable[[Path], Extraction]


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a worker hands back: the hash of the bytes, and the extraction or the reason why there is none."""

    sha256: str | None
    extraction: Extraction | None
    error: str | None
    started_at: str


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

    >>> one_line(ZhibiaoError("damaged")), one_line(KeyError("S1"))
    ('damaged', "KeyError: 'S1'")
    """
    text = " ".join(str(error).split())
    return text if isinstance(error, ZhibiaoError) else f"{type(error).__name__}: {text}"


def in_turn(paths: Sequence[Path], jobs: int, reader: Reader) -> Iterator[FileReading]:
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
