"""Sums of clauses and points by section; veto and basic conditions and bonus apart."""

from __future__ import annotations

from collections.abc import Sequence

from kb.coverage.standing import PARTS, STATUSES
from kb.evaluation.rows import Row

TOTAL = "合计 all scored"
COLUMNS = (
    *("city", "part", "section", "clauses", "covered", "doubtful", "uncovered", "points"),
    *("points_covered", "points_at_risk", "points_excusable"),
)


def sums(rows: Sequence[Row]) -> list[Row]:
    """A row of `COLUMNS` for each section of the scored clauses and for all of them, then one for each other part.

    Points of a section are those covered, those at risk (doubtful or probably uncovered), and those that the city may
    lack without loss because the rubric calls them 合理缺项.
    """
    found = []
    scored = [row for row in rows if row["part"] == "scored"]
    for section in _in_order(scored):
        found.append(_sum("scored", section, [row for row in scored if row["section"] == section]))
    if scored:
        found.append(_sum("scored", TOTAL, scored))
    for part in PARTS[1:]:
        of_part = [row for row in rows if row["part"] == part]
        if of_part:
            found.append(_sum(part, "", of_part))
    return found


def _in_order(rows: Sequence[Row]) -> list[str]:
    """The sections as the rubric has them."""
    return [*dict.fromkeys(row["section"] for row in sorted(rows, key=lambda row: row["position"]))]


def _sum(part: str, section: str, rows: Sequence[Row]) -> Row:
    points = [row["points"] for row in rows if row["points"] is not None]
    counted = {status: sum(row["status"] == status for row in rows) for status in STATUSES}
    return {
        "city": rows[0]["city"],
        "part": part,
        "section": section,
        "clauses": len(rows),
        **counted,
        "points": sum(points) if points else None,
        "points_covered": sum(row["points"] or 0.0 for row in rows if row["status"] == "covered") if points else None,
        "points_at_risk": sum(row["at_risk"] or 0.0 for row in rows) if points else None,
        "points_excusable": sum(row["excusable"] for row in rows if row["status"] != "covered") if points else None,
    }
