"""How a plan stands to every clause of a rubric, as rows for a listing, those that are probably uncovered first."""

from __future__ import annotations

from kb.coverage.answers import Answers
from kb.coverage.evidence import in_words
from kb.coverage.naming import Plan, Rubric
from kb.coverage.parts import in_words as parts_in_words
from kb.coverage.parts import open_points, parts
from kb.evaluation.rows import Row

STATUSES = ("uncovered", "doubtful", "covered")
PARTS = ("scored", "veto", "basic", "bonus")  # in this order; what is not scored is listed apart
COLUMNS = (
    *("part", "status", "clause", "clause_title", "section", "points", "points_status", "optional", "excusable"),
    *("at_risk", "best_item", "best_item_text", "score", "tasks", "parts", "parts_served", "points_open"),
    *("served_by", "open_parts", "leads", "leads_today", "evidence", "place", "item_place"),
    *("city", "plan_id", "rubric_id"),
)


def standings(answers: Answers, plan: Plan, rubric: Rubric) -> list[Row]:
    """A row of `COLUMNS` for every clause: part by part, the least covered first, the dearer before the cheaper."""
    rows = [_row(answers, clause) for clause in answers.clauses]
    rows.sort(
        key=lambda row: (
            PARTS.index(row["part"]),
            STATUSES.index(row["status"]),
            row["score"] or 0.0,
            -(row["points"] or 0.0),
        )
    )
    return [row | {"city": plan.city, "plan_id": plan.id, "rubric_id": rubric.id} for row in rows]


def _row(answers: Answers, clause: Row) -> Row:
    best = answers.items.get(clause["best_item_id"], {"code": "", "text": "", "place": None})
    leads, today = answers.leading(clause["id"])
    served = parts(answers, clause["id"])
    return {
        "part": clause["kind"],
        **{
            name: clause[name]
            for name in ("status", "points", "points_status", "optional", "excusable", "place", "position")
        },
        "clause": clause["code"],
        "clause_title": clause["title"],
        "section": answers.sections[clause["id"]],
        "at_risk": at_risk(clause),
        "best_item": best["code"],
        "best_item_text": best["text"],
        "score": None if clause["weight"] is None else round(clause["weight"], 3),
        "tasks": clause["claims"],
        "parts": len(served),
        "parts_served": sum(bool(one.why) for one in served),
        "points_open": 0 if clause["status"] == "uncovered" else open_points(served),
        "served_by": "; ".join(parts_in_words(served)),
        "open_parts": "；".join(one.rule["condition"] for one in served if not one.why),
        "leads": "、".join(leads),
        "leads_today": "、".join(today),
        "evidence": in_words(clause["evidence"], clause["method"], clause["link_status"]),
        "item_place": best["place"],
    }


def at_risk(clause: Row) -> float | None:
    """The points that the city may lose here: all but those it may lack by 合理缺项, where the clause is not covered.

    >>> at_risk({"status": "doubtful", "points": 25.0, "excusable": 5.0})
    20.0
    """
    if clause["points"] is None:
        return None
    return 0.0 if clause["status"] == "covered" else float(clause["points"] - clause["excusable"])
