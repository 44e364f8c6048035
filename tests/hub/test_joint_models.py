"""CLIP, SigLIP and SigLIP 2 as transformers makes them, tiny and with random weights."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.hub.hub_server import LoopbackHub, serving
from tests.hub.joint_models import FAMILIES
from tools.adapters.hub_joint import HubJoint
from tools.core.errors import Fixable

pytestmark = pytest.mark.hub

PICTURES = [
    Image.new("RGB", (60, 40), "red"),
    Image.new("RGBA", (10, 300), (0, 0, 255, 20)),
    Image.new("L", (1, 1), 90),
]


@pytest.fixture(params=sorted(FAMILIES))
def family(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / f"tiny-{request.param}"
    folder.mkdir()
    return FAMILIES[request.param](folder)


@pytest.fixture
def tiny_clip(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny-clip"
    folder.mkdir()
    return FAMILIES["clip"](folder)


def test_pictures_and_texts_are_unit_rows_of_one_space(family: Path):
    model = HubJoint(str(family))
    texts = model.texts(["a dog", "", "half \ud83d", "dog " * 10_000, "a red picture"])
    pictures = model.pictures(PICTURES)
    assert texts.shape == (5, model.dimensions)
    assert pictures.shape == (3, model.dimensions)
    assert texts.dtype == pictures.dtype == np.float32
    for rows in (texts, pictures):
        assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
        assert not np.allclose(rows[0], rows[1], atol=1e-3)
    assert model.name.startswith(f"joint-{family.name}-")
    assert model.name.endswith(f"-{model.dimensions}")


def test_rows_do_not_depend_on_what_stands_beside_them(family: Path):
    model = HubJoint(str(family))
    many = model.texts(["a dog", *["the cat on the red picture"] * 20])
    assert np.allclose(many[0], model.texts(["a dog"])[0], atol=1e-5)
    several = model.pictures([*PICTURES] * 7)
    assert np.allclose(several[-3:], model.pictures(PICTURES), atol=1e-5)
    assert model.texts([]).shape == model.pictures([]).shape == (0, model.dimensions)


def test_the_rows_are_those_of_the_model_itself(tiny_clip: Path):
    import torch  # noqa: PLC0415
    from transformers import CLIPModel, CLIPProcessor  # noqa: PLC0415

    model, processor = (one.from_pretrained(tiny_clip) for one in (CLIPModel, CLIPProcessor))
    inputs = processor(text=["a dog"], images=PICTURES[:1], return_tensors="pt")
    with torch.inference_mode():
        found = model(**inputs)
    own = HubJoint(str(tiny_clip))
    assert np.allclose(own.texts(["a dog"]), found.text_embeds.numpy(), atol=1e-5)
    assert np.allclose(own.pictures(PICTURES[:1]), found.image_embeds.numpy(), atol=1e-5)


def test_a_hub_gives_what_its_folder_gives_and_is_asked_once(tiny_clip: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    with serving(LoopbackHub("team/clip", tiny_clip)) as hub:
        model = HubJoint("team/clip", cache=cache, endpoint=hub.url)
        assert model.name == f"joint-team/clip-{hub.commit[:12]}-24"
        rows = model.texts(["a dog"])
        with pytest.raises(Fixable, match="check DALM_JOINT_MODEL"):
            HubJoint("team/absent", cache=cache, endpoint=hub.url).texts(["a dog"])
    again = HubJoint("team/clip", cache=cache, endpoint="http://127.0.0.1:9")
    assert np.allclose(again.texts(["a dog"]), rows, atol=1e-6)
    assert np.allclose(HubJoint(str(tiny_clip)).texts(["a dog"]), rows, atol=1e-6)


def test_what_is_no_such_model_is_said_in_a_line(made: Path, tiny_clip: Path, tmp_path: Path):
    with pytest.raises(Fixable, match="no pictures and texts in one space"):
        HubJoint(str(made)).texts(["a dog"])
    (tiny_clip / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(Fixable, match="cannot be used") as caught:
        HubJoint(str(tiny_clip)).texts(["a dog"])
    assert "DALM_JOINT_MODEL" in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(Fixable, match="There is no folder"):
        HubJoint(str(tmp_path / "nothing")).texts(["a dog"])


def test_code_that_comes_with_a_model_is_not_run(tiny_clip: Path):
    facts = json.loads((tiny_clip / "config.json").read_text())
    own = {"AutoConfig": "own.OwnConfig", "AutoModel": "own.OwnModel"}
    (tiny_clip / "config.json").write_text(
        json.dumps(facts | {"model_type": "own", "auto_map": own})
    )
    (tiny_clip / "own.py").write_text("raise SystemExit('the code of a model was run')\n")
    with pytest.raises(Fixable, match="cannot be used"):
        HubJoint(str(tiny_clip)).texts(["a dog"])
