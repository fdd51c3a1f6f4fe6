"""Header rows: found by column words, also over two rows, and by their looks; the role of a column by its header.

A header found by looks is a row of short words over cells of another kind, or one that comes back on the next page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from extract.departments.roles import role_of
from extract.tables.looks import column_kind, is_short, typical_length, value_kind
from extract.tables.pieces import Row, printed, texts
from extract.tables.spans import is_merged, spans
from extract.terms import terms
from extract.text import squeezed

BRACKETS = re.compile(r"[（(\[【〔].*?[)）\]】〕]")
YEAR = re.compile(r"[“\"]?(?:(?:19|20)\d\d|十[一二三四五六七八九]五)[”\"]?(?=年|末|期末|目标|规划|$)")
NOTE = re.compile("[★▲※☆*＊]")  # a remark on the column: 三级指标★为核心指标
END_OF_YEAR = re.compile("^年(?:末|底|度|期末)?|^期?末")
MARKS = re.compile(r"[（()）\[\]【】〔〕]")
LONGEST_ENDED = 14  # characters of a header cell that is known by its ending
FIRST_ROWS = 5  # a header stands among the first rows, below titles at most
MOST_HEADER_ROWS = 3
ALIKE, SHARE_ALIKE = 0.6, 0.8


@cache
def _roles() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    exact: dict[str, str] = {}
    endings: list[tuple[str, str]] = []
    for role, entry in terms("columns").items():
        exact |= {squeezed(word): role for word in entry["is"]}
        endings += [(squeezed(word), role) for word in entry.get("ends", ())]
    return exact, tuple(sorted(endings, key=lambda ending: -len(ending[0])))


def column_role(header: str) -> str | None:
    """The role of a column by its header cell; `None` where the words are unknown.

    A year says nothing by itself: 2025年 is a value, 2020年实际 where it stood, 2024年重点任务 the tasks.

    >>> column_role("考核评分\\n办法"), column_role("分值（分）"), column_role("常住人口")
    ('scoring', 'points', None)
    >>> column_role("负责考核部门"), column_role("成员单位"), column_role("责任领导")
    ('supervise', 'support', None)
    >>> column_role("2025年"), column_role("2020年（实际）"), column_role("2024年重点任务")
    ('value', 'baseline', 'task')
    """
    text = NOTE.split(squeezed(header))[0].strip("：:")
    if year := YEAR.search(text):
        behind = END_OF_YEAR.sub("", text[year.end() :], count=1)
        text = text[: year.start()] + behind
        role = _roles()[0].get(MARKS.sub("", text), "value" if not text else None)
        if role in ("value", "baseline", "requirement"):
            return role
    text = BRACKETS.sub("", text).strip("：:")
    exact, endings = _roles()
    if text in exact or not text:
        return exact.get(text)
    ended = next((role for ending, role in endings if text.endswith(ending) and len(text) <= LONGEST_ENDED), None)
    return ended or role_of(text)


def stacked_role(parts: Sequence[str]) -> str | None:
    """The role of a column under several header cells, highest first: by all, by the lowest, by the ones above.

    >>> stacked_role(["责任单位", "配合"]), stacked_role(["考核指标", "二级"]), stacked_role(["责任单位", "甲"])
    ('support', 'clause', 'lead')
    """
    readings = ("".join(parts), *reversed(parts)) if len(parts) > 1 else parts
    return next((role for text in readings if (role := column_role(text))), None)


def is_header(row: Row) -> bool:
    """A row most of whose cells are header words, two different roles at least."""
    filled = printed(row)
    roles = [column_role(text) for text in filled]
    known = [role for role in roles if role]
    return len(set(known)) >= 2 and len(known) * 2 > len(filled)


def header_rows(rows: Sequence[Row]) -> tuple[int, int] | None:
    """Where the header that is known by its words begins and ends; what stands above it are titles."""
    start = next((number for number, row in enumerate(rows[:FIRST_ROWS]) if is_header(row)), None)
    if start is None:
        return None
    end = start + 1
    if start > 0 and len(printed(rows[start - 1])) > 1 and _divides(rows[start - 1], rows[start]):
        start -= 1
    while end < len(rows) and end - start < MOST_HEADER_ROWS and _divides(rows[end - 1], rows[end]):
        end += 1
    return start, end


def _divides(upper: Row, lower: Row) -> bool:
    """Whether a row only divides header cells that stretch over several columns of the row above it."""
    places = [column for column, cell in enumerate(lower) if cell.text]
    stretched = [not cell.text for cell in upper] + [False]
    below = [column for column in places if stretched[column]]
    parents = all(stretched[column] or stretched[column + 1] for column in places)
    short = all(is_short(text) or column_role(text) for column in places if (text := lower[column].text or ""))
    return bool(below) and parents and short and bool(upper[places[0]].text)


def looks_like_header(rows: Sequence[Row]) -> tuple[int, int] | None:
    """Where a header with unknown words begins and ends: short words in every column over cells of another kind.

    Two columns at least must differ from their header (figures, dates, long text), three columns there must be.
    """
    start = next((number for number, row in enumerate(rows[:FIRST_ROWS]) if len(printed(row)) > 1), len(rows))
    if start == len(rows):
        return None
    row, end = rows[start], start + 1
    while end < len(rows) and end - start < MOST_HEADER_ROWS and _divides(rows[end - 1], rows[end]):
        end += 1
    body = [line for line in rows[end:] if len(printed(line)) > 1]
    if len(row) < 3 or not is_label_row(row) or len(body) < 2 or _is_form_row(rows[start:end], rows[end]):
        return None
    columns = ([line[column].text or "" for line in body] for column in range(len(row)))
    contrasts = sum(_contrasts(cell.text or "", below) for cell, below in zip(row, columns, strict=True))
    return (start, end) if contrasts >= 2 else None


def _is_form_row(header: Sequence[Row], below: Row) -> bool:
    """Whether a cell stretches over columns that no lower header cell parts, or down into the row below."""
    undivided = any(
        cell.text and is_merged(right) and not any(row[column + 1].text for row in header[1:])
        for column, (cell, right) in enumerate(pairwise(header[0]))
    )
    *_, last, first = spans([*header, below])
    return undivided or (len(printed(below)) > 1 and any(span in last for span in first))


def is_label_row(row: Row) -> bool:
    """A row of short, different words without any blank cell."""
    filled = printed(row)
    complete = all(cell.text or is_merged(cell) for cell in row)
    return len(filled) > 1 and complete and len(set(filled)) == len(filled) and all(is_short(text) for text in filled)


def _contrasts(header: str, below: Sequence[str]) -> bool:
    filled = [text for text in below if text]
    if not header or header in filled:
        return False
    kind = column_kind(filled)
    if kind == "text":
        return typical_length(filled) >= 2 * len(squeezed(header)) + 2
    return kind is not None and (kind != "names" or value_kind(header) != "names")


def same_header(header: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether some rows print a header again, also with words that differ a little."""
    return len(rows) == len(header) and all(map(_alike, header, rows))


def _alike(header: Row, row: Row) -> bool:
    pairs = [(above, below) for above, below in zip(texts(header), texts(row), strict=True) if above or below]
    if any(bool(above) != bool(below) for above, below in pairs):
        return False
    alike = sum(
        above == below
        or (column_role(above) is not None and column_role(above) == column_role(below))
        or SequenceMatcher(None, above, below, autojunk=False).ratio() >= ALIKE
        for above, below in pairs
    )
    same = sum(above == below for above, below in pairs)
    return len(pairs) >= 2 and alike >= SHARE_ALIKE * len(pairs) and same * 2 >= len(pairs)
