-- title: 部门牵头与配合数量排名
-- title_en: Departments by duties
-- description: 各部门牵头、配合、参加、督办的事项数量；事项指任务，或文件直接写明责任部门的条款。
-- description: How many tasks (or clauses that name departments themselves) each department leads, supports, takes part in, supervises.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- group: departments
-- chart: bar x=leads,supports,takes_part,supervises y=region+department
with places as (
  select r.code, r.name
  from regions r
  where :city = '' or instr(r.name, :city) > 0 or r.code = :city
  union all
  select null, null
  where :city = ''
)
select
  r.name as region,
  b.name as department,
  b.is_group,
  count(distinct iif(a.role = 'lead', coalesce('i' || a.plan_item_id, 'c' || a.clause_id), null)) as leads,
  count(distinct iif(a.role = 'support', coalesce('i' || a.plan_item_id, 'c' || a.clause_id), null)) as supports,
  count(distinct iif(a.role = 'member', coalesce('i' || a.plan_item_id, 'c' || a.clause_id), null)) as takes_part,
  count(distinct iif(a.role = 'supervise', coalesce('i' || a.plan_item_id, 'c' || a.clause_id), null)) as supervises,
  count(distinct coalesce(i.document_id, c.document_id)) as documents,
  group_concat(distinct coalesce(i.document_id, c.document_id)) as document_ids
from places r
cross join departments b on b.region_code is r.code
cross join assignments a on a.department_id = b.id
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
group by b.id
order by leads desc, supports desc, region, department
