"""The App as it is, and the App through its own API: both must do the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.app import App
from tests.fakes.app_served import ServedApp, few_photos, served
from ui.remote.app import remote_app
from ui.remote.wire import Wire

TOKEN = "a-token-of-the-tests"


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a few pictures with credits."""
    return few_photos(tmp_path_factory.mktemp("photos"))


@pytest.fixture
def fake(photos: Path) -> Iterator[ServedApp]:
    """Give the App behind the doors."""
    app = ServedApp(photos)
    yield app
    app.close()


@pytest.fixture
def remote(fake: ServedApp, tmp_path: Path) -> Iterator[App]:
    """Give the same App through the API."""
    with served(fake, TOKEN) as url:
        wire = Wire(url, TOKEN)
        yield remote_app(wire, tmp_path)
        wire.close()


@pytest.fixture(params=["direct", "remote"])
def app(request: pytest.FixtureRequest, fake: ServedApp) -> App:
    """Give the App by both ways."""
    return fake if request.param == "direct" else request.getfixturevalue("remote")
