"""What a search box offers while something is typed: names of the base and words of its passages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache

from kb.evaluation.rows import Row, read_rows
from kb.search.pairs import folded, match_expression, words
from kb.words.cutting import Cutter

DEPARTMENTS = """
select
  d.name as text, 'department' as kind,
  sum((select count(*) from assignments a where a.department_id = d.id)) as count
from departments_fts f
join departments d on d.id = f.rowid
where departments_fts match ?
group by d.name
order by count desc, text
limit 100
"""
INDICATORS = """
select i.name as text, 'indicator' as kind, (select count(*) from thresholds t where t.indicator_id = i.id) as count
from indicators_fts f
join indicators i on i.id = f.rowid
where indicators_fts match ? and length(i.name) <= 20  -- longer ones are sentences
order by count desc, text
limit 100
"""
SAMPLE = "select p.text from passages_fts f join passages p on p.id = f.rowid where passages_fts match ? limit ?"
PASSAGES_READ = 150  # the words of so many passages that have what is typed are counted


def suggestions(connection: sqlite3.Connection, beginning: str, limit: int = 10) -> list[Row]:
    """Names and words that begin with what is typed, then those that contain it; each the most frequent first.

    Rows have text, kind (department | indicator | word) and count: tasks and clauses of a department, figures of an
    indicator, uses of a word in up to `PASSAGES_READ` passages.  Nothing typed offers nothing.  The first call of a
    process loads the dictionary of words (`kb.words.cutting.load`).
    """
    asked = words(beginning)
    if not asked or limit < 1:
        return []
    typed, match = asked[-1], match_expression(asked[-1])
    found: dict[str, Row] = {}
    for row in (*_named(connection, match), *_worded(connection, typed, match)):
        if typed in folded(row["text"]):
            found.setdefault(row["text"], row)
    order = sorted(
        found.values(), key=lambda row: (not folded(row["text"]).startswith(typed), -row["count"], row["text"])
    )
    return order[:limit]


def _named(connection: sqlite3.Connection, match: str) -> Iterator[Row]:
    for query in (DEPARTMENTS, INDICATORS):
        yield from read_rows(connection, query, [match])


def _worded(connection: sqlite3.Connection, typed: str, match: str) -> Iterable[Row]:
    """The words of passages that have what is typed, with their uses there; a word is longer than what is typed."""
    passages = connection.execute(SAMPLE, [match, PASSAGES_READ])
    counts = _cutter().count(str(row[0]) for row in passages)
    return ({"text": word, "kind": "word", "count": count} for word, count in counts.items() if len(word) > len(typed))


@cache
def _cutter() -> Cutter:
    """Terms alone: the names of the base come from its tables."""
    return Cutter()
