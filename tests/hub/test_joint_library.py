"""A whole library with a tiny CLIP: chosen in the settings, filled, compared, used and left."""

from pathlib import Path

import pytest
from PIL import Image

from agent.app import App
from agent.bootstrap import open_app
from agent.settings import Settings
from agent.views import Fixable
from tests.hub.joint_models import clip, siglip

pytestmark = pytest.mark.hub


@pytest.fixture
def models(tmp_path: Path) -> tuple[str, str]:
    folders = [tmp_path / "tiny-clip", tmp_path / "tiny-siglip"]
    for folder, make in zip(folders, (clip, siglip), strict=True):
        folder.mkdir()
        make(folder)
    return str(folders[0]), str(folders[1])


def settings(tmp_path: Path, model: str | None) -> Settings:
    return Settings(home=tmp_path / "home", brain="none", joint_model=model)


def states(app: App) -> dict[str, str]:
    return {one.name: one.state for one in app.admin.models() if one.source == "hub"}


@pytest.mark.filterwarnings("ignore")
def test_a_model_is_filled_compared_used_and_left(tmp_path: Path, models: tuple[str, str]):
    first, second = models
    album = tmp_path / "album"
    album.mkdir()
    for number in range(6):
        Image.new("RGB", (80, 60), (40 * number, 0, 255 - 40 * number)).save(
            album / f"{number}.png"
        )
    with open_app(settings(tmp_path, None)) as app:
        owner = app.admin.person()
        list(app.library.ingest([album], owner))
        assert states(app) == {}
        with pytest.raises(Fixable, match="There is no folder"):
            app.admin.switch_model(str(tmp_path / "none"), owner, lambda *_: None)
        stays = app.admin.switch_model(first, owner, lambda *_: None)
        assert not stays.took_over
        assert "too few to compare by" in stays.text
        assert app.admin.switch_model(first, owner, lambda *_: None, anyway=True).model == first
        assert states(app) == {first: "ready"}
        assert app.library.search("a red picture", owner, weak=True).hits
    with open_app(settings(tmp_path, second)) as app:
        came = app.admin.switch_model(second, owner, lambda *_: None, anyway=True)
        assert came.took_over
        assert states(app) == {second: "ready", first: "kept"}
        assert "answers again" in app.admin.switch_model(first, owner, lambda *_: None).text
    with open_app(settings(tmp_path, None)) as app:
        assert states(app) == {first: "kept"}
    names = [path.name for path in (tmp_path / "home" / "index").glob("joint-*")]
    assert len(names) == 2
    assert {name.rsplit("-", 1)[1] for name in names} == {"24", "32"}
