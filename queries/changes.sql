-- title: 修订变化
-- title_en: What revisions changed
-- description: 每份文件各次修订逐条增加、删除、改动了什么。
-- description: What every revision of a document added, removed and changed, fact by fact.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- param: record: clauses、thresholds、plan_items 等；留空为全部。A kind of record; empty means all.
-- group: documents
select
  d.title as document,
  n.document_id,
  n.revision,
  n.change,
  n.record,
  n.key,
  n.field,
  n.before,
  n.after
from changes n
join documents d on d.id = n.document_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
  and (:record = '' or n.record = :record)
order by n.document_id, n.revision desc, n.rowid
