"""Coverage laid out for a screen: what is held against what, the sums, then the clauses, the uncovered ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.coverage.naming import Plan, Rubric
from kb.coverage.standing import PARTS, STATUSES
from kb.coverage.sums import TOTAL
from kb.evaluation.rows import Row
from kb.listing import clipped, listing, plain

HEADINGS = {
    "scored": "评分条款 scored clauses",
    "veto": "否决条件 veto conditions",
    "basic": "基本条件 basic conditions",
    "bonus": "加分项 bonus, outside the full marks",
}
SHOWN = {"uncovered": "probably uncovered", "doubtful": "doubtful", "covered": "covered"}
SECTION_WIDTH = 24
SUMS = ("section", "clauses", *reversed(STATUSES), "points", "at_risk")


def indented(text: str, spaces: int, columns: int) -> str:
    """A text on one line of so many columns, behind spaces.

    >>> indented("全市产品质量监督抽查", 2, 12)
    '  全市产品…'
    """
    return " " * spaces + clipped(text, columns - spaces)


def head(plan: Plan, rubric: Rubric, others: Sequence[Rubric], columns: int) -> Iterator[str]:
    """The plan, the rubric and why it was taken, the other rubrics that could be named."""
    yield clipped(f"{plan.id} {plan.title}", columns)
    yield clipped(f"against {rubric.id} {rubric.title}", columns)
    yield f"  {rubric.reason}"
    for other in others:
        yield indented(f"also: --rubric {other.id} {other.title}", 2, columns)


def sum_lines(sums: Sequence[Row]) -> Iterator[str]:
    """The sums as a table of eighty columns, and what the rubric excuses."""
    rows = [
        row
        | {
            "section": clipped(row["section"] or HEADINGS[row["part"]], SECTION_WIDTH),
            "at_risk": row["points_at_risk"],
        }
        for row in sums
    ]
    yield listing(rows, "table", SUMS)
    excused = next((row["points_excusable"] for row in sums if row["section"] == TOTAL), None)
    if excused:
        yield f"合理缺项: {plain(float(excused))} of these points may be lacking without loss; they are not at risk"


def clause_lines(rows: Sequence[Row], columns: int) -> Iterator[str]:
    """The clauses part by part; what is not covered with the best candidate and why, what is covered on two lines."""
    for part in PARTS:
        for status in STATUSES:
            found = [row for row in rows if (row["part"], row["status"]) == (part, status)]
            if found:
                yield f"\n{HEADINGS[part]}: {SHOWN[status]}"
            for row in found:
                yield from _clause(row, columns)


def _clause(row: Row, columns: int) -> Iterator[str]:
    points = "" if row["points"] is None else f" [{plain(row['points'])}]"
    optional = f" 合理缺项 {plain(float(row['excusable']))}" if row["optional"] else ""
    yield clipped(f"{row['clause']}{points}{optional} {row['clause_title'] or '(title lost)'}", columns)
    yield indented(_best(row), 4, columns)
    if row["status"] != "covered":
        if row["evidence"]:
            yield indented(row["evidence"], 4, columns)
        return
    if row["parts_served"] < row["parts"]:
        open_points = f" ({plain(float(row['points_open']))})" if row["points_open"] else ""
        what = (
            f"{row['parts'] - row['parts_served']} of {row['parts']} parts not seen{open_points}: {row['open_parts']}"
        )
        yield indented(what, 4, columns)


def _best(row: Row) -> str:
    """The best item with its score, and who leads the tasks."""
    if not row["best_item"] and row["score"] is None:
        return "no task comes near"
    leads = f" 牵头 {row['leads']}" if row["leads"] else ""
    more = f" +{row['tasks'] - 1}" if row["tasks"] > 1 else ""
    return f"{row['best_item'] or '-'}{more} ({row['score']:.2f}){leads} {row['best_item_text']}"
