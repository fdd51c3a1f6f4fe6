-- title: 各指标最严要求
-- title_en: Strictest thresholds
-- description: 每个指标（按方向，‰ 与 % 同计）最严的要求出自哪里：下限取最高，上限和名次取最低；并列者都列出。
-- description: For each indicator and direction, ‰ with %, the strictest demand: the highest floor, the lowest ceiling or rank; ties are all shown.
-- param: indicator: 指标名称的一部分；留空为所有指标。Part of an indicator's name; empty means all.
-- group: indicators
with bounds as (
  select
    t.id,
    coalesce(n.name, t.indicator) as indicator,
    b.measure,
    iif(b.direction = 'ceiling', 'ceiling', 'floor') as direction,
    round(b.size, 9) as size
  from thresholds t
  join threshold_bounds b on b.threshold_id = t.id
  left join indicators n on n.id = t.indicator_id
  where t.baseline is null
    and (
      t.indicator_id in (
        select k.id
        from indicators k
        where :indicator = '' or instr(k.name, :indicator) > 0
      )
      or t.indicator_id is null and (:indicator = '' or instr(t.indicator, :indicator) > 0)
    )
),
ranked as (
  select
    b.id,
    b.indicator,
    b.measure,
    b.direction,
    rank() over (
      partition by b.indicator, b.measure, b.direction
      order by iif(b.direction = 'floor', -b.size, b.size)
    ) as place_from_top,
    count(b.id) over (partition by b.indicator, b.measure, b.direction) as compared
  from bounds b
)
select
  k.indicator,
  k.direction,
  t.comparator,
  t.value,
  t.unit,
  t.period,
  k.compared,
  t.text,
  coalesce(i.code, c.code) as owner,
  d.title as document,
  d.id as document_id,
  t.passage_id,
  w.place
from ranked k
cross join thresholds t on t.id = k.id
cross join documents d on d.id = t.document_id
left join clauses c on c.id = t.clause_id
left join plan_items i on i.id = t.plan_item_id
left join passage_places w on w.passage_id = t.passage_id
where k.place_from_top = 1
order by k.compared desc, k.indicator, k.direction, t.unit, document_id, t.position, t.id
