-- title: 逐条覆盖情况
-- title_en: Coverage clause by clause
-- description: 规划与考核文件有关联时，逐条列出：对应任务数、牵头部门、分值；任务数为 0 即没有任务对应。
-- description: For each plan tied to a rubric, clause by clause: tasks that serve it, who leads them, and its points; 0 tasks is a gap.
-- param: plan: 规划文件编号或标题的一部分；留空为所有规划。A plan's id or part of its title; empty means all.
-- param: rubric: 考核文件编号或标题的一部分；留空为所有考核文件。A rubric's id or part of its title; empty means all.
with pairs as (
  select distinct i.document_id as plan_id, c.document_id as rubric_id
  from links l
  join plan_items i on i.id = l.plan_item_id
  join clauses c on c.id = l.clause_id
),
served as (
  select l.clause_id, i.document_id as plan_id, l.plan_item_id, i.code
  from links l
  join plan_items i on i.id = l.plan_item_id
  where l.status <> 'rejected'
)

select
  plan.title as plan,
  c.code as clause,
  c.title as clause_title,
  c.points,
  count(distinct s.plan_item_id) as tasks,
  group_concat(distinct s.code) as plan_items,
  group_concat(distinct b.name) as leads,
  plan.id as plan_id,
  rubric.title as document,
  rubric.id as document_id,
  c.passage_id,
  w.place
from pairs k
join documents plan on plan.id = k.plan_id
join documents rubric on rubric.id = k.rubric_id
join clauses c on c.document_id = k.rubric_id and c.kind in ('veto', 'basic', 'scored', 'bonus')
left join served s on s.clause_id = c.id and s.plan_id = k.plan_id
left join assignments a on a.plan_item_id = s.plan_item_id and a.role = 'lead'
left join departments b on b.id = a.department_id
left join passage_places w on w.passage_id = c.passage_id
where (:plan = '' or plan.id = :plan or instr(plan.title, :plan) > 0)
  and (:rubric = '' or rubric.id = :rubric or instr(rubric.title, :rubric) > 0)
  and not exists (
  select 1
  from clauses part
  where part.parent_id = c.id
)
group by k.plan_id, k.rubric_id, c.id
order by tasks, plan_id, document_id, c.position, c.id
