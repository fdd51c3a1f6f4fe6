"""The ingested files themselves, kept by their hash in a folder beside the base, so that a page can be shown again."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from extract.errors import UnreadableFile


def file_digest(file: Path) -> str:
    """The sha256 of a file's bytes as hexadecimal; raises UnreadableFile where it cannot be opened."""
    try:
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(f"cannot be opened: {error.strerror}; check the path") from error


def originals_folder(base: Path) -> Path:
    """Where the files of a base are kept.

    >>> originals_folder(Path("data/zhibiao.db")).as_posix()
    'data/zhibiao.files'
    """
    return base.with_name(f"{base.stem}.files")


def kept_original(base: Path, digest: str) -> Path:
    """Where the file with this hash is kept; a path without a suffix, where nothing is, for one that is not."""
    folder = originals_folder(base)
    return next(folder.glob(f"{digest}.*"), folder / digest)


def keep_original(base: Path, file: Path, digest: str) -> Path:
    """Copy `file` into the folder as `<digest>.<suffix>`; under that name there is never a part or another content.

    Raises UnreadableFile where the file is no longer the one that `digest` was taken of.
    """
    folder = originals_folder(base)
    target = folder / f"{digest}{file.suffix.lower()}"
    if target.exists():
        return target
    folder.mkdir(exist_ok=True)
    part = folder / f".{digest}.{os.getpid()}.part"
    try:
        with file.open("rb") as source, part.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        if file_digest(part) != digest:
            raise UnreadableFile("changed while it was read; ingest it again")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def drop_originals(base: Path, digests: Iterable[str]) -> int:
    """Delete kept files by their hashes; how many there were."""
    files = [file for digest in digests for file in originals_folder(base).glob(f"{digest}*")]
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)
