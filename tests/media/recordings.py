"""Recordings of which it is known when they are loud: a tone, or nothing."""

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np

RATE = 16_000


def tones(loud: Sequence[int], seconds: int, rate: int = RATE) -> np.ndarray:
    """Samples that are loud in these seconds only, shape (n,), int16."""
    wave = (np.sin(np.arange(seconds * rate) * (2 * np.pi * 440 / rate)) * 9000).astype(np.int16)
    for second in range(seconds):
        if second not in loud:
            wave[second * rate : (second + 1) * rate] = 0
    return wave


def recording(
    path: Path, loud: Sequence[int], seconds: int, form: str = "wav", codec: str = "pcm_s16le"
) -> Path:
    """A recording in any container."""
    rate = 48_000 if codec == "libopus" else 44_100
    with av.open(str(path), "w", format=form) as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        _sound(container, stream, tones(loud, seconds, rate), rate)
    return path


def talkie(path: Path, loud: Sequence[int], colours: Sequence[tuple[int, int, int]]) -> Path:
    """An MP4 with sound in which each colour is shown for two seconds."""
    with av.open(str(path), "w", format="mp4") as container:
        # A key frame each second, as phones write them.
        options = {"preset": "ultrafast", "g": "10"}
        film = container.add_stream("libx264", rate=10, options=options)
        film.width, film.height, film.pix_fmt = 160, 96, "yuv420p"
        stream = container.add_stream("aac", rate=44_100, layout="mono")
        for colour in colours:
            picture = np.full((96, 160, 3), colour, np.uint8)
            for _ in range(20):
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                container.mux(film.encode(frame))
        container.mux(film.encode())
        _sound(container, stream, tones(loud, 2 * len(colours), 44_100), 44_100)
    return path


def _sound(container, stream, samples: np.ndarray, rate: int) -> None:
    for start in range(0, len(samples), 960):
        frame = av.AudioFrame.from_ndarray(
            samples[start : start + 960][None], format="s16", layout="mono"
        )
        frame.sample_rate, frame.pts = rate, start
        container.mux(stream.encode(frame))
    container.mux(stream.encode())
