"""Another colour for a thing, with its light and shadow kept (in CIELAB)."""

import numpy as np
from PIL import Image

from tools.adapters.retouching.pixels import Floats, bands, colour_of, floats, to_bytes

# How far from the thing's own colour, in CIELAB, a pixel still belongs to its paint.
_SPREAD = 26.0
_NEUTRAL = 12.0
_SAMPLE = 512
_SURE = 200
_TOWARDS = 0.55


def recoloured(picture: Image.Image, mask: Image.Image, colour: str) -> Image.Image:
    """Give the paint of what is masked another colour; glass, tyres and chrome stay."""
    whole = picture.convert("RGB")
    own, target = _paint(whole, mask), lab_of(np.array([[colour_of(colour)]], np.uint8))[0, 0]
    made = np.empty((whole.height, whole.width, 3), np.uint8)
    for rows in bands(whole.height):
        box = (0, rows.start, whole.width, rows.stop)
        pixels = np.asarray(whole.crop(box))
        alpha = floats(np.asarray(mask.crop(box)))[:, :, None]
        lab = lab_of(pixels)
        weight = alpha * _belongs(lab, own)
        made[rows] = to_bytes((1 - weight) * floats(pixels) + weight * _painted(lab, own, target))
    result = Image.fromarray(made, "RGB")
    if picture.mode == "RGBA":
        result.putalpha(picture.getchannel("A"))
    return result


def paint_weight(picture: Image.Image, mask: Image.Image) -> Floats:
    """Give how much each pixel of a small picture is paint, shape (height, width)."""
    lab = lab_of(np.asarray(picture.convert("RGB")))
    alpha = floats(np.asarray(mask))
    weight: Floats = alpha * _belongs(lab, _paint(picture.convert("RGB"), mask))[:, :, 0]
    return weight


def _painted(lab: Floats, own: Floats, target: Floats) -> Floats:
    import cv2  # noqa: PLC0415 - slow, and only edits need it

    light = lab[:, :, 0] + _TOWARDS * (target[0] - own[0])
    # Highlights and deep shadows bear little colour, whatever the paint is.
    depth = np.clip(np.minimum(light, 100 - light) / 25, 0, 1)
    parts = [light, target[1] * depth, target[2] * depth]
    new = np.stack(parts, axis=2).astype(np.float32)
    made: Floats = cv2.cvtColor(new, cv2.COLOR_LAB2RGB)
    return made


def _belongs(lab: Floats, own: Floats) -> Floats:
    apart = np.hypot(lab[:, :, 1] - own[1], lab[:, :, 2] - own[2])
    if np.hypot(own[1], own[2]) > _NEUTRAL:
        # A darker or paler shade of a strong colour lies towards grey on the same hue.
        along = (lab[:, :, 1] * own[1] + lab[:, :, 2] * own[2]) / np.hypot(own[1], own[2])
        across = np.abs(lab[:, :, 1] * own[2] - lab[:, :, 2] * own[1]) / np.hypot(own[1], own[2])
        apart = across + np.clip(_NEUTRAL - along, 0, None) * 4
    weight: Floats = np.exp(-((apart / _SPREAD) ** 4)).astype(np.float32)[:, :, None]
    return weight


def _paint(whole: Image.Image, mask: Image.Image) -> Floats:
    """Give the colour that most of what is masked has, black tyres and white light left out."""
    small = whole.copy()
    small.thumbnail((_SAMPLE, _SAMPLE), Image.Resampling.BOX)
    cover = np.asarray(mask.resize(small.size, Image.Resampling.BOX))
    lab = lab_of(np.asarray(small))
    inside = lab[cover >= _SURE]
    lit = inside[(inside[:, 0] > 12) & (inside[:, 0] < 96)] if len(inside) else inside
    chosen = lit if len(lit) else (inside if len(inside) else lab.reshape(-1, 3))
    strength = np.hypot(chosen[:, 1], chosen[:, 2])
    strong = chosen[strength > _NEUTRAL * 1.5]
    if len(strong) >= 0.2 * len(chosen):
        chosen = _commonest(strong)
    found: Floats = np.median(chosen, axis=0).astype(np.float32)
    return found


def _commonest(lab: Floats) -> Floats:
    """Keep the pixels of the hue that most of them have, within 30 degrees."""
    hue = np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360
    counts = np.bincount((hue // 15).astype(int), minlength=24)
    top = (int(np.argmax(counts + np.roll(counts, 1) + np.roll(counts, -1))) + 0.5) * 15
    near = np.abs((hue - top + 180) % 360 - 180) <= 30
    return lab[near]


def lab_of(pixels: np.ndarray) -> Floats:
    """Give bytes of sRGB as CIELAB."""
    import cv2  # noqa: PLC0415 - slow, and only edits need it

    lab: Floats = cv2.cvtColor(floats(pixels), cv2.COLOR_RGB2LAB)
    return lab
