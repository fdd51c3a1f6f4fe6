"""What several tests share: how a reading looks, and the folder of real documents, which lies outside the project."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from extract.pages import Block, Reading, Table

# a slow machine is no failure; an automatic run tries the same examples every time
settings.register_profile("project", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("project")

ROOT = Path(__file__).resolve().parent.parent


def texts(reading: Reading) -> list[str]:
    """What stands outside tables, block by block."""
    return [item.text for page in reading.pages for item in page.content if isinstance(item, Block)]


def grids(reading: Reading) -> list[list[list[str | None]]]:
    """The tables as rows of cell texts; `None` is merged away."""
    tables = [item for page in reading.pages for item in page.content if isinstance(item, Table)]
    return [[[one.text for one in cells] for cells in item.rows] for item in tables]


def shared_path() -> Path:
    """The folder of real documents: `ZHIBIAO_SHARED`, else `shared` beside the checkout.

    Without it a test is skipped; under `CI=true` it fails, so that no automatic run passes by reading nothing.
    """
    path = Path(os.environ.get("ZHIBIAO_SHARED") or ROOT.parent / "shared")
    if path.is_dir():
        return path
    reason = f"the real documents are not at {path}; set ZHIBIAO_SHARED to their folder"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str) -> str:
    """The path of an outside program; without it a test is skipped, or under `CI=true` fails."""
    path = shutil.which(name)
    if path is not None:
        return path
    reason = f"the program {name} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents; the test is skipped, or under `CI=true` fails, without it."""
    return shared_path()


@pytest.fixture(scope="session")
def bundled_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled documents as a base, read and linked; not to be written to."""
    from kb import KnowledgeBase

    path = tmp_path_factory.mktemp("bundled") / "bundled.db"
    KnowledgeBase.bundled(path).close()
    return path


def pytest_addoption(parser: pytest.Parser) -> None:
    """The flag with which golden files are written anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
