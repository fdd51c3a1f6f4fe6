"""Pages and files from the web, within bounds of size and time; addresses inside a private network are refused.

Every hop of a redirection is checked, and the connection goes to the very address that was checked: a name that
answers differently the second time leads nowhere else.
"""

from __future__ import annotations

import socket
from contextlib import closing
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from extract.errors import ZhibiaoError

if TYPE_CHECKING:
    import httpx

LARGEST = 50_000_000  # bytes
LONGEST = 60.0  # seconds for all hops together
MOST_HOPS = 5
ENDINGS = {
    **dict.fromkeys(("text/html", "application/xhtml+xml"), ".html"),
    **{"text/plain": ".txt", "text/markdown": ".md", "application/pdf": ".pdf", "application/msword": ".doc"},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/x-download")  # then the address tells
NAT64 = IPv6Network("64:ff9b::/96")  # its last 32 bits are the IPv4 address that is meant


class UnfetchedPage(ZhibiaoError):
    """The address cannot be fetched, or must not be."""


def is_address(text: str) -> bool:
    """Whether a path that was given is the address of a page.

    >>> is_address("https://www.example.org/a.html"), is_address("in/a.html")
    (True, False)
    """
    return "://" in text


def fetch(url: str, folder: Path, *, private: bool = False) -> Path:
    """The file behind an address, in `folder` under a name of its own; `private` allows private networks too.

    Raises UnfetchedPage in one line.
    """
    import httpx

    deadline = monotonic() + LONGEST
    try:
        # no proxy: it would look the name up once more
        with httpx.Client(trust_env=False, timeout=httpx.Timeout(LONGEST)) as client:
            target = httpx.URL(url)
            for _ in range(MOST_HOPS + 1):
                with closing(client.send(_request(client, target, private), stream=True)) as response:
                    if not response.has_redirect_location:
                        return _saved(target, response, folder, deadline)
                    target = target.join(response.headers["location"])
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        raise UnfetchedPage(f"cannot be fetched: {error or type(error).__name__}; check the address") from error
    raise UnfetchedPage(f"redirects more than {MOST_HOPS} times; give the address it ends at")


def _request(client: httpx.Client, url: httpx.URL, private: bool) -> httpx.Request:
    """A request to the address that a name was checked to have, under that name."""
    if url.scheme not in ("http", "https") or not url.host:
        raise UnfetchedPage(
            f"{url.scheme or 'it'} is not fetched; give an address that begins with http:// or https://"
        )
    address = public_address(url.host, url.port or (443 if url.scheme == "https" else 80), private)
    return client.build_request(
        "GET",
        url.copy_with(host=address, username=None, password=None, fragment=None),
        headers={"host": url.netloc.decode("ascii").rpartition("@")[2], "user-agent": "zhibiao"},
        extensions={"sni_hostname": url.raw_host.decode("ascii")},
    )


def public_address(host: str, port: int, private: bool) -> str:
    """The first address of a host; raises UnfetchedPage where any of its addresses is not for everybody."""
    found = [ip_address(text) for text in _looked_up(host, port)]
    hidden = [address for address in found if not is_public(address)]
    if hidden and not private:
        raise UnfetchedPage(f"{host} is {hidden[0]}, inside a private network; allow that with --allow-private")
    if not found:
        raise UnfetchedPage(f"{host} has no address; check the spelling")
    return str(found[0])


def _looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host as text, a zone behind % left out."""
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnfetchedPage(f"{host} is not found; check the spelling and the network") from error
    return [str(entry[4][0]).partition("%")[0] for entry in entries]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether everybody means the same host by an address; an IPv4 address wrapped in an IPv6 one counts itself.

    >>> [is_public(ip_address(text)) for text in ("8.8.8.8", "10.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254")]
    [True, False, False, False, False]
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _saved(url: httpx.URL, response: httpx.Response, folder: Path, deadline: float) -> Path:
    """The body of an answer as a file, of the ending that its content type says."""
    if response.status_code != 200:
        raise UnfetchedPage(f"answered {response.status_code} {response.reason_phrase}; check the address")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    ending = Path(url.path).suffix.lower() if kind in UNTOLD else ENDINGS.get(kind)
    if not ending:
        raise UnfetchedPage(f"is {kind or 'of no known kind'}; give the address of a page, a PDF, a DOCX or a text")
    target, size = folder / f"{sha256(str(url).encode()).hexdigest()[:16]}{ending}", 0
    with target.open("wb") as file:
        for part in response.iter_bytes():
            size += len(part)
            if size > LARGEST:
                raise UnfetchedPage(f"is larger than {LARGEST // 1_000_000} MB; save it and give the file")
            if monotonic() > deadline:
                raise UnfetchedPage(f"takes longer than {LONGEST:g} s; try again, or save it and give the file")
            file.write(part)
    return target
