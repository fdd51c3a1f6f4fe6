"""Why a link is believed: the two fragments, the words they share, the same indicator or threshold, the features.

Same indicator and same threshold are shown and carry no weight: too few plans print figures to learn what they tell.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.text import compact
from kb.evaluation.rows import Row, read_rows
from kb.link.arrays import Floats, np
from kb.link.features import FEATURES, Comparison, Pairs
from kb.link.fragments import bigrams, normal
from kb.link.model import Model
from kb.listing import plain

MOST_SHARED = 5
MOST_FEATURES = 5
LEAST_NAME = 4  # characters of an indicator that may be part of a longer one: 产值 is part of too many
DEMANDS = """
select coalesce(t.plan_item_id, t.clause_id) as owner, t.indicator, t.comparator, t.value, t.value_high, t.unit
from thresholds t
where t.document_id = ? and {owner} is not null
order by t.id
"""


@dataclass(frozen=True, slots=True)
class Demand:
    """An indicator with what is promised or demanded of it."""

    indicator: str
    figure: str


def demands(connection: sqlite3.Connection, document_id: str, owner: str) -> dict[int, list[Demand]]:
    """The thresholds of each plan item (`owner` is plan_item_id) or clause (clause_id) of a document."""
    found: dict[int, list[Demand]] = defaultdict(list)
    for row in read_rows(connection, DEMANDS.format(owner=f"t.{owner}"), [document_id]):
        found[row["owner"]].append(Demand(compact(row["indicator"]), _figure(row)))
    return found


def _figure(row: Row) -> str:
    """Comparator, value and unit as they are compared and shown."""
    high = "" if row["value_high"] is None else f"–{plain(row['value_high'])}"
    return f"{row['comparator']} {plain(row['value'])}{high}{row['unit'] or ''}".strip()


def same_demands(promised: Sequence[Demand], demanded: Sequence[Demand]) -> dict[str, str]:
    """The first indicator that both sides name, and their figures.

    >>> same_demands([Demand("食品抽检合格率", ">= 95%")], [Demand("重点食品抽检合格率", ">= 95%")])
    {'same_indicator': '食品抽检合格率', 'same_threshold': '>= 95%'}
    >>> same_demands([Demand("食品抽检合格率", ">= 96%")], [Demand("食品抽检合格率", ">= 95%")])
    {'same_indicator': '食品抽检合格率', 'thresholds': '>= 96% | >= 95%'}
    """
    both = [(one, other) for one in promised for other in demanded if _is_same(one.indicator, other.indicator)]
    both.sort(key=lambda pair: pair[0].figure != pair[1].figure)
    if not both:
        return {}
    one, other = both[0]
    if one.figure == other.figure:
        return {"same_indicator": one.indicator, "same_threshold": one.figure}
    return {"same_indicator": one.indicator, "thresholds": f"{one.figure} | {other.figure}"}


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= LEAST_NAME and short in long)


def shared_terms(comparison: Comparison, sentence: str, unit: str) -> list[str]:
    """The strings of two characters and more that both fragments have, those that few clauses have first."""
    index, number = comparison.index, comparison.vocabulary.number
    known = set(bigrams(normal(sentence)))
    weights: dict[str, float] = {}
    for run in _runs(bigrams(normal(unit)), known):
        word = run[0] + "".join(pair[1] for pair in run[1:])
        weights[word] = sum(float(index.surprise[number[pair]]) for pair in run)
    return sorted(weights, key=lambda word: -weights[word])[:MOST_SHARED]


def _runs(unit: Sequence[str], known: set[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for pair in [*unit, ""]:
        if pair and pair in known:
            run.append(pair)
        elif run:
            yield run
            run = []


def reasons(model: Model, values: Floats) -> list[dict[str, float]]:
    """For each row of features what the weightiest of them add to its log odds."""
    added = model.contributions(values)
    order = np.argsort(-np.abs(added), axis=1, kind="stable")[:, :MOST_FEATURES]
    best = np.round(np.take_along_axis(added, order, axis=1), 2)
    names = np.array(FEATURES)[order]
    return [dict(zip(*row, strict=True)) for row in zip(names.tolist(), best.tolist(), strict=True)]


def alike(comparison: Comparison, found: Pairs, number: int) -> dict[str, Any]:
    """The fragments of pair `number` that are most alike, and what they share."""
    item, clause = int(found.items[number]), int(found.clauses[number])
    sentence = comparison.items[item][int(found.sentences[number])]
    unit = comparison.index.clauses[clause].units[int(found.units[number])]
    return {"item": sentence, "clause": unit, "shared": shared_terms(comparison, sentence, unit)}


def as_json(said: Mapping[str, Any]) -> str:
    """Evidence as it is stored."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
