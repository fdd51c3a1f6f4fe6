-- title: 部门、职能与承接机构
-- title_en: Departments, functions, successors
-- description: 每个部门的职能，改革后承接该职能（全部或部分）的机构、时间和依据，以及承接机构现在的通称；职能未知者为空。
-- description: Each department with its function, what took that over as a whole or in part, when and on what authority, and the usual name today; empty where the function is unknown.
-- param: department: 部门名称的一部分；留空为所有部门。Part of a department's name; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- group: departments
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
  b.full_name,
  b.is_group,
  f.name as function,
  later.name as successor,
  iif(s.part, 'part', iif(s.function_id is null, null, 'whole')) as taken_over,
  s.succeeded_on,
  s.source as authority,
  b.today_name
from places r
cross join departments b on b.region_code is r.code
left join functions f on f.id = b.function_id
left join function_successions s on s.function_id = f.id
left join functions later on later.id = s.successor_id
where :department = ''
  or instr(b.name, :department) > 0
  or instr(b.full_name, :department) > 0
  or instr(later.name, :department) > 0
order by region, department, s.part, successor
