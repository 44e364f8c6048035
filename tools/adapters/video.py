"""Video by PyAV: its shots, and stills spread over them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from tools.adapters.film import (
    BROKEN,
    container_of,
    length,
    opened_film,
    picture_stream,
    shown_size,
)
from tools.adapters.imaging.limits import check_size
from tools.adapters.shots import shot_starts
from tools.core.errors import Fixable
from tools.core.ports import Frame

_LONGEST_SIDE = 1920
# How many pixels may be decoded to come nearer to a wanted moment than the key frame before it.
_PATIENCE = 120_000_000
_DARK, _PLAIN = 20.0, 6.0


class PyavVideo:
    """Implements ports.VideoReader."""

    def shots(self, path: Path) -> tuple[float, ...]:
        """Give the second at which each shot begins; Fixable for a damaged video."""
        return shot_starts(path)

    def key_frames(self, path: Path, count: int, shots: Sequence[float] = ()) -> tuple[Frame, ...]:
        """Give up to `count` frames spread over the shots, the first being the poster.

        The poster is the first that is not black; the others follow in time.
        Raises Fixable for a video without a decodable frame.
        """
        with path.open("rb") as file, opened_film(file, container_of(file)) as film:
            stream = picture_stream(film)
            if stream is None:
                raise Fixable("There is no picture in this video, only sound.")
            check_size(stream.width, stream.height)
            frames = _distinct(_stills(film, stream, max(1, count), shots))
        if not frames:
            raise Fixable(BROKEN)
        poster = next((frame for frame in frames if not _black(frame.picture)), frames[0])
        return tuple(
            Frame(frame.seconds, frame.picture)
            for frame in (poster, *(frame for frame in frames if frame is not poster))
        )


class _Still:
    """A decoded, upright and reduced frame, before the poster is chosen."""

    def __init__(self, seconds: float, picture: Image.Image) -> None:
        self.seconds = seconds
        self.picture = picture


def _stills(
    film: InputContainer, stream: VideoStream, count: int, shots: Sequence[float]
) -> Iterator[_Still]:
    for moment in spread(length(film) or 0.0, count, shots):
        frame = _frame_at(film, stream, moment)
        if frame is not None:
            yield _Still(round(frame.time or 0.0, 3), _upright(frame, stream))


def spread(duration: float, count: int, shots: Sequence[float] = ()) -> list[float]:
    """Choose moments in the middle of shots: one in each, more in longer ones.

    Where there are more shots than moments, the longest are chosen. What is left goes to the shot
    that has most time for each of its moments (the highest averages of d'Hondt).
    """
    starts = list(shots) or [0.0]
    ends = [*starts[1:], max(duration, starts[-1])]
    spans = [end - start for start, end in zip(starts, ends, strict=True)]
    longest = sorted(range(len(spans)), key=lambda n: -spans[n])[:count]
    shares = dict.fromkeys(sorted(longest), 1)
    while sum(shares.values()) < count:
        shares[max(shares, key=lambda n: spans[n] / (shares[n] + 1))] += 1
    return [
        starts[n] + spans[n] * (number + 0.5) / share
        for n, share in shares.items()
        for number in range(share)
    ]


def _frame_at(film: InputContainer, stream: VideoStream, moment: float) -> VideoFrame | None:
    """Decode from the key frame before the moment towards it, as far as patience allows."""
    tries = max(1, _PATIENCE // max(1, stream.width * stream.height))
    start = film.start_time or 0
    latest = None
    try:
        film.seek(start + int(moment * av.time_base))
        for frame in film.decode(stream):
            latest = frame
            tries -= 1
            if tries <= 0 or (frame.time or 0.0) - start / av.time_base >= moment - 0.02:
                break
    except (av.FFmpegError, EOFError):
        # A file that breaks off still gives what was decoded before the break.
        return latest
    return latest


def _upright(frame: VideoFrame, stream: VideoStream) -> Image.Image:
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    picture = picture.rotate(frame.rotation, expand=True)
    size = shown_size(frame, stream)
    scale = min(1.0, _LONGEST_SIDE / max(size))
    wanted = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    return picture if wanted == picture.size else picture.resize(wanted, Image.Resampling.BICUBIC)


def _distinct(stills: Iterator[_Still]) -> Sequence[_Still]:
    seen: dict[float, _Still] = {}
    for still in stills:
        seen.setdefault(still.seconds, still)
    return sorted(seen.values(), key=lambda still: still.seconds)


def _black(picture: Image.Image) -> bool:
    grey = ImageStat.Stat(picture.convert("L").resize((64, 64)))
    return grey.mean[0] < _DARK and grey.stddev[0] < _PLAIN
