-- title: 逐条覆盖情况
-- title_en: Coverage clause by clause
-- description: 规划与考核文件有关联时，逐条列出：已覆盖、存疑、可能未覆盖，最接近的任务、牵头部门、分值；最可能未覆盖的在前。
-- description: For each plan tied to a rubric, clause by clause: covered, doubtful or (probably) uncovered, the best task, who leads, points; gaps first.
-- param: plan: 规划文件编号或标题的一部分；留空为所有规划。A plan's id or part of its title; empty means all.
-- param: rubric: 考核文件编号或标题的一部分；留空为所有考核文件。A rubric's id or part of its title; empty means all.
-- param: status: covered、doubtful 或 uncovered；留空为全部。One of the three; empty means all.
-- group: coverage
-- chart: bar x=at_risk y=clause+clause_title color=status when=plan
with served as (
  select a.plan_id, a.clause_id, a.plan_item_id, i.code
  from clause_answers a
  join plan_items i on i.id = a.plan_item_id
  where a.is_claim = 1 and a.status <> 'rejected'
)

select
  plan.title as plan,
  v.status,
  c.kind,
  c.code as clause,
  c.title as clause_title,
  c.points,
  iif(v.status = 'covered', 0, c.points - v.excusable) as at_risk,
  v.excusable,
  best.code as best_item,
  best.text as best_item_text,
  round(v.weight, 3) as score,
  v.method,
  v.link_status,
  v.claims as tasks,
  group_concat(distinct s.code) as plan_items,
  group_concat(distinct b.name) as leads,
  v.evidence,
  plan.id as plan_id,
  rubric.title as document,
  rubric.id as document_id,
  c.passage_id,
  w.place
from clause_coverage v
join documents plan on plan.id = v.plan_id
join documents rubric on rubric.id = v.rubric_id
join clauses c on c.id = v.clause_id
left join plan_items best on best.id = v.best_item_id
left join served s on s.clause_id = c.id and s.plan_id = v.plan_id
left join assignments a on a.plan_item_id = s.plan_item_id and a.role = 'lead'
left join departments b on b.id = a.department_id
left join passage_places w on w.passage_id = c.passage_id
where (:plan = '' or plan.id = :plan or instr(plan.title, :plan) > 0)
  and (:rubric = '' or rubric.id = :rubric or instr(rubric.title, :rubric) > 0)
  and (:status = '' or v.status = :status)
group by v.plan_id, v.rubric_id, c.id
order by plan_id, document_id, v.status <> 'uncovered', v.status <> 'doubtful', score, c.points desc, c.position, c.id
