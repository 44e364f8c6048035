"""Sound by PyAV: stretches of any recording as the samples that speech models take."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from tools.adapters.film import opened_film
from tools.adapters.probe.signatures import kind_of
from tools.core.errors import Fixable
from tools.core.ports import SoundPart

BROKEN = "Its sound is damaged or cut off. Copy or export it again, then add it once more."
RATE = 16_000
_HEAD = 1024
# What is read beyond a part, to know whether anything follows it.
_BEYOND = RATE // 10
# A damaged packet costs itself; so many, one after the other, are no sound any more.
_MOST_DAMAGED = 200


class PyavSound:
    """Implements ports.SoundReader."""

    def part(self, path: Path, start: float, seconds: float) -> SoundPart:
        """Give up to so many seconds from `start` on.

        Raises Fixable for a damaged file, and when nothing can be decoded at its beginning.
        """
        wanted = round(seconds * RATE)
        with path.open("rb") as file, opened_film(file, _container(file)) as film:
            if not film.streams.audio:
                return SoundPart(b"", last=True)
            samples = _samples(film, film.streams.audio[0], start, wanted + _BEYOND)
        return SoundPart(samples[:wanted].tobytes(), last=len(samples) <= wanted)


def _samples(film: InputContainer, stream: AudioStream, start: float, wanted: int) -> Any:
    """Decode and resample what is wanted, shape (n,), int16; silent until the sound begins."""
    begins = (film.start_time or 0) / av.time_base
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    pieces: list[Any] = []
    lead, length = 0, 0
    for frame in _frames(film, stream, begins + start):
        if not length:
            late = round(((frame.time or 0.0) - begins - start) * RATE)
            if late <= -frame.samples * RATE / max(1, frame.sample_rate):
                continue
            lead = min(late, wanted)
        done = [one.to_ndarray().reshape(-1) for one in resampler.resample(frame)]
        pieces += done
        length += sum(map(len, done))
        if lead + length >= wanted:
            break
    whole = np.concatenate([np.zeros(max(0, lead), np.int16), *pieces])
    return whole[max(0, -lead) :][:wanted]


def _frames(film: InputContainer, stream: AudioStream, moment: float) -> Iterator[AudioFrame]:
    """Decode from before a moment on, passing over what is damaged.

    Raises Fixable when there is nothing else from the beginning on.
    """
    if moment > 0:
        film.seek(round(moment * av.time_base))
    decoded, damaged = 0, 0
    for packet in film.demux(stream):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            damaged += 1
            if damaged > _MOST_DAMAGED:
                break
            continue
        damaged = 0
        decoded += len(frames)
        yield from frames
    # A film may have a track without sound; a file of nothing but sound may not.
    if not decoded and moment <= 0 and (damaged or not film.streams.video):
        raise Fixable(BROKEN)


def _container(file: BinaryIO) -> str:
    kind = kind_of(file.read(_HEAD))
    file.seek(0)
    if kind is None or not kind.container:
        raise Fixable(BROKEN)
    return kind.container
