"""Video by PyAV: opening without guesses about the format, and stills spread over the time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from tools.adapters.imaging.limits import check_size
from tools.core.errors import Fixable
from tools.core.ports import Frame

BROKEN = "The video is damaged or cut off. Copy or export it again, then add it once more."
_LONGEST_SIDE = 1920
# How many pixels may be decoded to come nearer to a wanted moment than the key frame before it.
_PATIENCE = 120_000_000
_DARK, _PLAIN = 20.0, 6.0
_CONTAINERS = (
    (4, b"ftyp", "mov"),
    (4, b"moov", "mov"),
    (4, b"mdat", "mov"),
    (4, b"wide", "mov"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (8, b"AVI ", "avi"),
    (0, b"OggS", "ogg"),
)


class PyavVideo:
    """Implements ports.VideoReader."""

    def key_frames(self, path: Path, count: int) -> tuple[Frame, ...]:
        """Give up to `count` frames spread over the video, the first being the poster.

        The poster is the first that is not black; the others follow in time.
        Raises Fixable for a video without a decodable frame.
        """
        with path.open("rb") as file, opened_film(file, _container(file)) as film:
            stream = picture_stream(film)
            if stream is None:
                raise Fixable("There is no picture in this video, only sound.")
            check_size(stream.width, stream.height)
            frames = _distinct(_stills(film, stream, max(1, count)))
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


@contextmanager
def opened_film(file: BinaryIO, container: str) -> Iterator[InputContainer]:
    """Lend an opened audio or video file, read as exactly this container and nothing else.

    Playlists and text formats that refer to other files or addresses are never tried.
    Raises Fixable when it is damaged, also while it is lent.
    """
    try:
        with av.open(file, "r", format=container, metadata_errors="replace") as film:
            yield film
    except (av.FFmpegError, EOFError) as error:
        raise Fixable(BROKEN) from error


def picture_stream(film: InputContainer) -> VideoStream | None:
    """Give the video stream, or None for sound with or without a cover picture."""
    for stream in film.streams.video:
        if Disposition.attached_pic not in stream.disposition:
            return stream
    return None


def length(film: InputContainer) -> float | None:
    """Give the duration in seconds, when known."""
    if film.duration:
        seconds: float = film.duration / av.time_base
        return seconds
    known = [s.duration * s.time_base for s in film.streams if s.duration and s.time_base]
    return float(max(known)) if known else None


def shown_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Give width and height as seen: pixels made square, the rotation applied."""
    shape = stream.codec_context.sample_aspect_ratio
    stretch = float(shape) if shape and 0.1 <= shape <= 10 else 1.0
    width, height = round(frame.width * stretch), frame.height
    return (height, width) if round(frame.rotation / 90) % 2 else (width, height)


def _stills(film: InputContainer, stream: VideoStream, count: int) -> Iterator[_Still]:
    duration = length(film) or 0.0
    for number in range(count):
        moment = duration * (number + 0.5) / count
        frame = _frame_at(film, stream, moment)
        if frame is not None:
            yield _Still(round(frame.time or 0.0, 3), _upright(frame, stream))


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


def _container(file: BinaryIO) -> str:
    head = file.read(16)
    file.seek(0)
    for offset, mark, name in _CONTAINERS:
        if head[offset : offset + len(mark)] == mark:
            return name
    raise Fixable("This is not a video that can be opened. Export it as MP4.")
