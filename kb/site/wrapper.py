"""What every answer of the server passes on its way out: headers of safety and caching, masks, a byte-order mark."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kb.personal import Masking

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Send], Awaitable[None]]

# own pages bring no script or style of their own in the page; Vega's SVG needs none either
OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Datasette's own table and query pages carry inline scripts and styles
STOCK_POLICY = OWN_POLICY.replace("-src 'self';", "-src 'self' 'unsafe-inline';", 2)
OWN = b"x-zhibiao-page"  # set by own pages, taken off here
# a preview stands in a frame of another site; it has no form and no script
POLICIES = {b"framed": OWN_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")}
OF_A_SITE = (b"origin", b"sec-fetch-site")  # headers that tell which site's page asks
TEXTUAL = (b"text/", b"application/json", b"application/xml", b"image/svg")
MARK = b"\xef\xbb\xbf"  # by which Excel knows UTF-8


def wrapped(app: App, *, with_personal: bool, open_to_all: str = "") -> App:
    """The application with every answer made safe; `open_to_all` is the address that other sites may post to."""

    async def answer(scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if open_to_all and scope["path"] == open_to_all:  # 1.0 would refuse them
            scope = dict(scope, headers=[pair for pair in scope["headers"] if pair[0].lower() not in OF_A_SITE])
        await app(scope, receive, _Outgoing(send, with_personal).send)

    return answer


class _Outgoing:
    """One answer on its way out."""

    def __init__(self, send: Send, with_personal: bool) -> None:
        self._send, self._with_personal = send, with_personal
        self._masking: Masking | None = None
        self._mark = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = dict(message, headers=self._headers(list(message.get("headers", []))))
        elif message["type"] == "http.response.body":
            message = dict(message, body=self._body(message))
        await self._send(message)

    def _headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        given = {name.lower(): value for name, value in headers}
        kind = given.get(b"content-type", b"")
        if kind.startswith(TEXTUAL) and not self._with_personal and b"javascript" not in kind and b"css" not in kind:
            self._masking = Masking()
        policy = POLICIES.get(given[OWN], OWN_POLICY) if OWN in given else STOCK_POLICY
        added = {
            b"content-security-policy": policy.encode(),
            b"x-content-type-options": b"nosniff",
            b"referrer-policy": b"same-origin",
        }
        if kind.startswith(b"text/csv"):
            self._mark = MARK
            headers = [(name, value) for name, value in headers if name.lower() != b"content-length"]
        kept = [(name, value) for name, value in headers if name.lower() not in (OWN, *added)]
        return [*kept, *added.items()]

    def _body(self, message: Message) -> bytes:
        body = bytes(message.get("body", b""))
        if self._masking is not None:
            body = self._masking.feed(body, last=not message.get("more_body", False))
        mark, self._mark = self._mark, b""
        return body if body.startswith(MARK) else mark + body
