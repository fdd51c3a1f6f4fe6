-- title: 部门协作广度
-- title_en: How many others each department works with
-- description: 每个部门与多少其他部门共同承担事项、共多少次；中心度和协作群体见 zhibiao partners。
-- description: With how many others each department shares tasks or clauses, and how often; `zhibiao partners` adds centrality and communities.
-- param: department: 部门名称的一部分；留空为所有部门。Part of a department's name; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- group: departments
-- chart: bar x=meetings y=region+department
with places as (
  select r.code, r.name
  from regions r
  where :city = '' or instr(r.name, :city) > 0 or r.code = :city
  union all
  select null, null
  where :city = ''
),
sought as materialized (
  select b.id, b.name, b.is_group, r.name as region
  from places r
  cross join departments b on b.region_code is r.code
  where :department = '' or instr(b.name, :department) > 0 or instr(b.full_name, :department) > 0
),
met as materialized (
  select
    one.department_id,
    other.department_id as partner_id,
    count(distinct coalesce('i' || one.plan_item_id, 'c' || one.clause_id)) as shared
  from sought b
  cross join assignments one indexed by assignments_department on one.department_id = b.id
  cross join assignments other on other.plan_item_id = one.plan_item_id or other.clause_id = one.clause_id
  where other.department_id <> one.department_id
  group by one.department_id, other.department_id
)
select
  b.region,
  b.name as department,
  b.is_group,
  (
    select count(distinct coalesce('i' || a.plan_item_id, 'c' || a.clause_id))
    from assignments a
    where a.department_id = b.id
  ) as duties,
  count(m.partner_id) as partners,
  coalesce(sum(m.shared), 0) as meetings,
  (
    select p.name
    from met n
    join departments p on p.id = n.partner_id
    where n.department_id = b.id
    order by n.shared desc, p.id
    limit 1
  ) as closest,
  max(m.shared) as shared_with_closest
from sought b
left join met m on m.department_id = b.id
group by b.id
order by meetings desc, partners desc, region, department
