"""Commands about one document over time: `history`, `diff`, `forget`, `correct`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kb.completing import complete_documents
from kb.options import FILE, Refused, database_option, listing_options, opened, print_rows


@click.command()
@click.argument("name", metavar="DOC", shell_complete=complete_documents)
@database_option
@listing_options
def history(name: str, database: Path, form: str, output: Path | None) -> None:
    """List the revisions of a document: what was read when, which one is current, why a copy was kept beside."""
    from kb.revise.history import REVISIONS, revisions
    from kb.show import document_named

    with opened(database) as connection:
        rows = revisions(connection, document_named(connection, name))
    print_rows(rows, form, output, REVISIONS)


@click.command()
@click.argument("name", metavar="DOC", shell_complete=complete_documents)
@click.option("--from", "start", type=click.IntRange(1), help="Changes after this revision.")
@click.option("--to", "end", type=click.IntRange(1), help="Changes up to this revision.  [default: the current one]")
@database_option
@listing_options
def diff(name: str, start: int | None, end: int | None, database: Path, form: str, output: Path | None) -> None:
    """List what a revision of a document changed, fact by fact."""
    from kb.revise.history import CHANGES, changes
    from kb.show import document_named

    with opened(database) as connection:
        rows = changes(connection, document_named(connection, name), start, end)
    print_rows(rows, form, output, CHANGES)


@click.command()
@click.argument("name", metavar="DOC", shell_complete=complete_documents)
@click.option("--yes", is_flag=True, help="Do not ask.")
@database_option
def forget(name: str, yes: bool, database: Path) -> None:
    """Take a document out of the base, with its facts, its corrections and its files."""
    from kb.base import open_base
    from kb.revise.forget import forget as forget_document
    from kb.show import document_named

    with closing(open_base(database, write=True)) as connection:
        document_id = document_named(connection, name)
        (title,) = connection.execute("select title from documents where id = ?", (document_id,)).fetchone()
        if not yes:
            click.confirm(f"Forget {document_id} {title}?", abort=True, err=True)
        gone = forget_document(connection, database, document_id)
    what = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in gone.items())
    click.echo(f"forgot {document_id} {title}: {what or 'it had no facts'}")


@click.command()
@click.argument("values", nargs=-1, metavar="[DOC RECORD KEY FIELD VALUE]", shell_complete=complete_documents)
@click.option("--because", help="Why: what the source really says, and where.")
@click.option("--by", help="Who corrects.  [default: the user of this computer]")
@click.option("--import", "file", type=FILE, help="A CSV file with document,record,key,field,value (because, by).")
@click.option("--undo", "undone", type=click.IntRange(1), metavar="ID", help="Take back the correction of this id.")
@database_option
@listing_options
def correct(
    values: tuple[str, ...],
    because: str | None,
    by: str | None,
    file: Path | None,
    undone: int | None,
    database: Path,
    form: str,
    output: Path | None,
) -> None:
    """Put a wrongly read or misprinted value right; without arguments, or with DOC alone, list the corrections.

    RECORD is a table of facts (clauses, score_rules, thresholds, plan_items, assignments, citations, documents), KEY
    names one fact of it as `zhibiao diff` does: 28, 28 / 2, 28.1 / 市质监局, - for the document itself.
    """
    if len(values) > 1 or file is not None or undone is not None:
        _change(values, because, by, file, undone, database)
        return
    from kb.revise.correcting import COLUMNS
    from kb.revise.corrections import corrections_of
    from kb.show import document_named

    with opened(database) as connection:
        rows = corrections_of(connection, document_named(connection, values[0]) if values else None)
    print_rows(rows, form, output, COLUMNS)


def _change(
    values: tuple[str, ...],
    because: str | None,
    by: str | None,
    file: Path | None,
    undone: int | None,
    database: Path,
) -> None:
    """Make, bring in or take back corrections, one of the three."""
    from kb.base import open_base, transaction
    from kb.revise.correcting import GIVEN, import_corrections, undo
    from kb.revise.correcting import correct as make

    if bool(values) + (file is not None) + (undone is not None) != 1 or (values and len(values) != len(GIVEN)):
        raise Refused("give DOC RECORD KEY FIELD VALUE, or --import FILE, or --undo ID")
    with closing(open_base(database, write=True)) as connection:
        if file is not None:
            click.echo(f"{import_corrections(connection, file)} corrections from {file}")
            return
        if undone is not None:
            row = undo(connection, undone)
            values_shown = (row["corrected_value"], row["now_read"])
        else:
            if not because:
                raise Refused("say why with --because: what the source really says, and where")
            with transaction(connection):
                row = make(connection, dict(zip(GIVEN, values, strict=True)) | {"because": because, "by": by or ""})
            values_shown = (row["read_value"], row["corrected_value"])
    before, after = (value or "(nothing)" for value in values_shown)
    click.echo(f"{row['document_id']} {row['record']} {row['key']} {row['field']}: {before} → {after}")
