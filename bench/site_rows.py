"""The rows of a generated base: what cities share, a rubric, plans.  Words are drawn as they are in language."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from links import Words

from extract.regions import NATIONAL, Region, regions
from kb.entities.regions import ensure_region

SECTIONS, SCORED, OTHERS = 10, 9, 10  # scored clauses a section; vetoes, conditions, bonuses
FUNCTIONS, BODIES, GROUPS, INDICATORS = 60, 40, 2, 300
RUBRIC = f"{NATIONAL}-2020-0a0a0a"
CAMPAIGN = "质量示范城市"
OFTEN, SELDOM = "质量", "首席质量官"  # in a third of the tasks, in one of ten thousand
AT = "2021-03-01T00:00:00Z"
UNITS = (("%", ">="), ("%", "<="), ("个", ">="), ("‰", ">="), (None, "increase"), ("件", "<="), ("%", "="))
FINDINGS = (
    *(("unknown_department", "info"), ("lost_cell", "warning"), ("unread_task", "warning")),
    *(("count_not_kept", "warning"), ("conflicting_threshold", "error"), ("unread_table", "info")),
)
FEATURES = {"common_string": 0.28, "sentence_rank": 0.28, "item_rank": 0.2, "bm25_sentence": 0.22}


@dataclass(slots=True)
class Made:
    """A base in the making: what is drawn from, what later rows refer to, rows that wait to be written."""

    connection: sqlite3.Connection
    words: Words = field(default_factory=Words)
    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    numbers: dict[str, Iterator[int]] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)
    clauses: dict[int, str] = field(default_factory=dict)  # judged ones, with their titles
    functions: list[str] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)

    @property
    def random(self) -> random.Random:
        return self.words.random

    def number(self, of: str) -> int:
        """The next id of a table, or the next place in a document."""
        return next(self.numbers.setdefault(of, count(1)))

    def add(self, target: str, *row: object) -> None:
        """A row for `table` or `table(columns)`."""
        self.rows.setdefault(target, []).append(row)

    def write(self) -> None:
        """Put the waiting rows into the base."""
        for target, rows in self.rows.items():
            self.connection.executemany(f"insert into {target} values ({', '.join('?' * len(rows[0]))})", rows)
        self.rows.clear()

    def few(self, things: list[Any], most: int) -> list[Any]:
        """Different ones of them, the first much oftener than the last."""
        chosen: dict[Any, None] = {}
        while len(chosen) < most:
            chosen[things[int(len(things) * self.random.random() ** 2)]] = None
        return list(chosen)


def common(made: Made) -> None:
    """What cities share: functions, some with heirs, and indicators, each with two printings."""
    made.functions = list(dict.fromkeys(made.words.sentence(1) for _ in range(9 * FUNCTIONS)))[:FUNCTIONS]
    for number, name in enumerate(made.functions, 1):
        made.add("functions", number, name)
    for former in range(1, 11):
        made.add("function_successions", former, former + 40, "2018-03-17", "机构改革方案", former % 5 == 0)
    made.indicators = [f"{made.words.sentence(3)}率" for _ in range(INDICATORS)]
    for number, name in enumerate(made.indicators, 1):
        made.add("indicators", number, name, UNITS[(number - 1) % len(UNITS)][0])
        for printed, method in ((name, "name"), (f"全市{name}", "rule")):
            made.add("indicator_aliases", printed, number, name, method, 1.0, "made")


def _document(made: Made, passages: int, **head: object) -> list[int]:
    """A document, the log of its reading, and what it cites; the ids of its first passages."""
    name, title, source = str(head["id"]), str(head["title"]), f"in/{head['id']}.docx"
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    head |= {"campaign": CAMPAIGN, "source": source, "format": "docx", "sha256": sha256, "revision": 1}
    head |= {"ingested_at": AT, "title_key": title, "extractor_version": "0.1.0"}
    made.add(f"documents({', '.join(head)})", *head.values())
    made.add("revisions", name, 1, sha256, source, "docx", AT, 1)
    made.add("ingests", None, source, sha256, name, "added", None, AT, AT, None)
    texts = [title, *(made.words.sentence(40) + "。" for _ in range(passages - 1))]
    ids = [_passage(made, name, "paragraph", text) for text in texts]
    made.add("document_fields", name, "title", ids[0])
    for position, (cited, target) in enumerate(((made.words.sentence(6), None), (title, RUBRIC)), 1):
        made.add("citations", None, name, cited, None, target, ids[1], cited, None, position)
    return ids


def _passage(made: Made, document: str, kind: str, text: str, column: int | None = None) -> int:
    """The next passage of a document, all of it read; one with a column is a cell of a row of its own."""
    number, ordinal, long = made.number("passages"), made.number(document), len(text)
    table, row = (1, ordinal) if column else (None, None)
    place = (ordinal // 40 + 1, None, table, row, column, None)
    made.add("passages", number, document, ordinal, kind, text, None, *place, long, long, None)
    return number


def rubric(made: Made) -> None:
    """The document that plans are held against."""
    ensure_region(made.connection, NATIONAL)
    points = {"total_points": SECTIONS * SCORED * 10, "bonus_points": OTHERS * 5, "issued_on": "2020-05-01"}
    whose = {"region_code": NATIONAL, "level": "national", "kind": "rubric"}
    _document(made, 20, id=RUBRIC, title=f"{CAMPAIGN}评价指标", **whose, **points)
    bodies = [_body(made, regions()[NATIONAL], number) for number in range(5)]
    for section in range(1, SECTIONS + 1):
        made.sections.append(made.words.sentence(5))
        above, _ = _clause(made, None, f"S{section}", "section", SCORED * 10, made.sections[-1])
        for part in range(1, SCORED + 1):
            _judged(made, above, f"{section}.{part}", "scored", 10, bodies)
    for sign, kind, worth in (("V", "veto", None), ("B", "basic", None), ("P", "bonus", 5)):
        for part in range(1, OTHERS + 1):
            _judged(made, None, f"{sign}{part}", kind, worth, bodies)
    made.write()


def _judged(
    made: Made, above: int | None, code: str, kind: str, points: float | None, bodies: list[tuple[int, str]]
) -> None:
    """A clause that plans are held against: one in five names a body, those with points have two rules with figures."""
    title = OFTEN * (len(made.clauses) % 3 == 0) + made.words.sentence(6)
    clause, passage = _clause(made, above, code, kind, points, title)
    made.clauses[clause] = title
    if clause % 5 == 0:
        (department, name), number = made.random.choice(bodies), made.number("assignments")
        made.add("assignments", number, None, clause, department, "lead", name, passage, number, name)
    if points is None:
        return
    mode = ("tier", "additive", "deduction")[clause % 3]
    for part in (1, 2):
        rule, text = made.number("score_rules"), made.words.sentence(10)
        worth = -1.0 if mode == "deduction" else points / part
        made.add("score_rules", rule, clause, part, mode, worth, None, None, None, None, text, passage, rule)
        _threshold(made, RUBRIC, (clause * 2 + part) % 120, text, passage, clause, None, rule)


def _clause(made: Made, above: int | None, code: str, kind: str, points: object, title: str) -> tuple[int, int]:
    """The ids of a clause and of its passage."""
    number, passage = made.number("clauses"), _passage(made, RUBRIC, "cell", title, 2)
    row = (code, kind, title, made.words.sentence(20), points, "printed" if points else "none")
    made.add("clauses", number, RUBRIC, above, *row, "查阅资料；现场检查", number % 15 == 0, passage, number, None)
    return number, passage


def _threshold(made: Made, document: str, indicator: int, text: str, passage: int, *owners: object) -> None:
    """A figure; its owners are clause, task and score rule."""
    number, name, (unit, way) = made.number("thresholds"), made.indicators[indicator], UNITS[indicator % len(UNITS)]
    size = None if way == "increase" else made.random.randrange(10, 100)
    figure = (indicator + 1, name, way, size, None, unit, None, "2025", text)
    made.add("thresholds", number, document, *owners, *figure, passage, number)


def plan(made: Made, place: Region, tasks: int) -> None:
    """A city with its bodies, its plan, and what is doubtful in it."""
    ensure_region(made.connection, place.code)
    name = f"{place.code}-2021-{hashlib.sha256(place.code.encode()).hexdigest()[:6]}"
    head = {"region_code": place.code, "level": place.level, "kind": "task_table"}
    head |= {
        "title": f"{place.short_name}创建{CAMPAIGN}任务分解表",
        "issued_on": f"2021-{int(place.code) % 12 + 1:02}-15",
    }
    passages = _document(made, 10, id=name, **head)
    made.add("link_runs", name, RUBRIC, place.code, "01e64995", AT)
    for (kind, severity), passage in zip(FINDINGS, passages, strict=False):
        made.add("findings", None, name, kind, severity, made.words.sentence(15), passage, None)
    for code in range(1, 11):
        made.add(
            "changes",
            name,
            1,
            "plan_items",
            f"{code}",
            "changed",
            "text",
            made.words.sentence(9),
            made.words.sentence(9),
        )
    bodies = [_body(made, place, number) for number in range(BODIES)]
    served = [clause for clause in made.clauses if made.random.random() > 0.1]  # the others are gaps of this city
    for task in range(tasks):
        item, text = made.number("plan_items"), made.words.sentence(14) + "，" + made.words.sentence(8) + "。"
        text = (SELDOM if item % 10_000 == 1 else OFTEN * (item % 3 == 0)) + text
        passage = _passage(made, name, "cell", text, 2)
        ends = f"{2021 + item % 5}-{item % 12 + 1:02}" if item % 5 else None
        dated = (made.sections[task * SECTIONS // tasks], text, "2021", ends)
        made.add("plan_items", item, name, str(task + 1), *dated, passage, task + 1, None)
        _assignments(made, name, item, bodies)
        _answers(made, item, text, served)
        if item % 10 == 0:
            _threshold(made, name, made.few(list(range(INDICATORS)), 1)[0], text[:40], passage, None, item, None)


def _body(made: Made, place: Region, number: int) -> tuple[int, str]:
    """A body of a city: that of the same number elsewhere has another function; the last ones are groups."""
    department, function = made.number("departments"), (number + int(place.code) // 100) % FUNCTIONS
    word, is_group = made.functions[function], number >= BODIES - GROUPS
    heir = made.functions[function + 40] if function < 10 and (function + 1) % 5 else word
    if is_group:
        named: tuple[object, ...] = (f"各{word}单位", None, place.code, None, 1, None)
    else:
        full, today = (f"{place.own_name}{one}局" for one in (word, heir))
        named = (f"市{word}局", full, place.code, function + 1, 0, today)
    made.add("departments", department, *named)
    made.add("department_aliases", department, named[0], "name", "made")
    return department, str(named[0])


def _assignments(made: Made, plan: str, item: int, bodies: list[tuple[int, str]]) -> None:
    """One body leads, three support, in one cell."""
    chosen = made.few(bodies, 4)
    passage = _passage(made, plan, "cell", "、".join(name for _, name in chosen), 3)
    for place, (department, name) in enumerate(chosen):
        role, number = "support" if place else "lead", made.number("assignments")
        made.add("assignments", number, item, None, department, role, name, passage, number, name)


def _answers(made: Made, item: int, text: str, served: list[int]) -> None:
    """The clauses that a task may serve: two links, three candidates."""
    links = made.few(served, 2)
    others = [clause for clause in made.few(list(made.clauses), 5) if clause not in links]
    for rank, clause in enumerate([*links, *others[:3]], 1):
        why = {"item": text[:60], "clause": made.clauses[clause], "shared": [text[:2], text[4:8]], "features": FEATURES}
        score = round(made.random.random() ** 0.5 / rank, 4)
        judged = (score, rank, json.dumps(why, ensure_ascii=False))
        if rank > 2:
            made.add("link_candidates", item, clause, *judged)
        else:
            status = (
                "proposed" if rank == 1 else made.random.choices(("proposed", "accepted", "rejected"), (8, 1, 1))[0]
            )
            relation, method = ("primary", "secondary")[rank - 1], "inferred" if item % 10 else "printed"
            made.add("links", None, item, clause, relation, method, *judged, status)
