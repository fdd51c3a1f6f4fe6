"""The simulated score of a whole rubric: clauses, sections, total, bonus apart, veto and basic conditions as stated."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from kb.simulate.answers import sense_of
from kb.simulate.clauses import Missing, Scored, condition_state, scored
from kb.simulate.points import Points, shown
from kb.simulate.reading import Read
from kb.simulate.rubric import Clause, Rubric

COLUMNS = ("part", "code", "title", "full", "low", "high", "why", "place")
Line = dict[str, Any]


def simulated(rubric: Rubric, read: Read, missing: Missing, silent: bool) -> list[Line]:
    """The rows of a simulated score; `silent`: the rubric itself does not say what becomes of 合理缺项."""
    found = {
        clause.code: scored(clause, read.on(clause), missing)
        for clause in rubric.clauses
        if clause.kind in ("scored", "bonus")
    }
    return [
        *_conditions(rubric, read),
        *_clauses(rubric, found),
        *_totals(rubric, list(found.values()), missing, silent),
        *_unused(found.values(), read),
    ]


def treatment_printed(connection: sqlite3.Connection, document_id: str) -> Missing | None:
    """What the rubric says becomes of the points of 合理缺项; None where it says nothing."""
    rows = connection.execute("select text from passages where document_id = ? and text like '%缺项%'", (document_id,))
    for (text,) in rows.fetchall():
        if sense_of(text, "full_marks"):
            return "full_marks"
        if sense_of(text, "left_out"):
            return "left_out"
    return None


def _conditions(rubric: Rubric, read: Read) -> Iterator[Line]:
    for clause in rubric.clauses:
        if clause.kind in ("veto", "basic"):
            state, why = condition_state(clause, read.on(clause))
            yield _line(clause.kind, clause.code, clause.title, why=f"{state}; {why}", place=clause.place)


def _clauses(rubric: Rubric, found: dict[str, Scored]) -> Iterator[Line]:
    """Each section before its clauses, with the sum of all below it."""
    told: set[str] = set()
    for one in found.values():
        for code in one.clause.sections:
            if code not in told:
                told.add(code)
                below = [other for other in found.values() if code in other.clause.sections]
                yield _summed("section", code, rubric.sections[code][0], below)
        yield _scored(one)


def _scored(one: Scored) -> Line:
    part = "bonus" if one.clause.kind == "bonus" else "clause"
    places = dict.fromkeys(rule.place for rule in one.clause.rules if rule.place)
    return _line(
        *(part, one.clause.code, one.clause.title or _first_condition(one.clause)),
        full=one.full,
        points=one.points,
        why="; ".join((*one.unfit, *one.points.why)),
        place="; ".join(places) or one.clause.place,
    )


def _first_condition(clause: Clause) -> str:
    return clause.rules[0].condition if clause.rules else ""


def _summed(part: str, code: str, title: str, below: Sequence[Scored], why: str = "") -> Line:
    full = [one.full for one in below]
    return _line(part, code, title, full=_sum(full), points=_added(below), why=why or f"sum of {len(below)} clauses")


def _sum(values: Sequence[float | None]) -> float | None:
    """The sum; None where a part of it is not printed."""
    return None if None in values else sum(value for value in values if value is not None)


def _added(below: Sequence[Scored]) -> Points:
    return Points(sum(one.points.low for one in below), sum(one.points.high for one in below))


def _totals(rubric: Rubric, found: Sequence[Scored], missing: Missing, silent: bool) -> Iterator[Line]:
    """The total without bonus, and the bonus held to what the rubric gives at most."""
    below = [one for one in found if one.clause.kind == "scored"]
    if below:
        yield _summed("total", "", rubric.title, below, "; ".join(_remarks(rubric, below, missing, silent)))
    extra = [one for one in found if one.clause.kind == "bonus"]
    if extra:
        limit = math.inf if rubric.bonus_points is None else rubric.bonus_points
        why = (
            f"apart from the total, at most {shown(limit)}"
            if rubric.bonus_points is not None
            else "apart from the total"
        )
        points = _added(extra).within(-math.inf, limit)
        yield _line("bonus total", "", "", full=rubric.bonus_points, points=points, why=why)


def _remarks(rubric: Rubric, below: Sequence[Scored], missing: Missing, silent: bool) -> Iterator[str]:
    full, points = _sum([one.full for one in below]), _added(below)
    if full and not math.isinf(points.high + points.low):
        low, high = (round(100 * value / full, 1) for value in (points.low, points.high))
        share = shown(low) if low == high else f"{shown(low)}…{shown(high)}"
        yield f"sum of {len(below)} clauses, {share} % of {shown(full)}"
    else:
        yield f"sum of {len(below)} clauses"
    gone = sum((one.clause.points or 0) - (one.full or 0) for one in below if one.full is not None)
    if any("合理缺项, " in reason for one in below for reason in one.points.why):
        how = (
            "counted with full marks" if missing == "full_marks" else f"{shown(gone)} points left out of the full marks"
        )
        said = "the rubric does not say how: --missing chooses" if silent else "as printed or chosen"
        yield f"合理缺项: {how} ({said})"
    if rubric.total_points is not None and full is not None and round(full + gone - rubric.total_points, 6):
        yield f"the rubric prints {shown(rubric.total_points)} as its full marks"


def _unused(found: Any, read: Read) -> Iterator[Line]:
    """Figures that fit no rule, and rows that the rubric does not ask for: told, not ignored."""
    for one in found:
        for said in one.unfit:
            yield _line("unused", one.clause.code, one.clause.title, why=said, place=one.clause.place)
    for name, why in read.unused:
        yield _line("unused", "", name, why=why)


def _line(
    part: str,
    code: str,
    title: str,
    *,
    full: float | None = None,
    points: Points | None = None,
    why: str = "",
    place: str = "",
) -> Line:
    low, high = (None, None) if points is None else (_end(points.low), _end(points.high))
    values = (part, code, title, full, low, high, why, place)
    return dict(zip(COLUMNS, values, strict=True))


def _end(value: float) -> float | None:
    """An end of a range as a row holds it; None where it has no limit."""
    return None if math.isinf(value) else round(value, 6)
