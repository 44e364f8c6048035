"""A subject before another background."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from tools.adapters.retouching.pixels import Bytes, bands, colour_of, floats, to_bytes

_SMALL = 1024
_RADIUS = 24
_BLUR = 0.02
SURE = 0.98


def grounded(
    picture: Image.Image, mask: Image.Image, kind: str, colours: Sequence[str]
) -> Image.Image:
    """Mix the subject's own colours with a background; `transparent` keeps them apart."""
    whole = picture.convert("RGB")
    subject, behind = _colours_apart(whole, mask)
    ground = _blurred(behind, whole.size) if kind == "blur" else painted(whole.size, kind, colours)
    made = np.empty((whole.height, whole.width, 3), np.uint8)
    for rows in bands(whole.height):
        box = (0, rows.start, whole.width, rows.stop)
        seen, alpha = floats(np.asarray(whole.crop(box))), floats(np.asarray(mask.crop(box)))
        alpha = alpha[:, :, None]
        # Fast blur fusion (Forte 2021): at an edge the old background goes out of the colour.
        near, far = (floats(_part(one, whole.size, box)) for one in (subject, behind))
        own = near + alpha * (seen - alpha * near - (1 - alpha) * far)
        own = np.where(alpha >= SURE, seen, np.clip(own, 0, 1))
        new = own if kind == "transparent" else alpha * own + (1 - alpha) * _rows(ground, box)
        made[rows] = to_bytes(new)
    result = Image.fromarray(made, "RGB")
    if kind == "transparent":
        result.putalpha(mask)
    return result


def painted(size: tuple[int, int], kind: str, colours: Sequence[str]) -> Image.Image:
    """Paint a background of one colour, or of two that run into each other from top to bottom."""
    if kind != "gradient":
        return Image.new("RGB", size, colour_of(colours[0]) if colours else "white")
    top, bottom = (np.array(colour_of(code), np.float32) for code in colours)
    down = np.linspace(0, 1, size[1], dtype=np.float32)[:, None]
    column = (top * (1 - down) + bottom * down + 0.5).astype(np.uint8)[:, None, :]
    return Image.fromarray(np.ascontiguousarray(column), "RGB").resize(size)


def _colours_apart(whole: Image.Image, mask: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Give subject and background alone, small, each spread over where the other is."""
    small, cover = whole.copy(), mask.copy()
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    cover = cover.resize(small.size, Image.Resampling.BOX)
    pixels, alpha = floats(np.asarray(small)), floats(np.asarray(cover))[:, :, None]
    return _spread(pixels, alpha), _spread(pixels, 1 - alpha)


def _spread(pixels: np.ndarray, weight: np.ndarray) -> Image.Image:
    import cv2  # noqa: PLC0415 - slow, and only edits need it

    total, weights = np.zeros_like(pixels), np.zeros_like(weight)
    # Narrow windows speak first; a wide one only says something where none of them reaches.
    for radius, trust in ((_RADIUS // 4, 1.0), (_RADIUS, 1e-2), (_RADIUS * 10, 1e-4)):
        window = (2 * radius + 1, 2 * radius + 1)
        weights += trust * cv2.blur(weight, window)[:, :, None]
        total += trust * cv2.blur(pixels * weight, window)
    return Image.fromarray(to_bytes(total / np.maximum(weights, 1e-7)), "RGB")


def _blurred(behind: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Blur the background without the subject in it, so that no halo of it remains."""
    soft = behind.filter(ImageFilter.GaussianBlur(max(2.0, _BLUR * max(behind.size))))
    return soft.resize(size, Image.Resampling.BICUBIC)


def _part(small: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int]) -> Bytes:
    """Enlarge what a small picture holds of a part of the whole."""
    across, down = small.width / size[0], small.height / size[1]
    where = (box[0] * across, box[1] * down, box[2] * across, box[3] * down)
    wide = (box[2] - box[0], box[3] - box[1])
    return np.asarray(small.resize(wide, Image.Resampling.BILINEAR, box=where))


def _rows(ground: Image.Image, box: tuple[int, int, int, int]) -> np.ndarray:
    return floats(np.asarray(ground.crop(box)))
