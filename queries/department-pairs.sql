-- title: 部门协作关系
-- title_en: Who works with whom
-- description: 同一事项上的牵头部门与其他部门，按共同事项数量排列。
-- description: Leading departments with the others on the same task or clause, by how many they share.
-- param: department: 部门名称的一部分；留空为所有部门。Part of a department's name; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- group: departments
-- chart: rect x=partner y=lead_department color=shared when=city
select
  r.name as region,
  leader.name as lead_department,
  partner.name as partner,
  other.role as partner_role,
  count(distinct coalesce('i' || i.id, 'c' || c.id)) as shared,
  group_concat(distinct coalesce(i.code, c.code)) as duties,
  d.title as document,
  d.id as document_id,
  min(w.place) as place
from assignments a
join assignments other on other.plan_item_id = a.plan_item_id or other.clause_id = a.clause_id
join departments leader on leader.id = a.department_id
join departments partner on partner.id = other.department_id
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
join documents d on d.id = coalesce(i.document_id, c.document_id)
left join regions r on r.code = d.region_code
left join passage_places w on w.passage_id = other.passage_id
where a.role = 'lead'
  and leader.id <> partner.id
  and (other.role <> 'lead' or leader.id < partner.id)
  and (:department = '' or instr(leader.name, :department) > 0 or instr(partner.name, :department) > 0)
  and (:city = '' or instr(r.name, :city) > 0 or r.code = :city)
group by d.id, leader.id, partner.id, other.role
order by shared desc, document_id, lead_department, partner, partner_role
