"""The facts of one document as the annotations name them: one select a file, in reading order.

Columns that are no column of the file (ids, method, score) serve `export` to fill in codes and folders.
"""

from __future__ import annotations

HEAD = """
select
  d.title, d.doc_number, d.issuer, d.issued_on, d.printed_on, r.name as region, d.region_code, d.level, d.kind,
  d.campaign, d.addressees, d.total_points, d.bonus_points
from documents d
left join regions r on r.code = d.region_code
where d.id = :document
"""

CLAUSES = """
select
  c.code, parent.code as parent, c.kind, c.title, c.points, c.points_status, c.verification,
  iif(c.optional, 1, null) as optional, p.line
from clauses c
left join clauses parent on parent.id = c.parent_id
left join passages p on p.id = c.passage_id
where c.document_id = :document
order by c.document_id, c.position, c.id
"""

SCORE_RULES = """
select c.code as clause, r.ordinal, r.mode, r.points, r.condition
from score_rules r
join clauses c on c.id = r.clause_id
where c.document_id = :document
order by c.document_id, c.position, c.id, r.ordinal, r.id
"""

# a threshold of the document itself hangs on no code
THRESHOLDS = """
select
  case
    when t.plan_item_id is not null then 'plan_item'
    when t.score_rule_id is not null then 'rule'
    when c.kind <> 'section' then 'clause'
    else 'section'
  end as owner_kind,
  c.code as owner, t.plan_item_id, t.indicator, t.comparator, t.value, t.value_high, t.unit, t.baseline, t.period,
  t.text, p.line
from thresholds t
left join clauses c on c.id = t.clause_id
left join passages p on p.id = t.passage_id
where t.document_id = :document
order by t.document_id, t.position, t.id
"""

# the file has room for one printed clause an item: the best; a rejected one was misread
PLAN_ITEMS = """
select
  i.id, i.code, i.section as parent_section,
  (
    select c.code
    from links l
    join clauses c on c.id = l.clause_id
    where l.plan_item_id = i.id and l.method = 'printed' and l.status <> 'rejected' and c.document_id = i.document_id
    order by l.rank, c.position, c.id
    limit 1
  ) as clause,
  i.text, i.starts_on, i.ends_on, p.line
from plan_items i
left join passages p on p.id = i.passage_id
where i.document_id = :document
order by i.document_id, i.position, i.id
"""

ASSIGNMENTS = """
select a.plan_item_id, c.code as item, a.role, a.raw, d.name as canonical, p.line
from assignments a
join departments d on d.id = a.department_id
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
left join passages p on p.id = a.passage_id
where coalesce(i.document_id, c.document_id) = :document
order by a.position, a.id
"""

CITATIONS = """
select q.cited_title, q.cited_number, p.line
from citations q
left join passages p on p.id = q.passage_id
where q.document_id = :document
order by p.ordinal, q.position, q.id
"""

# a rubric that the document prints itself needs no links file, unless links that are not printed lead to it as well
LINKS = """
select l.plan_item_id, c.document_id as rubric_id, c.code as clause, l.relation, l.method, l.score,
  iif(json_valid(l.evidence), json_extract(l.evidence, '$.why'), null) as why
from links l
join plan_items i on i.id = l.plan_item_id
join clauses c on c.id = l.clause_id
where i.document_id = :document and l.status <> 'rejected' and c.kind in ('veto', 'basic', 'scored', 'bonus')
  and c.document_id in (
    select other_clause.document_id
    from links other
    join plan_items other_item on other_item.id = other.plan_item_id
    join clauses other_clause on other_clause.id = other.clause_id
    where other_item.document_id = :document and other.method <> 'printed' and other.status <> 'rejected'
  )
order by l.plan_item_id, c.document_id, l.rank, l.clause_id
"""

FACTS = {
    "clauses": CLAUSES,
    "score_rules": SCORE_RULES,
    "thresholds": THRESHOLDS,
    "plan_items": PLAN_ITEMS,
    "assignments": ASSIGNMENTS,
    "citations": CITATIONS,
    "links": LINKS,
}
