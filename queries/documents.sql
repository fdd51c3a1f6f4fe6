-- title: 文件一览
-- title_en: Documents
-- description: 每份文件的基本信息，以及从中读出的条款、目标值、任务和疑点的数量。
-- description: Every document with its head and how much was read out of it.
-- param: city: 城市名称的一部分或区划代码；留空为所有地区。Part of a city's name, or its code; empty means all.
-- param: campaign: 创建活动名称的一部分；留空为全部。Part of a campaign's name; empty means all.
-- group: documents
-- chart: bar x=dated:year y=count() color=kind
select
  d.id as document_id,
  d.title,
  d.doc_number,
  d.issuer,
  coalesce(d.issued_on, d.printed_on) as dated,
  r.name as region,
  d.level,
  d.kind,
  d.origin,
  d.campaign,
  d.total_points,
  f.clauses,
  f.score_rules,
  f.thresholds,
  f.plan_items,
  f.assignments,
  f.citations,
  f.findings,
  d.revision,
  d.source
from documents d
join document_facts f on f.id = d.id
left join regions r on r.code = d.region_code
where (:city = '' or instr(r.name, :city) > 0 or r.code = :city)
  and (:campaign = '' or instr(d.campaign, :campaign) > 0)
order by dated desc, d.title, d.id
