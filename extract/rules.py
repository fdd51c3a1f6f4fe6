"""Which rules read a document: the version of the program and fingerprints of everything that decides a reading."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extract.patterns import active

SUFFIXES = {".py", ".toml", ".csv"}


def extractor_version() -> str:
    """The version, eight digits over all code and terms of `extract`, and eight over the user's patterns, if any.

    >>> len(extractor_version().partition("+")[2])
    8
    """
    return ".".join(filter(None, (_own_version(), active().fingerprint)))


@cache
def _own_version() -> str:
    """Version and fingerprint of what is installed: another rule is another version."""
    try:
        number = version("zhibiao")
    except PackageNotFoundError:  # run from a checkout that is not installed
        number = "0"
    folder = Path(__file__).parent
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{number}+{digest.hexdigest()[:8]}"
