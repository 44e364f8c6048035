"""Writing pictures: formats, the search for a quality under a byte limit, and rights inside."""

from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tools.adapters.imaging.embedded import rights_exif
from tools.adapters.imaging.xmp import write_xmp
from tools.core.errors import Fixable

BEST, WORST = 90, 35
MIME = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}

Encode = Callable[[int], bytes]


def encoded(
    picture: Image.Image, form: str, max_bytes: int | None, fields: Mapping[str, str]
) -> bytes:
    """Encode as JPEG, PNG or WEBP with the rights fields, within `max_bytes` when given.

    Raises Fixable for another format, or when even the lowest quality is too large.
    """
    if form not in MIME:
        raise Fixable(f"'{form[:20]}' cannot be written. Choose JPEG, PNG or WebP.")
    if form == "PNG":
        return _png(picture, max_bytes, fields)
    ready = flattened(picture) if form == "JPEG" else picture

    def attempt(quality: int) -> bytes:
        target = BytesIO()
        details = {"progressive": True, "optimize": True} if form == "JPEG" else {"method": 4}
        ready.save(target, form, quality=quality, **details, **_metadata(fields))
        return target.getvalue()

    return _smaller(attempt, max_bytes, picture)


def flattened(picture: Image.Image) -> Image.Image:
    """Put a transparent picture on white."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _smaller(attempt: Encode, max_bytes: int | None, picture: Image.Image) -> bytes:
    """Find the highest quality that fits, by halving the interval."""
    content = attempt(BEST)
    if max_bytes is None or len(content) <= max_bytes:
        return content
    fits: bytes | None = None
    low, high = WORST, BEST - 1
    while low <= high:
        middle = (low + high) // 2
        content = attempt(middle)
        if len(content) <= max_bytes:
            fits, low = content, middle + 1
        else:
            high = middle - 1
    if fits is None:
        raise Fixable(_over(picture, max_bytes))
    return fits


def _png(picture: Image.Image, max_bytes: int | None, fields: Mapping[str, str]) -> bytes:
    content = _save_png(picture, fields)
    if max_bytes is None or len(content) <= max_bytes:
        return content
    method = Image.Quantize.FASTOCTREE if picture.mode == "RGBA" else Image.Quantize.MEDIANCUT
    for colours in (256, 128, 64):
        content = _save_png(picture.quantize(colours, method), fields)
        if len(content) <= max_bytes:
            return content
    raise Fixable(_over(picture, max_bytes) + " JPEG or WebP would be smaller.")


def _save_png(picture: Image.Image, fields: Mapping[str, str]) -> bytes:
    target = BytesIO()
    notes = PngInfo()
    if fields:
        notes.add_itxt("XML:com.adobe.xmp", write_xmp(fields).decode())
    picture.save(target, "PNG", optimize=True, pnginfo=notes, exif=rights_exif(fields))
    return target.getvalue()


def _metadata(fields: Mapping[str, str]) -> dict[str, object]:
    if not fields:
        return {}
    return {"exif": rights_exif(fields), "xmp": write_xmp(fields)}


def _over(picture: Image.Image, max_bytes: int) -> str:
    return (
        f"The picture cannot be kept under {max_bytes} bytes at {picture.width} x "
        f"{picture.height} pixels. Choose a smaller size."
    )
