"""The command line `zhibiao`: the group of all commands, in the order in which help lists them.

Exit codes: 0 done, 1 some file failed, 2 the command could not be carried out.
"""

from __future__ import annotations

import click

from kb.commands import (
    asking,
    covering,
    exporting,
    graphing,
    ingesting,
    judging,
    linking,
    looking,
    operating,
    resolving,
    revising,
    searching,
    simulating,
    spanning,
    wording,
)
from kb.options import Commands

COMMANDS = (
    *(ingesting.ingest, ingesting.demo),
    *(looking.show, looking.findings, looking.debug),
    *(revising.history, revising.diff, revising.forget, revising.correct),
    *(searching.search, asking.query, asking.serve_command, asking.publish_command),
    *(linking.link, linking.why_command, linking.review),
    *(covering.coverage, covering.weak, covering.compare, covering.gap),
    *(graphing.graph, graphing.path, graphing.partners),
    *(exporting.export, judging.evaluate),
    resolving.resolve,
    simulating.simulate,
    wording.words_command,
    spanning.spans,
    *(operating.doctor, operating.watch, operating.completion),
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhibiao")
def cli() -> None:
    """Chinese policy documents as a knowledge base of indicators, points, thresholds and departments."""


for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """The entry point of the installed command."""
    cli(prog_name="zhibiao")


if __name__ == "__main__":
    main()
