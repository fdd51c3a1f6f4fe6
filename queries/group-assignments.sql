-- title: 交给一组单位的事项
-- title_en: Duties of groups
-- description: 责任写给“成员单位”“各区政府”一类群体的事项，具体单位需另查。
-- description: Tasks and clauses given to a group of bodies instead of one; who that is, the document does not say here.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- group: departments
with given as materialized (
  select a.id
  from documents d
  left join regions r on r.code = d.region_code
  cross join plan_items i on i.document_id = d.id
  cross join assignments a on a.plan_item_id = i.id
  where :city <> '' and (instr(r.name, :city) > 0 or r.code = :city)
  union all
  select a.id
  from documents d
  left join regions r on r.code = d.region_code
  cross join clauses c on c.document_id = d.id
  cross join assignments a on a.clause_id = c.id
  where :city <> '' and +a.plan_item_id is null and (instr(r.name, :city) > 0 or r.code = :city)
  union all
  select a.id
  from departments b
  cross join assignments a on a.department_id = b.id
  where :city = '' and b.is_group = 1
)
select
  r.name as region,
  b.name as department,
  a.role,
  a.raw as printed_name,
  coalesce(i.code, c.code) as duty,
  coalesce(i.text, c.title) as duty_text,
  d.title as document,
  d.id as document_id,
  a.passage_id,
  w.place
from given g
cross join assignments a on a.id = g.id
cross join departments b on b.id = a.department_id
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
cross join documents d on d.id = coalesce(i.document_id, c.document_id)
left join regions r on r.code = d.region_code
left join passage_places w on w.passage_id = a.passage_id
where b.is_group = 1
order by region, department, document_id, a.position, a.id
