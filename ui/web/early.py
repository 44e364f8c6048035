"""Puts the page's own style and script into the first HTML, so that nothing flashes or moves."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The colours stand here as well, so that the very first paint has them already.
HEAD = """
<meta name="color-scheme" content="light dark">
<meta name="description" content="Chat with your library of digital assets">
<link rel="stylesheet" href="/ui/dalm.css">
<script src="/ui/part.js"></script>
<script src="/ui/dalm.js"></script>
"""
# What Gradio says of itself to other sites, with addresses of other hosts.
FOREIGN = re.compile(rb'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')


class Early:
    """ASGI middleware that completes the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but the page, which gets its head."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        page = _Page(send)
        await self._app({**scope, "headers": plain}, receive, page.send)


class _Page:
    """Holds a page back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if kind.startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            await self._complete(self._start)

    async def _complete(self, start: Message) -> None:
        body = FOREIGN.sub(b"", self._body)
        body = body.replace(b"<head>", b"<head>" + HEAD.encode(), 1)
        headers = MutableHeaders(raw=start["headers"])
        if "content-length" in headers:
            headers["content-length"] = str(len(body))
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})
