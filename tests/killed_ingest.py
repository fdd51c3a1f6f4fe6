"""An ingestion for `test_killed` to kill: `killed_ingest.py BASE FOLDER STEP` dies at that step of SQLite's work.

With step 0 it lives and prints how many steps there were.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from made_extractions import read_made

from kb.base import open_base
from kb.ingest import Given, ingest

EVERY = 20  # instructions of SQLite's machine in a step


def main(base: Path, folder: Path, last: int) -> None:
    """Ingest the files of a folder in order."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    connection = open_base(base, create=True)
    connection.set_progress_handler(count, EVERY)
    files = [Given(file, file.name) for file in sorted(folder.iterdir())]
    for outcome in ingest(connection, base, files, reader=read_made):
        print(outcome.status, flush=True)
    print(steps, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
