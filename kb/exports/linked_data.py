"""A base as linked data: one JSON-LD document, PROV for where facts come from, SKOS for indicators.

Every fact is prov:wasDerivedFrom its passage, the passage from the revision that it was read in, the revision a
specialization of the document.  What is read of a revision stands below its hash, so that two bases share an address
only for what was read at the same place of the same file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kb.evaluation.rows import read_rows
from kb.exports.placing import MADE_BY
from kb.exports.statements import (
    AGENTS,
    DOCUMENTS,
    EXTRACTED,
    EXTRACTIONS,
    INDICATORS,
    LINKINGS,
    REVISIONS,
    SAME_INDICATORS,
    SHARED,
)
from kb.exports.tables import Row, masked_row
from kb.revise.revisions import now

Node = dict[str, Any]
OWN = "urn:zhibiao:"  # addresses of a base that stands on no site
CONTEXT: Mapping[str, Any] = {
    "@version": 1.1,
    "@vocab": f"{OWN}term:",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": {"@id": "dcterms:title", "@language": "zh"},
    "text": {"@language": "zh"},
    "prefLabel": {"@id": "skos:prefLabel", "@language": "zh"},
    "altLabel": {"@id": "skos:altLabel", "@language": "zh"},
    "exactMatch": {"@id": "skos:exactMatch", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "generatedAtTime": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    **{
        name: {"@id": f"prov:{name}", "@type": "@id"}
        for name in ("wasDerivedFrom", "wasGeneratedBy", "specializationOf", "used", "wasAssociatedWith")
    },
    **{name: {"@type": "@id"} for name in ("document", "region", "clause", "item", "rule", "indicator", "department")},
    **{name: {"@type": "@id"} for name in ("function", "parent", "citedDocument", "successor", "otherDocument")},
}
SINGLE = (
    (DOCUMENTS, ("prov:Entity", "Document")),
    (REVISIONS, ("prov:Entity", "Revision")),
    (EXTRACTIONS, ("prov:Activity", "Extraction")),
    (LINKINGS, ("prov:Activity", "Linking")),
    (AGENTS, ("prov:SoftwareAgent",)),
    (INDICATORS, ("skos:Concept", "Indicator")),
)


def write_linked_data(
    connection: sqlite3.Connection, base: Path, file: Path, *, site: str = "", with_personal: bool = False
) -> None:
    """Write the document, node by node; addresses are those of a site where one is named."""
    root = f"{site.rstrip('/')}/" if site else OWN
    context = {**CONTEXT, "kb": {"@id": root, "@prefix": True}}
    about = {
        "@id": "kb:export",
        "dcterms:title": f"指标 zhibiao {base.name}",
        "dcterms:creator": MADE_BY,
        "dcterms:created": {"@value": now(), "@type": "xsd:dateTime"},
    }
    # nothing but the context beside @graph: with an @id there all would stand in a named graph
    with file.open("w", encoding="utf-8") as out:
        out.write(f'{{"@context": {json.dumps(context, indent=1)},\n"@graph": [\n')
        for found in nodes(connection, with_personal=with_personal):
            out.write(json.dumps(found, ensure_ascii=False) + ",\n")
        out.write(json.dumps(about, ensure_ascii=False) + "\n]}\n")


def nodes(connection: sqlite3.Connection, *, with_personal: bool = False) -> Iterator[Node]:
    """Every thing of the base as a node, and what people decided to be one indicator."""

    def rows(sql: str) -> Iterator[Row]:
        found = read_rows(connection, sql)
        return iter(found) if with_personal else map(masked_row, found)

    for sql, types in SINGLE:
        yield from (node(row, *types) for row in rows(sql))
    for kind, sql in SHARED.items():
        yield from (node(row, kind) for row in rows(sql))
    for kind, sql in EXTRACTED.items():
        yield from (node(row, "prov:Entity", kind) for row in rows(sql))
    yield {"@id": address("indicators"), "@type": "skos:ConceptScheme", "title": "指标"}
    for row in rows(SAME_INDICATORS):
        yield from _same(row)


def address(*parts: object) -> str:
    """The address of a thing by the parts of its path.

    >>> address("document", "320400-def918", "通过率")
    'kb:document/320400-def918/%E9%80%9A%E8%BF%87%E7%8E%87'
    """
    return "kb:" + "/".join(quote(str(part), safe="") for part in parts)


def node(row: Mapping[str, Any], *types: str) -> Node:
    """A row of a statement as a node; what is null, or points at nothing, is left out.

    >>> node({"@id": '["region", "1"]', "[alias]": '["a"]', "level": None, "@parent": '["region", null]'}, "Region")
    {'@type': ['Region'], '@id': 'kb:region/1', 'alias': ['a']}
    """
    found: Node = {"@type": list(types)}
    for column, value in row.items():
        told: Any = value
        if value is not None and column.startswith(("@", "[")):
            told = json.loads(value) or None
            told = _addresses(told) if column.startswith("@") and told is not None else told
        if told is not None:
            found[column if column == "@id" else column.strip("@[]")] = told
    return found


def _addresses(path: list[Any]) -> str | list[str] | None:
    """A path as an address, paths as addresses; None for the path of a thing that is not there."""
    if isinstance(path[0], list):
        return [address(*one) for one in path]
    return None if None in path else address(*path)


def _same(row: Row) -> Iterator[Node]:
    """Two printings that a person called one: a printing that is no indicator's name is a concept of its own."""
    for path, name, is_printing in (("@id", "name", "is_printing"), ("@exactMatch", "other", "other_is_printing")):
        if row[is_printing]:
            yield {"@id": address(*json.loads(row[path])), "@type": "skos:Concept", "prefLabel": row[name]}
    yield {"@id": address(*json.loads(row["@id"])), "exactMatch": address(*json.loads(row["@exactMatch"]))}
