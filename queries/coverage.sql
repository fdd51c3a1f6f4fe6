-- title: 逐条覆盖情况
-- title_en: Coverage clause by clause
-- description: 规划与考核文件有关联时，逐条列出：已覆盖、存疑、可能未覆盖，最接近的任务、牵头部门、分值；最可能未覆盖的在前。
-- description: For each plan tied to a rubric, clause by clause: covered, doubtful or (probably) uncovered, the best task, who leads, points; gaps first.
-- param: plan: 规划文件编号或标题的一部分；留空为所有规划。A plan's id or part of its title; empty means all.
-- param: rubric: 考核文件编号或标题的一部分；留空为所有考核文件。A rubric's id or part of its title; empty means all.
-- param: status: covered、doubtful 或 uncovered；留空为全部。One of the three; empty means all.
-- group: coverage
-- chart: bar x=at_risk y=clause+clause_title color=status when=plan
with shown as materialized (
  select
    v.plan_id, v.rubric_id, v.clause_id, v.status, v.best_item_id, v.weight, v.method, v.link_status, v.evidence,
    v.claims, v.excusable
  from documents plan
  cross join clause_coverage v on v.plan_id = plan.id
  cross join documents rubric on rubric.id = v.rubric_id
  where (:plan = '' or plan.id = :plan or instr(plan.title, :plan) > 0)
    and (:rubric = '' or rubric.id = :rubric or instr(rubric.title, :rubric) > 0)
    and (:status = '' or v.status = :status)
),
served as materialized (
  select s.plan_id, s.clause_id, s.plan_item_id
  from clause_answers s
  where s.plan_id in (
      select d.id
      from documents d
      where :plan = '' or d.id = :plan or instr(d.title, :plan) > 0
    )
    and s.is_claim = 1
    and s.status <> 'rejected'
),
tasks as materialized (
  select s.plan_id, s.clause_id, group_concat(distinct i.code) as codes, group_concat(distinct b.name) as leads
  from served s
  cross join plan_items i on i.id = s.plan_item_id
  left join assignments a on a.plan_item_id = i.id
  left join departments b on b.id = iif(a.role = 'lead', a.department_id, null)
  group by s.plan_id, s.clause_id
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
  t.codes as plan_items,
  t.leads,
  v.evidence,
  plan.id as plan_id,
  rubric.title as document,
  rubric.id as document_id,
  c.passage_id,
  w.place
from shown v
cross join documents plan on plan.id = v.plan_id
cross join documents rubric on rubric.id = v.rubric_id
cross join clauses c on c.id = v.clause_id
left join plan_items best on best.id = v.best_item_id
left join tasks t on t.plan_id = v.plan_id and t.clause_id = v.clause_id
left join passage_places w on w.passage_id = c.passage_id
order by plan_id, document_id, v.status <> 'uncovered', v.status <> 'doubtful', score, c.points desc, c.position, c.id
