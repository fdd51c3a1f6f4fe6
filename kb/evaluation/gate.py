"""Holds the scores of annotated files against their floors, and brings the floors up to date."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.errors import BrokenFloors
from kb.evaluation.floors import Floor, Scored, corpus_of, gold_folders, measured, named, read_floors, sha256_of


@dataclass(frozen=True, slots=True)
class Judged:
    """One file: its floor and what is measured; `scored` is None where no annotations of it were given."""

    floor: Floor
    scored: Scored | None = None
    changed: bool = False  # the floors were measured on other bytes

    def problems(self) -> Iterator[str]:
        """A line for other bytes, else one for each kind below its floor."""
        where = f"{self.floor.slug} {self.floor.file}"
        if self.changed:
            yield f"{where}: the file is not the one that the floors were measured on (its sha256 differs)"
        elif self.scored is not None:
            for kind in self.floor.below(self.scored):
                yield f"{where}: {kind} {self.scored.get(kind, 0.0):.4f} is below its floor {self.floor.f1[kind]:g}"


@dataclass(frozen=True, slots=True)
class Lowering:
    """Floors that a person brings down: (slug, kind), and why."""

    asked: Collection[tuple[str, str]] = field(default_factory=tuple)
    because: str = ""


def judged(path: Path, given: Sequence[Path], corpus: Path | None, pairs: Mapping[str, str], new: bool) -> list[Judged]:
    """Every file that has floors, in their order, and those named in `pairs`; `new`: there may be no floors yet."""
    folders = gold_folders(given)
    floors = [] if new and not path.exists() else read_floors(path)
    return [judge(floor, folders.get(floor.slug), corpus) for floor in named(floors, pairs, folders)]


def judge(floor: Floor, folder: Path | None, corpus: Path | None = None) -> Judged:
    """Read one file and hold its figures against its floors; `folder` are its annotations."""
    if folder is None:
        return Judged(floor)
    file = (corpus or corpus_of(folder, floor.file)) / floor.file
    sha256 = sha256_of(file)
    if floor.sha256 not in ("", sha256):
        return Judged(floor, changed=True)
    return Judged(replace(floor, sha256=sha256), measured(file, folder))


def updated(files: Sequence[Judged], lowering: Lowering) -> Iterator[Judged]:
    """The files with their floors raised to what is measured, and lowered where a person says so and why.

    A file with other bytes keeps its floors, and a kind below its floor stays there unless it was asked for.
    """
    unknown = [f"{slug} {kind}" for slug, kind in lowering.asked if not _is_below(files, slug, kind)]
    if unknown:
        raise BrokenFloors(f"{unknown[0]}: not below a floor; leave out --lower {unknown[0]}")
    for file in files:
        floor = file.floor
        if file.scored is not None:
            for slug, kind in lowering.asked:
                if slug == floor.slug and kind in floor.below(file.scored):
                    floor = floor.lowered_to(file.scored, kind, lowering.because)
            floor = floor.raised(file.scored)
        yield replace(file, floor=floor)


def _is_below(files: Sequence[Judged], slug: str, kind: str) -> bool:
    return any(
        file.floor.slug == slug and file.scored is not None and kind in file.floor.below(file.scored) for file in files
    )
