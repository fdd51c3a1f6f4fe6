-- title: 按现行职能统计牵头数量
-- title_en: Duties by the function that holds them today
-- description: 把机构改革前的部门归到承接其职能的部门，跨城市统计；职能未知的部门不在其中，见 department-functions。
-- description: Counts duties under the function that took over, across cities; departments of unknown function are left out (see department-functions).
-- param: function: 职能名称的一部分（原名或现名）；留空为所有职能。Part of a function's name, old or present; empty means all.
-- group: departments
-- chart: bar x=leads,supports y=present_function
with sought as materialized (
  select h.heir_id, present.name as present_function, former.id as function_id, former.name as read_as
  from function_heirs h
  join functions present on present.id = h.heir_id
  join functions former on former.id = h.function_id
  where h.heir_id not in (
      select later.function_id
      from function_successions later
      where later.part = 0
    )
    and (:function = '' or instr(present.name, :function) > 0 or instr(former.name, :function) > 0)
),
duties as materialized (
  select
    a.department_id,
    a.role,
    coalesce(i.document_id, c.document_id) as document_id,
    count(a.id) as duties,
    min(a.plan_item_id) as first_item
  from departments b
  cross join assignments a on a.department_id = b.id
  left join plan_items i on i.id = a.plan_item_id
  left join clauses c on c.id = a.clause_id
  where b.function_id in (
      select s.function_id
      from sought s
    )
  group by a.department_id, a.role, coalesce(i.document_id, c.document_id)
),
held as materialized (
  select s.heir_id, s.present_function, s.read_as, b.name, b.region_code, u.role, u.document_id, u.duties
  from sought s
  cross join departments b on b.function_id = s.function_id
  cross join duties u on u.department_id = b.id
  order by s.heir_id, s.function_id, b.id, u.role, u.first_item
)
select
  h.present_function,
  group_concat(distinct h.read_as) as read_as,
  group_concat(distinct h.name) as departments,
  count(distinct h.region_code) as regions,
  sum(iif(h.role = 'lead', h.duties, 0)) as leads,
  sum(iif(h.role = 'support', h.duties, 0)) as supports,
  group_concat(distinct h.document_id) as document_ids
from held h
group by h.heir_id
order by leads desc, supports desc, h.present_function
