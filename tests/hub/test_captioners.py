"""One contract for models that word pictures, tiny ones and the fake; then what a hub adds."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.fakes.captioner import FakeCaptioner
from tests.hub.caption_models import FAMILIES
from tests.hub.hub_server import LoopbackHub, serving
from tools.adapters import hub_captions
from tools.adapters.hub_captions import HubCaptioner
from tools.core.errors import Fixable
from tools.core.ports import Captioner

HUB = [pytest.param(name, marks=pytest.mark.hub) for name in sorted(FAMILIES)]
NOISE = np.random.default_rng(3).integers(0, 255, (60, 80, 3), dtype=np.uint8)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("captions")


def made(kept: Path, family: str) -> Path:
    folder = kept / family
    if not folder.is_dir():
        folder.mkdir()
        FAMILIES[family](folder)
    return folder


@pytest.fixture(params=["fake", *HUB])
def captioner(request: pytest.FixtureRequest, kept: Path) -> Captioner:
    if request.param == "fake":
        return FakeCaptioner()
    return HubCaptioner(str(made(kept, request.param)))


@pytest.mark.filterwarnings("ignore")
def test_every_kind_of_picture_is_worded_the_same_each_time(captioner: Captioner) -> None:
    noise = Image.fromarray(NOISE)
    first = captioner.caption(noise)
    assert first == captioner.caption(noise)
    assert 0.0 < first.sure <= 1.0
    assert first.text == " ".join(first.text.split())
    for mode in ("L", "RGBA", "P", "CMYK"):
        assert 0.0 < captioner.caption(noise.convert(mode)).sure <= 1.0
    assert captioner.name
    assert captioner.name == captioner.name.strip()


@pytest.fixture
def hub(kept: Path, tmp_path: Path) -> Iterator[LoopbackHub]:
    folder = Path(shutil.copytree(made(kept, "blip"), tmp_path / "blip"))
    with serving(LoopbackHub("team/blip", folder)) as running:
        yield running


@pytest.mark.hub
@pytest.mark.filterwarnings("ignore")
def test_a_model_is_fetched_once_and_stays_at_its_commit(hub: LoopbackHub, tmp_path: Path) -> None:
    picture = Image.fromarray(NOISE)
    first = HubCaptioner("team/blip", cache=tmp_path / "cache", endpoint=hub.url)
    assert first.name == f"team/blip-{hub.commit[:12]}"
    caption = first.caption(picture)
    assert caption.text
    asked = len(hub.asked)
    hub.commit = "f" * 40
    again = HubCaptioner("team/blip", cache=tmp_path / "cache", endpoint=hub.url)
    assert (again.name, again.caption(picture)) == (first.name, caption)
    assert not [path for path in hub.asked[asked:] if "/resolve/" in path]


@pytest.mark.hub
@pytest.mark.filterwarnings("ignore")
def test_what_cannot_be_used_is_said_in_a_line_and_not_tried_at_every_picture(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Image.fromarray(NOISE)
    broken = Path(shutil.copytree(made(kept, "blip"), tmp_path / "broken"))
    (broken / "model.safetensors").write_bytes(b"no weights")
    other = tmp_path / "other"
    other.mkdir()
    (other / "config.json").write_text('{"model_type": "bert"}')
    for folder, said in (
        (broken, "cannot be used"),
        (other, "does not caption pictures unasked"),
        (tmp_path / "none", "There is no folder"),
    ):
        with pytest.raises(Fixable, match=said) as caught:
            HubCaptioner(str(folder)).caption(picture)
        assert "\n" not in str(caught.value)
        assert "DALM_CAPTION_MODEL" in str(caught.value)
    late = HubCaptioner(str(tmp_path / "late"))
    with pytest.raises(Fixable):
        late.caption(picture)
    shutil.copytree(made(kept, "blip"), tmp_path / "late")
    with pytest.raises(Fixable):
        late.caption(picture)
    monkeypatch.setattr(hub_captions, "RESTED", 0.0)
    assert late.caption(picture).sure > 0.0
