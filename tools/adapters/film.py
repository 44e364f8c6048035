"""Opening video and sound by PyAV, without guesses about the format."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tools.core.errors import Fixable

BROKEN = "The video is damaged or cut off. Copy or export it again, then add it once more."
_CONTAINERS = (
    (4, b"ftyp", "mov"),
    (4, b"moov", "mov"),
    (4, b"mdat", "mov"),
    (4, b"wide", "mov"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (8, b"AVI ", "avi"),
    (0, b"OggS", "ogg"),
)


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


def container_of(file: BinaryIO) -> str:
    """Name the demuxer of a video by its first bytes; Fixable when it is none."""
    head = file.read(16)
    file.seek(0)
    for offset, mark, name in _CONTAINERS:
        if head[offset : offset + len(mark)] == mark:
            return name
    raise Fixable("This is not a video that can be opened. Export it as MP4.")
