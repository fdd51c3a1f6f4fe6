"""The command for users of spaCy: `spans`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.options import FILE, Refused, database_option, listing_options, opened, personal_option, print_rows

if TYPE_CHECKING:
    import sqlite3

    from kb.spans import Passage


@click.command()
@click.argument("name", metavar="[DOC|FILE]", required=False)
@click.option(
    "--html",
    "page",
    type=FILE,
    is_flag=False,
    flag_value="-",
    help="displaCy's picture of the spans, one page that needs no other: to FILE, without one to the standard output.",
)
@click.option("--docbin", type=FILE, help="Write reviewed passages as training data of a SpanCategorizer (.spacy).")
@click.option("--patterns", type=FILE, help="With a FILE: patterns that take part.  [default: those kept with --db]")
@personal_option
@database_option
@listing_options
def spans(
    name: str | None,
    page: Path | None,
    docbin: Path | None,
    patterns: Path | None,
    with_personal: bool,
    database: Path,
    form: str,
    output: Path | None,
) -> None:
    """List where departments, indicators, thresholds, points, deadlines, citations and words of roles stand.

    START and END count the characters of the passage; FACT is the record that a span became, blank where it became
    none.  Without DOC all documents of the base.

    --docbin writes the passages that hold facts and about which nothing is doubtful (no warning, no unknown body, no
    inferred points), and those where a person corrected a fact or accepted a link; corrections are applied.  It loads
    with DocBin().from_disk(FILE).get_docs(spacy.blank("zh").vocab), the spans are in doc.spans["zhibiao"].
    """
    from kb.spans import COLUMNS, need_spacy, passages, reviewed, shown, span_rows

    need_spacy()
    if page is not None and name is None:
        raise Refused("--html draws one document: zhibiao spans DOC --html [FILE]")
    with _named(name, database, patterns) as (connection, documents):
        found: list[Passage] = [passage for document in documents for passage in passages(connection, document)]
        if page is not None:
            from extract.spans.pipeline import rendered

            title = _title(connection, documents[0], with_personal)
            _put(page, rendered(title, shown(found, personal=with_personal)))
        if docbin is not None:
            from extract.spans.pipeline import write_docbin

            count = write_docbin(docbin, reviewed(connection, found, personal=with_personal))
            click.echo(f"{docbin}: {count} of {len(found)} passages")
        if page is None and docbin is None:
            print_rows(list(span_rows(found, personal=with_personal)), form, output, COLUMNS)


def _put(page: Path, drawn: str) -> None:
    """Write to a file and name it, or to the standard output."""
    if str(page) == "-":
        click.echo(drawn)
    else:
        page.write_text(drawn, "utf-8")
        click.echo(page)


@contextmanager
def _named(name: str | None, database: Path, patterns: Path | None) -> Iterator[tuple[sqlite3.Connection, list[str]]]:
    """The base that holds what is named, patterns taking part: FILE read for itself, DOC of the base, or all of it."""
    from extract.patterns import patterns_in, using
    from kb.patterns import kept_patterns
    from kb.report import read_into_memory
    from kb.show import document_named

    is_file = name is not None and Path(name).is_file()
    if patterns is not None and not is_file:
        raise Refused("--patterns goes with a FILE; a base takes them with: zhibiao ingest --patterns FILE --refresh")
    with using(patterns_in(patterns) if patterns is not None else kept_patterns(database)):
        if name is not None and is_file:
            connection, document = read_into_memory(Path(name))
            with closing(connection):
                yield connection, [document]
            return
        with opened(database) as connection:
            every = [row["id"] for row in connection.execute("select id from documents order by id")]
            yield connection, every if name is None else [document_named(connection, name)]


def _title(connection: sqlite3.Connection, document: str, personal: bool) -> str:
    from kb.personal import masked_text

    title: str = connection.execute("select title from documents where id = ?", [document]).fetchone()[0]
    return title if personal else masked_text(title)
