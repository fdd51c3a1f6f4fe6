"""`kb.fetch`: pages from a server on this machine; what must not be fetched is refused in one line."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner
from made_pdfs import printed

import kb.fetch
from kb.base import open_base
from kb.cli import cli
from kb.fetch import UnfetchedPage, fetch, is_public
from kb.originals import originals_folder

PAGE = (
    "<html><head><title>甲市质量办</title></head><body><h1>甲市人民政府关于加强质量工作的意见</h1>"
    "<p>甲政发〔2014〕3号</p><p>到2016年，全市产品抽检合格率达到96%以上。</p><p>2014年5月6日</p></body></html>"
)
# by path: content type and body
ANSWERS: dict[str, tuple[str, bytes]] = {
    "/page": ("text/html; charset=utf-8", PAGE.encode()),
    "/odd.xyz": ("text/html", PAGE.encode()),
    "/plan.txt": ("application/octet-stream", "甲市质量计划".encode()),
    "/paper.pdf": ("application/pdf", b""),
    "/picture": ("image/png", b"\x89PNG"),
    "/large": ("text/plain", b"x" * 5000),
}
MOVED = {"/moved": "/page", "/loop": "/loop", "/inside": "http://127.0.0.2:{port}/page", "/file": "file:///etc/passwd"}


class Site(BaseHTTPRequestHandler):
    """A small site that remembers under which name it was asked."""

    asked: list[str] = []  # noqa: RUF012  # shared on purpose: the server makes an object a request

    def do_GET(self) -> None:  # the name that the server calls
        self.asked.append(self.headers["host"])
        if self.path in MOVED:
            self.send_response(302)
            self.send_header("location", MOVED[self.path].format(port=self.server.server_port))  # type: ignore[attr-defined]
            self.end_headers()
        elif self.path == "/slow":
            self.send_response(200)
            self.send_header("content-type", "text/plain")
            self.end_headers()
            for _ in range(20):
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif self.path in ANSWERS:
            kind, body = ANSWERS[self.path]
            self.send_response(200)
            self.send_header("content-type", kind)
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "ending"), [("/page", ".html"), ("/odd.xyz", ".html"), ("/plan.txt", ".txt"), ("/moved", ".html")]
)
def test_the_content_type_decides_the_format(site: str, tmp_path: Path, path: str, ending: str) -> None:
    """The ending of the address counts where the server tells no type; redirections are followed."""
    file = fetch(site + path, tmp_path, private=True)
    assert (file.suffix, file.read_bytes()) == (ending, ANSWERS["/page" if path == "/moved" else path][1])


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/none", "answered 404"),
        ("/picture", "is image/png"),
        ("/loop", "redirects more than 5 times"),
        ("/file", "file is not fetched"),
        ("/large", "is larger than"),
        ("/slow", "takes longer than"),
    ],
)
def test_what_cannot_be_fetched_is_one_line(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, reason: str
) -> None:
    """Status, kind, hops, size and time are bounded."""
    monkeypatch.setattr(kb.fetch, "LARGEST", 4000)
    monkeypatch.setattr(kb.fetch, "LONGEST", 0.3)
    with pytest.raises(UnfetchedPage, match=reason) as refused:
        fetch(site + path, tmp_path, private=True)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://127.0.0.1/a.txt", "ftp is not fetched"),
        ("http://", "is not fetched"),
        ("http://[::1/", "cannot be fetched"),
        ("http://name.invalid/", "name.invalid is not found"),
        ("http://127.0.0.1:9/", "inside a private network; allow that with --allow-private"),
        ("http://localhost:9/", "inside a private network"),
        ("http://[::1]:9/", "inside a private network"),
        ("http://2130706433/", "inside a private network"),
        ("http://0x7f.1/", "inside a private network"),
        ("http://user:secret@10.1.2.3/", "10.1.2.3, inside a private network"),
    ],
)
def test_what_must_not_be_fetched_is_refused(tmp_path: Path, url: str, reason: str) -> None:
    """Other schemes and private addresses, however they are written."""
    with pytest.raises(UnfetchedPage, match=reason):
        fetch(url, tmp_path)


def test_every_hop_is_checked(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that sends on to a hidden address is refused there, though it may be fetched itself."""
    monkeypatch.setattr(kb.fetch, "is_public", lambda address: str(address) == "127.0.0.1")
    assert fetch(f"{site}/page", tmp_path).suffix == ".html"
    with pytest.raises(UnfetchedPage, match=r"127.0.0.2 is 127.0.0.2, inside a private network"):
        fetch(f"{site}/inside", tmp_path)


def test_a_name_is_looked_up_once(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was checked, and the server hears the name."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def looked_up(host: Any, *rest: Any, **more: Any) -> Any:
        asked.append(host if isinstance(host, str) else host.decode())
        # a second answer would be another one
        return real("127.0.0.1" if asked.count("plans.example") == 1 else "127.0.0.3", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    port = site.rpartition(":")[2]
    Site.asked.clear()
    assert fetch(f"http://plans.example:{port}/page", tmp_path, private=True).is_file()
    assert asked.count("plans.example") == 1
    assert Site.asked == [f"plans.example:{port}"]


def test_one_hidden_address_of_several_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with a public and a private address is refused."""
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    with pytest.raises(UnfetchedPage, match=r"192\.168\.1\.1, inside a private network"):
        fetch("http://both.example/", tmp_path)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *(("8.8.8.8", True), ("2001:4860:4860::8888", True), ("10.0.0.1", False), ("172.16.5.4", False)),
        *(("192.168.0.1", False), ("127.8.8.8", False), ("169.254.169.254", False), ("100.64.0.1", False)),
        *(("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::", False), ("::1", False)),
        *(("fe80::1", False), ("fd00::1", False), ("::ffff:10.0.0.1", False), ("::ffff:8.8.8.8", True)),
        *(("64:ff9b::a00:1", False), ("2002:a00:1::1", False)),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    """Loopback, private, link-local, shared, multicast and wrapped addresses are not for everybody."""
    assert is_public(ip_address(address)) is public


# ---------------------------------------------------------------- the command


def test_pages_are_ingested_under_their_address(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page and a PDF become documents, a failure is one line of the log; the same page again is unchanged."""
    monkeypatch.chdir(tmp_path)
    paper = printed(tmp_path / "in.pdf", lambda page: page.text(72, 90, "乙市质量发展规划"))
    ANSWERS["/paper.pdf"] = ("application/pdf", paper.read_bytes())
    urls = [f"{site}/page", f"{site}/none", f"{site}/paper.pdf"]
    result = CliRunner().invoke(cli, ["ingest", *urls, "--allow-private", "--jobs", "1"])
    assert result.exit_code == 1
    assert f"[2/3] failed {site}/none: answered 404 Not Found; check the address" in result.stderr
    with closing(open_base(tmp_path / "zhibiao.db")) as connection:
        rows = connection.execute("select source, format from documents order by rowid").fetchall()
        assert [tuple(row) for row in rows] == [(urls[0], "html"), (urls[2], "pdf")]
        log = [tuple(row) for row in connection.execute("select source, status from ingests order by id")]
        assert log == [(urls[0], "added"), (urls[1], "failed"), (urls[2], "added")]
    kept = sorted(file.suffix for file in originals_folder(tmp_path / "zhibiao.db").iterdir())
    assert kept == [".html", ".pdf"]
    again = CliRunner().invoke(cli, ["ingest", urls[0], "--allow-private"])
    assert again.stdout.startswith("0 added, 0 revised, 1 unchanged")
    refused = CliRunner().invoke(cli, ["ingest", urls[0]])
    assert (refused.exit_code, "--allow-private" in refused.stderr) == (1, True)
