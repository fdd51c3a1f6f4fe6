"""All ready questions as one workbook: a sheet of contents, then a sheet a question, documents and clauses linked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.exports.answers import Answer, answers
from kb.exports.placing import MADE_BY
from kb.exports.tables import digests
from kb.exports.webpages import Webpages
from kb.personal import masked_text
from kb.revise.revisions import now
from kb.sheets import Sheet, sheet_names, write_book

CONTENTS = "目录 contents"
CONTENT_COLUMNS = ("sheet", "title_en", "question", "rows", "description")
DOCUMENTS, CLAUSES = "documents", "rubric-tree"  # the questions whose sheets hold a row a document, a row a clause
OF_DOCUMENT = ("document_id", "plan_id", "rubric_id", "cited_document_id")
Link = Callable[[str, Mapping[str, Any]], str | None]


def write_workbook(
    connection: sqlite3.Connection, base: Path, file: Path, *, site: str = "", with_personal: bool = False
) -> None:
    """Write the workbook; cells lead to the pages of a site where one is named, else to rows of the workbook."""
    found = list(answers(connection, with_personal=with_personal))
    contents, *names = sheet_names([CONTENTS, *(answer.question.title for answer in found)])
    sheets = [Sheet(name, answer.columns, answer.rows) for name, answer in zip(names, found, strict=True)]
    link = (
        Webpages(connection, site).link
        if site
        else inside(dict(zip((a.question.name for a in found), sheets, strict=True)))
    )
    linked = [Sheet(sheet.name, sheet.columns, sheet.rows, link=link) for sheet in sheets]
    title = f"指标 zhibiao {base.name}"
    front = _contents(contents, found, names, _above(connection, title, with_personal))
    write_book(file, [front, *linked], title, MADE_BY)


def _above(connection: sqlite3.Connection, title: str, with_personal: bool) -> list[str]:
    """What stands over the contents: the base, the time, which documents are digests."""
    marked = [f"{key} {name}" for key, name in digests(connection).items()]
    texts = [
        title,
        f"导出时间 exported {now()}",
        f"摘编（非原文） digests, not the originals: {'；'.join(marked) or '无 none'}",
        "个人号码 personal numbers: " + ("未遮盖 shown" if with_personal else "已遮盖 masked"),
    ]
    return texts if with_personal else [masked_text(text) for text in texts]


def _contents(name: str, found: Sequence[Answer], names: Sequence[str], above: Sequence[str]) -> Sheet:
    rows = [
        {
            "sheet": sheet,
            "title_en": answer.question.title_en,
            "question": answer.question.name,
            "rows": len(answer.rows),
            "description": answer.question.description,
        }
        for sheet, answer in zip(names, found, strict=True)
    ]
    return Sheet(
        name, CONTENT_COLUMNS, rows, above, lambda column, row: _place(row["sheet"], 1) if column == "sheet" else None
    )


def _place(sheet: str, row: int) -> str:
    """A place in the workbook as a link to it.

    >>> _place("谁's", 3)
    "#'谁''s'!A3"
    """
    quoted = sheet.replace("'", "''")
    return f"#'{quoted}'!A{row}"


def inside(sheets: Mapping[str, Sheet]) -> Link:
    """Links to the rows of documents and clauses; None where there is no such row."""
    documents, clauses = sheets[DOCUMENTS], sheets[CLAUSES]
    of_document = {row["document_id"]: n for n, row in enumerate(documents.rows)}
    of_clause = {(row["document_id"], row["clause"]): n for n, row in enumerate(clauses.rows)}

    def link(column: str, row: Mapping[str, Any]) -> str | None:
        if column in OF_DOCUMENT and row[column] in of_document:
            return _place(documents.name, documents.row_number(of_document[row[column]]))
        clause = (row.get("rubric_id") or row.get("document_id"), row.get("clause"))
        if column == "clause" and clause in of_clause:
            return _place(clauses.name, clauses.row_number(of_clause[clause]))
        return None

    return link
