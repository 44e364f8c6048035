"""The publisher's own files over HTTP, resumed where they stopped."""

import threading
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tools.adapters.model_store.manifest import Model
from tools.adapters.model_store.sources import Grown, SourceFailed, cut, length

STEP = 1 << 20


class Upstream:
    """Fetches a model from its publisher; decides within `patience` seconds whether it can."""

    def __init__(self, patience: float = 4.0, stall: float = 30.0) -> None:
        self._patience = patience
        self._stall = stall
        self._unreachable: set[str] = set()

    def holds(self, model: Model) -> bool:
        """Tell whether the manifest names a URL."""
        return bool(model.urls)

    def extend(self, partial: Path, model: Model, grown: Grown) -> None:
        """Append what is missing; the first URL that answers with the right size serves."""
        reasons = []
        for url in model.urls:
            try:
                self._extend_from(url, partial, model, grown)
            except SourceFailed as failed:
                reasons.append(str(failed))
            else:
                return
        raise SourceFailed("; ".join(reasons))

    def _extend_from(self, url: str, partial: Path, model: Model, grown: Grown) -> None:
        host = urlsplit(url).netloc
        if host in self._unreachable or not self._answers(url):
            self._unreachable.add(host)
            raise SourceFailed(f"{host} does not answer")
        timeout = httpx.Timeout(self._stall, connect=self._patience)
        try:
            with httpx.Client(timeout=timeout, follow_redirects=True) as client:
                _append(client, url, partial, model, grown)
        except httpx.HTTPError as error:
            raise SourceFailed(f"{host} broke off ({type(error).__name__})") from error

    def _answers(self, url: str) -> bool:
        """Ask in a thread of its own, because looking up a name has no time limit."""
        answered = threading.Event()

        def ask() -> None:
            try:
                httpx.head(url, timeout=self._patience)
            except httpx.HTTPError:
                return
            answered.set()

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self._patience)
        return answered.is_set()


def _append(client: httpx.Client, url: str, partial: Path, model: Model, grown: Grown) -> None:
    start = length(partial)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    host = urlsplit(url).netloc
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code not in {200, 206}:
            raise SourceFailed(f"{host} answered {response.status_code}")
        resumed = response.status_code == 206
        start = start if resumed else 0
        if response.headers.get("Content-Length") != str(model.size - start):
            raise SourceFailed(f"{host} has another file under this name")
        cut(partial, start)
        with partial.open("ab") as file:
            told = start
            for chunk in response.iter_bytes():
                file.write(chunk)
                if file.tell() >= min(told + STEP, model.size):
                    told = file.tell()
                    grown(told, f"from {host}")
