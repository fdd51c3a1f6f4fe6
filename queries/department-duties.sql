-- title: 部门承担的事项
-- title_en: Duties of a department
-- description: 各部门承担的任务、指标和职责，不论写在表格里还是正文里，附角色、时间和原文位置。
-- description: What each department is to do, from tables and from prose, with its role, dates and place.
-- param: department: 部门名称的一部分；留空为所有部门。Part of a department's name; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- param: role: lead 牵头、support 配合、member 成员、supervise 督查；留空为所有角色。A role; empty means all.
-- group: departments
select
  r.name as region,
  b.name as department,
  a.role,
  i.code as plan_item,
  i.text,
  i.section,
  i.starts_on,
  i.ends_on,
  a.raw as printed_name,
  d.title as document,
  d.id as document_id,
  a.passage_id,
  w.place
from documents d
left join regions r on r.code = d.region_code
cross join plan_items i on i.document_id = d.id
cross join assignments a on a.plan_item_id = i.id
cross join departments b on b.id = a.department_id
left join passage_places w on w.passage_id = a.passage_id
where (:department = '' or instr(b.name, :department) > 0)
  and (:city = '' or instr(r.name, :city) > 0 or r.code = :city)
  and (:role = '' or a.role = :role)
order by document_id, department, a.role, i.position, i.id, a.position, a.id
