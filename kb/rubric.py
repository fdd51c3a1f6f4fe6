"""What somebody is judged by, as rows: clauses, their score rules, and thresholds whoever owns them."""

from __future__ import annotations

from extract.records import Clause, ScoreRule, Threshold
from extract.text import compact
from kb.entities.indicators import indicator_ids
from kb.loading import Loading, Row, printed


def load_clauses(loading: Loading) -> None:
    """The clause tree: parents by code, wherever in the document they stand."""
    clauses: dict[str, Clause] = {}
    for clause in loading.in_order(Clause):
        if clauses.setdefault(clause.code, clause) is not clause:
            message = f"a second clause has the code {clause.code} and is not stored: {clause.title or clause.text}"
            loading.report("duplicate_code", message, clause.passage)
    rows: list[Row] = [
        {
            "document_id": loading.document_id,
            **printed(clause, "code", "kind", "title", "text", "points", "points_status", "verification", "nature"),
            "optional": int(clause.optional),
            "passage_id": loading.passages[clause.passage],
            "position": position,
        }
        for position, clause in enumerate(clauses.values(), 1)
    ]
    loading.clauses = dict(zip(clauses, loading.keeping.ids("clauses", rows), strict=True))
    for clause, row in zip(clauses.values(), rows, strict=True):
        row["id"] = loading.clauses[clause.code]
        row["parent_id"] = loading.find(loading.clauses, clause.parent, clause.passage, f"clause {clause.code}")
    loading.keeping.write("clauses", rows)


def load_score_rules(loading: Loading) -> None:
    """The rules of the clauses; one without its clause is a finding, for it has nothing to score."""
    names: list[tuple[str, int]] = []
    rows: list[Row] = []
    for rule in loading.facts(ScoreRule):
        clause = loading.find(loading.clauses, rule.clause, rule.passage, f"score rule “{rule.condition}”")
        if clause is None:
            continue
        names.append((rule.clause, rule.ordinal))
        rows.append(
            {
                "clause_id": clause,
                **printed(rule, "ordinal", "mode", "points", "step", "step_unit", "cap", "floor", "condition"),
                "passage_id": loading.passages[rule.passage],
                "position": len(names),
            }
        )
    for name, number in zip(names, loading.keeping.keep("score_rules", rows), strict=True):
        loading.score_rules.setdefault(name, number)


def load_thresholds(loading: Loading) -> None:
    """The thresholds with owner, score rule and shared indicator."""
    thresholds = loading.in_order(Threshold)
    indicators = indicator_ids(loading.connection, [threshold.indicator for threshold in thresholds])
    rows = [
        _threshold_row(loading, threshold, indicators[compact(threshold.indicator)]) | {"position": position}
        for position, threshold in enumerate(thresholds, 1)
    ]
    loading.keeping.keep("thresholds", rows)


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
