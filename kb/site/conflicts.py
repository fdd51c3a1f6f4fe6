"""Contradictions between figures of one indicator: the findings that say so, and the thresholds they speak of."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from kb.evaluation.rows import Row, read_rows
from kb.listing import plain

# a finding names the threshold of its own passage by its indicator or by its words, and those of the other place by
# their words or behind a clause's code; that of another document with the same indicator needs no looking for
CONFLICTING = """
select t.indicator_id, f.id
from findings f
join thresholds t on t.passage_id = f.passage_id and t.document_id = f.document_id
where f.kind in ('conflicting_threshold', 'conflicting_unit')
  and t.indicator_id is not null
  and (
    instr(f.message, t.indicator || ': ') = 1
    or instr(f.message, ': ' || t.indicator || ' ') > 0
    or instr(f.message, '“' || t.text || '”') > 0
  )
union
select t.indicator_id, f.id
from findings f
join thresholds t on t.document_id = f.other_id
where f.kind = 'conflicting_unit' and t.indicator_id is not null and instr(f.message, ': ' || t.indicator || ')') > 0
union
select t.indicator_id, f.id
from findings f
join thresholds t on t.document_id = f.document_id
where f.kind = 'conflicting_threshold'
  and f.other_id = f.document_id
  and t.indicator_id is not null
  and instr(f.message, '“' || t.text || '”') > 0
order by 1, 2
"""
FINDINGS = """
select
  f.id, f.kind, f.severity, f.message, f.document_id, d.title as document, f.passage_id, f.other_id, o.title as other,
  p.ordinal, w.place
from findings f
join documents d on d.id = f.document_id
left join documents o on o.id = f.other_id
left join passages p on p.id = f.passage_id
left join passage_places w on w.passage_id = f.passage_id
where f.id in ({ids})
order by f.severity desc, f.id
"""


def conflicting(connection: sqlite3.Connection) -> dict[int, list[int]]:
    """The findings that say of an indicator's figures that they contradict each other, by its id."""
    found: dict[int, list[int]] = defaultdict(list)
    for indicator, finding in connection.execute(CONFLICTING):
        found[indicator].append(finding)
    return dict(found)


def read_findings(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Row]:
    """Findings with their places, warnings first."""
    return read_rows(connection, FINDINGS.format(ids=",".join("?" * len(ids))), ids)


def is_told(finding: Row, threshold: Row) -> bool:
    """Whether a finding speaks of this threshold, on either side.

    `threshold` has document_id, document, owner, passage_id, indicator, comparator, value, unit and text.
    """
    message = finding["message"]
    if f"“{threshold['text']}”" in message:
        return threshold["document_id"] in (finding["document_id"], finding["other_id"])
    if threshold["document_id"] == finding["document_id"]:
        named = (f"{threshold['indicator']}: ", f": {threshold['indicator']} ")
        return threshold["passage_id"] == finding["passage_id"] and any(words in message for words in named)
    if threshold["document_id"] != finding["other_id"] or threshold["value"] is None:
        return False
    figure = f"{threshold['comparator']} {plain(threshold['value'])}{threshold['unit'] or ''}"
    owner = threshold["owner"]
    there = f"{figure} in {threshold['document']} ({owner or 'text'})", f"({owner}: {threshold['indicator']})"
    return any(words in message for words in there)


def told(findings: Sequence[Row], threshold: Row) -> list[int]:
    """The numbers, from 1, of the findings that speak of a threshold."""
    return [number for number, finding in enumerate(findings, 1) if is_told(finding, threshold)]
