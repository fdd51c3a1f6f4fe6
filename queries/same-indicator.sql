-- title: 同一指标的不同写法
-- title_en: Printings of one indicator
-- description: 哪些写法被认作同一指标，凭什么（规则或人工决定），各出现在哪些文件里。
-- description: Which printings are held to be one indicator, by which rule or whose decision, and in which documents they stand.
-- param: indicator: 指标名称的一部分；留空为所有指标。Part of an indicator's name; empty means all.
-- group: indicators
select
  n.name as indicator,
  s.printed,
  s.method,
  s.score,
  s.reason,
  (select count(t.id) from thresholds t where t.indicator_id = n.id and t.indicator = s.printed) as thresholds,
  (
    select group_concat(distinct u.document_id)
    from (
      select t.document_id
      from thresholds t
      where t.indicator_id = n.id and t.indicator = s.printed
      order by t.id
    ) u
  ) as document_ids
from indicator_aliases s
join indicators n on n.id = s.indicator_id
where :indicator = '' or instr(n.name, :indicator) > 0 or instr(s.printed, :indicator) > 0
order by n.name, s.method, s.printed
