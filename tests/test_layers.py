"""The layers of the house: who imports whom, what a start may load, and how long a module may grow."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path for layer in ("extract", "kb") for path in (ROOT / layer).rglob("*.py"))
# `import ahocorasick` is the package pyahocorasick
HEAVY = (
    "ahocorasick",
    "charset_normalizer",
    "datasette",
    "httpx",
    "jieba",
    "networkx",
    "numpy",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "pyarrow",
    "pypdfium2",
    "rapidfuzz",
    "rapidocr",
    "spacy",
    "sqlite_utils",
)
LONGEST_MODULE = 250
LONGEST_FUNCTION = 40
NAMELESS = {"utils", "helpers", "common"}

each_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def imported_packages(module: Path) -> Iterator[str]:
    """The top packages that a module imports anywhere, inside functions too."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


def long_functions(source: str) -> Iterator[str]:
    """The functions over the limit without `# long:` in their signature; the docstring is not counted."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[0]
        has_docstring = ast.get_docstring(node, clean=False) is not None
        docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
        length = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring
        signature = lines[node.lineno - 1 : max(node.lineno, first.lineno - 1)]
        if length > LONGEST_FUNCTION and not any("# long:" in line for line in signature):
            yield f"{node.name} has {length} lines"


def test_the_modules_are_found() -> None:
    """Both layers have modules: the rules below judge something."""
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == {"extract", "kb"}


def test_every_package_is_installed() -> None:
    """`pyproject.toml` names every folder that holds modules, or an installed copy would lack it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {".".join(module.parent.relative_to(ROOT).parts) for module in MODULES}
    assert folders <= set(project["tool"]["setuptools"]["packages"])


@pytest.mark.parametrize(
    "module", [path for path in MODULES if path.is_relative_to(ROOT / "extract")], ids=lambda path: path.stem
)
def test_extract_knows_no_database(module: Path) -> None:
    """`extract` imports neither `kb` nor a database."""
    assert not {"kb", "sqlite3", "sqlite_utils", "datasette"} & set(imported_packages(module))


@pytest.mark.parametrize("package", HEAVY)
def test_a_heavy_package_has_one_door(package: str) -> None:
    """Each heavy package is imported in at most one module, and everybody else asks that module."""
    doors = [str(module.relative_to(ROOT)) for module in MODULES if package in imported_packages(module)]
    assert len(doors) <= 1


def test_the_command_line_starts_light() -> None:
    """Loading the command line loads no heavy package: `--help` is instant."""
    code = "import sys, kb.cli; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert not set(HEAVY) & set(run.stdout.split())


@each_module
def test_a_module_says_what_it_is(module: Path) -> None:
    """Every module begins with a docstring."""
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@each_module
def test_a_module_has_a_name(module: Path) -> None:
    """No module is called by what it is not: a thing without a name is not understood yet."""
    assert not NAMELESS & set(module.relative_to(ROOT).with_suffix("").parts)


@each_module
def test_a_module_stays_short(module: Path) -> None:
    """A module over 250 lines gives its reason as `# long:` in its first line."""
    lines = module.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_MODULE or "# long:" in lines[0]


@each_module
def test_a_function_stays_short(module: Path) -> None:
    """A function over 40 lines, its docstring aside, gives its reason as `# long:` in its signature."""
    assert list(long_functions(module.read_text(encoding="utf-8"))) == []


BODY = "    x = 1\n" * LONGEST_FUNCTION


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (f"def f():\n{BODY}", ["f has 41 lines"]),
        (f"def f():  # long: one table\n{BODY}", []),
        (f"def f(\n    a,\n):  # long: one table\n{BODY}", []),
        (f"class C:\n    def f(self):\n        # long: one table\n{BODY.replace('    ', '        ')}", []),
        ('def f():\n    """Says.\n\n' + "    more\n" * 50 + '    """\n    return 1\n', []),
        ("def f():\n    return 1\n", []),
    ],
)
def test_the_measure_of_a_function(source: str, found: list[str]) -> None:
    """The limit counts code and not the docstring, and a reason stands in the signature or right below it."""
    assert list(long_functions(source)) == found
