"""How light, contrasted, coloured and warm a picture is, measured in CIE L*a*b* (D65, 1976)."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tools.core.perception import Light

_SIDE = 96
_DARK, _BRIGHT = 20.0, 80.0
# Nothing lies in such pixels: the paper of a drawing, the ground of a cut-out.
_PAPER, _GREYISH = 97.0, 3.0
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175],
     [0.0193339, 0.119192, 0.9503041]]
)  # fmt: skip
_WHITE = np.array([0.95047, 1.0, 1.08883])


def light(picture: Image.Image) -> Light:
    """Measure the opaque part of a picture."""
    size = (min(_SIDE, picture.width), min(_SIDE, picture.height))
    small = picture.convert("RGBA").resize(size, Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=np.float64).reshape(-1, 4)
    opaque = pixels[pixels[:, 3] >= 128, :3]
    empty = 1 - len(opaque) / len(pixels)
    if not len(opaque):
        return Light(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    bright, red, yellow = _lab(opaque / 255).T
    chroma = np.hypot(red, yellow)
    paper = (bright >= _PAPER) & (chroma <= _GREYISH)
    return Light(
        brightness=_round(bright.mean()),
        contrast=_round(bright.std()),
        dark=_round((bright < _DARK).mean()),
        bright=_round((bright > _BRIGHT).mean()),
        chroma=_round(chroma.mean()),
        warmth=_round(yellow.mean()),
        redness=_round(red.mean()),
        empty=_round(empty + (1 - empty) * paper.mean()),
    )


def _lab(srgb: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    share = linear @ _TO_XYZ.T / _WHITE
    root = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = root.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def _round(number: float) -> float:
    return round(float(number), 3)
