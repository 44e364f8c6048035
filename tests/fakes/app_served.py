"""FakeApp as a server has it: people act for the owner, samples load, things can break."""

import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from PIL import Image

from agent.app import App
from agent.views import FileOutcomeView, SearchView, Viewer
from tests.fakes.app import OWNER, FakeAdmin, FakeApp
from tests.fakes.app_library import FakeLibrary
from ui import api


def few_photos(folder: Path) -> Path:
    """Make a folder of six small pictures with their credits."""
    rows = ["file,caption,author,licence,source"]
    for number, animal in enumerate(("cat", "dogs", "fish", "moose", "parrot", "rabbit")):
        Image.new("RGB", (40 + 9 * number, 60), (40 * number, 90, 120)).save(
            folder / f"{animal}.png"
        )
        rows.append(f"{animal}.png,{animal} on a lawn,Ada,CC0-1.0,https://example.org")
    (folder / "credits.csv").write_text("\n".join(rows), "utf-8")
    return folder


class ServedAdmin(FakeAdmin):
    """Implements app.Admin with the marks that the real one gives."""

    def person(self, name: str | None = None) -> Viewer:
        found = super().person(name if name != OWNER.id else None)
        return found if found.local_owner else replace(found, acting_for=OWNER.id)

    def load_samples(self, viewer: Viewer) -> Iterator[FileOutcomeView]:
        yield FileOutcomeView("a1", "cat.png", "added")
        yield FileOutcomeView("a2", "fish.jpg", "unchanged")


class BreakableLibrary(FakeLibrary):
    """A library whose search for "bug" is one."""

    def search(
        self,
        query: str,
        viewer: Viewer,
        media_type: str | None = None,
        limit: int = 24,
        *,
        weak: bool = False,
        without: Sequence[str] = (),
    ) -> SearchView:
        if query == "bug":
            raise RuntimeError("secret detail")
        return super().search(query, viewer, media_type, limit, weak=weak, without=without)


class ServedApp(FakeApp):
    """FakeApp with those two."""

    def __init__(self, photos: Path, *, latency: float = 0.0) -> None:
        super().__init__(photos, latency=latency)
        self.admin = ServedAdmin(0)
        self.shelf.__class__ = BreakableLibrary

    def close(self) -> None:
        """Remove the files of the library."""
        shutil.rmtree(self.shelf.home, ignore_errors=True)


@contextmanager
def served(app: App, token: str) -> Iterator[str]:
    """Serve the API of an App on a free port of this machine; gives the address."""
    site = FastAPI()
    site.include_router(api.router(app, token))
    config = uvicorn.Config(site, log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as place:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{place.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
