-- title: 条款的评分标准
-- title_en: Score rules of a clause
-- description: 条款的得分、扣分办法：tier 为分档择一，additive 为累加，deduction 为扣分。
-- description: How points are given inside a clause: tiers are alternatives, additive parts sum, deductions take away.
-- param: clause: 条款编号或标题的一部分；留空为所有条款。A clause's code or part of its title; empty means all.
-- param: document: 文件编号或标题的一部分；留空为所有文件。A document's id or part of its title; empty means all.
-- group: clauses
select
  c.code as clause,
  c.title as clause_title,
  c.points as clause_points,
  s.ordinal,
  s.mode,
  s.points,
  s.step,
  s.step_unit,
  s.cap,
  s.floor,
  s.condition,
  d.title as document,
  d.id as document_id,
  s.passage_id,
  w.place
from score_rules s
join clauses c on c.id = s.clause_id
join documents d on d.id = c.document_id
left join passage_places w on w.passage_id = s.passage_id
where (:clause = '' or c.code = :clause or instr(c.title, :clause) > 0)
  and (:document = '' or d.id = :document or instr(d.title, :document) > 0)
order by document_id, c.position, c.id, s.ordinal
