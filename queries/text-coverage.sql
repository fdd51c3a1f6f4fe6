-- title: 文本覆盖率
-- title_en: Text coverage
-- description: 每份文件有多少文字已读成事实（条款、任务、目标值、责任分工等），覆盖率低的在前。
-- description: How much of each document's text stands in facts, those read least first.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: findings
-- chart: bar x=percent y=document
select
  d.id as document_id,
  d.title as document,
  d.kind,
  c.characters,
  c.covered,
  c.percent,
  (select count(f.id) from findings f where f.document_id = d.id) as findings,
  (select count(f.id) from findings f where f.document_id = d.id and f.kind like 'unread~_%' escape '~') as unread
from documents d
join text_coverage c on c.document_id = d.id
where :document = '' or d.id = :document or instr(d.title, :document) > 0
order by c.percent, d.id
