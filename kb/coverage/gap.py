"""Cities side by side against one rubric: status, best item, what is promised and who leads, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.coverage.answers import Answers
from kb.coverage.figures import same_thing
from kb.coverage.layout import indented
from kb.coverage.standing import STATUSES
from kb.evaluation.rows import Row
from kb.listing import clipped, plain

FIXED = ("part", "section", "clause", "clause_title", "points", "demanded")
OF_CITY = ("status", "score", "best_item", "promised", "leads")
MARKS = {"covered": "●", "doubtful": "◐", "uncovered": "○"}


def columns(cities: Sequence[str]) -> list[str]:
    """The columns of a comparison of these cities: those of the clause, then five for each city."""
    return [*FIXED, *(f"{city} {name}" for city in cities for name in OF_CITY)]


def gaps(standings: Mapping[str, Sequence[Row]], answers: Mapping[str, Answers]) -> list[Row]:
    """A row for every clause with all cities beside each other, the clauses that most cities lack first."""
    by_code = {city: {row["clause"]: row for row in rows} for city, rows in standings.items()}
    first = next(iter(answers))
    ids = {clause["code"]: clause["id"] for clause in answers[first].clauses}
    rows = []
    for clause in standings[first]:
        number = ids[clause["clause"]]
        demanded = [aim.figure for aim in answers[first].demands.get(number, ()) if aim.is_demand]
        row = {name: clause[name] for name in FIXED[:-1]} | {"demanded": "；".join(dict.fromkeys(demanded))}
        for city, found in by_code.items():
            row |= _of_city(city, found[clause["clause"]], answers[city], number)
        rows.append(row)
    parts = list(dict.fromkeys(row["part"] for row in rows))
    return sorted(
        rows, key=lambda row: (parts.index(row["part"]), sum(_order(row, city) for city in by_code), -_points(row))
    )


def _of_city(city: str, row: Row, answers: Answers, clause_id: int) -> Row:
    demands = [aim for aim in answers.demands.get(clause_id, ()) if aim.is_demand]
    promises = [aim for item in answers.linked(clause_id) for aim in answers.promises.get(item["id"], ())]
    promised = [aim.figure for aim in promises if any(same_thing(aim, demand) for demand in demands)]
    given = row | {"promised": "；".join(dict.fromkeys(promised))}
    return {f"{city} {name}": given[name] for name in OF_CITY}


def _order(row: Row, city: str) -> int:
    return STATUSES.index(row[f"{city} status"])


def _points(row: Row) -> float:
    return row["points"] or 0.0


def lines(rows: Sequence[Row], cities: Sequence[str], width: int) -> Iterator[str]:
    """The comparison for a screen: a mark for each city, the clause; below it the cities where they differ."""
    yield "● covered  ◐ doubtful  ○ probably uncovered: " + "、".join(cities)
    for row in rows:
        marks = " ".join(MARKS[row[f"{city} status"]] for city in cities)
        points = "" if row["points"] is None else f" [{plain(row['points'])}]"
        yield clipped(f"{marks} {row['clause']}{points} {row['clause_title'] or '(title lost)'}", width)
        if row["demanded"]:
            yield indented(f"demanded {row['demanded']}", 6, width)
        for city in cities:
            if len({row[f"{one} status"] for one in cities}) > 1 or row[f"{city} promised"]:
                yield indented(f"{city}: {_city_line(row, city)}", 6, width)


def _city_line(row: Row, city: str) -> str:
    score = row[f"{city} score"]
    best = "no task comes near" if score is None else f"{row[f'{city} best_item'] or '-'} ({score:.2f})"
    promised = f" promises {row[f'{city} promised']}" if row[f"{city} promised"] else ""
    leads = f" 牵头 {row[f'{city} leads']}" if row[f"{city} leads"] else ""
    return f"{best}{promised}{leads}"
