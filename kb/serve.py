"""The base in a browser: this process becomes a Datasette on the loopback address, the questions its canned queries."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from extract.errors import ZhibiaoError

HOST = "127.0.0.1"
SITE = Path(__file__).parent / "site"


class PortInUse(ZhibiaoError):
    """Another program listens there."""


def metadata(base: Path) -> dict[str, Any]:
    """Datasette's metadata: the questions as canned queries of the base, Chinese title first."""
    from kb.questions import questions

    queries = {
        question.name: {
            "sql": question.sql,
            "title": f"{question.title} / {question.title_en}",
            "description": question.description,
            "params": [param.name for param in question.params],
            "hide_sql": True,
        }
        for question in questions()
    }
    return {"title": "指标 zhibiao", "databases": {base.stem: {"queries": queries}}}


def check_port(port: int) -> None:
    """Raise PortInUse where nobody can listen on that port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortInUse(f"port {port} cannot be used ({error.strerror}); name another one with --port") from error


def arguments(base: Path, port: int) -> list[str]:
    """The command that serves a base; it reads its metadata from standard input."""
    # -P: a datasette.py in the current folder is not what is meant
    return [
        *(sys.executable, "-P", "-m", "datasette", "serve", str(base.resolve()), "--host", HOST, "--port", str(port)),
        *("--metadata", "-", "--setting", "suggest_facets", "off", "--plugins-dir", str(SITE / "plugins")),
        *("--template-dir", str(SITE / "templates"), "--static", f"-/zhibiao:{SITE / 'static'}"),
    ]


def serve(base: Path, port: int) -> None:
    """Replace this process by the server; comes back only with an exception."""
    check_port(port)
    command = arguments(base, port)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as described:  # nameless: nothing is left behind
        json.dump(metadata(base), described, ensure_ascii=False)
        described.flush()
        described.seek(0)
        os.dup2(described.fileno(), 0)
        os.execv(command[0], command)
