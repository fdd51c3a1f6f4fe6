"""The user's patterns of a base: a file beside it, so that every later reading knows them too."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from extract.patterns import Patterns, patterns_in, using
from extract.records import Extraction
from kb.workers import Reader


def patterns_file(base: Path) -> Path:
    """Where the patterns of a base are kept.

    >>> patterns_file(Path("data/zhibiao.db")).as_posix()
    'data/zhibiao.patterns.jsonl'
    """
    return base.with_name(f"{base.stem}.patterns.jsonl")


def kept_patterns(base: Path) -> Patterns:
    """The patterns of a base, none where none are kept; raises UnreadablePatterns where somebody broke the file."""
    file = patterns_file(base)
    return patterns_in(file) if file.exists() else Patterns()


def keep_patterns(base: Path, given: Path) -> Patterns:
    """Make a file the patterns of a base, once it has been read; one without patterns takes the kept ones away."""
    patterns, file = patterns_in(given), patterns_file(base)
    if not patterns.rows:
        file.unlink(missing_ok=True)
    elif not (file.exists() and file.samefile(given)):
        part = file.with_suffix(".part")
        part.write_bytes(given.read_bytes())
        part.replace(file)
    return patterns


def with_patterns(patterns: Patterns, reader: Reader) -> Reader:
    """The reader with patterns taking part, in whatever process it runs."""
    return partial(_read, patterns, reader) if patterns.rows else reader


def _read(patterns: Patterns, reader: Reader, path: Path) -> Extraction:
    with using(patterns):
        return reader(path)
