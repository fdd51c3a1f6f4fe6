-- title: 目标值与考核要求对照
-- title_en: Thresholds against the rubric
-- description: 同一指标在各文件中的目标值，对照考核要求：更严、相同、更松、不可比、缺项；没有考核要求的指标也列出。
-- description: For each indicator what every document prints, held against each rubric: stricter, equal, weaker, incomparable, missing; undemanded where no rubric asks.
-- param: indicator: 指标名称的一部分；留空为所有指标。Part of an indicator's name; empty means all.
-- param: rubric: 考核文件编号或标题的一部分；留空为所有考核文件。A rubric's id or part of its title; empty means all.
-- param: verdict: stricter、equal、weaker、incomparable、missing、undemanded；留空为全部。One of these; empty means all.
-- group: coverage
-- chart: bar x=count() y=region color=verdict
with aims as (
  select
    t.id,
    t.document_id,
    t.indicator_id,
    n.name as indicator,
    t.clause_id,
    t.plan_item_id,
    t.comparator,
    t.comparator || iif(t.value is null, '', printf(' %.12g', t.value))
      || iif(t.value_high is null, '', printf('–%.12g', t.value_high))
      || coalesce(t.unit, '') || coalesce(' ' || t.baseline, '') as figure,
    coalesce(t.baseline, '') as baseline,
    iif(t.period glob '*[12][0-9][0-9][0-9]*', t.period, '') as year,
    b.direction,
    round(b.size, 9) as size,
    coalesce(b.excludes_border, 0) as excludes_border,
    b.measure,
    q.threshold_id is not null as is_demand,
    coalesce(c.kind = 'section', 0) as is_section
  from thresholds t
  cross join indicators n on n.id = t.indicator_id
  left join threshold_bounds b on b.threshold_id = t.id
  left join demanded_thresholds q on q.threshold_id = t.id
  left join clauses c on c.id = t.clause_id
  where :indicator = ''
    or t.indicator_id in (
      select k.id
      from indicators k
      where instr(k.name, :indicator) > 0
    )
    or instr(t.indicator, :indicator) > 0
),
ranked as (
  select
    a.id,
    row_number() over (
      partition by a.document_id, a.indicator_id, coalesce(a.direction, a.comparator), a.measure, a.baseline, a.year
      order by iif(a.direction = 'ceiling', a.size, -a.size), a.excludes_border desc, a.is_section, a.id
    ) as place_from_top
  from aims a
  where a.is_demand
),
demands as (
  select a.id, a.document_id, a.indicator_id, a.indicator, a.clause_id, a.figure
  from aims a
  join ranked r on r.id = a.id and r.place_from_top = 1
  join documents d on d.id = a.document_id
  where :rubric = '' or d.id = :rubric or instr(d.title, :rubric) > 0
),
offers as (
  select a.id, a.document_id, a.indicator_id
  from aims a
  left join ranked r on r.id = a.id
  where not a.is_demand and a.clause_id is null or r.place_from_top = 1
),
tied as materialized (
  select p.id as plan_id, d.document_id as rubric_id
  from (select distinct document_id from demands) d
  cross join documents p
  where exists (select 1 from judged_clauses j where j.rubric_id = d.document_id)
    and exists (select 1 from clause_answers a where a.plan_id = p.id and a.rubric_id = d.document_id)
),
pairs as (
  select d.id as demand_id, o.id as offer_id, o.document_id, d.indicator
  from demands d
  join offers o on o.indicator_id = d.indicator_id and o.id <> d.id
  join aims a on a.id = o.id
  where o.document_id <> d.document_id or a.plan_item_id is not null
  union all
  select d.id, null, k.plan_id, d.indicator
  from demands d
  join tied k on k.rubric_id = d.document_id
  where not exists (
    select 1
    from offers o
    where o.indicator_id = d.indicator_id and o.document_id = k.plan_id and o.id <> d.id
  )
  union all
  select null, a.id, a.document_id, a.indicator
  from aims a
  where :rubric = '' and not exists (select 1 from demands d where d.indicator_id = a.indicator_id)
),
judged as (
  select
    p.indicator,
    p.demand_id,
    p.offer_id,
    p.document_id,
    d.figure as demanded,
    o.figure as offered,
    case
      when p.demand_id is null then 'undemanded'
      when p.offer_id is null then 'missing'
      when d.baseline <> o.baseline or d.year <> '' and o.year <> '' and d.year <> o.year then 'incomparable'
      when d.size is null and o.size is null then iif(d.comparator = o.comparator, 'equal', 'incomparable')
      when d.size is null or o.size is null or d.measure <> o.measure then 'incomparable'
      when d.direction <> o.direction and 'exact' not in (d.direction, o.direction) then 'incomparable'
      when d.direction = 'exact' and o.direction = 'exact' then iif(d.size = o.size, 'equal', 'incomparable')
      when d.size <> o.size
        then iif((o.size > d.size) = ('floor' in (d.direction, o.direction)), 'stricter', 'weaker')
      when d.excludes_border <> o.excludes_border then iif(o.excludes_border, 'stricter', 'weaker')
      else 'equal'
    end as verdict
  from pairs p
  left join aims d on d.id = p.demand_id
  left join aims o on o.id = p.offer_id
)

select
  j.indicator,
  j.verdict,
  j.demanded,
  j.offered,
  r.short_name as region,
  coalesce(i.code, own.code) as owner,
  t.period,
  t.text,
  d.title as document,
  d.id as document_id,
  t.passage_id,
  w.place,
  c.code as clause,
  q.text as demand_text,
  rubric.title as rubric,
  rubric.id as rubric_id,
  v.place as rubric_place
from judged j
cross join documents d on d.id = j.document_id
left join regions r on r.code = d.region_code
left join thresholds t on t.id = j.offer_id
left join plan_items i on i.id = t.plan_item_id
left join clauses own on own.id = t.clause_id
left join passage_places w on w.passage_id = t.passage_id
left join thresholds q on q.id = j.demand_id
left join clauses c on c.id = q.clause_id
left join documents rubric on rubric.id = q.document_id
left join passage_places v on v.passage_id = q.passage_id
where :verdict = '' or j.verdict = :verdict
order by j.indicator, rubric_id, c.position, j.demand_id, j.verdict = 'missing', document_id, t.position, t.id
