"""Shots of a video: where one picture gives way to quite another.

The rule is that of PySceneDetect's adaptive detector: a frame differs much more from the one before
than its neighbours do, so that a moving camera is no cut. The library itself needs another build
of OpenCV than the one that runs without a screen, and the two overwrite each other.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tools.adapters.film import container_of, length, opened_film, picture_stream
from tools.adapters.imaging.limits import check_size

# Mean difference of the small frames, of 255, and how many times that of the neighbours it is.
DIFFERENT, STANDS_OUT = 12.0, 3.0
# Between key frames seconds pass, in which anything moves.
DIFFERENT_KEYS = 28.0
NEIGHBOURS = 2
SHORTEST = 0.6
MOST = 2000
_SMALL = (64, 36)
# Pixels that are decoded at most: some twenty seconds on two cores. A film that has more is read
# by its key frames, which encoders put at cuts.
_PATIENCE = 6_000_000_000
_MOST_KEYS = 4000


def shot_starts(path: Path) -> tuple[float, ...]:
    """Give the second at which each shot begins, the first at 0; none without a picture.

    Raises Fixable for a damaged video.
    """
    with path.open("rb") as file, opened_film(file, container_of(file)) as film:
        stream = picture_stream(film)
        if stream is None:
            return ()
        check_size(stream.width, stream.height)
        whole = _frames_in(film, stream) * stream.width * stream.height <= _PATIENCE
        if not whole:
            stream.codec_context.skip_frame = "NONKEY"
        times, changes = _changes(film, stream)
    cuts = _cuts(changes) if whole else np.flatnonzero(changes > DIFFERENT_KEYS)
    return _apart(times[cut] for cut in cuts)


def _frames_in(film: InputContainer, stream: VideoStream) -> float:
    rate = float(stream.average_rate or 25)
    return (length(film) or 0.0) * min(max(rate, 1.0), 240.0) or float("inf")


def _changes(film: InputContainer, stream: VideoStream) -> tuple[list[float], Any]:
    """Give when each frame is shown, and how much it differs from the one before, shape (n,)."""
    begins = (film.start_time or 0) / av.time_base
    patience = _PATIENCE // max(1, stream.width * stream.height) + _MOST_KEYS
    times: list[float] = []
    changes: list[float] = []
    before = None
    for frame in _decoded(film, stream):
        small = _small(frame)
        changes.append(0.0 if before is None else float(np.abs(small - before).mean()))
        times.append(max(0.0, (frame.time or 0.0) - begins))
        before = small
        if len(times) >= patience:
            break
    return times, np.array(changes, np.float32)


def _decoded(film: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Decode as far as it goes."""
    try:
        yield from film.decode(stream)
    except (av.FFmpegError, EOFError):
        return


def _small(frame: VideoFrame) -> Any:
    made = frame.reformat(*_SMALL, format="rgb24", interpolation="AREA")
    return made.to_ndarray().astype(np.int16)


def _cuts(changes: Any) -> list[int]:
    """Give the frames that differ from the one before more than their neighbours do."""
    found = []
    for number in np.flatnonzero(changes >= DIFFERENT):
        near = np.concatenate(
            [
                changes[max(1, number - NEIGHBOURS) : number],
                changes[number + 1 : number + 1 + NEIGHBOURS],
            ]
        )
        usual = float(near.mean()) if len(near) else 0.0
        if changes[number] >= STANDS_OUT * max(usual, 1.0):
            found.append(int(number))
    return found


def _apart(cuts: Iterable[float]) -> tuple[float, ...]:
    """Begin at 0 and leave out what follows too soon: a flash is no shot."""
    starts = [0.0]
    for cut in cuts:
        if cut - starts[-1] >= SHORTEST and len(starts) < MOST:
            starts.append(round(cut, 2))
    return tuple(starts)
