-- title: 合理缺项条款
-- title_en: Clauses that may be left out
-- description: 文件允许合理缺项的条款。
-- description: Clauses that a city need not answer where they do not apply to it.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: clauses
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
where c.optional = 1
  and (:document = '' or d.id = :document or instr(d.title, :document) > 0)
order by document_id, c.position, c.id
