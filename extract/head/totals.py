"""Full marks of a rubric: the printed total, else the sum of what is printed at the top of its tree; bonus apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.document_numbers import FOLD
from extract.outline import read_numbering
from extract.records import Clause, Fact, Passage

_LABEL = r"(?:总\s*分\s*值?|满\s*分\s*值?|合\s*计|共\s*计|总\s*计)"
# words before the label, or after the figure, that make it another amount than the document's full marks
_OTHER = r"(?<!自评)(?<!每项)(?<!各项)(?<!单项)(?<!该项)(?<!本项)(?<!每个)"
_POINTS = r"(?P<points>\d+(?:\.\d+)?)\s*分(?![之以及])"
_PRINTED = re.compile(rf"{_OTHER}(?P<label>{_LABEL})\s*(?:分值)?\s*[为是以：:共]?\s*{_POINTS}")
_SCALE = re.compile(r"(?:实行|采用|采取|为|按)(?P<scale>百|千)分制")
_CELL = re.compile(rf"(?P<label>{_LABEL})(?:[（(]分[）)])?[：:]?(?:(?P<points>\d+(?:\.\d+)?)分?)?")
_RANK = {"总分": 0, "总分值": 0, "总计": 1, "共计": 1, "合计": 1, "满分": 2, "满分值": 2}
_SCALE_RANK = 3
_DEEPEST_HEADING = 1  # a total on a line numbered deeper is that clause's own


@dataclass(frozen=True, slots=True)
class _Total:
    rank: int
    points: float
    passage: int


def _in_cells(cell: Passage, following: Passage | None) -> Iterator[_Total]:
    """A label with its figure in one cell, or in two cells of one row; in other cells it is a clause's own maximum."""
    match = _CELL.fullmatch(re.sub(r"\s", "", cell.text.translate(FOLD)))
    if match is None or not cell.row_no:
        return
    beside = following and (following.table_no, following.row_no) == (cell.table_no, cell.row_no)
    printed = match["points"] or (following.text.translate(FOLD).strip() if following and beside else "")
    if figure := re.fullmatch(r"(\d+(?:\.\d+)?)\s*分?", printed):
        yield _Total(_RANK[match["label"]], float(figure[1]), cell.ordinal)


def _in_text(passage: Passage) -> Iterator[_Total]:
    text, numbering = passage.text.translate(FOLD), read_numbering(passage.text)
    for match in _PRINTED.finditer(text):
        if numbering is not None and text[: match.start()].rstrip()[-1:] in ("（", "("):
            continue  # 一、巡查（满分20分）: the section's own
        rank = _RANK[re.sub(r"\s", "", match["label"])]
        if rank == 0 or numbering is None or numbering.level <= _DEEPEST_HEADING:
            yield _Total(rank, float(match["points"]), passage.ordinal)
    for match in _SCALE.finditer(text):
        yield _Total(_SCALE_RANK, 100.0 if match["scale"] == "百" else 1000.0, passage.ordinal)


def _totals(passages: Sequence[Passage]) -> Iterator[_Total]:
    for passage, following in zip(passages, (*passages[1:], None), strict=False):
        yield from _in_cells(passage, following) if passage.kind == "cell" else _in_text(passage)


def printed_total(passages: Sequence[Passage]) -> tuple[float, int] | None:
    """The full marks that a document prints, and the passage: 总分 before 共计 before 满分 before 百分制.

    Several different totals with one word are those of parts, unless the highest is at least the sum of the others.
    """
    found = list(_totals(passages))
    for rank in sorted({total.rank for total in found}):
        same = [total for total in found if total.rank == rank]
        highest = max(same, key=lambda total: total.points)
        others = sum(total.points for total in same if total.points != highest.points)
        if highest.points >= others:
            return highest.points, next(total.passage for total in same if total.points == highest.points)
    return None


def _leaves(clause: Clause, children: dict[str | None, list[Clause]]) -> list[Clause]:
    below = [leaf for child in children.get(clause.code, []) for leaf in _leaves(child, children)]
    return below or [clause]


def _points(clause: Clause, children: dict[str | None, list[Clause]]) -> float | None:
    """A clause's own points, else the sum of those below it; None where nobody has any."""
    if clause.points is not None:
        return clause.points
    below = [points for child in children.get(clause.code, []) if (points := _points(child, children)) is not None]
    return sum(below) if below else None


def summed_totals(facts: Sequence[Fact]) -> tuple[float | None, float | None]:
    """Full marks and bonus as the sums over the top of the tree of clauses; None where no points are given.

    A section all of whose leaves are bonus clauses is bonus.

    >>> summed_totals([Clause("1", "scored", "甲", 1, points=60.0), Clause("2", "bonus", "乙", 1, points=5.0)])
    (60.0, 5.0)
    """
    clauses = [fact for fact in facts if isinstance(fact, Clause) and fact.kind in {"section", "scored", "bonus"}]
    codes = {clause.code for clause in clauses}
    children: dict[str | None, list[Clause]] = {}
    for clause in clauses:
        children.setdefault(clause.parent if clause.parent in codes else None, []).append(clause)
    total: list[float] = []
    bonus: list[float] = []
    for top in children.get(None, []):
        points, leaves = _points(top, children), _leaves(top, children)
        if points is not None and points > 0:
            (bonus if all(leaf.kind == "bonus" for leaf in leaves) else total).append(points)
    return (sum(total) if total else None, sum(bonus) if bonus else None)
