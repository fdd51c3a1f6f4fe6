-- title: 条款的责任部门
-- title_en: Departments of a clause
-- description: 一项条款由哪些部门牵头、配合，依据何在。
-- description: Who leads and supports a clause, and how that is known.
-- param: clause: 条款编号或标题的一部分；留空为所有条款。A clause's code or part of its title; empty means all.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: departments
with duties as materialized (
  select u.assignment_id, u.clause_id, u.via, u.score
  from clause_duties u
  where u.clause_id in (
    select c.id
    from documents d
    cross join clauses c on c.document_id = d.id
    where (:clause = '' or c.code = :clause or instr(c.title, :clause) > 0)
      and (:document = '' or d.id = :document or instr(d.title, :document) > 0)
  )
)
select
  rubric.title as rubric,
  rubric.id as rubric_id,
  c.code as clause,
  c.title as clause_title,
  c.points,
  a.role,
  b.name as department,
  a.raw as printed_name,
  u.via,
  round(u.score, 3) as score,
  i.code as plan_item,
  d.title as document,
  d.id as document_id,
  a.passage_id,
  w.place
from duties u
cross join assignments a on a.id = u.assignment_id
cross join departments b on b.id = a.department_id
cross join clauses c on c.id = u.clause_id
cross join documents rubric on rubric.id = c.document_id
left join plan_items i on i.id = a.plan_item_id
cross join documents d on d.id = coalesce(i.document_id, c.document_id)
left join passage_places w on w.passage_id = a.passage_id
order by rubric_id, c.position, c.id, a.role, a.position, a.id
