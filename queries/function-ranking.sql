-- title: 按现行职能统计牵头数量
-- title_en: Duties by the function that holds them today
-- description: 把机构改革前的部门归到承接其职能的部门，跨城市统计；职能未知的部门不在其中，见 department-functions。
-- description: Counts duties under the function that took over, across cities; departments of unknown function are left out (see department-functions).
-- param: function: 职能名称的一部分（原名或现名）；留空为所有职能。Part of a function's name, old or present; empty means all.
-- group: departments
-- chart: bar x=leads,supports y=present_function
select
  present.name as present_function,
  group_concat(distinct former.name) as read_as,
  group_concat(distinct b.name) as departments,
  count(distinct b.region_code) as regions,
  count(distinct iif(a.role = 'lead', a.id, null)) as leads,
  count(distinct iif(a.role = 'support', a.id, null)) as supports,
  group_concat(distinct coalesce(i.document_id, c.document_id)) as document_ids
from function_heirs h
join functions present on present.id = h.heir_id
join functions former on former.id = h.function_id
join departments b on b.function_id = former.id
join assignments a on a.department_id = b.id
left join plan_items i on i.id = a.plan_item_id
left join clauses c on c.id = a.clause_id
where h.heir_id not in (
    select later.function_id
    from function_successions later
    where later.part = 0
  )
  and (:function = '' or instr(present.name, :function) > 0 or instr(former.name, :function) > 0)
group by present.id
order by leads desc, supports desc, present_function
