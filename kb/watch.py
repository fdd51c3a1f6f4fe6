"""A folder watched: what lands in it is ingested once it has stopped growing.

The folder is looked at again and again, sizes and times compared; no service of one system is needed.  A file is read
when two looks in a row find it the same, and again only when it changes: a bad one is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kb.base import UnwritableBase, open_base
from kb.ingest import Given, Outcome, given_files, ingest, readable
from kb.link.linking import Linked, link_due
from kb.link.model import model_for
from kb.originals import originals_folder
from kb.workers import Reader

State = tuple[int, int]  # time of the last change in nanoseconds, size in bytes
TEMPORARY = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".bak")


@dataclass
class Watch:
    """A folder and the states of its files: as they were seen last, and as they were read."""

    folder: Path
    base: Path
    seen: dict[Path, State] = field(default_factory=dict)
    read: dict[Path, State] = field(default_factory=dict)

    def settled(self) -> list[Given]:
        """The files that stand as they stood at the last look and were not read so; remembers this look."""
        before, self.seen = self.seen, {}
        ready: list[Given] = []
        for given in self._files():
            state = _state(given.path)
            if state is None:  # gone between the look into the folder and the look at it
                continue
            self.seen[given.path] = state
            if before.get(given.path) == state != self.read.get(given.path):
                ready.append(given)
        self.read = {path: state for path, state in self.read.items() if path in self.seen}
        return ready

    def waiting(self) -> list[Path]:
        """The files that were seen and not read as they are."""
        return [path for path, state in self.seen.items() if self.read.get(path) != state]

    def ingested(self, given: list[Given], reader: Reader) -> Iterator[Outcome | Linked]:
        """What becomes of each file, then of each pair of plan and rubric whose texts changed."""
        with closing(open_base(self.base, create=True)) as connection:
            for file in given:
                for outcome in ingest(connection, self.base, [file], reader=reader):
                    self.read[file.path] = self.seen[file.path]
                    yield outcome
            yield from link_due(connection, model_for(self.base))

    def _files(self) -> Iterator[Given]:
        kept = originals_folder(self.base).resolve()
        found, _ = readable(given_files([self.folder]))
        return (given for given in found if not is_temporary(given.path) and kept not in given.path.resolve().parents)


def is_temporary(path: Path) -> bool:
    """Whether a name is one that programs give to what they have not finished; hidden files are left out before.

    >>> [is_temporary(Path(name)) for name in ("~$plan.docx", "plan.docx.part", "plan.txt~", "plan.docx")]
    [True, True, True, False]
    """
    return path.name.startswith("~") or path.name.endswith("~") or path.suffix.lower() in TEMPORARY


def _state(path: Path) -> State | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def watched(
    watch: Watch, wait: Callable[[], None], reader: Reader, *, once: bool
) -> Iterator[Outcome | Linked | UnwritableBase]:
    """What becomes of every file that lands, for ever, or of those that are there now; `wait` parts two looks.

    A base that another process keeps for itself, or a full disk, is yielded and tried again at the next look; it is
    raised where there is none.
    """
    watch.settled()
    while True:
        wait()
        try:
            if ready := watch.settled():
                yield from watch.ingested(ready, reader)
        except UnwritableBase as error:
            if once:
                raise
            yield error
        if once:
            return
