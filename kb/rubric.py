"""What somebody is judged by, as rows: clauses, their score rules, and thresholds whoever owns them."""

from __future__ import annotations

from extract.records import Clause, ScoreRule, Threshold
from extract.text import compact
from kb.entities.indicators import indicator_ids
from kb.loading import Loading, Row, insert, next_id, printed


def load_clauses(loading: Loading) -> None:
    """The clause tree: parents by code, wherever in the document they stand."""
    clauses: list[Clause] = []
    number = next_id(loading.connection, "clauses")
    for clause in loading.facts(Clause):
        if clause.code in loading.clauses:
            message = f"a second clause has the code {clause.code} and is not stored: {clause.title or clause.text}"
            loading.report("duplicate_code", message, clause.passage)
            continue
        loading.clauses[clause.code] = number + len(clauses)
        clauses.append(clause)
    insert(
        loading.connection,
        "clauses",
        [
            {
                "id": loading.clauses[clause.code],
                "document_id": loading.document_id,
                "parent_id": loading.find(loading.clauses, clause.parent, clause.passage, f"clause {clause.code}"),
                **printed(clause, "code", "kind", "title", "text", "points", "points_status", "verification"),
                "optional": int(clause.optional),
                "passage_id": loading.passages[clause.passage],
            }
            for clause in clauses
        ],
    )


def load_score_rules(loading: Loading) -> None:
    """The rules of the clauses; one without its clause is a finding, for it has nothing to score."""
    rows: list[Row] = []
    start = next_id(loading.connection, "score_rules")
    for rule in loading.facts(ScoreRule):
        clause = loading.find(loading.clauses, rule.clause, rule.passage, f"score rule “{rule.condition}”")
        if clause is None:
            continue
        number = start + len(rows)
        loading.score_rules.setdefault((rule.clause, rule.ordinal), number)
        rows.append(
            {
                "id": number,
                "clause_id": clause,
                **printed(rule, "ordinal", "mode", "points", "step", "step_unit", "cap", "floor", "condition"),
                "passage_id": loading.passages[rule.passage],
            }
        )
    insert(loading.connection, "score_rules", rows)


def load_thresholds(loading: Loading) -> None:
    """The thresholds with owner, score rule and shared indicator."""
    thresholds = list(loading.facts(Threshold))
    indicators = indicator_ids(loading.connection, [threshold.indicator for threshold in thresholds])
    insert(
        loading.connection,
        "thresholds",
        [_threshold_row(loading, threshold, indicators[compact(threshold.indicator)]) for threshold in thresholds],
    )


def _threshold_row(loading: Loading, threshold: Threshold, indicator: int) -> Row:
    """One threshold; an owner that is not there leaves it with the document."""
    seeker, passage = f"threshold “{threshold.text}”", threshold.passage
    clause = loading.find(loading.clauses, threshold.clause, passage, seeker)
    rule = (threshold.clause or "", threshold.rule) if threshold.rule is not None else None
    return {
        "document_id": loading.document_id,
        "clause_id": clause,
        "plan_item_id": loading.find(loading.plan_items, threshold.plan_item, passage, seeker),
        # without its clause the rule is missing as well: one finding is enough
        "score_rule_id": loading.find(loading.score_rules, rule, passage, seeker) if clause is not None else None,
        "indicator_id": indicator,
        **printed(threshold, "indicator", "comparator", "value", "value_high", "unit", "baseline", "period", "text"),
        "passage_id": loading.passages[passage],
    }
