"""What makes a fact the same fact in another reading, table by table: keys from strict to loose, then its words.

References in the rows (`clause_id`, `plan_item_id` …) are ids that are settled already, so an owner that keeps its row
is the same owner under whatever number.  Texts are compared without white space, width and punctuation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from kb.evaluation.similarity import alike, bare
from kb.revise.pairing import Likeness, Row, Tier


@dataclass(frozen=True, slots=True)
class Identity:
    """How the rows of one table are known again; `unique` is the column that no two rows of a document share."""

    tiers: tuple[Tier, ...]
    likeness: Likeness | None = None
    unique: str | None = None


def by(*columns: str, texts: str = "", fits: Callable[[Row, Row], bool] | None = None, evenly: bool = False) -> Tier:
    """Pair by these columns and the words of the text columns named in `texts`; a row whose words are empty has no key.

    >>> by("code", texts="text").keys([{"code": "1", "text": "抓 好。"}, {"code": "2", "text": ""}])
    [('1', '抓好'), None]
    """

    def keys(rows: Sequence[Row]) -> list[Hashable | None]:
        return [_key(row, columns, texts.split()) for row in rows]

    return Tier(keys, fits, evenly)


def _key(row: Row, columns: Sequence[str], texts: Sequence[str]) -> Hashable | None:
    words = [bare(row[name]) for name in texts]
    return None if texts and not any(words) else (*(row[name] for name in columns), *words)


def in_context(own: bool, before: bool, after: bool) -> Tier:
    """Pair passages by their words, those of the passage before or after, or the neighbours alone."""

    def keys(rows: Sequence[Row]) -> list[Hashable | None]:
        words = ["", *(f"{row['kind']}:{bare(row['text'])}" for row in rows), ""]
        return [
            (own and words[place], before and words[place - 1], after and words[place + 1])
            for place in range(1, len(words) - 1)
        ]

    return Tier(keys)


def like(column: str, least: float) -> Callable[[Row, Row], bool]:
    """Whether two rows have that share of their words in common, or one of them lost its words."""

    def fits(old: Row, new: Row) -> bool:
        one, other = bare(old[column]), bare(new[column])
        return not one or not other or alike(one, other) >= least

    return fits


OWNER = ("clause_id", "plan_item_id")
FIGURES = ("comparator", "value", "value_high", "unit", "period")

IDENTITIES = {
    "passages": Identity(
        (
            in_context(own=True, before=True, after=True),
            in_context(own=True, before=True, after=False),
            in_context(own=True, before=False, after=True),
            in_context(own=True, before=False, after=False),
            in_context(own=False, before=True, after=True),
        ),
        Likeness(lambda row: str(row["text"]), 0.5, lambda row: row["kind"]),
        unique="ordinal",
    ),
    "leftovers": Identity((by("kind", "text", "page", "line"), by("kind", "text"))),
    "clauses": Identity(
        (
            by("kind", "code", texts="title text"),
            by("kind", "code", texts="title"),
            by("kind", texts="title text"),
            by("kind", texts="title"),
            by("kind", "code", fits=like("title", 0.4)),
        ),
        Likeness(lambda row: f"{row['title']}{row['text'] or ''}", 0.7, lambda row: row["kind"]),
        unique="code",
    ),
    "score_rules": Identity(
        (
            by("clause_id", "mode", "points", "step", "cap", texts="condition"),
            by("clause_id", texts="condition"),
            by("clause_id", "ordinal", fits=like("condition", 0.4)),
        ),
        Likeness(lambda row: str(row["condition"]), 0.6, lambda row: row["clause_id"]),
    ),
    "plan_items": Identity(
        (
            by("code", texts="text"),
            by("section", texts="text"),
            by(texts="text"),
            by("code", fits=like("text", 0.5)),
        ),
        Likeness(lambda row: str(row["text"]), 0.7),
    ),
    "thresholds": Identity(
        (
            by(*OWNER, "score_rule_id", *FIGURES, texts="indicator"),
            by(*OWNER, *FIGURES, texts="indicator"),
            by(*OWNER, "comparator", "period", texts="indicator"),
            by(*OWNER, texts="indicator"),
            by(*FIGURES, texts="indicator text"),
        ),
        Likeness(lambda row: str(row["text"]), 0.6, lambda row: (row["clause_id"], row["plan_item_id"])),
    ),
    "assignments": Identity(
        (
            by(*OWNER, "department_id", "role"),
            by(*OWNER, "department_id"),
            by(*OWNER, texts="raw"),
            # one name put in another's place
            by(*OWNER, "role", evenly=True),
        )
    ),
    "citations": Identity((by(texts="cited_title cited_number"), by(texts="cited_number"), by(texts="cited_title"))),
    "form_fields": Identity((by("label", "value"), by("label"))),
    "findings": Identity((by("kind", "message", "passage_id"), by("kind", "message"), by("kind", "passage_id"))),
}
