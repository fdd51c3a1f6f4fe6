"""What all commands share: the base to read, the formats of a listing, and errors that end as one line."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from extract.errors import ZhibiaoError
from kb.listing import FORMATS, Format, Rows, listing, save_listing
from kb.settings import Settings, settings

UNSET = ("doctor", "completion")  # what is asked where the settings are broken
C = TypeVar("C", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
database_option = click.option(
    "--db", "database", type=FILE, default="zhibiao.db", show_default=True, help="The knowledge base."
)

personal_option = click.option(
    "--with-personal", is_flag=True, help="Keep telephone, identity-card and e-mail numbers of persons."
)


class Refused(click.ClickException):
    """What a user did wrong or lacks, as one line on standard error."""

    exit_code = 2


class Commands(click.Group):
    """The commands with the defaults that were set; errors for users end as one line, not as a traceback."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        found = settings(self, os.environ)
        return super().make_context(info_name, args, parent, default_map=found.default_map, obj=found, **extra)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        error = ctx.obj.error if isinstance(ctx.obj, Settings) else None
        if error is not None and name not in UNSET and not ctx.resilient_parsing:
            raise error
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ZhibiaoError as error:
            raise Refused(str(error)) from error
        except sqlite3.Error as error:
            raise Refused(f"the knowledge base says: {error}; look at it with `zhibiao doctor --db FILE`") from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # `zhibiao … | head`: click ends quietly
                raise
            raise Refused(f"{error.filename or 'the file system'}: {error.strerror}; {_advice(error)}") from error


def _advice(error: OSError) -> str:
    """What to do about a file that could not be used."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "free some space"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "check its permissions, or name another place"
    return "check the path"


def listing_options(command: C) -> C:
    """The options that every listing takes."""
    form = click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How rows are printed."
    )
    output = click.option(
        "--output", type=FILE, help="Write to this file (CSV then opens in Excel; .xlsx is a workbook)."
    )
    return form(output(command))


def print_rows(rows: Rows, form: str, output: Path | None, columns: Sequence[str] | None = None) -> None:
    """Print a listing, or write it to a file."""
    if output is None:
        click.echo(listing(rows, cast(Format, form), columns))
    elif output.suffix.lower() == ".xlsx":
        from kb.sheets import write_sheet

        write_sheet(output, rows, columns if columns is not None else list(rows[0]) if rows else [])
    else:
        save_listing(rows, cast(Format, form), output, columns)


@contextmanager
def opened(database: Path) -> Iterator[sqlite3.Connection]:
    """The base for reading."""
    from kb.base import open_base

    with closing(open_base(database)) as connection:
        yield connection
