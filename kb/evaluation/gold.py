"""Layout of hand-made annotations: one folder a document, `document.json` beside one CSV file a kind of record.

Reading gives a `Gold`; `export` writes the same layout from a base, so the column names stand here once.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import UnreadableGold

GoldRow = dict[str, str]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "clauses": ("code", "parent", "kind", "title", "points", "points_status", "verification", "optional", "line"),
    "score_rules": ("clause", "ordinal", "mode", "points", "condition"),
    "thresholds": (
        *("owner_kind", "owner", "indicator", "comparator", "value", "value_high", "unit"),
        *("baseline", "period", "text", "line"),
    ),
    "plan_items": ("code", "parent_section", "clause", "text", "starts_on", "ends_on", "line"),
    "assignments": ("item", "role", "raw", "canonical", "line"),
    "citations": ("cited_title", "cited_number", "line"),
    "links": ("item", "rubric", "clause", "relation", "why"),
}
LIST_SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader took out of one document; `slug` is the name of its folder.

    `tables` holds the rows of each file; None where the folder has no such file.
    """

    slug: str
    document: dict[str, Any]
    tables: Mapping[str, list[GoldRow] | None]

    @property
    def is_partial(self) -> bool:
        """Whether only a part of the document was annotated."""
        return bool(self.document.get("partial"))

    def rows(self, kind: str) -> list[GoldRow]:
        """Rows of one kind, none where the folder has no such file."""
        return self.tables[kind] or []


def read_gold(folder: Path) -> Gold:
    """Read one folder of annotations; every file may be missing, empty cells are ''.

    Raises UnreadableGold where there is no such folder or a file in it is no JSON, no CSV or no UTF-8.
    """
    if not folder.is_dir():
        raise UnreadableGold(
            f"{folder}: no folder of annotations there; name a folder that `zhibiao export --to gold` wrote"
        )
    try:
        return _read_folder(folder)
    except (ValueError, csv.Error) as error:
        raise UnreadableGold(
            f"{folder}: not annotations as they should be ({error}); correct that file or export it again"
        ) from error


def _read_folder(folder: Path) -> Gold:
    head = folder / "document.json"
    document = json.loads(head.read_text(encoding="utf-8")) if head.exists() else {}
    tables = {kind: _read_table(folder / f"{kind}.csv", columns) for kind, columns in COLUMNS.items()}
    return Gold(folder.name, document, tables)


def _read_table(path: Path, columns: tuple[str, ...]) -> list[GoldRow] | None:
    if not path.exists():
        return None
    # Excel saves CSV with a byte-order mark
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{column: row.get(column) or "" for column in columns} for row in csv.DictReader(lines)]
