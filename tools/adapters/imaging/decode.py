"""Any stored picture to upright 8-bit sRGB: orientation, depth, palettes, CMYK and profiles."""

from io import BytesIO
from math import ceil
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

from tools.adapters.imaging.opening import opened

_SRGB_DEFAULT_NAME = "srgb"
_SIXTEEN_BITS = 65_535


def upright(path: Path, longest_side: int | None = None) -> Image.Image:
    """Decode a file to upright sRGB (RGB, or RGBA where it is transparent).

    A JPEG is decoded at a fraction of its size when that still covers `longest_side` pixels.
    Raises Fixable when it cannot be decoded or is too large.
    """
    picture = standing(path, longest_side)
    if longest_side and max(picture.size) > longest_side:
        picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return to_srgb(picture)


def standing(path: Path, covering: int | None = None) -> Image.Image:
    """Decode upright in the file's own colours, at least `covering` pixels on the longest side."""
    with opened(path) as picture:
        if covering and max(picture.size) > covering:
            share = covering / max(picture.size)
            wanted = (ceil(picture.width * share), ceil(picture.height * share))
            picture.draft(picture.mode, wanted)
        picture.load()
        profile = picture.info.get("icc_profile")
        ImageOps.exif_transpose(picture, in_place=True)
        plain = continuous(picture)
    plain.info["icc_profile"] = profile
    return plain


def picture_of(content: bytes, covering: int = 1200) -> Image.Image:
    """Decode a picture inside another file; Fixable when it is none or too large."""
    with opened(BytesIO(content)) as picture:
        picture.draft("RGB", (covering, covering))
        picture.load()
        return to_srgb(picture.copy())


def continuous(picture: Image.Image) -> Image.Image:
    """Turn palettes, bits and deep greys into modes that can be scaled: L, RGB, RGBA, CMYK, LAB."""
    if picture.mode in {"RGB", "RGBA", "CMYK", "LAB"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I") or picture.mode == "F":
        return _eight_bits(picture)
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scale 16-bit, 32-bit and float greys by their range; Pillow alone would clip them white."""
    values = np.asarray(picture).astype(np.float32)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if picture.mode == "F":
        low, high = (0.0, 1.0) if low >= 0 and high <= 1 else (low, high)
    elif low >= 0 and high <= _SIXTEEN_BITS:
        low, high = 0.0, float(_SIXTEEN_BITS)
    scaled = (values - low) * (255.0 / max(high - low, 1e-9))
    return Image.fromarray(np.clip(scaled + 0.5, 0, 255).astype(np.uint8), "L")


def to_srgb(picture: Image.Image) -> Image.Image:
    """Convert to sRGB by the embedded profile, or plainly where there is none or it is broken."""
    profile = picture.info.get("icc_profile")
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    opaque = picture.convert("RGB") if alpha else picture
    converted = _by_profile(opaque, profile) if profile else None
    result = converted or opaque.convert("RGB")
    if alpha:
        result = result.copy()
        result.putalpha(alpha)
    result.info = {}
    return result


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if _SRGB_DEFAULT_NAME in ImageCms.getProfileDescription(source).lower():
            return None
        target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        return ImageCms.profileToProfile(
            picture, source, target, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
