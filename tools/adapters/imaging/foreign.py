"""Pictures of formats that Pillow does not decode: drawings, RAW, layout and print files."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image

from tools.adapters.imaging import layouts
from tools.adapters.imaging.camera_raw import developed
from tools.adapters.imaging.drawings import LARGEST, drawn, is_drawing
from tools.adapters.imaging.limits import check_size
from tools.adapters.imaging.raw_kinds import raw_by_start, raw_in_tiff
from tools.adapters.imaging.xmp import write_xmp
from tools.core.errors import Fixable

NO_PREVIEW = "It holds no preview picture. Save it again with a preview, or export it as PDF."
_HEAD = 12_000
_PLAIN = ("JPEG", "TIFF", "PNG")


def translated(file: BinaryIO) -> Image.Image | None:
    """Give the picture that stands for a file, or None for what Pillow decodes itself.

    Raises Fixable for a damaged or hostile file, or one without a picture.
    """
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if head[:4] in {b"II*\0", b"MM\0*"}:
        raw = raw_in_tiff(file) is not None
        file.seek(0)
        return developed(file) if raw else None
    if raw_by_start(head):
        return developed(file)
    if head.startswith(layouts.PSD):
        return _photoshop(file)
    if head.startswith((layouts.EPS_BINARY, b"%!PS", layouts.INDD)):
        return _layout(file, head)
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1] == b"<" and is_drawing(_text(head)):
        return _drawing(file)
    return None


def _text(head: bytes) -> str:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


def _drawing(file: BinaryIO) -> Image.Image:
    png, said = drawn(file.read(LARGEST + 1))
    picture = Image.open(BytesIO(png), formats=("PNG",))
    if said:
        picture.info["xmp"] = write_xmp(said)
    return picture


def _layout(file: BinaryIO, head: bytes) -> Image.Image:
    content = file.read(layouts.LARGEST_HEAD)
    is_print = not head.startswith(layouts.INDD)
    preview = layouts.print_preview(content) if is_print else layouts.thumbnail_in(content)
    if not preview:
        raise Fixable(NO_PREVIEW)
    picture = Image.open(BytesIO(preview), formats=_PLAIN)
    picture.info["xmp"] = layouts.packet_in(content) or _said(content)
    return picture


def _said(content: bytes) -> bytes:
    said = layouts.print_comments(content)
    return write_xmp({"title": said.get("Title", ""), "creator": said.get("For", "")})


def _photoshop(file: BinaryIO) -> Image.Image | None:
    """Leave 8-bit files to Pillow, with their XMP; deeper ones are shown by their thumbnail."""
    content = file.read(layouts.LARGEST_HEAD)
    file.seek(0)
    size, packet, thumbnail = layouts.photoshop_parts(content)
    check_size(*size)
    try:
        picture: Image.Image = Image.open(file, formats=("PSD",))
    except OSError:
        if not thumbnail:
            raise Fixable(NO_PREVIEW) from None
        picture = Image.open(BytesIO(thumbnail), formats=("JPEG",))
        picture.info["full_size"] = size
    if packet:
        picture.info["xmp"] = packet
    return picture
