"""How good links are: a plan that nobody learnt from, judged against annotations; writes its tables into the README.

    PYTHONPATH=. python bench/links_quality.py SHARED [--base FILE]

SHARED holds `corpus/` and `gold/`.  The model learns from printed links alone (tasks that a document prints beside its
clauses, conditions printed under their clause); no link of the scored plan is seen.  Intervals are 95 % bootstraps over
the plan's items, differences are paired.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from links_calibration import Bin, picture

from kb.base import open_base
from kb.ingest import given_files, ingest, readable
from kb.link.annotated import read_annotated
from kb.link.claims import Judging
from kb.link.decision import claimed
from kb.link.decisions import settled
from kb.link.features import FEATURES
from kb.link.fitting import Examples, fit
from kb.link.model import Model
from kb.link.texts import read_plan, read_rubric
from kb.link.training import examples

BENCH = Path(__file__).parent
README, PICTURE = BENCH / "README.md", BENCH / "links-calibration.svg"
BEGIN, END = "<!-- link quality: written by bench/links_quality.py -->", "<!-- end of link quality -->"
PLAN = "zhengzhou"
SAMPLES = 1_000
SURE = 0.9
GROUPS = {
    "terms": ("bm25_sentence", "cosine_title", "cosine_condition", "cosine_whole", "cosine_units"),
    "containment": ("held_unit", "held_title", "held_in_item"),
    "common string": ("common_string",),
    "own LSA": ("lsa_sentence", "lsa_units", "lsa_whole"),
    "sentence against clauses": ("sentence_share", "sentence_margin", "sentence_rank"),
    "relative": (
        *("item_share", "clause_share", "item_rank", "clause_rank", "mutual_best", "margin"),
        *("item_best", "clause_best"),
    ),
}
TFIDF = ("cosine_whole",)


@dataclass(frozen=True)
class Case:
    """The scored plan and one rubric: the pairs with their features, and the truth by item."""

    name: str
    judging: Judging
    links: dict[tuple[int, int], str]  # position of item and clause: primary | secondary

    @property
    def truth(self) -> np.ndarray:
        """For each pair whether it is a link."""
        pairs = zip(self.judging.pairs.items.tolist(), self.judging.pairs.clauses.tolist(), strict=True)
        return np.array([pair in self.links for pair in pairs])


@dataclass(frozen=True)
class Counted:
    """What a decision got right, item by item: columns right, claimed, true; the same of primary links and of best."""

    rows: np.ndarray

    def f1(self, weights: np.ndarray | None = None, first: int = 0) -> float:
        """F1 of all links (first 0), of primary ones (3)."""
        right, found, wanted = self._sums(weights)[first : first + 3]
        return float(2 * right / max(found + wanted, 1))

    def shares(self, first: int = 0) -> tuple[float, float]:
        """Precision and recall."""
        right, found, wanted = self._sums(None)[first : first + 3]
        return float(right / max(found, 1)), float(right / max(wanted, 1))

    def _sums(self, weights: np.ndarray | None) -> np.ndarray:
        return self.rows.sum(axis=0) if weights is None else weights @ self.rows


def counted(case: Case, scores: np.ndarray) -> Counted:
    """Judge the claims of these scores; secondary links are neither asked for nor wrong among the primary ones."""
    pairs = case.judging.pairs
    kept = claimed(pairs.items, scores)
    rows = np.zeros((len(case.judging.plan.items), 9))
    best: dict[int, int] = {}
    for number in np.argsort(-scores):
        item, clause = int(pairs.items[number]), int(pairs.clauses[number])
        if kept[number]:
            relation = case.links.get((item, clause))
            best.setdefault(item, clause)
            rows[item] += [relation is not None, 1, 0, relation == "primary", relation != "secondary", 0, 0, 0, 0]
    for (item, _), relation in case.links.items():
        rows[item] += [0, 0, 1, 0, 0, relation == "primary", 0, 0, 0]
    linked = {item for item, _ in case.links}
    for item in linked | best.keys():
        rows[item, 6:] = [(item, best.get(item, -1)) in case.links, item in best, item in linked]
    return Counted(rows)


def interval(figure: Callable[[np.ndarray], float], items: int) -> str:
    """The middle 95 % of a figure over resampled items."""
    random = np.random.default_rng(1)
    found = [figure(np.bincount(random.integers(items, size=items), minlength=items)) for _ in range(SAMPLES)]
    low, high = np.quantile(found, [0.025, 0.975])
    return f"[{low:.2f}, {high:.2f}]"


def difference(one: Counted, other: Counted) -> str:
    """F1 of one less F1 of the other, with the interval of the paired difference."""
    inside = interval(lambda weights: one.f1(weights) - other.f1(weights), len(one.rows))
    return f"{one.f1() - other.f1():+.3f} {inside}"


def without(found: Sequence[Examples], features: Sequence[str]) -> Model:
    """The model that is learnt when these features say nothing."""
    columns = [FEATURES.index(name) for name in features]
    blanked = []
    for one in found:
        values = one.values.copy()
        values[:, columns] = 0.0
        blanked.append(replace(one, values=values))
    return fit(blanked, {})


def blank_scores(case: Case, model: Model, features: Sequence[str]) -> np.ndarray:
    values = case.judging.pairs.values.copy()
    values[:, [FEATURES.index(name) for name in features]] = 0.0
    return model.probabilities(values)


def cases(connection, shared: Path, model: Model) -> Iterator[Case]:  # type: ignore[no-untyped-def]
    """The scored plan against each rubric for which there are annotations."""
    decisions = read_annotated(connection, shared / "gold" / PLAN / "links.csv", "annotator")
    plan = read_plan(connection, decisions[0].plan_id)
    place = {item.id: number for number, item in enumerate(plan.items)}
    for rubric_id in dict.fromkeys(decision.rubric_id for decision in decisions):
        rubric = read_rubric(connection, rubric_id)
        codes = {clause.code: number for number, clause in enumerate(rubric.clauses)}
        by_item, _ = settled(plan, [one for one in decisions if one.rubric_id == rubric_id])
        links = {
            (place[item], codes[one.clause_code]): str(one.relation)
            for item, found in by_item.items()
            for one in found
            if one.verdict == "accept"
        }
        title = connection.execute("select source from documents where id = ?", [rubric_id]).fetchone()[0]
        yield Case(Path(title).stem, Judging(plan, rubric, model), links)


def quality(case: Case, found: Sequence[Examples], model: Model) -> Iterator[str]:
    """The lines about one rubric."""
    scores = case.judging.scores
    full = counted(case, scores)
    baseline_features = [name for name in FEATURES if name not in TFIDF]
    alone = counted(case, blank_scores(case, without(found, baseline_features), baseline_features))
    items = len(full.rows)
    yield f"**Plan {PLAN} ({items} items) to {case.name} ({len(case.judging.rubric.clauses)} clauses)**\n"
    yield "| | F1 | precision | recall | primary F1 | best link right, of items with links |"
    yield "|---|---|---|---|---|---|"
    for name, one in (("the model", full), ("character TF-IDF alone", alone)):
        precision, recall = one.shares()
        primary = f"{one.f1(first=3):.3f} {interval(lambda w, one=one: one.f1(w, 3), items)}"
        f1 = f"{one.f1():.3f} {interval(lambda w, one=one: one.f1(w), items)}"
        yield f"| {name} | {f1} | {precision:.2f} | {recall:.2f} | {primary} | {one.shares(6)[1]:.3f} |"
    yield f"| difference | {difference(full, alone)} | | | | |\n"
    yield sure(case)
    yield offered(case)
    yield uncovered(case) + "\n"
    yield "| without | F1 | change | without | F1 | change |"
    yield "|---|---|---|---|---|---|"
    cells = []
    for name, features in GROUPS.items():
        less = counted(case, blank_scores(case, without(found, features), features))
        cells.append(f"{name} | {less.f1():.3f} | {difference(less, full)}")
    for left, right in zip(cells[::2], cells[1::2], strict=True):
        yield f"| {left} | {right} |"
    yield ""


def sure(case: Case) -> str:
    """Precision and share of the links that the model is sure of."""
    chosen = case.judging.scores >= SURE
    right = int(case.truth[chosen].sum())
    share = right / len(case.links)
    return f"p ≥ {SURE}: {int(chosen.sum())} links, {right} right, {share:.2f} of all true links."


def offered(case: Case) -> str:
    """How many of the true links stand among the first candidates."""
    firsts = {}
    for most in (1, 3, 5):
        among = [number for _, numbers in case.judging.best() for number in numbers[:most]]
        firsts[most] = case.truth[among].sum() / len(case.links)
    shares = ", ".join(f"{share:.2f} among the first {most}" for most, share in firsts.items())
    return f"True links {shares} clauses of their item."


def uncovered(case: Case) -> str:
    """Where the truly uncovered clauses stand among all, those with the least likely best item first."""
    best = np.zeros(len(case.judging.rubric.clauses))
    np.maximum.at(best, case.judging.pairs.clauses, case.judging.scores)
    covered = {clause for _, clause in case.links}
    order = np.argsort(best, kind="stable")
    places = [place for place, clause in enumerate(order, 1) if int(clause) not in covered]
    wrong = sum(place - rank for rank, place in enumerate(places, 1))
    area = 1 - wrong / max(len(places) * len(covered), 1)
    quarter = sum(place <= len(order) / 4 for place in places)
    return (
        f"Truly uncovered clauses: places {', '.join(map(str, places))} of {len(order)} by their best p"
        f" ({quarter} of {len(places)} in the first quarter, AUC {area:.2f})."
    )


def bins(case: Case) -> list[Bin]:
    """Mean p, share of links and number of pairs of each tenth of p."""
    scores, truth = case.judging.scores, case.truth
    tenths = np.minimum((scores * 10).astype(int), 9)
    return [
        Bin(float(scores[tenths == n].mean()), float(truth[tenths == n].mean()), int((tenths == n).sum()))
        for n in range(10)
        if (tenths == n).any()
    ]


def read_corpus(base: Path, shared: Path) -> None:
    """Make the base, unless it is there."""
    if base.exists():
        return
    files, _ = readable(given_files([shared / "corpus" / "text", shared / "corpus" / "others"]))
    with closing(open_base(base, create=True)) as connection:
        for outcome in ingest(connection, base, files, jobs=2):
            print(outcome.status, outcome.source, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--base", type=Path, help="keep the base here, and use it when it is there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = given.base or Path(folder) / "quality.db"
        read_corpus(base, given.shared)
        with closing(open_base(base)) as connection:
            found = [one for kind, _, one in examples(connection) if kind != "reviewed_links"]
            model = fit(found, {})
            judged = list(cases(connection, given.shared, model))
    lines = [line for case in judged for line in quality(case, found, model)]
    PICTURE.write_text(picture({case.name: bins(case) for case in judged}), encoding="utf-8")
    print("\n".join(lines))
    head, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    table = "\n".join(lines)
    README.write_text(f"{head}{BEGIN}\n\n{table}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
