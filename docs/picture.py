"""Draws docs/departments.svg from the bundled documents: which department leads how many tasks in which section.

Run `python docs/picture.py` after a change of rules; a test compares the file with what this draws.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from html import escape
from pathlib import Path

from kb.base import open_base
from kb.demo import ingest_bundled

PICTURE = Path(__file__).parent / "departments.svg"
LED = """
select d.name, s.code || ' ' || s.title as section, count(*) as tasks
from assignments a
join departments d on d.id = a.department_id
join plan_items p on p.id = a.plan_item_id
join links l on l.plan_item_id = p.id and l.method = 'printed'
join clauses c on c.id = l.clause_id
join clauses s on s.id = c.parent_id
where a.role = 'lead'
group by d.id, s.id
order by s.id, tasks desc, d.name
"""
LEFT, TOP, WIDE, HIGH = 150, 96, 96, 26


def draw(rows: list[tuple[str, str, int]]) -> str:
    """An SVG grid of departments by sections, each cell with its number of tasks."""
    sections = list(dict.fromkeys(section for _, section, _ in rows))
    sums = {name: sum(tasks for other, _, tasks in rows if other == name) for name, _, _ in rows}
    names = sorted(sums, key=lambda name: (-sums[name], name))
    width, height = LEFT + WIDE * len(sections) + 20, TOP + HIGH * len(names) + 20
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-size="13"'
            ' font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif">',
            f'<rect width="{width}" height="{height}" fill="white"/>',
            '<text x="10" y="22" font-size="15" font-weight="bold">各部门牵头任务数 · tasks led, by section</text>',
            *_heads(sections),
            *_cells(rows, names, sections),
            "</svg>\n",
        ]
    )


def _heads(sections: list[str]) -> Iterator[str]:
    for column, section in enumerate(sections):
        code, title = section.split(" ", 1)
        x = LEFT + WIDE * column + WIDE / 2
        for line, part in enumerate([code, title[:7], title[7:14]]):
            yield f'<text x="{x:g}" y="{48 + 16 * line}" text-anchor="middle" font-size="12">{escape(part)}</text>'


def _cells(rows: list[tuple[str, str, int]], names: list[str], sections: list[str]) -> Iterator[str]:
    counts = {(name, section): tasks for name, section, tasks in rows}
    most = max(counts.values())
    for line, name in enumerate(names):
        y = TOP + HIGH * line
        yield f'<text x="{LEFT - 10}" y="{y + 18}" text-anchor="end">{escape(name)}</text>'
        for column, section in enumerate(sections):
            tasks = counts.get((name, section), 0)
            x, shade = LEFT + WIDE * column, 0.12 + 0.88 * tasks / most if tasks else 0
            ink = "white" if shade > 0.55 else "#1f2937"
            cell = f'<rect x="{x}" y="{y}" width="{WIDE - 3}" height="{HIGH - 3}"'
            yield f'{cell} fill="#e5e7eb"/>'
            if tasks:
                yield f'{cell} fill="#1d4ed8" opacity="{shade:.2f}"/>'
                yield f'<text x="{x + WIDE / 2 - 1:g}" y="{y + 17}" text-anchor="middle" fill="{ink}">{tasks}</text>'


def picture() -> str:
    """The picture of the documents as they are read now."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        with closing(open_base(path, create=True)) as connection:
            list(ingest_bundled(connection, path))
            return draw(_led(connection))


def _led(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    return [(name, section, tasks) for name, section, tasks in connection.execute(LED)]


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
