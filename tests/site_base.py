"""The site in process: a Datasette over a base, with plugin, templates and static files as `zhibiao serve` has them."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from lxml import html

from kb.evaluation.rows import read_rows
from kb.site import SETTINGS, SITE


def site(path: Path, *, immutable: bool = False) -> Datasette:
    """A Datasette that shows the base at `path`; `immutable` as a published one is."""
    files = [str(path)]
    return Datasette(
        [] if immutable else files,
        immutables=files if immutable else [],
        plugins_dir=str(SITE / "plugins"),
        template_dir=str(SITE / "templates"),
        settings=SETTINGS,
        static_mounts=[("static", str(SITE / "static"))],
    )


def get(shown: Datasette, address: str, **headers: str) -> Any:
    """The answer to one request, redirects not followed."""

    async def asked() -> Any:
        await shown.invoke_startup()
        return await shown.client.get(
            address, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    return asyncio.run(asked())


def page(shown: Datasette, address: str) -> Any:
    """The page at an address as a tree."""
    answer = get(shown, address)
    assert answer.status_code == 200, (address, answer.text[:300])
    return html.fromstring(answer.text)


def rows(base: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    """What a select finds in a base."""
    with closing(sqlite3.connect(base)) as connection:
        return read_rows(connection, sql, values)
