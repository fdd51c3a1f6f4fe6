"""Floors: the scores on annotated files that must not be fallen below, kept in a JSON file with the hash of each file.

    {"SLUG": [{"file": "corpus/plan.txt", "sha256": "…", "f1": {"clauses": 0.98},
               "lowered": {"clauses": {"from": 1.0, "because": "…"}}}]}

A floor is raised by what is measured; it is lowered only with a reason, which stays in the file beside the figure.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from kb.errors import BrokenFloors, UnreadableGold

Scored = Mapping[str, float]  # F1 of each kind of record
DOCUMENT = "document.json"
STEP = 1000  # floors are cut to three places, so that a figure that is reached again is not below its floor


@dataclass(frozen=True, slots=True)
class Floor:
    """What one file has to reach: `lowered` says of a kind from where and why its floor came down."""

    slug: str
    file: str  # relative to the folder of the corpus
    sha256: str
    f1: Mapping[str, float] = field(default_factory=dict)
    lowered: Mapping[str, Mapping[str, float | str]] = field(default_factory=dict)

    def below(self, scored: Scored) -> list[str]:
        """The kinds that do not reach their floor; one that is no longer measured is at 0.

        >>> Floor("plan", "plan.txt", "", {"clauses": 0.9, "links": 0.5}).below({"clauses": 0.9})
        ['links']
        """
        return [kind for kind, floor in self.f1.items() if _cut(scored.get(kind, 0.0)) < floor]

    def raised(self, scored: Scored) -> Floor:
        """The floor with every better or new figure; a worse one changes nothing.

        >>> Floor("plan", "plan.txt", "", {"clauses": 0.9, "links": 0.5}).raised({"clauses": 0.95128, "links": 0.1}).f1
        {'clauses': 0.951, 'links': 0.5}
        """
        best = {kind: max(self.f1.get(kind, 0.0), _cut(figure)) for kind, figure in scored.items()}
        f1 = {kind: best.get(kind, self.f1.get(kind, 0.0)) for kind in sorted({*self.f1, *best})}
        # a floor that is back where it came from needs no excuse
        lowered = {kind: note for kind, note in self.lowered.items() if f1[kind] < float(note["from"])}
        return replace(self, f1=f1, lowered=lowered)

    def lowered_to(self, scored: Scored, kind: str, because: str) -> Floor:
        """The floor of one kind brought down to what is measured, with the reason."""
        if not because.strip():
            raise BrokenFloors(f"{self.slug} {kind}: a floor is lowered only with a reason; give --because")
        note: dict[str, float | str] = {"from": self.f1[kind], "because": because.strip()}
        f1 = {**self.f1, kind: _cut(scored.get(kind, 0.0))}
        return replace(self, f1=f1, lowered={**self.lowered, kind: note})


def _cut(figure: float) -> float:
    return math.floor(figure * STEP + 1e-9) / STEP


def read_floors(path: Path) -> list[Floor]:
    """The floors of a file, in its order; raises BrokenFloors where it is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [Floor(slug, **entry) for slug, entries in content.items() for entry in entries]
    except (ValueError, TypeError, AttributeError) as error:
        raise BrokenFloors(f"{path}: no file of floors ({error}); make one with --update-floors") from error


def write_floors(path: Path, floors: Sequence[Floor]) -> None:
    """Write the floors by slug and file; no reasons, no key for them."""
    content: dict[str, list[dict[str, Any]]] = {}
    for floor in sorted(floors, key=lambda floor: (floor.slug, floor.file)):
        entry = {key: value for key, value in asdict(floor).items() if key != "slug" and value != {}}
        content.setdefault(floor.slug, []).append(entry)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def gold_folders(given: Sequence[Path]) -> dict[str, Path]:
    """The folders of annotations by name: those given, and those directly inside a given one that is none itself.

    Raises UnreadableGold for a path that neither is nor holds one.
    """
    folders: dict[str, Path] = {}
    for path in given:
        found = [path] if (path / DOCUMENT).exists() else [below.parent for below in sorted(path.glob(f"*/{DOCUMENT}"))]
        if not found:
            raise UnreadableGold(
                f"{path}: no folder of annotations there; name a folder that `zhibiao export --to gold` wrote"
            )
        folders |= {folder.name: folder for folder in found}
    return folders


def corpus_of(folder: Path, file: str) -> Path:
    """The nearest folder above the annotations in which the file stands, else the one that holds their folder."""
    above = folder.resolve().parents
    return next((parent for parent in above if (parent / file).is_file()), above[0])


def sha256_of(path: Path) -> str:
    """The hash of a file; raises BrokenFloors where there is none."""
    if not path.is_file():
        raise BrokenFloors(f"{path}: no such file; name the folder of the corpus with --corpus")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measured(path: Path, folder: Path) -> dict[str, float]:
    """F1 of each kind of record of one file, read alone into a base in memory."""
    from extract.document import read_document
    from kb.base import memory_base, transaction
    from kb.evaluation.evaluate import evaluate
    from kb.load import load_document

    connection = memory_base()
    with transaction(connection):
        load_document(connection, read_document(path), source=str(path), sha256="")
    scores = evaluate(connection, [folder], {folder.name: path.name}).folders[folder.name]
    connection.close()
    return {kind: figures.f1 for kind, figures in scores.items()}


def floor_rows(floor: Floor, scored: Scored) -> Iterator[dict[str, Any]]:
    """A row a kind: figure, floor and difference."""
    for kind in sorted({*floor.f1, *scored}):
        figure, low = scored.get(kind, 0.0), floor.f1.get(kind)
        row = {"slug": floor.slug, "file": floor.file, "kind": kind, "figure": round(figure, 4), "floor": low}
        yield row | {"difference": None if low is None else round(figure - low, 4)}


def named(floors: Sequence[Floor], pairs: Mapping[str, str], known: Collection[str]) -> Iterator[Floor]:
    """The floors, and new ones without figures for the files that `pairs` names; a named file may have new bytes."""
    for slug in pairs:
        if slug not in known:
            raise BrokenFloors(f"{slug}: no annotations of this name among those given; name their folder too")
    for floor in floors:
        yield replace(floor, sha256="") if pairs.get(floor.slug) == floor.file else floor
    files = {(floor.slug, floor.file) for floor in floors}
    yield from (Floor(slug, file, "") for slug, file in pairs.items() if (slug, file) not in files)
