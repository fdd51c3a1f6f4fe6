"""Draws docs/coverage.svg from the bundled documents: how far each city's plan covers each section of each rubric.

Run `python docs/picture.py` after a change of rules; a test compares the file with what this draws.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from kb import KnowledgeBase
from kb.base import open_base
from kb.coverage.across import brief, rubrics, ties
from kb.coverage.sums import TOTAL

PICTURE = Path(__file__).parent / "coverage.svg"
PARTS = {"veto": "否决条件", "basic": "基本条件", "bonus": "加分项"}
LEFT, TOP, WIDE, HIGH, GAP, FOOT = 56, 112, 62, 40, 14, 34
FULL, HALF, BARE = "#8fb0f7", "#fbd38d", "#e5e7eb"  # covered, doubtful; what is left is probably uncovered


class Column(NamedTuple):
    """A section of a rubric, and for each city so many clauses, covered and doubtful."""

    heading: str
    counts: dict[str, dict[str, Any]]


def draw(rubrics: Sequence[tuple[str, list[Column]]], cities: Sequence[str]) -> str:
    """An SVG grid, cities by the sections of each rubric, each cell with the clauses covered of all."""
    width = LEFT + sum(WIDE * len(columns) + GAP for _, columns in rubrics)
    height = TOP + HIGH * len(cities) + FOOT
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-size="12"'
            ' font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif">',
            f'<rect width="{width}" height="{height}" fill="white"/>',
            *(_text(LEFT - 10, TOP + HIGH * line + 24, city, "end") for line, city in enumerate(cities)),
            *_groups(rubrics, cities),
            *_legend(height - 10),
            "</svg>\n",
        ]
    )


def _groups(rubrics: Sequence[tuple[str, list[Column]]], cities: Sequence[str]) -> Iterator[str]:
    left = LEFT
    for title, columns in rubrics:
        room = WIDE * len(columns) // 12
        for line in range(2):
            yield _text(left, 20 + 17 * line, title[room * line : room * (line + 1)])
        for column in columns:
            for line in range(0, len(column.heading), 5):
                yield _text(left + WIDE / 2, 62 + 3 * line, column.heading[line : line + 5], "middle", 11)
            for line, city in enumerate(cities):
                if city in column.counts:
                    yield from _cell(left, TOP + HIGH * line, column.counts[city])
            left += WIDE
        left += GAP


def _cell(x: float, y: float, counts: dict[str, Any]) -> Iterator[str]:
    """A cell filled from below: as much as is covered, above it what is doubtful."""
    wide, high = WIDE - 3, HIGH - 3
    covered, doubtful = (round(high * counts[status] / counts["clauses"], 1) for status in ("covered", "doubtful"))
    yield f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{BARE}"/>'
    for tall, foot, colour in ((covered, y + high, FULL), (doubtful, y + high - covered, HALF)):
        if tall:
            yield f'<rect x="{x}" y="{foot - tall:g}" width="{wide}" height="{tall:g}" fill="{colour}"/>'
    yield _text(x + wide / 2, y + 23, f"{counts['covered']}/{counts['clauses']}", "middle")


def _legend(y: float) -> Iterator[str]:
    words = ("已覆盖 covered", "存疑 doubtful", "可能未覆盖 probably uncovered")
    for place, (colour, word) in enumerate(zip((FULL, HALF, BARE), words, strict=True)):
        x = LEFT + 130 * place
        yield f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{colour}"/>'
        yield _text(x + 18, y, word)


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}">{escape(text)}</text>'


def picture(base: Path) -> str:
    """The picture of what a base of the bundled documents holds."""
    with closing(open_base(base)) as connection:
        held = ties(connection)
        cities = [*dict.fromkeys(tie["city"] for tie in held)]
        groups = []
        for rubric in rubrics(connection):
            columns: dict[str, Column] = {}
            for tie in held:
                if tie["rubric_id"] != rubric["id"]:
                    continue
                for row in brief(connection, tie["plan_id"], rubric["id"]).sums:
                    if row["section"] != TOTAL:
                        heading = PARTS.get(row["part"]) or row["section"].partition(" ")[2]
                        columns.setdefault(heading, Column(heading, {})).counts[tie["city"]] = row
            if columns:
                groups.append((rubric["title"], list(columns.values())))
    return draw(groups, cities)


def drawn() -> str:
    """The picture of the documents as they are read now."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "bundled.db"
        KnowledgeBase.bundled(base).close()
        return picture(base)


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
