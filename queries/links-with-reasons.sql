-- title: 任务与条款的关联及理由
-- title_en: Links and why they are believed
-- description: 每条任务—条款关联的依据、把握和人工结论；被否决的也列出。
-- description: Each link of a task to a clause with its evidence, its confidence and what people decided; rejected ones included.
-- param: plan: 规划文件编号或标题的一部分；留空为所有规划。A plan's id or part of its title; empty means all.
-- param: rubric: 考核文件编号或标题的一部分；留空为所有考核文件。A rubric's id or part of its title; empty means all.
-- group: coverage
select
  i.code as plan_item,
  i.text as plan_item_text,
  c.code as clause,
  c.title as clause_title,
  c.points,
  l.relation,
  l.method,
  round(l.score, 3) as score,
  l.rank,
  l.status,
  l.evidence,
  d.title as document,
  d.id as document_id,
  i.passage_id,
  w.place,
  rubric.title as rubric,
  rubric.id as rubric_id,
  v.place as rubric_place
from documents d
cross join plan_items i on i.document_id = d.id
cross join links l on l.plan_item_id = i.id
cross join clauses c on c.id = l.clause_id
cross join documents rubric on rubric.id = c.document_id
left join passage_places w on w.passage_id = i.passage_id
left join passage_places v on v.passage_id = c.passage_id
where (:plan = '' or d.id = :plan or instr(d.title, :plan) > 0)
  and (:rubric = '' or rubric.id = :rubric or instr(rubric.title, :rubric) > 0)
order by document_id, i.position, i.id, rubric_id, l.rank, c.position, c.id
