"""Hits for a reader: grouped by document, the words set off, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from kb.evaluation.rows import Row
from kb.listing import clipped, visible, width
from kb.search.pairs import spans

Mark = Callable[[str], str]

# one, and several of them
NAMES = {
    "departments": ("department", "departments"),
    "indicators": ("indicator", "indicators"),
    "clauses": ("clause", "clauses"),
    "plan_items": ("plan item", "plan items"),
    "passages": ("passage", "passages"),
}
SHARED = "部门与指标 departments and indicators"
BEFORE = 0.3  # the share of a line that stands before the first word found


def screen(found: Sequence[Row], asked: Sequence[str], limit: int, columns: int, mark: Mark) -> Iterator[str]:
    """The first `limit` hits (0: all) line by line, each document's under its title and counts.

    A passage that a listed fact stands on is counted and not repeated.
    """
    told = {row["passage_id"] for row in found if row["kind"] != "passages"}
    listed = [row for row in found if row["kind"] != "passages" or row["id"] not in told]
    counts: dict[str | None, Counter[str]] = {}
    for row in found:
        counts.setdefault(row["document_id"], Counter())[row["kind"]] += 1
    shown = listed[:limit] if limit else listed
    for document_id, rows in groupby(shown, key=lambda row: row["document_id"]):
        yield _heading(document_id, (group := list(rows))[0]["document"], counts[document_id], columns)
        yield from (_line(row, asked, columns, mark) for row in group)
        yield ""
    documents = sum(document_id is not None for document_id in counts)
    total = sum(counts.values(), Counter())
    left = f"; {len(listed) - len(shown)} lines more with --limit 0" if len(shown) < len(listed) else ""
    yield f"{_sum(total) or 'nothing found'} in {documents} documents{left}"


def _heading(document_id: str | None, title: str | None, counts: Counter[str], columns: int) -> str:
    tail = f"  {document_id}: {_sum(counts)}" if document_id is not None else f": {_sum(counts)}"
    return clipped(title or SHARED, max(columns - width(tail), 20)) + tail


def _sum(counts: Counter[str]) -> str:
    """Counts in words.

    >>> _sum(Counter(passages=12, clauses=1))
    '1 clause, 12 passages'
    """
    return ", ".join(f"{counts[kind]} {names[counts[kind] != 1]}" for kind, names in NAMES.items() if counts[kind])


def _line(row: Row, asked: Sequence[str], columns: int, mark: Mark) -> str:
    """One hit: what it is, its text around the first word found, and where it stands."""
    kind = " ".join(filter(None, (NAMES[row["kind"]][0], clipped(row["code"] or "", 12)))).ljust(14)
    place = f"  [{row['place']}]" if row["place"] else ""
    space = max(columns - 4 - width(kind) - width(place), 20)
    return f"  {kind}  {marked(around(row['text'], asked, space), asked, mark)}{place}"


def around(text: str, asked: Sequence[str], columns: int) -> str:
    """The text on one line of so many columns, cut so that the first word found is on it.

    >>> around("实行首席质量官制度，由市质监局牵头。", ["牵头"], 16)
    '…质监局牵头。'
    """
    line = visible(text)
    start = next((start for start, _ in spans(line, asked)), 0)
    if width(line[:start]) > columns * BEFORE:
        while start and width(line[start - 1 :]) < columns * (1 - BEFORE):
            start -= 1
        first = start
        while first and width(line[first - 1 : start]) <= columns * BEFORE - 1:
            first -= 1
        line = ("…" if first else "") + line[first:]
    return clipped(line, columns)


def marked(line: str, asked: Sequence[str], mark: Mark) -> str:
    """The line with the words set off.

    >>> marked("质量标准化", ["标准"], lambda word: f"*{word}*")
    '质量*标准*化'
    """
    parts, end = [], 0
    for start, stop in spans(line, asked):
        parts += [line[end:start], mark(line[start:stop])]
        end = stop
    return "".join([*parts, line[end:]])
