"""Shots are found where one picture gives way to another, and frames are spread over them."""

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media import hostile
from tests.media.recordings import recording, talkie
from tools.adapters.confinement.room import ReadingRoom
from tools.adapters.confinement.senses import ConfinedSound, ConfinedVideo
from tools.adapters.sound import PyavSound
from tools.adapters.video import PyavVideo, spread
from tools.core.errors import Fixable

RED, BLUE, GREEN = (220, 30, 30), (30, 30, 220), (20, 160, 40)


def panning(path, frames: int = 60):
    """A camera that moves fast over stripes, without a cut."""
    stripes = np.random.default_rng(5).integers(0, 255, (1, 2000, 3), np.uint8).repeat(6, axis=1)
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for number in range(frames):
            view = stripes[:, number * 20 : number * 20 + 160].repeat(96, axis=0)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(view), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def test_shots_begin_where_the_picture_changes(tmp_path):
    path = talkie(tmp_path / "a.mp4", (), (RED, BLUE, GREEN, RED))
    assert PyavVideo().shots(path) == pytest.approx((0.0, 2.0, 4.0, 6.0), abs=0.11)


def test_a_moving_camera_is_no_cut(tmp_path, samples):
    assert PyavVideo().shots(panning(tmp_path / "a.mp4")) == (0.0,)
    assert PyavVideo().shots(samples / "photos/CLIP_0001.mp4") == (0.0,)


def test_long_films_are_read_by_their_key_frames(tmp_path, monkeypatch):
    monkeypatch.setattr("tools.adapters.shots._PATIENCE", 160 * 96 * 10)
    path = talkie(tmp_path / "a.mp4", (), (RED, BLUE, GREEN))
    assert PyavVideo().shots(path) == pytest.approx((0.0, 2.0, 4.0), abs=0.11)


def test_a_damaged_film_has_no_shots_but_a_line(tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(400))
    with pytest.raises(Fixable, match="damaged or cut off"):
        PyavVideo().shots(tmp_path / "a.mp4")


def test_every_shot_gives_a_frame(tmp_path):
    path = talkie(tmp_path / "a.mp4", (), (RED, BLUE, GREEN))
    video = PyavVideo()
    seconds = sorted(frame.seconds for frame in video.key_frames(path, 3, video.shots(path)))
    assert [int(moment // 2) for moment in seconds] == [0, 1, 2]


def test_the_reading_room_gives_the_same_shots_frames_and_samples(tmp_path):
    room = ReadingRoom(readers=1)
    film = talkie(tmp_path / "a.mp4", (1,), (RED, BLUE))
    sound = recording(tmp_path / "a.mp3", (1,), 3, "mp3", "libmp3lame")
    try:
        shots = PyavVideo().shots(film)
        assert ConfinedVideo(room).shots(film) == shots
        given_frames = ConfinedVideo(room).key_frames(film, 4, shots)
        wanted = PyavVideo().key_frames(film, 4, shots)
        assert [frame.seconds for frame in given_frames] == [frame.seconds for frame in wanted]
        for path in (film, sound, hostile.film(tmp_path / "mute.mp4")):
            assert ConfinedSound(room).part(path, 0.5, 1.0) == PyavSound().part(path, 0.5, 1.0)
        (tmp_path / "no.wav").write_bytes(b"RIFF\0\0\0\0WAVE")
        with pytest.raises(Fixable):
            ConfinedSound(room).part(tmp_path / "no.wav", 0.0, 1.0)
    finally:
        room.close()


@given(
    st.lists(st.floats(0.1, 500), min_size=1, max_size=30),
    st.integers(1, 20),
)
def test_moments_are_spread_over_the_longest_shots(lengths, count):
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    moments = spread(sum(lengths), count, starts)
    assert len(moments) == count
    assert moments == sorted(moments)
    held = {max(n for n, start in enumerate(starts) if start <= moment) for moment in moments}
    assert len(held) == min(count, len(lengths))
    left = [length for n, length in enumerate(lengths) if n not in held]
    assert not left or max(left) <= min(lengths[n] for n in held)
