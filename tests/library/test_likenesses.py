"""Pictures compared with drawings that have names: learned, found, kept, searched and denied."""

import numpy as np
import pytest
from PIL import Image

from tests.library.models import RuleVision
from tools.adapters.vision.learning import learn
from tools.adapters.vision.likenesses import Likenesses
from tools.core.curation.denials import Denials, without
from tools.core.ingest.evidence import Evidence
from tools.core.ingest.merging import merged
from tools.core.perception import Sighting
from tools.core.search.geometry import unit
from tools.core.search.labels import LabelSpace

DRAWN = {
    "cello, music": ((200, 30, 30), (30, 200, 30)),
    "rocket, space, travel": ((30, 30, 200), (200, 200, 30)),
    "crown, king": ((20, 200, 200), (200, 20, 200)),
}


def drawn(left, right, side=40):
    picture = Image.new("RGB", (side, side), left)
    picture.paste(Image.new("RGB", (side // 2, side), right), (side // 2, 0))
    return picture


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "likenesses.npz"


def learned(kept, measured=()):
    drawings = [(drawn(*colours), name) for name, colours in DRAWN.items()]
    drawings.append((drawn((9, 9, 9), (250, 250, 250), side=8), "too small to be anything"))
    return learn(RuleVision(), drawings, measured, kept)


def features(left, right):
    return RuleVision().features([drawn(left, right)])[0]


def test_a_picture_looks_most_like_the_drawing_it_is_nearest_to(kept):
    assert learned(kept) == 3
    known = Likenesses(RuleVision.ordinary_features, kept)
    assert known.names == tuple(DRAWN)
    for index, (left, right) in enumerate(DRAWN.values()):
        (first, near), *others = known.of(features(left, right))
        assert first == index
        assert near > 0.99
        assert all(cosine < near for _, cosine in others)


def test_what_search_is_measured_on_is_not_learned(kept):
    assert learned(kept, [drawn(*DRAWN["crown, king"])]) == 2
    assert "crown, king" not in Likenesses(RuleVision.ordinary_features, kept).names


def test_evidence_keeps_likenesses_and_reads_what_older_evidence_has():
    evidence = Evidence(classes=((3, 0.5),), likenesses=((7, 0.61), (2, 0.4)))
    assert Evidence.from_json(evidence.to_json()) == evidence
    older = '{"objects":[],"texts":[],"classes":[[3,0.5]]}'
    assert Evidence.from_json(older).likenesses == ()


def test_a_video_looks_like_what_its_frames_look_most_like():
    frames = [
        Sighting(likenesses=((1, 0.5), (2, 0.3))),
        Sighting(likenesses=((3, 0.7), (1, 0.4))),
    ]
    assert merged(frames).likenesses == ((3, 0.7), (1, 0.5))


def test_who_denies_a_word_denies_the_drawings_that_are_called_so():
    denials = Denials(tuple, lambda: ("violin case, music", "Violin", "trumpet, music"))
    text = Evidence(likenesses=((0, 0.6), (1, 0.5), (2, 0.4))).to_json()
    left = Evidence.from_json(without(text, [denials.of("violin")]))
    assert left.likenesses == ((2, 0.4),)
    assert Evidence.from_json(without(text, [denials.of("piano")])).likenesses == (
        (0, 0.6),
        (1, 0.5),
        (2, 0.4),
    )


def test_a_drawing_draws_a_picture_towards_its_name(world):
    vision = RuleVision()
    vision.likeness_names = ("a cello, music", "a rocket, space")
    labels = LabelSpace(embedder=world.embedder, vision=vision, index=world.classes)
    labels.put(
        {
            901: Evidence(classes=((1, 0.3),)),
            902: Evidence(classes=((1, 0.3),), likenesses=((0, 0.8),)),
            903: Evidence(likenesses=((0, 0.8),)),
        }
    )
    cello = unit(np.asarray(world.embedder.passages(["a cello, music"])[0]))
    plain, alike = labels.index.scores(cello, [901, 902])
    assert alike.score > plain.score + 0.05
    assert 903 not in labels.keys()  # noqa: SIM118 - keys() of a space, not of a dictionary


def test_the_reason_names_the_drawing_that_is_near_to_the_query(world):
    vision = RuleVision()
    vision.likeness_names = ("a cello, music", "a rocket, space", "a pear")
    labels = LabelSpace(embedder=world.embedder, vision=vision, index=world.classes)
    cello = unit(np.asarray(world.embedder.passages(["a cello, music"])[0]))
    seen = Evidence(classes=((1, 0.3),), likenesses=((1, 0.8), (0, 0.7)))
    assert labels.alike(seen, cello) == "a cello"
    assert labels.alike(Evidence(likenesses=((0, 0.2),)), cello) == ""
    assert labels.alike(Evidence(likenesses=((2, 0.9),)), cello) == ""
