-- title: 规划对考核条款的覆盖
-- title_en: How far plans cover rubrics
-- description: 每份规划对每份考核文件：多少条款有任务对应、多少没有、缺口涉及多少分。
-- description: For each plan and rubric: clauses served, clauses left out, and the points behind the gaps.
-- param: plan: 规划文件编号或标题的一部分；留空为所有规划。A plan's id or part of its title; empty means all.
-- param: rubric: 考核文件编号或标题的一部分；留空为所有考核文件。A rubric's id or part of its title; empty means all.
with pairs as (
  select distinct i.document_id as plan_id, c.document_id as rubric_id
  from links l
  join plan_items i on i.id = l.plan_item_id
  join clauses c on c.id = l.clause_id
),
leaves as (
  select c.id, c.document_id, c.points
  from clauses c
  where c.kind in ('veto', 'basic', 'scored', 'bonus')
    and not exists (
    select 1
    from clauses part
    where part.parent_id = c.id
  )
),
claims as (
  select i.document_id as plan_id, l.clause_id, max(l.score) as score, count(l.id) as items
  from links l
  join plan_items i on i.id = l.plan_item_id
  where l.status <> 'rejected'
  group by i.document_id, l.clause_id
)

select
  plan.title as plan,
  plan.id as plan_id,
  rubric.title as rubric,
  rubric.id as rubric_id,
  count(f.id) as clauses,
  count(m.clause_id) as served,
  count(f.id) - count(m.clause_id) as left_out,
  sum(f.points) as points,
  sum(iif(m.clause_id is null, f.points, 0)) as points_left_out,
  round(min(m.score), 3) as least_sure_link
from pairs k
join documents plan on plan.id = k.plan_id
join documents rubric on rubric.id = k.rubric_id
join leaves f on f.document_id = k.rubric_id
left join claims m on m.plan_id = k.plan_id and m.clause_id = f.id
where (:plan = '' or plan.id = :plan or instr(plan.title, :plan) > 0)
  and (:rubric = '' or rubric.id = :rubric or instr(rubric.title, :rubric) > 0)
group by k.plan_id, k.rubric_id
order by plan_id, rubric_id
