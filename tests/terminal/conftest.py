"""The command line over a fake application, in a data folder of its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fastapi import FastAPI

from agent.app import App
from tests.fakes.app_served import ServedApp, few_photos
from ui import api
from ui.cli.house import House
from ui.main import Ways, dalm
from ui.remote import new_token


@dataclass(frozen=True)
class Placed:
    """The settings that a command needs."""

    home: Path
    host: str = "127.0.0.1"
    port: int = 0


class TestWays(Ways):
    """The real ways, but for the application and where it lies."""

    __test__ = False

    def __init__(self, app: App, settings: Placed) -> None:
        self.fake = app
        self.placed = settings
        self.taken: list[str] = []
        self.opened = 0
        self.purpose = ""

    def settings(self) -> Any:
        return self.placed

    @contextmanager
    def open_app(
        self, settings: Any, attach_note: Callable[[str], None], purpose: str
    ) -> Iterator[App]:
        """Open it, unless somebody else still has the library."""
        if self.taken:
            attach_note(self.taken.pop())
        self.opened += 1
        self.purpose = purpose
        yield self.fake

    def site(self, app: App, home: Path) -> Any:
        site = FastAPI()
        site.include_router(api.router(app, new_token(home), home / "run"))
        return site


class Terminal:
    """Types commands and reads what they print."""

    def __init__(self, ways: TestWays) -> None:
        self.ways = ways
        self.slept: list[float] = []

    def __call__(self, *words: str, given: str | bytes | None = None) -> Result:
        house = House(self.ways, self.slept.append)
        return CliRunner().invoke(dalm, [*words], obj=house, input=given, prog_name="dalm")

    def lines(self, *words: str, given: str | None = None, code: int = 0) -> list[dict[str, Any]]:
        """Give the JSON lines of a command; anything else on the output fails."""
        result = self(*words, given=given)
        assert result.exit_code == code, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a few pictures with credits."""
    return few_photos(tmp_path_factory.mktemp("photos"))


@pytest.fixture
def fake(photos: Path) -> Iterator[ServedApp]:
    """Give the application behind the commands."""
    app = ServedApp(photos)
    yield app
    app.close()


@pytest.fixture
def ways(fake: ServedApp, tmp_path: Path) -> TestWays:
    """Give the ways to it."""
    return TestWays(fake, Placed(tmp_path / "home"))


@pytest.fixture
def terminal(ways: TestWays) -> Terminal:
    """Give a terminal."""
    return Terminal(ways)
