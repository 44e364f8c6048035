"""Facts of video and sound."""

from typing import BinaryIO

from av.container import InputContainer
from av.video.stream import VideoStream

from tools.adapters.film import BROKEN, length, opened_film, picture_stream, shown_size
from tools.adapters.imaging.embedded import tidy
from tools.adapters.imaging.limits import check_size
from tools.adapters.probe.packets import film_packet
from tools.adapters.probe.signatures import Kind
from tools.adapters.probe.wholeness import check_boxes
from tools.core.errors import Fixable
from tools.core.perception import FileFacts

_FIELDS = {
    "title": ("title",),
    "description": ("description", "comment", "synopsis", "album"),
    "creator": ("artist", "author", "composer"),
    "copyright": ("copyright",),
    "keywords": ("keywords", "genre"),
    "content_id": ("com.apple.quicktime.content.identifier",),
    "captured_at": ("com.apple.quicktime.creationdate", "creation_time"),
}
_SOUNDS = {
    "video/mp4": "audio/mp4",
    "video/quicktime": "audio/mp4",
    "video/x-matroska": "audio/x-matroska",
    "video/webm": "audio/webm",
}
LONGEST_ASIDE = 20_000
# Programs that know no date write the start of their calendar.
_NO_DATE = ("1970-01-01", "1904-01-01")


def film_facts(file: BinaryIO, kind: Kind) -> FileFacts:
    """Describe a video by its first frame, or a sound without one.

    Raises Fixable for a damaged one.
    """
    if kind.container == "mov":
        check_boxes(file)
    file.seek(0)
    with opened_film(file, kind.container) as film:
        stream = picture_stream(film)
        found = _embedded(film)
        if kind.container == "mov":
            found |= film_packet(file)
        seconds = length(film)
        asides = tuple(("metadata", str(text)[:LONGEST_ASIDE]) for text in film.metadata.values())
        if stream is not None:
            width, height = _shown(film, stream)
            mime = _video_mime(kind)
            return FileFacts(
                "video", mime, width, height, duration=seconds, embedded=found, asides=asides
            )
        if not film.streams.audio:
            raise Fixable(BROKEN)
        mime = _SOUNDS.get(kind.mime, kind.mime)
        return FileFacts("audio", mime, duration=seconds, embedded=found, asides=asides)


def _shown(film: InputContainer, stream: VideoStream) -> tuple[int, int]:
    check_size(stream.width, stream.height)
    frame = next(film.decode(stream), None)
    if frame is None:
        raise Fixable(BROKEN)
    return shown_size(frame, stream)


def _video_mime(kind: Kind) -> str:
    return {"audio/mp4": "video/mp4", "audio/ogg": "video/ogg"}.get(kind.mime, kind.mime)


def _embedded(film: InputContainer) -> dict[str, str]:
    said = {name.lower(): str(text) for name, text in film.metadata.items()}
    found = {}
    for field, names in _FIELDS.items():
        text = next((clean for n in names if (clean := tidy(field, said.get(n, "")))), "")
        if text and not (field == "captured_at" and text.startswith(_NO_DATE)):
            found[field] = text.replace(",", "\n") if field == "keywords" else text
    return found
