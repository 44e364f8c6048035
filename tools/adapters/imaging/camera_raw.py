"""Camera RAW and DNG: the picture that the camera put in, or else a quick development."""

from importlib import import_module
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image
from PIL.ExifTags import IFD, Base

from tools.core.errors import Fixable

BROKEN = "The RAW file is damaged or of an unknown camera. Export it as DNG or JPEG, then add it."
# A smaller preview than a fourth of the sensor's side is a thumbnail; it is developed instead.
_LEAST = 4
_HEAD = 4_000_000
_ORIENTATIONS = {3: 3, 5: 8, 6: 6}
_KEPT = (Base.ImageDescription, Base.Make, Base.Model, Base.Artist, Base.Copyright)


def developed(file: BinaryIO) -> Image.Image:
    """Give the preview of a RAW file with its orientation, and with `full_size` in its info.

    Raises Fixable when LibRaw cannot read it.
    """
    file.seek(0)
    # Loaded late: most libraries hold no RAW.
    rawpy = import_module("rawpy")
    try:
        with rawpy.imread(file) as raw:
            sizes = raw.sizes
            full = (sizes.width, sizes.height)
            picture = _preview(rawpy, raw)
            if picture is None or max(picture.size) * _LEAST < max(full):
                picture = Image.fromarray(raw.postprocess(half_size=True, use_camera_wb=True))
                turn = 1
            else:
                turn = picture.getexif().get(Base.Orientation) or _ORIENTATIONS.get(sizes.flip, 1)
    except (rawpy.LibRawError, ValueError, MemoryError) as error:
        raise Fixable(BROKEN) from error
    _describe(picture, file)
    picture.getexif()[Base.Orientation] = turn
    turned = sizes.flip in {5, 6}
    picture.info["full_size"] = (full[1], full[0]) if turned else full
    return picture


def _preview(rawpy: Any, raw: Any) -> Image.Image | None:
    try:
        found = raw.extract_thumb()
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
        return None
    if found.format is not rawpy.ThumbFormat.JPEG:
        return None if found.data is None else Image.fromarray(found.data)
    try:
        return Image.open(BytesIO(found.data), formats=("JPEG",))
    except OSError:
        return None


def _describe(picture: Image.Image, file: BinaryIO) -> None:
    """Bring what the RAW says of itself along; its preview often says nothing."""
    file.seek(0)
    head = file.read(_HEAD)
    said = Image.Exif()
    if head[:4] not in {b"II*\0", b"MM\0*"}:
        return
    said.load(b"Exif\0\0" + head)
    exif = picture.getexif()
    for tag in _KEPT:
        if tag in said:
            exif[tag] = said[tag]
    exif.get_ifd(IFD.Exif).update(said.get_ifd(IFD.Exif))
    packet = said.get(Base.XMLPacket)
    if packet and not picture.info.get("xmp"):
        picture.info["xmp"] = bytes(packet) if not isinstance(packet, str) else packet.encode()
