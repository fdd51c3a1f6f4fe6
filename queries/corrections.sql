-- title: 人工更正
-- title_en: Corrections
-- description: 人工更正的数值：原读数、现读数、更正值、更正人和理由。
-- description: Values that a person put right: what was read then and is read now, the correction, who made it and why.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: findings
select
  d.title as document,
  n.document_id,
  n.id as correction,
  n.record,
  n.key,
  n.field,
  n.read_value,
  n.now_read,
  n.corrected_value,
  n.made_by,
  n.made_at,
  n.reason
from corrections n
join documents d on d.id = n.document_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
order by n.document_id, n.id
