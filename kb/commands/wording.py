"""The command on words: `words`."""

from __future__ import annotations

from pathlib import Path

import click

from kb.completing import complete_documents
from kb.options import Refused, database_option, listing_options, opened, print_rows


@click.command("words")
@click.argument("name", metavar="[DOC]", required=False, shell_complete=complete_documents)
@click.option("--clause", "code", metavar="CODE", help="Of this clause of DOC alone.")
@click.option("--cities", "is_of_cities", is_flag=True, help="What each city's plan uses more than the others'.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="So many words, of each city too.")
@database_option
@listing_options
def words_command(
    name: str | None, code: str | None, is_of_cities: bool, limit: int, database: Path, form: str, output: Path | None
) -> None:
    """List the words that are typical of a document, of a clause, or of each city's plan.

    Of a document and a clause by TF-IDF over the base; of cities by log odds, in standard errors.
    """
    if is_of_cities == (name is not None) or (code is not None and name is None):
        raise Refused("name a document, or ask for cities: zhibiao words DOC [--clause CODE], zhibiao words --cities")
    from kb.show import document_named
    from kb.words.cities import city_words
    from kb.words.keywords import clause_keywords, document_keywords

    with opened(database) as connection:
        if name is None:
            print_rows(city_words(connection, limit), form, output, ["city", "word", "count", "others", "z"])
            return
        document_id = document_named(connection, name)
        if code is None:
            print_rows(document_keywords(connection, document_id, limit), form, output)
        else:
            print_rows(clause_keywords(connection, document_id, code, limit), form, output)
