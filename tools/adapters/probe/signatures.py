"""The first bytes of a file and what they say it is."""

from dataclasses import dataclass

from tools.adapters.imaging.layouts import EPS_BINARY, INDD, PSD
from tools.adapters.imaging.raw_kinds import raw_by_start

_ZIP = b"PK\x03\x04"
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A family of formats and the MIME type.

    Families are `picture`, `layout`, `film`, `pdf`, `table`, `zip` and `other`; `container` names
    the demuxer of a film or sound.
    """

    family: str
    mime: str
    container: str = ""


_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind("picture", "image/jpeg")),
    (b"\x89PNG\r\n\x1a\n", Kind("picture", "image/png")),
    (b"GIF87a", Kind("picture", "image/gif")),
    (b"GIF89a", Kind("picture", "image/gif")),
    (b"II*\0", Kind("picture", "image/tiff")),
    (b"MM\0*", Kind("picture", "image/tiff")),
    (_ZIP, Kind("zip", "application/zip")),
    (b"ID3", Kind("film", "audio/mpeg", "mp3")),
    (b"fLaC", Kind("film", "audio/flac", "flac")),
    (b"OggS", Kind("film", "audio/ogg", "ogg")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("other", "application/x-ole-storage")),
    (b"{\\rtf", Kind("other", "application/rtf")),
    (PSD, Kind("picture", "image/vnd.adobe.photoshop")),
    (EPS_BINARY, Kind("layout", "application/postscript")),
    (b"%!PS", Kind("layout", "application/postscript")),
    (INDD, Kind("layout", "application/x-indesign")),
    (b"\x1f\x8b", Kind("other", "application/gzip")),
    (b"7z\xbc\xaf\x27\x1c", Kind("other", "application/x-7z-compressed")),
    (b"Rar!", Kind("other", "application/vnd.rar")),
    (b"\x7fELF", Kind("other", "application/x-executable")),
    (b"SQLite format 3\0", Kind("other", "application/vnd.sqlite3")),
    (b"PAR1", Kind("table", "application/vnd.apache.parquet")),
)
_RIFF = {
    b"WEBP": Kind("picture", "image/webp"),
    b"WAVE": Kind("film", "audio/wav", "wav"),
    b"AVI ": Kind("film", "video/x-msvideo", "avi"),
}
_MPEG_AUDIO = {0xFB: "mp3", 0xF3: "mp3", 0xF2: "mp3", 0xFA: "mp3", 0xF1: "aac", 0xF9: "aac"}


def kind_of(head: bytes) -> Kind | None:
    """Tell the kind by the first kilobyte, or None for what may be text or unknown."""
    known = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    return known or _by_marks(head) or _iso_media(head) or _bitmap(head) or _mpeg_audio(head)


def _by_marks(head: bytes) -> Kind | None:
    """Tell what shows itself by more than its first bytes."""
    if raw := raw_by_start(head):
        return Kind("picture", raw)
    if b"%PDF-" in head[:1024]:
        return Kind("pdf", "application/pdf")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        is_web = b"webm" in head[:64]
        return Kind("film", "video/webm" if is_web else "video/x-matroska", "matroska")
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return Kind("film", "audio/aiff", "aiff")
    return None


def _iso_media(head: bytes) -> Kind | None:
    box, brand = head[4:8], head[8:12]
    if box == b"ftyp":
        if brand in _HEIC:
            return Kind("picture", "image/heic")
        if brand in _AVIF:
            return Kind("picture", "image/avif")
        if brand == b"qt  ":
            return Kind("film", "video/quicktime", "mov")
        return Kind("film", "audio/mp4" if brand[:3] == b"M4A" else "video/mp4", "mov")
    if box in {b"moov", b"mdat", b"wide"}:
        return Kind("film", "video/quicktime", "mov")
    return None


def _bitmap(head: bytes) -> Kind | None:
    sizes = {12, 40, 52, 56, 64, 108, 124}
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in sizes:
        return Kind("picture", "image/bmp")
    return None


def _mpeg_audio(head: bytes) -> Kind | None:
    if len(head) < 4 or head[0] != 0xFF or head[1] not in _MPEG_AUDIO:
        return None
    container = _MPEG_AUDIO[head[1]]
    # A frame header also needs a possible bit rate and sampling rate.
    if container == "mp3" and (head[2] >> 4 in {0, 15} or head[2] >> 2 & 3 == 3):
        return None
    return Kind("film", "audio/mpeg" if container == "mp3" else "audio/aac", container)
