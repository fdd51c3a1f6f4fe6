-- title: 没有责任部门的条款
-- title_en: Clauses without a department
-- description: 本身、上级条款以及所关联的任务都没有写明责任部门的考核条款。
-- description: Judged clauses that name nobody, under no heading that does, and served by no task that does.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: coverage
with recursive above (clause_id, upper_id) as (
  select c.id, c.id
  from clauses c
  union all
  select v.clause_id, c.parent_id
  from above v
  join clauses c on c.id = v.upper_id
  where c.parent_id is not null
)
select
  c.code as clause,
  c.kind,
  c.title as clause_title,
  c.points,
  d.title as document,
  d.id as document_id,
  c.passage_id,
  w.place
from clauses c
join documents d on d.id = c.document_id
left join passage_places w on w.passage_id = c.passage_id
where c.kind in ('veto', 'basic', 'scored', 'bonus')
  and not exists (
    select 1
    from clauses part
    where part.parent_id = c.id
  )
  and not exists (
    select 1
    from above v
    join assignments a on a.clause_id = v.upper_id
    where v.clause_id = c.id
  )
  and not exists (
    select 1
    from links l
    join assignments a on a.plan_item_id = l.plan_item_id
    where l.clause_id = c.id and l.status <> 'rejected'
  )
  and (:document = '' or d.id = :document or instr(d.title, :document) > 0)
order by document_id, c.position, c.id
