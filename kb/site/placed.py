"""Facts and findings by the passage they were read at: what the text of a document is marked with."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kb.evaluation.rows import Row, read_rows
from kb.site.links import document
from kb.site.marks import marked
from kb.site.naming import address, called
from kb.site.texts import shown

LONGEST = 3000  # characters of a passage that are shown unless the whole is asked for
LONGEST_NAME = 120  # characters of what a fact is called
MOST_MARKS = 300  # of one passage
# kinds of facts: the sign that stands before their words, and their rows; `words` is what is printed, the rest says
# where a fact leads and what it is
SIGNS = {
    "clauses": "条", "score_rules": "则", "thresholds": "值", "plan_items": "任", "assignments": "责",
    "citations": "引", "document_fields": "头", "form_fields": "表",
}  # fmt: skip
AT = "from passages p join {} on {}.passage_id = p.id"
WITHIN = "where p.document_id = :id and p.ordinal between :first and :last"
FACTS = {
    "clauses": f"""
select p.ordinal, coalesce(nullif(c.title, ''), c.text) as words, c.code, c.kind as sort, c.points, c.points_status
{AT.format("clauses c", "c")}
{WITHIN}
order by c.position, c.id""",
    "score_rules": f"""
select p.ordinal, s.condition as words, c.code, s.mode as sort, s.points, 'printed' as points_status
{AT.format("score_rules s", "s")}
join clauses c on c.id = s.clause_id
{WITHIN}
order by s.position, s.id""",
    "thresholds": f"""
select p.ordinal, t.text as words, n.name, t.indicator, t.comparator, t.value, t.value_high, t.unit
{AT.format("thresholds t", "t")}
left join indicators n on n.id = t.indicator_id
{WITHIN}
order by t.position, t.id""",
    "plan_items": f"""
select p.ordinal, i.text as words, i.code
{AT.format("plan_items i", "i")}
{WITHIN}
order by i.position, i.id""",
    "assignments": f"""
select p.ordinal, a.raw as words, d.name, d.region_code, a.role as sort, count(*) as times
{AT.format("assignments a", "a")}
join departments d on d.id = a.department_id
{WITHIN}
group by p.ordinal, a.raw, a.department_id, a.role
order by min(a.position), min(a.id)""",
    "citations": f"""
select p.ordinal, coalesce(q.cited_title, q.cited_number) as words, q.cited_document_id, d.title
{AT.format("citations q", "q")}
left join documents d on d.id = q.cited_document_id
{WITHIN}
order by q.position, q.id""",
    "document_fields": f"""
select
  p.ordinal, f.field,
  case f.field
    when 'title' then d.title when 'doc_number' then d.doc_number when 'issuers' then d.issuer
    when 'addressees' then d.addressees when 'campaign' then d.campaign
  end as words
{AT.format("document_fields f", "f")}
join documents d on d.id = f.document_id
{WITHIN}
order by f.field""",
    "form_fields": f"""
select p.ordinal, f.value as words, f.label
{AT.format("form_fields f", "f")}
{WITHIN}
order by f.id""",
}
FINDINGS = f"""
select p.ordinal, f.kind, f.severity, f.message
{AT.format("findings f", "f")}
{WITHIN}
order by case f.severity when 'error' then 0 when 'warning' then 1 else 2 end, f.id
"""
PASSAGES = """
select ordinal, kind, text, raw, page, line, table_no, row_no, column_no, boxes, confidence
from passages
where document_id = :id and ordinal between :first and :last
order by ordinal
"""


def passages(connection: sqlite3.Connection, document_id: str, first: int, last: int, whole: int = 0) -> list[Row]:
    """The passages from one ordinal to another, each with its pieces, the facts beside them, its findings.

    All but the one of ordinal `whole` are cut where they are endless; `length` is then that of the whole.
    """
    between = {"id": document_id, "first": first, "last": last}
    facts = _by_passage(_facts(connection, between))
    findings = _by_passage(read_rows(connection, FINDINGS, between))
    found = []
    for row in read_rows(connection, PASSAGES, between):
        ordinal, text = row["ordinal"], row["text"]
        is_cut = len(text) > LONGEST and ordinal != whole
        pieces, beside = marked(shown(text[:LONGEST] if is_cut else text, len(text)), facts[ordinal][:MOST_MARKS])
        rest = {"findings": findings[ordinal], "facts": facts[ordinal], "length": len(text) if is_cut else 0}
        found.append(row | {"href": document(document_id, ordinal), "pieces": pieces, "beside": beside} | rest)
    return found


def _facts(connection: sqlite3.Connection, between: Row) -> Iterator[Row]:
    """The facts of all kinds, each with its `kind`, what it is called and where it leads."""
    for kind, sql in FACTS.items():
        for row in read_rows(connection, sql, between):
            fact = {"kind": kind, **row, "words": shown(row["words"], len(row["words"] or ""))}
            yield fact | {"called": shown(called(fact), LONGEST_NAME), "href": address(between["id"], fact)}


def _by_passage(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["ordinal"]].append(row)
    return found
