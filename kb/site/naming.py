"""What a fact is called where its text is shown, and the address of the page that is about it."""

from __future__ import annotations

from kb.evaluation.rows import Row
from kb.site import links
from kb.site.texts import figure
from kb.site.wording import chinese, demand


def called(fact: Row) -> str:
    """A fact in a few words.

    >>> called({"kind": "clauses", "code": "28", "sort": "scored", "points": 20.0, "points_status": "inferred"})
    '条款 28 评分条款 20 分（推出 inferred）'
    >>> called({"kind": "assignments", "sort": "lead", "name": "市质监局", "times": 2})
    '责任分工 牵头 市质监局 ×2'
    """
    match fact["kind"]:
        case "clauses" | "score_rules":
            inferred = "（推出 inferred）" if fact["points_status"] == "inferred" else ""
            points = "" if fact["points"] is None else f"{figure(fact['points'])} 分{inferred}"
            parts = [fact["code"], chinese(fact["sort"]), points]
        case "thresholds":
            asked = demand(fact["comparator"], fact["value"], fact["value_high"], fact["unit"])
            parts = [fact["name"] or fact["indicator"], asked]
        case "assignments":
            parts = [chinese(fact["sort"]), fact["name"], f"×{fact['times']}" if fact["times"] > 1 else ""]
        case "citations":
            is_here = fact["cited_document_id"] is not None
            parts = [fact["title"] or fact["words"], "" if is_here else "（不在库中 not in the base）"]
        case "document_fields":
            parts = [chinese(fact["field"])]
        case "form_fields":
            parts = [fact["label"]]
        case _:
            parts = [fact["code"]]
    return " ".join(str(part) for part in (chinese(fact["kind"]), *parts) if part)


def address(document_id: str, fact: Row) -> str:
    """The page about a fact of a document; '' where there is none.

    >>> address("d", {"kind": "score_rules", "code": "28"})
    '/rubric/d/28'
    """
    match fact["kind"]:
        case "clauses" | "score_rules":
            return links.rubric(document_id, fact["code"])
        case "thresholds":
            return links.indicator(fact["name"]) if fact["name"] else ""
        case "plan_items":
            return links.items(document_id, fact["code"])
        case "assignments":
            return links.department(fact["region_code"], fact["name"])
        case "citations":
            cited = fact["cited_document_id"]
            return links.document(cited) if cited else links.search(fact["words"] or "")
        case "document_fields":
            return links.document(document_id) + "#head"
    return ""
