"""Finding the server that runs, and saying that one does."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from agent.app import App
from agent.views import DomainError
from ui.remote.app import remote_app
from ui.remote.wire import Wire


@dataclass(frozen=True, slots=True)
class Running:
    """A server that says it runs: its process, its address and the token it wants."""

    pid: int
    url: str
    token: str


def new_token(home: Path) -> str:
    """Make the token of this start, readable by the owner of the data folder alone."""
    token = secrets.token_urlsafe(32)
    _written(_folder(home) / "token", token)
    return token


@contextmanager
def announced(home: Path, url: str) -> Iterator[None]:
    """Say that this process serves, for as long as it does."""
    place = _folder(home) / "server.json"
    _written(place, json.dumps({"pid": os.getpid(), "url": url}))
    try:
        yield
    finally:
        place.unlink(missing_ok=True)


def running(home: Path) -> Running | None:
    """Read which server runs; None when none does, or when the one that did has been killed."""
    try:
        said = json.loads((home / "run" / "server.json").read_text("utf-8"))
        token = (home / "run" / "token").read_text("utf-8")
        found = Running(int(said["pid"]), str(said["url"]), token)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if _alive(found.pid) else None


def attach(home: Path) -> AbstractContextManager[App] | None:
    """Lend the App of the running server, when there is one that answers to its own name.

    Another program may have come to the address, or to the process number, of a killed server.
    """
    found = running(home)
    if found is None:
        return None
    wire = Wire(found.url, found.token)
    try:
        hello = wire.get("hello", within=2.0)
    except DomainError:
        hello = None
    if not isinstance(hello, dict) or hello.get("pid") != found.pid:
        wire.close()
        return None
    return _lent(wire, home / "run")


@contextmanager
def _lent(wire: Wire, scratch: Path) -> Iterator[App]:
    try:
        yield remote_app(wire, scratch)
    finally:
        wire.close()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return pid > 0


def _folder(home: Path) -> Path:
    folder = home / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _written(place: Path, text: str) -> None:
    """Write whole or not at all, and never readable by others, not even for a moment."""
    new = place.with_name(f".{place.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(place)
