"""The words that the plans of one city use more than those of the others, and how sure that is.

The measure is the log odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, “Fightin'
Words”): how much likelier a word is in one city's plan items than in those of all other cities, both drawn towards the
words of all by a prior worth `PRIOR` words, divided by its standard error.  Beyond 1.96 it is hardly chance.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import log, sqrt

from kb.errors import NothingToCompare
from kb.evaluation.rows import Row, read_rows
from kb.words.cutting import cutter

ITEMS = """
select r.code, r.short_name as city, i.text
from plan_items i
join documents d on d.id = i.document_id
join regions r on r.code = d.region_code
where r.level in ('municipal', 'county')
order by r.code, i.position, i.id
"""
PLACES = "select distinct short_name from regions where length(short_name) > 1"
PRIOR = 500.0
SURE = 1.96
LEAST = 3  # uses of a word below which nothing is said


def city_words(connection: sqlite3.Connection, limit: int) -> list[Row]:
    """The words of each city: city, word, count, others (uses elsewhere), z; the surest first, `limit` a city.

    Names of places are left out.  Raises NothingToCompare where fewer than two cities have plan items.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(connection, ITEMS):
        texts[row["city"]].append(row["text"])
    if len(texts) < 2:
        raise NothingToCompare(
            f"words are compared between cities, and {len(texts)} has plan items; ingest the plan of another one"
        )
    cut = cutter(connection)
    counts = {city: cut.count(items) for city, items in texts.items()}
    places = [str(row[0]) for row in connection.execute(PLACES)]
    return [row for city in counts for row in _of_city(city, counts, places, limit)]


def _of_city(city: str, counts: Mapping[str, Counter[str]], places: list[str], limit: int) -> list[Row]:
    own = counts[city]
    others: Counter[str] = Counter()
    for name, words in counts.items():
        if name != city:
            others.update(words)
    rows = [row for row in _compared(city, own, others) if not any(place in row["word"] for place in places)]
    return sorted(rows, key=lambda row: (-row["z"], row["word"]))[:limit]


def _compared(city: str, own: Counter[str], others: Counter[str]) -> Iterator[Row]:
    """The words that are used often enough and surely more than elsewhere."""
    sizes = own.total(), others.total()
    for word, count in own.items():
        if count >= LEAST and (z := log_odds(count, others[word], *sizes)) > SURE:
            yield {"city": city, "word": word, "count": count, "others": others[word], "z": round(z, 2)}


def log_odds(count: int, other: int, size: int, other_size: int) -> float:
    """How many standard errors the log odds of a word here lie above those elsewhere.

    >>> round(log_odds(10, 10, 1000, 1000), 2), log_odds(20, 5, 1000, 1000) > 1.96, log_odds(5, 20, 1000, 1000) < -1.96
    (0.0, True, True)
    """
    drawn = PRIOR * (count + other) / (size + other_size)
    odds, elsewhere = (
        log((number + drawn) / (total + PRIOR - number - drawn))
        for number, total in ((count, size), (other, other_size))
    )
    return (odds - elsewhere) / sqrt(1 / (count + drawn) + 1 / (other + drawn))
