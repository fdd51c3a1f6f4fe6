"""Commands that show how things hang together: `graph`, `path`, `partners`."""

from __future__ import annotations

from pathlib import Path

import click

from kb.options import FILE, Refused, database_option, listing_options, opened, personal_option, print_rows

LAYOUTS = ("graphml", "gexf", "json", "csv", "svg")


@click.command()
@click.argument("out", type=FILE)
@click.option("--to", "layout", type=click.Choice(LAYOUTS), help="The layout.  [default: what OUT ends with]")
@click.option("--around", "middle", metavar="NODE", help="Only what is near this: an id (clause:12), a name, DOC:CODE.")
@click.option("--depth", type=click.IntRange(1, 6), default=2, show_default=True, help="How near, in steps.")
@click.option("--document", "name", metavar="DOC", help="Only this document and what its facts are tied to.")
@click.option("--bodies", is_flag=True, help="Instead the bodies that share tasks, with centrality and communities.")
@click.option("--text", is_flag=True, help="Also passages, leftovers, form fields and findings.")
@personal_option
@database_option
def graph(
    out: Path,
    layout: str | None,
    middle: str | None,
    depth: int,
    name: str | None,
    bodies: bool,
    text: bool,
    with_personal: bool,
    database: Path,
) -> None:
    """Write the knowledge graph, or a part of it, to OUT.

    GraphML and GEXF for Gephi and others, node-link JSON, CSV (OUT-nodes.csv and OUT-edges.csv), SVG for the eye.
    """
    from kb.graph.files import layout_of, masked_network, save_graph
    from kb.graph.naming import node_named
    from kb.graph.network import of_document, read_network
    from kb.graph.partners import partner_network
    from kb.show import document_named

    if bodies and (name is not None or text):
        raise Refused("--bodies is a graph of its own; it goes with neither --document nor --text")
    layout = layout or layout_of(out)
    with opened(database) as connection:
        network = partner_network(connection) if bodies else read_network(connection, text=text)
        network = network if with_personal else masked_network(network)
        if name is not None:
            network = of_document(network, document_named(connection, name))
        start = None if middle is None else node_named(connection, network, middle).id
    for file in save_graph(network, out, layout, start, depth):
        click.echo(file)


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--most", type=click.IntRange(1, 50), default=3, show_default=True, help="How many shortest ways.")
@database_option
@listing_options
def path(start: str, end: str, most: int, database: Path, form: str, output: Path | None) -> None:
    """Show how A and B hang together: the shortest ways between them, in words.

    A and B are ids (clause:12), codes in a document (DOC:13.2), or names of departments, indicators, functions, regions
    and documents, or words of one; a word of its region tells a department from others of its name.
    """
    from kb.graph.naming import node_named
    from kb.graph.network import read_network
    from kb.graph.paths import COLUMNS, in_words, paths

    with opened(database) as connection:
        network = read_network(connection)
        one, other = (node_named(connection, network, name) for name in (start, end))
    rows = paths(network, one, other, most)
    if form != "table" or output is not None:
        print_rows(rows, form, output, COLUMNS)
    elif not rows:
        click.echo(f"{one.label} and {other.label}: nothing ties them together")
    else:
        for line in in_words(rows, 60):
            click.echo(line)


@click.command()
@click.option("--communities", is_flag=True, help="List the communities instead of the bodies.")
@database_option
@listing_options
def partners(communities: bool, database: Path, form: str, output: Path | None) -> None:
    """List how central each department is among those it shares tasks with, and its community."""
    from kb.graph.partners import COLUMNS, COMMUNITY_COLUMNS, partner_communities
    from kb.graph.partners import partners as read_partners

    with opened(database) as connection:
        rows = partner_communities(connection) if communities else read_partners(connection)
    print_rows(rows, form, output, COMMUNITY_COLUMNS if communities else COLUMNS)
