"""What clauses demand and plan items promise, as they are compared: figures in one unit, ranks, comparisons, trends."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from typing import Literal

from extract.indicator_names import contrast
from extract.text import compact
from kb.evaluation.rows import read_rows
from kb.evaluation.similarity import alike, bare, containment
from kb.listing import plain

ALIKE = 0.5  # of two names inside one linked pair: the link says that they are about one thing
HELD = 0.75  # of the shorter name
Verdict = Literal["stricter", "equal", "weaker", "incomparable"]
AIMS = """
select
  t.id, t.clause_id, t.plan_item_id, t.score_rule_id, t.indicator_id, t.indicator, t.comparator, t.value, t.value_high,
  t.unit, coalesce(t.baseline, '') as baseline, t.text,
  exists (select 1 from demanded_thresholds q where q.threshold_id = t.id) as is_demand,
  b.direction, b.size, coalesce(b.excludes_border, 0) as excludes_border, coalesce(b.measure, '') as measure
from thresholds t
left join threshold_bounds b on b.threshold_id = t.id
where t.document_id = ? and (t.clause_id is not null or t.plan_item_id is not null)
order by t.position, t.id
"""


@dataclass(frozen=True, slots=True)
class Aim:
    """A threshold of a clause (a demand) or of a plan item (a promise); `size` is None where it has no figure."""

    id: int
    clause_id: int | None
    plan_item_id: int | None
    score_rule_id: int | None
    indicator_id: int | None
    indicator: str
    comparator: str
    value: float | None
    value_high: float | None
    unit: str | None
    baseline: str
    text: str
    is_demand: int
    direction: str | None
    size: float | None
    excludes_border: int
    measure: str

    @property
    def figure(self) -> str:
        """Comparator, value and unit, or what it is compared with: >= 95%, relative 全国平均水平."""
        if self.value is None:
            return " ".join(filter(None, (self.comparator, self.baseline)))
        high = "" if self.value_high is None else f"–{plain(self.value_high)}"
        return f"{self.comparator} {plain(self.value)}{high}{self.unit or ''}"

    @property
    def words(self) -> str:
        """The indicator without the white space of the layout."""
        return compact(self.indicator)


def aims(connection: sqlite3.Connection, document_id: str) -> list[Aim]:
    """The demands and promises of one document, in reading order."""
    return [Aim(**row) for row in read_rows(connection, AIMS, [document_id])]


def verdict(promise: Aim, demand: Aim) -> Verdict:
    """How a promise stands to a demand for the same indicator; the query compare-thresholds says the same in SQL."""
    if promise.size is None or demand.size is None:
        same = (promise.size, promise.comparator, promise.baseline) == (None, demand.comparator, demand.baseline)
        return "equal" if same and demand.size is None else "incomparable"
    if promise.measure != demand.measure:
        return "incomparable"
    ways = {promise.direction, demand.direction} - {"exact"}
    if len(ways) > 1 or (not ways and not math.isclose(promise.size, demand.size)):
        return "incomparable"
    if not math.isclose(promise.size, demand.size, rel_tol=1e-9, abs_tol=1e-9):
        return "stricter" if (promise.size > demand.size) == (ways == {"floor"}) else "weaker"
    border = promise.excludes_border - demand.excludes_border
    return "stricter" if border > 0 else "weaker" if border < 0 else "equal"


def same_thing(promise: Aim, demand: Aim) -> bool:
    """Whether two aims of a linked pair are about one thing: one indicator, or names that are alike and not parted."""
    if promise.indicator_id == demand.indicator_id is not None:
        return True
    one, other = bare(promise.words), bare(demand.words)
    near = alike(one, other) >= ALIKE or containment(one, other) >= HELD
    return near and contrast(promise.words, demand.words) is None
