from pathlib import Path

import numpy as np
import pytest

from tests.media import hostile
from tools.adapters.probe.content import ContentProbe
from tools.adapters.video import PyavVideo
from tools.core.errors import Fixable


def mean(picture) -> float:
    return float(np.asarray(picture).mean())


def turned(path: Path) -> Path:
    """Write a quarter turn into the track header of an MP4."""
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 4 + 40
    assert content[at : at + 4] == b"\0\1\0\0"
    words = (0, 65536, 0, -65536, 0, 0, 0, 0, 0x40000000)
    content[at : at + 36] = b"".join(word.to_bytes(4, "big", signed=True) for word in words)
    target = path.with_name("turned.mp4")
    target.write_bytes(content)
    return target


def test_frames_are_spread_over_the_film_in_their_order(samples) -> None:
    frames = PyavVideo().key_frames(samples / "photos/CLIP_0001.mp4", 4)
    moments = [frame.seconds for frame in frames]
    assert len(frames) == 4
    assert moments == sorted(moments)
    assert moments[0] < 1.5
    assert moments[-1] > 3.5
    assert {frame.picture.size for frame in frames} == {(1280, 720)}


def test_the_poster_is_not_black(tmp_path) -> None:
    path = hostile.film(tmp_path / "dark.mp4", 2.0, dark=1.0)
    frames = PyavVideo().key_frames(path, 4)
    assert mean(frames[0].picture) > 40
    assert [frame.seconds < 1 for frame in frames] == [False, True, True, False]


def test_a_wholly_black_film_still_has_a_poster(tmp_path) -> None:
    frames = PyavVideo().key_frames(hostile.film(tmp_path / "b.mp4", 0.5, dark=9), 2)
    assert mean(frames[0].picture) < 20


def test_a_film_shorter_than_the_count_gives_what_it_has(tmp_path) -> None:
    frames = PyavVideo().key_frames(hostile.film(tmp_path / "s.mp4", 0.2), 8)
    assert 1 <= len(frames) <= 2


def test_rotation_is_applied_to_frames_and_sizes(tmp_path) -> None:
    path = turned(hostile.film(tmp_path / "a.mp4"))
    facts = ContentProbe().identify(path)
    assert (facts.width, facts.height) == (96, 160)
    picture = PyavVideo().key_frames(path, 1)[0].picture
    assert picture.size == (96, 160)
    # The matrix turns clockwise, so what was at the left is now at the top.
    red, green, _ = picture.getpixel((48, 20))
    assert red > green + 80
    red, green, _ = picture.getpixel((48, 140))
    assert red < 90


def test_what_has_no_frame_is_said_plainly(tmp_path, samples) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes((samples / "photos/CLIP_0001.mp4").read_bytes()[:200_000])
    with pytest.raises(Fixable, match="cut off"):
        PyavVideo().key_frames(cut, 3)
    text = tmp_path / "list.mp4"
    text.write_text("#EXTM3U\nfile:///etc/passwd\n")
    with pytest.raises(Fixable, match="Export it as MP4"):
        PyavVideo().key_frames(text, 3)
