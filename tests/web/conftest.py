"""A front door on loopback with the fake application behind it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import sync_playwright

from agent.app import App
from tests.fakes.app import PEOPLE, FakeApp
from tests.web.browser import CHROMIUM, FLAGS, visit
from ui.web import build

PHOTOS = Path(__file__).parent.parent.parent / "samples" / "photos"


@dataclass
class Door:
    """A running front door; the person is whoever the cookie names."""

    app: App
    port: int
    limit: int = 20_000_000
    server: uvicorn.Server | None = field(default=None, repr=False)
    thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def person(self, request):
        return PEOPLE.get(request.cookies.get("person", ""), self.app.admin.person())

    def start(self) -> None:
        web = build(self.app, self.person, upload_limit=self.limit)
        config = uvicorn.Config(
            web, port=self.port, log_level="error", access_log=False, timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        deadline = time.monotonic() + 30
        while not self.server.started:
            assert time.monotonic() < deadline, "the front door did not open"
            time.sleep(0.02)

    def stop(self) -> None:
        assert self.server
        assert self.thread
        self.server.should_exit = True
        self.thread.join(timeout=15)
        assert not self.thread.is_alive()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def opened(app: App) -> Iterator[Door]:
    """Open a front door for a while."""
    door = Door(app, free_port())
    door.start()
    try:
        yield door
    finally:
        door.stop()


@pytest.fixture
def fake() -> FakeApp:
    """Give the fake application; a test may change it before the door opens."""
    return FakeApp(PHOTOS, latency=0.02)


@pytest.fixture
def door(fake: FakeApp) -> Iterator[Door]:
    """Give a running front door of the test's own."""
    with opened(fake) as running:
        yield running


@pytest.fixture(scope="module")
def shared_door() -> Iterator[Door]:
    """Give a running front door that the tests of a file share and leave as it was."""
    with opened(FakeApp(PHOTOS)) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def seen(browser, door):
    with visit(browser, door.address) as opened:
        yield opened.open()
