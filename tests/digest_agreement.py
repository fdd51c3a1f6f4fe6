"""What a digest and its original must have in common, record by record: two folders of annotations to differences.

Texts are the digest's own, so records are compared by everything else: codes, figures, words of the contract, dates,
names of bodies and indicators.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kb.evaluation.gold import Gold, GoldRow
from kb.evaluation.similarity import alike, as_number, bare
from kb.evaluation.thresholds import BOUND_WORDS

Key = tuple[object, ...]
LIKENESS = 0.7  # of the names of two indicators that are one; `zhibiao evaluate` asks for the same


class Name(str):
    """A name that a careful reader may have cut a word longer or shorter."""


def _item_code(code: str) -> str:
    """Measures of a plan are M1 … in the annotations, and have the path of their headings in the base."""
    return re.sub(r"^(?:M|[一二三四五六七八九十]+（[一二三四五六七八九十]+）)(?=\d+$)", "", code)


def differences(original: Gold, digest: Gold) -> list[str]:
    """Every record that stands in one and not in the other: `-` where the digest lacks it, `+` where it has more."""
    found = [*_head_differences(original, digest)]
    for kind, key in KEYS.items():
        wanted, got = (sorted(map(key, gold.rows(kind)), key=str) for gold in (original, digest))
        for record in wanted:
            same = next((one for one in got if _is_same(record, one)), None)
            if same is None:
                found.append(f"- {kind} {_shown(record)}")
            else:
                got.remove(same)
        found += [f"+ {kind} {_shown(record)}" for record in got]
    return found


def _is_same(one: Key, other: Key) -> bool:
    """Whether two keys are one: equal in all but names, and alike in those."""
    return len(one) == len(other) and all(
        alike(left, right) >= LIKENESS if isinstance(left, Name) and isinstance(right, Name) else left == right
        for left, right in zip(one, other, strict=True)
    )


def _head_differences(original: Gold, digest: Gold) -> Iterator[str]:
    for field in ("region_code", "level", "kind", "campaign", "addressees", "total_points", "bonus_points"):
        wanted, got = original.document.get(field), digest.document.get(field)
        if (wanted or None) != (got or None):
            yield f"~ document {field}: {wanted} in the original, {got} in the digest"


def _shown(key: Key) -> str:
    return " | ".join("" if part is None else str(part) for part in key)


def _clause(row: GoldRow) -> Key:
    points = as_number(row["points"])
    methods = "；".join(sorted(map(bare, row["verification"].split("；"))))
    return (row["code"], row["parent"], row["kind"], points, row["points_status"], methods, bool(row["optional"]))


def _rule(row: GoldRow) -> Key:
    return (row["clause"], as_number(row["ordinal"]), row["mode"], as_number(row["points"]))


def _threshold(row: GoldRow) -> Key:
    """A bare count (建成1个) may be read as `=` or `>=`."""
    comparator = row["comparator"]
    if comparator == "=" and row["unit"] not in ("%", "‰") and not any(word in row["text"] for word in BOUND_WORDS):
        comparator = ">="
    value, high = as_number(row["value"]), as_number(row["value_high"])
    name, period = Name(bare(row["indicator"])), bare(row["period"])
    return (_owner(row), name, comparator, value, high, row["unit"], period)


def _owner(row: GoldRow) -> str:
    """The code of the clause or item that a threshold hangs on; '' for the document's own text."""
    is_text = row["owner_kind"] == "section" and not row["owner"].startswith("S")
    return "" if is_text else _item_code(row["owner"])


def _item(row: GoldRow) -> Key:
    return (_item_code(row["code"]), row["clause"], row["starts_on"], row["ends_on"])


def _assignment(row: GoldRow) -> Key:
    return (_item_code(row["item"]), row["role"], bare(row["canonical"]))


def _citation(row: GoldRow) -> Key:
    return (bare(row["cited_title"]), row["cited_number"])


KEYS: dict[str, Callable[[GoldRow], Key]] = {
    "clauses": _clause,
    "score_rules": _rule,
    "thresholds": _threshold,
    "plan_items": _item,
    "assignments": _assignment,
    "citations": _citation,
}
