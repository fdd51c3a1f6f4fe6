"""The passages and facts of one document as rows: every table in the order of the references between them."""

from __future__ import annotations

import json

from extract.records import Citation, Finding, FormField, Passage
from kb.identity import number_key, title_key
from kb.loading import Loading, Row, insert, printed
from kb.plan import load_assignments, load_plan_items, load_printed_links
from kb.rubric import load_clauses, load_score_rules, load_thresholds


def load_facts(loading: Loading) -> None:
    """Write every passage, leftover and fact of the document; the order follows the references."""
    load_passages(loading)
    load_clauses(loading)
    load_score_rules(loading)
    load_plan_items(loading)
    load_thresholds(loading)
    load_assignments(loading)
    load_printed_links(loading)
    load_citations(loading)
    load_form_fields(loading)
    load_findings(loading)


def load_passages(loading: Loading) -> None:
    """Passages with their places, what was left over, and where the head's fields were read."""
    extraction, document = loading.extraction, loading.document_id
    ids = loading.keeping.keep(
        "passages", [{"document_id": document, **_passage_row(passage)} for passage in extraction.passages]
    )
    loading.passages = {passage.ordinal: number for passage, number in zip(extraction.passages, ids, strict=True)}
    loading.keeping.keep(
        "leftovers",
        [
            {"document_id": document, **printed(left, "kind", "text"), **printed(left.place, "page", "line")}
            for left in extraction.leftovers
        ],
    )
    loading.connection.execute("delete from document_fields where document_id = ?", (document,))
    insert(
        loading.connection,
        "document_fields",
        [
            {"document_id": document, "field": name, "passage_id": loading.passages[passage]}
            for name, passage in extraction.head.fields.items()
        ],
    )


def _passage_row(passage: Passage) -> Row:
    """A passage's own columns; boxes as JSON, null where the format has none."""
    boxes = [{"page": box.page, "bbox": list(box.bbox)} for box in passage.place.boxes]
    return {
        **printed(passage, "ordinal", "kind", "text", "raw", "table_no", "row_no", "column_no"),
        **printed(passage.place, "page", "line", "confidence"),
        "boxes": json.dumps(boxes) if boxes else None,
    }


def load_citations(loading: Loading) -> None:
    """The documents that this one names, with the keys by which they are found in the base."""
    rows = [
        {
            "document_id": loading.document_id,
            **printed(citation, "cited_title", "cited_number"),
            "passage_id": loading.passages[citation.passage],
            "title_key": title_key(citation.cited_title) or None,
            "number_key": number_key(citation.cited_number),
            "position": position,
        }
        for position, citation in enumerate(loading.facts(Citation), 1)
    ]
    loading.keeping.keep("citations", rows)


def load_form_fields(loading: Loading) -> None:
    """What was filled in or checked in forms."""
    rows = [
        {
            "document_id": loading.document_id,
            **printed(form_field, "label", "value"),
            "passage_id": loading.passages[form_field.passage],
        }
        for form_field in loading.facts(FormField)
    ]
    loading.keeping.keep("form_fields", rows)


def load_findings(loading: Loading) -> None:
    """What the rules found doubtful, then what loading found: the last table to be written."""
    rows = [
        {
            "document_id": loading.document_id,
            **printed(finding, "kind", "severity", "message"),
            "passage_id": None if finding.passage is None else loading.passages[finding.passage],
        }
        for finding in (*loading.facts(Finding), *loading.findings)
    ]
    loading.keeping.keep("findings", rows)
