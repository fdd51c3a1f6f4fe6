"""The base in a browser: this process becomes a Datasette on the loopback address, the questions its canned queries."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from extract.errors import ZhibiaoError
from kb.personal import WITH_PERSONAL
from kb.site import SETTINGS, SITE
from kb.site.configuration import configuration, metadata
from kb.site.review import TOKEN as REVIEW

HOST = "127.0.0.1"
METADATA, CONFIG = 0, 9  # descriptors from which the server reads what it is told


class PortInUse(ZhibiaoError):
    """Another program listens there."""


def check_port(port: int) -> None:
    """Raise PortInUse where nobody can listen on that port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortInUse(f"port {port} cannot be used ({error.strerror}); name another one with --port") from error


def arguments(base: Path, port: int) -> list[str]:
    """The command that serves a base; metadata comes from standard input, what 1.0 asks for besides from `CONFIG`."""
    # -P: a datasette.py in the current folder is not what is meant
    return [
        *(sys.executable, "-P", "-m", "datasette", "serve", str(base.resolve()), "--host", HOST, "--port", str(port)),
        *("--metadata", "-", *(("--config", f"/dev/fd/{CONFIG}") if _is_one() else ()), *_settings()),
        *("--plugins-dir", str(SITE / "plugins")),
        *("--template-dir", str(SITE / "templates"), "--static", f"static:{SITE / 'static'}"),
    ]


def _is_one() -> bool:
    """Whether the Datasette beside this program is of the 1.0 line, which reads canned queries from a configuration."""
    return int(version("datasette").partition(".")[0]) >= 1


def _settings() -> list[str]:
    words = ((name, str(value).lower()) for name, value in SETTINGS.items())
    return [word for name, value in words for word in ("--setting", name, value)]


def serve(base: Path, port: int, token: str = "", *, with_personal: bool = False) -> None:
    """Replace this process by the server; comes back only with an exception.

    With a token, whoever brings it may review; without `with_personal`, personal numbers are starred out.
    """
    check_port(port)
    os.environ |= {REVIEW: token, WITH_PERSONAL: "1" if with_personal else ""}
    command = arguments(base, port)
    with (
        tempfile.TemporaryFile("w+") as described,
        tempfile.TemporaryFile("w+") as configured,
    ):  # nameless: none is left
        for file, told, place in ((described, metadata, METADATA), (configured, configuration, CONFIG)):
            json.dump(told(base.stem), file)
            file.flush()
            file.seek(0)
            os.dup2(file.fileno(), place)
        os.execv(command[0], command)
