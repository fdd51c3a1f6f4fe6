-- title: 谁牵头多少（按现名或当时名称）
-- title_en: Who leads how much, in today's names or in those of the time
-- description: 各地每个机构牵头、配合、参加的事项数；按现名时，机构改革中合并的部门算作一个，并列出文件中的名称。没有承接关系的机构以当时名称出现。
-- description: How much each body of a region leads, supports and takes part in; in today's names bodies that were merged count as one, with the names that documents print. A body that nothing succeeded keeps its own name.
-- param: names: today 现名，printed 文件中的名称；留空为现名。today or printed; empty means today.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- param: department: 现名或当时名称的一部分；留空为所有部门。Part of a name, of today or of the time; empty means all.
-- group: departments
-- chart: bar x=leads,supports,takes_part y=region+body
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
  group_concat(distinct b.name) as printed_names,
  count(distinct iif(a.role = 'lead', coalesce('i' || a.plan_item_id, 'c' || a.clause_id), null)) as leads,
  count(distinct iif(a.role = 'support', coalesce('i' || a.plan_item_id, 'c' || a.clause_id), null)) as supports,
  count(distinct iif(a.role = 'member', coalesce('i' || a.plan_item_id, 'c' || a.clause_id), null)) as takes_part,
  count(distinct coalesce(i.document_id, c.document_id)) as documents,
  group_concat(distinct coalesce(i.document_id, c.document_id)) as document_ids
from places r
cross join departments b on b.region_code is r.code
cross join assignments a on a.department_id = b.id
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
where (:names = '' or :names in ('today', 'printed'))
  and b.is_group = 0
  and (
    :department = ''
    or instr(b.name, :department) > 0
    or instr(b.full_name, :department) > 0
    or instr(b.today_name, :department) > 0
  )
group by b.region_code, iif(:names = 'printed', b.id, coalesce(b.today_name, b.name))
order by leads desc, supports desc, region, body
