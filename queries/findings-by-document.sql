-- title: 文件疑点
-- title_en: Findings
-- description: 文件中有误、有缺或无法判读之处，严重的在前。
-- description: What is wrong, missing or unreadable in a document, the gravest first.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- param: kind: 疑点种类；留空为全部。A kind of finding; empty means all.
-- group: findings
-- chart: bar x=count() y=kind color=severity
select
  f.severity,
  f.kind,
  f.message,
  p.text as passage,
  d.title as document,
  f.document_id,
  f.passage_id,
  w.place,
  f.other_id as compared_with
from findings f
left join documents d on d.id = f.document_id
left join passages p on p.id = f.passage_id
left join passage_places w on w.passage_id = f.passage_id
where (:document = '' or d.id = :document or f.other_id = :document or instr(d.title, :document) > 0)
  and (:kind = '' or f.kind = :kind)
order by f.document_id, case f.severity when 'error' then 1 when 'warning' then 2 else 3 end, f.kind, f.id
