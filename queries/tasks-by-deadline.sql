-- title: 按完成期限查任务
-- title_en: Tasks by deadline
-- description: 写明完成期限的任务及其责任部门，按期限排列。
-- description: Tasks with a printed deadline and who does them, earliest first.
-- param: year: 完成年份，如 2016；留空为所有年份。The year they end in; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- param: department: 部门名称的一部分；留空为所有部门。Part of a department's name; empty means all.
-- group: plan_items
-- chart: bar x=ends_on:year y=count() color=region
select
  i.ends_on,
  i.starts_on,
  r.name as region,
  i.code as plan_item,
  i.text,
  (
    select group_concat(b.name, '、')
    from assignments a
    join departments b on b.id = a.department_id
    where a.plan_item_id = i.id and a.role = 'lead'
  ) as leads,
  (
    select group_concat(b.name, '、')
    from assignments a
    join departments b on b.id = a.department_id
    where a.plan_item_id = i.id and a.role <> 'lead'
  ) as others,
  d.title as document,
  d.id as document_id,
  i.passage_id,
  w.place
from documents d
left join regions r on r.code = d.region_code
cross join plan_items i on i.document_id = d.id
left join passage_places w on w.passage_id = i.passage_id
where i.ends_on is not null
  and (:year = '' or substr(i.ends_on, 1, 4) = :year)
  and (:city = '' or instr(r.name, :city) > 0 or r.code = :city)
  and (
    :department = ''
    or exists (
      select 1
      from assignments a
      join departments b on b.id = a.department_id
      where a.plan_item_id = i.id and instr(b.name, :department) > 0
    )
  )
order by i.ends_on, document_id, i.position, i.id
