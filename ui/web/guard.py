"""What every request passes: the right host, the right origin, a known person, safe headers."""

from collections.abc import Callable, Collection
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.views import DomainError, Viewer

# Gradio compiles the page's templates in the browser, hence 'unsafe-eval'; nothing comes from
# another host, whatever a title or an answer says.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
# Of Gradio the page needs its events only; its uploads, files and proxies know nothing of rights.
GRADIO = "/gradio_api/"
EVENTS = tuple(
    GRADIO + name
    for name in ("queue/", "heartbeat/", "reset", "cancel", "run/", "startup-events", "app_id")
)
CLOSED = ("/monitoring", "/login", "/logout", "/openapi.json")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """ASGI middleware around the whole front door."""

    def __init__(
        self,
        app: ASGIApp,
        viewer_of: Callable[[Request], Viewer],
        hosts: Collection[str] | None,
    ) -> None:
        self._app = app
        self._viewer_of = viewer_of
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, sending)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if self._hosts is not None and _name(headers.get("host", "")) not in self._hosts:
            return PlainTextResponse("This address is not served here.", 421)
        if scope["method"] not in SAFE and not _own(headers):
            return PlainTextResponse("Another site may not do this.", 403)
        path = scope["path"]
        if path.startswith(CLOSED) or (path.startswith(GRADIO) and not path.startswith(EVENTS)):
            return PlainTextResponse("Not here.", 404)
        try:
            self._viewer_of(Request(scope))
        except DomainError as error:
            return PlainTextResponse(str(error), 401)
        return None


def loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    return (_split(f"//{host}").hostname or "") if host else ""


def _split(address: str) -> SplitResult:
    """Take an address apart; one that is none has no parts."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _own(headers: Headers) -> bool:
    """Tell whether a request comes from this page, by what browsers always say of it."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or _split(origin).netloc == headers.get("host")
