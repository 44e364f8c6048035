"""Facts of pictures."""

from dataclasses import replace
from typing import BinaryIO

from PIL import Image

from tools.adapters.imaging.asides import asides
from tools.adapters.imaging.embedded import embedded
from tools.adapters.imaging.foreign import NO_PREVIEW
from tools.adapters.imaging.layouts import LARGEST_HEAD, links_in, print_comments
from tools.adapters.imaging.opening import opened
from tools.adapters.imaging.raw_kinds import raw_in_tiff
from tools.adapters.probe.signatures import Kind
from tools.adapters.probe.wholeness import check_picture, upright_size
from tools.core.errors import Fixable
from tools.core.perception import FileFacts

# Both begin alike; only their decoder tells them apart.
_MIME = {"AVIF": "image/avif", "HEIF": "image/heic"}
_SMALL = "It is shown by the small preview inside it; its full size is {} x {} pixels."


def picture_facts(file: BinaryIO, kind: Kind) -> FileFacts:
    """Describe a picture from its header, and make sure that it is all there.

    Raises Fixable for a damaged or too large one.
    """
    if kind.mime == "image/tiff" and (raw := raw_in_tiff(file)):
        kind = Kind("picture", raw)
    file.seek(0)
    with opened(file) as picture:
        width, height = picture.info.get("full_size") or upright_size(picture)
        mime = _MIME.get(picture.format or "", kind.mime)
        found, aside = embedded(picture), asides(picture)
        warnings = _warnings(picture, mime)
    check_picture(file, mime)
    return FileFacts("image", mime, width, height, embedded=found, warnings=warnings, asides=aside)


def layout_facts(file: BinaryIO, kind: Kind) -> FileFacts:
    """Describe a layout or print file by the preview inside it, or name it where there is none."""
    file.seek(0)
    content = file.read(LARGEST_HEAD)
    linked = tuple(("link", name) for name in links_in(content))
    is_layout = kind.mime == "application/x-indesign"
    try:
        facts = picture_facts(file, kind)
    except Fixable:
        facts = FileFacts("other", kind.mime, warnings=(NO_PREVIEW,))
    if not is_layout:
        said = tuple(("comment", text) for text in print_comments(content).values())
        return replace(facts, asides=(*facts.asides, *said, *linked))
    return replace(
        facts, media_type="document", width=None, height=None, asides=(*facts.asides, *linked)
    )


def _warnings(picture: Image.Image, mime: str) -> tuple[str, ...]:
    frames = getattr(picture, "n_frames", 1)
    full = picture.info.get("full_size")
    if mime == "image/vnd.adobe.photoshop":
        return (_SMALL.format(*full),) if full else ()
    if frames > 1 and mime in {"image/gif", "image/webp", "image/png"}:
        return (f"This picture is animated; the first of {frames} frames stands for it.",)
    if frames > 1 and mime == "image/tiff":
        return (f"This TIFF has {frames} pages; the first stands for it.",)
    return ()
