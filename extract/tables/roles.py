"""Columns whose header is missing or unknown → roles by what their cells look like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.tables.looks import RUNNING, Kind, column_kind, numbering_series, typical_length
from extract.text import squeezed

FEWEST = 3  # cells that a column needs to show what it is
LONG = 10  # characters of a typical cell that states something
# a value that something is to reach: ≥75%, 不低于90%, 100%
REACHED = re.compile(r"[≥≤＞＜><]|不?(?:低|高|少|多|大|小)于|不?超过|达到|\d+(?:\.\d+)?[%％‰]$")
AWARDS = re.compile(r"\d+(?:\.\d+)?分")
SURE = {"ordinal", "points", "scoring", "deadline", "lead", "support"}
BY_KIND: dict[Kind, str] = {"ordinal": "ordinal", "number": "points", "date": "deadline"}


def roles_by_looks(
    roles: Sequence[str | None], columns: Sequence[Sequence[str]], blanks: Sequence[int] = ()
) -> tuple[str | None, ...]:
    """The roles with those of unknown columns filled in from the cells that begin in each column.

    `blanks` are the numbers of blank cells a column; `None` stands where the cells show nothing.

    >>> tasks = ["1.1建好全部站点并验收", "1.2更新全部台账并公布", "2.1每年开会商量两次以上"]
    >>> roles_by_looks([None, None, None], [tasks, ["市甲局"] * 3, ["2024年"] * 3])
    ('task', 'lead', 'deadline')
    """
    found = [_checked(role, columns[column], roles) for column, role in enumerate(roles)]
    _name_values(found, columns)
    _group_tasks(found, columns)
    roles = tuple(found)
    kinds = {
        column: column_kind(columns[column])
        for column, role in enumerate(roles)
        if role is None and len(columns[column]) >= FEWEST
    }
    values = bool({"requirement", "value", "growth", "baseline"} & set(found))
    for column, kind in kinds.items():
        role = BY_KIND.get(kind) if kind else None
        if role == "points" and values:
            continue  # one more value of the indicators
        if role is not None and role not in found:
            found[column] = role
    # who leads is named in every row, who supports is not
    bodies = sorted((c for c, kind in kinds.items() if kind == "names"), key=lambda c: blanks[c] if blanks else 0)
    _assign(found, bodies, [role for role in ("lead", "support") if role not in roles])
    # what is to be done stands in every row, what it is judged by is merged down, a label further still
    texts = sorted((c for c, kind in kinds.items() if kind == "text"), key=lambda c: -len(columns[c]))
    _assign(found, [c for c in texts if _awards(columns[c])], ["scoring"] if "scoring" not in found else [])
    for role in _stating(found, columns):
        long = [c for c in texts if found[c] is None and typical_length(columns[c]) >= LONG]
        groups = role == "clause" and "task" in found
        _assign(found, [c for c in long if not groups or _is_fewer(c, found, columns)], [role])
    if {"clause", "task"} & set(found) and "label" not in found:
        _assign(found, [c for c in texts if found[c] is None and _is_fewer(c, found, columns)][:1], ["label"])
    return tuple(found)


def sure_roles(roles: Sequence[str | None], columns: Sequence[Sequence[str]]) -> tuple[str | None, ...]:
    """The roles with those that single values show for certain; of text columns looks tell too little by themselves."""
    looked = roles_by_looks(roles, columns)
    return tuple(known or (seen if seen in SURE else None) for known, seen in zip(roles, looked, strict=True))


def _checked(role: str | None, cells: Sequence[str], roles: Sequence[str | None]) -> str | None:
    """A column whose header speaks of points (指标内容及分值) and whose cells say how they are given is scoring."""
    if role == "unit" and column_kind(cells) == "names":
        return None  # 单位: the bodies, not what is counted
    scores = _awards(cells) and len(cells) >= FEWEST and typical_length(cells) > LONG
    if role == "clause" and roles.count("clause") > 1 and cells and all(RUNNING.fullmatch(squeezed(c)) for c in cells):
        return "ordinal"  # one header over the numbers and what they number
    titled = "label" in roles or roles.count("clause") > 1
    if role == "clause" and titled and "scoring" not in roles and scores:
        return "scoring"  # 考核指标 beside the titles, which says how points are given
    states = column_kind(cells) == "text" and typical_length(cells) >= LONG
    return "scoring" if role == "points" and states and "scoring" not in roles else role


def _name_values(found: list[str | None], columns: Sequence[Sequence[str]]) -> None:
    """Where the column of what is judged holds values (≥75%), what they are values of stands in a label left of it."""
    for column in [c for c, role in enumerate(found) if role == "clause"]:
        cells = columns[column]
        reached = sum(bool(REACHED.match(squeezed(text))) for text in cells)
        named = [c for c in range(column) if found[c] == "label" and len(columns[c]) >= len(cells)]
        if len(cells) >= FEWEST and reached * 2 > len(cells) and named and found.count("clause") == 1:
            found[named[-1]], found[column] = "clause", "requirement"


def _group_tasks(found: list[str | None], columns: Sequence[Sequence[str]]) -> None:
    """What stands left of the running number groups what is to be done: that is what is asked for right of it."""
    tasks = [column for column, role in enumerate(found) if role == "task"]
    ordinal = next((column for column, role in enumerate(found) if role == "ordinal"), 0)
    asked = [c for c, role in enumerate(found) if role == "requirement" and c > ordinal]
    if not tasks or not asked or max(tasks) > ordinal or typical_length(columns[asked[0]]) < LONG:
        return
    if len(columns[asked[0]]) > max(len(columns[column]) for column in tasks):
        found[asked[0]], found[tasks[-1]] = "task", "label"


def _assign(found: list[str | None], columns: Sequence[int], roles: Sequence[str]) -> None:
    for column, role in zip(columns, roles, strict=False):
        found[column] = role


def _awards(cells: Sequence[str]) -> bool:
    """Whether half of the cells give points for something."""
    return sum(bool(AWARDS.search(squeezed(text))) for text in cells) * 2 >= len(cells)


def _stating(found: Sequence[str | None], columns: Sequence[Sequence[str]]) -> list[str]:
    """The roles of long texts that a table still lacks: tasks beside departments or dates, clauses beside points.

    Beside what is judged and scored stands what is asked for, unless tasks number themselves below it (34.1).
    """
    judged = bool({"points", "scoring"} & set(found))
    tasks = bool({"deadline", "lead", "support"} & set(found)) and "task" not in found
    numbered = any(
        numbering_series(cells[0]) == "decimal" for cells in columns if cells and typical_length(cells) >= LONG
    )
    if judged and "clause" in found and not numbered:
        return ["requirement"] if "requirement" not in found else []
    return ["task"] * tasks + ["clause"] * (judged and "clause" not in found)


def _is_fewer(column: int, found: Sequence[str | None], columns: Sequence[Sequence[str]]) -> bool:
    """Whether a column has fewer cells than the one of what is judged or done: it groups them."""
    stated = [len(columns[c]) for c, role in enumerate(found) if role in {"clause", "task"}]
    return len(columns[column]) < min(stated)
