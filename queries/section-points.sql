-- title: 标题分值与下级合计
-- title_en: Heading points against their parts
-- description: 标题印出的分值与其下条款分值之和，差额不为零的排在前面；没有分值的层级向下取到有分值的一层。
-- description: Points printed with a heading against the sum below it, differences first; levels without points are looked through.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: clauses
with recursive below (top_id, clause_id, points) as (
  select parent.id, c.id, c.points
  from clauses parent
  join clauses c on c.parent_id = parent.id
  where parent.points is not null
  union all
  select v.top_id, c.id, c.points
  from below v
  join clauses c on c.parent_id = v.clause_id
  where v.points is null
)
select
  c.code as clause,
  c.kind,
  c.title as clause_title,
  c.points,
  c.points_status,
  sum(v.points) as sum_below,
  count(v.points) as parts,
  round(sum(v.points) - c.points, 6) as difference,
  d.title as document,
  d.id as document_id,
  c.passage_id,
  w.place
from below v
join clauses c on c.id = v.top_id
join documents d on d.id = c.document_id
left join passage_places w on w.passage_id = c.passage_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
group by c.id
having count(v.points) > 0
order by abs(difference) desc, document_id, c.position, c.id
