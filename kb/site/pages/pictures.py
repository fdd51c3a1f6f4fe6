"""The page of a PDF that a document was read from, drawn when it is asked for, with a passage outlined on it."""

from __future__ import annotations

import io
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock

from extract.errors import UnreadableFile
from extract.formats import place_on_page
from kb.evaluation.rows import Row, read_rows
from kb.originals import kept_original
from kb.personal import WITH_PERSONAL, masked
from kb.site.page import Asked, File, NoSuchPage, Page
from kb.site.pages.document import head

KEPT = 24  # pictures in memory
BOXES = """
select text, boxes, ordinal = :at as is_asked
from passages
where document_id = :id and instr(boxes, '"page": ' || :page || ',') > 0
order by ordinal
"""

Box = tuple[float, float, float, float]
_drawing = Lock()  # one thread at a time: pdfium keeps its state to itself


def picture(connection: sqlite3.Connection, asked: Asked) -> File:
    """The picture of one page; raises NoSuchPage where the document has none."""
    found, page, at = head(connection, asked.path["id"]), int(asked.path["page"]), asked.number("at", 0)
    original = kept_original(Path(asked.base), found["sha256"])
    if original.suffix != ".pdf":
        raise NoSuchPage("这份文件没有页面图像。 This document has no page pictures.")
    rows = read_rows(connection, BOXES, {"id": found["id"], "at": at, "page": page})
    outlined = tuple(_on(page, (row for row in rows if row["is_asked"])))
    covered = () if os.environ.get(WITH_PERSONAL) else tuple(_on(page, (row for row in rows if _is_personal(row))))
    try:
        return File(_png(original, page, outlined, covered), "image/png")
    except UnreadableFile as error:
        raise NoSuchPage(f"无法显示这一页。 This page cannot be shown: the file {error}.") from error


def _is_personal(row: Row) -> bool:
    """Whether a passage holds somebody's number: it is covered, for a picture cannot be starred out."""
    return bool(masked(row["text"].encode()) != row["text"].encode())


def _on(page: int, rows: Iterable[Row]) -> Iterator[Box]:
    for row in rows:
        for box in json.loads(row["boxes"]):
            if box["page"] == page:
                x0, top, x1, bottom = box["bbox"]
                yield x0, top, x1, bottom


@lru_cache(KEPT)
def _png(original: Path, page: int, outlined: tuple[Box, ...], covered: tuple[Box, ...]) -> bytes:
    out = io.BytesIO()
    with _drawing:
        drawing = place_on_page(original, page, outlined, covered)
    drawing.save(out, "PNG")
    return out.getvalue()


PAGES = (Page("/document/(?P<id>[^/]+)/page/(?P<page>[0-9]{1,6})[.]png", "document.html", picture),)
