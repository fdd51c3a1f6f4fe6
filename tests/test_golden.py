"""Golden files: every fact of the bundled documents, one a line, so that a change of a rule shows what it moved.

`pytest tests/test_golden.py --update-golden` writes them anew; the difference is then read in the commit.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from conftest import ROOT

from extract.document import read_document

DIGESTS = sorted(path for path in (ROOT / "corpus").glob("*-digest.*") if path.suffix != ".toml")


def facts_as_lines(path: Path) -> list[str]:
    """The head and every fact as JSON, one a line, without what is empty."""
    found = read_document(path)
    rows = [("Head", asdict(found.head)), *((type(fact).__name__, asdict(fact)) for fact in found.facts)]
    return [
        json.dumps({"record": name} | {key: value for key, value in row.items() if value not in (None, False, ())},
                   ensure_ascii=False)
        for name, row in rows
    ]  # fmt: skip


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_the_facts_of_a_bundled_document_are_on_record(path: Path, request: pytest.FixtureRequest) -> None:
    """The facts equal the golden file's, which a person has compared with the document."""
    golden = ROOT / "tests" / "golden" / f"{path.stem}.jsonl"
    lines = facts_as_lines(path)
    if request.config.getoption("--update-golden"):
        golden.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == golden.read_text(encoding="utf-8").splitlines()
