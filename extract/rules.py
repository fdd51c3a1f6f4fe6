"""Which rules read a document: the version of the program and a fingerprint of everything that decides a reading."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

SUFFIXES = {".py", ".toml", ".csv"}


@cache
def extractor_version() -> str:
    """The version and eight digits over all code and terms of `extract`: another rule is another version.

    >>> len(extractor_version().partition("+")[2])
    8
    """
    try:
        number = version("zhibiao")
    except PackageNotFoundError:  # run from a checkout that is not installed
        number = "0"
    folder = Path(__file__).parent
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{number}+{digest.hexdigest()[:8]}"
