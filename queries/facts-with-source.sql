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
  select 'score_rules', c.code || '.' || s.ordinal, s.condition, c.document_id, s.passage_id, s.id
  from score_rules s
  join clauses c on c.id = s.clause_id
  union all
  select 'thresholds', t.indicator, t.text, t.document_id, t.passage_id, t.id
  from thresholds t
  union all
  select 'plan_items', i.code, i.text, i.document_id, i.passage_id, i.id
  from plan_items i
  union all
  select
    'assignments',
    coalesce(i.code, c.code) || ' ' || a.role,
    a.raw,
    coalesce(i.document_id, c.document_id),
    a.passage_id,
    a.id
  from assignments a
  left join plan_items i on i.id = a.plan_item_id
  left join clauses c on c.id = a.clause_id
  union all
  select 'citations', q.cited_number, q.cited_title, q.document_id, q.passage_id, q.id
  from citations q
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
from facts f
join documents d on d.id = f.document_id
left join passages p on p.id = f.passage_id
left join passage_places w on w.passage_id = f.passage_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
  and (:record = '' or f.record = :record)
  and (:text = '' or instr(f.fact, :text) > 0 or instr(f.key, :text) > 0)
order by document_id, p.ordinal, f.record, f.id
