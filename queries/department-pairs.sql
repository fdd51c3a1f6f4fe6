-- title: 部门协作关系
-- title_en: Who works with whom
-- description: 同一事项上的牵头部门与其他部门，按共同事项数量排列。
-- description: Leading departments with the others on the same task or clause, by how many they share.
-- param: department: 部门名称的一部分；留空为所有部门。Part of a department's name; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- group: departments
-- chart: rect x=partner y=lead_department color=shared when=city
with sought as (
  select d.id, d.title, r.name as region
  from documents d
  left join regions r on r.code = d.region_code
  where :city = '' or instr(r.name, :city) > 0 or r.code = :city
),
led as materialized (
  select d.id as document_id, d.title, d.region, a.plan_item_id, null as clause_id, i.code, a.department_id
  from sought d
  cross join plan_items i on i.document_id = d.id
  cross join assignments a on a.plan_item_id = i.id
  where a.role = 'lead'
  union all
  select d.id, d.title, d.region, null, a.clause_id, c.code, a.department_id
  from sought d
  cross join clauses c on c.document_id = d.id
  cross join assignments a on a.clause_id = c.id and a.role = 'lead'
  where +a.plan_item_id is null
)
select
  a.region,
  leader.name as lead_department,
  partner.name as partner,
  other.role as partner_role,
  count(distinct coalesce('i' || a.plan_item_id, 'c' || a.clause_id)) as shared,
  group_concat(distinct a.code) as duties,
  a.title as document,
  a.document_id,
  min(w.place) as place
from led a
cross join assignments other on other.plan_item_id = a.plan_item_id or other.clause_id = a.clause_id
cross join departments leader on leader.id = a.department_id
cross join departments partner on partner.id = other.department_id
left join passage_places w on w.passage_id = other.passage_id
where leader.id <> partner.id
  and (other.role <> 'lead' or leader.id < partner.id)
  and (:department = '' or instr(leader.name, :department) > 0 or instr(partner.name, :department) > 0)
group by a.document_id, leader.id, partner.id, other.role
order by shared desc, a.document_id, lead_department, partner, partner_role
