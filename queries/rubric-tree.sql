-- title: 考核条款树
-- title_en: Clauses as a tree
-- description: 考核文件的全部条款，按层级和文件顺序排列，带分值与上级条款。
-- description: All clauses of a rubric in the order and depth of the document, with points and parents.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: clauses
with recursive tree (clause_id, depth, path) as (
  select c.id, 0, printf('%010d', coalesce(c.position, c.id))
  from clauses c
  where c.parent_id is null
  union all
  select c.id, t.depth + 1, t.path || printf('/%010d', coalesce(c.position, c.id))
  from tree t
  join clauses c on c.parent_id = t.clause_id
)
select
  t.depth,
  c.code as clause,
  parent.code as parent,
  c.kind,
  c.title as clause_title,
  c.points,
  c.points_status,
  c.verification,
  c.optional,
  d.title as document,
  d.id as document_id,
  c.passage_id,
  w.place
from tree t
join clauses c on c.id = t.clause_id
left join clauses parent on parent.id = c.parent_id
join documents d on d.id = c.document_id
left join passage_places w on w.passage_id = c.passage_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
order by document_id, t.path
