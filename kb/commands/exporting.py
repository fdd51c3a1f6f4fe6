"""The command that writes a base for other programs: `export`."""

from __future__ import annotations

from pathlib import Path

import click

from kb.options import FILE, Refused, database_option, opened, personal_option

KINDS = ("xlsx", "csv", "parquet", "jsonld", "datapackage", "gold", "graphml", "gexf")


@click.command()
@click.argument("out", type=FILE)
@click.option("--to", "kind", type=click.Choice(KINDS), required=True, help="What to write.")
@click.option("--doc", "name", help="Only this document (gold).")
@click.option("--site", metavar="URL", help="Lead to the pages of this site (xlsx, jsonld).")
@click.option("--force", is_flag=True, help="Write over what stands there; other files of a folder stay.")
@personal_option
@database_option
def export(
    out: Path, kind: str, name: str | None, site: str | None, force: bool, with_personal: bool, database: Path
) -> None:
    """Write the base to OUT, a file or a folder, once it is complete; an unchanged older export there is replaced.

    xlsx: a sheet a question.  csv: a file a question and a table, for Excel.  parquet: a typed file a table.  jsonld:
    linked data (PROV, SKOS).  datapackage: a Frictionless data package.  gold: a folder of annotations a document, for
    `evaluate`.  graphml, gexf: the graph; `graph` writes parts of it.
    """
    from kb.exports.export import Wish, export_annotations
    from kb.exports.export import export as write
    from kb.show import document_named

    if name is not None and kind != "gold":
        raise Refused(f"--doc goes with --to gold; {kind} holds the whole base")
    if site is not None and (kind not in ("xlsx", "jsonld") or not site.startswith(("http://", "https://"))):
        raise Refused("--site takes the address of a site, http(s)://…, and goes with --to xlsx or jsonld")
    wish = Wish(site or "", with_personal, force)
    with opened(database) as connection:
        if kind == "gold":
            document_id = None if name is None else document_named(connection, name)
            for path in export_annotations(connection, out, document_id, wish):
                click.echo(path)
        else:
            click.echo(write(connection, database, out, kind, wish))
