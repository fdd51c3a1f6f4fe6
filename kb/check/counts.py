"""Counts that a document announces and does not keep (共13项 over twelve, 以下4个方面 before three) → findings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.announced_counts import Announced, announced, inline_entries
from extract.conditions import condition_kind, holds
from extract.outline import Numbering, read_numbering, unnumbered
from extract.terms import terms
from extract.text import squeezed
from kb.check.findings import Compared


@dataclass(frozen=True, slots=True)
class Line:
    """A passage with its numbering and the number of entries that it announces."""

    id: int
    text: str
    numbering: Numbering | None
    announced: Announced | None


def broken_counts(connection: sqlite3.Connection, document_id: str) -> Iterator[Compared]:
    """The announcements of a document that what follows them does not keep."""
    lines = [
        Line(row["id"], row["text"], read_numbering(row["text"]), announced(row["text"]))
        for row in connection.execute(
            "select id, text from passages where document_id = ? order by ordinal", (document_id,)
        )
    ]
    for number, line in enumerate(lines):
        if line.announced is None:
            continue
        ways = (
            _clauses_of_kind(connection, document_id, line.text)
            if line.announced.sort == "kind"
            else _entries(lines, number) or _items_below(connection, document_id, line.text)
        )
        if ways and line.announced.count not in ways:
            message = f"“{line.announced.printed}” is announced, {ways[0]} stand there: {squeezed(line.text)[:40]}"
            yield Compared(document_id, document_id, "count_not_kept", "warning", message, line.id)


def _entries(lines: Sequence[Line], number: int) -> list[int]:
    """How many entries follow an announcement, and what those announce together; nothing where none is numbered."""
    line = lines[number]
    if line.announced is None:
        return []
    inline = inline_entries(line.text, line.announced.end)
    if inline > 1:
        return [inline]
    below: list[Line] = []
    for follower in lines[number + 1 :]:
        mark = follower.numbering
        if not below and (mark is None or mark.value != 1 or not _is_below(line, mark)):
            return []
        if mark is None or mark.series != below_series(below, mark):
            if mark is not None and below and mark.level < _level(below[0]):
                break
            continue
        if mark.value != len(below) + 1:
            break
        below.append(follower)
    told = [sub.announced.count if sub.announced else _leading_count(sub.text) for sub in below]
    return [len(below), *([sum(told)] if all(told) else [])]


def below_series(below: Sequence[Line], mark: Numbering) -> str:
    """The series of the entries found so far; that of the first one where there are none."""
    first = below[0].numbering if below else None
    return first.series if first else mark.series


def _level(line: Line) -> int:
    return line.numbering.level if line.numbering else 0


def _is_below(line: Line, mark: Numbering) -> bool:
    """Whether a numbered line can be an entry of what a line announces."""
    return line.numbering is None or mark.level > line.numbering.level


def _leading_count(text: str) -> int:
    """The number that an entry itself gives in its first words: 知识产权方面5项：…."""
    head = squeezed(unnumbered(text)).split("：")[0].split(":")[0].rstrip("。")
    found = announced(f"{head}（{head[-2:]}）") if head[-1:] in ("项", "条") else None
    return found.count if found else 0


def _items_below(connection: sqlite3.Connection, document_id: str, text: str) -> list[int]:
    """How many plan items stand under a heading, 0 where only other headings like it have some."""
    heading = squeezed(unnumbered(text))
    sections = [
        squeezed(row[0]).split("/")[-1]
        for row in connection.execute(
            "select section from plan_items where document_id = ? and section is not null", (document_id,)
        )
    ]
    others = any(section != heading and announced(section) for section in sections)
    found = sections.count(heading)
    return [found] if found or others else []


def _clauses_of_kind(connection: sqlite3.Connection, document_id: str, text: str) -> list[int]:
    """How many clauses there are of the kind that a sentence speaks of: leaves, those at the top, all."""
    kind = _kind(text)
    rows = connection.execute(
        "select c.parent_id is null or p.kind <> c.kind as is_top,"
        " not exists (select 1 from clauses b where b.parent_id = c.id) as is_leaf"
        " from clauses c left join clauses p on p.id = c.parent_id where c.document_id = ? and c.kind = ?",
        (document_id, kind),
    ).fetchall()
    return [sum(row["is_leaf"] for row in rows), sum(row["is_top"] for row in rows), len(rows)] if rows else []


def _kind(text: str) -> str | None:
    """The one kind of clause whose name opens a sentence: 否决条件是…, 共4项."""
    head = squeezed(unnumbered(text))
    for kind in ("veto", "basic"):
        if any(head.startswith(word) for word in terms("conditions")[kind]["ends"]):
            return kind
    if condition_kind(text):
        return condition_kind(text)
    return "bonus" if holds("bonus", head[:8]) else None
