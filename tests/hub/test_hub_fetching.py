"""A model comes from a hub once, pinned to its commit, and then needs no hub any more."""

from pathlib import Path

import numpy as np
import pytest

from tests.hub.hub_server import LoopbackHub
from tools.adapters.hub_models import HubEmbedder
from tools.core.errors import Fixable

pytestmark = pytest.mark.hub


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client library try again at once; it waits 23 seconds otherwise."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def test_only_the_configuration_is_fetched_for_the_name(hub: LoopbackHub, cache: Path):
    embedder = HubEmbedder("team/tiny", cache=cache, endpoint=hub.url)
    assert embedder.name == f"team/tiny-{hub.commit[:12]}-32"
    assert all("config.json" in path for path in hub.asked)


def test_a_fetched_model_gives_what_its_folder_gives_and_stays_as_it_was(
    hub: LoopbackHub, cache: Path, tiny: Path
):
    (tiny / "notes.py").write_text("")
    rows = HubEmbedder("team/tiny", cache=cache, endpoint=hub.url).queries(["a dog"])
    assert np.allclose(rows, HubEmbedder(str(tiny)).queries(["a dog"]), atol=1e-6)
    assert not [path for path in hub.asked if "notes.py" in path]
    asked = len(hub.asked)
    hub.commit = "f" * 40
    again = HubEmbedder("team/tiny", cache=cache, endpoint=hub.url)
    assert np.allclose(again.queries(["a dog"]), rows, atol=1e-6)
    assert len(hub.asked) == asked


def test_a_named_revision_is_asked_for(hub: LoopbackHub, cache: Path):
    assert HubEmbedder("team/tiny@v2", cache=cache, endpoint=hub.url).dimensions == 32
    assert "/team/tiny/resolve/v2/config.json" in hub.asked


@pytest.mark.parametrize("name", ["team/absent", "no name at all", "a/b/c"])
def test_an_unknown_model_says_what_to_check(hub: LoopbackHub, cache: Path, name: str):
    with pytest.raises(Fixable, match="check DALM_HUB_TEXT_MODEL") as caught:
        HubEmbedder(name, cache=cache, endpoint=hub.url).queries(["a dog"])
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("hasty")
def test_no_network_says_what_to_do(cache: Path, capfd: pytest.CaptureFixture[str]):
    with pytest.raises(Fixable, match=r"refused.*connect to its hub once") as caught:
        HubEmbedder("team/tiny", cache=cache, endpoint="http://127.0.0.1:9").queries(["a dog"])
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("hasty")
def test_a_fetch_that_broke_off_goes_on_when_the_hub_is_back(
    hub: LoopbackHub, cache: Path, tiny: Path
):
    assert HubEmbedder("team/tiny", cache=cache, endpoint=hub.url).dimensions == 32
    with pytest.raises(Fixable) as caught:
        HubEmbedder("team/tiny", cache=cache, endpoint="http://127.0.0.1:9").queries(["a dog"])
    assert "\n" not in str(caught.value)
    assert HubEmbedder("team/tiny", cache=cache, endpoint=hub.url).queries(["x"]).shape == (1, 32)
