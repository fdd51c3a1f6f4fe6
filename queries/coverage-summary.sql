-- title: 规划对考核条款的覆盖
-- title_en: How far plans cover rubrics
-- description: 每份规划对每份考核文件：已覆盖、存疑、可能未覆盖的条款数和分值；加分项不计入分值，合理缺项不计入缺口。
-- description: For each plan and rubric: clauses covered, doubtful, uncovered, and their points; bonus is left out of points, 合理缺项 out of gaps.
-- param: plan: 规划文件编号或标题的一部分；留空为所有规划。A plan's id or part of its title; empty means all.
-- param: rubric: 考核文件编号或标题的一部分；留空为所有考核文件。A rubric's id or part of its title; empty means all.
-- group: coverage
-- chart: bar x=covered,doubtful,uncovered y=plan+rubric
with judged as (
  select
    v.plan_id,
    v.rubric_id,
    v.status,
    v.weight,
    v.claims,
    c.kind,
    iif(c.kind = 'scored', c.points, null) as points,
    iif(c.kind = 'scored' and v.status <> 'covered', v.excusable, 0) as excused
  from documents d
  cross join clause_coverage v on v.plan_id = d.id
  cross join clauses c on c.id = v.clause_id
  where :plan = '' or d.id = :plan or instr(d.title, :plan) > 0
)

select
  plan.title as plan,
  plan.id as plan_id,
  rubric.title as rubric,
  rubric.id as rubric_id,
  count(j.status) as clauses,
  sum(j.status = 'covered') as covered,
  sum(j.status = 'doubtful') as doubtful,
  sum(j.status = 'uncovered') as uncovered,
  sum(j.points) as points,
  sum(iif(j.status = 'covered', j.points, 0)) as points_covered,
  sum(iif(j.status = 'doubtful', j.points, 0)) as points_doubtful,
  sum(iif(j.status = 'uncovered', j.points, 0)) as points_uncovered,
  sum(j.excused) as points_excused,
  sum(j.kind in ('veto', 'basic') and j.status <> 'covered') as conditions_open,
  round(min(iif(j.claims > 0, j.weight, null)), 3) as least_sure_link
from judged j
cross join documents plan on plan.id = j.plan_id
cross join documents rubric on rubric.id = j.rubric_id
where :rubric = '' or rubric.id = :rubric or instr(rubric.title, :rubric) > 0
group by j.plan_id, j.rubric_id
order by plan_id, rubric_id
