"""What is done to what the vision models say, without the models."""

import numpy as np
import pytest
from PIL import Image

from tools.adapters.vision.faces import _seen
from tools.adapters.vision.labels import Labels, _views
from tools.adapters.vision.look import VisionModels, _rgb
from tools.adapters.vision.objects import NAMES, Objects
from tools.core.errors import Fixable
from tools.core.perception import Box, Seen


class FixedLabels:
    """A label model that always answers the same."""

    names = tuple(f"thing {number}" for number in range(1000))

    def __init__(self, **probabilities):
        self.answer = np.zeros(1000, dtype=np.float32)
        for name, probability in probabilities.items():
            self.answer[int(name[1:])] = probability

    def read(self, picture):
        assert picture.mode == "RGB"
        return self.answer, np.zeros(1280, dtype=np.float32)


class Nothing:
    """A detector that finds nothing."""

    def find(self, picture):
        return ()


class Store:
    """A folder of models that lacks all, or has every one at the same place."""

    def path(self, name):
        raise Fixable(f"'{name}' is missing")


def looking(**probabilities):
    vision = VisionModels(models=Store())
    vision._parts = (FixedLabels(**probabilities), Nothing(), Nothing())
    return vision.look(Image.new("RGBA", (40, 30)))


def test_few_and_only_confident_labels_are_named():
    seen = looking(k7=0.5, k8=0.2, k9=0.16, k10=0.14, k11=0.003)
    assert seen.labels == (Seen("thing 7", 0.5), Seen("thing 8", 0.2), Seen("thing 9", 0.16))
    assert [index for index, _ in seen.class_probabilities] == [7, 8, 9, 10]


def test_without_a_model_for_it_nothing_is_said_of_sensitive_content():
    assert looking(k7=0.5).sensitive is None


def test_a_doubtful_picture_has_no_label_but_keeps_its_probabilities():
    seen = looking(k7=0.29, k8=0.28)
    assert seen.labels == ()
    assert [index for index, _ in seen.class_probabilities] == [7, 8]


@pytest.mark.parametrize("size", [(900, 300), (300, 900), (1, 1)])
def test_the_middle_and_the_whole_are_looked_at(size):
    middle, whole = _views(Image.new("RGB", size))
    assert middle.size == whole.size == (280, 280)


def test_class_names_are_the_first_of_their_synonyms(tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("tabby, tabby cat\n\nEgyptian cat\n", encoding="utf-8")
    assert Labels(tmp_path, names, 1).names == ("tabby", "Egyptian cat")


def test_what_is_transparent_is_seen_as_white():
    seen = _rgb(Image.new("RGBA", (2, 2), (9, 90, 200, 0)))
    assert seen.getpixel((0, 0)) == (255, 255, 255)
    assert _rgb(Image.new("L", (2, 2), 7)).mode == "RGB"


class FixedNet:
    """Gives rows of the object model: image, class, score, left, top, right, bottom."""

    def __init__(self, *rows):
        self.rows = np.array([[[(0, *row) for row in rows]]], dtype=np.float32)

    def setInput(self, blob):  # noqa: N802 - OpenCV's name
        assert blob.shape == (1, 3, 300, 300)

    def forward(self):
        return self.rows


def found(tmp_path, *rows):
    objects = Objects(tmp_path, tmp_path)
    objects.__dict__["_net"] = FixedNet(*rows)
    return objects.find(Image.new("RGB", (60, 40)))


def test_one_box_stays_where_two_names_claim_the_same_thing(tmp_path):
    seen = found(
        tmp_path,
        (17, 0.6, 0.1, 0.1, 0.5, 0.5),
        (18, 0.9, 0.1, 0.1, 0.5, 0.52),
        (18, 0.8, 0.6, 0.1, 0.9, 0.5),
    )
    assert [(one.name, one.score) for one in seen] == [("dog", 0.9), ("dog", 0.8)]


def test_unsure_and_nameless_objects_are_left_out_and_boxes_end_at_the_edge(tmp_path):
    seen = found(
        tmp_path,
        (17, 0.44, 0.1, 0.1, 0.5, 0.5),
        (12, 0.99, 0.1, 0.1, 0.5, 0.5),
        (16, 0.7, -0.2, 0.5, 0.3, 1.4),
    )
    assert seen == (Seen("bird", 0.7, Box(0.0, 0.5, 0.3, 1.0)),)


def test_the_names_are_the_eighty_of_coco():
    assert len(NAMES) == len(set(NAMES.values())) == 80


def test_a_face_is_a_box_in_the_picture():
    face = _seen([-10.0, 20.0, 60.0, 200.0, *[0.0] * 10, 0.934], 100, 200)
    assert face == Seen("face", 0.934, Box(0.0, 0.1, 0.5, 1.0))
