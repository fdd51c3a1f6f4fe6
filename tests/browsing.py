"""A server over the bundled documents and a browser that looks at it: what the end-to-end tests share."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from conftest import ROOT, program

from kb.base import open_base
from kb.demo import ingest_bundled
from kb.link.linking import link_due
from kb.link.model import shipped_model

PATIENCE = 60.0  # seconds that a server may take to start on a busy machine
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def bundled_base(path: Path) -> Path:
    """The base that `zhibiao demo` makes, at `path`."""
    with closing(open_base(path, create=True)) as connection:
        assert {outcome.status for outcome in ingest_bundled(connection, path)} == {"added"}
        list(link_due(connection, shipped_model()))
    return path


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(base: Path, *options: str) -> Iterator[str]:
    """`zhibiao serve` over a base; the address it prints, with the token where review is on."""
    command = [sys.executable, "-m", "kb.cli", "serve", "--db", str(base), "--port", str(free_port()), *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the server printed no address"
        _wait_for(found[0].split("review?")[0])
        yield found[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{address}-/versions.json", timeout=5):
                return
        except (URLError, OSError):
            assert time.monotonic() < end, f"{address} did not answer"
            time.sleep(0.2)


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's Chromium, headless; a test is skipped where it is not installed."""
    path = program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """A page of the browser that notes what went wrong: console errors, requests to other hosts, failures."""

    def __init__(self, browser: Any, address: str, size: dict[str, int]) -> None:
        self.root = re.match(r"http://[^/]+", address)[0]  # type: ignore[index]
        self.context = browser.new_context(viewport=size, accept_downloads=True)
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda said: self._note(f"console {said.text}") if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(f"script {error}"))
        self.page.on("request", lambda request: self._check_host(request.url))
        self.page.on(
            "response", lambda answer: self._note(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        )

    def _note(self, what: str) -> None:
        self.wrong.append(f"{self.page.url}: {what}")

    def _check_host(self, url: str) -> None:
        if not url.startswith((self.root, "data:", "blob:", "about:")):
            self._note(f"request off the host: {url}")

    def go(self, path: str) -> Any:
        """Open a path of the site, and wait until it rests."""
        self.page.goto(self.root + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def is_wider_than_the_screen(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
