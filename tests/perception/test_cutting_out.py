"""The cut-out model on a real picture, and GrabCut where it is missing."""

import numpy as np
import pytest
from PIL import Image

from tools.adapters.cutout import SubjectCutter
from tools.adapters.model_store.manifest import read_manifest
from tools.adapters.model_store.store import ModelFolder
from tools.core.perception import Box

# On the espresso cup of the samples (600 x 400), by eye: cup, saucer and spoon, then table.
ON = [(300, 170), (120, 250), (370, 290), (220, 300), (450, 200)]
OFF = [(20, 20), (580, 380), (580, 20), (20, 380), (40, 120), (540, 150)]
CUP = Box(0.14, 0.03, 0.82, 0.98)


@pytest.mark.perception
def test_the_model_cuts_a_cup_with_saucer_and_spoon(models, samples):
    cutter = SubjectCutter(ModelFolder(models, read_manifest(), []))
    if "isnet" not in cutter.name:
        pytest.skip("the model 'cutout' is not here")
    assert cutter.advice == ""
    with Image.open(samples / "photos" / "IMG_2036.png") as picture:
        mask = cutter.subject(picture.convert("RGB"))
        close = cutter.within(picture.convert("RGB"), [CUP])
    assert mask.size == (600, 400)
    for cut in (mask, close):
        assert [point for point in ON if cut.getpixel(point) < 200] == []
        assert [point for point in OFF if cut.getpixel(point) > 40] == []
    assert 0.42 < np.asarray(mask).mean() / 255 < 0.52


def test_without_the_model_it_says_that_the_cut_is_rough(tmp_path, samples):
    cutter = SubjectCutter(ModelFolder(tmp_path, read_manifest(), []))
    assert "dalm models fetch cutout" in cutter.advice
    with Image.open(samples / "photos" / "IMG_2036.png") as picture:
        mask = cutter.subject(picture.convert("RGB"), [CUP])
        again = cutter.subject(picture.convert("RGB"), [CUP])
    assert mask.tobytes() == again.tobytes()
    assert mask.getpixel((300, 170)) > 200
    assert mask.getpixel((20, 20)) < 40
