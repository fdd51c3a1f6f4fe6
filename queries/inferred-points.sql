-- title: 推算出来的分值
-- title_en: Inferred points
-- description: 文件丢失、由同级条款或评分文字推算出的分值，以及相应疑点的说明。
-- description: Points that the document lost and that were worked out, with what the findings say about it.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: clauses
select
  c.code as clause,
  c.kind,
  c.title as clause_title,
  c.points,
  parent.code as parent,
  parent.points as parent_points,
  group_concat(f.message, '；') as findings,
  d.title as document,
  d.id as document_id,
  c.passage_id,
  w.place
from clauses c
join documents d on d.id = c.document_id
left join clauses parent on parent.id = c.parent_id
left join findings f on f.passage_id = c.passage_id
left join passage_places w on w.passage_id = c.passage_id
where c.points_status = 'inferred'
  and (:document = '' or d.id = :document or instr(d.title, :document) > 0)
group by c.id
order by document_id, c.position, c.id
