"""Learning from a base: links that documents print, clauses and their own conditions, and what people decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files

from kb.errors import UnreadableModel
from kb.evaluation.rows import read_rows
from kb.link.arrays import Floats, Ints, np
from kb.link.decisions import Decision, decisions_of, settled
from kb.link.features import Comparison
from kb.link.fitting import Examples, fit
from kb.link.fragments import sentences
from kb.link.model import Model
from kb.link.synthesis import MadePlan, from_parts, from_tasks
from kb.link.texts import LEAF, Plan, Rubric, read_plan, read_rubric

KINDS = ("own_parts", "printed_links", "reviewed_links")
MADE_PLANS = 8  # for each source
MADE_WEIGHT = 0.1  # of a made pair against a reviewed one
LEAST_CLAUSES = 5  # a rubric of fewer leaves nothing to choose
FOREIGN_SENTENCES = "foreign.txt"  # for a base that holds one campaign only
FOREIGN_LENGTHS = range(8, 121)
RUBRICS = f"select distinct c.document_id from clauses c where {LEAF} order by c.document_id"
TASKS = """
select i.text, c.id as clause_id
from links l
join plan_items i on i.id = l.plan_item_id
join clauses c on c.id = l.clause_id and c.document_id = i.document_id
where l.method = 'printed' and i.document_id = ?
order by i.id
"""
# what is said in documents of other campaigns has nothing to do with this one
FOREIGN = """
select p.text
from passages p
join documents d on d.id = p.document_id
join documents own on own.id = ?
where d.id <> own.id and d.campaign is not null and d.campaign is not own.campaign and p.kind in ('paragraph', 'cell')
order by d.id, p.ordinal
"""
REVIEWED = "select distinct plan_id, rubric_id from link_decisions order by plan_id, rubric_id"


def train(connection: sqlite3.Connection, without: Collection[str] = ()) -> Model:
    """The model that this base teaches; what was decided of the plans in `without` is left out.

    Raises UnreadableModel where the base holds nothing to learn from.
    """
    found = list(examples(connection, without))
    if not any(one.truth.any() for _, _, one in found):
        raise UnreadableModel(
            "nothing to learn from: the base holds no rubric, no printed and no reviewed link; read some first"
        )
    titles = {row["id"]: row["title"] for row in read_rows(connection, "select id, title from documents")}
    sources: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for kind, source in dict.fromkeys((kind, source) for kind, source, _ in found):
        sources[kind].append(_titled(source, titles))
    pairs, links = (int(sum(count(one.truth) for _, _, one in found)) for count in (len, np.sum))
    return fit([one for _, _, one in found], {**sources, "pairs": pairs, "links": links})


def examples(connection: sqlite3.Connection, without: Collection[str] = ()) -> Iterator[tuple[str, str, Examples]]:
    """What can be learnt, each with its kind and the documents it comes from."""
    made: list[tuple[str, str, Examples]] = []
    for row in read_rows(connection, RUBRICS):
        rubric = read_rubric(connection, row["document_id"])
        made += [(kind, rubric.document_id, _made_examples(plan)) for kind, plan in _made_plans(connection, rubric)]
    yield from _balanced(made)
    for row in read_rows(connection, REVIEWED):
        if row["plan_id"] not in without:
            for one in _reviewed_examples(connection, row["plan_id"], row["rubric_id"]):
                yield "reviewed_links", f"{row['plan_id']} to {row['rubric_id']}", one


def _balanced(made: Sequence[tuple[str, str, Examples]]) -> Iterator[tuple[str, str, Examples]]:
    """Clauses' own parts count no more in sum than tasks that are printed beside clauses: those are nearer to plans."""
    sums = {name: sum(float(one.weights.sum()) for kind, _, one in made if kind == name) for name in KINDS}
    share = min(1.0, sums["printed_links"] / sums["own_parts"]) if all(sums[name] for name in KINDS[:2]) else 1.0
    for kind, source, one in made:
        yield kind, source, replace(one, weights=one.weights * share) if kind == "own_parts" else one


def _titled(source: str, titles: Mapping[str, str]) -> str:
    """Ids of documents with their titles, for who reads the model."""
    return " ".join(f"{part} {titles[part]}" if part in titles else part for part in source.split(" "))


def _made_plans(connection: sqlite3.Connection, rubric: Rubric) -> Iterator[tuple[str, MadePlan]]:
    """The plans made of a rubric's parts, and of the tasks printed beside its clauses."""
    if len(rubric.clauses) < LEAST_CLAUSES:
        return
    foreign = list(foreign_sentences(connection, rubric.document_id))
    place = {clause.id: number for number, clause in enumerate(rubric.clauses)}
    rows = read_rows(connection, TASKS, [rubric.document_id])
    tasks = [(row["text"], place[row["clause_id"]]) for row in rows if row["clause_id"] in place]
    for seed in range(MADE_PLANS):
        if any(len(text.units) > 1 for text in rubric.texts):
            yield "own_parts", from_parts(rubric.texts, foreign, seed)
        if tasks:
            yield "printed_links", from_tasks(tasks, rubric.texts, foreign, seed)


def foreign_sentences(connection: sqlite3.Connection, document_id: str) -> Iterator[str]:
    """Sentences of documents that belong to other campaigns than this one, and some of no campaign."""
    yield from (files(__package__) / FOREIGN_SENTENCES).read_text(encoding="utf-8").splitlines()
    for row in read_rows(connection, FOREIGN, [document_id]):
        yield from (sentence for sentence in sentences(row["text"]) if len(sentence) in FOREIGN_LENGTHS)


def _made_examples(plan: MadePlan) -> Examples:
    found = Comparison(plan.items, plan.clauses).pairs()
    truth = _truth(found.items, found.clauses, plan.serves)
    return Examples(found.values, truth, np.full(len(truth), MADE_WEIGHT))


def _truth(items: Ints, clauses: Ints, serves: Sequence[set[int]]) -> Floats:
    return np.array([clause in serves[item] for item, clause in zip(items, clauses, strict=True)], dtype=np.float64)


def _reviewed_examples(connection: sqlite3.Connection, plan_id: str, rubric_id: str) -> Iterator[Examples]:
    """The pairs of one plan and rubric on which people have spoken.

    With an accepted clause, or none, the whole item is reviewed; of the other items only what was rejected counts.
    """
    plan, rubric = read_plan(connection, plan_id), read_rubric(connection, rubric_id)
    if not plan.items or not rubric.clauses:
        return
    reviewed = _reviewed(plan, rubric, decisions_of(connection, plan_id, rubric_id))
    found = Comparison(plan.fragments, rubric.texts).pairs()
    known = np.array([reviewed.judged(*pair) for pair in zip(found.items, found.clauses, strict=True)], dtype=bool)
    if known.any():
        truth = _truth(found.items, found.clauses, reviewed.serves)[known]
        yield Examples(found.values[known], truth, np.ones(len(truth)))


@dataclass(slots=True)
class _Reviewed:
    """What people said of one plan and rubric, by positions."""

    serves: list[set[int]]
    whole: set[int] = field(default_factory=set)  # items about which all is said
    rejected: set[tuple[int, int]] = field(default_factory=set)

    def judged(self, item: int, clause: int) -> bool:
        """Whether it is known of a pair whether it belongs together."""
        return item in self.whole or (item, clause) in self.rejected


def _reviewed(plan: Plan, rubric: Rubric, decisions: Sequence[Decision]) -> _Reviewed:
    place = {clause.code: number for number, clause in enumerate(rubric.clauses)}
    by_item, _ = settled(plan, decisions)
    reviewed = _Reviewed([set() for _ in plan.items])
    for number, item in enumerate(plan.items):
        for decision in by_item.get(item.id, []):
            clause = place.get(decision.clause_code)
            if decision.verdict == "reject":
                reviewed.rejected |= set() if clause is None else {(number, clause)}
                continue
            reviewed.whole.add(number)
            if clause is not None:
                reviewed.serves[number].add(clause)
    return reviewed
