"""Who is let in: this machine, by this machine's name, with the token."""

from collections.abc import Callable
from secrets import compare_digest
from typing import Annotated
from urllib.parse import unquote, urlsplit

from fastapi import Depends, Request

from agent.app import Admin
from agent.views import Viewer
from ui.api.wire import Unwelcome

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def guard(admin: Admin, token: str) -> Callable[[Request], None]:
    """Build the check that every request passes, and that finds out on whose behalf it comes.

    A web page that had its own name resolved to this machine (DNS rebinding) still sends that
    name as Host, so a foreign Host is turned away even with the token.
    """
    wanted = f"Bearer {token}".encode()

    def check(request: Request) -> None:
        if (
            hostname(request.headers.get("host", "")) not in LOOPBACK
            or not request.client
            or request.client.host not in LOOPBACK
        ):
            raise Unwelcome("This API answers on this machine only, under 127.0.0.1 or localhost.")
        given = request.headers.get("authorization", "").encode("utf-8", "replace")
        if not compare_digest(given, wanted):
            raise Unwelcome("Give the token of DALM_HOME/run/token as 'Authorization: Bearer'.")
        name = request.headers.get("x-dalm-as")
        request.state.viewer = admin.person(unquote(name) if name else None)

    return check


def hostname(host: str) -> str:
    """Give the name in a Host header, or nothing for one that is no name."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def asker(request: Request) -> Viewer:
    """Give the person that the guard found."""
    viewer: Viewer = request.state.viewer
    return viewer


Asker = Annotated[Viewer, Depends(asker)]
