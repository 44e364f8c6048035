"""Where a picture leaves room for words."""

import numpy as np
from PIL import Image

from tools.adapters.imaging.pillow import PillowImaging
from tools.core.ingest.composing import free_space
from tools.core.perception import Box, Seen, Side, Sighting


def speckled(left, top, right, bottom, size=(400, 300)):
    """Paint noise into a part of a plain picture, in pixels."""
    pixels = np.full((size[1], size[0], 3), 120, dtype=np.uint8)
    noise = np.random.default_rng(1).integers(0, 255, (bottom - top, right - left, 1))
    pixels[top:bottom, left:right] = noise
    return Image.fromarray(pixels)


def free(picture, *objects):
    seen = Sighting(objects=tuple(Seen("thing", 0.9, box) for box in objects))
    return {note.value for note in free_space(PillowImaging().spaces(picture), seen)}


def test_the_sides_that_are_plain_are_free():
    assert free(speckled(240, 0, 400, 300)) == {"left"}
    assert free(speckled(0, 150, 400, 300)) == {"top"}
    assert free(speckled(0, 0, 400, 300)) == set()
    assert free(Image.new("RGB", (300, 300), "teal")) == {side.value for side in Side}


def test_a_soft_gradient_is_as_free_as_a_plain_wall():
    ramp = np.linspace(0, 255, 300).astype(np.uint8)
    assert "left" in free(Image.fromarray(np.tile(ramp, (300, 1))))


def test_what_was_seen_on_a_side_takes_it():
    plain = Image.new("RGB", (400, 300), "teal")
    assert free(plain, Box(0.05, 0.4, 0.35, 0.65)) == {"right", "top", "bottom"}
    assert free(plain, Box(0.35, 0.4, 0.65, 0.6)) == {side.value for side in Side}


def test_tiny_and_transparent_pictures_are_measured_too():
    for picture in (Image.new("RGB", (1, 1)), Image.new("RGBA", (900, 3), (0, 0, 0, 0))):
        assert {space.calm for space in PillowImaging().spaces(picture)} == {1.0}
