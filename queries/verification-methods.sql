-- title: 验收方式统计
-- title_en: Verification methods
-- description: 每种验收方式用于哪些条款、合计多少分。
-- description: Which clauses each way of verification is used for, and how many points hang on it.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- param: method: 验收方式的一部分，如 现场检查；留空为全部。Part of a method; empty means all.
-- group: clauses
-- chart: bar x=clauses y=method color=document
with recursive parts (clause_id, method, rest) as (
  select c.id, '', replace(c.verification, char(10), '；') || '；'
  from clauses c
  where c.verification is not null
  union all
  select p.clause_id, trim(substr(p.rest, 1, instr(p.rest, '；') - 1)), substr(p.rest, instr(p.rest, '；') + 1)
  from parts p
  where p.rest <> ''
),
used as (
  select p.method, p.clause_id
  from parts p
  where p.method <> ''
  order by p.clause_id
)
select
  p.method,
  count(c.id) as clauses,
  sum(c.points) as points,
  group_concat(c.code, '、') as clause_codes,
  d.title as document,
  d.id as document_id,
  min(w.place) as place
from used p
join clauses c on c.id = p.clause_id
join documents d on d.id = c.document_id
left join passage_places w on w.passage_id = c.passage_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
  and (:method = '' or instr(p.method, :method) > 0)
group by d.id, p.method
order by document_id, clauses desc, p.method
