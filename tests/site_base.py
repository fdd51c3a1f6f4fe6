"""The site in process: a Datasette over a base, with plugin, templates and static files as `zhibiao serve` has them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from datasette.app import Datasette

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
