"""The notebook of docs runs, and what it shows is what comes: `--update-golden` writes its outputs anew."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

NOTEBOOK = ROOT / "docs" / "questions.ipynb"
PATIENCE = 600  # seconds for a cell: the first reads and links the bundled documents


def shown(notebook: nbformat.NotebookNode) -> list[str]:
    """What each code cell prints and shows, as text."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return ["".join(one.get("text") or one["data"]["text/plain"] for one in cell.outputs) for cell in cells]


def test_the_notebook_runs_and_shows_what_it_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every cell runs without an error, and prints what is stored with it."""
    stored = nbformat.read(NOTEBOOK, as_version=4)
    run = nbformat.read(NOTEBOOK, as_version=4)
    for cell in run.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    NotebookClient(run, timeout=PATIENCE, resources={"metadata": {"path": str(tmp_path)}}).execute()
    if request.config.getoption("--update-golden"):
        for cell in run.cells:
            cell.metadata.pop("execution", None)  # times of this run
        nbformat.write(run, NOTEBOOK)
        return
    assert shown(run) == shown(stored)
    assert sum(map(bool, shown(stored))) >= 10


def test_the_notebook_asks_the_five_questions() -> None:
    """A heading for each of them, with an answer below it."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    heads = [number for number, cell in enumerate(cells) if cell.source.startswith("## ")]
    assert len(heads) == 5
    for head, following in zip(heads, [*heads[1:], len(cells)], strict=True):
        assert any(cell.get("outputs") for cell in cells[head:following])
