"""Facts of pictures."""

from typing import BinaryIO

from tools.adapters.imaging.asides import asides
from tools.adapters.imaging.embedded import embedded
from tools.adapters.imaging.opening import formats, opened
from tools.adapters.probe.signatures import Kind
from tools.adapters.probe.wholeness import check_picture, upright_size
from tools.core.perception import FileFacts

_MIME = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "AVIF": "image/avif",
    "HEIF": "image/heic",
}
_NO_HEIC = "HEIC pictures need the pillow-heif package; until then this one is found by name only."


def picture_facts(file: BinaryIO, kind: Kind) -> FileFacts:
    """Describe a picture from its header, and make sure that it is all there.

    Raises Fixable for a damaged or too large one.
    """
    if kind.mime == "image/heic" and "HEIF" not in formats():
        return FileFacts("other", kind.mime, warnings=(_NO_HEIC,))
    file.seek(0)
    with opened(file) as picture:
        width, height = upright_size(picture)
        mime = _MIME.get(picture.format or "", kind.mime)
        found, aside = embedded(picture), asides(picture)
        warnings = _warnings(getattr(picture, "n_frames", 1), mime)
    check_picture(file, mime)
    found.pop("source_type", None)
    return FileFacts("image", mime, width, height, embedded=found, warnings=warnings, asides=aside)


def _warnings(frames: int, mime: str) -> tuple[str, ...]:
    if frames > 1 and mime in {"image/gif", "image/webp", "image/png"}:
        return (f"This picture is animated; the first of {frames} frames stands for it.",)
    if frames > 1 and mime == "image/tiff":
        return (f"This TIFF has {frames} pages; the first stands for it.",)
    return ()
