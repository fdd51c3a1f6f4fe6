-- title: 部门、职能与承接机构
-- title_en: Departments, functions, successors
-- description: 每个部门的职能，以及改革后承接该职能的机构、时间和依据；职能未知者为空。
-- description: Each department with its function and what took that over, when and on what authority; empty where the function is unknown.
-- param: department: 部门名称的一部分；留空为所有部门。Part of a department's name; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
select
  r.name as region,
  b.name as department,
  b.full_name,
  b.is_group,
  f.name as function,
  later.name as successor,
  s.succeeded_on,
  s.source as authority
from departments b
left join regions r on r.code = b.region_code
left join functions f on f.id = b.function_id
left join function_successions s on s.function_id = f.id
left join functions later on later.id = s.successor_id
where (
    :department = ''
    or instr(b.name, :department) > 0
    or instr(b.full_name, :department) > 0
    or instr(later.name, :department) > 0
  )
  and (:city = '' or instr(r.name, :city) > 0 or r.code = :city)
order by region, department, successor
