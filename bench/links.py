"""Linking made plans to made rubrics: seconds and memory as items and clauses grow; writes its table into the README.

    PYTHONPATH=. python bench/links.py [--most 100000]

Each size runs in a process of its own, from texts to rows.  Words are drawn as they are in language, few of them very
often; a third of the items quote a clause.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kb.base import memory_base, transaction
from kb.link.linking import link_due
from kb.link.model import shipped_model
from kb.loading import insert

ITEMS = (1_000, 3_000, 10_000, 30_000, 100_000)
CLAUSES = (100, 300, 3_000)
USUAL_ITEMS, USUAL_CLAUSES = 10_000, 1_000
README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- links: written by bench/links.py -->", "<!-- end of links -->"


class Words:
    """Two-character words with the frequencies of a language."""

    def __init__(self, seed: int = 1, size: int = 20_000) -> None:
        self.random = random.Random(seed)
        signs = [chr(0x4E00 + number) for number in range(2_500)]
        weights = [1 / (number + 10) for number in range(len(signs))]
        self.words = ["".join(self.random.choices(signs, weights, k=2)) for _ in range(size)]
        self.weights = [1 / (number + 50) for number in range(size)]

    def sentence(self, words: int) -> str:
        """So many words in a row."""
        return "".join(self.random.choices(self.words, cum_weights=self.cumulative, k=words))

    @property
    def cumulative(self) -> list[float]:
        """The running sums of the weights, made once."""
        if not hasattr(self, "_cumulative"):
            total = 0.0
            self._cumulative = [total := total + weight for weight in self.weights]
        return self._cumulative


def made_base(items: int, clauses: int) -> sqlite3.Connection:
    """A base of one plan and one rubric of a campaign."""
    base, words = memory_base(), Words()
    rest = {"campaign": "示范", "source": "made", "format": "txt", "sha256": "", "revision": 1, "ingested_at": "2024"}
    with transaction(base):
        insert(base, "documents", [rest | {"id": key, "title": key} for key in ("plan", "rubric")])
        titles = [words.sentence(6) for _ in range(clauses)]
        insert(base, "clauses", [_clause(number, title) for number, title in enumerate(titles, 1)])
        insert(base, "score_rules", list(_rules(words, clauses)))
        insert(base, "plan_items", [_item(number, words, titles) for number in range(1, items + 1)])
    return base


def _clause(number: int, title: str) -> dict[str, object]:
    row = {"id": number, "document_id": "rubric", "code": str(number), "kind": "scored", "title": title}
    return row | {"points": 10, "points_status": "printed"}


def _rules(words: Words, clauses: int) -> Iterator[dict[str, object]]:
    for clause in range(1, clauses + 1):
        for ordinal in (1, 2):
            condition = words.sentence(10)
            yield {"clause_id": clause, "ordinal": ordinal, "mode": "additive", "points": 5, "condition": condition}


def _item(number: int, words: Words, titles: list[str]) -> dict[str, object]:
    sentences = [words.sentence(12) for _ in range(words.random.choice((1, 2, 3)))]
    if number % 3 == 0:
        sentences.append("推进" + words.random.choice(titles))
    return {"id": number, "document_id": "plan", "code": str(number), "text": "。".join(sentences) + "。"}


def measured(items: int, clauses: int) -> dict[str, float]:
    """Seconds and megabytes of one size."""
    base, model = made_base(items, clauses), shipped_model()
    started, before = time.perf_counter(), time.process_time()
    linked = next(link_due(base, model))
    figures = {"items": items, "clauses": clauses, "links": linked.links, "candidates": linked.candidates}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - before}
    return figures | spent | {"megabytes": memory}


def table(sizes: list[tuple[int, int]]) -> str:
    """The rows of all sizes as Markdown."""
    lines = [
        "| items | clauses | links | candidates | seconds | CPU seconds | MB in all |",
        "|---|---|---|---|---|---|---|",
    ]
    for items, clauses in sizes:
        command = [sys.executable, __file__, "--one", str(items), str(clauses)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        row = json.loads(run.stdout)
        counts = " | ".join(f"{row[name]:,}" for name in ("items", "clauses", "links", "candidates"))
        lines.append(f"| {counts} | {row['seconds']:.1f} | {row['cpu']:.1f} | {row['megabytes']:.0f} |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=ITEMS[-1], help="items of the greatest plan")
    parser.add_argument("--one", nargs=2, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(*given.one)))
        return
    sizes = [(items, USUAL_CLAUSES) for items in ITEMS if items <= given.most]
    sizes += [(min(USUAL_ITEMS, given.most), clauses) for clauses in CLAUSES]
    found = table(sizes)
    head, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    README.write_text(f"{head}{BEGIN}\n\n{found}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
