-- title: 文件之间的关系
-- title_en: Relations between documents
-- description: 哪份文件是哪份的征求意见稿、修订或替代、废止或转发了哪份。
-- description: Which document is a draft of another, takes its place, repeals or forwards it.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- param: relation: draft_of、replaces、repeals 或 forwards；留空为全部。A relation; empty means all.
-- group: documents
select
  d.title as document,
  d.id as document_id,
  n.relation,
  e.title as other,
  e.id as other_id,
  n.passage_id,
  w.place
from document_relations n
join documents d on d.id = n.document_id
join documents e on e.id = n.other_id
left join passage_places w on w.passage_id = n.passage_id
where (:document = '' or :document in (d.id, e.id) or instr(d.title, :document) > 0 or instr(e.title, :document) > 0)
  and (:relation = '' or n.relation = :relation)
order by document_id, n.relation, other_id
