-- title: 引用关系
-- title_en: Citations
-- description: 哪份文件引用了哪份文件或标准，被引文件是否在库中。
-- description: Which document cites what, and whether the cited one is in the base.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- param: cited: 被引文件标题或文号的一部分；留空为全部。Part of the cited title or number; empty means all.
-- param: in_base: yes 只看库中已有的，no 只看库中没有的；留空为全部。yes or no; empty means both.
-- group: documents
select
  q.cited_title,
  q.cited_number,
  e.title as cited_document,
  e.id as cited_document_id,
  iif(e.id is null, 'no', 'yes') as in_base,
  d.title as document,
  d.id as document_id,
  q.passage_id,
  w.place
from citations q
join documents d on d.id = q.document_id
left join documents e on e.id = q.cited_document_id
left join passage_places w on w.passage_id = q.passage_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
  and (:cited = '' or instr(q.cited_title, :cited) > 0 or instr(q.cited_number, :cited) > 0)
  and (:in_base = '' or iif(e.id is null, 'no', 'yes') = :in_base)
order by document_id, q.position, q.id
