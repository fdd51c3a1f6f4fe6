"""The words that are typical of a document or of a clause: TF-IDF over the texts of the base itself.

A word's score is its share of the text's words times log((1 + N) / n), where n of N texts have it.  A document is held
against the documents of the base, a clause against the clauses of its document.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from math import log

from kb.errors import UnknownRecord
from kb.evaluation.rows import Row, read_rows
from kb.search.pairs import folded, match_expression
from kb.words.cutting import cutter

PASSAGES = "select text from passages where document_id = ? order by ordinal"
DOCUMENTS_WITH = """
select count(distinct p.document_id) from passages_fts f join passages p on p.id = f.rowid where passages_fts match ?
"""
CLAUSES = """
select c.code, c.title || char(10) || coalesce(c.text, '') || char(10)
  || coalesce((select group_concat(s.condition, char(10)) from score_rules s where s.clause_id = c.id), '') as text
from clauses c
where c.document_id = ?
order by c.position, c.id
"""
LOOKED_UP = 150  # words whose documents are counted, the most frequent ones: each is a search


def document_keywords(connection: sqlite3.Connection, document_id: str, limit: int) -> list[Row]:
    """The typical words of a document: word, count, documents (of the base that have it), score; the best first."""
    counts = cutter(connection).count(str(row[0]) for row in connection.execute(PASSAGES, [document_id]))
    all_documents = connection.execute("select count(*) from documents").fetchone()[0]

    def documents(word: str) -> int:
        return int(connection.execute(DOCUMENTS_WITH, [match_expression(word)]).fetchone()[0])

    return _scored(counts, all_documents, documents, "documents")[:limit]


def clause_keywords(connection: sqlite3.Connection, document_id: str, code: str, limit: int) -> list[Row]:
    """The typical words of a clause: word, count, clauses (of its document that have it), score; the best first.

    Raises UnknownRecord where the document has no such clause.
    """
    texts = {str(row["code"]): str(row["text"]) for row in read_rows(connection, CLAUSES, [document_id])}
    found = next((known for known in texts if folded(known) == folded(code)), None)
    if found is None:
        raise UnknownRecord(f"{code}: {document_id} has no such clause; `zhibiao show {document_id}` lists its codes")
    counts = cutter(connection).count([texts[found]])
    return _scored(counts, len(texts), lambda word: sum(word in text for text in texts.values()), "clauses")[:limit]


def _scored(counts: Counter[str], texts: int, having: Callable[[str], int], unit: str) -> list[Row]:
    """Words with their scores, the highest first, then in the order of their characters."""
    total = counts.total()
    rows: list[Row] = []
    for word, count in counts.most_common(LOOKED_UP):
        number = max(having(word), 1)  # a word that runs over white space is not found again
        score = count / total * log((1 + texts) / number)
        rows.append({"word": word, "count": count, unit: number, "score": round(score, 5)})
    return sorted(rows, key=lambda row: (-row["score"], row["word"]))
