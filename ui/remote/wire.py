"""Requests to the API: JSON there, JSON or JSON lines back, failures as the errors they were."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from agent.views import Fixable, Refused, Viewer

CONNECT = 3.0
Parameters = Mapping[str, str | int | bool | Sequence[str] | None]


class Wire:
    """Speaks to one server; a call waits for its answer as long as the work takes."""

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx.Client(
            base_url=f"{url.rstrip('/')}/api/",
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            timeout=httpx.Timeout(None, connect=CONNECT),
            trust_env=False,  # a proxy of the environment must never see the token
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(
        self,
        path: str,
        viewer: Viewer | None = None,
        parameters: Parameters | None = None,
        within: float | None = None,
    ) -> Any:
        """Read a document."""
        timeout = httpx.Timeout(within, connect=CONNECT)
        return self._answer("GET", path, viewer, params=_given(parameters), timeout=timeout).json()

    def get_bytes(self, path: str, viewer: Viewer, parameters: Parameters) -> bytes:
        """Read bytes."""
        return self._answer("GET", path, viewer, params=_given(parameters)).content

    def post(self, path: str, viewer: Viewer, document: object) -> Any:
        """Send a document and read one."""
        return self._answer("POST", path, viewer, content=_encoded(document)).json()

    def send_file(self, path: str, viewer: Viewer, name: str, content: Path) -> Any:
        """Send a file under a name and read a document."""
        with content.open("rb") as opened:
            sent = name.encode("utf-8", "replace").decode()
            return self._answer("POST", path, viewer, params={"name": sent}, content=opened).json()

    def lines(self, path: str, viewer: Viewer | None, document: object) -> Iterator[dict[str, Any]]:
        """Send a document and read JSON lines; closing the iterator stops the work."""
        with self._open("POST", path, viewer, content=_encoded(document)) as response:
            for line in response.iter_lines():
                found = json.loads(line)
                if "error" in found and "event" not in found:
                    raise _failure(found, 500)
                yield found

    @contextmanager
    def download(
        self, path: str, viewer: Viewer, parameters: Parameters
    ) -> Iterator[httpx.Response]:
        """Open an answer that is read piece by piece."""
        with self._open("GET", path, viewer, params=_given(parameters)) as response:
            yield response

    def _answer(self, method: str, path: str, viewer: Viewer | None, **rest: Any) -> httpx.Response:
        with _outages():
            response = self._client.request(method, path, headers=_as(viewer), **rest)
        _check(response)
        return response

    @contextmanager
    def _open(
        self, method: str, path: str, viewer: Viewer | None, **rest: Any
    ) -> Iterator[httpx.Response]:
        with (
            _outages(),
            self._client.stream(method, path, headers=_as(viewer), **rest) as response,
        ):
            if response.is_error:
                response.read()
            _check(response)
            yield response


def place(*parts: str) -> str:
    """Write a path of parts, whatever stands in them; no id can reach another route."""
    return "/".join(_part(part) for part in parts)


def _part(text: str) -> str:
    named = f" {text}" if text in {"", ".", ".."} else text
    return quote(named.encode("utf-8", "replace"), safe="").replace("%2F", "%252F")


@contextmanager
def _outages() -> Iterator[None]:
    """Word what happens when the server goes away."""
    try:
        yield
    except httpx.ConnectError as error:
        raise Fixable("`dalm serve` does not answer. Start it again, or ask again.") from error
    except httpx.TransportError as error:
        raise Fixable(
            "`dalm serve` went away before it had finished. Look at what was done, then ask again."
        ) from error


def _check(response: httpx.Response) -> None:
    if not response.is_error:
        return
    try:
        found = response.json()
    except ValueError:
        found = {}
    raise _failure(found if isinstance(found, dict) else {}, response.status_code)


def _failure(found: Mapping[str, Any], status: int) -> Fixable | Refused:
    text = str(found.get("text") or "")
    if found.get("error") in {"refused", "unwelcome"}:
        return Refused(text)
    if status == 404 and not text:
        return Fixable("There is no such thing. Search first, then use an id from the results.")
    return Fixable(text or f"`dalm serve` gave an answer ({status}) that this version cannot read.")


def _as(viewer: Viewer | None) -> dict[str, str]:
    """Name whom the caller acts as; the local owner is who holds the token."""
    if viewer is None or (viewer.local_owner and not viewer.acting_for):
        return {}
    return {"X-Dalm-As": place(viewer.id)}


def _given(parameters: Parameters | None) -> dict[str, Any]:
    return {name: value for name, value in (parameters or {}).items() if value is not None}


def _encoded(document: object) -> bytes:
    return json.dumps(document).encode()
