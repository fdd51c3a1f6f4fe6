"""The site with a million assignments: own pages, and ready questions as JSON, beside Datasette's own table page.

    PYTHONPATH=. python bench/site.py FOLDER [--python OTHER/bin/python …] [--only WORD] [--cities 500] [--tasks 500]

The base is made in FOLDER once and kept.  `zhibiao serve` shows it on each interpreter in turn (whose environment
decides which Datasette that is) to one client, which asks for another city each time.  Writes its table here.
"""

from __future__ import annotations

import argparse
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import httpx
from site_base import base
from site_rows import OFTEN, RUBRIC, SELDOM

from kb.questions import Question, questions
from kb.site import links

ROOT = Path(__file__).parent.parent
README = ROOT / "bench" / "README.md"
BEGIN, END = "<!-- site: written by bench/site.py -->", "<!-- end of site -->"
WARM, REQUESTS, FEWEST = 3, 40, 5
PATIENCE = 8.0  # seconds for one line of the table, then fewer requests are enough
GOALS = {"page": 0.100, "JSON": 0.020}  # of the 95th percentile
TICK = os.sysconf("SC_CLK_TCK")
CITIES = """
select
  i.document_id as plan, d.region_code, r.short_name as city, b.name as department, n.name as indicator,
  f.name as function, c.code as clause, p.ordinal, i.code as item, c.document_id as rubric
from documents d
join regions r on r.code = d.region_code
join plan_items i on i.document_id = d.id and i.code = :task
join passages p on p.id = i.passage_id
join assignments a on a.plan_item_id = i.id and a.role = 'lead'
join departments b on b.id = a.department_id
join functions f on f.id = 1 + i.id % 50
join indicators n on n.id = 1 + i.id % 300
join clauses c on c.kind = 'scored' and c.id = (select min(o.id) + i.id % 80 from clauses o where o.kind = 'scored')
order by d.region_code % 97, d.id
limit 60
"""
City = Mapping[str, str]
PAGES: dict[str, Callable[[City], str]] = {
    "home": lambda one: "/",
    "documents": lambda one: links.documents(),
    "document, at a passage": lambda one: links.document(one["plan"], one["ordinal"]),
    "plan items of a document": lambda one: links.items(one["plan"]),
    "rubric": lambda one: links.rubric(RUBRIC),
    "clause": lambda one: links.rubric(RUBRIC, one["clause"]),
    "matrix": lambda one: links.matrix(RUBRIC),
    "cities": lambda one: links.cities(RUBRIC),
    "city": lambda one: links.city(one["region_code"]),
    "departments": lambda one: links.departments(),
    "department": lambda one: links.department(one["region_code"], one["department"]),
    "functions": lambda one: links.functions(),
    "function": lambda one: links.function(one["function"]),
    "indicators": lambda one: links.indicators(),
    "indicator": lambda one: links.indicator(one["indicator"]),
    "findings": lambda one: links.findings(),
    "search, a frequent word": lambda one: links.search(OFTEN),
    "search, a rare word": lambda one: links.search(SELDOM),
    "search, two words": lambda one: links.search(f"{one['department']} {OFTEN}"),
    "suggestions while typing": lambda one: links.with_query("/suggest", q=one["department"]),
    "list of questions": lambda one: "/ask",
}
# what a user narrows questions to, by their parameters; the others stay empty
GIVEN = {name: name for name in ("plan", "rubric", "city", "department", "indicator", "function", "clause")}
OF_RUBRICS = {
    *("clause-departments", "clauses-without-department", "inferred-points", "optional-clauses", "rubric-tree"),
    *("score-rules-of-clause", "section-points", "verification-methods"),
}
FIXED = {"facts-with-source": {"record": "plan_items"}}
# where one of several parameters is what people ask by
ALONE = {
    "thresholds-by-indicator": "indicator",
    "department-functions": "department",
    **dict.fromkeys(("department-pairs", "department-partners", "leaders-by-name", "who-leads-what"), "city"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what is asked for, and its address for a city."""

    name: str
    kind: str  # page | JSON | stock
    address: Callable[[City], str]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: the first answer, half of the later ones, 95 in 100, the server's own work; bytes of the last answer."""

    first: float
    half: float
    most: float
    work: float
    size: int
    status: int


def lines(name: str) -> Iterator[Line]:
    """What is measured in a base of this name, Datasette's own page first."""
    yield Line("100 rows of assignments, Datasette's own page", "stock", lambda one: f"/{name}/assignments?_size=100")
    for page, address in PAGES.items():
        yield Line(page, "page", address)
    for question in questions():
        yield Line(
            f"ask/{question.name}", "page", _asked(question, lambda given, q=question: links.question(q.name, **given))
        )
    for question in questions():
        path = f"/{name}/{question.name}.json"
        yield Line(question.name, "JSON", _asked(question, lambda given, path=path: links.with_query(path, **given)))


def _asked(question: Question, address: Callable[[dict[str, str]], str]) -> Callable[[City], str]:
    sources = GIVEN | {"document": "rubric" if question.name in OF_RUBRICS else "plan"}

    def asked(one: City) -> str:
        names = [param.name for param in question.params if ALONE.get(question.name, param.name) == param.name]
        given = {name: one[sources[name]] for name in names if name in sources}
        return address(given | FIXED.get(question.name, {}))

    return asked


@contextmanager
def served(python: str, path: Path) -> Iterator[tuple[httpx.Client, int]]:
    """`zhibiao serve` on an interpreter: a client for it, and its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [python, "-P", "-m", "kb.cli", "serve", "--db", str(path), "--port", str(port)]
    server = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
            for _ in range(300):
                try:
                    client.get("/-/versions.json")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield client, server.pid
    finally:
        server.terminate()
        server.wait()


def measured(client: httpx.Client, process: int, line: Line, cities: list[City]) -> Times:
    """The times of one line of the table."""
    turns, spent, start = cycle(cities), [], time.perf_counter()
    for number in range(WARM + REQUESTS):
        if number == WARM:
            before = _work(process)
        begun = time.perf_counter()
        found = client.get(line.address(next(turns)))
        spent.append(time.perf_counter() - begun)
        if number >= WARM + FEWEST and time.perf_counter() - start > PATIENCE:
            break
    later = spent[WARM:]
    work = (_work(process) - before) / len(later)
    most, size = statistics.quantiles(later, n=20)[-1], len(found.content)
    return Times(spent[0], statistics.median(later), most, work, size, found.status_code)


def _work(process: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def table(rows: Mapping[str, Mapping[Line, Times]]) -> str:
    """The measurements as Markdown: kB of an answer; for every Datasette p50, p95, CPU, ratio to its own page's p50."""
    heads = " | ".join(f"{version}: p50 ms | p95 | CPU | × own page" for version in rows)
    parts = [f"| page, question | kB | {heads} |", "|---|---|" + "---|" * 4 * len(rows)]
    peers = {version: next(iter(found.values())).half for version, found in rows.items()}
    for line, sample in next(iter(rows.values())).items():
        cells = [_cells(line, found[line], peers[version]) for version, found in rows.items()]
        parts.append(
            f"| {line.name}{', JSON' if line.kind == 'JSON' else ''} | {sample.size // 1000} | {' | '.join(cells)} |"
        )
    return "\n".join(parts)


def _cells(line: Line, times: Times, peer: float) -> str:
    missed = times.most > GOALS.get(line.kind, 9e9)
    most = f"**{times.most * 1000:.0f}**" if missed else f"{times.most * 1000:.0f}"
    told = "" if times.status == 200 else f" ({times.status})"
    return f"{times.half * 1000:.0f}{told} | {most} | {times.work * 1000:.0f} | {times.half / peer:.2f}"


def notes(rows: Mapping[str, Mapping[Line, Times]]) -> Iterator[str]:
    """What misses its goal, and what the first one who asks waits for."""
    for version, found in rows.items():
        for kind, goal in GOALS.items():
            of = [times for line, times in found.items() if line.kind == kind]
            good = sum(times.most <= goal for times in of)
            yield f"{version}: {good} of {len(of)} {kind} lines have a p95 of at most {goal * 1000:.0f} ms."
        slow = [
            f"{line.name} {times.first:.1f} s" for line, times in found.items() if times.first > max(1, 3 * times.half)
        ]
        if slow:
            yield f"{version}, first request after a start, kept from then on: {', '.join(slow)}."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", action="append", help="an interpreter whose environment has Datasette")
    parser.add_argument("--only", default="", help="lines whose names have this word; the README stays as it is")
    parser.add_argument("--cities", type=int, default=500)
    parser.add_argument("--tasks", type=int, default=500)
    given = parser.parse_args()
    path = base(given.folder, given.cities, given.tasks)
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        cities = [dict(row) for row in connection.execute(CITIES, {"task": str(given.tasks // 2)})]
    rows: dict[str, dict[Line, Times]] = {}
    chosen = [line for line in lines(path.stem) if line.kind == "stock" or given.only in f"{line.name} {line.kind}"]
    for python in given.python or [sys.executable]:
        with served(python, path) as (client, process):
            version = f"Datasette {client.get('/-/versions.json').json()['datasette']['version']}"
            rows[version] = {}
            for line in chosen:
                times = rows[version][line] = measured(client, process, line, cities)
                print(version, line.kind, line.name, f"{times.half * 1000:.0f} {times.most * 1000:.0f} ms", flush=True)
    text = "\n\n".join((table(rows), *notes(rows)))
    print(text)
    if not given.only:
        head, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        README.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
