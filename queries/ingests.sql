-- title: 收录记录
-- title_en: The log of ingestion
-- description: 每次收录的文件、结果和失败原因，最近的在前。
-- description: Every attempt to read a file, its outcome and why it failed, latest first.
-- param: status: added、revised、unchanged、kept 或 failed；留空为全部。An outcome; empty means all.
-- group: findings
select
  n.started_at,
  n.finished_at,
  n.status,
  n.source,
  n.error,
  n.note,
  d.title as document,
  n.document_id,
  n.sha256
from ingests n
left join documents d on d.id = n.document_id
where (:status = '' or n.status = :status)
order by n.started_at desc, n.id desc
