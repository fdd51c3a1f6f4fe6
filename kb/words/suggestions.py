"""What a search box offers beside names while something is typed: the words of passages that contain it."""

from __future__ import annotations

import sqlite3
from functools import cache

from kb.search.pairs import folded, match_expression
from kb.words.cutting import Cutter

SAMPLE = "select p.text from passages_fts f join passages p on p.id = f.rowid where passages_fts match ? limit ?"
PASSAGES_READ = 150  # the words of so many passages that have what is typed are counted


def words_with(connection: sqlite3.Connection, typed: str, limit: int = 10) -> list[str]:
    """Longer words that contain what is typed: those that begin with it first, then by their uses in the passages read.

    Up to `PASSAGES_READ` passages are read.  The first call of a process loads the dictionary, about a second.
    """
    sought, match = folded(typed.strip()), match_expression(typed)
    if not match or limit < 1:
        return []
    counts = _cutter().count(str(row[0]) for row in connection.execute(SAMPLE, [match, PASSAGES_READ]))
    found = [word for word in counts if sought in folded(word) and len(word) > len(sought)]
    found.sort(key=lambda word: (not folded(word).startswith(sought), -counts[word], word))
    return found[:limit]


@cache
def _cutter() -> Cutter:
    """Terms alone: the names of the base come from its tables."""
    return Cutter()
