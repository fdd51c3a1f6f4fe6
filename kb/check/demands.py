"""Thresholds as they are compared: which way a demand points, how strict it is, and who prints it where."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extract.indicator_names import unit_family
from kb.listing import plain

Direction = Literal["floor", "ceiling"]
_DIRECTIONS: dict[str, Direction] = {
    ">=": "floor", ">": "floor", "<=": "ceiling", "<": "ceiling", "rank<=": "ceiling",
}  # fmt: skip
# one figure in two units of one family: 1 ‰ is 0.1 %
SCALE = {"%": 1.0, "个百分点": 1.0, "‰": 0.1, "‱": 0.01}


@dataclass(frozen=True, slots=True)
class Demand:
    """A threshold with a figure: of a clause or the document (a demand), or of a plan item (a promise)."""

    document_id: str
    title: str
    campaign: str | None
    owner: str
    is_promise: bool
    clause_id: int | None
    points: float | None
    indicator_id: int
    indicator: str
    comparator: str
    value: float
    unit: str | None
    circumstances: tuple[str, str]
    text: str
    passage_id: int | None

    @property
    def direction(self) -> Direction | None:
        """Floor or ceiling; an exact share (100 %) is a floor, an exact count or zero is neither."""
        if self.comparator == "=" and self.unit in SCALE and self.value > 0:
            return "floor"
        return _DIRECTIONS.get(self.comparator)

    @property
    def figure(self) -> str:
        """The figure as it is printed in messages: 95%."""
        return f"{plain(self.value)}{self.unit or ''}"

    @property
    def size(self) -> float:
        """The figure in the first unit of its family."""
        return self.value * SCALE.get(self.unit or "", 1.0)

    @property
    def strictness(self) -> tuple[float, bool]:
        """The greater the stricter; of equal figures the one that excludes its border is stricter."""
        sign = -1.0 if self.direction == "ceiling" else 1.0
        return sign * self.size, self.comparator in (">", "<")

    def comparable(self, other: Demand) -> bool:
        """Whether two point the same way about one thing."""
        return self.direction is not None and self.direction == other.direction and self.same_thing(other)

    def same_thing(self, other: Demand) -> bool:
        """Whether two measure one thing in the same circumstances, in units that compare, whichever way they point."""
        return (
            self.indicator_id == other.indicator_id
            and self.circumstances == other.circumstances
            and unit_family(self.unit) == unit_family(other.unit)
        )

    def falls_short_of(self, floor: Demand) -> bool:
        """Whether a promise is weaker than a demand; an exact figure is held against either direction."""
        if self.comparator != "=" and self.direction != floor.direction:
            return False
        return self.size < floor.size if floor.direction == "floor" else self.size > floor.size


_DEMANDS = """
select t.document_id, d.title, d.campaign, coalesce(i.code, c.code, '') as owner,
  t.plan_item_id is not null as is_promise, t.clause_id, s.points, t.indicator_id, t.indicator, t.comparator, t.value,
  t.unit, coalesce(t.baseline, '') as baseline, coalesce(t.period, '') as period, t.text, t.passage_id
from thresholds t
join documents d on d.id = t.document_id
left join clauses c on c.id = t.clause_id
left join plan_items i on i.id = t.plan_item_id
left join score_rules s on s.id = t.score_rule_id
where t.value is not null and t.indicator_id is not null and {condition}
order by t.id
"""


def demands(connection: sqlite3.Connection, document_id: str) -> list[Demand]:
    """The thresholds of one document that have a figure, in reading order."""
    return list(_read(connection, "t.document_id = ?", document_id))


# a digest says again what its original says: it is compared with digests alone
ELSEWHERE = "d.id <> ?1 and d.origin = (select origin from documents where id = ?1)"


def demands_elsewhere(connection: sqlite3.Connection, document_id: str) -> list[Demand]:
    """Those of other documents for the indicators that this one has figures for."""
    condition = (
        f"{ELSEWHERE} and t.indicator_id in"
        " (select o.indicator_id from thresholds o where o.document_id = ?1 and o.value is not null)"
    )
    return list(_read(connection, condition, document_id))


def _read(connection: sqlite3.Connection, condition: str, document_id: str) -> Iterator[Demand]:
    for row in connection.execute(_DEMANDS.format(condition=condition), (document_id,)):
        values = dict(row)
        circumstances = (values.pop("baseline"), values.pop("period"))
        yield Demand(**values | {"is_promise": bool(row["is_promise"]), "circumstances": circumstances})
