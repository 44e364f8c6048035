"""More canvas, more pixels, and a logo laid on."""

from collections.abc import Sequence

from PIL import Image, ImageFilter

from tools.adapters.imaging.encode import flattened
from tools.adapters.imaging.limits import check_size
from tools.adapters.retouching.pixels import colour_of
from tools.core.perception import Box

_SMALL = 160


def widened(picture: Image.Image, sides: Sequence[str], share: float, colour: str) -> Image.Image:
    """Add canvas at sides; every pixel of the picture stays, beside the new part."""
    across, down = max(1, round(picture.width * share)), max(1, round(picture.height * share))
    left, right = (across if side in sides else 0 for side in ("left", "right"))
    top, bottom = (down if side in sides else 0 for side in ("top", "bottom"))
    size = (picture.width + left + right, picture.height + top + bottom)
    check_size(*size)
    front = flattened(picture)
    made = Image.new("RGB", size, colour_of(colour)) if colour else _backdrop(front, size)
    made.paste(front, (left, top))
    return made


def enlarged(picture: Image.Image, factor: float) -> Image.Image:
    """Interpolate more pixels (Lanczos)."""
    size = (round(picture.width * factor), round(picture.height * factor))
    check_size(*size)
    return picture.resize(size, Image.Resampling.LANCZOS)


def stamped(picture: Image.Image, logo: Image.Image, box: Box) -> Image.Image:
    """Lay a logo on, as large as fits into the box, its own transparency kept."""
    left, top = box.left * picture.width, box.top * picture.height
    wide, tall = box.right * picture.width - left, box.bottom * picture.height - top
    scale = min(wide / logo.width, tall / logo.height)
    size = (max(1, round(logo.width * scale)), max(1, round(logo.height * scale)))
    front = logo.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    at = (round(left + (wide - size[0]) / 2), round(top + (tall - size[1]) / 2))
    made = picture.copy()
    made.paste(front.convert("RGB"), at, front.getchannel("A"))
    return made


def _backdrop(front: Image.Image, size: tuple[int, int]) -> Image.Image:
    scale = _SMALL / max(front.size)
    small = front.resize(
        (max(2, round(front.width * scale)), max(2, round(front.height * scale))),
        Image.Resampling.BOX,
    )
    return small.filter(ImageFilter.GaussianBlur(9)).resize(size, Image.Resampling.BICUBIC)
