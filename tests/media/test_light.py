"""The mood of a scene follows from measures of its light and colours, and only beyond doubt."""

from datetime import UTC, datetime

import pytest
from PIL import Image

from tools.adapters.imaging.pillow import PillowImaging
from tools.core.assets import AssetId, Field, FieldValue, Source
from tools.core.ingest.grounds import whys_of
from tools.core.ingest.mood import BY, moods

IMAGING = PillowImaging()


def plain(colour: tuple[int, ...]) -> Image.Image:
    return Image.new("RGBA" if len(colour) == 4 else "RGB", (80, 60), colour)


def said(picture: Image.Image) -> dict[str, float]:
    notes = moods(IMAGING.light(picture), IMAGING.spaces(picture))
    assert {note.by for note in notes} <= {BY}
    return {note.value: note.confidence for note in notes if note.field is Field.MOOD}


def test_light_is_measured_in_lab() -> None:
    grey, red = IMAGING.light(plain((119, 119, 119))), IMAGING.light(plain((255, 0, 0)))
    assert grey.brightness == pytest.approx(50, abs=0.1)
    assert (grey.contrast, grey.chroma) == pytest.approx((0, 0), abs=0.02)
    assert (red.brightness, red.chroma) == pytest.approx((53.24, 104.55), abs=0.1)
    assert (red.redness, red.warmth) == pytest.approx((80.09, 67.2), abs=0.1)


def test_only_the_opaque_part_counts() -> None:
    picture = plain((0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 40, 60))
    seen = IMAGING.light(picture)
    assert (seen.brightness, seen.empty) == pytest.approx((53.24, 0.5), abs=0.1)
    assert IMAGING.light(plain((9, 9, 9, 0))).empty == 1


@pytest.mark.parametrize(
    ("colour", "found"),
    [
        ((235, 225, 205), {"bright", "calm"}),
        ((18, 24, 38), {"dark", "calm"}),
        ((200, 80, 30), {"warm", "vibrant"}),
        ((30, 80, 220), {"cool", "vibrant"}),
        ((140, 148, 120), set()),
        ((128, 128, 128), set()),
        ((255, 255, 255), set()),
    ],
)
def test_moods(colour: tuple[int, int, int], found: set[str]) -> None:
    assert found <= set(said(plain(colour)))
    if not found:
        assert set(said(plain(colour))) <= {"calm"}


def test_dramatic_light_has_both_ends() -> None:
    picture = plain((255, 200, 140))
    picture.paste((6, 6, 9), (0, 0, 36, 60))
    found = said(picture)
    assert {"dramatic"} <= set(found)
    assert all(0.6 <= sure <= 1 for sure in found.values())


def test_a_mood_is_said_with_its_numbers() -> None:
    picture = plain((18, 24, 38))
    now = datetime(2026, 11, 25, tzinfo=UTC)
    notes = moods(IMAGING.light(picture), IMAGING.spaces(picture))
    kept = [FieldValue(AssetId("a"), n.field, n.value, Source.MODEL, n.by, now) for n in notes]
    assert whys_of(kept)[Field.MOOD, "dark"] == "brightness 8 of 100, 100% nearly black"
