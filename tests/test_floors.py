"""Floors: the scores on the annotated documents in reach never fall below those on record.

`tests/floors.json` holds for each document its hash (the figures are worth nothing for other bytes) and its floors.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, shared_path

from extract.document import read_document
from kb.base import memory_base, transaction
from kb.evaluation.evaluate import evaluate
from kb.evaluation.scores import Figures
from kb.load import load_document

FLOORS: dict[str, Any] = json.loads((ROOT / "tests" / "floors.json").read_text(encoding="utf-8"))


def path_of(slug: str) -> Path:
    return shared_path() / FLOORS[slug]["file"]


@cache
def figures(slug: str) -> dict[str, Figures]:
    """The scores of one document, read alone into a base in memory."""
    path = path_of(slug)
    connection = memory_base()
    with transaction(connection):
        load_document(connection, read_document(path), source=str(path), sha256="")
    return dict(evaluate(connection, [shared_path() / "gold" / slug], {slug: path.name}).folders[slug])


@pytest.mark.parametrize("slug", FLOORS)
def test_the_floors_belong_to_these_bytes(slug: str) -> None:
    """The document is the one the floors were measured on."""
    assert hashlib.sha256(path_of(slug).read_bytes()).hexdigest() == FLOORS[slug]["sha256"]


@pytest.mark.parametrize(("slug", "kind"), [(slug, kind) for slug in FLOORS for kind in FLOORS[slug]["f1"]])
def test_no_score_is_below_its_floor(slug: str, kind: str) -> None:
    """F1 of every kind of record is at least its floor."""
    assert figures(slug)[kind].f1 >= FLOORS[slug]["f1"][kind]
