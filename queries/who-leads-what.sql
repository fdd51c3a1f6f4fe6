-- title: 谁牵头什么（按现名或当时名称）
-- title_en: Who leads what, in today's names or in those of the time
-- description: 每个机构承担的每一事项：角色、任务或条款、文件中的名称和位置；按现名时，机构以承接其职能的机构的通称出现。
-- description: Every duty of every body with its role, task or clause, the name as printed and the place; in today's names a body appears under the usual name of the one that took over.
-- param: names: today 现名，printed 文件中的名称；留空为现名。today or printed; empty means today.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- param: department: 现名或当时名称的一部分；留空为所有部门。Part of a name, of today or of the time; empty means all.
-- param: role: lead 牵头、support 配合、member 成员、supervise 督查；留空为牵头。A role; empty means lead.
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
  iif(:names = 'printed', b.name, coalesce(b.today_name, b.name)) as body,
  a.role,
  coalesce(i.code, c.code) as code,
  coalesce(i.text, c.title) as text,
  a.raw as printed_name,
  b.full_name as name_of_the_time,
  d.title as document,
  d.id as document_id,
  a.passage_id,
  w.place
from places r
cross join departments b on b.region_code is r.code
cross join assignments a on a.department_id = b.id and a.role = iif(:role = '', 'lead', :role)
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
cross join documents d on d.id = coalesce(i.document_id, c.document_id)
left join passage_places w on w.passage_id = a.passage_id
where (:names = '' or :names in ('today', 'printed'))
  and (
    :department = ''
    or instr(b.name, :department) > 0
    or instr(b.full_name, :department) > 0
    or instr(b.today_name, :department) > 0
  )
order by region, body, document_id, i.id, c.id, a.id
