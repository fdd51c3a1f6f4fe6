-- title: 规划事项清单
-- title_en: What a plan says it will do
-- description: 规划里的目标、任务、措施、步骤，按章节列出，附时间、部门和原文位置。
-- description: Targets, tasks, measures and steps of a plan by section, with dates, bodies and place.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- param: text: 事项或章节中的文字；留空为所有事项。Words of the item or its section; empty means all.
-- group: plan_items
select
  i.section,
  i.code as plan_item,
  i.text,
  i.starts_on,
  i.ends_on,
  (
    select group_concat(distinct a.role || ' ' || b.name)
    from assignments a
    join departments b on b.id = a.department_id
    where a.plan_item_id = i.id
  ) as departments,
  (select count(t.id) from thresholds t where t.plan_item_id = i.id) as thresholds,
  d.title as document,
  d.id as document_id,
  i.passage_id,
  w.place
from documents d
cross join plan_items i on i.document_id = d.id
left join passage_places w on w.passage_id = i.passage_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
  and (:text = '' or instr(i.text, :text) > 0 or instr(coalesce(i.section, ''), :text) > 0)
order by document_id, i.position, i.id
