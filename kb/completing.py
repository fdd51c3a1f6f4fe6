"""What the shell offers while a command is typed: documents of the base and ready questions.

A shell waits for it at every press of the key: nothing heavy is loaded, and whatever goes wrong offers nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from click.shell_completion import CompletionItem

DATABASE = "zhibiao.db"
DOCUMENTS = "select id, title, source from documents order by id"
PATIENCE = 0.2  # seconds that a base in use is waited for


def complete_documents(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids, file names and titles of the base that begin with what is typed, and ids whose title has it."""
    try:
        return list(_documents(Path(ctx.params.get("database") or DATABASE), incomplete))
    except (sqlite3.Error, OSError):
        return []


def _documents(database: Path, incomplete: str) -> Iterator[CompletionItem]:
    if not database.is_file():
        return
    address = f"{database.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as connection:
        for document_id, title, source in connection.execute(DOCUMENTS):
            stem = Path(source).stem
            if document_id.startswith(incomplete) or (incomplete and incomplete in title):
                yield CompletionItem(document_id, help=title)
            if incomplete and stem.startswith(incomplete) and stem != document_id:
                yield CompletionItem(stem, help=title)


def complete_questions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of ready questions that begin with what is typed."""
    from kb.questions import questions

    return [CompletionItem(one.name, help=one.title_en) for one in questions() if one.name.startswith(incomplete)]
