"""What linked data says of each kind of thing, as selects.

A column `@name` is the path of another thing, or several, as JSON; `@id` is the thing's own.  `[name]` is a list of
texts as JSON.  Every other column is a literal.  Numbers of things that have no printed code count in reading order.
"""

from __future__ import annotations


def read_in(what: str = "", alias: str = "d") -> str:
    """The path of what was read in the current revision of a document, as SQL."""
    return f"json_array('document', {alias}.id, substr({alias}.sha256, 1, 12){', ' + what if what else ''})"


# where what was read comes from, for a select that joins the document as d and its passage as w
FROM_TEXT = f"""
  json_array('document', d.id) as "@document",
  iif(w.ordinal is null, {read_in()}, {read_in("'passage', w.ordinal")}) as "@wasDerivedFrom",
  {read_in("'extraction'")} as "@wasGeneratedBy",
  d.ingested_at as generatedAtTime
"""
ITEMS = (
    "numbered as (select id, document_id,"
    " row_number() over (partition by document_id order by position, id) as n from plan_items)"
)

DOCUMENTS = """
select json_array('document', id) as "@id", id as "dcterms:identifier", title, doc_number, issuer, addressees,
  issued_on, printed_on, level, kind, origin, campaign, total_points, bonus_points, sha256, revision,
  json_array('region', region_code) as "@region"
from documents order by id
"""
REVISIONS = """
select json_array('document', document_id, substr(sha256, 1, 12)) as "@id", revision, sha256, source, format,
  is_current, ingested_at as generatedAtTime, json_array('document', document_id) as "@specializationOf"
from revisions order by document_id, revision
"""
EXTRACTIONS = f"""
select {read_in("'extraction'")} as "@id", {read_in()} as "@used", d.extractor_version as version,
  json_array('software', d.extractor_version) as "@wasAssociatedWith", d.ingested_at as endedAtTime
from documents d order by d.id
"""
AGENTS = """
select json_array('software', extractor_version) as "@id", 'zhibiao ' || extractor_version as "dcterms:title"
from documents where extractor_version is not null group by extractor_version order by extractor_version
"""
LINKINGS = """
select json_array('linking', r.plan_id, r.rubric_id) as "@id", r.model, r.linked_at as endedAtTime,
  json_array(json_array('document', r.plan_id), json_array('document', r.rubric_id)) as "@used"
from link_runs r order by r.plan_id, r.rubric_id
"""

SHARED = {
    "Region": """
        select json_array('region', code) as "@id", code as "dcterms:identifier", name, short_name, level,
          json_array('region', parent_code) as "@parent"
        from regions order by code""",
    "Function": """
        select json_array('function', f.name) as "@id", f.name,
          (select json_group_array(json_array('function', t.name)) from function_successions s
            join functions t on t.id = s.successor_id where s.function_id = f.id) as "@successor"
        from functions f order by f.name""",
    "Department": """
        select json_array('department', coalesce(b.region_code, '-'), b.name) as "@id", b.name, b.full_name,
          b.today_name, b.is_group, json_array('region', b.region_code) as "@region",
          (select json_group_array(a.name) from department_aliases a where a.department_id = b.id) as "[alias]",
          (select json_array('function', f.name) from functions f where f.id = b.function_id) as "@function"
        from departments b order by b.region_code, b.name""",
}

INDICATORS = """
select json_array('indicator', n.name) as "@id", n.name as prefLabel, n.unit, json_array('indicators') as "@inScheme",
  (select json_group_array(a.printed) from indicator_aliases a
    where a.indicator_id = n.id and a.printed <> n.name) as "[altLabel]"
from indicators n order by n.name
"""
# that two printings are one indicator is said only where a person decided it: what a rule merged is an altLabel
SAME_INDICATORS = """
select iif(l.id is null, json_array('printing', s.left_key), json_array('indicator', l.name)) as "@id",
  s.left_key as name, l.id is null as is_printing,
  iif(r.id is null, json_array('printing', s.right_key), json_array('indicator', r.name)) as "@exactMatch",
  s.right_key as other, r.id is null as other_is_printing
from decisions s
left join indicators l on l.name = s.left_key
left join indicators r on r.name = s.right_key
where s.kind = 'indicator' and s.verdict = 'same'
order by s.left_key, s.right_key
"""

EXTRACTED = {
    "Passage": f"""
        select {read_in("'passage', p.ordinal")} as "@id", p.ordinal, p.kind, p.text, p.page, p.line, p.table_no,
          p.row_no, p.column_no, p.boxes, p.confidence, {FROM_TEXT.replace("w.ordinal", "null")}
        from passages p join documents d on d.id = p.document_id
        order by d.id, p.ordinal""",
    "Clause": f"""
        select {read_in("'clause', c.code")} as "@id", c.code, c.kind, c.title, c.text, c.points, c.points_status,
          c.verification, c.optional, c.nature, iif(p.id is null, null, {read_in("'clause', p.code")}) as "@parent",
          {FROM_TEXT}
        from clauses c join documents d on d.id = c.document_id
        left join clauses p on p.id = c.parent_id left join passages w on w.id = c.passage_id
        order by d.id, c.position, c.id""",
    "ScoreRule": f"""
        select {read_in("'clause', c.code, 'rule', row_number() over (partition by c.id order by s.ordinal, s.id)")}
          as "@id", {read_in("'clause', c.code")} as "@clause", s.ordinal, s.mode, s.points, s.step, s.step_unit,
          s.cap, s.floor, s.condition, {FROM_TEXT}
        from score_rules s join clauses c on c.id = s.clause_id join documents d on d.id = c.document_id
        left join passages w on w.id = s.passage_id
        order by d.id, c.position, c.id, s.ordinal, s.id""",
    "PlanItem": f"""
        with {ITEMS}
        select {read_in("'item', o.n")} as "@id", i.code, i.section, i.text, i.starts_on, i.ends_on, i.nature,
          {FROM_TEXT}
        from plan_items i join numbered o on o.id = i.id join documents d on d.id = i.document_id
        left join passages w on w.id = i.passage_id
        order by d.id, o.n""",
    "Threshold": f"""
        with {ITEMS}
        select {read_in("'threshold', row_number() over (partition by d.id order by t.position, t.id)")} as "@id",
          t.indicator as printed_indicator, json_array('indicator', n.name) as "@indicator", t.comparator, t.value,
          t.value_high, t.unit, t.baseline, t.period, t.text,
          iif(c.id is null, null, {read_in("'clause', c.code")}) as "@clause",
          iif(o.n is null, null, {read_in("'item', o.n")}) as "@item", {FROM_TEXT}
        from thresholds t join documents d on d.id = t.document_id left join indicators n on n.id = t.indicator_id
        left join clauses c on c.id = t.clause_id left join numbered o on o.id = t.plan_item_id
        left join passages w on w.id = t.passage_id
        order by d.id, t.position, t.id""",
    "Assignment": f"""
        with {ITEMS}
        select {read_in("'assignment', row_number() over (partition by d.id order by a.position, a.id)")} as "@id",
          a.role, a.raw, a.name, json_array('department', coalesce(b.region_code, '-'), b.name) as "@department",
          iif(c.id is null, null, {read_in("'clause', c.code")}) as "@clause",
          iif(o.n is null, null, {read_in("'item', o.n")}) as "@item", {FROM_TEXT}
        from assignments a join departments b on b.id = a.department_id
        left join clauses c on c.id = a.clause_id left join numbered o on o.id = a.plan_item_id
        join documents d on d.id = coalesce(o.document_id, c.document_id)
        left join passages w on w.id = a.passage_id
        order by d.id, a.position, a.id""",
    "Citation": f"""
        select {read_in("'citation', row_number() over (partition by d.id order by q.position, q.id)")} as "@id",
          q.cited_title, q.cited_number, json_array('document', q.cited_document_id) as "@citedDocument", {FROM_TEXT}
        from citations q join documents d on d.id = q.document_id left join passages w on w.id = q.passage_id
        order by d.id, q.position, q.id""",
    "FormField": f"""
        select {read_in("'field', row_number() over (partition by d.id order by f.id)")} as "@id", f.label, f.value,
          {FROM_TEXT}
        from form_fields f join documents d on d.id = f.document_id left join passages w on w.id = f.passage_id
        order by d.id, f.id""",
    "Finding": f"""
        select {read_in("'finding', row_number() over (partition by d.id order by f.id)")} as "@id", f.kind,
          f.severity, f.message, json_array('document', f.other_id) as "@otherDocument", {FROM_TEXT}
        from findings f join documents d on d.id = f.document_id left join passages w on w.id = f.passage_id
        order by d.id, f.id""",
    "Link": f"""
        with {ITEMS}
        select {read_in("'item', o.n, 'serves', e.id, c.code")} as "@id", {read_in("'item', o.n")} as "@item",
          {read_in("'clause', c.code", "e")} as "@clause", l.relation, l.method, l.score, l.rank, l.status, l.evidence,
          json_array('document', d.id) as "@document",
          json_array({read_in("'item', o.n")}, {read_in("'clause', c.code", "e")}) as "@wasDerivedFrom",
          iif(r.plan_id is null or l.method = 'printed', {read_in("'extraction'")},
            json_array('linking', d.id, e.id)) as "@wasGeneratedBy",
          iif(l.method = 'printed', d.ingested_at, coalesce(r.linked_at, d.ingested_at)) as generatedAtTime
        from links l join numbered o on o.id = l.plan_item_id join documents d on d.id = o.document_id
        join clauses c on c.id = l.clause_id join documents e on e.id = c.document_id
        left join link_runs r on r.plan_id = d.id and r.rubric_id = e.id
        order by d.id, o.n, e.id, c.code""",
}
