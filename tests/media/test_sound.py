"""Sound comes out of every container as the same samples, at the second that was asked for."""

from pathlib import Path

import numpy as np
import pytest

from tests.media import hostile
from tests.media.recordings import RATE, recording, talkie
from tools.adapters.sound import PyavSound
from tools.core.errors import Fixable

FORMS = (
    ("a.wav", "wav", "pcm_s16le"),
    ("a.mp3", "mp3", "libmp3lame"),
    ("a.flac", "flac", "flac"),
    ("a.m4a", "ipod", "aac"),
    ("a.ogg", "ogg", "libopus"),
)


def loud_seconds(pcm: bytes) -> list[int]:
    samples = np.frombuffer(pcm, np.int16).astype(float)
    middles = [
        samples[start + RATE // 4 : start + RATE * 3 // 4]
        for start in range(0, len(samples) - RATE * 3 // 4, RATE)
    ]
    return [number for number, middle in enumerate(middles) if np.abs(middle).mean() > 500]


@pytest.mark.parametrize(("name", "form", "codec"), FORMS)
def test_every_format_is_loud_when_it_was_recorded_loud(tmp_path: Path, name, form, codec) -> None:
    path = recording(tmp_path / name, (1, 4), 6, form, codec)
    whole = PyavSound().part(path, 0.0, 60.0)
    assert whole.last
    assert whole.seconds == pytest.approx(6, abs=0.15)
    assert loud_seconds(whole.pcm) == [1, 4]
    later = PyavSound().part(path, 3.0, 2.0)
    assert (later.seconds, later.last) == (2.0, False)
    assert loud_seconds(later.pcm) == [1]


def test_the_sound_of_a_film_is_read_past_its_pictures(tmp_path: Path) -> None:
    path = talkie(tmp_path / "a.mp4", (2,), ((255, 0, 0), (0, 0, 255)))
    assert loud_seconds(PyavSound().part(path, 0.0, 60.0).pcm) == [2]


def test_a_recording_as_long_as_the_part_is_known_to_end_there(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav", (0,), 3)
    assert PyavSound().part(path, 0.0, 3.0).last
    assert not PyavSound().part(path, 0.0, 2.0).last


def test_a_film_without_sound_gives_none(tmp_path: Path) -> None:
    part = PyavSound().part(hostile.film(tmp_path / "a.mp4"), 0.0, 10.0)
    assert (part.pcm, part.last) == (b"", True)


def test_a_damaged_stretch_costs_no_more_than_itself(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.mp3", (0, 5), 6, "mp3", "libmp3lame")
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : third + 400] = bytes(400)
    path.write_bytes(content)
    assert {0, 5} <= set(loud_seconds(PyavSound().part(path, 0.0, 60.0).pcm))


def test_sound_that_is_none_says_what_to_do(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.flac", (0,), 2, "flac", "flac")
    content = path.read_bytes()
    path.write_bytes(content[:200] + bytes(len(content) - 200))
    with pytest.raises(Fixable, match="damaged or cut off"):
        PyavSound().part(path, 0.0, 10.0)
    path.write_bytes(b"no sound at all")
    with pytest.raises(Fixable, match="damaged or cut off"):
        PyavSound().part(path, 0.0, 10.0)
