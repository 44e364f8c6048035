"""A whole library with a tiny BLIP: chosen in the settings, its captions kept, and left again."""

from pathlib import Path

import pytest
from PIL import Image

from agent.app import App
from agent.bootstrap import open_app
from agent.settings import Settings
from agent.views import AssetView
from tests.hub.caption_models import blip

pytestmark = pytest.mark.hub


def settings(tmp_path: Path, model: Path | None) -> Settings:
    chosen = str(model) if model else None
    return Settings(home=tmp_path / "home", brain="none", caption_model=chosen)


def picture(folder: Path, name: str, shade: int) -> Path:
    folder.mkdir(exist_ok=True)
    Image.linear_gradient("L").rotate(shade).convert("RGB").save(folder / name)
    return folder


def only(app: App, name: str) -> AssetView:
    owner = app.admin.person()
    (card,) = [one for one in app.library.browse(owner).assets if one.title == name]
    return app.library.asset(card.id, owner)


@pytest.mark.filterwarnings("ignore")
def test_captions_wait_are_kept_and_survive_the_model(tmp_path: Path) -> None:
    model = tmp_path / "tiny-blip"
    model.mkdir()
    blip(model)
    first, second = tmp_path / "first", tmp_path / "second"
    with open_app(settings(tmp_path, model)) as app:
        owner = app.admin.person()
        (outcome,) = app.library.ingest([picture(first, "one.png", 0)], owner)
        assert outcome.status == "added"
        alt, caption = app.curation.review(owner, drafts=True)
        assert alt.by == caption.by
        assert alt.by.startswith("tiny-blip-")
        shown = {field.name: field for field in only(app, "One").fields}
        assert shown["alt_text draft"].value == alt.value
        assert not {"alt_text", "description"} & set(shown)
        app.curation.decide([alt.id], owner, accept=True)
        kept = {field.name: field for field in only(app, "One").fields}
        assert (kept["alt_text"].value, kept["alt_text"].source) == (alt.value, "person")
        assert kept["description draft"].value == caption.value
    with open_app(settings(tmp_path, tmp_path / "none")) as app:
        owner = app.admin.person()
        (outcome,) = app.library.ingest([picture(second, "two.png", 45)], owner)
        assert outcome.status == "added"
        assert "DALM_CAPTION_MODEL" in outcome.reason
    with open_app(settings(tmp_path, None)) as app:
        owner = app.admin.person()
        app.library.reindex(owner, lambda *_: None, anew=True)
        left = {field.name: field.value for field in only(app, "One").fields}
        assert left["alt_text"] == alt.value
        assert caption.value not in {left.get("description"), left.get("description draft")}
        assert not any("DALM_CAPTION_MODEL" in f.value for f in only(app, "Two").fields)
