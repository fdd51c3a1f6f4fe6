"""Links of a real plan, by a model that has seen printed links alone, are as good as the floors say."""

from __future__ import annotations

import sqlite3

import pytest
from conftest import shared_path

from extract.document import read_document
from kb.base import memory_base, transaction
from kb.evaluation.evaluate import evaluate
from kb.evaluation.scores import Scores
from kb.link.linking import link_due
from kb.link.training import train
from kb.load import load_document

DOCUMENTS = ("changzhou", "notice-2013", "zhengzhou")
FLOORS = {
    "links[changzhou]": 0.66,
    "links[notice-2013]": 0.50,
    "links_primary[changzhou]": 0.75,
    "links_primary[notice-2013]": 0.62,
}
BEST = {"links_top1[changzhou]": 0.80, "links_top1[notice-2013]": 0.55}


@pytest.fixture(scope="module")
def scores() -> Scores:
    """A plan and two rubrics, linked by what the rubrics themselves teach."""
    base: sqlite3.Connection = memory_base()
    for name in DOCUMENTS:
        path = shared_path() / "corpus" / "text" / f"{name}.txt"
        with transaction(base):
            load_document(base, read_document(path), source=str(path), sha256=name)
    model = train(base)
    assert model.trained_on["reviewed_links"] == []
    assert list(link_due(base, model))
    return evaluate(base, [shared_path() / "gold" / name for name in DOCUMENTS])


@pytest.mark.parametrize("kind", FLOORS)
def test_links_are_right(scores: Scores, kind: str) -> None:
    """F1 of the links to each rubric is at least its floor."""
    assert scores.pooled[kind].f1 >= FLOORS[kind]


@pytest.mark.parametrize("kind", BEST)
def test_the_best_link_of_an_item_is_right(scores: Scores, kind: str) -> None:
    """Of the items that serve a clause so many have the right one first."""
    assert scores.pooled[kind].recall >= BEST[kind]
