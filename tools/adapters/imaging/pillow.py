"""The imaging port on Pillow."""

from io import BytesIO
from math import ceil
from pathlib import Path

from PIL import Image, ImageFilter

from tools.adapters.imaging.decode import standing, to_srgb, upright
from tools.adapters.imaging.embedded import embedded
from tools.adapters.imaging.encode import MIME, encoded, flattened
from tools.adapters.imaging.fingerprint import difference, fingerprint
from tools.adapters.imaging.light import light
from tools.adapters.imaging.limits import check_size
from tools.adapters.imaging.opening import opened
from tools.adapters.imaging.palette import palette
from tools.adapters.imaging.salience import subjects
from tools.adapters.imaging.space import spaces
from tools.core.errors import Fixable
from tools.core.perception import Box, Light, Space, Swatch
from tools.core.ports import Picture, Rendered, RenderSpec

_KEPT = (
    "title",
    "description",
    "creator",
    "copyright",
    "credit",
    "rights_holder",
    "usage_terms",
    "web_statement",
    "licensor",
    "data_mining",
    "source_type",
)
_THUMBNAIL_QUALITY = 80
_BARE_BYTES = 4_000_000


class PillowImaging:
    """Implements ports.Imaging."""

    def open(self, path: Path, longest_side: int | None = None) -> Image.Image:
        """Decode upright sRGB, reduced to `longest_side` pixels when given.

        Raises Fixable when it cannot be decoded or exceeds the pixel limit.
        """
        return upright(path, longest_side)

    def part(self, picture: Picture, box: Box) -> Image.Image:
        """Cut a part out, at least one pixel each way."""
        whole = _pillow(picture)
        left, top = int(box.left * whole.width), int(box.top * whole.height)
        right, bottom = round(box.right * whole.width), round(box.bottom * whole.height)
        return whole.crop((left, top, max(right, left + 1), max(bottom, top + 1)))

    def palette(self, picture: Picture) -> tuple[Swatch, ...]:
        """Give up to five named colours, largest share first."""
        return palette(_pillow(picture))

    def spaces(self, picture: Picture) -> tuple[Space, ...]:
        """Give how calm the strips along the four sides are."""
        return spaces(_pillow(picture))

    def light(self, picture: Picture) -> Light:
        """Measure how a picture is lit and coloured."""
        return light(_pillow(picture))

    def subjects(self, picture: Picture) -> Box | None:
        """Estimate the salient region, or None for a flat picture."""
        return subjects(_pillow(picture))

    def fingerprint(self, picture: Picture) -> str:
        """Give 64 bits as 16 hex digits, alike for re-encoded and scaled copies; 0 when flat."""
        return fingerprint(_pillow(picture))

    def difference(self, one: Picture, other: Picture) -> float:
        """Give how much the most different part of two pictures differs, 0 to 1."""
        return difference(_pillow(one), _pillow(other))

    def thumbnail(self, picture: Picture, longest_side: int) -> bytes:
        """Encode a WebP thumbnail; a smaller picture keeps its size."""
        small = _pillow(picture).copy()
        small.thumbnail((longest_side, longest_side), Image.Resampling.HAMMING)
        target = BytesIO()
        small.save(target, "WEBP", quality=_THUMBNAIL_QUALITY, method=2)
        return target.getvalue()

    def bare(self, picture: Picture) -> bytes:
        """Encode only the pixels as JPEG of 4 MB at most: no metadata, no colour profile."""
        flat = flattened(_pillow(picture)).convert("RGB")
        # What a decoded picture carries along (comments, EXIF) stays with it.
        clean = Image.frombytes("RGB", flat.size, flat.tobytes())
        return encoded(clean, "JPEG", _BARE_BYTES, {})

    def render(self, path: Path, spec: RenderSpec) -> Rendered:
        """Crop, pad and scale a file into a new encoded picture and measure the output.

        Creator, copyright and credit found in the file are carried over. Raises Fixable for a
        file that cannot be decoded, an impossible size or a byte limit that cannot be met.
        """
        check_size(spec.width, spec.height)
        if spec.fit not in {"crop", "pad"}:
            raise ValueError(f"unknown fit {spec.fit!r}")
        with opened(path) as picture:
            fields = {k: v for k, v in embedded(picture).items() if k in _KEPT}
            covering = _covering(picture.size, spec)
        source = standing(path, covering)
        made = _cut(source, spec) if spec.fit == "crop" else _padded(source, spec)
        content = encoded(made, spec.format.upper(), spec.max_bytes, fields)
        return _measured(content, spec)


def _pillow(picture: Picture) -> Image.Image:
    if not isinstance(picture, Image.Image):
        raise TypeError(f"a Pillow image is needed, not {type(picture).__name__}")
    return picture


def _covering(size: tuple[int, int], spec: RenderSpec) -> int:
    """Give the longest side at which the crop still has the target's pixels."""
    longest = max(size)
    share = min(spec.crop.right - spec.crop.left, spec.crop.bottom - spec.crop.top)
    return ceil(max(spec.width, spec.height) * longest / max(1.0, share * min(size)))


def _edges(source: Image.Image, crop: Box) -> tuple[float, float, float, float]:
    left, top = max(0.0, crop.left) * source.width, max(0.0, crop.top) * source.height
    right, bottom = min(1.0, crop.right) * source.width, min(1.0, crop.bottom) * source.height
    if right - left < 1 or bottom - top < 1:
        raise Fixable("The cut leaves nothing of the picture. Choose a larger part.")
    return left, top, right, bottom


def _cut(source: Image.Image, spec: RenderSpec) -> Image.Image:
    box = _edges(source, spec.crop)
    size = (spec.width, spec.height)
    made = source.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
    made.info["icc_profile"] = source.info.get("icc_profile")
    return to_srgb(made)


def _padded(source: Image.Image, spec: RenderSpec) -> Image.Image:
    """Keep the whole crop and fill the rest with a blurred, slightly dimmed copy of it."""
    left, top, right, bottom = (round(edge) for edge in _edges(source, spec.crop))
    part = source.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    part.info["icc_profile"] = source.info.get("icc_profile")
    scale = min(spec.width / part.width, spec.height / part.height)
    inner = (
        min(spec.width, max(1, round(part.width * scale))),
        min(spec.height, max(1, round(part.height * scale))),
    )
    small = part.resize(inner, Image.Resampling.LANCZOS)
    small.info["icc_profile"] = part.info["icc_profile"]
    front = flattened(to_srgb(small))
    made = _backdrop(front, spec.width, spec.height)
    made.paste(front, ((spec.width - inner[0]) // 2, (spec.height - inner[1]) // 2))
    return made


def _backdrop(front: Image.Image, width: int, height: int) -> Image.Image:
    """Fill the frame from a small blurred copy, which costs little at any size."""
    scale = 160 / max(width, height)
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    ratio = size[0] / size[1]
    wide, tall = min(front.width, front.height * ratio), min(front.height, front.width / ratio)
    x, y = (front.width - wide) / 2, (front.height - tall) / 2
    small = front.resize(size, Image.Resampling.BOX, box=(x, y, x + wide, y + tall))
    soft = small.filter(ImageFilter.GaussianBlur(7)).point(lambda value: round(value * 0.82))
    return soft.resize((width, height), Image.Resampling.BICUBIC)


def _measured(content: bytes, spec: RenderSpec) -> Rendered:
    with opened(BytesIO(content)) as made:
        made.load()
        form = (made.format or "").upper()
        size = made.size
    if size != (spec.width, spec.height) or form != spec.format.upper():
        raise AssertionError(f"asked for {spec}, wrote {form} of {size}")
    return Rendered(content, MIME[form], *size)
