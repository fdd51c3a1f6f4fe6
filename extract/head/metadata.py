"""The label and value rows above a document on a government site: 索引号, 发文机关, 成文日期, 标题, 发文字号.

Labels and values are cells of a table or lines under one another; a single label proves nothing, two of one table do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.records import Passage
from extract.terms import terms

_SHOWING = frozenset({"doc_number", "issued_on", "issuers", "other"})  # a form has 名称 too
_REACH = 12  # passages between two labels of one table
_LABEL_LENGTH = 6


def metadata_label(text: str) -> str | None:
    """The field that a label stands for, `other` for a label of such a table without a field, else None.

    >>> metadata_label("索 引 号："), metadata_label("发文字号"), metadata_label("城市名称")
    ('other', 'doc_number', None)
    """
    bare = re.sub(r"[\s：:【】\[\]]", "", text)
    if len(bare) > _LABEL_LENGTH:
        return None
    return next((name for name, entries in terms("metadata").items() if bare in entries[0]["words"]), None)


def _labelled(passages: Sequence[Passage]) -> Iterator[tuple[int, str, str, Passage]]:
    """Each label in order: its index, its field, the value printed with or after it, and the passage of the value."""
    for index, passage in enumerate(passages):
        label, colon, value = re.match(r"([^：:]*)([：:]?)(.*)", passage.text, re.S).groups()  # type: ignore[union-attr]
        name = metadata_label(label)
        if name is None or not (colon or passage.kind == "cell"):
            continue
        if value.strip():
            yield index, name, value.strip(), passage
        elif index + 1 < len(passages) and metadata_label(passages[index + 1].text.split("：")[0]) is None:
            yield index, name, passages[index + 1].text.strip(), passages[index + 1]
        else:
            yield index, name, "", passage


def _runs(passages: Sequence[Passage]) -> Iterator[list[tuple[int, str, str, Passage]]]:
    """Labels that stand near one another, run by run."""
    run: list[tuple[int, str, str, Passage]] = []
    for labelled in _labelled(passages):
        if run and labelled[0] - run[-1][0] > _REACH:
            yield run
            run = []
        run.append(labelled)
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class Metadata:
    """Field → (printed value, passage ordinal), and the ordinals of the first and last passage of the table."""

    values: dict[str, tuple[str, int]] = field(default_factory=dict)
    first: int = 0
    last: int = 0


def read_metadata(passages: Sequence[Passage]) -> Metadata:
    """The first such table; it has two kinds of labels that only such a table has.  Empty where there is none."""
    for run in _runs(passages):
        if len({name for _, name, _, _ in run} & _SHOWING) >= 2:
            values: dict[str, tuple[str, int]] = {}
            for _, name, value, passage in run:
                if name != "other" and value:
                    values.setdefault(name, (value, passage.ordinal))
            # the value of an empty last label without a field (主题词：) would be the document's first line
            last = max(passages[run[-1][0]].ordinal, *(ordinal for _, ordinal in values.values()), 0)
            return Metadata(values, passages[run[0][0]].ordinal, last)
    return Metadata()
