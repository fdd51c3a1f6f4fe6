"""The knowledge base from Python: every question of a researcher as a data frame of pandas.

    from kb import KnowledgeBase

    with KnowledgeBase("zhibiao.db") as base:
        base.coverage("常州").query("status == 'uncovered'")

The rows are those of the commands of the same name.  Personal numbers in texts are masked unless `with_personal`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from extract.errors import ZhibiaoError
from kb.ask import answer_columns, question_rows, with_documents
from kb.base import open_base
from kb.exports.tables import masked_row
from kb.personal import masked_text
from kb.questions import ask, question
from kb.show import document_named

if TYPE_CHECKING:
    from kb.frames import DataFrame


class KnowledgeBase:
    """A base opened for reading; `ingest` alone writes.  Close it, or use it as a context manager.

    `create` makes an empty base where there is none.  Cities, rubrics and documents are named as on the command line:
    a document by its id or its beginning, its file, its 文号 or a part of its title.  What is not found, or fits
    several, raises a ZhibiaoError of one line.
    """

    def __init__(self, path: str | Path, *, create: bool = False, with_personal: bool = False) -> None:
        self.path = Path(path)
        if create and not self.path.exists():
            open_base(self.path, create=True).close()
        self._connection = open_base(self.path)
        self._with_personal = with_personal

    @classmethod
    def bundled(cls, path: str | Path) -> Self:
        """The bundled documents, read and linked in a fresh base at `path`; other bases there are left alone."""
        from kb.demo import fresh_base, ingest_bundled
        from kb.link.linking import link_due
        from kb.link.model import model_for

        with closing(fresh_base(Path(path))) as connection:
            for outcome in ingest_bundled(connection, Path(path)):
                if outcome.status == "failed":
                    raise ZhibiaoError(f"{outcome.source}: {outcome.error}")
            list(link_due(connection, model_for(Path(path))))
        return cls(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # ------------------------------------------------------------ any question

    def questions(self) -> DataFrame:
        """The ready questions, which `ask` puts.

        Columns: name, title, title_en, parameters.
        """
        return self._frame(question_rows(), ["name", "title", "title_en", "parameters"])

    def ask(self, name: str, **parameters: str) -> DataFrame:
        """The answer of a ready question; a parameter not given is empty, which mostly means all.

        Columns are those of the question (`queries/NAME.sql`), also where there are no rows.
        """
        asked = question(name)
        rows = ask(self._connection, name, with_documents(self._connection, asked, parameters))
        return self._frame(rows, answer_columns(self._connection, asked))

    # ------------------------------------------------------------ browse

    def documents(self, city: str = "") -> DataFrame:
        """The documents, and how much was read out of each; origin `digest` is not the original itself.

        Columns: document_id, title, doc_number, issuer, dated, region, level, kind, origin, campaign, total_points,
        clauses, score_rules, thresholds, plan_items, assignments, citations, findings, revision, source.
        """
        return self.ask("documents", city=city)

    def search(self, words: str, document: str | None = None) -> DataFrame:
        """What contains every word, facts before passages, the best first; a word may have one character or more.

        Columns: document_id, document, kind, code, text, place, id, passage_id.
        """
        from kb.search.hits import COLUMNS, KINDS, hits
        from kb.search.pairs import words as parted

        if not parted(words):
            raise ZhibiaoError("nothing to search for; name a word")
        return self._frame(hits(self._connection, words, KINDS, self._document(document)), COLUMNS)

    def findings(self, document: str | None = None) -> DataFrame:
        """What is wrong or doubtful in one document or in all, the gravest first.

        Columns: severity, kind, message, document_id, place.
        """
        from kb.show import findings

        rows = findings(self._connection, self._document(document))
        return self._frame(rows, ["severity", "kind", "message", "document_id", "place"])

    # ------------------------------------------------------------ who leads what

    def who_leads(self, city: str = "", department: str = "", *, today: bool = False) -> DataFrame:
        """Every task and clause that a body leads, by the name that documents print or by the one it has `today`.

        Columns: region, body, role, code, text, printed_name, name_of_the_time, document, document_id, passage_id,
        place.
        """
        names = "today" if today else "printed"
        return self.ask("who-leads-what", names=names, city=city, department=department, role="lead")

    # ------------------------------------------------------------ is the plan covered

    def coverage(self, city: str, rubric: str | None = None) -> DataFrame:
        """How far a city's plan covers a rubric, clause by clause, what is probably uncovered first.

        Points are those of the rubric, score is 0 to 1.  Without a rubric: the one that the plan prints, else the one
        that it cites, else the newest of its campaign.

        Columns: part, status, clause, clause_title, section, points, points_status, optional, excusable, at_risk,
        best_item, best_item_text, score, tasks, parts, parts_served, points_open, served_by, open_parts, leads,
        leads_today, evidence, place, item_place, city, plan_id, rubric_id.
        """
        from kb.coverage.reading import read_each
        from kb.coverage.standing import COLUMNS

        return self._frame([row for one in read_each(self._connection, [city], rubric) for row in one.rows], COLUMNS)

    def weak_promises(self, city: str, rubric: str | None = None) -> DataFrame:
        """Where a city's plan says less than the clause that it answers; the rubric as for `coverage`.

        Columns: clause, item, kind, why, item_fragment, clause_fragment, points, score, method, clause_title,
        item_place, place, city, plan_id, rubric_id.
        """
        from kb.coverage.reading import read_each
        from kb.coverage.weak import COLUMNS, weak_promises

        readings = read_each(self._connection, [city], rubric)
        return self._frame(
            [row for one in readings for row in weak_promises(one.answers, one.plan, one.rubric)], COLUMNS
        )

    def gap(self, *cities: str, rubric: str | None = None) -> DataFrame:
        """Cities side by side against one rubric, the clauses that most of them lack first.

        Columns: part, section, clause, clause_title, points, demanded; then for each city `CITY status`,
        `CITY score`, `CITY best_item`, `CITY promised`, `CITY leads`.
        """
        from kb.coverage.gap import columns, gaps
        from kb.coverage.reading import read_together

        if len(set(cities)) < 2:
            raise ZhibiaoError("gap holds cities side by side; name two or more, or ask for coverage(city)")
        readings = read_together(self._connection, cities, rubric)
        rows = gaps({one.label: one.rows for one in readings}, {one.label: one.answers for one in readings})
        return self._frame(rows, columns([one.label for one in readings]))

    def why(self, item: str, clause: str) -> DataFrame:
        """Why a plan item is tied to a clause, or is not; both are `DOC:CODE`, or a code alone where one pair fits.

        A row a feature of the model, the weightiest first; none where the two share no telling word.  The same in
        words is in the frame's `attrs["words"]`, a list of lines.

        Columns: adds, weight, value, feature, meaning.
        """
        from kb.link.model import model_for
        from kb.link.why import in_words, why

        found = why(self._connection, model_for(self.path), item, clause)
        frame = self._frame(found.features, ["adds", "weight", "value", "feature", "meaning"])
        frame.attrs["words"] = [line if self._with_personal else masked_text(line) for line in in_words(found)]
        return frame

    # ------------------------------------------------------------ what is demanded where

    def thresholds(self, indicator: str = "", city: str = "") -> DataFrame:
        """What every document demands or promises for an indicator, a part of whose name is given.

        Columns: indicator, comparator, value, value_high, unit, baseline, period, text, owner_kind, owner, region,
        document, document_id, passage_id, place.
        """
        return self.ask("thresholds-by-indicator", indicator=indicator, city=city)

    def compare(self, indicator: str, rubric: str | None = None) -> DataFrame:
        """An indicator over all documents: stricter, equal, weaker than each rubric demands, or missing.

        Columns: indicator, verdict, demanded, offered, region, owner, period, text, document, document_id, place,
        clause, demand_text, rubric, rubric_id, rubric_place.
        """
        from kb.coverage.compare import COLUMNS, comparison

        return self._frame(comparison(self._connection, indicator, self._document(rubric) or ""), COLUMNS)

    # ------------------------------------------------------------ re-ingest

    def ingest(self, paths: str | Path | Iterable[str | Path]) -> DataFrame:
        """Read files, folders and web pages, and link what was read; a file that fails leaves the base as it was.

        The status is added, revised, unchanged, kept or failed.

        Columns: source, status, document_id, error, note.
        """
        from kb.fetch import is_address
        from kb.ingest import fetched, given_files, ingest, readable
        from kb.link.linking import link_due
        from kb.link.model import model_for

        given = [paths] if isinstance(paths, str | Path) else list(paths)
        files, _ = readable(given_files(Path(path) for path in given if not is_address(str(path))))
        with TemporaryDirectory() as folder, closing(open_base(self.path, write=True)) as connection:
            pages = fetched([str(path) for path in given if is_address(str(path))], Path(folder), private=False)
            outcomes = list(ingest(connection, self.path, [*files, *pages]))
            list(link_due(connection, model_for(self.path)))
        columns = ["source", "status", "document_id", "error", "note"]
        return self._frame([asdict(outcome) for outcome in outcomes], columns)

    # ------------------------------------------------------------

    def _document(self, name: str | None) -> str | None:
        return None if name is None else document_named(self._connection, name)

    def _frame(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> DataFrame:
        from kb.frames import frame

        return frame(rows if self._with_personal else [masked_row(dict(row)) for row in rows], columns)
