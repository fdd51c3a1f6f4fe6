"""Rows that are no entries of their table: section rows that divide it, notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.numbers import chinese_number
from extract.outline import read_numbering
from extract.tables.spans import Span, SpanRow
from extract.text import squeezed

NOTE = re.compile(r"^\s*(?:注|备注|说明|注释)\s*\d*\s*[：:]")
LONGEST = 50  # characters of a section's title
SENTENCE = re.compile(r"[。；;！]\s*$")
SECTION_LEVEL = 2  # 一、 and （一）; figures number entries
NAMED = {"ordinal", "label", "clause", "points", "result", "remark", None}
JUDGED = {"scoring", "task", "requirement", "verification", "lead", "support", "supervise", "deadline"}


def printed_spans(row: SpanRow) -> list[Span]:
    """The filled spans of a row, each once."""
    return list({id(span): span for span in row if span.text}.values())


def is_over_all(row: SpanRow) -> bool:
    """One filled cell over all columns."""
    return len(row) > 1 and len({id(span) for span in row}) == 1 and bool(row[0].text)


def is_note_row(row: SpanRow) -> bool:
    """A note that stands in the table's last rows over all columns."""
    return is_over_all(row) and bool(NOTE.match(row[0].text))


def is_section_row(row: SpanRow, above: SpanRow | None, roles: Sequence[str | None]) -> bool:
    """One cell over all columns, or 一、 with a title and points and nothing beside it that is judged or done."""
    if is_over_all(row):
        return len(squeezed(row[0].text)) <= LONGEST or _is_numbered(row[0].text)
    filled = [column for column, span in enumerate(row) if span.text]
    if not filled or (above is not None and any(row[c] is above[c] and row[c].text for c in range(len(row)))):
        return False
    title = "".join(span.text for span in printed_spans(row))
    if not _is_numbered(row[filled[0]].text) or len(squeezed(title)) > LONGEST or SENTENCE.search(title):
        return False
    if len(printed_spans(row)) == 1:
        return len(row) > 2
    return bool(JUDGED & set(roles)) and all(roles[column] in NAMED for column in filled)


def _is_numbered(text: str) -> bool:
    """Whether a cell begins with a number of sections, or is one."""
    plain = squeezed(text)
    if len(plain) <= 3 and not plain.isascii() and chinese_number(plain.strip("、（）()")) is not None:
        return True
    numbering = read_numbering(text)
    return numbering is not None and numbering.level <= SECTION_LEVEL and numbering.series != "article"
