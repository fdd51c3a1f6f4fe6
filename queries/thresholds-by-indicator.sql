-- title: 指标要求对照
-- title_en: An indicator over all documents
-- description: 同一指标在各文件中的目标值、比较方式、单位、基准、期限和出处。
-- description: What every document demands or promises for an indicator: comparator, value, unit, baseline, period, source.
-- param: indicator: 指标名称的一部分；留空为所有指标。Part of an indicator's name; empty means all.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- group: indicators
-- chart: point x=value y=region+document color=unit when=indicator
with sought as materialized (
  select t.id
  from thresholds t
  where :indicator <> ''
    and (
      t.indicator_id in (
        select k.id
        from indicators k
        where instr(k.name, :indicator) > 0
      )
      or instr(t.indicator, :indicator) > 0
    )
  union all
  select t.id
  from documents d
  left join regions r on r.code = d.region_code
  cross join thresholds t on t.document_id = d.id
  where :indicator = ''
    and (:document = '' or d.id = :document or instr(d.title, :document) > 0)
    and (:city = '' or instr(r.name, :city) > 0 or r.code = :city)
)
select
  coalesce(n.name, t.indicator) as indicator,
  t.comparator,
  t.value,
  t.value_high,
  t.unit,
  t.baseline,
  t.period,
  t.text,
  iif(t.plan_item_id is not null, 'plan_item', iif(t.clause_id is not null, 'clause', 'document')) as owner_kind,
  coalesce(i.code, c.code) as owner,
  r.name as region,
  d.title as document,
  d.id as document_id,
  t.passage_id,
  w.place
from sought s
cross join thresholds t on t.id = s.id
cross join documents d on d.id = t.document_id
left join regions r on r.code = d.region_code
left join indicators n on n.id = t.indicator_id
left join clauses c on c.id = t.clause_id
left join plan_items i on i.id = t.plan_item_id
left join passage_places w on w.passage_id = t.passage_id
where (:document = '' or d.id = :document or instr(d.title, :document) > 0)
  and (:city = '' or instr(r.name, :city) > 0 or r.code = :city)
order by indicator, t.unit, t.value desc, document_id, t.position, t.id
