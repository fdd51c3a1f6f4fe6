-- title: 部门负责的条款
-- title_en: Clauses of a department
-- description: 各部门负责哪些条款、多少分。via 说明依据：named 条款直接写明；printed 文件把任务与条款印在一起；inferred 推断；reviewed 人工确认。
-- description: Which clauses a department answers for, with points; via says how that is known: named, printed, inferred or reviewed.
-- param: department: 部门名称的一部分，或承接其职能的现机构；留空为所有部门。Part of a name, or the body that took over; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- param: role: lead（牵头）、support（配合）、member、supervise；留空为所有角色。A role; empty means all.
-- group: departments
with sought as (
  select h.function_id
  from function_heirs h
  join functions present on present.id = h.heir_id
  where :department <> ''
    and (instr(present.name, :department) > 0 or instr(:department, present.name) > 0)
),
places as (
  select r.code, r.name
  from regions r
  where :city = '' or instr(r.name, :city) > 0 or r.code = :city
  union all
  select null, null
  where :city = ''
),
duties as materialized (
  select u.assignment_id, u.clause_id, u.via, u.score
  from clause_duties u
  where u.assignment_id in (
    select a.id
    from places r
    cross join departments b on b.region_code is r.code
    cross join assignments a on a.department_id = b.id
    where (
        :department = ''
        or instr(b.name, :department) > 0
        or instr(b.full_name, :department) > 0
        or b.function_id in (
          select k.function_id
          from sought k
        )
      )
      and (:role = '' or a.role = :role)
  )
)
select
  r.name as region,
  b.name as department,
  a.role,
  c.code as clause,
  c.title as clause_title,
  c.points,
  u.via,
  round(u.score, 3) as score,
  i.code as plan_item,
  rubric.title as rubric,
  rubric.id as rubric_id,
  a.raw as printed_name,
  d.title as document,
  d.id as document_id,
  a.passage_id,
  w.place
from duties u
cross join assignments a on a.id = u.assignment_id
cross join departments b on b.id = a.department_id
cross join clauses c on c.id = u.clause_id
cross join documents rubric on rubric.id = c.document_id
left join regions r on r.code = b.region_code
left join plan_items i on i.id = a.plan_item_id
cross join documents d on d.id = coalesce(i.document_id, c.document_id)
left join passage_places w on w.passage_id = a.passage_id
order by region, department, a.role, rubric_id, c.position, c.id, a.position, a.id
