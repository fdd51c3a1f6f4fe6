"""The published site: a Datasette plugin with pages of its own, templates, static files."""

from __future__ import annotations

from pathlib import Path

SITE = Path(__file__).parent
# Datasette's settings, on both lines: nothing is suggested or downloaded, and no query runs long or gives all
SETTINGS = {
    "suggest_facets": False,
    "allow_download": False,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 500,
    "max_returned_rows": 2000,
    "default_page_size": 100,
}
