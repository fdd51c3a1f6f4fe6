-- title: 事实与原文
-- title_en: Facts beside their source
-- description: 条款、评分标准、目标值、任务、责任分工、引用各条事实与所在段落原文对照，用于核对和引用。
-- description: Every fact beside the passage it was read in, to check it and to cite it.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- param: record: clauses、score_rules、thresholds、plan_items、assignments 或 citations；留空为全部。A kind of record; empty means all.
-- param: text: 事实文字的一部分；留空为全部。Part of the fact's text; empty means all.
-- group: findings
with facts as (
  select 'clauses' as record, c.code as key, c.title as fact, c.document_id, c.passage_id, c.id
  from clauses c
  union all
  select 'score_rules', cast(c.code || '.' || s.ordinal as text), s.condition, c.document_id, s.passage_id, s.id
  from clauses c
  cross join score_rules s on s.clause_id = c.id
  union all
  select 'thresholds', t.indicator, t.text, t.document_id, t.passage_id, t.id
  from thresholds t
  union all
  select 'plan_items', i.code, i.text, i.document_id, i.passage_id, i.id
  from plan_items i
  union all
  select 'assignments', cast(i.code || ' ' || a.role as text), a.raw, i.document_id, a.passage_id, a.id
  from plan_items i
  cross join assignments a on a.plan_item_id = i.id
  union all
  select 'assignments', cast(c.code || ' ' || a.role as text), a.raw, c.document_id, a.passage_id, a.id
  from clauses c
  cross join assignments a on a.clause_id = c.id
  where +a.plan_item_id is null
  union all
  select 'citations', q.cited_number, q.cited_title, q.document_id, q.passage_id, q.id
  from citations q
),
sought as materialized (
  select f.record, f.key, f.fact, f.document_id, f.passage_id, f.id
  from facts f
  where f.document_id in (
      select d.id
      from documents d
      where :document = '' or d.id = :document or instr(d.title, :document) > 0
    )
    and (:record = '' or f.record = :record)
    and (:text = '' or instr(f.fact, :text) > 0 or instr(f.key, :text) > 0)
)
select
  f.record,
  f.key,
  f.fact,
  p.text as passage,
  d.title as document,
  d.id as document_id,
  f.passage_id,
  w.place
from sought f
cross join documents d on d.id = f.document_id
left join passages p on p.id = f.passage_id
left join passage_places w on w.passage_id = f.passage_id
order by document_id, p.ordinal, f.record, f.id
